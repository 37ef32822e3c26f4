import pytest

from attunement.dyad.inference import Coded, CoderErrors, Errors, Observed, why_not
from attunement.errors import InputError


def test_a_session_is_known_when_anything_of_it_is():
    observed = Observed(ratings=[None, 6.0], distress=[0.2], coded=[None, None, None, Coded(30, missed=2), Coded(30)])
    assert observed.known == (1, 2, 4)
    assert observed.sessions == 4


def test_two_ratings_are_too_few_and_words_say_so():
    reason = why_not(Observed(ratings=[6.0, None, 7.0]))
    assert reason is not None
    assert reason.startswith("Something is known of 2 sessions; the model says nothing before 3 sessions")
    assert "no sessions" in str(why_not(Observed()))
    assert why_not(Observed(ratings=[6.0, 7.0], distress=[None, None, 0.1])) is None


def test_a_therapy_without_end_is_refused_in_words():
    assert "301" in str(why_not(Observed(ratings=[6.0] * 301)))


@pytest.mark.parametrize(
    "wrong, says",
    [
        ({"ratings": [6, 11]}, "Session 2: a rating lies between 0 and 10, not at 11."),
        ({"ratings": [float("nan")]}, "Session 1: a rating"),
        ({"distress": [0, 0, 31]}, "Session 3: distress is given in standard deviations"),
        ({"distress": [float("inf")]}, "Session 1: distress"),
        ({"ratings": [6], "rating_step": 0}, "step of ratings"),
    ],
)
def test_a_value_outside_its_scale_is_named_with_its_session(wrong, says):
    with pytest.raises(InputError, match=says):
        Observed(**wrong)


@pytest.mark.parametrize("wrong", [{"exchanges": 0}, {"exchanges": 9, "missed": 10}, {"exchanges": 9, "harmed": 1.5}])
def test_counts_that_cannot_be_are_refused(wrong):
    with pytest.raises(InputError, match="coded session"):
        Coded(**wrong)


def test_a_coder_who_guesses_is_refused():
    good = Errors(0.8, 0.9)
    with pytest.raises(InputError, match="repairs"):
        CoderErrors(good, good, good, good, Errors(0.1, 0.89))
    with pytest.raises(InputError, match="between 0 and 1"):
        CoderErrors(good, good, Errors(1.2, 0.9), good, good)
