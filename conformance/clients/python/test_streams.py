"""The stream client of boto3 over several shards. The server for this runs with --stream-shards 3."""

import re
import threading

import pytest
from botocore.exceptions import ClientError

from streamed_table import Follower, StreamReader, StreamedTable, attributes, counts, key_of, number_of

SHARDS = 3


def error_of(call, **arguments):
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    return caught.value.response["Error"]


def ascending(records):
    numbers = [number_of(record) for record in records]
    return numbers == sorted(set(numbers))


@pytest.fixture
def orders(world):
    return StreamedTable(world)


@pytest.fixture
def streams(orders):
    return orders.streams


@pytest.fixture
def reader(orders):
    return orders.reader


# Streams and their shards


def test_table_tells_of_its_stream(orders):
    described = orders.describe()
    assert described["StreamSpecification"] == {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}", described["LatestStreamLabel"])
    assert described["LatestStreamArn"] == f"{described['TableArn']}/stream/{described['LatestStreamLabel']}"


def test_stream_is_described(world, orders, reader):
    description = reader.describe()
    assert description["StreamArn"] == reader.arn
    assert description["StreamLabel"] == orders.describe()["LatestStreamLabel"]
    assert description["StreamStatus"] == "ENABLED"
    assert description["StreamViewType"] == "NEW_AND_OLD_IMAGES"
    assert description["TableName"] == "orders"
    assert description["KeySchema"] == [{"AttributeName": "pk", "KeyType": "HASH"}]
    assert abs((description["CreationRequestDateTime"] - world.now()).total_seconds()) < 60


def test_streams_are_listed_by_pages(world, orders, streams):
    other = StreamedTable(world, name="other")
    found, start = [], {}
    while True:
        page = streams.list_streams(Limit=1, **start)
        assert len(page["Streams"]) <= 1
        found += page["Streams"]
        if "LastEvaluatedStreamArn" not in page:
            break
        start = {"ExclusiveStartStreamArn": page["LastEvaluatedStreamArn"]}
    assert {stream["TableName"]: stream["StreamArn"] for stream in found} == {
        "orders": orders.reader.arn, "other": other.reader.arn,
    }
    assert len(found) == 2
    of_one = streams.list_streams(TableName="other")["Streams"]
    assert of_one == [{"StreamArn": other.reader.arn, "TableName": "other", "StreamLabel": other.reader.arn[-23:]}]
    assert streams.list_streams(TableName="neither")["Streams"] == []


def test_streams_of_another_region_are_not_listed(world, orders):
    assert world.client("dynamodbstreams", region="eu-west-1").list_streams()["Streams"] == []


def test_new_stream_has_open_shards(reader):
    shards = reader.shards()
    assert len(shards) == SHARDS
    for shard_id, shard in shards.items():
        assert re.fullmatch(r"shardId-\d{20}-[0-9a-f]{8}", shard_id)
        assert "ParentShardId" not in shard
        assert set(shard["SequenceNumberRange"]) == {"StartingSequenceNumber"}
        assert re.fullmatch(r"\d{21,40}", shard["SequenceNumberRange"]["StartingSequenceNumber"])


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_shards_come_by_pages(reader, limit):
    pages = list(reader.pages(Limit=limit))
    assert all(len(page) <= limit for page in pages)
    seen = [shard["ShardId"] for page in pages for shard in page]
    assert len(seen) == len(set(seen)) == SHARDS
    assert set(seen) == set(reader.shards())


def test_partitions_spread_over_the_shards(orders, reader):
    for number in range(60):
        orders.count(f"p{number}")
        orders.count(f"p{number}")
    by_shard = {shard_id: reader.records_of(shard_id) for shard_id in reader.shards()}
    assert all(by_shard.values())
    partitions = [{key_of(record) for record in records} for records in by_shard.values()]
    assert sum(len(each) for each in partitions) == 60  # none is in two shards
    for records in by_shard.values():
        assert ascending(records)
        assert all(seen == [1, 2] for seen in counts(records).values())


