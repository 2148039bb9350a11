"""A server that speaks S3 over HTTP, in a process of its own, with one empty bucket."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from tests.servers import free_port, wait_for_port

BUCKET = "s3://mentorhub-files"


@contextmanager
def s3_server() -> Iterator[str]:
    """Run the server; yields its address."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for_port(port)
        address = f"http://127.0.0.1:{port}"
        assert httpx.put(f"{address}/{BUCKET.removeprefix('s3://')}", trust_env=False).status_code == 200
        yield address
    finally:
        server.terminate()
        server.wait(10)


def point_to(address: str, patch: pytest.MonkeyPatch) -> None:
    """Let what reads the usual AWS variables find the server at `address`."""
    for name, value in {
        "AWS_ENDPOINT": address,
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "eu-west-1",
    }.items():
        patch.setenv(name, value)
