// The AWS SDK for JavaScript v3 on a stream of several shards, through a loop as AWS Lambda has it: each item's changes
// are handled in their order and once, while shards split, handlers fail and readers start again.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";

import {
  CreateTableCommand, DeleteItemCommand, DescribeTableCommand, DynamoDBClient, PutItemCommand, UpdateItemCommand,
  UpdateTimeToLiveCommand, waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { DynamoDBStreamsClient, GetRecordsCommand } from "@aws-sdk/client-dynamodb-streams";

import { EventSourceMapping } from "./event_source.mjs";

const endpoint = process.env.MINAMO_ENDPOINT ?? "http://127.0.0.1:8000";
const TableName = "orders";
const items = Array.from({ length: 12 }, (_, number) => `item${number}`);

// A namespace with a table that has a stream.
async function world(region = "us-east-1") {
  const accessKeyId = "js" + randomUUID().replaceAll("-", "");
  const configuration = { endpoint, region, credentials: { accessKeyId, secretAccessKey: "secret" } };
  const client = new DynamoDBClient(configuration);
  const streams = new DynamoDBStreamsClient(configuration);
  await client.send(new CreateTableCommand({
    TableName,
    KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
    BillingMode: "PAY_PER_REQUEST",
    StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
  }));
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 }, { TableName });
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));

  async function control(path, body) {
    const answer = await fetch(`${endpoint}/_minamo/${path}?account=${accessKeyId}&region=${region}`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    assert.equal(answer.status, 200, await answer.clone().text());
    return answer.json();
  }

  return {
    client,
    region,
    mapping: (more) => new EventSourceMapping({ streams, streamArn: Table.LatestStreamArn, ...more }),
    streams,
    split: (more = {}) => control("streams/split", { TableName, ...more }),
    passTime: (advance) => control("clock", { advance }),
  };
}

// Adds one to the counter `n` of each item.
async function countAll(client) {
  const addOne = { UpdateExpression: "ADD n :one", ExpressionAttributeValues: { ":one": { N: "1" } } };
  await Promise.all(items.map((pk) => client.send(
    new UpdateItemCommand({ TableName, Key: { pk: { S: pk } }, ...addOne }))));
}

// A function that remembers, by item, which values of the counter it was shown.
function recorder() {
  const seen = new Map(items.map((pk) => [pk, []]));
  return {
    seen,
    handle(records) {
      for (const { dynamodb } of records) seen.get(dynamodb.Keys.pk.S).push(Number(dynamodb.NewImage.n.N));
    },
    assertCounted(first, last) {
      const expected = Array.from({ length: last - first + 1 }, (_, i) => first + i);
      for (const [pk, values] of seen) assert.deepEqual(values, expected, pk);
    },
  };
}

test("records come with their fields, as the SDK's types", async () => {
  const { client, mapping, region } = await world("eu-central-1");
  const key = { pk: { S: "a" } };
  const raw = { B: new Uint8Array([0, 255]) };
  await client.send(new PutItemCommand({ TableName, Item: { ...key, n: { N: "1" }, raw } }));
  await client.send(new PutItemCommand({ TableName, Item: { ...key, n: { N: "2" } } }));
  await client.send(new DeleteItemCommand({ TableName, Key: key }));
  const records = [];
  await mapping({ handler: (batch) => records.push(...batch) }).pollUntilQuiet();
  assert.deepEqual(records.map((record) => record.eventName), ["INSERT", "MODIFY", "REMOVE"]);
  for (const record of records) {
    assert.match(record.eventID, /^[0-9a-f]{32}$/);
    assert.equal(record.eventVersion, "1.1");
    assert.equal(record.eventSource, "aws:dynamodb");
    assert.equal(record.awsRegion, region);
    assert.equal(record.userIdentity, undefined);
    assert.match(record.dynamodb.SequenceNumber, /^\d{21,40}$/);
    assert.equal(record.dynamodb.StreamViewType, "NEW_AND_OLD_IMAGES");
    assert.ok(record.dynamodb.ApproximateCreationDateTime instanceof Date);
    assert.ok(Math.abs(record.dynamodb.ApproximateCreationDateTime - Date.now()) < 60_000);
    assert.deepEqual(record.dynamodb.Keys, key);
  }
  const images = records.map(({ dynamodb }) => [dynamodb.OldImage?.n.N, dynamodb.NewImage?.n.N]);
  assert.deepEqual(images, [[undefined, "1"], ["1", "2"], ["2", undefined]]);
  assert.deepEqual([...records[0].dynamodb.NewImage.raw.B], [0, 255]);
  // pk and a are 3 bytes, n and a digit 3, raw and two bytes 5.
  assert.deepEqual(records.map(({ dynamodb }) => dynamodb.SizeBytes), [3 + 11, 3 + 11 + 6, 3 + 6]);
});

