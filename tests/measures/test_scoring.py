"""Every instrument is scored as one would by hand; the rules for missing and reversed items are kept."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attunement.measures.instruments import instrument, instruments
from attunement.measures.scoring import impossible, refusal, score_answers


def answers(values: list[float | None], name: str) -> dict[str, float | None]:
    items = [item.name for item in instrument(name).items]
    return dict(zip(items, values, strict=True))


def scores(name: str, values: list[float | None]) -> dict[str | None, float | None]:
    return {score.scale.name: score.value for score in score_answers(instrument(name), answers(values, name))}


# Added up by hand.
BY_HAND: list[tuple[str, list[float], dict[str | None, float]]] = [
    ("phq9", [3, 2, 1, 3, 0, 2, 1, 0, 1], {None: 13}),
    ("gad7", [1, 2, 3, 0, 1, 2, 3], {None: 12}),
    # Items 2 and 3 are turned round: 4 becomes 0, 1 becomes 3. 2+0+3+1+0+2+3+0+1+2 = 14.
    ("core10", [2, 4, 1, 1, 0, 2, 3, 0, 1, 2], {None: 14}),
    # All zero: the eight turned items count 4 each, so 32 / 34 * 10; wellbeing 2 of 4 items, functioning 6 of 12.
    (
        "core_om",
        [0] * 34,
        {None: 320 / 34, "wellbeing": 20, "problems": 0, "functioning": 20, "risk": 0},
    ),
    # All zero: nine turned items of 4 points; three of them in symptom distress, four in relations, two in social role.
    ("oq45", [0] * 45, {None: 36, "symptom_distress": 12, "interpersonal_relations": 16, "social_role": 8}),
    ("ors", [4.5, 6, 3.2, 5.3], {None: 19}),
    ("srs", [9, 9.5, 8, 9], {None: 35.5}),
    # Goal: items 4, 6, 8, 11; task: 1, 2, 10, 12; bond: 3, 5, 7, 9.
    ("wai_sr", [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2], {None: 33, "goal": 9, "task": 10, "bond": 14}),
    ("sai", [5, 4, 3, 2, 1, 0], {None: 15}),
    ("wsas", [8, 0, 5, 3, 4], {None: 20}),
    (
        "pcl5",
        [1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4],
        {None: 54, "intrusion": 5, "avoidance": 4, "cognition_and_mood": 21, "arousal": 24},
    ),
    ("bdi2", [1] * 20 + [3], {None: 23}),
    # Depression items 3, 5, 10, 13, 16, 17, 21 answered 1; anxiety 2; stress 3; doubled.
    (
        "dass21",
        [3, 2, 1, 2, 1, 3, 2, 3, 2, 1, 3, 3, 1, 3, 2, 1, 1, 3, 2, 2, 1],
        {None: 84, "depression": 14, "anxiety": 28, "stress": 42},
    ),
    ("who5", [5, 4, 3, 2, 0], {None: 56}),
    # Unsaid is turned round in the total only: (8 + 7 + 6 + 9 + (10 - 4)) / 5.
    ("check_in", [8, 7, 6, 9, 4], {None: 7.2, "understood": 8, "safe": 7, "goals": 6, "fit": 9, "unsaid": 4}),
]


@pytest.mark.parametrize("name, values, expected", BY_HAND, ids=[case[0] for case in BY_HAND])
def test_answers_are_scored_as_by_hand(name, values, expected):
    assert scores(name, values) == pytest.approx(expected)


def test_every_instrument_of_the_catalogue_is_scored_by_hand():
    assert {case[0] for case in BY_HAND} == {each.name for each in instruments()}


def test_the_mean_of_the_others_stands_for_items_that_the_rule_lets_be_missing():
    total, *_ = score_answers(instrument("phq9"), answers([2, 2, 2, 2, 2, 2, 2, None, None], "phq9"))
    assert total.value == pytest.approx(18)
    assert total.filled == 2
    assert total.note == "2 of 9 items missing, the mean of the others taken for them"


def test_beyond_the_rule_there_is_no_score_but_the_reason():
    total, *_ = score_answers(instrument("phq9"), answers([2, 2, 2, 2, 2, 2, None, None, None], "phq9"))
    assert total.value is None
    assert total.note == "3 of 9 items missing; at most 2 may be"


def test_without_a_published_rule_nothing_may_be_missing():
    total, *_ = score_answers(instrument("bdi2"), answers([1] * 20 + [None], "bdi2"))
    assert total.value is None
    assert total.note == "1 of 21 items missing; no rule for missing items is established"


def test_each_subscale_has_its_own_rule():
    given = answers([0.0] * 34, "core_om")
    given["4"] = None  # wellbeing, where none may be missing, and turned round
    found = {score.scale.name: score for score in score_answers(instrument("core_om"), given)}
    assert found["wellbeing"].value is None
    assert found["functioning"].value == 20
    assert found[None].value == pytest.approx(28 / 33 * 10)


def test_an_item_left_out_counts_as_missing():
    assert score_answers(instrument("phq9"), {"1": 3})[0].value is None


def test_answers_that_cannot_be_are_refused():
    phq9 = instrument("phq9")
    assert refusal(phq9.item("1"), 4) == "4 is outside the item's range, 0 to 3"
    assert refusal(phq9.item("1"), 1.5) == "1.5 is no whole number, as the answers to this item are"
    with pytest.raises(ValueError, match="phq9, item 1: 4 is outside"):
        score_answers(phq9, {"1": 4})
    with pytest.raises(ValueError, match="no item '10'"):
        score_answers(phq9, {"10": 1})


@pytest.mark.parametrize(
    "name, value, reason",
    [
        ("phq9", 28, "28 is outside the range, 0 to 27 (the sum of 9 items)"),
        ("who5", 104, "104 is outside the range, 0 to 100 (the sum of 5 items, times 4)"),
        ("wai_sr", 4.2, "4.2 is outside the range, 12 to 60 (the sum of 12 items)"),
        ("who5", 50, "50 cannot come about by adding up whole answers"),
        ("bdi2", 12.5, "12.5 cannot come about by adding up whole answers"),
        ("phq9", 12.5, None),  # one or two items may be filled in
        ("ors", 12.5, None),
        ("core_om", 12.35, None),
    ],
)
def test_scores_that_cannot_be_are_told_from_those_that_can(name, value, reason):
    assert impossible(instrument(name), instrument(name).total, value) == reason


@settings(deadline=None)
@given(data=st.data())
def test_any_answers_give_a_score_in_range_or_none_with_a_reason(data):
    chosen = data.draw(st.sampled_from(instruments()))
    given = {
        item.name: data.draw(st.one_of(st.none(), st.integers(int(item.low), int(item.high)))) for item in chosen.items
    }
    for score in score_answers(chosen, given):
        if score.value is None:
            assert "missing" in score.note
        else:
            assert score.scale.low <= score.value <= score.scale.high


@settings(deadline=None)
@given(data=st.data())
def test_turning_every_answer_round_turns_the_check_in_round(data):
    given = {item.name: float(data.draw(st.integers(0, 10))) for item in instrument("check_in").items}
    turned = {name: 10 - value for name, value in given.items()}
    first, second = (score_answers(instrument("check_in"), each)[0].value for each in (given, turned))
    assert first + second == pytest.approx(10)
