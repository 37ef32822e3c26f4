"""The facts: computed as statistics books do, told honestly, and refused where too few dyads tell nothing."""

from __future__ import annotations

import json
from math import inf

import numpy as np
import pytest
from scipy import stats
from typer.testing import CliRunner

from attunement.cli.dyad import app
from attunement.dyad.check import Finding, as_json, check
from attunement.dyad.facts import FACTS
from attunement.dyad.facts import ruptures as rupture_facts
from attunement.dyad.facts.statistics import (
    correlation,
    hedges_g,
    intraclass_correlation,
    residual,
    skewness,
    standardised_slope,
)
from attunement.dyad.simulate import simulate
from attunement.dyad.words import interval, number
from attunement.errors import InputError


@pytest.fixture(scope="module")
def draw():
    return np.random.default_rng(3)


def test_a_correlation_is_pearson_s(draw):
    x, y = draw.normal(size=(2, 50))
    assert correlation(x, y) == pytest.approx(stats.pearsonr(x, y).statistic)


def test_a_residual_has_nothing_left_of_its_predictors(draw):
    y, x, z = draw.normal(size=(3, 50))
    left = residual(y + 2 * x - z, x, z)
    assert abs(np.corrcoef(left, x)[0, 1]) < 1e-9
    assert abs(np.corrcoef(left, z)[0, 1]) < 1e-9


def test_a_standardised_slope_is_that_of_a_multiple_regression(draw):
    x, z = draw.normal(size=(2, 200))
    y = 0.5 * x + 0.3 * z + draw.normal(size=200)
    columns = np.column_stack([(each - each.mean()) / each.std() for each in (x, z)])
    expected = np.linalg.lstsq(columns, (y - y.mean()) / y.std(), rcond=None)[0][0]
    assert standardised_slope(y, x, z) == pytest.approx(expected)


def test_hedges_g_is_positive_when_the_first_group_ends_lower(draw):
    better, worse = draw.normal(0, 1, 4000), draw.normal(0.5, 1, 4000)
    assert hedges_g(better, worse) == pytest.approx(0.5, abs=0.07)


def test_an_intraclass_correlation_finds_the_share_between_groups(draw):
    group = np.repeat(np.arange(500), 20)
    y = np.sqrt(0.1) * draw.normal(size=500)[group] + np.sqrt(0.9) * draw.normal(size=len(group))
    assert intraclass_correlation(y, group) == pytest.approx(0.1, abs=0.02)


def test_a_long_tail_below_is_negative_skewness(draw):
    x = -draw.exponential(size=1000)
    assert skewness(x) == pytest.approx(stats.skew(x))


@pytest.mark.parametrize("few", [[], [1.0], [1.0] * 20])
def test_what_cannot_be_told_is_none(few):
    assert correlation(few, few) is None
    assert standardised_slope(few, few) is None
    assert skewness(few) is None
    assert intraclass_correlation(few, few) is None
    assert hedges_g(few, few) is None


def test_a_fall_that_is_won_back_is_no_unrepaired_rupture(usual):
    ratings = np.full((20, 3), 8.0, np.float32) + 0.1 * (np.arange(20) % 2)[:, None]
    ratings[5:, 0] -= 4  # stays down
    ratings[5, 1] -= 4  # comes back
    courses = usual.only(slice(3))
    courses = type(courses)(
        **{
            **vars(courses),
            "reports": courses.reports._replace(rating=ratings),
            "attended": np.ones((20, 3), bool),
        }
    )
    fell, unrepaired = rupture_facts.falls(courses)
    assert fell.tolist() == [True, True, False]
    assert unrepaired.tolist() == [True, False, False]


def test_every_fact_can_be_told_of_a_population(arms):
    for fact in FACTS:
        assert fact.measure(arms) is not None, fact.name


def test_short_therapies_of_few_people_give_no_figure_rather_than_a_wrong_one():
    from attunement.dyad.facts import Arms

    tiny = Arms(*(simulate(12, sessions=2, exchanges=40) for _ in range(4)))
    for fact in FACTS:
        value = fact.measure(tiny)
        assert value is None or np.isfinite(value), fact.name


def test_every_fact_has_a_source_and_an_interval_around_its_value():
    assert len({fact.name for fact in FACTS}) == len(FACTS)
    for fact in FACTS:
        assert any(letter.isdigit() for letter in fact.source)
        assert fact.low < fact.high
        assert fact.value is None or fact.low <= fact.value <= fact.high


@pytest.mark.parametrize(
    "value, low, high, told",
    [
        (0.278, 0.256, 0.299, ".28 [.26, .30]"),
        (0.05, 0.05, 0.082, ".050 [.050, .082]"),
        (None, 0.5, 1.0, "above .50"),
        (None, -inf, -0.2, "below -.20"),
        (8.0, 7.46, 8.6, "8.00 [7.46, 8.60]"),
        (None, None, None, "cannot tell"),
    ],
)
def test_figures_are_told_as_people_read_them(value, low, high, told):
    assert interval(value, low, high) == told


def test_a_small_number_keeps_three_decimals():
    assert number(-0.0123) == "-.012"


def test_the_json_is_plain_and_has_no_infinity():
    rows = as_json([Finding(fact, 0.3, 0.2, 0.4) for fact in FACTS])
    assert json.loads(json.dumps(rows, allow_nan=False)) == rows
    assert {row["fact"] for row in rows} == {fact.name for fact in FACTS}


def test_too_few_dyads_are_refused():
    with pytest.raises(InputError, match="at least 2000"):
        check(100)


def test_the_command_prints_the_table_and_writes_json(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "140")
    out = tmp_path / "facts.json"
    done = CliRunner().invoke(app, ["check", "--dyads", "2000", "--json", str(out)])
    assert done.exit_code == 0, done.output
    assert "facts are reproduced" in done.output
    assert "says nothing about any one person" in " ".join(done.output.split())
    assert len(json.loads(out.read_text())) == len(FACTS)
    again = CliRunner().invoke(app, ["check", "--json", str(out)])
    assert isinstance(again.exception, InputError)
