# Tests of expressions, relative to tests/emulator/.
set(MINAMO_EXPRESSION_TESTS
    expressions/apply_test.cpp
    expressions/evaluate_test.cpp
    expressions/expression_properties_test.cpp
    expressions/expression_requests.cpp
    queries/key_conditions_test.cpp
    expressions/legacy_conditions_test.cpp
    expressions/legacy_updates_test.cpp
    expressions/members_test.cpp
    queries/plan_keys_test.cpp
    expressions/prepare_conditions_test.cpp
    expressions/prepare_test.cpp
    expressions/prepare_updates_test.cpp
    expressions/project_test.cpp
    expressions/substitutions_test.cpp
)
