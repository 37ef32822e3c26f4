"""Simulated therapies as tables: answers, outcomes, and the hidden truth by client, session and rupture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd

from attunement.dyad.export.answers import answers_frame, long_frame, outcomes_frame
from attunement.dyad.export.columns import Names
from attunement.dyad.export.points import Points, points_of
from attunement.dyad.export.study import Study
from attunement.dyad.export.truth import clients_frame, ruptures_frame, sessions_frame
from attunement.dyad.parameters import DEFAULT, Parameters
from attunement.errors import InputError

Layout = Literal["wide", "long"]


@dataclass(frozen=True)
class Tables:
    """Of one study. `answers` and `outcomes` are what a clinic would know, the others what only the model knows.

    `answers`: a row a session attended (or, `long`, a row an answer). `outcomes`: a row a client and time (before,
    after). `clients`, `sessions`, `ruptures`: the truth. Missing answers and what never happened are NA.
    """

    answers: pd.DataFrame
    outcomes: pd.DataFrame
    clients: pd.DataFrame
    sessions: pd.DataFrame
    ruptures: pd.DataFrame
    points: Points


def tables_of(
    study: Study,
    *,
    questionnaire: str = "core10",
    layout: Layout = "wide",
    missing: float = 0.0,
    parameters: Parameters = DEFAULT,
) -> Tables:
    """The tables of a study.

    Args:
        study: from `enrol`.
        questionnaire: of the catalogue, any that asks how the client is.
        layout: of the answers, `wide` or `long`.
        missing: probability, 0 to below 1, that a questionnaire or a check-in is not handed in, each by itself and by
            chance alone. The outcomes are complete.
        parameters: those that the study was simulated with.

    Raises:
        InputError: when the questionnaire is unknown or asks something else, or a number or word is impossible.
    """
    points = check_answers(questionnaire, layout, missing)
    names = Names(study)
    answers = answers_frame(study, points, names, missing, parameters)
    return Tables(
        answers=answers if layout == "wide" else long_frame(answers, points),
        outcomes=outcomes_frame(study, points, names),
        clients=clients_frame(study, points, names),
        sessions=sessions_frame(study, names),
        ruptures=ruptures_frame(study, names),
        points=points,
    )


def check_answers(questionnaire: str, layout: str, missing: float) -> Points:
    """The questionnaire, when answers can be given like that; before anything is simulated.

    Raises:
        InputError: when it is unknown or asks something else, or a number or word is impossible.
    """
    if layout not in get_args(Layout):
        raise InputError(f"Answers are laid out {' or '.join(get_args(Layout))}, not {layout!r}.")
    if not 0 <= missing < 1:
        raise InputError(f"The share of missing answers lies from 0 to below 1, not at {missing:g}.")
    return points_of(questionnaire)
