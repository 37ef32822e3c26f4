"""How often findings were right, as the therapists said to whom they were shown.

Only what was shown could be judged: it says nothing of what was missed. `feedback_file` has the file that a clinic
writes of it, without a word of any session.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Literal, get_args

from attunement.episodes.moments import wilson
from attunement.errors import InputError
from attunement.evaluation.trust import FEWEST_EXAMPLES

SCHEMA = "attunement/feedback-evaluation/1"
Kind = Literal["rupture", "repair", "corrective", "insight", "missed", "met"]
Answer = Literal["accepted", "corrected", "dismissed"]
Fit = Literal["fits", "too sure", "not sure enough", "cannot tell"]
KINDS, ANSWERS = get_args(Kind), get_args(Answer)
# The bounds of the words in which a probability is told: a weak sign, more likely than not, likely, very likely.
BANDS = (0.0, 0.5, 0.65, 0.85, 1.0)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One verdict on one finding. `session` is a number drawn by chance, the same for all verdicts on one session.

    `probability` (0–1) is what was stated beside the finding, None where nothing was; `coder` the version that said so.
    """

    session: int
    finding: Kind
    start: int
    end: int
    probability: float | None
    verdict: Answer
    coder: str


@dataclass(frozen=True, slots=True)
class Share:
    """So many `of` so many, as a rate with its 95 % interval (Wilson, 1927); both None of none."""

    count: int
    of: int
    rate: float | None
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What was said to findings of one kind, or of one band of probabilities (`name`).

    `stated` is the mean probability stated beside them, None where nothing was. `fit` compares it with the share
    accepted: "too sure" when it lies above the interval; "cannot tell" under 20 verdicts.
    """

    name: str
    accepted: Share
    corrected: Share
    dismissed: Share
    stated: float | None
    fit: Fit


@dataclass(frozen=True, slots=True)
class OfCoder:
    """All that was said to one version of the coder."""

    coder: str
    sessions: int
    verdicts: int
    kinds: tuple[Judged, ...]
    bands: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class FeedbackEvaluation:
    """One part for each version of the coder, the one most often judged first."""

    sessions: int
    verdicts: int
    coders: tuple[OfCoder, ...]

    def to_json(self) -> str:
        """One JSON object; what cannot be told is null."""
        figures = {"schema": SCHEMA, **asdict(self), "caveats": list(CAVEATS)}
        return json.dumps(figures, ensure_ascii=False, allow_nan=False, indent=1)


CAVEATS = (
    "Only findings that were shown could be judged: how much was missed (recall) cannot be known from this.",
    "Who judges has read the finding first, and may see it because it was said; shares accepted are rather too high.",
    "Not every finding was judged, and those that were are no chance sample.",
    "Verdicts of one person, or on one session, are alike; the intervals treat each as its own and are too narrow.",
)


def evaluate_feedback(judgements: Sequence[Judgement]) -> FeedbackEvaluation:
    """How often findings of each kind were accepted, corrected and dismissed, and whether stated probabilities fit.

    Raises:
        InputError: when there is no verdict.
    """
    if not judgements:
        raise InputError("no verdicts in the file yet; it can be written again when findings have been judged.")
    versions = {each.coder for each in judgements}
    parts = [_of_coder(coder, [each for each in judgements if each.coder == coder]) for coder in sorted(versions)]
    return FeedbackEvaluation(
        sessions=_sessions(judgements),
        verdicts=len(judgements),
        coders=tuple(sorted(parts, key=lambda part: -part.verdicts)),
    )


def _of_coder(coder: str, judgements: Sequence[Judgement]) -> OfCoder:
    by_kind = ((kind, [each for each in judgements if each.finding == kind]) for kind in KINDS)
    return OfCoder(
        coder=coder,
        sessions=_sessions(judgements),
        verdicts=len(judgements),
        kinds=tuple(_judged(kind, found) for kind, found in by_kind if found),
        bands=tuple(_judged(name, found) for name, found in _by_band(judgements) if found),
    )


def _by_band(judgements: Sequence[Judgement]) -> Iterable[tuple[str, list[Judgement]]]:
    for low, high in pairwise(BANDS):
        is_last = high == BANDS[-1]
        within = [
            each
            for each in judgements
            if each.probability is not None and low <= each.probability and (is_last or each.probability < high)
        ]
        yield f"{low:.0%}–{high:.0%}", within


def _judged(name: str, judgements: Sequence[Judgement]) -> Judged:
    accepted, corrected, dismissed = (
        _share(sum(each.verdict == answer for each in judgements), len(judgements)) for answer in ANSWERS
    )
    stated = [each for each in judgements if each.probability is not None]
    mean = sum(each.probability or 0.0 for each in stated) / len(stated) if stated else None
    held = _share(sum(each.verdict == "accepted" for each in stated), len(stated))
    return Judged(name, accepted, corrected, dismissed, mean, _fit(mean, held))


def _fit(stated: float | None, held: Share) -> Fit:
    if stated is None or held.interval is None or held.of < FEWEST_EXAMPLES:
        return "cannot tell"
    low, high = held.interval
    return "too sure" if stated > high else "not sure enough" if stated < low else "fits"


def _share(count: int, of: int) -> Share:
    return Share(count, of, count / of, wilson(count / of, of)) if of else Share(count, of, None, None)


def _sessions(judgements: Sequence[Judgement]) -> int:
    return len({each.session for each in judgements})
