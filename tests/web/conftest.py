"""Django with a home folder and a database of its own; SQLite, or PostgreSQL where DATABASE_URL says so."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("django", reason="the clinic needs `pip install 'attunement[web]'`")

HERE = Path(__file__).parent
HOME = tempfile.TemporaryDirectory(prefix="attunement-tests-")
for name in [name for name in os.environ if name.startswith("ATTUNEMENT_") and name != "ATTUNEMENT_DATA"]:
    del os.environ[name]
os.environ |= {
    "ATTUNEMENT_HOME": HOME.name,
    "ATTUNEMENT_HTTPS": "no",
    "ATTUNEMENT_HOSTS": "testserver,localhost,127.0.0.1",
}
os.environ["DJANGO_SETTINGS_MODULE"] = "attunement.web.settings"

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one takes its time on purpose

from web_cast import Cast, gather  # noqa: E402
from web_stage import stage_in  # noqa: E402

import stand_in_coder  # noqa: E402

ASKS_THE_DATABASE = {"db", "transactional_db", "stage", "clinic_at_work"}
# Everybody at every door, the API with everything: a thousand tests of plain questions to the database. And tests
# whose time goes into reading transcripts.
MANY = {"test_access", "test_described", "test_feedback", "test_upload"}


def pytest_configure(config: pytest.Config) -> None:
    """A mark for what need not be run again on PostgreSQL (`-m "not any_database"`)."""
    config.addinivalue_line("markers", "any_database: its result cannot depend on the database")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks no database, or starts a server with a database of its own, has that mark; so has what is many."""
    for item in items:
        if not item.path.is_relative_to(HERE):
            continue
        if item.path.stem in MANY or not ASKS_THE_DATABASE & set(getattr(item, "fixturenames", ())):
            item.add_marker("any_database")


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody, with one client of Alice's."""
    return gather()


@pytest.fixture
def coder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped coder stood in for."""
    stand_in_coder.use(monkeypatch)


@pytest.fixture
def backups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place for backups."""
    monkeypatch.setenv("ATTUNEMENT_BACKUPS", str(tmp_path / "backups"))
    return tmp_path / "backups"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Settings of a clinic of its own, in `tmp_path`."""
    with stage_in(tmp_path) as settings:
        yield settings