# Records


@pytest.mark.parametrize("view, new, old, sizes", [
    ("KEYS_ONLY", False, False, [3, 3, 3]),
    ("NEW_IMAGE", True, False, [9, 9, 3]),
    ("OLD_IMAGE", False, True, [3, 9, 9]),
    ("NEW_AND_OLD_IMAGES", True, True, [9, 15, 9]),
])
def test_record_has_the_images_of_its_view(world, view, new, old, sizes):
    table = StreamedTable(world, view=view)
    table.put("1", a=1)
    table.update("1", "SET a = :a", a=2)
    table.delete("1")
    first, second = attributes(pk="1", a=1), attributes(pk="1", a=2)
    records = [record["dynamodb"] for record in table.reader.records()]
    for record, before, after, size in zip(records, [None, first, second], [first, second, None], sizes, strict=True):
        assert record["Keys"] == attributes(pk="1")
        assert record.get("NewImage") == (after if new else None)
        assert record.get("OldImage") == (before if old else None)
        assert record["StreamViewType"] == view
        assert record["SizeBytes"] == size


@pytest.mark.parametrize("region", ["us-east-1", "eu-central-1"])
def test_record_says_what_happened_when_and_where(world, region):
    table = StreamedTable(world, region=region)
    assert table.reader.arn.split(":")[3] == region
    table.put("a", n=1)
    table.put("a", n=2)
    table.delete("a")
    records = table.reader.records()
    assert [record["eventName"] for record in records] == ["INSERT", "MODIFY", "REMOVE"]
    assert len({record["eventID"] for record in records}) == 3
    assert ascending(records)
    now = world.now(region)
    for record in records:
        assert re.fullmatch(r"[0-9a-f]{32}", record["eventID"])
        assert record["eventSource"] == "aws:dynamodb"
        assert record["eventVersion"] == "1.1"
        assert record["awsRegion"] == region
        assert "userIdentity" not in record
        assert re.fullmatch(r"\d{21,40}", record["dynamodb"]["SequenceNumber"])
        moment = record["dynamodb"]["ApproximateCreationDateTime"]
        assert abs((moment - now).total_seconds()) < 60
        assert moment.microsecond == 0


def test_images_hold_every_type(orders, reader):
    values = {"s": "ü", "n": 0, "b": b"\x00\xff", "yes": True, "none": None, "ss": {"a", "b"}, "ns": {1, 2},
              "bs": {b"x"}, "list": [1, ["two"]], "map": {"deep": {"deeper": []}}}
    orders.put("typed", **values)
    image = reader.records()[0]["dynamodb"]["NewImage"]
    expected = attributes(pk="typed", **values)
    for name in ("ss", "ns", "bs"):  # sets have no order
        kind = name.upper()
        assert sorted(image.pop(name)[kind]) == sorted(expected.pop(name)[kind])
    assert image == expected


