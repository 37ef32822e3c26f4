"""The file of an export, sealed with a key of its own that lies wrapped in the database; it takes both to read it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.utils import timezone

from attunement.web import home
from attunement.web.research.models import Export, State
from attunement.web.vault import keys
from attunement.web.vault.sealing import SealBroken, seal, unseal


def keep(export: Export, content: bytes) -> None:
    """Seal the content and say that the export is ready; made twice, the last one counts."""
    key = secrets.token_bytes(keys.KEY_BYTES)
    path = _path(export)
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, home.ONLY_OWNER)
    with os.fdopen(descriptor, "wb") as file:
        file.write(seal(content, key=key, place=_place(export)))
    unfinished.replace(path)
    export.key, export.state, export.ready_at = keys.wrapping().encrypt(key).decode(), State.READY, timezone.now()
    export.save(update_fields=["key", "state", "ready_at", "clients", "replaced"])


def opened(export: Export) -> bytes | None:
    """The content; None where the file is not there any more or cannot be opened."""
    try:
        key = keys.wrapping().decrypt(export.key.encode())
        return unseal(_path(export).read_bytes(), key=key, place=_place(export))
    except (OSError, InvalidToken, SealBroken):
        return None


def drop(export: Export, state: State) -> None:
    """Delete file and key, and say why."""
    path = _path(export)
    path.unlink(missing_ok=True)
    path.with_suffix(".unfinished").unlink(missing_ok=True)
    export.key, export.state = "", state
    export.save(update_fields=["key", "state"])


def drop_with(client: UUID) -> None:
    """Delete all that were not fetched and have this client in them, who has withdrawn or was erased."""
    for export in Export.objects.filter(state=State.READY):
        if str(client) in export.clients:
            drop(export, State.WITHDRAWN)


def _path(export: Export) -> Path:
    return home.private_folder(home.home() / "exports") / f"{export.pk}.sealed"


def _place(export: Export) -> str:
    return f"research export {export.pk}"
