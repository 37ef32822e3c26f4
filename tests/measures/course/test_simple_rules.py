"""The rules in use, by hand."""

from __future__ import annotations

from attunement.measures.course import not_reliably_better, reliably_worse, worse_than_last_time


def sessions(warnings):
    return [place for place, warns in enumerate(warnings) if warns]


def test_worse_than_last_time_warns_on_the_clinical_side_of_the_cutoff_only():
    scores = [12, 13, 13, None, 14, 8, 9.5, 10, 11]
    assert sessions(worse_than_last_time(scores, cutoff=10)) == [1, 4, 8]


def test_reliably_worse_compares_with_the_first_score():
    assert sessions(reliably_worse([None, 12, 17, None, 18, 19], reliable_change=6)) == [4, 5]


def test_not_reliably_better_waits_for_its_session_and_skips_gaps():
    scores = [20, 19, 20, None, 18, 14, 15]
    assert sessions(not_reliably_better(scores, reliable_change=6, from_session=2)) == [2, 4, 6]


def test_where_higher_is_better_everything_is_turned_round():
    scores = [30, 24, 25, 31]
    assert sessions(worse_than_last_time(scores, cutoff=25, better="higher")) == [1]
    assert sessions(reliably_worse(scores, reliable_change=5, better="higher")) == [1, 2]
    assert sessions(not_reliably_better(scores, reliable_change=5, from_session=3, better="higher")) == [3]


def test_without_scores_nothing_warns():
    assert sessions(reliably_worse([None, None], reliable_change=5)) == []
