"""The model of the dyad once more, written in plain NumPy: what `make bench-dyad` compares with, and a check of both.

The equations are those of `attunement.dyad.model`, all dyads at once, an exchange at a time, in usual care.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from attunement.dyad.parameters import Parameters

Floats = NDArray[np.float32]
NONE, WITHDRAWAL, CONFRONTATION = 0, 1, 2


@dataclass(frozen=True)
class Outcome:
    """What the comparison looks at, (dyads,) each."""

    last: Floats  # questionnaire after the last session attended
    rating: Floats  # after the third session
    sessions: NDArray[np.int64]
    opened: NDArray[np.int64]
    ruptures: NDArray[np.int64]
    repaired: NDArray[np.int64]


def sigmoid(x: Floats) -> Floats:
    """The logistic function."""
    return 1 / (1 + np.exp(-x))


def logit(x: float) -> float:
    """Its inverse."""
    return float(np.log(x / (1 - x)))


def simulated(dyads: int, p: Parameters, *, sessions: int = 20, exchanges: int = 40, seed: int = 0) -> Outcome:
    """Therapies of these dyads, 20 to a therapist and 10 therapists to a clinic."""
    draw = np.random.default_rng(seed)
    therapist = np.arange(dyads) // 20

    def normal(groups: int = dyads) -> Floats:
        return draw.standard_normal(groups, np.float32)

    def of_therapist() -> Floats:
        return normal(int(therapist[-1]) + 1)[therapist]

    clinic = p.clinic_spread * normal(int(therapist[-1]) // 10 + 1)[therapist // 10]
    skill = p.skill_spread * of_therapist() + clinic
    vigilance = skill + p.skill_spread * of_therapist()
    meets = logit(p.attunement_mean) + p.attunement_spread * of_therapist() + clinic + p.fit_spread * normal()
    notices_w = sigmoid(logit(p.notices_withdrawal) + vigilance)
    notices_c = sigmoid(logit(p.notices_confrontation) + vigilance)
    repairs = sigmoid(logit(p.repairs) + skill)
    withdraws = sigmoid(logit(p.withdraws) + p.withdraws_spread * normal())
    polite = p.politeness * normal()

    s = sigmoid(logit(p.safety_mean) + p.safety_spread * normal())
    b = sigmoid(logit(p.expectation_mean) + p.expectation_spread * normal())
    t, r, d = np.zeros(dyads, np.float32), np.zeros(dyads, np.int8), normal()
    present, attended = np.ones(dyads, bool), np.zeros(dyads, np.int64)
    last = d + p.distress_error * normal()
    rating = np.full(dyads, np.nan, np.float32)
    opened, ruptures, repaired = (np.zeros(dyads, np.int64) for _ in range(3))

    for session in range(sessions):
        attended += present
        before = s, b, t, r, d
        counts = [np.zeros(dyads, np.int64) for _ in range(3)]
        a = sigmoid(meets + p.fatigue_spread * normal())
        for _ in range(exchanges):
            u, v = draw.random(dyads, np.float32), draw.random(dyads, np.float32)
            opens = sigmoid(p.open_base + p.open_safety * s - p.open_expectation * b - p.open_strain * t)
            opens = np.where(r == WITHDRAWAL, p.open_withdrawn * opens, opens)
            is_met, is_open = u < opens * a, u < opens
            is_harmed = is_open & (u >= opens * (1 - p.harm_share * (1 - a)))
            is_missed = is_open & ~is_met & ~is_harmed

            notices = np.where(r == WITHDRAWAL, notices_w, notices_c)
            taken_up = (r != NONE) * (1 - (1 - notices) * (1 - p.names_it * s))
            is_repaired = v < taken_up * repairs
            is_failed = (v < taken_up) & ~is_repaired

            teaches = p.learn * s * np.clip(1 - t, 0, 1)
            b = b - teaches * is_met * b + teaches * (p.miss_teaches * is_missed + p.harm_teaches * is_harmed) * (1 - b)
            b = b - min(p.learn * p.repair_teaches, 1.0) * is_repaired * b
            s = s + (p.safety_met * is_met + p.safety_repaired * is_repaired) * (1 - s)
            s = s - (p.safety_missed * is_missed + p.safety_harmed * is_harmed + p.safety_failed * is_failed) * s
            t = (1 - p.strain_eases) * t + p.strain_missed * is_missed + p.strain_harmed * is_harmed
            t = np.maximum(t + p.strain_failed * is_failed, p.rupture_holds * (r != NONE))
            t = np.where(is_repaired, 0, t)

            breaks = (r == NONE) & (t > 1)
            r = np.where(is_repaired, NONE, np.where(breaks, np.where(v < withdraws, WITHDRAWAL, CONFRONTATION), r))
            s, b = np.clip(s, 0, 1), np.clip(b, 0, 1)
            for count, did in zip(counts, (is_open, breaks, is_repaired), strict=True):
                count += did

        latent = p.rating_base + p.rating_safety * s - p.rating_strain * t + polite + p.rating_noise * normal()
        if session == 2:
            rating = np.where(present, 10 * sigmoid(latent), np.nan)
        is_unresolved = r != NONE
        d = d + p.relief * (b - before[1]) - p.recovery + p.distress_noise * normal()
        d = d + p.life_event_size * (draw.random(dyads) < p.life_event)
        leaves = p.leave_base + p.leave_strain * t - p.leave_safety * (s - 0.5)
        leaves = draw.random(dyads) < sigmoid(leaves + p.leave_confronted * (r == CONFRONTATION))
        t = np.where(is_unresolved, t, p.strain_kept * t)
        last = np.where(present, d + p.strain_hurts * t + p.distress_error * normal(), last)
        s, b, t, r, d = (np.where(present, new, old) for new, old in zip((s, b, t, r, d), before, strict=True))
        for total, count in zip((opened, ruptures, repaired), counts, strict=True):
            total += count * present
        present = present & ~leaves
    return Outcome(last, rating, attended, opened, ruptures, repaired)
