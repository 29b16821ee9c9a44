"""Each test has a namespace of its own: an access key of its own is an account of its own."""

import datetime
import json
import os
import urllib.parse
import urllib.request
import uuid

import boto3
import pytest

ENDPOINT = os.environ.get("MINAMO_ENDPOINT", "http://127.0.0.1:8000")


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: runs with ./dev clients only")


class World:
    """Clients that share one access key."""

    def __init__(self, region="us-east-1"):
        self.region = region
        self.access_key = "test" + uuid.uuid4().hex[:16]

    def _arguments(self, region):
        return {
            "endpoint_url": ENDPOINT,
            "region_name": region or self.region,
            "aws_access_key_id": self.access_key,
            "aws_secret_access_key": "secret",
        }

    def client(self, service="dynamodb", region=None):
        return boto3.client(service, **self._arguments(region))

    def resource(self, region=None):
        return boto3.resource("dynamodb", **self._arguments(region))

    def control(self, path, body=None, region=None):
        """A call of the emulator's control API for this namespace: POST with a body, else GET."""
        namespace = urllib.parse.urlencode({"account": self.access_key, "region": region or self.region})
        data = None if body is None else json.dumps(body).encode()
        call = urllib.request.Request(f"{ENDPOINT}/_minamo/{path}?{namespace}", data=data,
                                      headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(call) as answer:
            return json.load(answer)

    def now(self, region=None):
        """What the clock of this namespace shows."""
        shown = self.control("clock", region=region)["now"]
        return datetime.datetime.fromisoformat(shown.replace("Z", "+00:00"))

    def pass_time(self, duration, region=None):
        """Moves the clock of this namespace on by a duration such as 15m or 25h."""
        return self.control("clock", {"advance": duration}, region=region)

    def split(self, table_name, region=None, **more):
        """Splits all open shards of the table's stream, or the one named by ShardId."""
        return self.control("streams/split", {"TableName": table_name, **more}, region=region)


@pytest.fixture
def world():
    return World()
