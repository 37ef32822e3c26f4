"""Sessions of one client in, the same sessions without names, dates, numbers and labels out, and what was done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from attunement.codebook import Speaker
from attunement.deidentify.dates import in_dates, in_whole_dates
from attunement.deidentify.found import Found, replaced, settled
from attunement.deidentify.kinds import Kind
from attunement.deidentify.lists import TITLES
from attunement.deidentify.names import in_names
from attunement.deidentify.numbers import in_numbers
from attunement.deidentify.people import CLIENT, THERAPIST, Placeholders, plain
from attunement.deidentify.report import Replacement, Report
from attunement.deidentify.talk import Talk
from attunement.deidentify.tokens import is_all_small
from attunement.deidentify.wishes import Wishes
from attunement.transcripts import Roles, Session, Turn
from attunement.transcripts.role_names import role_of

LABELS = {"therapist": "Therapist", "client": "Client"}


@dataclass(frozen=True, slots=True)
class Spoken:
    """One session of a client with its number and, where it is known, the date on which it was."""

    number: int
    session: Session
    date: date | None = None


@dataclass(frozen=True)
class Deidentified:
    """The sessions in their order, dates moved, and the report."""

    sessions: tuple[Spoken, ...]
    report: Report


def deidentify(
    sessions: Sequence[Spoken], wishes: Wishes | None = None, *, client: str | None = None, therapist: str | None = None
) -> Deidentified:
    """All sessions of one client without what tells who they are; one name has one placeholder in all of them.

    Speakers become Therapist and Client; files' names, ids and warnings are gone. English only. `wishes` says what to
    leave and what to replace too, and how far dates are moved; without it nothing is left and the distance is made up.
    `client` and `therapist` are names that they have besides those of the transcripts.
    """
    wishes = wishes or Wishes()
    speakers = _speakers(sessions, client, therapist)
    found = findings(sessions, wishes, known=speakers)
    placeholders = Placeholders(speakers)
    for turn in (turn for session in found for turn in session):
        for finding in turn:
            if finding.instead is None:
                placeholders.take(finding)
    plain_sessions = tuple(
        _without(each, turns, placeholders, wishes.days) for each, turns in zip(sessions, found, strict=True)
    )
    return Deidentified(plain_sessions, _report(sessions, found, placeholders))


def findings(sessions: Sequence[Spoken], wishes: Wishes, *, known: Iterable[str] = ()) -> list[list[list[Found]]]:
    """What is to be replaced, by session and turn, in the order of the text; `known` are names of those who speak."""
    talk = Talk.of(
        ([turn.text for turn in each.session.turns] for each in sessions),
        known={word for name in known for word in name.split()},
        wanted=wishes.added,
        kept=wishes.kept,
    )
    return [_found(each, talk, wishes.days) for each in sessions]


def _speakers(sessions: Sequence[Spoken], client: str | None, therapist: str | None) -> dict[str, str]:
    """The names of those who speak, folded, with their placeholders; labels that say a role or a letter are none."""
    named = [(client or "", CLIENT), (therapist or "", THERAPIST)]
    for roles in (each.session.roles for each in sessions):
        named += [(roles.client, CLIENT), (roles.therapist, THERAPIST)]
    found: dict[str, str] = {}
    for name, placeholder in named:
        bare = " ".join(word for word in plain(name).split() if word not in TITLES)
        if role_of(name) is None and len(bare) > 1 and not _is_number(name):
            found.setdefault(bare, placeholder)
    return found


def _is_number(name: str) -> bool:
    return any(letter.isdigit() for letter in name) or plain(name) in ("speaker", "unknown", "voice")


def _found(each: Spoken, talk: Talk, days: int) -> list[list[Found]]:
    """What was found in every turn."""
    texts = [turn.text for turn in each.session.turns]
    is_small = is_all_small(texts)
    return [
        settled(
            [
                *in_whole_dates(text, days),
                *in_numbers(text),
                *in_dates(text, days, each.date),
                *in_names(text, talk, is_small=is_small),
            ]
        )
        for text in texts
    ]


def _instead(finding: Found, placeholders: Placeholders) -> tuple[Kind, str]:
    return (finding.kind, finding.instead) if finding.instead is not None else placeholders.of(finding)


def _without(each: Spoken, found: Sequence[Sequence[Found]], placeholders: Placeholders, days: int) -> Spoken:
    turns = tuple(
        replace(
            turn,
            name=_label(turn, each.session),
            text=replaced(turn.text, [(finding, _instead(finding, placeholders)[1]) for finding in findings]),
        )
        for turn, findings in zip(each.session.turns, found, strict=True)
    )
    roles = Roles(LABELS["therapist"], LABELS["client"], "labelled", others=_others(each.session))
    session = Session(f"session-{each.number:03d}", turns, roles)
    return Spoken(each.number, session, _moved(each.date, days))


def _label(turn: Turn, session: Session) -> str:
    further = turn.name is not None and turn.name in session.roles.others
    return f"Further {turn.speaker}" if further else LABELS[turn.speaker]


def _others(session: Session) -> dict[str, Speaker]:
    return {f"Further {speaker}": speaker for speaker in session.roles.others.values()}


def _moved(day: date | None, days: int) -> date | None:
    return None if day is None else day + timedelta(days=days)


def _report(
    sessions: Sequence[Spoken], found: Sequence[Sequence[Sequence[Found]]], placeholders: Placeholders
) -> Report:
    seen: dict[tuple[str, str], Replacement] = {}
    for each, turns in zip(sessions, found, strict=True):
        for turn, findings in zip(each.session.turns, turns, strict=True):
            for finding in findings:
                kind, instead = _instead(finding, placeholders)
                before = seen.get((finding.words, instead))
                seen[finding.words, instead] = (
                    replace(before, times=before.times + 1)
                    if before
                    else Replacement(kind, finding.words, instead, 1, each.number, turn.number)
                )
    return Report(tuple(seen.values()), len(sessions), sum(len(each.session.turns) for each in sessions))
