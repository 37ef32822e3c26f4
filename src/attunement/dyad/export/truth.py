"""What only the model knows: states and events by client, session and rupture."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from attunement.dyad.export.columns import Names, attended, numbers
from attunement.dyad.export.points import Points
from attunement.dyad.export.ruptures import true_ruptures
from attunement.dyad.export.study import Study

KINDS = np.array(["none", "withdrawal", "confrontation"])


def clients_frame(study: Study, points: Points, names: Names) -> pd.DataFrame:
    """A row a client: with whom, under which condition, how it began and ended."""
    courses, own = study.courses, points.instrument.name
    last = courses.sessions_attended - 1, np.arange(courses.dyads)
    return pd.DataFrame(
        {
            "client": names.client,
            "therapist": names.therapist,
            "clinic": names.clinic,
            "condition": study.condition,
            "sessions": courses.sessions_attended,
            "dropped_out": courses.dropped_out,
            "therapist_changed": courses.changed[last],
            f"{own}_first": numbers(points.of(courses.first), points.decimals),
            f"{own}_last": numbers(points.of(courses.last), points.decimals),
            "safety_first": _rounded(courses.start.safety),
            "safety_last": _rounded(courses.state.safety[last]),
            "expectation_first": _rounded(courses.start.expectation),
            "expectation_last": _rounded(courses.state.expectation[last]),
            "ruptures": (courses.counts.withdrawals.astype(int) + courses.counts.confrontations).sum(0),
            "repaired": courses.counts.repaired.sum(0, dtype=int),
        }
    )


def sessions_frame(study: Study, names: Names) -> pd.DataFrame:
    """A row a session held: the state at its end, and how often what happened in it."""
    courses, counts, state = study.courses, study.courses.counts, study.courses.state
    when, who = attended(study)
    return pd.DataFrame(
        {
            "client": names.client[who],
            "therapist": names.therapist[who],
            "clinic": names.clinic[who],
            "condition": study.condition[who],
            "session": when + 1,
            "safety": _rounded(state.safety[when, who]),
            "expectation": _rounded(state.expectation[when, who]),
            "strain": _rounded(state.strain[when, who]),
            "distress": _rounded(state.distress[when, who]),
            "rupture_open": KINDS[state.rupture[when, who]],
            "openings": counts.opened[when, who],
            "met": counts.met[when, who],
            "harmed": counts.harmed[when, who],
            "missed": (counts.opened.astype(int) - counts.met - counts.harmed)[when, who],
            "withdrawals": counts.withdrawals[when, who],
            "confrontations": counts.confrontations[when, who],
            "taken_up": counts.noticed[when, who],
            "repaired": counts.repaired[when, who],
            "failed": counts.failed[when, who],
            "off_track": courses.off_track[when, who],
            "therapist_changed": courses.changed[when, who],
            "left_after": courses.left[when, who],
        }
    )


def ruptures_frame(study: Study, names: Names) -> pd.DataFrame:
    """A row a rupture; NA where it was never noticed or never ended."""
    found = true_ruptures(study.courses)
    who = np.array([each.client for each in found], int)
    numbers = ("noticed_session", "noticed_exchange", "ended_session", "ended_exchange")
    at = {name: pd.array([getattr(each, name) for each in found], dtype="Int64") for name in numbers}
    return pd.DataFrame(
        {
            "client": names.client[who],
            "therapist": names.therapist[who],
            "condition": study.condition[who],
            "kind": [each.kind for each in found],
            "began_session": [each.began_session for each in found],
            "began_exchange": [each.began_exchange for each in found],
            "noticed": [each.attempts > 0 for each in found],
            "attempts": [each.attempts for each in found],
            "noticed_session": at["noticed_session"],
            "noticed_exchange": at["noticed_exchange"],
            "repaired": [each.is_repaired for each in found],
            "ended_session": at["ended_session"],
            "ended_exchange": at["ended_exchange"],
        }
    )


def _rounded(values: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.round(np.asarray(values, float), 4)
