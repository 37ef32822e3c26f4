"""Simulated studies as tables and files: what a clinic would know, the truth beside it, and nothing lost on the way."""

from __future__ import annotations

import importlib.util

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("jax")

from strained import STRAINED

from attunement.case import read_case
from attunement.dyad.export import files
from attunement.dyad.export.points import points_of
from attunement.dyad.export.ruptures import true_ruptures
from attunement.dyad.export.study import arm_of
from attunement.dyad.population import nested
from attunement.dyad.simulate import simulate as courses_of
from attunement.errors import InputError
from attunement.measures.answers import load_scores
from attunement.simulating import simulate

SMALL = {"clients_each": 4, "therapists_each": 3, "sessions": 6, "exchanges": 12}


@pytest.fixture(scope="module")
def trial():
    return simulate(24, conditions=("usual", "training"), missing=0.2, parameters=STRAINED, seed=3, **SMALL)


@pytest.fixture(scope="module")
def clinic():
    return simulate(24, parameters=STRAINED, seed=3, **SMALL)


def read(tables, folder, **options):
    tables.write(folder, **options)
    return load_scores(folder / "measures.csv")


def test_there_is_a_row_for_each_session_held_and_none_for_others(trial):
    attended = trial.study.courses.sessions_attended
    assert trial.answers.groupby("client").size().tolist() == attended.tolist()
    assert trial.answers.groupby("client")["session"].max().tolist() == attended.tolist()
    assert len(trial.sessions) == attended.sum()
    assert attended.min() < 6, "somebody leaves, or this shows nothing"


def test_the_check_in_means_the_rating_of_the_model_up_to_rounding(clinic):
    items = clinic.answers[["understood", "safe", "goals", "fit"]].astype(float).mean(axis=1)
    rating = clinic.study.courses.reports.rating.T[clinic.study.courses.attended.T]
    middle = (rating > 2) & (rating < 8)  # at the ends of the scale items cannot scatter freely
    assert np.abs(items - rating)[middle].max() <= 0.5


def test_every_answer_is_read_back_in_either_form(trial, tmp_path):
    long = simulate(
        24, conditions=("usual", "training"), missing=0.2, layout="long", parameters=STRAINED, seed=3, **SMALL
    )
    wide_scores, long_scores = read(trial, tmp_path / "wide"), read(long, tmp_path / "long")
    assert wide_scores.refused == long_scores.refused == ()
    key = [(s.client, s.session, s.instrument, s.subscale, s.value) for s in wide_scores]
    assert key == [(s.client, s.session, s.instrument, s.subscale, s.value) for s in long_scores]
    handed_in = trial.answers["core10"].notna().sum()
    assert sum(score.instrument == "core10" for score in wide_scores) == handed_in
    assert 0.05 < 1 - handed_in / len(trial.answers) < 0.4


def test_a_folder_a_client_is_a_case_that_can_be_followed(trial, tmp_path):
    trial.write(tmp_path / "trial", folders=True)
    first = trial.answers["client"].iloc[0]
    case = read_case(tmp_path / "trial" / first)
    assert case.is_complete
    assert case.client == first
    assert len(case.sessions) == (trial.answers["client"] == first).sum()


def test_the_truth_of_ruptures_agrees_with_that_of_sessions(trial):
    counted = (trial.sessions["withdrawals"].astype(int) + trial.sessions["confrontations"]).sum()
    assert len(trial.ruptures) == counted > 10
    assert trial.ruptures["repaired"].sum() == trial.sessions["repaired"].sum()
    assert trial.ruptures["attempts"].sum() == trial.sessions["taken_up"].sum()
    ended = trial.ruptures[trial.ruptures["repaired"]]
    later = (ended["ended_session"] - ended["began_session"]) * 100 + ended["ended_exchange"] - ended["began_exchange"]
    assert (later > 0).all()
    assert trial.ruptures.loc[~trial.ruptures["noticed"], "noticed_session"].isna().all()


def test_a_session_that_ends_in_a_rupture_says_so(trial):
    open_now = trial.sessions[trial.sessions["rupture_open"] != "none"]
    last = trial.ruptures[trial.ruptures["ended_session"].isna()].groupby("client").size()
    at_end = trial.sessions.groupby("client").tail(1)
    assert len(open_now) > 0
    assert sorted(last.index) == sorted(at_end.loc[at_end["rupture_open"] != "none", "client"])


