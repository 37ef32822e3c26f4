"""Server and worker are killed (-9) again and again: nothing is lost, nothing is doubled."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PLAY = Path(__file__).with_name("kill_play.py")
PATIENCE_SECONDS = 180
KILLS = 5


@pytest.mark.slow
def test_killed_again_and_again_nothing_is_lost_or_doubled(stage: dict[str, str]):
    chance = random.Random(3)
    play(stage, "prepare")
    kept = uploads_until_killed(stage, least=6)
    for _ in range(KILLS):
        worker = start(stage, "work")
        assert worker.stdout is not None
        worker.stdout.readline()  # it is at work
        time.sleep(chance.uniform(0, 0.6))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    worker = start(stage, "work")
    try:
        told = until_done(stage)
    finally:
        worker.kill()
        worker.wait()
    assert set(kept) <= set(told["sessions"]), "what was kept is lost"
    assert told["transcripts"] == told["read"] == told["readings"] == len(told["sessions"])
    assert told["doubled"] == told["failed"] == 0
    assert told["is_current"]
    assert told["attempts"] > 1  # at least one was killed at it, and taken up again


def play(stage: dict[str, str], part: str) -> str:
    """One part, to its end; what it printed."""
    done = subprocess.run([sys.executable, str(PLAY), part], env=stage, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def start(stage: dict[str, str], part: str) -> subprocess.Popen[str]:
    """One part, running."""
    return subprocess.Popen(
        [sys.executable, str(PLAY), part], env=stage, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def uploads_until_killed(stage: dict[str, str], *, least: int) -> list[int]:
    """The numbers of sessions that were said to be kept before the server was killed."""
    server = start(stage, "upload")
    assert server.stdout is not None
    kept = [int(server.stdout.readline()) for _ in range(least)]
    server.send_signal(signal.SIGKILL)
    return kept + [int(line) for line in server.stdout.read().split()]


def until_done(stage: dict[str, str]) -> dict:
    """What is there once nothing is open any more."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        told = json.loads(play(stage, "count"))
        if not told["open"]:
            return told
    pytest.fail(f"still open: {told}")
