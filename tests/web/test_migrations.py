"""The database of every release can be upgraded to the newest, and everything in it can be read. Never back again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from releases import RELEASES

PLAY = Path(__file__).with_name("upgrade_play.py")


@pytest.mark.parametrize("release", RELEASES)
def test_the_database_of_a_release_is_upgraded_with_all_that_is_in_it(stage: dict[str, str], release: str):
    done = subprocess.run([sys.executable, str(PLAY), release], env=stage, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout.split()[0]) >= 15


def test_every_model_has_its_migration(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
