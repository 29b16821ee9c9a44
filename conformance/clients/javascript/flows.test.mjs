// The AWS SDK for JavaScript v3 against the server: a domain store, a log store, a wallet, and configured tables.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";

import {
  CreateTableCommand, DeleteTableCommand, DescribeTableCommand, DynamoDBClient, ListTablesCommand, PutItemCommand,
  GetItemCommand, waitUntilTableExists, waitUntilTableNotExists,
} from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand, BatchWriteCommand, DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand,
  ScanCommand, TransactWriteCommand, UpdateCommand, paginateScan,
} from "@aws-sdk/lib-dynamodb";

const endpoint = process.env.MINAMO_ENDPOINT ?? "http://127.0.0.1:8000";

// An access key of its own is a namespace of its own.
function world(region = "us-east-1") {
  const accessKeyId = "js" + randomUUID().replaceAll("-", "");
  const client = new DynamoDBClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey: "secret" } });
  return { client, documents: DynamoDBDocumentClient.from(client) };
}

async function createDomains(client) {
  await client.send(new CreateTableCommand({
    TableName: "domains",
    KeySchema: [{ AttributeName: "domain", KeyType: "HASH" }],
    AttributeDefinitions: [
      { AttributeName: "domain", AttributeType: "S" },
      { AttributeName: "status", AttributeType: "S" },
    ],
    GlobalSecondaryIndexes: [{
      IndexName: "status-index",
      KeySchema: [{ AttributeName: "status", KeyType: "HASH" }],
      Projection: { ProjectionType: "ALL" },
    }],
    BillingMode: "PAY_PER_REQUEST",
  }));
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 }, { TableName: "domains" });
}

async function createLogs(client) {
  await client.send(new CreateTableCommand({
    TableName: "logs",
    KeySchema: [{ AttributeName: "source", KeyType: "HASH" }, { AttributeName: "at", KeyType: "RANGE" }],
    AttributeDefinitions: [
      { AttributeName: "source", AttributeType: "S" },
      { AttributeName: "at", AttributeType: "N" },
      { AttributeName: "status", AttributeType: "S" },
    ],
    GlobalSecondaryIndexes: [{
      IndexName: "by-status",
      KeySchema: [{ AttributeName: "status", KeyType: "HASH" }, { AttributeName: "at", KeyType: "RANGE" }],
      Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["text"] },
    }],
    BillingMode: "PAY_PER_REQUEST",
  }));
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 }, { TableName: "logs" });
}

test("domain store: put, get, update, delete, query, index, filter, scan", async () => {
  const { client, documents } = world();
  await createDomains(client);
  const TableName = "domains";
  await documents.send(new PutCommand({ TableName, Item: { domain: "a.com", status: "new", checks: 0, entries: [1, { x: true }] } }));
  const got = await documents.send(new GetCommand({ TableName, Key: { domain: "a.com" } }));
  assert.deepEqual(got.Item, { domain: "a.com", status: "new", checks: 0, entries: [1, { x: true }] });
  const updated = await documents.send(new UpdateCommand({
    TableName, Key: { domain: "a.com" }, UpdateExpression: "SET #s = :s, entries[0] = :two ADD checks :one",
    ExpressionAttributeNames: { "#s": "status" }, ExpressionAttributeValues: { ":s": "active", ":two": 2, ":one": 1 },
    ReturnValues: "UPDATED_NEW",
  }));
  assert.deepEqual(updated.Attributes, { status: "active", checks: 1, entries: [2] });
  const found = await documents.send(new QueryCommand({
    TableName, IndexName: "status-index", KeyConditionExpression: "#s = :s",
    ExpressionAttributeNames: { "#s": "status" }, ExpressionAttributeValues: { ":s": "active" },
  }));
  assert.deepEqual(found.Items.map((item) => item.domain), ["a.com"]);
  const scanned = await documents.send(new ScanCommand({
    TableName, FilterExpression: "checks > :zero", ExpressionAttributeValues: { ":zero": 0 },
  }));
  assert.equal(scanned.Count, 1);
  const gone = await documents.send(new DeleteCommand({ TableName, Key: { domain: "a.com" }, ReturnValues: "ALL_OLD" }));
  assert.equal(gone.Attributes.status, "active");
  const missing = await documents.send(new GetCommand({ TableName, Key: { domain: "a.com" } }));
  assert.equal(missing.Item, undefined);
});

