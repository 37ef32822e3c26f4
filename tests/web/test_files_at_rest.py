"""A thief takes all that lies on the disk but the master key: files, write-ahead log, backups, temporary files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rest_play import ERASED
from web_cast import FELT_OFF, LABEL, transcript

PLAY = Path(__file__).with_name("rest_play.py")


@pytest.fixture
def told(stage: dict[str, str], tmp_path: Path) -> dict:
    """What a clinic at work said before it was killed; its files are in `tmp_path`."""
    places = {name: tmp_path / name for name in ("home", "backups", "temporary")}
    for place in places.values():
        place.mkdir(mode=0o700)
    settings = {
        **stage,
        "ATTUNEMENT_HOME": str(places["home"]),
        "ATTUNEMENT_BACKUPS": str(places["backups"]),
        "TMPDIR": str(places["temporary"]),
    }
    done = subprocess.run([sys.executable, str(PLAY)], env=settings, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr[-2000:]
    return dict(json.loads(done.stdout))


def test_no_file_holds_a_word_of_a_client_nor_the_key_of_an_erased_one(told: dict, tmp_path: Path):
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.suffix == ".attunement" for path in files)
    said = [line for line in transcript()[1].decode().splitlines() if len(line) > 40 and "-->" not in line]
    words = [word.encode() for word in (LABEL, FELT_OFF, ERASED, told["key"], told["wrapped"], *said)]
    words.append(bytes.fromhex(told["key"]))
    for path in files:
        content = path.read_bytes()
        assert not [word for word in words if word in content], f"{path.name} holds what it must not"


def test_what_is_left_of_parsing_is_nothing(told: dict, tmp_path: Path):
    left = [path for path in (tmp_path / "temporary").rglob("*") if path.is_file() and path.stat().st_size]
    assert left == []


def test_every_file_is_for_its_owner_alone(told: dict, tmp_path: Path):
    files = [path for place in ("home", "backups") for path in (tmp_path / place).rglob("*") if path.is_file()]
    assert [path.name for path in files if path.stat().st_mode & 0o077] == []


def test_a_backup_is_of_one_moment_and_keeps_nobody_waiting(told: dict):
    assert told["added_meanwhile"] == 0


def test_the_programs_own_files_have_no_key_of_anybody(told: dict, tmp_path: Path):
    database = [path for path in tmp_path.rglob("*.sqlite3*") if path.is_file()]
    keys = [path.read_bytes().strip() for path in (tmp_path / "home").rglob("*.key")]
    assert keys
    assert not [path.name for path in database if any(re.search(re.escape(key), path.read_bytes()) for key in keys)]
