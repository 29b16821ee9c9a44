// PartiQL by the AWS SDK for JavaScript v3, which has no paginators for it: the client, and the document client.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";

import {
  ConditionalCheckFailedException, CreateTableCommand, DuplicateItemException, DynamoDBClient,
  ExecuteStatementCommand as ClientExecuteStatementCommand, IdempotentParameterMismatchException,
  ResourceNotFoundException, TransactionCanceledException, waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import {
  BatchExecuteStatementCommand, DynamoDBDocumentClient, ExecuteStatementCommand, ExecuteTransactionCommand,
} from "@aws-sdk/lib-dynamodb";

const endpoint = process.env.MINAMO_ENDPOINT ?? "http://127.0.0.1:8000";

// A table in a namespace of its own, since an access key of its own is one, with items 0 to count - 1 of partition "p".
async function notes(count = 0) {
  const accessKeyId = "js" + randomUUID().replaceAll("-", "");
  const credentials = { accessKeyId, secretAccessKey: "secret" };
  const client = new DynamoDBClient({ endpoint, region: "us-east-1", credentials });
  await client.send(new CreateTableCommand({
    TableName: "notes",
    KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }, { AttributeName: "sk", KeyType: "RANGE" }],
    AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }, { AttributeName: "sk", AttributeType: "N" }],
    BillingMode: "PAY_PER_REQUEST",
  }));
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 0.1, maxDelay: 0.2 }, { TableName: "notes" });
  const documents = DynamoDBDocumentClient.from(client);
  if (count > 0) {
    const { Responses } = await documents.send(new BatchExecuteStatementCommand({
      Statements: Array.from({ length: count }, (_, n) => (
        { Statement: "INSERT INTO notes VALUE {'pk': ?, 'sk': ?}", Parameters: ["p", n] })),
    }));
    assert.deepEqual(Responses, Array(count).fill({ TableName: "notes" }));
  }
  return { client, documents };
}

const run = (documents, Statement, more) => documents.send(new ExecuteStatementCommand({ Statement, ...more }));

test("parameters of all types come back", async () => {
  const { client, documents } = await notes();
  const item = {
    pk: "all", sk: 1, text: "it's ü", empty: "", number: -1.5e-7, bytes: new Uint8Array([0, 255]),
    yes: true, none: null, list: [1, ["x"], { y: false }], map: { a: { "b.c": "d" } }, words: new Set(["v", "w"]),
    numbers: new Set([1, 2.5]), blobs: new Set([new Uint8Array([1]), new Uint8Array([2])]),
  };
  const members = Object.keys(item).map((name) => `'${name}': ?`).join(", ");
  const inserted = await run(documents, `INSERT INTO notes VALUE {${members}}`, { Parameters: Object.values(item) });
  assert.deepEqual(inserted.Items, []);
  assert.deepEqual((await run(documents, "SELECT * FROM notes WHERE pk = ?", { Parameters: ["all"] })).Items, [item]);
  for (const [name, value] of Object.entries(item)) {
    const select = `SELECT sk FROM notes WHERE pk = ? AND "${name}" = ?`;
    const same = await run(documents, select, { Parameters: ["all", value] });
    assert.deepEqual(same.Items, [{ sk: 1 }], name);
  }
  const plain = await client.send(new ClientExecuteStatementCommand({
    Statement: "SELECT bytes, numbers, none FROM notes WHERE pk = ? AND sk = ?", Parameters: [{ S: "all" }, { N: "1" }],
  }));
  assert.deepEqual(plain.Items, [
    { bytes: { B: new Uint8Array([0, 255]) }, numbers: { NS: ["1", "2.5"] }, none: { NULL: true } },
  ]);
});

