"""Table definitions from a namespaced configuration, as ORM test suites make them with a mock: created, filled, queried on
an index and scanned."""

import pytest
from boto3.dynamodb.conditions import Key

CONFIGURATION = {
    "namespace": "shop-test",
    "tables": {
        "customer": {"hash": ("id", "S"), "indexes": {"email": {"hash": ("email", "S")}}},
        "order": {
            "hash": ("customer", "S"),
            "range": ("number", "N"),
            "indexes": {"state": {"hash": ("state", "S"), "range": ("number", "N"), "include": ["total"]}},
        },
    },
}


def definition(namespace, name, table):
    attributes, schema = {}, []

    def keys(source):
        out = []
        for kind, key_type in (("hash", "HASH"), ("range", "RANGE")):
            if kind in source:
                attribute, attribute_type = source[kind]
                attributes[attribute] = attribute_type
                out.append({"AttributeName": attribute, "KeyType": key_type})
        return out

    schema = keys(table)
    indexes = []
    for index_name, index in table["indexes"].items():
        projection = {"ProjectionType": "ALL"}
        if "include" in index:
            projection = {"ProjectionType": "INCLUDE", "NonKeyAttributes": index["include"]}
        indexes.append({"IndexName": f"{index_name}-index", "KeySchema": keys(index), "Projection": projection})
    return {
        "TableName": f"{namespace}.{name}",
        "KeySchema": schema,
        "AttributeDefinitions": [{"AttributeName": a, "AttributeType": t} for a, t in attributes.items()],
        "GlobalSecondaryIndexes": indexes,
        "BillingMode": "PAY_PER_REQUEST",
    }


@pytest.fixture
def shop(world):
    resource = world.resource()
    tables = {}
    for name, table in CONFIGURATION["tables"].items():
        tables[name] = resource.create_table(**definition(CONFIGURATION["namespace"], name, table))
        resource.meta.client.get_waiter("table_exists").wait(TableName=tables[name].name, WaiterConfig={"Delay": 1})
    return tables


def test_tables_are_listed_and_described(world, shop):
    client = world.client()
    assert client.list_tables()["TableNames"] == ["shop-test.customer", "shop-test.order"]
    described = client.describe_table(TableName="shop-test.order")["Table"]
    assert described["TableStatus"] == "ACTIVE"
    assert described["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert described["GlobalSecondaryIndexes"][0]["Projection"]["NonKeyAttributes"] == ["total"]


def test_rows_are_found_by_index_and_scan(shop):
    for number in range(20):
        shop["order"].put_item(Item={
            "customer": f"c{number % 3}", "number": number, "state": "open" if number < 5 else "done",
            "total": number * 2, "note": "hidden",
        })
    page = shop["order"].query(IndexName="state-index", KeyConditionExpression=Key("state").eq("open"))
    assert [item["number"] for item in page["Items"]] == [0, 1, 2, 3, 4]
    assert set(page["Items"][0]) == {"customer", "number", "state", "total"}
    assert shop["order"].scan(Select="COUNT")["Count"] == 20
    assert shop["order"].scan(IndexName="state-index")["Count"] == 20


def test_two_namespaces_do_not_meet(world, shop):
    assert world.client(region="eu-west-1").list_tables()["TableNames"] == []


def test_table_goes_when_deleted(world, shop):
    client = world.client()
    client.delete_table(TableName="shop-test.order")
    client.get_waiter("table_not_exists").wait(TableName="shop-test.order", WaiterConfig={"Delay": 1})
    assert client.list_tables()["TableNames"] == ["shop-test.customer"]
