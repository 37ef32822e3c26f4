"""How far the coder agrees with people on a coded set, and what that means for using it there."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from attunement.coder.table import CodeTable
from attunement.episodes.model import SessionReading
from attunement.errors import InputError
from attunement.evaluation import tables as figures
from attunement.evaluation import trust
from attunement.evaluation.bootstrap import RESAMPLES, RESAMPLES_OF_RANKING, Bootstrap
from attunement.evaluation.coded import CodedSession
from attunement.evaluation.compared import case_numbers, compare
from attunement.evaluation.episodes import AnyEpisode
from attunement.evaluation.second import as_table
from attunement.evaluation.trust import Caution, Trust
from attunement.transcripts.session import Session

SCHEMA = "attunement/evaluation/1"


@dataclass(frozen=True)
class Evaluation:
    """Figures as data frames, one row a thing judged, and the cautions that follow from them.

    Each figure `x` comes with `x_low` and `x_high`, its 95 % interval over `cases`; NaN says that it cannot be told.
    `trust` answers for each row, in the words of `evaluation.trust`. `episodes` is empty when none were compared.
    """

    sessions: int
    cases: int
    turns: int
    resamples: int
    seed: int
    groups: pd.DataFrame
    codes: pd.DataFrame
    scales: pd.DataFrame
    levels: pd.DataFrame
    episodes: pd.DataFrame
    cautions: tuple[Caution, ...]

    def to_json(self) -> str:
        """One JSON object; figures that cannot be told are null."""
        return json.dumps(
            {
                "schema": SCHEMA,
                "sessions": self.sessions,
                "cases": self.cases,
                "turns": self.turns,
                "bootstrap": {
                    "unit": "case",
                    "resamples": self.resamples,
                    "resamples_of_average_precision": min(self.resamples, RESAMPLES_OF_RANKING),
                    "seed": self.seed,
                },
                "groups": _records(self.groups),
                "codes": _records(self.codes),
                "scales": _records(self.scales),
                "levels": _records(self.levels),
                "episodes": _records(self.episodes),
                "cautions": [
                    {"reason": caution.reason, "about": list(caution.about), "sentence": caution.sentence}
                    for caution in self.cautions
                ],
            },
            ensure_ascii=False,
            allow_nan=False,
            indent=1,
        )


def evaluate(
    coded: Sequence[CodedSession],
    read: Callable[[Session], SessionReading],
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Evaluation:
    """Read every session and compare the reading with what people coded."""
    readings = [read(session.session) for session in coded]
    episodes = [(*reading.ruptures, *reading.repairs, *reading.correctives) for reading in readings]
    return evaluate_tables(coded, [reading.table for reading in readings], episodes, resamples=resamples, seed=seed)


def evaluate_tables(
    coded: Sequence[CodedSession],
    tables: Sequence[CodeTable],
    episodes: Sequence[Sequence[AnyEpisode]] | None = None,
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Evaluation:
    """As `evaluate`, from answers already at hand: one table (and list of episodes) a session, in the same order.

    Raises:
        InputError: when there is no session to compare.
    """
    if not any(session.codes for session in coded):
        raise InputError("No coded turns to compare with.")
    compared = compare(coded, tables)
    cases = compared.cases
    bootstrap = Bootstrap.over(cases, resamples=resamples, seed=seed)
    codes = figures.presence_table(compared.codes(), bootstrap, calibrated=True)
    groups = figures.presence_table(compared.groups(), bootstrap, calibrated=False)
    judged = {
        "codes": _with_trust(codes, trust.presence_trust),
        "groups": _with_trust(groups, trust.presence_trust),
        "scales": _with_trust(figures.scale_table(compared.scales(), bootstrap), trust.scale_trust),
        "episodes": _with_trust(_episodes(coded, episodes, bootstrap), trust.episode_trust),
    }
    return Evaluation(
        sessions=len(coded),
        cases=cases,
        turns=len(compared.case),
        resamples=len(bootstrap.weights),
        seed=seed,
        levels=figures.level_table(compared.scales(), bootstrap),
        cautions=trust.cautions(**judged, cases=cases),
        **judged,
    )


def agreement(first: Sequence[CodedSession], second: Sequence[CodedSession], *, seed: int = 0) -> Evaluation:
    """How far two people agree on the sessions both coded (same id): the most a coder could be asked for.

    Raises:
        InputError: when they share no session.
    """
    theirs = {session.session.id: session for session in second}
    shared = [session for session in first if session.session.id in theirs]
    if not shared:
        raise InputError("The two coders share no session: give their files the same names, or the same '# id:'.")
    others = [theirs[session.session.id] for session in shared]
    for one, other in zip(shared, others, strict=True):
        if len(one.codes) != len(other.codes):
            raise InputError(f"{one.session.id}: the two coders have not the same turns; code the same transcript.")
    return evaluate_tables(shared, [as_table(other) for other in others], [o.episodes for o in others], seed=seed)


def _episodes(
    coded: Sequence[CodedSession], found: Sequence[Sequence[AnyEpisode]] | None, bootstrap: Bootstrap
) -> pd.DataFrame:
    marked = [session.episodes for session in coded]
    if found is None:
        # No row, but the columns, so that an empty table can be asked the same questions as a full one.
        return figures.episode_table(marked, marked, case_numbers(coded), bootstrap).iloc[:0]
    return figures.episode_table(marked, found, case_numbers(coded), bootstrap)


def _with_trust(table: pd.DataFrame, judge: Callable[[Any], Trust]) -> pd.DataFrame:
    return table.assign(trust=[judge(row) for row in figures.rows(table)])


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(key): None if isinstance(value, float) and np.isnan(value) else value for key, value in record.items()}
        for record in table.to_dict(orient="records")
    ]
