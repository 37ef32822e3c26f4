"""Change as a course: the hierarchical linear model, on invented clients."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from attunement.errors import InputError
from attunement.measures.change import combined, distribution, hierarchical, prepare, prepare_repeated
from attunement.measures.change.hierarchical import fit_at, lines_of, most_likely
from attunement.measures.change.table import read_table

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[2] / "docs" / "change-example.csv"
# ranef of lme4 1.1-31: lmer(distress ~ time + (time | client)), slope over its conditional standard deviation.
LME4 = json.loads((HERE / "lme4_index_of_example.json").read_text(encoding="utf-8"))


def courses(data):
    return prepare_repeated(data, id="client", time="time", outcome="distress")


@pytest.fixture(scope="module")
def example():
    return read_table(EXAMPLE)


def test_the_index_is_that_of_lme4(example):
    found = distribution(courses(example), method="HLM").augmented
    assert dict(zip(found["id"], found["rci"], strict=True)) == pytest.approx(LME4, abs=1e-6)


def test_the_criterion_is_the_restricted_likelihood(example):
    """Computed once more with whole matrices, as a textbook writes it."""
    prepared = courses(example)
    theta = np.array([1.2, -0.3, 0.6])
    used = prepared.measurements
    design = np.column_stack([np.ones(len(used)), used["time"]])
    factor = np.array([[theta[0], 0], [theta[1], theta[2]]])
    same_client = used["client"].to_numpy()[:, None] == used["client"].to_numpy()[None, :]
    covariance = np.eye(len(used)) + same_client * (design @ factor @ factor.T @ design.T)
    inverse = np.linalg.inv(covariance)
    scores = used["outcome"].to_numpy()
    information = design.T @ inverse @ design
    line = np.linalg.solve(information, design.T @ inverse @ scores)
    rest, freedom = scores - design @ line, len(used) - 2
    variance = rest @ inverse @ rest / freedom
    determinants = np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(information)[1]
    fit = fit_at(lines_of(prepared), theta)
    assert fit.criterion == pytest.approx(determinants + freedom * (1 + np.log(2 * np.pi * variance)), abs=1e-8)
    assert (fit.intercept, fit.slope) == pytest.approx(tuple(line))


def test_no_neighbour_is_more_likely(example):
    lines = lines_of(courses(example))
    found = most_likely(lines)
    best = fit_at(lines, found).criterion
    for entry in range(3):
        for step in (-0.01, 0.01):
            neighbour = found.copy()
            neighbour[entry] += step
            assert fit_at(lines, neighbour).criterion > best


def test_clients_with_times_of_their_own_make_no_difference_to_others(example):
    """Whether plans of times are shared or not, the likelihood is the same."""
    shifted = example.assign(time=example["time"] + example["client"] * 1e-9)
    shared, own = (distribution(courses(data), method="HLM").augmented["rci"] for data in (example, shifted))
    assert own.tolist() == pytest.approx(shared.tolist(), abs=1e-4)


def test_a_turned_scale_turns_the_index(example):
    turned = example.assign(distress=-example["distress"])
    there, back = (distribution(courses(data), method="HLM").augmented["rci"] for data in (example, turned))
    assert back.tolist() == pytest.approx((-there).tolist(), abs=1e-6)


def test_combined_takes_the_first_score_for_the_cutoff(example):
    result = combined(courses(example), method="HLM", cutoff_type="c", functional_mean=10, functional_sd=6)
    names = [
        "id",
        "n",
        "pre",
        "post",
        "rci",
        "recovered",
        "improved",
        "unchanged",
        "deteriorated",
        "harmed",
        "category",
    ]
    assert result.augmented.columns.tolist() == names
    mean, sd = result.augmented["pre"].mean(), result.augmented["pre"].std()
    assert result.cutoff["value"].iloc[0] == pytest.approx((sd * 10 + 6 * mean) / (sd + 6))


def rows(scores):
    return pd.DataFrame(
        [(client, time, score) for client, course in enumerate(scores, 1) for time, score in enumerate(course)],
        columns=["client", "time", "distress"],
    )


def test_courses_without_error_are_refused():
    with pytest.raises(InputError, match="exactly on a line"):
        distribution(courses(rows([[9, 8, 7], [6, 6, 6], [4, 5, 6]])), method="HLM")


def test_slopes_that_do_not_differ_are_said_to(example, monkeypatch):
    monkeypatch.setattr(hierarchical, "most_likely", lambda lines: np.array([1.0, 0.0, 0.0]))
    with pytest.raises(InputError, match="do not differ"):
        distribution(courses(example), method="HLM")


def test_two_scores_are_no_course_and_a_course_not_two_scores(example):
    two = prepare(example, id="client", time="time", outcome="distress", pre=1, post=4)
    with pytest.raises(InputError, match="prepare_repeated"):
        distribution(two, method="HLM")
    with pytest.raises(InputError, match="only the method HLM"):
        distribution(courses(example), reliability=0.8)


def test_slopes_that_hardly_differ_are_said_to_be_fragile(example):
    assert distribution(courses(example), method="HLM").notes == ()
    wobble = [[0, 3, 0, 3], [3, 0, 3, 0]]
    scores = [[level + step for step in wobble[client % 2]] for client, level in enumerate([10, 20, 30, 12, 22, 32])]
    assert "hangs on rounding" in distribution(courses(rows(scores)), method="HLM").notes[0]
