import numpy as np
import pytest

from attunement.dyad.inference import Coded, Observed, infer
from attunement.dyad.inference.inferred import LEVELS
from attunement.errors import InputError

STATES = ("safety", "expectation", "strain")
STEADY = Observed(ratings=[7.0, 7.25, 7.0, 7.5, 7.5, 8.0], distress=[0.5, 0.4, 0.3, 0.3, 0.1, 0.0])


def numbers(found):
    """Every number of a result."""
    bands = [getattr(found, name) for name in (*STATES, "next_rating", "next_distress")] + list(found.traits.values())
    parts = [part for band in bands for part in (band.mean, band.median, band.low, band.high)]
    plain = [found.rupture_open, found.effective, np.array([found.ending_within_two])]
    return np.concatenate([np.ravel(part) for part in (*parts, *plain)])


def width(bands):
    return float(np.mean(bands.high[-1] - bands.low[-1]))


def test_every_session_up_to_the_last_known_has_ordered_bands_on_its_scale(inferred):
    found = inferred(STEADY)
    assert found.sessions == 6
    for name in STATES:
        bands = getattr(found, name)
        assert bands.mean.shape == (6,)
        assert bands.low.shape == (len(LEVELS), 6)
        assert (np.diff(bands.low, axis=0) <= 0).all()
        assert (np.diff(bands.high, axis=0) >= 0).all()
        assert (bands.low[0] <= bands.median).all()
        assert (bands.median <= bands.high[0]).all()
        assert (bands.low >= 0).all()
    for name in ("safety", "expectation"):
        assert (getattr(found, name).high <= 1).all()
    assert 0 <= found.ending_within_two <= 1
    assert 0 < float(found.next_rating.low[-1]) < float(found.next_rating.high[-1]) <= 10


def test_the_same_seed_gives_the_same_answer_and_another_nearly_so(inferred):
    one, again, other = inferred(STEADY, seed=1), inferred(STEADY, seed=1), inferred(STEADY, seed=2)
    assert (numbers(one) == numbers(again)).all()
    assert (numbers(one) != numbers(other)).any()
    assert np.allclose(one.safety.mean, other.safety.mean, atol=0.1)


def test_bands_hold_the_truth_about_as_often_as_they_say(courses, seen, inferred):
    inside = {name: [] for name in STATES}
    for dyad in np.flatnonzero(courses.sessions_attended == 10)[:40]:
        found = inferred(seen(dyad), seed=int(dyad))
        for name in STATES:
            truth, bands = getattr(courses.state, name)[:, dyad], getattr(found, name)
            inside[name].append(((bands.low <= truth) & (truth <= bands.high)).mean(axis=1))
    for name in STATES:
        half, most, nearly_all = np.mean(inside[name], axis=0)
        assert 0.3 < half < 0.7, name
        assert 0.62 < most < 0.95, name
        assert nearly_all > 0.85, name


@pytest.mark.parametrize(
    "observed",
    [
        Observed(ratings=[6.0, None, 7.0, None, None, 7.5]),
        Observed(distress=[0.5, None, None, 0.0, -0.5]),
        Observed(coded=[Coded(35, missed=3, ruptures=1, repairs=0), None, Coded(60, harmed=9), Coded(9, opened=4)]),
        Observed(ratings=[0.0, 10.0, 0.0, 10.0], distress=[5.0, -5.0, 5.0, -5.0]),
        Observed(ratings=[6.0], distress=[None, None, 0.1], coded=[None, Coded(40, repairs=2)]),
    ],
    ids=["gaps", "distress alone", "coded alone", "what hardly can be", "each once"],
)
def test_whatever_is_missing_or_odd_there_is_no_number_that_is_none(observed, inferred):
    assert np.isfinite(numbers(inferred(observed))).all()


def test_more_answers_make_bands_narrower(seen, inferred):
    """On the whole: a single surprise may well make a band wider."""
    every = [one for dyad in range(16) if (one := seen(dyad)).sessions > 4]
    few = [Observed(ratings=[*one.ratings[:2], *[None] * (one.sessions - 3), one.ratings[-1]]) for one in every]
    all_found, few_found = ([inferred(one) for one in group] for group in (every, few))
    for name in ("safety", "strain"):
        wide, narrow = (np.mean([width(getattr(each, name)) for each in found]) for found in (few_found, all_found))
        assert narrow < wide, name


def test_low_ratings_mean_less_safety_and_a_likelier_ending_than_high_ones(inferred):
    low, high = (inferred(Observed(ratings=[rating] * 6)) for rating in (3.0, 8.5))
    assert (low.safety.mean < high.safety.mean).all()
    assert low.strain.mean[-1] > high.strain.mean[-1]
    assert float(low.next_rating.mean) < float(high.next_rating.mean)


def test_many_moments_missed_mean_more_strain_and_less_attunement(inferred):
    often, never = (inferred(Observed(coded=[Coded(40, missed=missed)] * 5)) for missed in (22, 4))
    assert often.strain.mean[-1] > never.strain.mean[-1]
    assert float(often.traits["attunement"].mean) < float(never.traits["attunement"].mean)


def test_what_came_later_tells_of_sessions_before(inferred):
    """Bands are smoothed: the first sessions are seen in the light of the last."""
    then, now = inferred(Observed(ratings=[7.0] * 3)), inferred(Observed(ratings=[7.0] * 10))
    first = slice(0, 3)
    assert (now.safety.high - now.safety.low)[-1, first].mean() < (then.safety.high - then.safety.low)[-1, first].mean()


def test_a_therapy_unlike_any_of_the_model_comes_with_a_warning(inferred):
    assert inferred(STEADY).warning is None
    wild = inferred(Observed(ratings=[9.5, 0.5] * 5))
    assert wild.warning is not None
    assert "does not fit" in wild.warning


def test_too_few_sessions_are_none():
    assert infer(Observed(ratings=[6.0, 7.0])) is None


def test_impossible_settings_are_named(inferred):
    with pytest.raises(InputError, match="multiple of 2048, not 1000"):
        infer(STEADY, particles=1000)
    from attunement.dyad.parameters import DEFAULT

    with pytest.raises(InputError, match="learn"):
        inferred(STEADY, parameters=DEFAULT._replace(learn=9.0))


def test_a_band_is_asked_for_by_its_level(inferred):
    bands = inferred(STEADY).safety
    low, high = bands.band(0.95)
    assert (low == bands.low[-1]).all()
    assert (high == bands.high[-1]).all()
    with pytest.raises(ValueError, match="not in tuple"):
        bands.band(0.9)
