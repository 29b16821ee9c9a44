target_sources(minamo_core PRIVATE
    testing/table.cpp
)
