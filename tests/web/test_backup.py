"""A backup brings back everything but who was erased since."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from web_cast import FELT_OFF, LABEL, Cast, upload_example, work

from attunement.errors import InputError
from attunement.web import home
from attunement.web.audit.models import Action, Record, record
from attunement.web.clients.erasure import erase
from attunement.web.clients.models import Client
from attunement.web.sessions.models import Transcript
from attunement.web.vault.backup import restore

COUNT = """
from attunement.web.clients.models import Client, Erasure
from attunement.web.sessions.models import Reading
from attunement.web.checkins.models import FeltOff
from attunement.web.people.models import User
from attunement.web.reading.stored import unpacked_reading
print([client.label for client in Client.objects.all()], [off.text for off in FeltOff.objects.all()],
      [len(unpacked_reading(reading.content).session.turns) > 9 for reading in Reading.objects.all()],
      User.objects.count(), Erasure.objects.count())
"""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Another home folder, with the master key alone: a new machine."""
    folder = tmp_path / "elsewhere"
    folder.mkdir(mode=0o700)
    shutil.copy2(home.home() / "master.key", folder)
    return folder


def test_everything_comes_back_on_another_machine(cast: Cast, coder, backups: Path, elsewhere: Path):
    upload_example(cast.client)
    assert work() == []
    assert [row.refusal for row in Transcript.objects.all()] == [None]
    record(Action.READ, "something", actor=cast.alice, client=cast.client)
    call_command("backup", verbosity=0)
    assert "Restored" in run(elsewhere, "restore", str(the_file(backups)))
    assert run(elsewhere, "shell", "-v0", "-c", COUNT).split() == f"['{LABEL}'] ['{FELT_OFF}'] [True] 7 1".split()
    assert f"As written: {Record.objects.count()} rows" in run(elsewhere, "verify_audit")


def test_who_was_erased_since_stays_erased(cast: Cast, backups: Path, elsewhere: Path):
    call_command("backup", verbosity=0)
    erase(cast.client, by=cast.alice)
    assert "1 clients" in run(elsewhere, "restore", str(the_file(backups)))
    assert run(elsewhere, "shell", "-v0", "-c", COUNT).split() == ["[]", "[]", "[]", "7", "2"]


def test_no_word_and_no_address_is_in_the_file(cast: Cast, backups: Path):
    call_command("backup", verbosity=0)
    content = the_file(backups).read_bytes()
    assert not [word for word in (LABEL, FELT_OFF, "alice@example.org") if word.encode() in content]
    assert the_file(backups).stat().st_mode & 0o077 == 0


def test_a_backup_is_not_put_over_what_is_there(cast: Cast, backups: Path):
    call_command("backup", verbosity=0)
    with pytest.raises(InputError, match="somebody in this database"):
        restore(the_file(backups))
    assert Client.objects.count() == 1


def test_the_master_key_is_not_in_the_folder(cast: Cast, backups: Path):
    call_command("backup", verbosity=0)
    key = (home.home() / "master.key").read_bytes()
    assert not [path for path in backups.rglob("*") if path.is_file() and key in path.read_bytes()]


def the_file(folder: Path) -> Path:
    """The one backup."""
    (found,) = folder.glob("*.attunement")
    return found


def run(folder: Path, *command: str) -> str:
    """One of our commands with this home folder, on SQLite; what it printed."""
    settings = {**os.environ, "ATTUNEMENT_HOME": str(folder), "DATABASE_URL": "", "ATTUNEMENT_BACKUPS": ""}
    done = subprocess.run(
        [sys.executable, "-m", "attunement.web", *command], env=settings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
