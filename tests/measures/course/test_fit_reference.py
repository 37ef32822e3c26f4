"""A growth curve fitted to a reference sample, kept in a file, stretched to another scale."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from made_up_sample import TRUTH, as_rows, drawn

from attunement.errors import InputError
from attunement.measures.course import ReferenceCourse, bundled, bundled_reference, fit_reference

SAMPLE = as_rows(drawn(40, 1, 5))


@pytest.fixture(scope="module")
def fitted():
    return fit_reference(as_rows(drawn(400, 27)), name="four hundred")


def test_known_parameters_are_recovered(fitted):
    error = np.sqrt(np.diag(fitted.uncertainty))
    assert abs(fitted.intercept - TRUTH.intercept) < 3 * error[0]
    assert abs(fitted.slope - TRUTH.slope) < 3 * error[1]
    assert np.allclose(fitted.between, TRUTH.between, atol=20)
    assert fitted.residual_sd == pytest.approx(TRUTH.residual_sd, rel=0.05)
    assert (fitted.clients, fitted.scores, fitted.last_session) == (400, 4800, 11)


def test_the_mean_line_and_its_uncertainty_are_those_of_statsmodels():
    from statsmodels.regression.mixed_linear_model import MixedLM

    columns = np.column_stack([np.ones(len(SAMPLE)), np.log1p(SAMPLE["session"])])
    found = MixedLM(SAMPLE["score"].to_numpy(), columns, groups=SAMPLE["id"], exog_re=columns).fit()
    fitted = fit_reference(SAMPLE)
    assert (fitted.intercept, fitted.slope) == pytest.approx(tuple(found.fe_params), rel=1e-3)
    assert np.allclose(fitted.uncertainty, found.cov_params()[:2, :2], rtol=0.02)


def test_sessions_count_from_the_sample_s_first(fitted):
    shifted = SAMPLE.assign(session=SAMPLE["session"] + 1)
    assert fit_reference(shifted) == fit_reference(SAMPLE)


def test_a_csv_file_and_scores_left_out_are_read(tmp_path):
    with_gaps = SAMPLE.astype({"score": object})
    with_gaps.loc[[3, 50], "score"] = None
    path = tmp_path / "sample.csv"
    with_gaps.to_csv(path, index=False)
    assert fit_reference(path).scores == len(SAMPLE) - 2


def test_nothing_is_expected_where_hardly_anybody_went():
    long = pd.concat([SAMPLE, pd.DataFrame({"id": [0, 1], "session": [30, 30], "score": [20.0, 20.0]})])
    assert fit_reference(long).last_session == 4


@pytest.mark.parametrize(
    "change, message",
    [
        (lambda table: table.drop(columns="session"), "no column session"),
        (
            lambda table: table.assign(score=table["score"].astype(object).where(table.index != 4, "x")),
            "row 6 has a score",
        ),
        (lambda table: table.assign(score=table["score"].where(table.index != 4, np.inf)), "row 6 has a score"),
        (lambda table: table.assign(session=table["session"].where(table.index != 4)), "row 6 has no session"),
        (lambda table: table.assign(session=table["session"].where(table.index != 4, 3)), "row 6 is a second score"),
        (lambda table: table[table["id"] < 19], "19 clients with 3 or more"),
        (lambda table: table[table["session"] < 2], "0 clients with 3 or more"),
        (lambda table: table.assign(score=5), "all scores are equal"),
        (lambda table: table.iloc[:0], "0 clients"),
    ],
)
def test_a_sample_that_cannot_be_used_says_where_and_why(change, message):
    with pytest.raises(InputError, match=message):
        fit_reference(change(SAMPLE))


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00broken"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, content):
    path = tmp_path / "sample.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"sample\.csv"):
        fit_reference(path)


def test_a_reference_comes_back_from_its_file(fitted):
    text = fitted.to_json()
    assert ReferenceCourse.from_json(text) == fitted
    assert len(text) < 2000


@pytest.mark.parametrize(
    "change",
    [
        {"format": "other"},
        {"slope": None},
        {"residual_sd": 0},
        {"between": [1, 2]},
        {"between": [[1, 2], [2, 1]]},
        {"better": "up"},
        {"is_made_up": "yes"},
        {"surplus": 1},
    ],
)
def test_a_damaged_file_is_refused(fitted, change):
    with pytest.raises(InputError, match="reference course"):
        ReferenceCourse.from_json(json.dumps({**json.loads(fitted.to_json()), **change}))


@pytest.mark.parametrize("text", ["", "[]", "{}", "3"])
def test_what_is_no_reference_is_refused(text):
    with pytest.raises(InputError):
        ReferenceCourse.from_json(text)


def test_the_bundled_reference_is_made_up_and_fitted_to_the_sample_beside_it():
    reference = bundled_reference()
    sample = Path(bundled.__file__).with_name(bundled.SAMPLE)
    assert reference.is_made_up
    assert sample.read_text(encoding="utf-8").splitlines()[1].startswith("simulated-")
    again = fit_reference(sample, name=reference.name, lowest=0, highest=100, is_made_up=True)
    assert again.intercept == pytest.approx(reference.intercept, rel=1e-3)
    assert again.slope == pytest.approx(reference.slope, rel=1e-3)
    assert np.allclose(again.between, reference.between, rtol=0.02)


def test_the_bundled_reference_is_stretched_to_the_scale_of_an_instrument():
    plain, phq = bundled_reference(), bundled_reference("PHQ-9")
    assert (phq.lowest, phq.highest, phq.better, phq.instrument, phq.is_made_up) == (0, 27, "lower", "phq9", True)
    assert phq.intercept == pytest.approx(plain.intercept * 0.27)


def test_a_scale_on_which_higher_is_better_is_turned_round():
    turned = bundled_reference().scaled_to(0, 40, better="higher", instrument="other")
    assert turned.intercept == pytest.approx(40 - bundled_reference().intercept * 0.4)
    assert turned.slope > 0


@pytest.mark.parametrize("name", ["SRS", "no such thing"])
def test_the_bundled_reference_is_not_given_for_what_it_does_not_fit(name):
    with pytest.raises(InputError):
        bundled_reference(name)


def test_stretching_needs_two_known_scales():
    with pytest.raises(InputError, match="own scale"):
        TRUTH.scaled_to(0, 10, better="lower", instrument=None)
    with pytest.raises(InputError, match="empty"):
        bundled_reference().scaled_to(10, 10, better="lower", instrument=None)