def test_nothing_is_nan_where_something_is_known(trial):
    for table in (trial.outcomes, trial.clients, trial.sessions):
        assert not table.isna().any().any()


def test_outcomes_are_complete_and_name_the_arm(trial):
    assert trial.outcomes["time"].tolist() == ["before", "after"] * 24
    assert (trial.outcomes["client"].value_counts() == 2).all()
    assert set(trial.outcomes["condition"]) == {"usual", "training"}


def test_whole_therapists_get_a_condition_evenly():
    arm = arm_of(nested(40, clients_each=5), 2, "therapists", seed=1)
    assert [len(set(arm[first : first + 5])) for first in range(0, 40, 5)] == [1] * 8
    assert arm.sum() == 20


def test_clients_get_conditions_evenly_within_each_therapist():
    arm = arm_of(nested(40, clients_each=5), 2, "clients", seed=1)
    assert {int(arm[first : first + 5].sum()) for first in range(0, 40, 5)} <= {2, 3}
    assert arm.sum() == 20


def test_the_same_seed_gives_the_same_files_and_more_clients_change_nobody(clinic):
    more = simulate(32, parameters=STRAINED, seed=3, **SMALL)
    first = more.answers.head(len(clinic.answers))
    pd.testing.assert_frame_equal(first.reset_index(drop=True), clinic.answers)


def test_nothing_is_overwritten_unless_asked(clinic, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="not empty"):
        clinic.write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    clinic.write(tmp_path, overwrite=True)
    assert (tmp_path / "notes.txt").read_text() == "mine"
    with pytest.raises(InputError, match="would be left between"):
        clinic.write(tmp_path, folders=True, overwrite=True)


def test_parquet_says_what_it_needs(clinic, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "find_spec", lambda name: None)
    with pytest.raises(InputError, match="pip install"):
        clinic.write(tmp_path / "new", parquet=True)
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(importlib.util.find_spec("pyarrow") is None, reason="pyarrow is not installed")
def test_parquet_holds_what_csv_holds(clinic, tmp_path):
    clinic.write(tmp_path / "new", parquet=True)
    back = pd.read_parquet(tmp_path / "new" / "truth" / "sessions.parquet")
    assert back["safety"].tolist() == clinic.sessions["safety"].tolist()
    assert (tmp_path / "new" / "measures.csv").exists()


@pytest.mark.parametrize(
    "wrong, said",
    [
        ({"clients": 0}, "1 to 50,000 clients"),
        ({"clients_each": 0}, "at least one client"),
        ({"sessions": 0}, "at least one session"),
        ({"conditions": "usal"}, "no condition"),
        ({"conditions": ("usual", "usual")}, "named once"),
        ({"conditions": ()}, "one condition"),
        ({"clients": 4, "conditions": ("usual", "training")}, "among 1 therapist"),
        ({"questionnaire": "srs"}, "asks about the alliance"),
        ({"questionnaire": "core11"}, "did you mean 'core10'"),
        ({"layout": "tall"}, "wide or long"),
        ({"missing": 1.0}, "from 0 to below 1"),
        ({"missing": float("nan")}, "from 0 to below 1"),
        ({"seed": -1}, "whole number from 0"),
        ({"parameters": {"learn": 9}}, "lies between"),
        ({"parameters": {"lern": 0.1}}, "did you mean 'learn'"),
        ({"assigned": "clinics"}, "therapists or clients"),
    ],
)
def test_what_cannot_be_is_refused_in_words(wrong, said):
    with pytest.raises(InputError, match=said):
        simulate(**{"clients": 24, **SMALL, **wrong})


def test_ruptures_need_the_exchanges():
    courses = courses_of(1, sessions=6, exchanges=12)
    with pytest.raises(InputError, match="exchange by exchange"):
        true_ruptures(courses)


@pytest.mark.parametrize("name", ["core10", "phq9", "ors", "who5", "oq45", "core_om"])
@given(distress=st.lists(st.floats(-50, 50, width=32), min_size=2, max_size=2))
def test_scores_stay_in_range_and_run_the_questionnaire_s_way(name, distress):
    points = points_of(name)
    low, high = points.of(np.array(sorted(distress), np.float32))
    assert points.instrument.low <= min(low, high) <= max(low, high) <= points.instrument.high
    assert low >= high if points.instrument.higher_is_better else low <= high


def test_a_questionnaire_without_a_clinical_sample_says_so():
    assert not points_of("who5").is_published
    assert (points_of("core10").mean, points_of("core10").sd) == (19.7, 7.7)