def test_writes_that_change_nothing_leave_no_record(orders, reader):
    client, name = orders.client, orders.name
    orders.put("a", n=1, tags={"x", "y"})
    client.put_item(TableName=name, Item={"pk": {"S": "a"}, "n": {"N": "1.00"}, "tags": {"SS": ["y", "x"]}})
    orders.update("a", "SET n = n, m = if_not_exists(m, :none) REMOVE m2", none=1)
    orders.update("a", "REMOVE m")
    orders.update("a", "SET n = :n", n=1)
    orders.update("a", "REMOVE nothing")
    orders.update("a", "ADD tags :tags", tags={"x"})
    orders.update("a", "DELETE tags :tags", tags={"z"})
    orders.delete("missing")
    assert error_of(client.put_item, TableName=name, Item=attributes(pk="a", n=9),
                    ConditionExpression="attribute_not_exists(pk)")["Code"] == "ConditionalCheckFailedException"
    assert error_of(client.delete_item, TableName=name, Key=attributes(pk="a"),
                    ConditionExpression="attribute_exists(m)")["Code"] == "ConditionalCheckFailedException"
    client.batch_write_item(RequestItems={name: [{"DeleteRequest": {"Key": attributes(pk="missing")}}]})
    check = {"ConditionCheck": {"TableName": name, "Key": attributes(pk="a"), "ConditionExpression": "n = :n",
                                "ExpressionAttributeValues": attributes(**{":n": 1})}}
    client.transact_write_items(TransactItems=[check])
    check["ConditionCheck"]["ExpressionAttributeValues"] = attributes(**{":n": 2})
    put = {"Put": {"TableName": name, "Item": attributes(pk="new")}}
    assert error_of(client.transact_write_items, TransactItems=[put, check])["Code"] == "TransactionCanceledException"
    orders.put("end")
    records = reader.records()
    of_a = [record for record in records if key_of(record) == "a"]
    # Setting m and removing it again are the two changes among these.
    assert [record["eventName"] for record in of_a] == ["INSERT", "MODIFY", "MODIFY"]
    assert ["m" in record["dynamodb"]["NewImage"] for record in of_a] == [False, True, False]
    assert [key_of(record) for record in records if key_of(record) != "a"] == ["end"]


def test_update_may_insert(orders, reader):
    orders.client.update_item(TableName=orders.name, Key=attributes(pk="a"))
    orders.update("b", "SET n = :n", n=1)
    by_key = {key_of(record): record for record in reader.records()}
    assert {key: record["eventName"] for key, record in by_key.items()} == {"a": "INSERT", "b": "INSERT"}
    assert by_key["a"]["dynamodb"]["NewImage"] == attributes(pk="a")
    assert all("OldImage" not in record["dynamodb"] for record in by_key.values())


def test_batch_leaves_a_record_for_each_item(orders, reader):
    for number in range(5):
        orders.put(f"old{number}")
    requests = [{"PutRequest": {"Item": attributes(pk=f"new{number}", n=number)}} for number in range(20)]
    requests += [{"DeleteRequest": {"Key": attributes(pk=f"old{number}")}} for number in range(5)]
    assert orders.client.batch_write_item(RequestItems={orders.name: requests})["UnprocessedItems"] == {}
    events = {}
    for record in reader.records():
        events.setdefault(key_of(record), []).append(record["eventName"])
    assert events == {f"old{n}": ["INSERT", "REMOVE"] for n in range(5)} | {f"new{n}": ["INSERT"] for n in range(20)}


def test_transaction_leaves_a_record_for_each_write(orders, reader):
    for pk in ("changed", "gone", "checked"):
        orders.put(pk, n=1)
    key = {pk: {"TableName": orders.name, "Key": attributes(pk=pk)} for pk in ("changed", "gone", "checked")}
    transaction = {"ClientRequestToken": "once", "TransactItems": [
        {"Put": {"TableName": orders.name, "Item": attributes(pk="new", n=1)}},
        {"Update": {**key["changed"], "UpdateExpression": "ADD n :one",
                    "ExpressionAttributeValues": attributes(**{":one": 1})}},
        {"Delete": key["gone"]},
        {"ConditionCheck": {**key["checked"], "ConditionExpression": "attribute_exists(n)"}},
    ]}
    orders.client.transact_write_items(**transaction)
    orders.client.transact_write_items(**transaction)  # the same token: done already
    events = {}
    for record in reader.records():
        events.setdefault(key_of(record), []).append(record["eventName"])
    assert events == {"changed": ["INSERT", "MODIFY"], "gone": ["INSERT", "REMOVE"], "checked": ["INSERT"],
                      "new": ["INSERT"]}


# Positions


@pytest.fixture
def counted(orders, reader):
    """A shard with ten records of one item, its id, and the sequence numbers."""
    for _ in range(10):
        orders.count("a")
    for shard_id in reader.shards():
        records = reader.records_of(shard_id)
        if records:
            return shard_id, [record["dynamodb"]["SequenceNumber"] for record in records]


