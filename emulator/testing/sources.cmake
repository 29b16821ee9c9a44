target_sources(minamo_core PRIVATE
    testing/difference.cpp
    testing/endpoint.cpp
    testing/table.cpp
)
