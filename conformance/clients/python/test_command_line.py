"""PartiQL by the AWS CLI, in statements as people and database tools write them: quoted names, comments, semicolons."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

from conftest import ENDPOINT


@pytest.fixture
def aws(world):
    """Runs `aws dynamodb ARGUMENTS`; gives its answer, or the text of its error."""

    def run(*arguments):
        command = [sys.executable, pathlib.Path(sys.executable).with_name("aws"), "dynamodb", *arguments,
                   "--endpoint-url", ENDPOINT, "--region", world.region, "--output", "json"]
        settings = {"AWS_ACCESS_KEY_ID": world.access_key, "AWS_SECRET_ACCESS_KEY": "secret"}
        done = subprocess.run(command, env=os.environ | settings, capture_output=True, text=True, timeout=60)
        return json.loads(done.stdout) if done.returncode == 0 else done.stderr.strip()

    return run


@pytest.fixture(autouse=True)
def table(world):
    client = world.client()
    client.create_table(
        TableName="my-notes.2024",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ["pk", "date"]],
        GlobalSecondaryIndexes=[{
            "IndexName": "by-date",
            "KeySchema": [{"AttributeName": "date", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "ALL"},
        }],
        BillingMode="PAY_PER_REQUEST",
    )
    client.get_waiter("table_exists").wait(TableName="my-notes.2024", WaiterConfig={"Delay": 0.1})
    for n in range(3):
        client.put_item(TableName="my-notes.2024", Item={"pk": {"S": str(n)}, "date": {"S": "d"}, "n": {"N": str(n)}})


def test_statements_as_database_tools_write_them(aws):
    assert aws("execute-statement", "--statement", """
        -- The newest one
        SELECT "n" /* by its key */, "date" FROM "my-notes.2024"."by-date"
        WHERE "date" = 'd' AND n > 1;
    """) == {"Items": [{"n": {"N": "2"}, "date": {"S": "d"}}]}
    assert aws("execute-statement", "--statement", 'select * from "my-notes.2024" where "pk" = ?; -- one row',
               "--parameters", '[{"S": "1"}]') == {"Items": [{"pk": {"S": "1"}, "date": {"S": "d"}, "n": {"N": "1"}}]}
    assert aws("execute-statement", "--statement", 'INSERT INTO "my-notes.2024" VALUE {\'pk\': \'1\'};') == (
        "An error occurred (DuplicateItemException) when calling the ExecuteStatement operation: "
        "Duplicate primary key exists in table")


def test_pages_by_limit_and_token(aws):
    select = ["execute-statement", "--statement", 'SELECT pk FROM "my-notes.2024"', "--limit", "2"]
    first = aws(*select)
    second = aws(*select, "--next-token", first["NextToken"])
    assert sorted(item["pk"]["S"] for item in first["Items"] + second["Items"]) == ["0", "1", "2"]
    assert sorted(second) == ["Items"]


def test_batches_and_transactions(aws):
    update = {"Statement": 'UPDATE "my-notes.2024" SET "date" = ? WHERE pk = \'0\' RETURNING MODIFIED NEW *;',
              "Parameters": [{"S": "e"}]}
    insert = {"Statement": 'INSERT INTO "my-notes.2024" VALUE {\'pk\': \'1\'}'}
    duplicate = {"Code": "DuplicateItem", "Message": "Duplicate primary key exists in table"}
    assert aws("batch-execute-statement", "--statements", json.dumps([update, insert])) == {"Responses": [
        {"TableName": "my-notes.2024", "Item": {"date": {"S": "e"}}},
        {"TableName": "my-notes.2024", "Error": duplicate},
    ]}
    delete = {"Statement": 'DELETE FROM "my-notes.2024" WHERE pk = \'2\''}
    assert aws("execute-transaction", "--transact-statements", json.dumps([delete, insert])) == (
        "An error occurred (TransactionCanceledException) when calling the ExecuteTransaction operation: Transaction "
        "cancelled, please refer cancellation reasons for specific reasons [None, DuplicateItem]")
    read = {"Statement": 'SELECT n FROM "my-notes.2024" WHERE "pk" = \'2\''}
    assert aws("execute-transaction", "--transact-statements", json.dumps([read])) == {
        "Responses": [{"Item": {"n": {"N": "2"}}}],
    }
