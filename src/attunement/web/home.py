"""The private folder: database, keys, what is made on the first run. Nobody but the owner may read it."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from attunement.web import settings_table

ONLY_OWNER, ONLY_OWNER_FOLDER = 0o600, 0o700
DATABASE = "attunement.sqlite3"


def home() -> Path:
    """The folder, made when it is not there."""
    return _home(settings_table.text("ATTUNEMENT_HOME"))


@lru_cache(maxsize=4)
def _home(named: str) -> Path:
    return private_folder(Path(named).expanduser())


def private_folder(folder: Path) -> Path:
    """The folder, made for its owner alone when it is not there."""
    folder.mkdir(parents=True, exist_ok=True, mode=ONLY_OWNER_FOLDER)
    return folder


def kept(name: str, make: Callable[[], str]) -> str:
    """What the file of this name in the folder holds; on the first run it is made and kept."""
    path = home() / name
    if not path.exists():
        with contextlib.suppress(FileExistsError):  # somebody else was faster
            write_new(path, make())
    return path.read_text(encoding="ascii").strip()


def database() -> Path:
    """SQLite's file; made here, so that nobody else may read it. What SQLite lays beside it follows suit."""
    path = home() / DATABASE
    path.touch(mode=ONLY_OWNER)
    return path


def secret_key() -> str:
    """The key that signs cookies."""
    return settings_table.text("ATTUNEMENT_SECRET_KEY") or kept("secret.key", lambda: secrets.token_urlsafe(50))


def write_new(path: Path, content: str) -> None:
    """Write a file that only its owner can read.

    Raises:
        FileExistsError: when there is one of this name.
    """
    # Written whole under another name first, so that nobody ever finds half a key.
    whole = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    _write_private(whole, content)
    try:
        os.link(whole, path)
    finally:
        whole.unlink()


def replace(path: Path, content: str) -> None:
    """Write a private file in one step, in the place of what is there."""
    whole = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    _write_private(whole, content)
    whole.replace(path)


def _write_private(path: Path, content: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_OWNER)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
