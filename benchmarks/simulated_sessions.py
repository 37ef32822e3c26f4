"""Sessions of the model as a coder's table: what happened turn by turn, read with the errors of the real coder.

A simulated exchange is a client turn and a therapist turn. What the model does not say comes from the corpus: how many
turns of a rupture show strain, how often strain passes by itself, how many turns a repair takes. Each turn then borrows
the answer that the coder gave to a turn of the corpus of the same kind, in a session that it had not learned from: its
probabilities, with all that goes wrong in them. What is lost is that errors of neighbouring turns go together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from attunement.codebook import CODES, OPENING, REPAIR, STRAIN, STRAIN_CONFRONTATION, STRAIN_WITHDRAWAL
from attunement.coder.decisions import GROUPS
from attunement.coder.table import CodeTable
from attunement.dyad.courses import Courses
from attunement.dyad.export.ruptures import TrueRupture
from attunement.evaluation.coded import CodedSession, TurnCodes
from attunement.transcripts.session import Roles, Session, Turn

ATTUNED = ("reflection_complex", "validation", "senses_unspoken", "warmth")
# What a turn is, the first that fits; of a client and of a therapist.
CLIENT = {
    "names": ("names_rupture",),
    "confrontation": STRAIN_CONFRONTATION,
    "withdrawal": STRAIN_WITHDRAWAL,
    "felt met": ("felt_met",),
    "opening": OPENING,
}
THERAPIST = {"repair": REPAIR, "harmed": ("hostile",), "missed": ("misattuned",), "met": ATTUNED}
PLAIN = "plain"
REPAIR_EXCHANGES = 3  # half a repair of the corpus, in turns
TEXT = "words that nobody said here"
ROWS = ("probabilities", "experiencing", "empathy", "therapist_behaviour", "client_talk", "groups", "gated")


@dataclass(frozen=True)
class Script:
    """One simulated session: for each turn who speaks, what it is, and whether a rupture is open; the true episodes."""

    kinds: list[str]
    in_rupture: list[bool]
    ruptures: list[tuple[int, int, str]]  # first and last turn, from 1, and kind
    repairs: list[tuple[int, int]]


@dataclass(frozen=True)
class Rates:
    """Shares in the corpus: client turns with strain, in ruptures and outside; repair codes in turns of repair."""

    inside: float
    outside: float
    repairing: float


class Donors:
    """Turns of the corpus by kind, each with the answer of a coder that had not learned from its session."""

    def __init__(self, coded: Sequence[CodedSession], tables: Iterable[CodeTable]) -> None:
        self.rows: dict[str, list[np.ndarray]] = defaultdict(list)
        self.places: dict[tuple[str, str, bool], list[int]] = defaultdict(list)
        self.of_speaker: dict[str, list[int]] = defaultdict(list)
        self.right: list[bool] = []  # whether strain, repair and failure were read as a person coded them
        seen = {"inside": [0, 0], "outside": [0, 0], "repairing": [0, 0]}
        for session, table in zip(coded, tables, strict=True):
            self.thresholds = table.thresholds
            for name in ROWS:
                self.rows[name].append(getattr(table, name))
            in_rupture, in_repair = _inside(session, "rupture"), _inside(session, "repair")
            for place, (turn, codes) in enumerate(zip(session.session.turns, session.codes, strict=True)):
                kind = kind_of(turn.speaker, codes.codes)
                self.places[turn.speaker, kind, in_rupture[place]].append(len(self.right))
                self.of_speaker[turn.speaker].append(len(self.right))
                self.right.append(_is_right(table, place, codes))
                _count(seen, turn.speaker, codes, in_rupture[place], in_repair[place])
        self.stacked = {name: np.concatenate(rows) for name, rows in self.rows.items()}
        self.rates = Rates(*(with_it / max(turns, 1) for with_it, turns in seen.values()))

    def table(
        self, script: Script, draws: np.random.Generator, *, misread: float = 0.0, only_right: bool = False
    ) -> CodeTable:
        """The table of a session: each turn as the coder read one of its kind; the share `misread` as any other.

        With `only_right` from turns whose strain, repair and failure the coder read as a person coded them.
        """
        chosen = [self._draw(place, script, draws, misread, only_right) for place in range(len(script.kinds))]
        rows = {name: column[chosen] for name, column in self.stacked.items()}
        return CodeTable(codes=tuple(CODES), thresholds=self.thresholds, **rows)

    def _draw(self, place: int, script: Script, draws: np.random.Generator, misread: float, only_right: bool) -> int:
        speaker, kind, inside = speaker_of(place), script.kinds[place], script.in_rupture[place]
        if draws.random() < misread:
            return self._any(self.of_speaker[speaker], draws)
        same = self.places[speaker, kind, inside] or self.places[speaker, kind, not inside] or self.of_speaker[speaker]
        right = [donor for donor in same if self.right[donor]] if only_right else same
        return self._any(right or same, draws)

    @staticmethod
    def _any(places: list[int], draws: np.random.Generator) -> int:
        return places[int(draws.integers(len(places)))]


def script_of(
    courses: Courses, client: int, session: int, ruptures: list[TrueRupture], rates: Rates, draws: np.random.Generator
) -> Script:
    """One session (from 1) of one client turn by turn; `ruptures` are those of this client."""
    happened = courses.exchanges
    assert happened is not None
    opened, met, harmed, noticed, repaired = (
        each[session - 1, :, client]
        for each in (happened.opened, happened.met, happened.harmed, happened.noticed, happened.repaired)
    )
    length = len(opened)
    kinds = [PLAIN] * (2 * length)
    for place in np.flatnonzero(opened):
        kinds[2 * place] = "opening"
        kinds[2 * place + 1] = "met" if met[place] else "harmed" if harmed[place] else "missed"
    for place in range(0, 2 * length, 2):
        if draws.random() < rates.outside:
            kinds[place] = "withdrawal" if draws.random() < 0.5 else "confrontation"
    spans, repairs = [], []
    for each in ruptures:
        span = _span(each, session, length)
        if span is None:
            continue
        begins_here = each.began_session == session
        for place in range(span[0] - 1, span[1]):
            shows = place == span[0] if begins_here else place == span[0] - 1
            if place % 2 == 0 and (shows or draws.random() < rates.inside):
                kinds[place] = each.kind
        spans.append((*span, each.kind))
        tries = [place for place in np.flatnonzero(noticed) if span[0] - 1 <= 2 * place + 1 <= span[1] - 1]
        repairs += _play_repairs(kinds, tries, repaired, rates, draws)
    repairs = _joined(repairs)
    inside = np.zeros(2 * length, bool)
    for number, (start, end, kind) in enumerate(spans):
        # The work is together again when the repair has been taken in.
        last = max([end, *(stop for first, stop in repairs if first <= end and end < 2 * length and stop >= end)])
        spans[number] = (start, last, kind)
        inside[start - 1 : last] = True
    return Script(kinds, inside.tolist(), spans, repairs)


def speaker_of(place: int) -> str:
    """Who speaks at a place from 0: the client begins an exchange."""
    return "therapist" if place % 2 else "client"


def kind_of(speaker: str, codes: frozenset[str]) -> str:
    """What a coded turn is."""
    kinds = CLIENT if speaker == "client" else THERAPIST
    return next((kind for kind, of_kind in kinds.items() if codes & set(of_kind)), PLAIN)


def session_of(script: Script) -> Session:
    """Turns for the finder, which looks at the table alone; nothing was said."""
    turns = tuple(Turn(n, speaker_of(n - 1), TEXT, name=speaker_of(n - 1)) for n in range(1, len(script.kinds) + 1))  # type: ignore[arg-type]
    roles = Roles(therapist="therapist", client="client", how="labelled")
    return Session(id="simulated", turns=turns, roles=roles, source="simulated", format="simulated")


def _span(rupture: TrueRupture, session: int, length: int) -> tuple[int, int] | None:
    """First and last turn (from 1) in this session: from the therapist turn that set it off; None if not open here."""
    until = rupture.ended_session
    if rupture.began_session > session or (until is not None and until < session):
        return None
    start = 2 * rupture.began_exchange if rupture.began_session == session else 1
    end = 2 * length
    if until == session and rupture.ended_exchange is not None:
        end = 2 * rupture.ended_exchange if rupture.is_repaired else 0
    return (start, end) if start < end else None


def _play_repairs(
    kinds: list[str], tries: list[int], repaired: np.ndarray, rates: Rates, draws: np.random.Generator
) -> list[tuple[int, int]]:
    """Each taking up over some exchanges: repair turns of the therapist, and at the end of a good one, felt met."""
    spans = []
    for exchange in tries:
        first = 2 * exchange + 1
        last = min(first + 2 * REPAIR_EXCHANGES - 1, len(kinds) - 1)
        for place in range(first, last + 1, 2):
            if place == first or draws.random() < rates.repairing:
                kinds[place] = "repair"
        if repaired[exchange]:
            for place in range(first + 1, last + 1, 2):
                kinds[place] = "felt met" if place + 2 > last else "opening"
        spans.append((first + 1, last + 1))
    return spans


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Attempts that follow close upon one another are one repair."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + 2:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _inside(session: CodedSession, kind: str) -> list[bool]:
    inside = [False] * len(session.codes)
    for episode in session.episodes:
        if episode.type == kind:
            inside[episode.start - 1 : episode.end] = [True] * (episode.end - episode.start + 1)
    return inside


def _is_right(table: CodeTable, place: int, codes: TurnCodes) -> bool:
    decided = set(table.decided(place))
    return all(bool(decided & set(members)) == bool(codes.codes & set(members)) for members in GROUPS.values())


def _count(seen: dict[str, list[int]], speaker: str, codes: TurnCodes, in_rupture: bool, in_repair: bool) -> None:
    if speaker == "client":
        counter = seen["inside" if in_rupture else "outside"]
        counter[0] += bool(codes.codes & set(STRAIN))
        counter[1] += 1
    elif in_repair:
        seen["repairing"][0] += bool(codes.codes & set(REPAIR))
        seen["repairing"][1] += 1
