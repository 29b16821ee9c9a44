# JSON, validation and the API table.
set(MINAMO_API_TESTS
    api/api_test.cpp
    wire/json_test.cpp
    validation/validate_test.cpp
    validation/validate_constraints_test.cpp
    validation/validate_members_test.cpp
    validation/validate_types_test.cpp
)
