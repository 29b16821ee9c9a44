"""A domain store and a log store: a table with a GSI on a status attribute, written and read in every ordinary way."""

from decimal import Decimal

import pytest
from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError


@pytest.fixture
def domains(world):
    table = world.resource().create_table(
        TableName="domains",
        KeySchema=[{"AttributeName": "domain", "KeyType": "HASH"}],
        AttributeDefinitions=[
            {"AttributeName": "domain", "AttributeType": "S"},
            {"AttributeName": "status", "AttributeType": "S"},
        ],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "status-index",
                "KeySchema": [{"AttributeName": "status", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    table.meta.client.get_waiter("table_exists").wait(TableName=table.name, WaiterConfig={"Delay": 1})
    return table


@pytest.fixture
def logs(world):
    client = world.client()
    client.create_table(
        TableName="logs",
        KeySchema=[{"AttributeName": "source", "KeyType": "HASH"}, {"AttributeName": "at", "KeyType": "RANGE"}],
        AttributeDefinitions=[
            {"AttributeName": "source", "AttributeType": "S"},
            {"AttributeName": "at", "AttributeType": "N"},
            {"AttributeName": "status", "AttributeType": "S"},
        ],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "by-status",
                "KeySchema": [{"AttributeName": "status", "KeyType": "HASH"}, {"AttributeName": "at", "KeyType": "RANGE"}],
                "Projection": {"ProjectionType": "ALL"},
                "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5},
            }
        ],
        ProvisionedThroughput={"ReadCapacityUnits": 5, "WriteCapacityUnits": 5},
    )
    client.get_waiter("table_exists").wait(TableName="logs", WaiterConfig={"Delay": 1})
    return world.resource().Table("logs")


def test_domain_is_put_read_updated_and_deleted(domains):
    domains.put_item(Item={"domain": "example.com", "status": "new", "checks": 0, "tags": {"a", "b"}})
    assert domains.get_item(Key={"domain": "example.com"})["Item"] == {
        "domain": "example.com", "status": "new", "checks": Decimal(0), "tags": {"a", "b"},
    }
    updated = domains.update_item(
        Key={"domain": "example.com"},
        UpdateExpression="SET #s = :s ADD checks :one",
        ExpressionAttributeNames={"#s": "status"},
        ExpressionAttributeValues={":s": "active", ":one": 1},
        ReturnValues="UPDATED_NEW",
    )
    assert updated["Attributes"] == {"status": "active", "checks": Decimal(1)}
    old = domains.delete_item(Key={"domain": "example.com"}, ReturnValues="ALL_OLD")
    assert old["Attributes"]["status"] == "active"
    assert "Item" not in domains.get_item(Key={"domain": "example.com"})


def test_index_follows_updates(domains):
    for number in range(10):
        domains.put_item(Item={"domain": f"d{number}", "status": "new" if number % 2 else "active"})
    query = {"IndexName": "status-index", "KeyConditionExpression": Key("status").eq("active")}
    assert {item["domain"] for item in domains.query(**query)["Items"]} == {f"d{n}" for n in range(0, 10, 2)}
    domains.update_item(
        Key={"domain": "d1"},
        UpdateExpression="SET #s = :s",
        ExpressionAttributeNames={"#s": "status"},
        ExpressionAttributeValues={":s": "active"},
    )
    assert domains.query(**query)["Count"] == 6


def test_condition_on_put_refuses_an_existing_item(domains):
    domains.put_item(Item={"domain": "x"}, ConditionExpression=Attr("domain").not_exists())
    with pytest.raises(ClientError) as caught:
        domains.put_item(Item={"domain": "x"}, ConditionExpression=Attr("domain").not_exists())
    assert caught.value.response["Error"]["Code"] == "ConditionalCheckFailedException"
    assert caught.value.response["Error"]["Message"] == "The conditional request failed"


def test_logs_are_queried_by_time_both_ways(logs):
    with logs.batch_writer() as batch:
        for at in range(100):
            batch.put_item(Item={"source": "web", "at": at, "status": "error" if at % 10 == 0 else "ok", "text": "x" * 50})
    page = logs.query(KeyConditionExpression=Key("source").eq("web") & Key("at").between(10, 19))
    assert [int(item["at"]) for item in page["Items"]] == list(range(10, 20))
    newest = logs.query(KeyConditionExpression=Key("source").eq("web"), ScanIndexForward=False, Limit=3)
    assert [int(item["at"]) for item in newest["Items"]] == [99, 98, 97]
    assert newest["LastEvaluatedKey"] == {"source": "web", "at": Decimal(97)}
    errors = logs.query(IndexName="by-status", KeyConditionExpression=Key("status").eq("error") & Key("at").gt(50))
    assert [int(item["at"]) for item in errors["Items"]] == [60, 70, 80, 90]


def test_filter_and_scan_page_through_everything(logs):
    with logs.batch_writer() as batch:
        for at in range(60):
            batch.put_item(Item={"source": f"s{at % 7}", "at": at, "level": at % 3})
    found, start = [], {}
    while True:
        page = logs.scan(FilterExpression=Attr("level").eq(2), Limit=7, **start)
        assert page["ScannedCount"] <= 7
        found += [int(item["at"]) for item in page["Items"]]
        if "LastEvaluatedKey" not in page:
            break
        start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}
    assert sorted(found) == [at for at in range(60) if at % 3 == 2]


def test_parallel_scan_covers_the_table_once(logs):
    with logs.batch_writer() as batch:
        for at in range(50):
            batch.put_item(Item={"source": f"s{at}", "at": at})
    seen = [item["source"] for segment in range(4) for item in logs.scan(Segment=segment, TotalSegments=4)["Items"]]
    assert sorted(seen) == sorted(f"s{at}" for at in range(50))


def test_transaction_moves_between_items(logs):
    client = logs.meta.client
    logs.put_item(Item={"source": "a", "at": 1, "n": 5})
    logs.put_item(Item={"source": "b", "at": 1, "n": 0})
    move = [
        {"Update": {"TableName": "logs", "Key": {"source": "a", "at": 1}, "UpdateExpression": "SET n = n - :x",
                    "ConditionExpression": "n >= :x", "ExpressionAttributeValues": {":x": 3}}},
        {"Update": {"TableName": "logs", "Key": {"source": "b", "at": 1}, "UpdateExpression": "SET n = n + :x",
                    "ExpressionAttributeValues": {":x": 3}}},
    ]
    client.transact_write_items(TransactItems=move)
    with pytest.raises(client.exceptions.TransactionCanceledException) as caught:
        client.transact_write_items(TransactItems=move)
    codes = [reason["Code"] for reason in caught.value.response["CancellationReasons"]]
    assert codes == ["ConditionalCheckFailed", "None"]
    assert logs.get_item(Key={"source": "b", "at": 1})["Item"]["n"] == 3
