"""A table with a stream, and a reader that walks its shards as the API asks it to: parents before their children."""

from boto3.dynamodb.types import TypeSerializer

serialize = TypeSerializer().serialize


def attributes(**values):
    """An item or key as the API has it."""
    return {name: serialize(value) for name, value in values.items()}


class StreamReader:
    def __init__(self, client, arn):
        self.client = client
        self.arn = arn

    def describe(self, **more):
        return self.client.describe_stream(StreamArn=self.arn, **more)["StreamDescription"]

    def pages(self, **more):
        """The pages of shards that DescribeStream gives, one after the other."""
        start = {}
        while True:
            description = self.describe(**start, **more)
            yield description["Shards"]
            if "LastEvaluatedShardId" not in description:
                return
            start = {"ExclusiveStartShardId": description["LastEvaluatedShardId"]}

    def shards(self, **more):
        return {shard["ShardId"]: shard for page in self.pages(**more) for shard in page}

    def iterator(self, shard_id, kind="TRIM_HORIZON", sequence=None):
        number = {} if sequence is None else {"SequenceNumber": sequence}
        return self.client.get_shard_iterator(StreamArn=self.arn, ShardId=shard_id, ShardIteratorType=kind,
                                              **number)["ShardIterator"]

    def read(self, iterator, **more):
        """Reads on until the shard ends or has nothing new. Its records, and the next iterator or None."""
        records, empty = [], 0
        # One empty answer may have records behind it.
        while iterator and empty < 2:
            answer = self.client.get_records(ShardIterator=iterator, **more)
            records += answer["Records"]
            empty = 0 if answer["Records"] else empty + 1
            iterator = answer.get("NextShardIterator")
        return records, iterator

    def records_of(self, shard_id, kind="TRIM_HORIZON", sequence=None):
        return self.read(self.iterator(shard_id, kind, sequence))[0]

    def records(self):
        """All that are kept, parents before their children."""
        return Follower(self).poll_until_quiet()


class Follower:
    """Follows a stream from its horizon for as long as it is polled."""

    def __init__(self, reader):
        self.reader = reader
        self.iterators = {}  # shard id -> where to read on
        self.ended = set()

    def poll(self):
        """One look at the shards and one read of each that may be read now."""
        shards = self.reader.shards()
        for shard_id, shard in shards.items():
            parent = shard.get("ParentShardId")
            # A parent that is not listed any more has been trimmed: nothing is left to be read before its children.
            ready = parent not in shards or parent in self.ended
            if ready and shard_id not in self.iterators and shard_id not in self.ended:
                self.iterators[shard_id] = self.reader.iterator(shard_id)
        records = []
        for shard_id, iterator in list(self.iterators.items()):
            answer = self.reader.client.get_records(ShardIterator=iterator)
            records += answer["Records"]
            if "NextShardIterator" in answer:
                self.iterators[shard_id] = answer["NextShardIterator"]
            else:
                del self.iterators[shard_id]
                self.ended.add(shard_id)
        return records

    def poll_until_quiet(self):
        records, quiet = [], 0
        while quiet < 2:
            before = len(self.ended)
            found = self.poll()
            records += found
            # The end of a shard opens its children, so that it counts as news.
            quiet = 0 if found or len(self.ended) > before else quiet + 1
        return records


class StreamedTable:
    """A table of items {pk: S, ...} with a stream."""

    def __init__(self, world, view="NEW_AND_OLD_IMAGES", name="orders", region=None):
        self.name = name
        self.client = world.client(region=region)
        self.client.create_table(
            TableName=name,
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
            StreamSpecification={"StreamEnabled": True, "StreamViewType": view},
        )
        self.wait()
        self.streams = world.client("dynamodbstreams", region=region)
        self.reader = StreamReader(self.streams, self.describe()["LatestStreamArn"])

    def wait(self, state="table_exists"):
        self.client.get_waiter(state).wait(TableName=self.name, WaiterConfig={"Delay": 0.1, "MaxAttempts": 100})

    def describe(self):
        return self.client.describe_table(TableName=self.name)["Table"]

    def put(self, pk, **more):
        self.client.put_item(TableName=self.name, Item=attributes(pk=pk, **more))

    def update(self, pk, expression, **values):
        slots = {f":{name}": serialize(value) for name, value in values.items()}
        more = {"ExpressionAttributeValues": slots} if slots else {}
        self.client.update_item(TableName=self.name, Key=attributes(pk=pk), UpdateExpression=expression, **more)

    def count(self, pk):
        """Adds one to the item's counter `n`, whose values then tell the order of its records."""
        self.update(pk, "ADD n :one", one=1)

    def delete(self, pk):
        self.client.delete_item(TableName=self.name, Key=attributes(pk=pk))


def key_of(record):
    return record["dynamodb"]["Keys"]["pk"]["S"]


def number_of(record):
    return int(record["dynamodb"]["SequenceNumber"])


def counts(records):
    """By item, the counter that each of its records has, in the order of the records."""
    out = {}
    for record in records:
        out.setdefault(key_of(record), []).append(int(record["dynamodb"]["NewImage"]["n"]["N"]))
    return out
