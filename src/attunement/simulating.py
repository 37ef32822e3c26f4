"""The third verb: therapies that never happened, with the truth about them; and how large a study must be."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attunement.reading import PLAIN_WIDTH

# What the verbs need is imported when they are called: importing attunement takes no time and needs no jax.
if TYPE_CHECKING:
    import pandas as pd

    from attunement.dyad.conditions import Condition
    from attunement.dyad.export.study import Assigned, Study
    from attunement.dyad.export.tables import Layout, Tables
    from attunement.dyad.power import PowerResult


def simulate(
    clients: int = 100,
    *,
    conditions: str | Sequence[str | Condition] = "usual",
    assigned: Assigned = "therapists",
    clients_each: int = 20,
    therapists_each: int = 10,
    sessions: int = 20,
    exchanges: int = 40,
    questionnaire: str = "core10",
    layout: Layout = "wide",
    missing: float = 0.0,
    parameters: Mapping[str, float] | None = None,
    seed: int = 0,
) -> Simulation:
    """Simulate a clinic, or with several conditions a trial: `answers` as a clinic has them, and the hidden truth.

    Args:
        clients: in all.
        conditions: `usual`, `feedback`, `support`, `training`, `insight`, `change`; several make the arms of a trial.
        assigned: whether whole `therapists` or single `clients` get a condition by chance.
        clients_each: clients of one therapist.
        therapists_each: therapists of one clinic.
        sessions: planned; clients may leave before.
        exchanges: in each session.
        questionnaire: of distress, from the catalogue; answers are scaled to its published clinical sample.
        layout: of the answers, `wide` (a row a session) or `long` (a row an answer).
        missing: share of questionnaires and of check-ins that are not handed in, by chance alone.
        parameters: of the model, by name, in place of the calibrated defaults.
        seed: all chance comes from it.

    Raises:
        InputError: when jax is missing, a number is impossible, or a name unknown.
    """
    from attunement.dyad.export import check_answers, enrol, tables_of
    from attunement.dyad.parameters import NAMES
    from attunement.dyad.parameters import parameters as with_changes

    chosen = with_changes(**dict(parameters or {}))
    check_answers(questionnaire, layout, missing)
    arms = (conditions,) if isinstance(conditions, str) else tuple(conditions)
    size: dict[str, Any] = {
        "assigned": assigned,
        "clients_each": clients_each,
        "therapists_each": therapists_each,
        "sessions": sessions,
        "exchanges": exchanges,
        "seed": seed,
    }
    study = enrol(clients, conditions=arms, parameters=chosen, **size)
    shown: dict[str, Any] = {"questionnaire": questionnaire, "layout": layout, "missing": missing}
    tables = tables_of(study, parameters=chosen, **shown)
    recipe: dict[str, Any] = {"clients": clients, "conditions": list(study.conditions), **size, **shown}
    recipe["parameters"] = dict(zip(NAMES, map(float, chosen), strict=True))
    return Simulation(study, tables, recipe)


def power(
    effect: str,
    outcome: str = "distress",
    *,
    therapists: Sequence[int] = (20, 40),
    clients_each: Sequence[int] = (5, 10, 20),
    randomised: str | None = None,
    studies: int = 200,
    sessions: int = 20,
    exchanges: int = 40,
    level: float = 0.05,
    wanted: float = 0.8,
    parameters: Mapping[str, float] | None = None,
    seed: int = 0,
) -> Power:
    """How often studies of several sizes find the effect of `effect` on `outcome`, if therapy is as the model has it.

    Args:
        effect: a condition (`training`, `feedback`, `support`, `insight`, `change`) against usual therapy, or what is
            measured of each client (`alliance`, `empathy`, `repair`).
        outcome: `distress`, `drop-out`, `alliance` or `open-rupture` (ending with a rupture that nobody repaired).
        therapists: numbers to try, in all arms together.
        clients_each: numbers of clients a therapist to try.
        randomised: `therapists` or `clients`; clients where nothing is said, unless therapists are trained.
        studies: simulated for each size.
        sessions: planned; clients may leave before.
        exchanges: in each session.
        level: of the two-sided test.
        wanted: the power that is aimed at.
        parameters: of the model, by name, in place of the calibrated defaults.
        seed: all chance comes from it.

    Raises:
        InputError: when jax is missing, such a study cannot be done, a number is impossible, or a name unknown.
    """
    from attunement.dyad import power as simulated
    from attunement.dyad.parameters import parameters as with_changes

    plan = simulated.Plan(
        simulated.question(effect, outcome, randomised),
        therapists=therapists,
        clients_each=clients_each,
        studies=studies,
        sessions=sessions,
        exchanges=exchanges,
        level=level,
        wanted=wanted,
        parameters=with_changes(**dict(parameters or {})),
        seed=seed,
    )
    return Power(simulated.power(plan))


class Simulation:
    """A simulated clinic or trial. Tables are data frames; `study.courses` holds the raw arrays.

    `answers` and `outcomes` are what a clinic would know; `clients`, `sessions` and `ruptures` the truth about them.
    """

    def __init__(self, study: Study, tables: Tables, recipe: dict[str, Any]) -> None:
        self.study = study
        self.tables = tables
        self.recipe = recipe

    @property
    def answers(self) -> pd.DataFrame:
        """A row a session held (or an answer, in the long form): client, session, date, questionnaire, check-in."""
        return self.tables.answers

    @property
    def outcomes(self) -> pd.DataFrame:
        """A row a client and time, `before` and `after`, with therapist, clinic and condition."""
        return self.tables.outcomes

    @property
    def clients(self) -> pd.DataFrame:
        """A row a client: how it began and ended, how many ruptures, how many repaired."""
        return self.tables.clients

    @property
    def sessions(self) -> pd.DataFrame:
        """A row a session held: safety, expectation, strain, and what happened."""
        return self.tables.sessions

    @property
    def ruptures(self) -> pd.DataFrame:
        """A row a rupture: kind, when it began, whether it was noticed and repaired, when it ended."""
        return self.tables.ruptures

    def write(
        self, folder: str | Path, *, folders: bool = False, parquet: bool = False, overwrite: bool = False
    ) -> list[Path]:
        """Write everything below `folder` (docs/simulate.md says how it is laid out); the paths written.

        Raises:
            InputError: when files would be lost, the folder cannot be written, or pyarrow is missing for Parquet.
        """
        from attunement import __version__
        from attunement.dyad.export import write_study

        recipe = {"schema": "attunement/simulation/1", "attunement": __version__, "note": NOBODY, **self.recipe}
        return write_study(
            self.tables, Path(folder), recipe=recipe, folders=folders, parquet=parquet, overwrite=overwrite
        )

    def __repr__(self) -> str:
        """Counts."""
        courses = self.study.courses
        return (
            f"<Simulation: {courses.dyads} clients, {int(courses.attended.sum())} sessions, "
            f"{len(self.ruptures)} ruptures, {' and '.join(self.study.conditions)}>"
        )


class Power:
    """Power of every size of study that was tried: prints as a table, shows itself as a picture in notebooks."""

    def __init__(self, result: PowerResult) -> None:
        self.result = result

    @property
    def table(self) -> pd.DataFrame:
        """A row a size: power and its Monte-Carlo interval, how often nothing is taken for something, the textbook."""
        import pandas as pd

        from attunement.reports.dyad import power_rows

        return pd.DataFrame(power_rows(self.result))

    def to_json(self) -> str:
        """Everything on one line, in the format `attunement/power/1`."""
        return json.dumps(self.result.to_dict(), ensure_ascii=False, allow_nan=False)

    def to_svg(self) -> str:
        """Power over the number of clients, as a picture that fetches nothing."""
        from attunement.reports.dyad import power_svg

        return power_svg(self.result)

    def to_png(self) -> bytes:
        """The same for documents that take no SVG."""
        from attunement.reports.dyad import power_png

        return power_png(self.result)

    def _repr_html_(self) -> str:
        return self.to_svg()

    def __str__(self) -> str:
        """The table as the terminal shows it, without colours."""
        from io import StringIO

        from rich.console import Console

        from attunement.reports.dyad import render_power

        console = Console(file=StringIO(), width=PLAIN_WIDTH, color_system=None)
        with console.capture() as captured:
            render_power(self.result, console)
        return captured.get()

    def __repr__(self) -> str:
        """What was asked, and how much was simulated."""
        asked = self.result.question
        return (
            f"<Power: {asked.effect} on {asked.outcome}, {len(self.result.cells)} sizes, {self.result.studies} studies>"
        )


NOBODY = "Simulated by a model of the therapeutic relationship; no line describes a person."
