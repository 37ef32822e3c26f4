"""The simulated people from which studies are cut: what each client contributes to an analysis.

Arrays are (studies, therapists, clients). Every study has therapists and clinics of its own, so studies are
independent; a smaller design takes the first therapists of a study and the first clients of each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attunement.dyad.courses import Courses
from attunement.dyad.facts.alliance import EARLY
from attunement.dyad.model import NONE
from attunement.dyad.population import Design
from attunement.dyad.power.plan import Plan
from attunement.dyad.power.question import USUAL
from attunement.dyad.simulate import chunks

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
THERAPISTS_IN_CLINIC = 10


@dataclass(frozen=True)
class Column:
    """One variable of every client; where `known` is False the value means nothing."""

    values: Floats
    known: Flags

    def cut(self, therapists: int, clients: int) -> Column:
        """The smaller studies within the large ones."""
        return Column(self.values[:, :therapists, :clients], self.known[:, :therapists, :clients])


@dataclass(frozen=True)
class Pool:
    """Outcome, predictor (for correlations) and intake of all clients; `treated` is the outcome under the condition."""

    usual: Column
    treated: Column | None
    predictor: Column | None
    intake: Floats

    def cut(self, therapists: int, clients: int) -> Pool:
        """The smaller studies within the large ones."""

        def part(column: Column | None) -> Column | None:
            return column and column.cut(therapists, clients)

        return Pool(
            self.usual.cut(therapists, clients), part(self.treated), part(self.predictor),
            self.intake[:, :therapists, :clients],
        )  # fmt: skip


def pool(plan: Plan) -> Pool:
    """Simulate the clients of all studies at their largest; with one seed, the same people under both conditions."""
    asked, shape = plan.question, (plan.studies, max(plan.therapists), max(plan.clients_each))
    design = _design(*shape)
    run = partial(
        chunks, design, sessions=plan.sessions, exchanges=plan.exchanges, parameters=plan.parameters, seed=plan.seed
    )

    def columns(condition: str, take: Callable[[Courses], Any]) -> list[Floats]:
        parts = [take(part) for part in run(condition=condition)]
        return [np.concatenate(column).reshape(shape) for column in zip(*parts, strict=True)]

    def observed(courses: Courses) -> tuple[Any, ...]:
        predictor = _predictor(asked.effect, courses) if asked.randomised is None else ()
        return (*_outcome(asked.outcome, courses), courses.first, *predictor)

    values, known, intake, *rest = columns(USUAL, observed)
    treated = None
    if asked.randomised is not None:
        treated = _column(*columns(asked.effect, lambda courses: _outcome(asked.outcome, courses)))
    return Pool(_column(values, known), treated, _column(*rest) if rest else None, intake.astype(float))


def _column(values: Floats, known: Floats) -> Column:
    return Column(np.where(known, values, 0.0).astype(float), known.astype(bool))


def _design(studies: int, therapists: int, clients_each: int) -> Design:
    therapist = np.arange(studies * therapists)
    study, place = np.divmod(therapist, therapists)
    clinics = -(-therapists // THERAPISTS_IN_CLINIC)
    clinic = study * clinics + place // THERAPISTS_IN_CLINIC
    return Design(np.repeat(therapist, clients_each), np.repeat(clinic, clients_each))


def _outcome(name: str, courses: Courses) -> tuple[Any, Any]:
    """Values, and for whom they are known."""
    everyone = np.ones(courses.dyads, bool)
    if name == "distress":
        return courses.last, everyone
    if name == "drop-out":
        return courses.dropped_out, everyone
    if name == "open-rupture":
        last = courses.sessions_attended - 1, np.arange(courses.dyads)
        return courses.state.rupture[last] != NONE, everyone
    return _early(courses.reports.rating, np.ones_like(courses.reports.rating), courses)


def _predictor(name: str, courses: Courses) -> tuple[Any, Any]:
    counts = courses.counts
    if name == "alliance":
        return _outcome("alliance", courses)
    if name == "empathy":
        return _early(counts.met.astype(float), counts.opened.astype(float), courses)
    ruptures = (counts.withdrawals.astype(int) + counts.confrontations).sum(0)
    return counts.repaired.sum(0, dtype=int) / np.maximum(ruptures, 1), ruptures > 0


def _early(above: Any, below: Any, courses: Courses) -> tuple[Any, Any]:
    """Ratio of the sums over the early sessions attended."""
    attended = courses.attended[EARLY]
    total = (below[EARLY] * attended).sum(0)
    return (above[EARLY] * attended).sum(0) / np.maximum(total, 1e-9), total > 0
