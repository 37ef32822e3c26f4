"""A case folder in, a `Case` out: transcripts, `measures.csv`, `events.yaml`, put in order and read.

What is out of order, missing or unreadable becomes a note, one line each, and the rest is followed all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from attunement.case.clients import of_one_client
from attunement.case.events import NAME as EVENTS
from attunement.case.events import Notebook, read_events
from attunement.case.numbering import Placed, placed
from attunement.case.order import disorder, gaps, in_order
from attunement.case.record import Case, CaseSession
from attunement.case.scores import (
    INSTRUMENTS,
    REFERENCE,
    known_instruments,
    measure_files,
    own_reference,
    scores_of,
    with_session_numbers,
)
from attunement.coder import SessionCoder, shipped_coder
from attunement.episodes import find
from attunement.errors import InputError
from attunement.transcripts import find_transcripts, load

TRANSCRIPTS = "transcripts"
TABLES = (".csv", ".tsv", ".xlsx", ".xlsm", ".json")
Track = Callable[[Sequence[Placed]], Iterable[Placed]]


def read_case(
    folder: Path | str,
    *,
    client: str | None = None,
    therapist: str | None = None,
    coder: SessionCoder | None = None,
    track: Track = iter,
) -> Case:
    """Everything in the folder of one client.

    Transcripts lie in the folder itself or in `transcripts` within it. `client` names the client where files hold
    several; without it `events.yaml`, or most transcripts, say who it is. `therapist` is as in `attunement.read`.
    `track` wraps the transcripts while they are read, for a progress bar.

    Raises:
        InputError: when there is no such folder, or neither a transcript nor a score in it can be read.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; give the folder with one client's transcripts and measures.csv.")
    notebook = read_events(folder / EVENTS) if (folder / EVENTS).exists() else Notebook()
    instruments, own = known_instruments(folder)
    reference, of_reference = own_reference(folder)
    scores, measuring = scores_of(folder, instruments, client=client or notebook.client)
    files, unused = transcripts_in(folder)
    places, placing = placed(files, notebook.sessions)
    sessions, reading = _read(track(places), coder or shipped_coder(), therapist)
    name, sessions, others = of_one_client(sessions, client or notebook.client)
    if not sessions and not scores.scores:
        raise InputError(" ".join([f"{folder}: no session and no score could be read.", *measuring, *reading]))
    scores, dating = with_session_numbers(scores, in_order(sessions, scores, notebook))
    every = in_order(sessions, scores, notebook)
    left_out = [*notebook.notes, *own, *of_reference, *measuring, *unused, *placing, *reading, *others, *dating]
    return Case(
        client=client or notebook.client or name or folder.resolve().name,
        sessions=every,
        scores=scores,
        instruments=instruments,
        reference=reference,
        events=tuple(sorted(notebook.events, key=lambda event: event.session)),
        notes=(*left_out, *gaps(every), *disorder(every)),
        is_complete=not left_out,
    )


def transcripts_in(folder: Path) -> tuple[list[Path], list[str]]:
    """The transcripts of a case folder, and a line for each table that is neither a transcript nor measures."""
    apart = {*measure_files(folder), *(folder / name for name in (EVENTS, INSTRUMENTS, REFERENCE))}
    try:
        found = find_transcripts([folder])
    except InputError:
        found = []
    here = [path for path in found if path.parent in (folder, folder / TRANSCRIPTS) and path not in apart]
    unused = [
        f"{path.name}: not used, it is neither a transcript nor named measures.csv."
        for path in sorted(folder.iterdir())
        if path.suffix.casefold() in TABLES and path not in apart and path not in here
    ]
    return here, unused


def _read(places: Iterable[Placed], coder: SessionCoder, therapist: str | None) -> tuple[list[CaseSession], list[str]]:
    read, notes = [], []
    for place in places:
        try:
            session = load(place.path, therapist=therapist)
        except InputError as error:
            why = str(error).removeprefix(f"{place.path}: ")
            notes.append(f"Session {place.number} ({place.path.name}) could not be read: {why}")
            continue
        read.append(CaseSession(place.number, place.date, find(session, coder.code(session)), place.path.name))
    return read, notes
