//! PartiQL by the AWS SDK for Rust: values of all types, pages, batches, transactions, and errors as the SDK's types.
//! MINAMO_ENDPOINT names the server.
#![cfg(test)]

use std::collections::HashMap;
use std::env;
use std::sync::atomic::{AtomicU32, Ordering};

use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::execute_statement::{ExecuteStatementError, ExecuteStatementOutput};
use aws_sdk_dynamodb::operation::execute_transaction::{ExecuteTransactionError, ExecuteTransactionOutput};
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue::{self, Bool, Bs, Ns, Null, Ss, B, L, M, N, S};
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BatchStatementError, BatchStatementErrorCodeEnum, BatchStatementRequest,
    BatchStatementResponse, BillingMode, CancellationReason, ItemResponse, KeySchemaElement, KeyType,
    ParameterizedStatement, ReturnConsumedCapacity, ReturnValuesOnConditionCheckFailure, ScalarAttributeType,
    TableStatus,
};
use aws_sdk_dynamodb::Client;

const INSERT: &str = "INSERT INTO notes VALUE {'pk': ?, 'sk': ?}";
const DUPLICATE: &str = "Duplicate primary key exists in table";
const FAILED: &str = "The conditional request failed";

type Item = HashMap<String, AttributeValue>;

fn s(text: &str) -> AttributeValue {
    S(text.into())
}

fn n(number: impl ToString) -> AttributeValue {
    N(number.to_string())
}

fn item<const SIZE: usize>(members: [(&str, AttributeValue); SIZE]) -> Item {
    members.into_iter().map(|(name, value)| (name.into(), value)).collect()
}

/// A table in a namespace of its own, since an access key of its own is one, with items 0 to count - 1 of partition p.
async fn notes(count: u32) -> Client {
    static TABLES: AtomicU32 = AtomicU32::new(0);
    let account = format!("rust{}x{}", std::process::id(), TABLES.fetch_add(1, Ordering::Relaxed));
    let client = Client::from_conf(
        aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .endpoint_url(env::var("MINAMO_ENDPOINT").unwrap())
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::new(account, "secret", None, None, "test"))
            .build(),
    );
    let key = |name: &str, kind| KeySchemaElement::builder().attribute_name(name).key_type(kind).build().unwrap();
    let attribute =
        |name: &str, kind| AttributeDefinition::builder().attribute_name(name).attribute_type(kind).build().unwrap();
    client
        .create_table()
        .table_name("notes")
        .key_schema(key("pk", KeyType::Hash))
        .key_schema(key("sk", KeyType::Range))
        .attribute_definitions(attribute("pk", ScalarAttributeType::S))
        .attribute_definitions(attribute("sk", ScalarAttributeType::N))
        .billing_mode(BillingMode::PayPerRequest)
        .send()
        .await
        .unwrap();
    while client.describe_table().table_name("notes").send().await.unwrap().table.unwrap().table_status
        != Some(TableStatus::Active)
    {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    if count > 0 {
        let inserts = (0..count).map(|sort| member(INSERT, &[s("p"), n(sort)])).collect();
        assert!(batch(&client, inserts).await.iter().all(|each| each.error.is_none()));
    }
    client
}

async fn run(
    client: &Client,
    statement: impl Into<String>,
    parameters: &[AttributeValue],
) -> Result<ExecuteStatementOutput, SdkError<ExecuteStatementError>> {
    client
        .execute_statement()
        .statement(statement)
        .set_parameters((!parameters.is_empty()).then(|| parameters.to_vec()))
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
        .send()
        .await
}

async fn items(client: &Client, statement: impl Into<String>, parameters: &[AttributeValue]) -> Vec<Item> {
    run(client, statement, parameters).await.unwrap().items.unwrap()
}

fn member(statement: &str, parameters: &[AttributeValue]) -> BatchStatementRequest {
    BatchStatementRequest::builder()
        .statement(statement)
        .set_parameters((!parameters.is_empty()).then(|| parameters.to_vec()))
        .build()
        .unwrap()
}

async fn batch(client: &Client, members: Vec<BatchStatementRequest>) -> Vec<BatchStatementResponse> {
    client.batch_execute_statement().set_statements(Some(members)).send().await.unwrap().responses.unwrap()
}

