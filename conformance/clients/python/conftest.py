"""Each test has a namespace of its own: an access key of its own is an account of its own."""

import os
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


@pytest.fixture
def world():
    return World()
