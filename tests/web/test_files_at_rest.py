"""A thief takes all that lies on the disk but the master key: files, write-ahead log, backups, temporary files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from rest_play import ERASED
from web_cast import FELT_OFF, LABEL, transcript
from web_stage import stage_in

PLAY = Path(__file__).with_name("rest_play.py")


@dataclass(frozen=True)
class AtWork:
    """What a clinic at work said before it was killed, and the folder with all its files."""

    folder: Path
    key: str
    wrapped: str
    added_meanwhile: int


@pytest.fixture(scope="module")
def clinic_at_work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AtWork]:
    """One play, looked at by all tests."""
    folder = tmp_path_factory.mktemp("at-rest")
    places = {name: folder / name for name in ("home", "backups", "temporary")}
    for place in places.values():
        place.mkdir(mode=0o700)
    own = {"ATTUNEMENT_BACKUPS": str(places["backups"]), "TMPDIR": str(places["temporary"])}
    with stage_in(places["home"]) as settings:
        command = [sys.executable, str(PLAY)]
        done = subprocess.run(command, env=settings | own, capture_output=True, text=True, check=False)
        assert done.stdout, done.stderr[-2000:]
        yield AtWork(folder, **json.loads(done.stdout))


def test_no_file_holds_a_word_of_a_client_nor_the_key_of_an_erased_one(clinic_at_work: AtWork):
    files = [path for path in clinic_at_work.folder.rglob("*") if path.is_file()]
    assert any(path.suffix == ".attunement" for path in files)
    said = [line for line in transcript()[1].decode().splitlines() if len(line) > 40 and "-->" not in line]
    words = [word.encode() for word in (LABEL, FELT_OFF, ERASED, clinic_at_work.key, clinic_at_work.wrapped, *said)]
    words.append(bytes.fromhex(clinic_at_work.key))
    for path in files:
        content = path.read_bytes()
        assert not [word for word in words if word in content], f"{path.name} holds what it must not"


def test_what_is_left_of_parsing_is_nothing(clinic_at_work: AtWork):
    left = [path for path in (clinic_at_work.folder / "temporary").rglob("*") if path.is_file() and path.stat().st_size]
    assert left == []


def test_every_file_is_for_its_owner_alone(clinic_at_work: AtWork):
    files = [
        path for place in ("home", "backups") for path in (clinic_at_work.folder / place).rglob("*") if path.is_file()
    ]
    assert [path.name for path in files if path.stat().st_mode & 0o077] == []


def test_a_backup_is_of_one_moment_and_keeps_nobody_waiting(clinic_at_work: AtWork):
    assert clinic_at_work.added_meanwhile == 0


def test_the_programs_own_files_have_no_key_of_anybody(clinic_at_work: AtWork):
    database = [path for path in clinic_at_work.folder.rglob("*.sqlite3*") if path.is_file()]
    keys = [path.read_bytes().strip() for path in (clinic_at_work.folder / "home").rglob("*.key")]
    assert keys
    assert not [path.name for path in database if any(re.search(re.escape(key), path.read_bytes()) for key in keys)]