fn part(statement: &str, parameters: &[AttributeValue]) -> ParameterizedStatement {
    ParameterizedStatement::builder()
        .statement(statement)
        .set_parameters((!parameters.is_empty()).then(|| parameters.to_vec()))
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
        .build()
        .unwrap()
}

async fn transact(
    client: &Client,
    token: Option<&str>,
    parts: Vec<ParameterizedStatement>,
) -> Result<ExecuteTransactionOutput, SdkError<ExecuteTransactionError>> {
    client
        .execute_transaction()
        .set_transact_statements(Some(parts))
        .set_client_request_token(token.map(String::from))
        .return_consumed_capacity(ReturnConsumedCapacity::Total)
        .send()
        .await
}

#[tokio::test]
async fn parameters_of_all_types_come_back() {
    let client = notes(0).await;
    let whole = item([
        ("pk", s("all")),
        ("sk", n(1)),
        ("text", s("it's ü")),
        ("empty", s("")),
        ("number", n("-0.00000015")),
        ("bytes", B(Blob::new([0, 255]))),
        ("yes", Bool(true)),
        ("none", Null(true)),
        ("list", L(vec![n(1), L(vec![s("x")])])),
        ("map", M(item([("b.c", s("d"))]))),
        ("words", Ss(vec!["v".into(), "w".into()])),
        ("numbers", Ns(vec!["1".into(), "2.5".into()])),
        ("blobs", Bs(vec![Blob::new("a"), Blob::new("b")])),
    ]);
    let members: Vec<String> = whole.keys().map(|name| format!("'{name}': ?")).collect();
    let values: Vec<AttributeValue> = whole.values().cloned().collect();
    assert!(items(&client, format!("INSERT INTO notes VALUE {{{}}}", members.join(", ")), &values).await.is_empty());
    let found = items(&client, "SELECT * FROM notes WHERE pk = ? AND sk = ?", &[s("all"), n(1)]).await;
    assert_eq!(found, [whole.clone()]);
    for (name, value) in whole {
        let select = format!("SELECT sk FROM notes WHERE pk = ? AND \"{name}\" = ?");
        assert_eq!(items(&client, select, &[s("all"), value]).await, [item([("sk", n(1))])], "{name}");
    }
}

#[tokio::test]
async fn pages_go_on_by_their_token_to_the_end() {
    let client = notes(10).await;
    let (mut pages, mut token) = (Vec::new(), None);
    loop {
        let page = client
            .execute_statement()
            .statement("SELECT sk FROM notes WHERE pk = ? ORDER BY sk DESC")
            .parameters(s("p"))
            .limit(4)
            .set_next_token(token)
            .send()
            .await
            .unwrap();
        pages.push(page.items().iter().map(|each| each["sk"].as_n().unwrap().as_str()).collect::<String>());
        token = page.next_token;
        if token.is_none() {
            break;
        }
    }
    assert_eq!(pages, ["9876", "5432", "10"]);
}

#[tokio::test]
async fn updates_and_deletes_answer_what_they_return() {
    let client = notes(1).await;
    for (start, end, expected) in [
        ("UPDATE notes SET n = 1", "RETURNING ALL OLD *", vec![item([("pk", s("p")), ("sk", n(0))])]),
        ("UPDATE notes SET n = n + 1", "RETURNING MODIFIED NEW *", vec![item([("n", n(2))])]),
        ("DELETE FROM notes", "AND n = 2 RETURNING ALL OLD *", vec![item([("pk", s("p")), ("sk", n(0)), ("n", n(2))])]),
        ("DELETE FROM notes", "", vec![]),
    ] {
        let statement = format!("{start} WHERE pk = 'p' AND sk = 0 {end}");
        assert_eq!(items(&client, &statement, &[]).await, expected, "{statement}");
    }
}

