target_sources(minamo_core PRIVATE
    powers/holds.cpp
)
