"""The keys: one master key that wraps, one data key a client or user, kept as files outside the database."""

from __future__ import annotations

import contextlib
import os
import secrets
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from attunement.errors import AttunementError, InputError
from attunement.web import home, settings_table

MASTER, AUDIT = "master.key", "audit.key"
KEY_BYTES = 32
ENDING, ERASED = ".key", ".erased"


class KeyDestroyed(AttunementError):
    """The client was erased: what is still stored of them can never be read again."""


def master_keys() -> list[str]:
    """The master keys, the newest first; made on the first run."""
    given = settings_table.listed("ATTUNEMENT_MASTER_KEYS")
    return given or home.kept(MASTER, lambda: Fernet.generate_key().decode()).split()


def wrapping() -> MultiFernet:
    """Wraps with the newest master key and unwraps with any.

    Raises:
        InputError: when one of them is no key.
    """
    return _wrapping(tuple(master_keys()))


@lru_cache(maxsize=4)
def _wrapping(given: tuple[str, ...]) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key) for key in given])
    except ValueError:
        raise InputError(
            "a master key is damaged; give 32 bytes as URL-safe base64, as `rotate_keys` makes them."
        ) from None


def audit_key() -> bytes:
    """The key of the audit record's chain."""
    return home.kept(AUDIT, lambda: secrets.token_hex(KEY_BYTES)).encode()


def key_folder() -> Path:
    """Where the keys of clients and users lie."""
    return _made(home.home() / "keys")


@lru_cache(maxsize=4)
def _made(folder: Path) -> Path:
    return home.private_folder(folder)


def backup_key_folder() -> Path | None:
    """Where their copies lie, `None` without a place for backups."""
    place = settings_table.text("ATTUNEMENT_BACKUPS")
    return Path(place).expanduser() / "keys" if place else None


def make_key(client: UUID) -> None:
    """A key for a new client.

    Raises:
        FileExistsError: when the client has one.
    """
    wrapped = wrapping().encrypt(secrets.token_bytes(KEY_BYTES)).decode()
    home.write_new(key_folder() / f"{client}{ENDING}", wrapped)


def ensure_key(user: UUID) -> None:
    """A key for a user who has none yet."""
    with contextlib.suppress(FileExistsError):
        make_key(user)


def key_of(client: UUID) -> bytes:
    """The key of a client, or a user.

    Raises:
        KeyDestroyed: when it was destroyed.
        InputError: when the master key is not the one that wrapped it.
    """
    path = f"{key_folder()}/{client}{ENDING}"  # asked for at every value that is opened: as little work as can be
    try:
        return _unwrapped(path, os.stat(path).st_mtime_ns, settings_table.text("ATTUNEMENT_MASTER_KEYS"))
    except FileNotFoundError:
        raise KeyDestroyed("this client was erased; what is left cannot be read.") from None
    except InvalidToken:
        raise InputError(
            "the master key does not fit the clients' keys; restore the one they were made with."
        ) from None


# The file is looked for every time: a key destroyed by another process is of no use any more from then on.
@lru_cache(maxsize=4096)
def _unwrapped(path: str, _changed: int, _masters: str) -> bytes:
    return wrapping().decrypt(Path(path).read_bytes())


def has_key(client: UUID) -> bool:
    """Whether anything of the client can still be read."""
    return (key_folder() / f"{client}{ENDING}").exists()


def was_destroyed(client: UUID) -> bool:
    """Whether the key was destroyed on purpose; one that is merely missing may still turn up."""
    return (key_folder() / f"{client}{ERASED}").exists()


def destroy_key(client: UUID) -> list[str]:
    """Destroy the client's key, here and among the backups; says where. Cannot be undone.

    An empty file in its place says that it was meant: it keeps older backups from bringing the key back.
    """
    places = {"here": key_folder(), "among the backups": backup_key_folder()}
    destroyed = [place for place, folder in places.items() if folder is not None and _destroyed(folder, client)]
    _unwrapped.cache_clear()
    return destroyed


def _destroyed(folder: Path, client: UUID) -> bool:
    if folder.is_dir():
        (folder / f"{client}{ERASED}").touch(mode=home.ONLY_OWNER)
    return _shred(folder / f"{client}{ENDING}")


def _shred(path: Path) -> bool:
    if not path.exists():
        return False
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    return True


def rotate_master_key() -> int:
    """Wrap every key with a new master key and forget the old one; how many were wrapped.

    Can be killed at any moment and run again: until all are wrapped anew, old and new key are both kept. Where the
    master keys are given as a setting, the first of them is taken as the new one, and none is forgotten here.
    """
    is_ours = not settings_table.text("ATTUNEMENT_MASTER_KEYS")
    if is_ours:
        home.replace(home.home() / MASTER, "\n".join([Fernet.generate_key().decode(), *master_keys()]))
    wrapper, count = wrapping(), 0
    for path in sorted(key_folder().glob(f"*{ENDING}")):
        home.replace(path, wrapper.rotate(path.read_bytes()).decode())
        count += 1
    if is_ours:
        home.replace(home.home() / MASTER, master_keys()[0])
    return count
