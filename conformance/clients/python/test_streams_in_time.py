"""What time does to streams and items, with the clock of the namespace moved: iterators expire, records are trimmed,
items live until their moment has come."""

import pytest
from botocore.exceptions import ClientError

from streamed_table import StreamedTable, attributes, counts, key_of


@pytest.fixture
def orders(world):
    return StreamedTable(world)


@pytest.fixture
def reader(orders):
    return orders.reader


def shard_of(reader, pk):
    """The shard that has records of the item."""
    return next(shard_id for shard_id in reader.shards()
                if any(key_of(record) == pk for record in reader.records_of(shard_id)))


def code_of(call, *arguments, **named):
    with pytest.raises(ClientError) as caught:
        call(*arguments, **named)
    return caught.value.response["Error"]["Code"]


# The clock


def test_clock_moves_in_its_own_namespace(world, orders):
    elsewhere = StreamedTable(world, region="eu-west-1")
    before, before_elsewhere = world.now(), world.now("eu-west-1")
    world.pass_time("36h")
    assert 36 * 3600 <= (world.now() - before).total_seconds() < 36 * 3600 + 60
    assert (world.now("eu-west-1") - before_elsewhere).total_seconds() < 60
    orders.count("a")
    elsewhere.count("a")
    # Records bear the time of their namespace.
    moments = [table.reader.records()[0]["dynamodb"]["ApproximateCreationDateTime"] for table in (orders, elsewhere)]
    assert 35 * 3600 < (moments[0] - moments[1]).total_seconds() < 37 * 3600


# Iterators


@pytest.mark.parametrize("kind", ["TRIM_HORIZON", "LATEST"])
def test_iterators_live_for_fifteen_minutes(world, orders, reader, kind):
    iterator = reader.iterator(next(iter(reader.shards())), kind)
    world.pass_time("14m")
    answer = reader.client.get_records(ShardIterator=iterator)
    world.pass_time("2m")
    assert code_of(reader.client.get_records, ShardIterator=iterator) == "ExpiredIteratorException"
    # Each answer's iterator has fifteen minutes of its own.
    world.pass_time("12m")
    answer = reader.client.get_records(ShardIterator=answer["NextShardIterator"])
    world.pass_time("16m")
    assert code_of(reader.client.get_records,
                   ShardIterator=answer["NextShardIterator"]) == "ExpiredIteratorException"


def test_reader_goes_on_after_its_iterator_has_expired(world, orders, reader):
    for _ in range(5):
        orders.count("a")
    shard_id = shard_of(reader, "a")
    answer = reader.client.get_records(ShardIterator=reader.iterator(shard_id), Limit=2)
    last = answer["Records"][-1]["dynamodb"]["SequenceNumber"]
    world.pass_time("1h")
    assert code_of(reader.client.get_records,
                   ShardIterator=answer["NextShardIterator"]) == "ExpiredIteratorException"
    assert counts(reader.records_of(shard_id, "AFTER_SEQUENCE_NUMBER", last)) == {"a": [3, 4, 5]}


# Trimming


def test_records_are_kept_for_a_day(world, orders, reader):
    orders.count("a")
    shard_id = shard_of(reader, "a")
    old = reader.records_of(shard_id)[0]["dynamodb"]["SequenceNumber"]
    world.pass_time("23h")
    orders.count("a")
    assert counts(reader.records()) == {"a": [1, 2]}
    # The second may be in another shard, as shards roll over every few hours.
    assert counts(reader.records_of(shard_id, "AT_SEQUENCE_NUMBER", old))["a"][0] == 1
    world.pass_time("2h")
    assert counts(reader.records()) == {"a": [2]}
    assert code_of(reader.iterator, shard_id, "AT_SEQUENCE_NUMBER", old) == "TrimmedDataAccessException"
    # The item itself has nothing to do with its records.
    item = orders.client.get_item(TableName=orders.name, Key=attributes(pk="a"))["Item"]
    assert item == attributes(pk="a", n=2)


def test_position_may_be_trimmed_under_a_live_iterator(world, orders, reader):
    orders.count("a")
    shard_id = shard_of(reader, "a")
    old = reader.records_of(shard_id)[0]["dynamodb"]["SequenceNumber"]
    world.pass_time("23h")
    world.pass_time("55m")
    iterator = reader.iterator(shard_id, "AT_SEQUENCE_NUMBER", old)
    orders.count("a")
    world.pass_time("10m")
    assert code_of(reader.client.get_records, ShardIterator=iterator) == "TrimmedDataAccessException"
    assert counts(reader.records()) == {"a": [2]}


def test_closed_shards_go_a_day_later(world, orders, reader):
    orders.count("a")
    parents = set(reader.shards())
    world.split(orders.name)
    orders.count("a")
    world.pass_time("23h")
    orders.count("a")
    assert counts(reader.records()) == {"a": [1, 2, 3]}
    world.pass_time("2h")
    shards = reader.shards()
    assert not parents & set(shards)
    # The eldest that are listed name parents that are not.
    assert all("ParentShardId" in shard for shard in shards.values())
    assert parents <= {shard["ParentShardId"] for shard in shards.values()}
    assert counts(reader.records()) == {"a": [3]}
    assert code_of(reader.iterator, next(iter(parents))) in ("ResourceNotFoundException", "TrimmedDataAccessException")


