"""The zip of an export: a folder a client under a number drawn for this export alone, and a README."""

from __future__ import annotations

import secrets
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import timezone

from attunement.deidentify import WORDS, Kind
from attunement.deidentifying import deidentified_files
from attunement.web.clients.models import Client
from attunement.web.research.therapies import therapy_of

README = "README.txt"
# Zip files carry times; all have the same, which says nothing.
NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Archive:
    """The zip as bytes, who is in it, and what was replaced, by kind."""

    content: bytes
    clients: list[UUID]
    replaced: dict[str, int]


def archive_of(clients: Iterable[Client]) -> Archive:
    """Everything of these clients that may be taken along; those of whom there is nothing are left out and counted."""
    folders: dict[str, dict[str, str]] = {}
    included: list[UUID] = []
    replaced: Counter[Kind] = Counter()
    sessions = empty = 0
    for client in clients:
        therapy = therapy_of(client)
        if not therapy.spoken and not therapy.given:
            empty += 1
            continue
        files, report = deidentified_files(therapy)
        folders[_number(folders)] = files
        included.append(client.pk)
        replaced.update(report.counts)
        sessions += report.sessions
    about = {
        "day": timezone.localdate(),
        "clients": len(folders),
        "sessions": sessions,
        "empty": empty,
        "replaced": [(WORDS[kind], replaced[kind]) for kind in Kind],
    }
    content = _zip(folders, render_to_string("research/readme.txt", about))
    return Archive(content, included, {str(kind): count for kind, count in replaced.items() if count})


def _number(taken: Iterable[str]) -> str:
    while (name := f"client-{100_000 + secrets.randbelow(900_000)}") in taken:
        pass
    return name


def _zip(folders: dict[str, dict[str, str]], readme: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(zipfile.ZipInfo(README, NO_TIME), readme)
        # By their numbers: the order must not say who came first.
        for folder in sorted(folders):
            for name, content in sorted(folders[folder].items()):
                entry = zipfile.ZipInfo(f"{folder}/{name}", NO_TIME)
                entry.compress_type = zipfile.ZIP_DEFLATED
                file.writestr(entry, content)
    return out.getvalue()
