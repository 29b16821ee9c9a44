"""PartiQL by boto3: values of all types, pages, batches, transactions, and errors as the SDK's own classes."""

import uuid
from decimal import Decimal

import pytest
from boto3.dynamodb.types import Binary, TypeDeserializer, TypeSerializer

ITEM = {
    "pk": "all", "sk": 1, "text": "it's ü", "empty": "", "number": Decimal("-1.5E-7"), "bytes": Binary(b"\x00\xff"),
    "yes": True, "none": None, "list": [1, ["x"], {"y": False}], "map": {"a": {"b.c": "d"}}, "words": {"v", "w"},
    "numbers": {Decimal(1), Decimal("2.5")}, "blobs": {Binary(b"a"), Binary(b"b")},
}


def serialized(item):
    return {name: TypeSerializer().serialize(value) for name, value in item.items()}


def deserialized(items):
    return [{name: TypeDeserializer().deserialize(value) for name, value in item.items()} for item in items]


@pytest.fixture
def client(world):
    """The client of a Table, as applications that use resources reach it; attribute values are Python's."""
    table = world.resource().create_table(
        TableName="notes",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "sk", "AttributeType": "N"},
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    table.meta.client.get_waiter("table_exists").wait(TableName="notes", WaiterConfig={"Delay": 0.1})
    return table.meta.client


def fill(client, count):
    for start in range(0, count, 25):
        rows = [{"Statement": "INSERT INTO notes VALUE {'pk': ?, 'sk': ?}", "Parameters": ["p", n]}
                for n in range(start, min(start + 25, count))]
        answer = client.batch_execute_statement(Statements=rows)
        assert answer["Responses"] == [{"TableName": "notes"}] * len(rows)


def test_parameters_of_all_types_come_back(world, client):
    members = ", ".join(f"'{name}': ?" for name in ITEM)
    plain = world.client()
    inserted = plain.execute_statement(Statement=f"INSERT INTO notes VALUE {{{members}}}",
                                       Parameters=list(serialized(ITEM).values()))
    assert inserted["Items"] == []
    found = plain.execute_statement(Statement="SELECT * FROM notes WHERE pk = ? AND sk = ?",
                                    Parameters=[{"S": "all"}, {"N": "1"}])
    assert deserialized(found["Items"]) == [ITEM]
    assert client.execute_statement(Statement="SELECT * FROM notes")["Items"] == [ITEM]
    for name, value in ITEM.items():
        same = client.execute_statement(Statement=f'SELECT sk FROM notes WHERE pk = ? AND "{name}" = ?',
                                        Parameters=["all", value])
        assert same["Items"] == [{"sk": 1}], name


def test_pages_go_on_by_their_token_to_the_end(client):
    fill(client, 10)
    select = {"Statement": "SELECT sk FROM notes WHERE pk = ? ORDER BY sk DESC", "Parameters": ["p"], "Limit": 4}
    pages, token = [], {}
    while True:
        page = client.execute_statement(**select, **token)
        pages.append([int(item["sk"]) for item in page["Items"]])
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}
    assert pages == [[9, 8, 7, 6], [5, 4, 3, 2], [1, 0]]
    with pytest.raises(client.exceptions.ClientError) as caught:
        client.execute_statement(Statement="SELECT * FROM notes", **token)
    assert caught.value.response["Error"]["Code"] == "ValidationException"
    assert caught.value.response["Error"]["Message"] == "NextToken does not match request"


def test_updates_and_deletes_answer_what_they_return(client):
    fill(client, 1)
    key = " WHERE pk = 'p' AND sk = 0"
    for statement, items in [
        ("UPDATE notes SET n = 1 SET m = {'x': 1, 'y': 2}" + key + " RETURNING ALL OLD *", [{"pk": "p", "sk": 0}]),
        ("UPDATE notes SET n = n + 1 SET m.x = 5" + key + " RETURNING MODIFIED NEW *", [{"n": 2, "m": {"x": 5}}]),
        ("UPDATE notes REMOVE m.x" + key + " RETURNING MODIFIED OLD *", [{"m": {"x": 5}}]),
        ("UPDATE notes SET s = <<'a'>>" + key + " RETURNING ALL NEW *",
         [{"pk": "p", "sk": 0, "n": 2, "m": {"y": 2}, "s": {"a"}}]),
        ("DELETE FROM notes" + key + " AND n = 2 RETURNING ALL OLD *",
         [{"pk": "p", "sk": 0, "n": 2, "m": {"y": 2}, "s": {"a"}}]),
        ("DELETE FROM notes" + key, []),
    ]:
        assert client.execute_statement(Statement=statement)["Items"] == items, statement


