# JSON, validation and the API table.
set(MINAMO_API_TESTS
    api_test.cpp
    json_test.cpp
    validate_test.cpp
    validate_constraints_test.cpp
    validate_members_test.cpp
    validate_types_test.cpp
)
