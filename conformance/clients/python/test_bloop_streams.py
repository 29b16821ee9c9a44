"""The streams of the bloop ORM, whose reader knows the lineage of shards, renews its iterators and saves its position:
read from either end, saved and loaded, and a table copied between two regions while both are written."""

import datetime
import json
import threading
import time

import pytest
from bloop import BaseModel, Column, Engine, Integer, Set, String, Timestamp
from bloop.exceptions import InvalidStream, ShardIteratorExpired

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def engine_of(world, region=None):
    return Engine(dynamodb=world.client(region=region), dynamodbstreams=world.client("dynamodbstreams", region=region))


@pytest.fixture
def engine(world):
    return engine_of(world)


def order_model(*include):
    # A class for each engine: bloop keeps the stream's ARN in the class that it binds.
    class Order(BaseModel):
        class Meta:
            table_name = "orders"
            stream = {"include": set(include or ("new", "old"))}

        id = Column(String, hash_key=True)
        count = Column(Integer)
        origin = Column(String)
        tags = Column(Set(String))

    return Order


@pytest.fixture
def Order(engine):
    model = order_model()
    engine.bind(model)
    return model


def records_of(stream):
    """What the stream has now. It answers None when it found nothing, also on its way from a shard to its children."""
    coordinator = getattr(stream, "coordinator", stream)
    records, quiet, shards = [], 0, None
    while quiet < 2:
        record = next(stream)
        if record:
            records.append(record)
        before, shards = shards, {shard.shard_id for shard in coordinator.active}
        quiet = 0 if record or shards != before else quiet + 1
    return records


def take(stream, wanted):
    """Exactly so many records, which must be there."""
    records = []
    for _ in range(wanted * 10):
        if len(records) == wanted:
            break
        record = next(stream)
        if record:
            records.append(record)
    assert len(records) == wanted
    return records


def count(engine, Order, ids, value):
    engine.save(*[Order(id=each, count=value) for each in ids])


def counts(records):
    """By item, what its counter was in its records, in their order."""
    out = {}
    for record in records:
        out.setdefault(record["new"].id, []).append(record["new"].count)
    return out


IDS = [f"o{number}" for number in range(24)]


def events(records):
    return [record["meta"]["event"]["type"] for record in records]


def test_stream_from_the_horizon(engine, Order):
    order = Order(id="a", count=1, tags={"x", "y"})
    engine.save(order)
    order.count, order.tags = 2, None
    engine.save(order)
    engine.delete(order)
    records = records_of(engine.stream(Order, "trim_horizon"))
    assert events(records) == ["insert", "modify", "remove"]
    first, second, third = records
    assert first["old"] is None and third["new"] is None
    assert (first["new"].count, first["new"].tags) == (1, {"x", "y"})
    assert (second["old"].count, second["new"].count, second["new"].tags) == (1, 2, set())
    assert (third["old"].id, third["old"].count) == ("a", 2)
    assert first["meta"]["event"]["version"] == "1.1"
    assert abs(first["meta"]["created_at"].timestamp() - time.time()) < 60


@pytest.mark.parametrize("include, new, old", [
    (["new"], [1, 2, None], [None, None, None]),
    (["old"], [None, None, None], [None, 1, 2]),
    (["new", "old"], [1, 2, None], [None, 1, 2]),
])
def test_stream_includes_what_the_model_asks_for(engine, include, new, old):
    records = records_of(stream_of_three(engine, order_model(*include)))
    assert events(records) == ["insert", "modify", "remove"]
    assert [record["new"] and record["new"].count for record in records] == new
    assert [record["old"] and record["old"].count for record in records] == old
    assert all(record["key"] is None for record in records)


def test_stream_of_keys(engine):
    stream = stream_of_three(engine, order_model("keys"))
    # From the coordinator, as the stream of bloop 3.1 looks for "key" among the included and so drops the keys.
    records = records_of(stream.coordinator)
    assert events(records) == ["insert", "modify", "remove"]
    assert [record["key"] for record in records] == [{"id": {"S": "a"}}] * 3
    assert all(record["new"] is None and record["old"] is None for record in records)


def stream_of_three(engine, model):
    engine.bind(model)
    for value in (1, 2):
        engine.save(model(id="a", count=value))
    engine.delete(model(id="a"))
    return engine.stream(model, "trim_horizon")


def test_model_without_a_stream_has_none(engine):
    class Plain(BaseModel):
        id = Column(String, hash_key=True)

    engine.bind(Plain)
    with pytest.raises(InvalidStream):
        engine.stream(Plain, "trim_horizon")


