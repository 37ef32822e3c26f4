"""Findings as they come: parts missing, too few sessions, nothing known, anything in the words."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from hypothesis import strategies as st

from attunement.case.findings import AlertKind, BeforeNext, CaseFindings, Evidence, Fit
from reports.odd_sessions import NASTY
from stand_in_case import almost_empty_case, case_of_words

STAGES = ("too_early", "growing", "steady_high", "talk_about_it", "consider_another")
RELIABLE = (None, "improved", "deteriorated", "unchanged")
CATEGORIES = (None, "recovered", "improved", "unchanged", "deteriorated", "harmed")
# Nobody says "None" or "nan" here: the tests look for these where something is missing.
WORDS = st.text(max_size=40).filter(lambda words: "None" not in words and "nan" not in words)


@st.composite
def cases(draw: st.DrawFn) -> CaseFindings:
    """The full case with odd words, and any of its parts changed or taken away."""
    full = case_of_words(draw(st.lists(st.sampled_from(NASTY) | WORDS, min_size=1, max_size=6)))
    empty = almost_empty_case()
    for part in ("trajectories", "changes", "beliefs", "threads", "hidden", "frame", "alerts"):
        if draw(st.booleans()):
            full = replace(full, **{part: getattr(empty, part)})
    if draw(st.booleans()):
        full = replace(
            full, case=replace(full.case, sessions=tuple(replace(s, reading=None) for s in full.case.sessions))
        )
    return replace(
        full,
        changes=tuple(
            replace(
                change,
                index=draw(st.none() | st.floats(-9, 9)),
                reliable=draw(st.sampled_from(RELIABLE)),
                category=draw(st.sampled_from(CATEGORIES)),
            )
            for change in full.changes
        ),
        alliance=draw(st.sampled_from([None, full.alliance, replace(full.alliance, ruptures=None, repairs=None)])),
        alerts=tuple(
            replace(
                alert,
                kind=draw(st.sampled_from(get_args(AlertKind))),
                confidence=draw(st.none() | st.floats(0, 1)),
                evidence=(Evidence(draw(st.integers(1, 99)), turns=(draw(st.integers(1, 999)),)), *alert.evidence),
            )
            for alert in full.alerts
        ),
        fit=Fit(draw(st.sampled_from(STAGES)), draw(st.none() | st.floats(-1, 1)), None, (), ()),
        before_next=draw(st.sampled_from([full.before_next, BeforeNext(1, (), (), ())])),
    )