test("changes are handled once and in order while shards split, handlers fail and the loop starts again", async () => {
  const { client, mapping, split } = await world();
  const rounds = 24;
  const record = recorder();
  const failures = new Map();
  let batches = 0;

  // Fails twice for some records: first for the batch that has them, then for a part of it.
  function handler(records, shardId) {
    ++batches;
    const troubled = records.find(({ eventID, dynamodb }) =>
      Number(dynamodb.NewImage.n.N) % 7 === 3 && (failures.get(eventID) ?? 0) < 2);
    if (troubled !== undefined) {
      failures.set(troubled.eventID, (failures.get(troubled.eventID) ?? 0) + 1);
      throw new Error(`trouble in ${shardId}`);
    }
    assert.ok(records.length <= 5);
    record.handle(records);
  }

  let written = false;
  async function write() {
    for (let round = 1; round <= rounds; ++round) {
      await countAll(client);
      if (round === 8 || round === 16) await split();
    }
    written = true;
  }

  async function read() {
    const checkpoints = new Map();
    let source;
    for (let turn = 0, quiet = 0; quiet < 2; ++turn) {
      // Every tenth turn another reader takes over, who knows the checkpoints only.
      if (turn % 10 === 0) source = mapping({ handler, batchSize: 5, checkpoints });
      const last = written;
      quiet = (await source.poll()) || !last ? 0 : quiet + 1;
    }
    return checkpoints;
  }

  const [, checkpoints] = await Promise.all([write(), read()]);
  record.assertCounted(1, rounds);
  assert.equal(failures.size, items.length * 4);  // the counters 3, 10, 17 and 24
  assert.ok([...failures.values()].every((times) => times === 2));
  assert.ok(batches > (items.length * rounds) / 5);
  // The last generation is open, those before it are done.
  const shards = await mapping({}).shards();
  const isOpen = ({ SequenceNumberRange }) => SequenceNumberRange.EndingSequenceNumber === undefined;
  const open = shards.filter(isOpen);
  for (const shard of shards) assert.equal(checkpoints.get(shard.ShardId)?.done === true, !isOpen(shard));
  assert.equal(shards.length, open.length + open.length / 2 + open.length / 4);
});

test("children of a shard are found by the shard filter", async () => {
  const { mapping, split } = await world();
  const source = mapping({});
  const before = (await source.shards()).map(({ ShardId }) => ShardId);
  const children = (ShardId, more = {}) => source.shards({ ShardFilter: { Type: "CHILD_SHARDS", ShardId }, ...more });
  assert.deepEqual(await children(before[0]), []);
  const { opened } = await split({ ShardId: before[0], into: 3 });
  const found = await children(before[0]);
  assert.deepEqual(found.map(({ ShardId }) => ShardId).sort(), [...opened].sort());
  assert.ok(found.every(({ ParentShardId }) => ParentShardId === before[0]));
  await split({ ShardId: opened[0] });
  // Grandchildren are no children.
  assert.equal((await children(before[0])).length, 3);
  assert.equal((await children(opened[0])).length, 2);
  assert.equal((await source.shards()).length, before.length + 3 + 2);
});

