"""A wallet: what an application that makes its own table sees, capacity units included."""

import datetime

import pytest


def create(client):
    return client.create_table(
        TableName="wallet",
        KeySchema=[{"AttributeName": "owner", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "owner", "AttributeType": "S"}],
        ProvisionedThroughput={"ReadCapacityUnits": 10, "WriteCapacityUnits": 10},
    )["TableDescription"]


def test_describe_of_a_missing_table(world):
    client = world.client()
    with pytest.raises(client.exceptions.ResourceNotFoundException) as caught:
        client.describe_table(TableName="wallet")
    assert caught.value.response["Error"]["Message"] == "Requested resource not found: Table: wallet not found"


def test_create_answers_creating_with_its_counters(world):
    description = create(world.client())
    assert description["TableStatus"] == "CREATING"
    assert isinstance(description["CreationDateTime"], datetime.datetime)
    assert abs(description["CreationDateTime"].timestamp() - datetime.datetime.now().timestamp()) < 60
    assert (description["ItemCount"], description["TableSizeBytes"]) == (0, 0)
    assert description["ProvisionedThroughput"]["NumberOfDecreasesToday"] == 0


@pytest.mark.parametrize("length, units", [(10, 1), (1000, 1), (1100, 2), (4000, 4), (9000, 9)])
def test_puts_are_charged_by_the_kilobyte(world, length, units):
    client = world.client()
    create(client)
    client.get_waiter("table_exists").wait(TableName="wallet", WaiterConfig={"Delay": 1})
    item = {"owner": {"S": "a"}, "text": {"S": "x" * length}}
    put = client.put_item(TableName="wallet", Item=item, ReturnConsumedCapacity="TOTAL")
    assert put["ConsumedCapacity"] == {"TableName": "wallet", "CapacityUnits": float(units)}


@pytest.mark.parametrize("length, eventual, strong", [(10, 0.5, 1), (4000, 0.5, 1), (4100, 1, 2), (9000, 1.5, 3)])
def test_gets_are_charged_by_four_kilobytes(world, length, eventual, strong):
    client = world.client()
    create(client)
    client.get_waiter("table_exists").wait(TableName="wallet", WaiterConfig={"Delay": 1})
    client.put_item(TableName="wallet", Item={"owner": {"S": "a"}, "text": {"S": "x" * length}})
    get = {"TableName": "wallet", "Key": {"owner": {"S": "a"}}, "ReturnConsumedCapacity": "TOTAL"}
    assert client.get_item(**get)["ConsumedCapacity"]["CapacityUnits"] == eventual
    assert client.get_item(ConsistentRead=True, **get)["ConsumedCapacity"]["CapacityUnits"] == strong