test("pages go on by their token to the end", async () => {
  const { documents } = await notes(10);
  const select = { Parameters: ["p"], Limit: 4 };
  const pages = [];
  let NextToken;
  do {
    const page = await run(documents, "SELECT sk FROM notes WHERE pk = ? ORDER BY sk DESC", { ...select, NextToken });
    pages.push(page.Items.map((item) => item.sk));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  assert.deepEqual(pages, [[9, 8, 7, 6], [5, 4, 3, 2], [1, 0]]);
});

test("updates and deletes answer what they return", async () => {
  const { documents } = await notes(1);
  const key = "WHERE pk = 'p' AND sk = 0";
  for (const [statement, items] of [
    [`UPDATE notes SET n = 1 SET m = {'x': 1, 'y': 2} ${key} RETURNING ALL OLD *`, [{ pk: "p", sk: 0 }]],
    [`UPDATE notes SET n = n + 1 SET m.x = 5 ${key} RETURNING MODIFIED NEW *`, [{ n: 2, m: { x: 5 } }]],
    [`UPDATE notes REMOVE m.x ${key} RETURNING MODIFIED OLD *`, [{ m: { x: 5 } }]],
    [`DELETE FROM notes ${key} AND n = 2 RETURNING ALL OLD *`, [{ pk: "p", sk: 0, n: 2, m: { y: 2 } }]],
    [`DELETE FROM notes ${key}`, []],
  ]) {
    assert.deepEqual((await run(documents, statement)).Items, items, statement);
  }
});

test("errors are the SDK's own classes", async () => {
  const { documents } = await notes(1);
  await assert.rejects(run(documents, "INSERT INTO notes VALUE {'pk': 'p', 'sk': 0}"), (error) => {
    assert.ok(error instanceof DuplicateItemException);
    assert.equal(error.message, "Duplicate primary key exists in table");
    return true;
  });
  const update = "UPDATE notes SET a = 1 WHERE pk = 'p' AND sk = 0 AND a = 2";
  await assert.rejects(run(documents, update, { ReturnValuesOnConditionCheckFailure: "ALL_OLD" }), (error) => {
    assert.ok(error instanceof ConditionalCheckFailedException);
    assert.deepEqual(error.Item, { pk: { S: "p" }, sk: { N: "0" } });
    return true;
  });
  await assert.rejects(run(documents, "SELECT * FROM nowhere"), ResourceNotFoundException);
  await assert.rejects(run(documents, "SELECT * FROM notes WHERE"), {
    name: "ValidationException", message: "Statement wasn't well formed, can't be processed: Unexpected term",
  });
});

test("a batch has an outcome for each statement", async () => {
  const { documents } = await notes(2);
  const written = await documents.send(new BatchExecuteStatementCommand({
    Statements: [
      { Statement: "INSERT INTO notes VALUE {'pk': 'p', 'sk': 2}" },
      { Statement: "INSERT INTO notes VALUE {'pk': 'p', 'sk': 1}" },
      { Statement: "UPDATE notes SET a = ? WHERE pk = 'p' AND sk = 0 AND a = ?", Parameters: [1, 2] },
      { Statement: "DELETE FROM nowhere WHERE pk = 'p'" },
    ],
  }));
  assert.deepEqual(written.Responses, [
    { TableName: "notes" },
    { TableName: "notes", Error: { Code: "DuplicateItem", Message: "Duplicate primary key exists in table" } },
    { TableName: "notes", Error: { Code: "ConditionalCheckFailed", Message: "The conditional request failed" } },
    { Error: { Code: "ResourceNotFound", Message: "Requested resource not found" } },
  ]);
  const read = await documents.send(new BatchExecuteStatementCommand({
    Statements: [2, 7].map((n) => ({ Statement: "SELECT sk FROM notes WHERE pk = 'p' AND sk = ?", Parameters: [n] })),
  }));
  assert.deepEqual(read.Responses, [{ TableName: "notes", Item: { sk: 2 } }, { TableName: "notes" }]);
});

test("a transaction writes all or says why not", async () => {
  const { documents } = await notes(2);
  const transact = (TransactStatements, more) => (
    documents.send(new ExecuteTransactionCommand({ TransactStatements, ReturnConsumedCapacity: "TOTAL", ...more })));
  const both = [
    { Statement: "UPDATE notes SET n = ? WHERE pk = 'p' AND sk = 0", Parameters: [0.5] },
    { Statement: "EXISTS(SELECT * FROM notes WHERE pk = 'p' AND sk = 1 AND n IS MISSING)" },
  ];
  const ClientRequestToken = randomUUID();
  const first = await transact(both, { ClientRequestToken });
  assert.deepEqual(first.Responses, []);
  assert.equal(first.ConsumedCapacity[0].WriteCapacityUnits, 4);
  assert.equal((await transact(both, { ClientRequestToken })).ConsumedCapacity[0].ReadCapacityUnits, 4);
  await assert.rejects(transact(both.slice(1), { ClientRequestToken }), IdempotentParameterMismatchException);
  await assert.rejects(transact([
    { Statement: "INSERT INTO notes VALUE {'pk': 'p', 'sk': 2}" },
    { Statement: "INSERT INTO notes VALUE {'pk': 'p', 'sk': 1}" },
    {
      Statement: "DELETE FROM notes WHERE pk = 'p' AND sk = 0 AND n > 1",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    },
  ]), (error) => {
    assert.ok(error instanceof TransactionCanceledException);
    assert.deepEqual(error.CancellationReasons, [
      { Code: "None" },
      { Code: "DuplicateItem", Message: "Duplicate primary key exists in table" },
      {
        Code: "ConditionalCheckFailed", Message: "The conditional request failed",
        Item: { pk: { S: "p" }, sk: { N: "0" }, n: { N: "0.5" } },
      },
    ]);
    return true;
  });
  const read = await transact([0, 1, 2].map((n) => (
    { Statement: "SELECT n FROM notes WHERE pk = 'p' AND sk = ?", Parameters: [n] })));
  assert.deepEqual(read.Responses, [{ Item: { n: 0.5 } }, { Item: {} }, {}]);
});
