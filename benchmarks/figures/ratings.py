"""Whether a session's reading moves with what its client answered afterwards, over cases of several sessions."""

from __future__ import annotations

from benchmarks.case_figures.course import course_figures
from benchmarks.figures.figure import Figure
from benchmarks.held_out import Runs
from benchmarks.held_out_cases import held_out_cases

TOLD = {
    "alliance ratings after the session, by attunement": "session: attunement and the client's ratings",
    "alliance ratings after the session, by less strain": "session: less strain and the client's ratings",
    "alliance ratings after the session, by repair moves": "session: repair moves and the client's ratings",
}
NOTE = "authored data: writers let ratings follow the session; beside it how late in the therapy the session is"


def rating_figures(runs: Runs) -> list[Figure]:
    """Rank correlations over sessions, with those of the first seed; the baseline is the place in the therapy."""
    return [
        Figure(
            TOLD[found.task],
            "rank correlation",
            found.value,
            None,
            found.low,
            found.high,
            baseline=found.baseline,
            examples=found.examples,
            note=NOTE,
        )
        for found in course_figures(held_out_cases(runs.clean[0]))
        if found.task in TOLD
    ]