def seen(records):
    return counts(records).get("a", [])


def test_reading_begins_at_the_horizon(reader, counted):
    shard_id, numbers = counted
    assert seen(reader.records_of(shard_id)) == list(range(1, 11))
    start = reader.shards()[shard_id]["SequenceNumberRange"]["StartingSequenceNumber"]
    assert seen(reader.records_of(shard_id, "AT_SEQUENCE_NUMBER", start)) == list(range(1, 11))


@pytest.mark.parametrize("at", [1, 4, 10])
def test_reading_begins_at_or_after_a_number(reader, counted, at):
    shard_id, numbers = counted
    assert seen(reader.records_of(shard_id, "AT_SEQUENCE_NUMBER", numbers[at - 1])) == list(range(at, 11))
    assert seen(reader.records_of(shard_id, "AFTER_SEQUENCE_NUMBER", numbers[at - 1])) == list(range(at + 1, 11))


@pytest.mark.parametrize("kind", ["LATEST", "AFTER_SEQUENCE_NUMBER"])
def test_reading_begins_behind_the_newest(orders, reader, counted, kind):
    shard_id, numbers = counted
    records, iterator = reader.read(reader.iterator(shard_id, kind, None if kind == "LATEST" else numbers[-1]))
    assert records == []
    orders.count("a")
    orders.count("a")
    records, iterator = reader.read(iterator)
    assert seen(records) == [11, 12]
    assert reader.read(iterator)[0] == []


def test_latest_is_the_moment_of_the_iterator(orders, reader):
    for number in range(30):
        orders.count(f"p{number}")
    iterators = [reader.iterator(shard_id, "LATEST") for shard_id in reader.shards()]
    for number in range(30):
        orders.count(f"p{number}")
    found = [record for iterator in iterators for record in reader.read(iterator)[0]]
    assert counts(found) == {f"p{number}": [2] for number in range(30)}


