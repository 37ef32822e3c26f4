"""Turns under the wrong speaker's name, as recognisers leave them: found by a two-state hidden Markov model.

Hidden is whether the name at each utterance is right. Three things count: how far its words fit the other speaker
(`turn_words`); that speakers take turns, as often as they do in this file; and that names are mostly right, and that
once a name is wrong it stays wrong until the speaker changes. Forward and backward sums give each utterance's chance
to be wrong. How often speakers change is first counted from the names, then again from the names as corrected.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import exp, log, log1p

from attunement.codebook import Speaker
from attunement.transcripts.turn_words import TurnWords, shipped

# Of names, so many are wrong before anything is known; a wrong name stays while the same person speaks on.
WRONG, STAYS_WRONG = 0.03, 0.97
# From this chance on an utterance is pointed out; chosen by `make bench-swaps` so that a clean file hardly ever is.
DOUBTFUL = 0.95
# With fewer utterances neither the words nor the taking of turns say enough.
FEWEST = 15
# Where a turn is cut into captions, as told by names that mostly stay, the words of one are too few: of swapped ones
# one in twenty was found, and a clean session of eight suspected.
MOST_SAME = 0.35
ROUNDS = 3
LEAST_SAME = 0.02

Pair = tuple[float, float]


def doubtful(texts: Sequence[str], speakers: Sequence[Speaker], words: TurnWords | None = None) -> list[int]:
    """The places (from 0) of utterances that probably have the wrong speaker; none where that cannot be told."""
    if len(texts) < FEWEST or _share_same([speaker == "therapist" for speaker in speakers]) > MOST_SAME:
        return []
    return [place for place, chance in enumerate(chances_wrong(texts, speakers, words)) if chance >= DOUBTFUL]


def chances_wrong(texts: Sequence[str], speakers: Sequence[Speaker], words: TurnWords | None = None) -> list[float]:
    """For each utterance the chance that it is the other one's."""
    judge = words or shipped()
    therapist = [speaker == "therapist" for speaker in speakers]
    odds = [judge.log_odds(text) for text in texts]
    fits = [
        (_log_sigmoid(x), _log_sigmoid(-x)) if by else (_log_sigmoid(-x), _log_sigmoid(x))
        for x, by in zip(odds, therapist, strict=True)
    ]
    wrong = [0.0] * len(texts)
    for _ in range(ROUNDS):
        corrected = [by != (chance > 0.5) for by, chance in zip(therapist, wrong, strict=True)]
        wrong = _posterior(fits, therapist, _share_same(corrected))
    return wrong


def _share_same(who: Sequence[bool]) -> float:
    """How often the same person speaks again in the next utterance."""
    same = sum(first == second for first, second in pairwise(who))
    return max((same + 1) / (len(who) + 2), LEAST_SAME)


def _posterior(fits: Sequence[Pair], therapist: Sequence[bool], same: float) -> list[float]:
    """The chance of the state "wrong"; `fits` are log-likelihoods of the words if the name is right, if it is wrong."""
    go_on, change = _steps(same)
    steps = [go_on if first == second else change for first, second in pairwise(therapist)]
    forward = [(log(1 - WRONG) + fits[0][0], log(WRONG) + fits[0][1])]
    for step, fit in zip(steps, fits[1:], strict=True):
        last = forward[-1]
        forward.append(
            (
                _add(last[0] + step[0][0], last[1] + step[1][0]) + fit[0],
                _add(last[0] + step[0][1], last[1] + step[1][1]) + fit[1],
            )
        )
    backward: list[Pair] = [(0.0, 0.0)]
    for step, fit in zip(reversed(steps), reversed(fits[1:]), strict=True):
        right, wrong = backward[-1][0] + fit[0], backward[-1][1] + fit[1]
        backward.append((_add(step[0][0] + right, step[0][1] + wrong), _add(step[1][0] + right, step[1][1] + wrong)))
    return [
        1 / (1 + exp(min(max(before[0] + after[0] - before[1] - after[1], -50.0), 50.0)))
        for before, after in zip(forward, reversed(backward), strict=True)
    ]


def _steps(same: float) -> tuple[tuple[Pair, Pair], tuple[Pair, Pair]]:
    """Log-probabilities of right or wrong after right or wrong, where the name stays and where it changes.

    Where the name stays, right after right (or wrong after wrong) means that the same person speaks on; right after
    wrong that the other one does. Where it changes it is the other way round.
    """
    starts_wrong = WRONG * (1 - STAYS_WRONG)
    on: tuple[Pair, Pair] = (
        (log(same * (1 - starts_wrong)), log((1 - same) * WRONG)),
        (log((1 - same) * (1 - WRONG)), log(same * STAYS_WRONG)),
    )
    over: tuple[Pair, Pair] = (
        (log((1 - same) * (1 - WRONG)), log(same * starts_wrong)),
        (log(same * (1 - STAYS_WRONG)), log((1 - same) * WRONG)),
    )
    return on, over


def _log_sigmoid(x: float) -> float:
    return -log1p(exp(-x)) if x > 0 else x - log1p(exp(x))


def _add(first: float, second: float) -> float:
    """The logarithm of a sum of exponentials."""
    high, low = max(first, second), min(first, second)
    return high + log1p(exp(low - high))
