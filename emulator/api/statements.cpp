// PartiQL: ExecuteStatement, BatchExecuteStatement, ExecuteTransaction.
#include "emulator/api/shapes.hpp"

namespace minamo::api {

// clang-format off
constexpr Shape statement = text(1, 8192);
constexpr Shape parameters = list_of(attribute_value, 1);
constexpr Shape statement_next_token = text(1, 32768);

constexpr Field execute_statement_fields[] = {
    {"Statement",                           &statement,                required},
    {"Parameters",                          &parameters},
    {"ConsistentRead",                      &flag},
    {"NextToken",                           &statement_next_token},
    {"ReturnConsumedCapacity",              &return_consumed_capacity},
    {"Limit",                               &positive},
    {"ReturnValuesOnConditionCheckFailure", &return_values_on_failure},
};
constexpr Shape execute_statement_input = structure("ExecuteStatementInput", execute_statement_fields);

constexpr Field batch_statement_fields[] = {
    {"Statement",                           &statement,                required},
    {"Parameters",                          &parameters},
    {"ConsistentRead",                      &flag},
    {"ReturnValuesOnConditionCheckFailure", &return_values_on_failure},
};
constexpr Shape batch_statement = structure("BatchStatementRequest", batch_statement_fields);

constexpr Shape batch_statements = list_of(batch_statement, 1, 25);

constexpr Field batch_execute_statement_fields[] = {
    {"Statements",             &batch_statements,         required},
    {"ReturnConsumedCapacity", &return_consumed_capacity},
};
constexpr Shape batch_execute_statement_input = structure("BatchExecuteStatementInput", batch_execute_statement_fields);

constexpr Field parameterized_statement_fields[] = {
    {"Statement",                           &statement,                required},
    {"Parameters",                          &parameters},
    {"ReturnValuesOnConditionCheckFailure", &return_values_on_failure},
};
constexpr Shape parameterized_statement = structure("ParameterizedStatement", parameterized_statement_fields);

constexpr Shape parameterized_statements = list_of(parameterized_statement, 1, 100);
constexpr Field execute_transaction_fields[] = {
    {"TransactStatements",     &parameterized_statements, required},
    {"ClientRequestToken",     &request_token},
    {"ReturnConsumedCapacity", &return_consumed_capacity},
};
constexpr Shape execute_transaction_input = structure("ExecuteTransactionInput", execute_transaction_fields);
// clang-format on

}  // namespace minamo::api
