"""One client's therapy without what tells who they are, as files that `attunement.follow` reads again.

Transcripts lose names, dates and numbers; sessions and answers keep their distances in days; events keep their kind
and lose every word; whatever else lay there is not taken along.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from attunement.case import Event
    from attunement.deidentify import Report, Spoken, Wishes

EVENTS, MEASURES = "events.yaml", "measures.csv"
COLUMNS = ("session", "date", "instrument", "item", "value")
# Events whose key says by whom; the others' key holds words, which stay behind.
BY_WHOM = ("late", "cancelled")


@dataclass(frozen=True, slots=True)
class Given:
    """One answer, or a total where `item` is None; for a session, a date, or both."""

    session: int | None
    date: date | None
    instrument: str
    item: str | None
    value: float


@dataclass(frozen=True)
class Therapy:
    """What is known of one client, in the clear; `dates` are by session, also where there is no transcript.

    `client` and `therapist` are names that the two have besides those in the transcripts.
    """

    spoken: tuple[Spoken, ...] = ()
    dates: dict[int, date] = field(default_factory=dict)
    given: tuple[Given, ...] = ()
    events: tuple[Event, ...] = ()
    client: str | None = None
    therapist: str | None = None


def deidentified_files(therapy: Therapy, wishes: Wishes | None = None) -> tuple[dict[str, str], Report]:
    """The files of a case folder by name, and what was replaced in the transcripts.

    Without `wishes` nothing is left and dates move by a distance made up for this client alone and kept nowhere.
    """
    from attunement.deidentify import Wishes, deidentify

    wishes = wishes or Wishes()
    done = deidentify(therapy.spoken, wishes, client=therapy.client, therapist=therapy.therapist)
    files: dict[str, str] = {}
    names: dict[int, str] = {}
    for each in done.sessions:
        names[each.number], content = _transcript(each)
        files[names[each.number]] = content
    days = timedelta(days=wishes.days)
    dates = {number: day + days for number, day in therapy.dates.items()}
    if therapy.given:
        files[MEASURES] = _table(therapy.given, days)
    files[EVENTS] = _events(names, dates, therapy.events)
    return files, done.report


def read_therapy(folder: Path, *, therapist: str | None = None) -> tuple[Therapy, list[str]]:
    """A case folder as `attunement.follow` takes it, in the clear, and a line for each thing that could not be used.

    Raises:
        InputError: when there is no such folder, or neither a transcript nor a score in it can be read.
    """
    from attunement.case.events import NAME, Notebook, read_events
    from attunement.case.folder import transcripts_in
    from attunement.case.numbering import placed
    from attunement.case.scores import known_instruments, scores_of
    from attunement.errors import InputError

    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; give the folder with one client's transcripts and measures.csv.")
    notebook = read_events(folder / NAME) if (folder / NAME).exists() else Notebook()
    instruments, own = known_instruments(folder)
    scores, measuring = scores_of(folder, instruments, client=notebook.client)
    files, unused = transcripts_in(folder)
    places, placing = placed(files, notebook.sessions)
    spoken, reading = _read([(place.path, place.number, place.date) for place in places], therapist)
    notes = [*notebook.notes, *own, *measuring, *unused, *placing, *reading]
    if not spoken and not scores.scores:
        raise InputError(" ".join([f"{folder}: no session and no score could be read.", *notes]))
    dates = {place.number: place.date for place in places if place.date is not None}
    dates |= {entry.session: entry.date for entry in notebook.sessions if entry.date is not None}
    given = (
        Given(score.session, score.date, score.instrument, score.subscale, score.value)
        for score in scores
        if score.value is not None
    )
    return Therapy(tuple(spoken), dates, tuple(given), notebook.events, client=notebook.client), notes


def _read(places: Iterable[tuple[Path, int, date | None]], therapist: str | None) -> tuple[list[Spoken], list[str]]:
    from attunement.deidentify import Spoken
    from attunement.errors import InputError
    from attunement.transcripts import load

    read, notes = [], []
    for path, number, day in places:
        try:
            read.append(Spoken(number, load(path, therapist=therapist), day))
        except InputError as error:
            notes.append(f"Session {number} ({path.name}) could not be read: {str(error).removeprefix(f'{path}: ')}")
    return read, notes


def _transcript(each: Spoken) -> tuple[str, str]:
    """A file's name and content: captions where every turn has its times, else plain text."""
    from attunement.transcripts.formats import plain, webvtt

    if each.session.has_times:
        return f"{each.session.id}.vtt", webvtt.write(each.session)
    return f"{each.session.id}.txt", plain.write(each.session)


def _table(given: Sequence[Given], days: timedelta) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in given:
        day = "" if each.date is None else (each.date + days).isoformat()
        session = "" if each.session is None else each.session
        writer.writerow([session, day, each.instrument, each.item or "", f"{each.value:g}"])
    return out.getvalue()


def _events(names: dict[int, str], dates: dict[int, date], events: Iterable[Event]) -> str:
    import yaml

    sessions: list[dict[str, Any]] = []
    for number in sorted({*names, *dates}):
        entry: dict[str, Any] = {"session": number}
        if number in names:
            entry["transcript"] = names[number]
        if number in dates:
            entry["date"] = dates[number]
        sessions.append(entry)
    content = {"sessions": sessions, "events": [_event(event) for event in events]}
    return yaml.safe_dump(content, sort_keys=False, default_flow_style=None)


def _event(event: Event) -> dict[str, Any]:
    """The event without any words."""
    if event.kind == "therapist_state":
        return {"session": event.session, "therapist": event.state}
    said: dict[str, Any] = {"session": event.session, event.kind: event.by if event.kind in BY_WHOM else None}
    numbers = {"minutes": event.minutes, "kept": event.kept, "due": event.due}
    return said | {key: value for key, value in numbers.items() if value is not None}
