"""The answers in a case folder: `measures.csv` and its like, questionnaires of one's own, the session of a date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from attunement.case.record import CaseSession
from attunement.errors import InputError
from attunement.measures.answers import Score, Scores, load_scores
from attunement.measures.course import ReferenceCourse
from attunement.measures.instruments import Instrument, instruments, load_instruments

MEASURES, INSTRUMENTS, REFERENCE = "measures", "instruments.yaml", "reference.json"
ENDINGS = (".csv", ".tsv", ".xlsx", ".json")
# A questionnaire answered up to this many days before or after a session belongs to it.
NEAREST_DAYS = 3


def measure_files(folder: Path) -> tuple[Path, ...]:
    """The files of answers: named `measures`, whatever follows, with the ending of a table or of FHIR's JSON."""
    return tuple(
        path
        for path in sorted(folder.iterdir())
        if path.stem.casefold().startswith(MEASURES) and path.suffix.casefold() in ENDINGS
    )


def known_instruments(folder: Path) -> tuple[tuple[Instrument, ...], list[str]]:
    """The catalogue and the folder's own `instruments.yaml`; a line where that cannot be used."""
    if not (folder / INSTRUMENTS).exists():
        return instruments(), []
    try:
        return (*load_instruments(folder / INSTRUMENTS), *instruments()), []
    except InputError as error:
        return instruments(), [_without(folder, error)]


def own_reference(folder: Path) -> tuple[ReferenceCourse | None, list[str]]:
    """The folder's `reference.json`, written by `ReferenceCourse.to_json`; a line where it cannot be used."""
    if not (folder / REFERENCE).exists():
        return None, []
    try:
        return ReferenceCourse.from_json((folder / REFERENCE).read_text(encoding="utf-8")), []
    except (InputError, OSError, UnicodeDecodeError) as error:
        return None, [f"{REFERENCE}: {error if isinstance(error, InputError) else 'cannot be read'}"]


def scores_of(folder: Path, known: Sequence[Instrument], *, client: str | None) -> tuple[Scores, list[str]]:
    """All scores of one client in the folder, and a line for each file, row or client that was left out.

    `client` picks one where the files hold several; without it the one with most scores is taken.
    """
    loaded, notes = [], []
    for path in measure_files(folder):
        try:
            scores = load_scores(path, instruments=known)
        except InputError as error:
            notes.append(_without(folder, error))
            continue
        notes += [f"{path.name}, {refused}" for refused in scores.refused]
        notes += [f"{path.name}: {warning}" for warning in scores.warnings]
        loaded.append(scores)
    together = tuple(score for scores in loaded for score in scores)
    chosen, others = _of_one_client(together, client)
    return Scores(chosen, tuple(refused for scores in loaded for refused in scores.refused)), notes + others


def _of_one_client(scores: tuple[Score, ...], client: str | None) -> tuple[tuple[Score, ...], list[str]]:
    names = [score.client for score in scores if score.client is not None]
    if not names:
        return scores, []
    wanted = next((name for name in names if client and name.casefold() == client.casefold()), None)
    whose = wanted or max(dict.fromkeys(names), key=names.count)
    others = len(dict.fromkeys(names)) - 1
    if not others:
        return scores, []
    return (
        tuple(score for score in scores if score.client in (None, whose)),
        [f"measures: holds {others + 1} clients; one was followed, give --client or one folder each for the others."],
    )


def with_session_numbers(scores: Scores, sessions: Sequence[CaseSession]) -> tuple[Scores, list[str]]:
    """Scores that have a date only get the number of the session nearest to it, up to three days away.

    Where no session has a date, the dates themselves are taken for the sessions', in their order.
    """
    undated = [score for score in scores if score.session is None]
    if not undated:
        return scores, []
    days = {session.date: session.number for session in sessions if session.date is not None}
    if not days and not sessions:
        found = sorted({score.date for score in undated if score.date is not None})
        days = {day: number for number, day in enumerate(found, start=1)}
    placed = [replace(score, session=score.session or _nearest(score.date, days)) for score in scores]
    lost = sorted({score.row for score in placed if score.session is None})
    notes = [
        f"measures, row {row}: no session within {NEAREST_DAYS} days of its date; it was left out." for row in lost
    ]
    return replace(scores, scores=tuple(score for score in placed if score.session is not None)), notes


def _nearest(day: date | None, days: dict[date, int]) -> int | None:
    if day is None or not days:
        return None
    nearest = min(days, key=lambda each: abs((each - day).days))
    return days[nearest] if abs((nearest - day).days) <= NEAREST_DAYS else None


def _without(folder: Path, error: InputError) -> str:
    return str(error).replace(f"{folder}/", "")