def test_iterator_reads_the_same_again(reader, streams, counted):
    iterator = reader.iterator(counted[0])
    answers = [streams.get_records(ShardIterator=iterator, Limit=4)["Records"] for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert seen(answers[0]) == [1, 2, 3, 4]


def test_limit_cuts_answers(reader, streams, counted):
    iterator, sizes = reader.iterator(counted[0]), []
    while sum(sizes) < 10:
        answer = streams.get_records(ShardIterator=iterator, Limit=3)
        sizes.append(len(answer["Records"]))
        iterator = answer["NextShardIterator"]
    assert sizes == [3, 3, 3, 1]


def test_answers_have_a_megabyte_at_most(orders, reader, streams):
    for number in range(1, 13):
        orders.put("a", n=number, text=str(number % 10) * 100_000)
    iterator = next(reader.iterator(shard_id) for shard_id in reader.shards() if reader.records_of(shard_id))
    sizes, found = [], []
    while len(found) < 12:
        answer = streams.get_records(ShardIterator=iterator)
        sizes.append(sum(record["dynamodb"]["SizeBytes"] for record in answer["Records"]))
        found += answer["Records"]
        iterator = answer["NextShardIterator"]
    assert seen(found) == list(range(1, 13))
    assert max(sizes) <= 1024 * 1024
    assert len([size for size in sizes if size]) <= 4  # 2.3 MB are not doled out one by one


def test_wrong_requests_are_refused(orders, reader, streams):
    shard_id = next(iter(reader.shards()))
    unknown = reader.arn[:-23] + "2001-01-01T00:00:00.000"
    gone = error_of(streams.describe_stream, StreamArn=unknown)
    assert gone["Code"] == "ResourceNotFoundException"
    assert gone["Message"] == f"Requested resource not found: Stream: {unknown} not found"
    ask = {"StreamArn": reader.arn, "ShardId": shard_id, "ShardIteratorType": "TRIM_HORIZON"}
    call = streams.get_shard_iterator
    assert error_of(call, **{**ask, "StreamArn": unknown})["Code"] == "ResourceNotFoundException"
    nowhere = "shardId-00000001414562045508-2bac9cd2"
    assert error_of(call, **{**ask, "ShardId": nowhere})["Code"] == "ResourceNotFoundException"
    for kind in ("AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"):
        assert error_of(call, **{**ask, "ShardIteratorType": kind})["Code"] == "ValidationException"
    assert error_of(call, **{**ask, "ShardIteratorType": "NEWEST"})["Code"] == "ValidationException"
    assert error_of(call, **ask, SequenceNumber="1" * 21)["Code"] == "ValidationException"
    assert error_of(streams.get_records, ShardIterator="nonsense")["Code"] == "ValidationException"
    good = call(**ask)["ShardIterator"]
    assert error_of(streams.get_records, ShardIterator=good, Limit=1001)["Code"] == "ValidationException"
    assert error_of(streams.describe_stream, StreamArn=reader.arn, Limit=101)["Code"] == "ValidationException"
    assert error_of(streams.list_streams, Limit=101)["Code"] == "ValidationException"


# Lineage


def assert_lineage(shards):
    """Of a stream of which nothing was trimmed: children begin where their parents have ended."""
    for shard in shards.values():
        numbers = shard["SequenceNumberRange"]
        start = int(numbers["StartingSequenceNumber"])
        assert int(numbers.get("EndingSequenceNumber", start)) >= start
        if "ParentShardId" in shard:
            parent = shards[shard["ParentShardId"]]["SequenceNumberRange"]
            assert int(parent["EndingSequenceNumber"]) < start
            assert shard["ParentShardId"] < shard["ShardId"]  # so that pages never show a child before its parent


def test_split_closes_parents_and_opens_children(world, orders, reader):
    for number in range(30):
        orders.count(f"p{number}")
    parents = set(reader.shards())
    at_the_end = [reader.iterator(shard_id, "LATEST") for shard_id in parents]
    answer = world.split(orders.name)
    assert set(answer["closed"]) == parents
    shards = reader.shards()
    children = set(shards) - parents
    assert set(answer["opened"]) == children
    assert len(children) == 2 * SHARDS
    assert sorted(shards[child]["ParentShardId"] for child in children) == sorted([*parents, *parents])
    assert {i for i in shards if "EndingSequenceNumber" in shards[i]["SequenceNumberRange"]} == parents
    assert_lineage(shards)
    for number in range(30):
        orders.count(f"p{number}")
    for shard_id in parents:
        records, iterator = reader.read(reader.iterator(shard_id))
        assert iterator is None
        assert all(each == [1] for each in counts(records).values())
        ending = int(shards[shard_id]["SequenceNumberRange"]["EndingSequenceNumber"])
        assert all(number_of(record) <= ending for record in records)
    # The readers who waited at the end of the parents hear of the end, and of nothing that is the children's.
    assert [reader.read(iterator) for iterator in at_the_end] == [([], None)] * SHARDS
    assert counts(reader.records()) == {f"p{number}": [1, 2] for number in range(30)}
    if "ShardFilter" in reader.client.meta.service_model.operation_model("DescribeStream").input_shape.members:
        # The pinned client is older than the filter; the one for JavaScript asks for it.
        for parent in parents:
            found = reader.shards(ShardFilter={"Type": "CHILD_SHARDS", "ShardId": parent})
            assert set(found) == {child for child in children if shards[child]["ParentShardId"] == parent}


def test_one_shard_splits_in_three(world, orders, reader):
    split = sorted(reader.shards())[1]
    answer = world.split(orders.name, ShardId=split, into=3)
    assert answer["closed"] == [split]
    assert len(answer["opened"]) == 3
    shards = reader.shards()
    assert len(shards) == SHARDS + 3
    assert {i for i in shards if shards[i].get("ParentShardId") == split} == set(answer["opened"])
    by_arn = world.control("streams/split", {"StreamArn": reader.arn, "ShardId": answer["opened"][0]})
    assert by_arn["closed"] == [answer["opened"][0]]
    assert_lineage(reader.shards())


@pytest.mark.parametrize("limit", [1, 4, 100])
def test_generations_come_by_pages(world, orders, reader, limit):
    for _ in range(3):
        world.split(orders.name)
    seen_ids = [shard["ShardId"] for page in reader.pages(Limit=limit) for shard in page]
    assert len(seen_ids) == len(set(seen_ids)) == SHARDS * (1 + 2 + 4 + 8)
    assert_lineage(reader.shards())


def test_items_keep_their_order_while_shards_split(world, orders, reader):
    items, rounds = [f"p{number}" for number in range(12)], 16
    failures = []

    def write():
        try:
            for number in range(1, rounds + 1):
                for pk in items:
                    orders.count(pk)
                if number % 4 == 0:
                    world.split(orders.name)
        except Exception as error:  # noqa: BLE001: a thread has no other way to tell
            failures.append(error)

    writer = threading.Thread(target=write)
    follower, found = Follower(reader), []
    writer.start()
    while writer.is_alive():
        found += follower.poll()
    writer.join()
    found += follower.poll_until_quiet()
    assert failures == []
    assert counts(found) == {pk: list(range(1, rounds + 1)) for pk in items}
    assert counts(reader.records()) == counts(found)
    shards = reader.shards()
    assert len(shards) == SHARDS * (1 + 2 + 4 + 8 + 16)
    assert_lineage(shards)


# The end of a stream


def set_stream(table, **specification):
    table.client.update_table(TableName=table.name, StreamSpecification=specification)
    table.wait()


def test_disabled_stream_runs_out(orders, reader, streams):
    for number in range(10):
        orders.count(f"p{number}")
    waiting = [reader.iterator(shard_id, "LATEST") for shard_id in reader.shards()]
    set_stream(orders, StreamEnabled=False)
    assert reader.describe()["StreamStatus"] in ("DISABLING", "DISABLED")
    assert "StreamSpecification" not in orders.describe()
    assert orders.describe()["LatestStreamArn"] == reader.arn
    orders.count("p0")  # nobody's record
    shards = reader.shards()
    assert all("EndingSequenceNumber" in shard["SequenceNumberRange"] for shard in shards.values())
    assert [reader.read(iterator) for iterator in waiting] == [([], None)] * SHARDS
    assert counts(reader.records()) == {f"p{number}": [1] for number in range(10)}
    assert [stream["StreamArn"] for stream in streams.list_streams()["Streams"]] == [reader.arn]


def test_enabling_again_makes_another_stream(orders, reader, streams):
    orders.count("a")
    set_stream(orders, StreamEnabled=False)
    set_stream(orders, StreamEnabled=True, StreamViewType="NEW_IMAGE")
    orders.count("a")
    second = StreamReader(streams, orders.describe()["LatestStreamArn"])
    assert second.arn != reader.arn
    assert second.describe()["StreamViewType"] == "NEW_IMAGE"
    assert counts(second.records()) == {"a": [2]}
    assert counts(reader.records()) == {"a": [1]}
    listed = [stream["StreamArn"] for stream in streams.list_streams(TableName=orders.name)["Streams"]]
    assert sorted(listed) == sorted([reader.arn, second.arn])


def test_stream_outlives_its_table(orders, reader, streams):
    orders.count("a")
    orders.client.delete_table(TableName=orders.name)
    orders.wait("table_not_exists")
    # The deletion of a table is no write to its items.
    assert counts(reader.records()) == {"a": [1]}
    assert reader.describe()["StreamStatus"] in ("DISABLING", "DISABLED")
    assert [stream["StreamArn"] for stream in streams.list_streams()["Streams"]] == [reader.arn]