def test_errors_are_the_sdk_s_own_classes(client):
    fill(client, 1)
    with pytest.raises(client.exceptions.DuplicateItemException) as duplicate:
        client.execute_statement(Statement="INSERT INTO notes VALUE {'pk': 'p', 'sk': 0}")
    assert duplicate.value.response["Error"]["Message"] == "Duplicate primary key exists in table"
    with pytest.raises(client.exceptions.ConditionalCheckFailedException) as failed:
        client.execute_statement(Statement="UPDATE notes SET a = 1 WHERE pk = 'p' AND sk = 0 AND a = 2",
                                 ReturnValuesOnConditionCheckFailure="ALL_OLD")
    assert failed.value.response["Error"]["Message"] == "The conditional request failed"
    assert failed.value.response["Item"] == {"pk": {"S": "p"}, "sk": {"N": "0"}}
    with pytest.raises(client.exceptions.ResourceNotFoundException) as missing:
        client.execute_statement(Statement="SELECT * FROM nowhere")
    assert missing.value.response["Error"]["Message"] == "Requested resource not found"
    with pytest.raises(client.exceptions.ClientError) as syntax:
        client.execute_statement(Statement="SELECT * FROM notes WHERE")
    assert syntax.value.response["Error"] == {
        "Code": "ValidationException",
        "Message": "Statement wasn't well formed, can't be processed: Unexpected term",
    }


def test_a_batch_has_an_outcome_for_each_statement(client):
    fill(client, 2)
    duplicate = {"Code": "DuplicateItem", "Message": "Duplicate primary key exists in table"}
    failed = {"Code": "ConditionalCheckFailed", "Message": "The conditional request failed"}
    missing = {"Code": "ResourceNotFound", "Message": "Requested resource not found"}
    syntax = {"Code": "ValidationError",
              "Message": "Statement wasn't well formed, can't be processed: Expected identifier for simple path"}
    written = client.batch_execute_statement(Statements=[
        {"Statement": "INSERT INTO notes VALUE {'pk': 'p', 'sk': 2}"},
        {"Statement": "INSERT INTO notes VALUE {'pk': 'p', 'sk': 1}"},
        {"Statement": "UPDATE notes SET a = 1 WHERE pk = 'p' AND sk = 0 AND a = 2"},
        {"Statement": "DELETE FROM nowhere WHERE pk = 'p'"},
        {"Statement": "UPDATE notes SET WHERE pk = 'p'"},
    ], ReturnConsumedCapacity="TOTAL")
    assert written["Responses"] == [
        {"TableName": "notes"},
        {"TableName": "notes", "Error": duplicate},
        {"TableName": "notes", "Error": failed},
        {"Error": missing},
        {"Error": syntax},
    ]
    assert [each["TableName"] for each in written["ConsumedCapacity"]] == ["notes"]
    read = client.batch_execute_statement(Statements=[
        {"Statement": "SELECT sk FROM notes WHERE pk = ? AND sk = ?", "Parameters": ["p", n], "ConsistentRead": True}
        for n in [2, 7]
    ])
    assert read["Responses"] == [{"TableName": "notes", "Item": {"sk": 2}}, {"TableName": "notes"}]


def test_a_transaction_writes_all_or_says_why_not(client):
    fill(client, 2)
    token = uuid.uuid4().hex
    both = [
        {"Statement": "UPDATE notes SET n = ? WHERE pk = 'p' AND sk = 0", "Parameters": [Decimal("0.1")]},
        {"Statement": "EXISTS(SELECT * FROM notes WHERE pk = 'p' AND sk = 1 AND n IS MISSING)"},
    ]
    request = {"TransactStatements": both, "ClientRequestToken": token, "ReturnConsumedCapacity": "TOTAL"}
    first = client.execute_transaction(**request)
    assert first["Responses"] == []
    assert first["ConsumedCapacity"][0]["WriteCapacityUnits"] == 4
    again = client.execute_transaction(**request)
    assert again["ConsumedCapacity"][0]["ReadCapacityUnits"] == 4
    with pytest.raises(client.exceptions.IdempotentParameterMismatchException):
        client.execute_transaction(TransactStatements=both[:1], ClientRequestToken=token)
    with pytest.raises(client.exceptions.TransactionCanceledException) as caught:
        client.execute_transaction(TransactStatements=[
            {"Statement": "INSERT INTO notes VALUE {'pk': 'p', 'sk': 2}"},
            {"Statement": "INSERT INTO notes VALUE {'pk': 'p', 'sk': 1}"},
            {"Statement": "DELETE FROM notes WHERE pk = 'p' AND sk = 0 AND n > 1",
             "ReturnValuesOnConditionCheckFailure": "ALL_OLD"},
        ])
    assert caught.value.response["CancellationReasons"] == [
        {"Code": "None"},
        {"Code": "DuplicateItem", "Message": "Duplicate primary key exists in table"},
        {"Code": "ConditionalCheckFailed", "Message": "The conditional request failed",
         "Item": {"pk": {"S": "p"}, "sk": {"N": "0"}, "n": {"N": "0.1"}}},
    ]
    read = client.execute_transaction(TransactStatements=[
        {"Statement": "SELECT n FROM notes WHERE pk = 'p' AND sk = ?", "Parameters": [n]} for n in [0, 1, 2]
    ])
    assert read["Responses"] == [{"Item": {"n": Decimal("0.1")}}, {"Item": {}}, {}]