def test_items_keep_their_order(engine, Order):
    for value in range(1, 6):
        count(engine, Order, IDS, value)
    records = records_of(engine.stream(Order, "trim_horizon"))
    assert counts(records) == {each: [1, 2, 3, 4, 5] for each in IDS}


def test_stream_from_the_latest(engine, Order):
    count(engine, Order, IDS, 1)
    stream = engine.stream(Order, "latest")
    assert records_of(stream) == []
    count(engine, Order, IDS, 2)
    assert counts(records_of(stream)) == {each: [2] for each in IDS}
    stream.move_to("trim_horizon")
    assert counts(records_of(stream)) == {each: [1, 2] for each in IDS}
    stream.move_to("latest")
    assert records_of(stream) == []


def test_stream_follows_shards_to_their_children(world, engine, Order):
    late = engine.stream(Order, "latest")
    early = engine.stream(Order, "trim_horizon")
    for value in range(1, 4):
        count(engine, Order, IDS, value)
        world.split("orders")
    count(engine, Order, IDS, 4)
    for stream in (late, early, engine.stream(Order, "trim_horizon")):
        assert counts(records_of(stream)) == {each: [1, 2, 3, 4] for each in IDS}
        assert not stream.coordinator.closed
        assert not any(shard.exhausted for shard in stream.coordinator.active)


def test_latest_skips_what_closed_shards_have(world, engine, Order):
    count(engine, Order, IDS, 1)
    world.split("orders")
    count(engine, Order, IDS, 2)
    stream = engine.stream(Order, "latest")
    count(engine, Order, IDS, 3)
    assert counts(records_of(stream)) == {each: [3] for each in IDS}


# Time


@pytest.mark.parametrize("position", ["latest", "trim_horizon"])
def test_heartbeat_keeps_a_quiet_stream_alive(world, engine, Order, position):
    stream = engine.stream(Order, position)
    for _ in range(4):
        world.pass_time("14m")
        stream.heartbeat()
    count(engine, Order, IDS, 1)
    world.pass_time("14m")
    stream.heartbeat()  # finds records, which it keeps for the reader
    assert counts(records_of(stream)) == {each: [1] for each in IDS}


@pytest.mark.parametrize("position", ["latest", "trim_horizon"])
def test_quiet_stream_without_heartbeat_expires(world, engine, Order, position):
    stream = engine.stream(Order, position)
    world.pass_time("16m")
    with pytest.raises(ShardIteratorExpired):
        next(stream)


def test_stream_that_has_read_renews_itself(world, engine, Order):
    # bloop asks for new iterators behind the last record, in every shard from which it has one.
    stream = engine.stream(Order, "trim_horizon")
    for value in range(1, 4):
        count(engine, Order, IDS, value)
        assert counts(records_of(stream)) == {each: [value] for each in IDS}
        world.pass_time("16m")
    world.split("orders")
    count(engine, Order, IDS, 4)
    assert counts(records_of(stream)) == {each: [4] for each in IDS}


@pytest.mark.slow  # seconds have to pass on the wall clock, with which bloop compares
def test_stream_from_a_moment(engine, Order):
    count(engine, Order, IDS, 1)
    time.sleep(2.1)
    moment = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=1)
    count(engine, Order, IDS, 2)
    assert counts(records_of(engine.stream(Order, moment))) == {each: [2] for each in IDS}


def test_expired_objects_are_removed_from_the_stream(world, engine):
    class Session(BaseModel):
        class Meta:
            table_name = "sessions"
            stream = {"include": {"old"}}
            ttl = {"column": "expires"}

        id = Column(String, hash_key=True)
        expires = Column(Timestamp)

    engine.bind(Session)
    soon = (world.now() + datetime.timedelta(hours=1)).replace(microsecond=0)
    engine.save(Session(id="a", expires=soon), Session(id="b", expires=soon + datetime.timedelta(days=30)))
    world.pass_time("2h")
    assert [session.id for session in engine.scan(Session)] == ["b"]
    records = records_of(engine.stream(Session, "trim_horizon"))
    assert sorted(events(records)) == ["insert", "insert", "remove"]
    removed = next(record for record in records if record["old"])
    assert (removed["old"].id, removed["old"].expires) == ("a", soon)


# Positions that are saved


def loaded(world, Order, token):
    """A stream in another process, as far as the server can tell."""
    engine = engine_of(world)
    engine.bind(Order)
    return engine.stream(Order, position=json.loads(token))


