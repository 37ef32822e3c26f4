"""All of the database as one encrypted file, from which either kind can be restored; the clients' keys beside it.

The folder of backups holds any number of files and one folder of keys, which is always as it is now: an erased client's
key is in no backup, so that no older file can bring the client back. The master key is not in the folder.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.contrib.sessions.models import Session as BrowserSession
from django.core import serializers
from django.db import connection, models, transaction

from attunement.errors import InputError
from attunement.web import home
from attunement.web.vault import keys

ENDING = ".attunement"
FORMAT = "attunement/backup/1"
# Who is signed in, what waits for how long, and what Django finds out by itself is not kept.
LEFT_OUT = {BrowserSession._meta.label, "contenttypes.ContentType", "auth.Permission", "reading.Heartbeat"}


def write_backup(folder: Path) -> Path:
    """Write a new file into the folder and bring its keys up to date; the file."""
    home.private_folder(folder)
    path = folder / f"{datetime.now():%Y-%m-%dT%H-%M-%S}{ENDING}"
    unfinished = path.with_suffix(".unfinished")
    with _as_at_one_moment(), unfinished.open("xb") as file:
        unfinished.chmod(home.ONLY_OWNER)
        for line in _lines():
            file.write(line + b"\n")
    unfinished.rename(path)
    _mirror_keys(folder)
    return path


def restore(path: Path) -> int:
    """Put what the file holds into an empty database, and its keys where none are; how many rows.

    Raises:
        InputError: when it cannot be opened with this master key, or the database is not empty.
    """
    from attunement.web.people.models import Clinic

    if Clinic.objects.exists():
        raise InputError("there is somebody in this database; restore into an empty one (another ATTUNEMENT_HOME).")
    _return_keys(path.parent / "keys")
    count = 0
    with transaction.atomic():
        for kept in _read(path):
            for row in serializers.deserialize("python", [kept]):
                # As it was: not through `save`, which would open what is sealed or refuse an old row.
                models.QuerySet[models.Model](type(row.object)).bulk_create([row.object])
                count += 1
        _continue_counting()
    return count


@contextmanager
def _as_at_one_moment() -> Iterator[None]:
    """All tables as they are now, however long it takes; nobody waits for it meanwhile."""
    sqlite: Any = connection if connection.vendor == "sqlite" else None
    usual = sqlite and sqlite.transaction_mode
    is_outermost = not connection.in_atomic_block
    if sqlite:
        sqlite.transaction_mode = "DEFERRED"  # the usual mode would keep all writers waiting
    try:
        with transaction.atomic():
            if is_outermost and connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if sqlite:
            sqlite.transaction_mode = usual


def _lines() -> Iterator[bytes]:
    wrapper = keys.wrapping()
    yield wrapper.encrypt(FORMAT.encode())
    for model in models_in_order():
        for row in model._default_manager.order_by("pk").iterator(chunk_size=100):
            kept = serializers.serialize("python", [row])[0]
            yield wrapper.encrypt(json.dumps(kept, default=_plain).encode())


def _read(path: Path) -> Iterator[dict[str, Any]]:
    wrapper = keys.wrapping()
    try:
        with path.open("rb") as file:
            if wrapper.decrypt(next(file, b"").strip()) != FORMAT.encode():
                raise InputError(f"{path.name}: a backup of another version.")
            for line in file:
                yield json.loads(wrapper.decrypt(line.strip()))
    except OSError:
        raise InputError(f"{path}: no such backup.") from None
    except InvalidToken:
        raise InputError(
            f"{path.name}: damaged, or made with another master key; put that into ATTUNEMENT_HOME first."
        ) from None


def models_in_order() -> list[type[models.Model]]:
    """All that are kept, those that others refer to first."""
    ordered = serializers.sort_dependencies([(config, None) for config in apps.get_app_configs()])
    every = [model for model in ordered if model._meta.label not in LEFT_OUT and not model._meta.proxy]
    placed: list[type[models.Model]] = []
    while every:
        ready = [model for model in every if not _needs(model) & set(every) - {model}]
        placed += ready
        every = [model for model in every if model not in ready]
    return placed


def _needs(model: type[models.Model]) -> set[Any]:
    return {field.related_model for field in model._meta.concrete_fields if field.related_model}


def _plain(value: Any) -> str:
    # Django's own encoder cuts times to milliseconds, and the audit record's chain rests on all of it.
    return str(value.isoformat() if isinstance(value, date) else value)


def _continue_counting() -> None:
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models_in_order()):
            cursor.execute(statement)


def _mirror_keys(folder: Path) -> None:
    copies = home.private_folder(folder / "keys")
    here = {path.name for path in keys.key_folder().iterdir() if path.suffix in (keys.ENDING, keys.ERASED)}
    for name in here:
        shutil.copy2(keys.key_folder() / name, copies / name)
    for gone in {path.name for path in copies.glob(f"*{keys.ENDING}")} - here:
        (copies / gone).unlink()
    keys.audit_key()  # made on the first use
    shutil.copy2(home.home() / keys.AUDIT, folder / keys.AUDIT)


def _return_keys(copies: Path) -> None:
    """Bring back keys that are missing here, but none that was destroyed here or there."""
    if not copies.is_dir():
        raise InputError(f"{copies}: no such folder; without the clients' keys a backup cannot be read.")
    for path in copies.glob(f"*{keys.ERASED}"):
        (keys.key_folder() / path.name).touch(mode=home.ONLY_OWNER)
    for path in copies.glob(f"*{keys.ENDING}"):
        here = keys.key_folder() / path.name
        if not here.exists() and not here.with_suffix(keys.ERASED).exists():
            shutil.copy2(path, here)
    if (chain := copies.parent / keys.AUDIT).exists():
        shutil.copy2(chain, home.home() / keys.AUDIT)
