"""What the model infers is shown beside what was observed, and always marked as the model's."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from attunement.case.findings import CaseFindings, Point
from attunement.case.inferred import CAUTION, InferredCourse, courses_of
from attunement.reports.case import case_html, case_json, render_case
from stand_in_case import full_case


@pytest.fixture(scope="module")
def modelled() -> CaseFindings:
    def points(*values: float) -> tuple[Point, ...]:
        return tuple(Point(n, value, value - 0.1, value + 0.1) for n, value in enumerate(values, start=1))

    inferred = InferredCourse(
        safety=points(0.5, 0.6, 0.7),
        strain=points(0.2, 0.6, 0.1),
        expectation=points(0.7, 0.6, 0.5),
        next_rating=Point(4, 7.5, 5.0, 9.0),
        next_distress=None,
        questionnaire=None,
        ending_within_two=0.1,
        sources=("check-in after 3 sessions",),
        warning=None,
    )
    case = full_case()
    return replace(case, trajectories=(*case.trajectories, *courses_of(inferred)), inferred=inferred)


def test_its_lanes_say_that_they_are_the_model_s(modelled: CaseFindings) -> None:
    out = io.StringIO()
    render_case(modelled, Console(file=out, width=96), full=True)
    text = " ".join(out.getvalue().split())
    assert all(label in text for label in ("safety (model)", "strain (model)", "old belief (model)"))
    assert CAUTION in text
    assert "expects a rating of 7.5, with 80% between 5 and 9" in text


def test_the_page_and_the_json_mark_it_too(modelled: CaseFindings) -> None:
    page = case_html(modelled)
    assert CAUTION in page
    assert "Safety (model)" in page
    kinds = {each["name"]: each["kind"] for each in case_json(modelled)["trajectories"]}
    assert kinds["model_safety"] == "model"


def test_without_being_asked_no_model_is_shown() -> None:
    assert "(model)" not in case_html(full_case())
