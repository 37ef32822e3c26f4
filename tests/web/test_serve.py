"""`attunement serve`: one command, an address, a link for the first user, a worker that ends with it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

SERVE = "import typer; from attunement.cli.serve import serve; typer.run(serve)"
PATIENCE_SECONDS = 90


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def server(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """A server of its own, on SQLite."""
    settings = {**os.environ, "ATTUNEMENT_HOME": str(tmp_path), "DATABASE_URL": "", "PYTHONUNBUFFERED": "1"}
    started = subprocess.Popen(
        [sys.executable, "-c", SERVE, "--port", str(port)],
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    yield started
    started.kill()
    started.wait()


@pytest.mark.slow
def test_the_first_user_gets_a_link_and_the_worker_ends_with_the_server(server, port: int):
    said = [server.stdout.readline() for _ in range(2)]
    link = re.search(r"http://127\.0\.0\.1:\d+/welcome/\S+", said[1])
    assert link is not None
    assert status(link[0]) == 200
    assert until(lambda: status(f"http://127.0.0.1:{port}/health/") == 200)
    (worker,) = children(server.pid)
    server.send_signal(signal.SIGKILL)
    server.wait()
    assert until(lambda: not Path(f"/proc/{worker}").exists() or is_over(worker))


def test_the_demonstration_stays_on_this_machine(port: int):
    done = subprocess.run(
        [sys.executable, "-c", SERVE, "--demo", "--host", "0.0.0.0", "--port", str(port)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "runs on 127.0.0.1 only" in done.stderr


def status(address: str) -> int:
    """What the server answers."""
    try:
        with urllib.request.urlopen(address) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def children(pid: int) -> list[int]:
    """The processes that it started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()] or _of_threads(pid)


def _of_threads(pid: int) -> list[int]:
    listed = [path.read_text().split() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(child) for found in listed for child in found]


def is_over(pid: int) -> bool:
    """Whether a process has ended and waits for nobody to ask."""
    return "State:\tZ" in Path(f"/proc/{pid}/status").read_text()


def until(happens) -> bool:
    """Whether it happens within reason."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if happens():
            return True
        time.sleep(0.3)
    return False
