"""What a clinic would know: answers of sessions, and the questionnaire before and after therapy."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from attunement.dyad.export.check_in import check_in_answers
from attunement.dyad.export.columns import Names, attended, numbers
from attunement.dyad.export.points import Points
from attunement.dyad.export.study import ITEMS, MISSING, Study
from attunement.dyad.parameters import Parameters

FIRST_DAY, BETWEEN = date(2025, 1, 6), timedelta(weeks=1)


def answers_frame(study: Study, points: Points, names: Names, missing: float, parameters: Parameters) -> pd.DataFrame:
    """A row a session held, once a week: the questionnaire before it, the check-in after it."""
    courses = study.courses
    items = check_in_answers(courses, study.chance(ITEMS), open_withdrawn=float(parameters.open_withdrawn))
    asked = {points.instrument.name: points.of(courses.reports.questionnaire), **items}
    lost = study.chance(MISSING).random((courses.dyads, courses.sessions, 2)).transpose(1, 0, 2) < missing
    when, who = attended(study)
    frame = {"client": names.client[who], "session": when + 1, "date": [(FIRST_DAY + BETWEEN * int(n)) for n in when]}
    for place, (name, values) in enumerate(asked.items()):
        decimals = points.decimals if place == 0 else 0
        frame[name] = numbers(np.where(lost[..., min(place, 1)], np.nan, values)[when, who], decimals)
    return pd.DataFrame(frame)


def long_frame(wide: pd.DataFrame, points: Points) -> pd.DataFrame:
    """A row an answer that was given."""
    own = points.instrument.name
    rows = wide.melt(id_vars=["client", "session", "date"], var_name="item", value_name="value", ignore_index=False)
    rows = rows.dropna(subset=["value"]).sort_index(kind="stable").reset_index(drop=True)
    rows.insert(3, "instrument", np.where(rows["item"] == own, own, "check_in"))
    rows["item"] = rows["item"].where(rows["item"] != own, "total")
    return rows


def outcomes_frame(study: Study, points: Points, names: Names) -> pd.DataFrame:
    """Two rows a client: the questionnaire at intake and after the last session attended."""
    courses = study.courses
    scores = np.stack([points.of(courses.first), points.of(courses.last)], axis=1)
    return pd.DataFrame(
        {
            "client": np.repeat(names.client, 2),
            "therapist": np.repeat(names.therapist, 2),
            "clinic": np.repeat(names.clinic, 2),
            "condition": np.repeat(study.condition, 2),
            "time": np.tile(["before", "after"], courses.dyads),
            points.instrument.name: numbers(scores.ravel(), points.decimals),
        }
    )
