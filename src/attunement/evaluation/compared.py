"""Human codes and the coder's answers side by side, turn by turn over all sessions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attunement.codebook import CLIENT_TALK, CODES, EMPATHY_MECHANISMS, THERAPIST_BEHAVIOUR, Speaker
from attunement.coder.table import CodeTable
from attunement.evaluation.coded import CodedSession, TurnCodes
from attunement.evaluation.groups import GROUPS
from attunement.evaluation.metrics import AnyArray, Floats, Integers

Booleans = npt.NDArray[np.bool_]

NOT_CODED = -1
DEGREES = ("0", "1", "2")
# What is judged on several levels: name, levels, whether the levels are degrees of one thing.
SCALES = (
    ("experiencing", DEGREES, True),
    *((f"empathy_{mechanism}", DEGREES, True) for mechanism in EMPATHY_MECHANISMS),
    ("therapist_behaviour", THERAPIST_BEHAVIOUR, False),
    ("client_talk", CLIENT_TALK, False),
)


@dataclass(frozen=True, slots=True)
class Presence:
    """A code (or group of codes) on every turn of the speaker it applies to; all arrays are (turns,).

    `case` numbers the cases from 0. The probability of a group is that of its likeliest code: good for ranking turns,
    no calibrated chance of the group.
    """

    name: str
    label: str
    speaker: Speaker
    case: Integers
    human: Booleans
    decided: Booleans
    probability: Floats


@dataclass(frozen=True, slots=True)
class Scale:
    """A judgement on several levels, on the turns where human and coder both gave one; arrays are (turns,)."""

    name: str
    levels: tuple[str, ...]
    is_ordered: bool
    case: Integers
    human: Integers
    coder: Integers

    @property
    def label(self) -> str:
        """The name as people say it: `empathy_reaction` becomes `empathy reaction`."""
        return self.name.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Compared:
    """All sessions of a set end to end.

    Shapes: `case` and `is_client` (turns,); `human`, `decided`, `probability` (turns, codes) in the codebook's order;
    `human_levels` and `coder_levels` (turns, scales) in the order of `SCALES`, `NOT_CODED` where there is none.
    """

    cases: int
    case: Integers
    is_client: Booleans
    human: Booleans
    decided: Booleans
    probability: Floats
    human_levels: Integers
    coder_levels: Integers

    def codes(self) -> Iterator[Presence]:
        """Every code of the codebook, in its order."""
        for name, code in CODES.items():
            yield self._presence(name, code.label, code.speaker, (name,))

    def groups(self) -> Iterator[Presence]:
        """Every group of codes, in the order of `groups.GROUPS`."""
        for group in GROUPS:
            yield self._presence(group.name, group.label, group.speaker, group.codes)

    def scales(self) -> Iterator[Scale]:
        """Everything judged on several levels, in the order of `SCALES`."""
        for (name, levels, is_ordered), human, coder in zip(
            SCALES, self.human_levels.T, self.coder_levels.T, strict=True
        ):
            rows = (human != NOT_CODED) & (coder != NOT_CODED)
            yield Scale(name, levels, is_ordered, self.case[rows], human[rows], coder[rows])

    def _presence(self, name: str, label: str, speaker: Speaker, codes: tuple[str, ...]) -> Presence:
        columns = [list(CODES).index(code) for code in codes]
        probability: Floats = np.fmax.reduce(self.probability[:, columns], axis=1)
        human: Booleans = np.logical_or.reduce(self.human[:, columns], axis=1)
        decided: Booleans = np.logical_or.reduce(self.decided[:, columns], axis=1)
        rows = (self.is_client == (speaker == "client")) & ~np.isnan(probability)
        return Presence(name, label, speaker, self.case[rows], human[rows], decided[rows], probability[rows])


def case_numbers(coded: Sequence[CodedSession]) -> Integers:
    """For each session the number of its case, counted from 0 in order of appearance."""
    number = {case: place for place, case in enumerate(dict.fromkeys(session.case for session in coded))}
    return np.array([number[session.case] for session in coded], dtype=np.int64)


def compare(coded: Sequence[CodedSession], tables: Sequence[CodeTable]) -> Compared:
    """Put sessions and the coder's tables, one each and in the same order, side by side.

    Raises:
        ValueError: when a table has another number of rows than its session has turns.
    """
    for session, table in zip(coded, tables, strict=True):
        if len(table) != len(session.codes):
            raise ValueError(f"{session.session.id}: {len(session.codes)} coded turns, {len(table)} rows in the table.")
    case = case_numbers(coded)
    turns = [turn for session in coded for turn in session.codes]
    return Compared(
        cases=int(case.max()) + 1,
        case=np.repeat(case, [len(session.codes) for session in coded]),
        is_client=np.array([turn.speaker == "client" for s in coded for turn in s.session.turns], dtype=np.bool_),
        human=np.array([[code in turn.codes for code in CODES] for turn in turns], dtype=np.bool_),
        decided=np.concatenate([_decided(table) for table in tables]),
        probability=np.concatenate([_probabilities(table) for table in tables]),
        human_levels=np.array([_human_levels(turn) for turn in turns], dtype=np.int64),
        coder_levels=np.concatenate([_coder_levels(table) for table in tables]),
    )


def _probabilities(table: CodeTable) -> Floats:
    """The table's columns in the order of the codebook; NaN for codes it does not have."""
    absent = np.full(len(table), np.nan)
    columns = [table.column(code) if code in table.codes else absent for code in CODES]
    return np.stack(columns, axis=1).astype(np.float64)


def _decided(table: CodeTable) -> Booleans:
    decisions, absent = table.decisions, np.zeros(len(table), np.bool_)
    columns = [decisions[:, table.codes.index(code)] if code in table.codes else absent for code in CODES]
    return np.stack(columns, axis=1)


def _human_levels(turn: TurnCodes) -> tuple[int, ...]:
    return (
        NOT_CODED if turn.experiencing is None else turn.experiencing,
        *(turn.empathy or (NOT_CODED,) * len(EMPATHY_MECHANISMS)),
        NOT_CODED if turn.therapist_behaviour is None else THERAPIST_BEHAVIOUR.index(turn.therapist_behaviour),
        NOT_CODED if turn.client_talk is None else CLIENT_TALK.index(turn.client_talk),
    )


def _coder_levels(table: CodeTable) -> Integers:
    mechanisms = (table.empathy[:, index] for index in range(len(EMPATHY_MECHANISMS)))
    scales = (table.experiencing, *mechanisms, table.therapist_behaviour, table.client_talk)
    return np.stack([_likeliest(levels) for levels in scales], axis=1)


def _likeliest(probabilities: AnyArray) -> Integers:
    applies = ~np.isnan(probabilities).any(axis=1)
    return np.where(applies, np.nan_to_num(probabilities).argmax(axis=1), NOT_CODED).astype(np.int64)
