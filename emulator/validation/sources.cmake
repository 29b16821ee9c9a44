target_sources(minamo_core PRIVATE
    validation/constraints.cpp
    validation/dump.cpp
    validation/types.cpp
    validation/validate.cpp
)