def test_disabled_stream_goes_a_day_later(world, orders, reader):
    orders.count("a")
    orders.client.update_table(TableName=orders.name, StreamSpecification={"StreamEnabled": False})
    world.pass_time("23h")
    assert counts(reader.records()) == {"a": [1]}
    world.pass_time("2h")
    assert reader.client.list_streams()["Streams"] == []
    assert code_of(reader.describe) == "ResourceNotFoundException"


# Time to live


def expire_by(table, attribute, enabled=True):
    specification = {"Enabled": enabled, "AttributeName": attribute}
    answer = table.client.update_time_to_live(TableName=table.name, TimeToLiveSpecification=specification)
    assert answer["TimeToLiveSpecification"] == specification


def time_to_live(table):
    return table.client.describe_time_to_live(TableName=table.name)["TimeToLiveDescription"]


def keys_in(table):
    return {item["pk"]["S"] for item in table.client.scan(TableName=table.name)["Items"]}


def test_time_to_live_is_described(world, orders):
    assert time_to_live(orders) == {"TimeToLiveStatus": "DISABLED"}
    expire_by(orders, "ends")
    world.pass_time("2h")  # it may take an hour to be enabled, and a second change within that time is refused
    assert time_to_live(orders) == {"TimeToLiveStatus": "ENABLED", "AttributeName": "ends"}
    assert code_of(expire_by, orders, "ends") == "ValidationException"
    assert code_of(expire_by, orders, "other") == "ValidationException"
    expire_by(orders, "ends", enabled=False)
    world.pass_time("2h")
    assert time_to_live(orders) == {"TimeToLiveStatus": "DISABLED"}


def test_expired_items_go(world, orders, reader):
    now = int(world.now().timestamp())
    expire_by(orders, "ends")
    world.pass_time("2h")
    soon, later = now + 3 * 3600, now + 90 * 86400
    orders.put("gone", ends=soon, n=1)
    orders.put("saved", ends=soon)
    orders.update("saved", "SET ends = :later", later=later)
    orders.put("freed", ends=soon)
    orders.update("freed", "REMOVE ends")
    orders.put("doomed", ends=later)
    orders.update("doomed", "SET ends = :soon", soon=soon)
    orders.put("later", ends=later)
    orders.put("never")
    orders.put("text", ends=str(soon))
    orders.put("milliseconds", ends=soon * 1000)
    orders.put("ancient", ends=now - 6 * 365 * 86400)  # more than five years ago: a mistake, not an expiry
    everything = keys_in(orders)
    world.pass_time("2h")
    assert keys_in(orders) == everything - {"gone", "doomed"}
    assert "Item" not in orders.client.get_item(TableName=orders.name, Key=attributes(pk="gone"))
    removed = {key_of(record): record for record in reader.records() if record["eventName"] == "REMOVE"}
    assert set(removed) == {"gone", "doomed"}
    for record in removed.values():
        assert record["userIdentity"] == {"Type": "Service", "PrincipalId": "dynamodb.amazonaws.com"}
        moment = record["dynamodb"]["ApproximateCreationDateTime"].timestamp()
        assert soon <= moment <= world.now().timestamp()
    assert removed["gone"]["dynamodb"]["OldImage"] == attributes(pk="gone", ends=soon, n=1)


def test_user_who_deletes_is_no_service(world, orders, reader):
    expire_by(orders, "ends")
    orders.put("a", ends=int(world.now().timestamp()) + 3600)
    orders.delete("a")
    world.pass_time("2h")
    records = reader.records()
    assert [record["eventName"] for record in records] == ["INSERT", "REMOVE"]
    assert all("userIdentity" not in record for record in records)


def test_nothing_expires_without_time_to_live(world, orders):
    orders.put("a", ends=int(world.now().timestamp()) + 60)
    world.pass_time("49h")
    assert keys_in(orders) == {"a"}


def test_items_that_were_there_before_expire_too(world, orders):
    now = int(world.now().timestamp())
    orders.put("past", ends=now - 60)
    orders.put("soon", ends=now + 60)
    orders.put("later", ends=now + 90 * 86400)
    expire_by(orders, "ends")
    world.pass_time("49h")
    assert keys_in(orders) == {"later"}


def test_expired_items_leave_their_indexes(world):
    client = world.client()
    client.create_table(
        TableName="sessions",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"},
                              {"AttributeName": "user", "AttributeType": "S"}],
        GlobalSecondaryIndexes=[{"IndexName": "by-user", "Projection": {"ProjectionType": "ALL"},
                                 "KeySchema": [{"AttributeName": "user", "KeyType": "HASH"}]}],
        BillingMode="PAY_PER_REQUEST",
    )
    client.get_waiter("table_exists").wait(TableName="sessions", WaiterConfig={"Delay": 0.1, "MaxAttempts": 100})
    client.update_time_to_live(TableName="sessions",
                               TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"})
    now = int(world.now().timestamp())
    for number in range(40):
        ends = now + (60 if number % 2 else 90 * 86400)
        client.put_item(TableName="sessions", Item=attributes(id=f"s{number}", user="ada", expires=ends))
    world.pass_time("49h")
    found = client.query(TableName="sessions", IndexName="by-user", KeyConditionExpression="#u = :u",
                         ExpressionAttributeNames={"#u": "user"}, ExpressionAttributeValues={":u": {"S": "ada"}})
    assert sorted(item["id"]["S"] for item in found["Items"]) == sorted(f"s{n}" for n in range(0, 40, 2))
    assert client.scan(TableName="sessions", Select="COUNT")["Count"] == 20
