"""Whose sessions these are: one folder holds one client, and another's session in it is left out and named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from attunement.case.record import CaseSession
from attunement.transcripts.role_names import role_of

# What recognisers and typists call people whose names they do not know: `SPEAKER_00`, `Speaker A`, `S1`, `B`.
NOBODY = re.compile(r"(speaker|spk|voice|person|unknown|s)?[\W_]*(\d*|[^\W\d_])", re.IGNORECASE)


def of_one_client(
    sessions: Sequence[CaseSession], client: str | None
) -> tuple[str | None, list[CaseSession], list[str]]:
    """The client's name as the transcripts spell it, their sessions, and a line for each session of other people.

    `client` says who it is; without it, whoever is the client in most sessions. The name is looked for among both
    speakers, since a guess who is the therapist may be wrong in one session. Sessions that name nobody are kept.
    """
    whose = _whose(sessions, client)
    if whose is None:
        return None, list(sessions), []
    kept = [session for session in sessions if not _names(session) or whose in _names(session)]
    notes = [
        f"{session.file}: left out, other people speak in it than in the rest; a folder holds one client's sessions."
        for session in sessions
        if session not in kept
    ]
    spelled = next((_names(session)[whose] for session in kept if whose in _names(session)), None)
    return spelled, kept, notes


def _whose(sessions: Sequence[CaseSession], client: str | None) -> str | None:
    named = Counter(name for session in sessions for name in _names(session))
    if client and client.casefold() in named:
        return client.casefold()
    clients = Counter(_client(session) for session in sessions)
    del clients[""]
    return max(clients, key=lambda name: (clients[name], named[name]), default=None)


def _names(session: CaseSession) -> dict[str, str]:
    """The speakers that have a name, by its folded form."""
    assert session.reading is not None
    roles = session.reading.session.roles
    return {name.casefold(): name for name in (roles.therapist, roles.client) if _is_name(name)}


def _client(session: CaseSession) -> str:
    assert session.reading is not None
    name = session.reading.session.roles.client
    return name.casefold() if _is_name(name) else ""


def _is_name(label: str) -> bool:
    """False for labels that say a role or number speakers: they tell nobody apart."""
    return role_of(label) is None and not NOBODY.fullmatch(label)
