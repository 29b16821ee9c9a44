# Tests of expressions, relative to tests/emulator/.
set(MINAMO_EXPRESSION_TESTS
    apply_test.cpp
    evaluate_test.cpp
    expression_properties_test.cpp
    expression_requests.cpp
    key_conditions_test.cpp
    legacy_conditions_test.cpp
    legacy_updates_test.cpp
    members_test.cpp
    plan_keys_test.cpp
    prepare_conditions_test.cpp
    prepare_test.cpp
    prepare_updates_test.cpp
    project_test.cpp
    substitutions_test.cpp
)