def test_token_continues_where_it_was_saved(world, engine, Order):
    stream, found = engine.stream(Order, "trim_horizon"), []
    for value in range(1, 5):
        count(engine, Order, IDS, value)
        # Stops within what it has fetched, which the token must not count as read.
        found += take(stream, len(IDS) // 2 + value)
        stream = loaded(world, Order, json.dumps(stream.token))
    found += records_of(stream)
    assert counts(found) == {each: [1, 2, 3, 4] for each in IDS}
    stream = loaded(world, Order, json.dumps(stream.token))
    assert records_of(stream) == []


def test_token_survives_splits(world, engine, Order):
    stream, found = engine.stream(Order, "trim_horizon"), []
    for value in range(1, 4):
        count(engine, Order, IDS, value)
        found += take(stream, len(IDS) // 2)
        token = json.dumps(stream.token)
        world.split("orders")  # after it was saved: the token knows nothing of the children
        count(engine, Order, IDS, value + 100)
        stream = loaded(world, Order, token)
        # To the end: where a token is saved while bloop has fetched a closed shard and not handed out all of it, its
        # reader of the token starts twice in the children, whatever the server does.
        found += records_of(stream)
        stream = loaded(world, Order, json.dumps(stream.token))
    assert counts(found) == {each: [1, 101, 2, 102, 3, 103] for each in IDS}


def test_token_outlives_its_records(world, engine, Order):
    stream = engine.stream(Order, "trim_horizon")
    count(engine, Order, IDS, 1)
    take(stream, 5)
    token = json.dumps(stream.token)
    world.pass_time("20h")
    count(engine, Order, IDS, 2)
    world.pass_time("5h")
    # What was not read within a day is lost; it goes on at the horizon.
    assert counts(records_of(loaded(world, Order, token))) == {each: [2] for each in IDS}


# A table in two regions

REGIONS = ("us-east-1", "eu-west-1")


def items_of(engine, Order):
    return {order.id: (order.count, order.origin, order.tags) for order in engine.scan(Order)}


def copy(stream, origin, target, until):
    """Brings what was written in the region `origin` to the engine of the other region. How many writes those were."""
    copied, turns, quiet = 0, 0, 0
    while quiet < 5:
        record = next(stream)
        turns += 1
        if turns % 50 == 0:
            stream.heartbeat()
        # The writers' end is asked for before the stream is found empty.
        quiet = quiet + 1 if record is None and until.is_set() else 0
        if record is None:
            if not until.is_set():
                until.wait(0.005)
            continue
        if (record["new"] or record["old"]).origin != origin:
            continue  # this is what the other copier brought
        if record["new"]:
            target.save(record["new"])
        else:
            target.delete(record["old"])
        copied += 1
    return copied


def write(engine, Order, origin, rounds):
    """Objects that are made, changed and deleted. How many writes those were."""
    writes = 0
    for number in range(rounds):
        order = Order(id=f"{origin} {number % 20}", count=number, origin=origin, tags={str(number)})
        engine.save(order)
        writes += 1
        if number % 3 == 0:
            order.tags = None
            engine.save(order)
            writes += 1
        if number % 7 == 0:
            engine.delete(order)
            writes += 1
    return writes


def in_threads(*calls):
    """Runs the calls at the same time. Their answers."""
    answers = [None] * len(calls)

    def run(place, call):
        try:
            answers[place] = call()
        except BaseException as error:  # noqa: BLE001: raised again where the test sees it
            answers[place] = error

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for answer in answers:
        if isinstance(answer, BaseException):
            raise answer
    return answers


@pytest.mark.parametrize("rounds", [60, pytest.param(1000, marks=pytest.mark.slow)])
def test_table_is_copied_between_regions_while_both_are_written(world, rounds):
    models = [order_model() for _ in REGIONS]
    engines = []
    for region, model in zip(REGIONS, models, strict=True):
        engines.append(engine_of(world, region))
        engines[-1].bind(model)
    streams = [engine.stream(model, "trim_horizon") for engine, model in zip(engines, models, strict=True)]
    written = threading.Event()

    def all_writers():
        try:
            def split():
                for _ in range(2):
                    time.sleep(0.05)
                    for region in REGIONS:
                        world.split("orders", region=region)

            return in_threads(*[lambda i=i: write(engines[i], models[i], REGIONS[i], rounds) for i in (0, 1)], split)
        finally:
            written.set()

    writes, *copied = in_threads(
        all_writers,
        lambda: copy(streams[0], REGIONS[0], engines[1], written),
        lambda: copy(streams[1], REGIONS[1], engines[0], written),
    )
    assert copied == writes[:2]  # each write once
    items = items_of(engines[0], models[0])
    assert items == items_of(engines[1], models[1])
    assert {origin for _, origin, _ in items.values()} == set(REGIONS)
    # Copying again what is there already changes nothing, so nobody hears of it.
    quiet = engines[1].stream(models[1], "latest")
    engines[1].save(*engines[0].scan(models[0]))
    assert records_of(quiet) == []