test("log store: batches, ranges, order, pages", async () => {
  const { client, documents } = world();
  await createLogs(client);
  for (let start = 0; start < 100; start += 25) {
    const requests = Array.from({ length: 25 }, (_, i) => ({
      PutRequest: { Item: { source: "web", at: start + i, status: (start + i) % 10 ? "ok" : "error", text: `t${start + i}`, more: 1 } },
    }));
    const written = await documents.send(new BatchWriteCommand({ RequestItems: { logs: requests } }));
    assert.deepEqual(written.UnprocessedItems, {});
  }
  const page = await documents.send(new QueryCommand({
    TableName: "logs", KeyConditionExpression: "#s = :s AND #a BETWEEN :low AND :high", ScanIndexForward: false, Limit: 4,
    ExpressionAttributeNames: { "#s": "source", "#a": "at" }, ExpressionAttributeValues: { ":s": "web", ":low": 5, ":high": 50 },
  }));
  assert.deepEqual(page.Items.map((item) => item.at), [50, 49, 48, 47]);
  assert.deepEqual(page.LastEvaluatedKey, { source: "web", at: 47 });
  const errors = await documents.send(new QueryCommand({
    TableName: "logs", IndexName: "by-status", KeyConditionExpression: "#st = :e",
    ExpressionAttributeNames: { "#st": "status" }, ExpressionAttributeValues: { ":e": "error" },
  }));
  assert.equal(errors.Count, 10);
  assert.deepEqual(Object.keys(errors.Items[0]).sort(), ["at", "source", "status", "text"]);
  const batch = await documents.send(new BatchGetCommand({
    RequestItems: { logs: { Keys: [{ source: "web", at: 3 }, { source: "web", at: 1000 }] } },
  }));
  assert.deepEqual(batch.Responses.logs.map((item) => item.at), [3]);
  let count = 0;
  for await (const each of paginateScan({ client: documents, pageSize: 9 }, { TableName: "logs" })) count += each.Count;
  assert.equal(count, 100);
});

test("wallet: missing table, creation, capacity units", async () => {
  const { client } = world();
  await assert.rejects(client.send(new DescribeTableCommand({ TableName: "wallet" })), {
    name: "ResourceNotFoundException", message: "Requested resource not found: Table: wallet not found",
  });
  const { TableDescription } = await client.send(new CreateTableCommand({
    TableName: "wallet",
    KeySchema: [{ AttributeName: "owner", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "owner", AttributeType: "S" }],
    ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
  }));
  assert.equal(TableDescription.TableStatus, "CREATING");
  assert.ok(TableDescription.CreationDateTime instanceof Date);
  assert.equal(TableDescription.ItemCount, 0);
  assert.equal(TableDescription.TableSizeBytes, 0);
  assert.equal(TableDescription.ProvisionedThroughput.NumberOfDecreasesToday, 0);
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 }, { TableName: "wallet" });
  const put = await client.send(new PutItemCommand({
    TableName: "wallet", Item: { owner: { S: "a" }, text: { S: "x".repeat(1500) } }, ReturnConsumedCapacity: "TOTAL",
  }));
  assert.equal(put.ConsumedCapacity.CapacityUnits, 2);
  const get = await client.send(new GetItemCommand({
    TableName: "wallet", Key: { owner: { S: "a" } }, ConsistentRead: true, ReturnConsumedCapacity: "TOTAL",
  }));
  assert.equal(get.ConsumedCapacity.CapacityUnits, 1);
});

test("errors come as the SDK's own types", async () => {
  const { client, documents } = world();
  await createDomains(client);
  await documents.send(new PutCommand({ TableName: "domains", Item: { domain: "x", n: 1 } }));
  await assert.rejects(
    documents.send(new PutCommand({
      TableName: "domains", Item: { domain: "x" }, ConditionExpression: "attribute_not_exists(#d)",
      ExpressionAttributeNames: { "#d": "domain" }, ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    })),
    (error) => {
      assert.equal(error.name, "ConditionalCheckFailedException");
      assert.deepEqual(error.Item, { domain: { S: "x" }, n: { N: "1" } });
      return true;
    },
  );
  await assert.rejects(
    documents.send(new TransactWriteCommand({
      TransactItems: [
        { Put: { TableName: "domains", Item: { domain: "y" } } },
        { ConditionCheck: { TableName: "domains", Key: { domain: "z" }, ConditionExpression: "attribute_exists(n)" } },
      ],
    })),
    (error) => {
      assert.equal(error.name, "TransactionCanceledException");
      assert.deepEqual(error.CancellationReasons.map((reason) => reason.Code), ["None", "ConditionalCheckFailed"]);
      return true;
    },
  );
  await assert.rejects(documents.send(new GetCommand({ TableName: "nowhere", Key: { a: 1 } })), {
    name: "ResourceNotFoundException", message: "Requested resource not found",
  });
});

test("namespaces do not meet, and tables go", async () => {
  const one = world();
  const other = world("eu-west-1");
  await createDomains(one.client);
  assert.deepEqual((await one.client.send(new ListTablesCommand({}))).TableNames, ["domains"]);
  assert.deepEqual((await other.client.send(new ListTablesCommand({}))).TableNames, []);
  await one.client.send(new DeleteTableCommand({ TableName: "domains" }));
  await waitUntilTableNotExists({ client: one.client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 }, { TableName: "domains" });
  assert.deepEqual((await one.client.send(new ListTablesCommand({}))).TableNames, []);
});