#[tokio::test]
async fn errors_are_the_sdks_own_types() {
    let client = notes(1).await;
    let duplicate = run(&client, INSERT, &[s("p"), n(0)]).await.unwrap_err().into_service_error();
    assert!(duplicate.is_duplicate_item_exception());
    assert_eq!(duplicate.message(), Some(DUPLICATE));
    let update = "UPDATE notes SET a = 1 WHERE pk = 'p' AND sk = 0 AND a = 2";
    match run(&client, update, &[]).await.unwrap_err().into_service_error() {
        ExecuteStatementError::ConditionalCheckFailedException(error) => {
            assert_eq!(error.message(), Some(FAILED));
            assert_eq!(error.item, Some(item([("pk", s("p")), ("sk", n(0))])));
        }
        other => panic!("{other:?}"),
    }
    let missing = run(&client, "SELECT * FROM nowhere", &[]).await.unwrap_err().into_service_error();
    assert!(missing.is_resource_not_found_exception());
    let syntax = run(&client, "SELECT * FROM notes WHERE", &[]).await.unwrap_err().into_service_error();
    assert_eq!(syntax.code(), Some("ValidationException"));
    assert_eq!(syntax.message(), Some("Statement wasn't well formed, can't be processed: Unexpected term"));
}

#[tokio::test]
async fn a_batch_has_an_outcome_for_each_statement() {
    let client = notes(2).await;
    let fine = BatchStatementResponse::builder().table_name("notes");
    let refused = |code, message: &str| BatchStatementError::builder().code(code).message(message).build();
    let written = vec![
        member(INSERT, &[s("p"), n(2)]),
        member(INSERT, &[s("p"), n(1)]),
        member("UPDATE notes SET a = 1 WHERE pk = 'p' AND sk = 0 AND a = 2", &[]),
        member("DELETE FROM nowhere WHERE pk = 'p'", &[]),
    ];
    assert_eq!(
        batch(&client, written).await,
        [
            fine.clone().build(),
            fine.clone().error(refused(BatchStatementErrorCodeEnum::DuplicateItem, DUPLICATE)).build(),
            fine.clone().error(refused(BatchStatementErrorCodeEnum::ConditionalCheckFailed, FAILED)).build(),
            BatchStatementResponse::builder()
                .error(refused(BatchStatementErrorCodeEnum::ResourceNotFound, "Requested resource not found"))
                .build(),
        ]
    );
    let read = [2, 7].map(|sort| member("SELECT sk FROM notes WHERE pk = 'p' AND sk = ?", &[n(sort)]));
    assert_eq!(batch(&client, read.to_vec()).await, [fine.clone().item("sk", n(2)).build(), fine.build()]);
}

#[tokio::test]
async fn a_transaction_writes_all_or_says_why_not() {
    let client = notes(2).await;
    let both = vec![
        part("UPDATE notes SET n = ? WHERE pk = 'p' AND sk = 0", &[n("0.1")]),
        part("EXISTS(SELECT * FROM notes WHERE pk = 'p' AND sk = 1 AND n IS MISSING)", &[]),
    ];
    let first = transact(&client, Some("token"), both.clone()).await.unwrap();
    assert_eq!(first.consumed_capacity()[0].write_capacity_units, Some(4.0));
    let again = transact(&client, Some("token"), both.clone()).await.unwrap();
    assert_eq!(again.consumed_capacity()[0].read_capacity_units, Some(4.0));
    let other = transact(&client, Some("token"), both[..1].to_vec()).await.unwrap_err().into_service_error();
    assert!(other.is_idempotent_parameter_mismatch_exception());
    let refused = vec![
        part(INSERT, &[s("p"), n(2)]),
        part(INSERT, &[s("p"), n(1)]),
        part("DELETE FROM notes WHERE pk = 'p' AND sk = 0 AND n > 1", &[]),
    ];
    match transact(&client, None, refused).await.unwrap_err().into_service_error() {
        ExecuteTransactionError::TransactionCanceledException(error) => assert_eq!(
            error.cancellation_reasons(),
            [
                CancellationReason::builder().code("None").build(),
                CancellationReason::builder().code("DuplicateItem").message(DUPLICATE).build(),
                CancellationReason::builder()
                    .code("ConditionalCheckFailed")
                    .message(FAILED)
                    .set_item(Some(item([("pk", s("p")), ("sk", n(0)), ("n", n("0.1"))])))
                    .build(),
            ]
        ),
        other => panic!("{other:?}"),
    }
    let select = "SELECT n FROM notes WHERE pk = 'p' AND sk = ?";
    let read = transact(&client, None, (0..3).map(|sort| part(select, &[n(sort)])).collect()).await.unwrap();
    let answer = |item| ItemResponse::builder().set_item(item).build();
    assert_eq!(read.responses(), [answer(Some(item([("n", n("0.1"))]))), answer(Some(Item::new())), answer(None)]);
}