test("a reader that begins with the latest hears of nothing that was before", async () => {
  const { client, mapping, split } = await world();
  await countAll(client);
  await split();
  await countAll(client);
  const record = recorder();
  const source = mapping({ handler: record.handle, startingPosition: "LATEST" });
  await source.pollUntilQuiet();
  for (let round = 3; round <= 6; ++round) {
    await countAll(client);
    if (round === 4) await split();
  }
  await source.pollUntilQuiet();
  record.assertCounted(3, 6);
});

test("a record that cannot be handled is set aside and stops nobody", async () => {
  const { client, mapping } = await world();
  for (let round = 1; round <= 6; ++round) await countAll(client);
  const record = recorder();
  const failed = [];
  let refusals = 0;
  function handler(records) {
    if (records.some(({ dynamodb }) => dynamodb.Keys.pk.S === "item3" && dynamodb.NewImage.n.N === "4")) {
      ++refusals;
      throw new Error("poison");
    }
    record.handle(records);
  }
  await mapping({ handler, batchSize: 16, attempts: 3, onFailure: (each) => failed.push(each) }).pollUntilQuiet();
  assert.deepEqual(failed.map(({ dynamodb }) => dynamodb.NewImage), [{ pk: { S: "item3" }, n: { N: "4" } }]);
  assert.ok(refusals >= 3);
  assert.deepEqual(record.seen.get("item3"), [1, 2, 3, 5, 6]);
  record.seen.delete("item3");
  record.assertCounted(1, 6);
});

test("a loop that slept too long goes on at its checkpoints", async () => {
  const { client, mapping, passTime, streams } = await world();
  const record = recorder();
  const source = mapping({ handler: record.handle });
  await countAll(client);
  await source.pollUntilQuiet();
  const iterators = [...source.iterators.values()];
  await passTime("16m");
  for (const ShardIterator of iterators) {
    await assert.rejects(streams.send(new GetRecordsCommand({ ShardIterator })), { name: "ExpiredIteratorException" });
  }
  await countAll(client);
  await source.pollUntilQuiet();
  record.assertCounted(1, 2);
  // After a day without anyone reading, only what is new is there.
  await countAll(client);
  await passTime("25h");
  await countAll(client);
  const late = recorder();
  await mapping({ handler: late.handle }).pollUntilQuiet();
  late.assertCounted(4, 4);
});

test("a function that archives what expires is told apart from users who delete", async () => {
  const { client, mapping, passTime } = await world();
  await client.send(new UpdateTimeToLiveCommand({
    TableName, TimeToLiveSpecification: { Enabled: true, AttributeName: "ends" },
  }));
  await passTime("2h");  // it may take an hour to be enabled
  const ends = { N: String(Math.floor(Date.now() / 1000) + 3 * 3600) };
  for (const pk of ["expires", "deleted", "stays"]) {
    await client.send(new PutItemCommand({ TableName, Item: { pk: { S: pk }, ...(pk === "stays" ? {} : { ends }) } }));
  }
  await client.send(new DeleteItemCommand({ TableName, Key: { pk: { S: "deleted" } } }));
  await passTime("2h");
  const removed = [];
  const handler = (records) => removed.push(...records.filter(({ eventName }) => eventName === "REMOVE"));
  await mapping({ handler }).pollUntilQuiet();
  assert.equal(removed.length, 2);
  const archive = removed.filter(({ userIdentity }) => userIdentity?.Type === "Service");
  assert.deepEqual(archive.map(({ dynamodb }) => dynamodb.OldImage), [{ pk: { S: "expires" }, ends }]);
  assert.equal(archive[0].userIdentity.PrincipalId, "dynamodb.amazonaws.com");
});
