"""A clinic in a process and a folder of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit


@contextmanager
def stage_in(folder: Path) -> Iterator[dict[str, str]]:
    """Settings of a clinic of its own; where the tests run on PostgreSQL, in a database of its own there."""
    settings = {**os.environ, "ATTUNEMENT_HOME": str(folder), "PYTHONWARNINGS": "ignore"}
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield settings
        return
    import psycopg

    name = f"stage_{os.getpid()}"
    with psycopg.connect(given, autocommit=True) as database:
        database.execute(f"CREATE DATABASE {name}")
        yield settings | {"DATABASE_URL": urlsplit(given)._replace(path=f"/{name}").geturl()}
        database.execute(f"DROP DATABASE {name} WITH (FORCE)")
