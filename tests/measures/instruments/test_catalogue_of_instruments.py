"""The catalogue agrees with itself: ranges with items, every number with a source, directions with cut-offs."""

from __future__ import annotations

import pytest

from attunement.errors import InputError
from attunement.measures.instruments import Instrument, Scale, instrument, instruments

ALL = [pytest.param(each, id=each.name) for each in instruments()]
SCALES = [
    pytest.param(each, scale, id=f"{each.name}-{scale.name or 'total'}")
    for each in instruments()
    for scale in (each.total, *each.subscales)
]


def test_the_instruments_that_clinics_use_are_there():
    names = ["PHQ-9", "GAD-7", "CORE-10", "CORE-OM", "OQ-45", "ORS", "SRS", "WAI-SR", "SAI"]
    names += ["WSAS", "PCL-5", "BDI-II", "DASS-21", "WHO-5"]
    assert len({instrument(name).name for name in names}) == len(names)
    assert instrument("check_in").domain == "check-in"


def test_names_are_found_in_any_spelling():
    assert instrument("phq9") is instrument("PHQ-9") is instrument("phq_9") is instrument(" Phq 9 ")
    assert instrument("OQ-45.2") is instrument("oq45")


def test_an_unknown_name_is_answered_with_the_nearest():
    with pytest.raises(InputError, match="'phq8' is no known instrument; did you mean 'phq9'"):
        instrument("phq8")
    with pytest.raises(InputError, match="known are bdi2, check_in"):
        instrument("rorschach")


def test_names_and_other_names_belong_to_one_instrument_each():
    names = [name for each in instruments() for name in (each.name, *each.other_names)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("each, scale", SCALES)
def test_ranges_follow_from_the_items(each: Instrument, scale: Scale):
    low, high = (sum(getattr(each.item(name), end) for name in scale.items) for end in ("low", "high"))
    share = len(scale.items) if scale.combine == "mean" else 1
    assert (scale.low, scale.high) == pytest.approx((low / share * scale.times, high / share * scale.times))


@pytest.mark.parametrize("each, scale", SCALES)
def test_every_number_names_a_source_that_is_spelled_out(each: Instrument, scale: Scale):
    numbers = [*scale.cutoffs, *scale.bands, *scale.reliabilities, *scale.norms]
    numbers += [number for number in (scale.missing, scale.published_reliable_change) if number is not None]
    assert {number.source for number in numbers} <= set(each.sources)


@pytest.mark.parametrize("each", ALL)
def test_no_source_is_left_unused_and_the_instrument_has_its_own(each: Instrument):
    scales = (each.total, *each.subscales)
    numbers = [
        number for scale in scales for number in (*scale.cutoffs, *scale.bands, *scale.reliabilities, *scale.norms)
    ]
    numbers += [n for scale in scales for n in (scale.missing, scale.published_reliable_change) if n is not None]
    assert {each.source, *(number.source for number in numbers)} == set(each.sources)
    assert each.licence != "not said"
    assert each.usual != "not said"


@pytest.mark.parametrize("each", ALL)
def test_subscales_do_not_share_items_and_all_items_count_in_the_total(each: Instrument):
    assert each.total.items == tuple(item.name for item in each.items)
    shared = [name for scale in each.subscales for name in scale.items]
    assert len(set(shared)) == len(shared)


@pytest.mark.parametrize("name", ["core_om", "oq45", "wai_sr", "pcl5", "dass21", "check_in"])
def test_subscales_together_cover_every_item(name):
    each = instrument(name)
    assert sorted(n for scale in each.subscales for n in scale.items) == sorted(item.name for item in each.items)


@pytest.mark.parametrize("each", [each for each in ALL if each.id != "check_in"])
def test_an_item_is_reversed_in_its_subscale_when_it_is_in_the_total(each: Instrument):
    for scale in each.subscales:
        assert scale.reversed == each.total.reversed & set(scale.items)


@pytest.mark.parametrize("each, scale", SCALES)
def test_cutoffs_and_norms_agree_with_the_direction(each: Instrument, scale: Scale):
    for cutoff in scale.cutoffs:
        assert scale.low < cutoff.value < scale.high
        assert ("below" in cutoff.clinical) == scale.higher_is_better
    clinical, other = scale.norm("clinical"), scale.norm("non-clinical")
    if clinical and other:
        assert (clinical.mean < other.mean) == scale.higher_is_better
    for norm in scale.norms:
        assert scale.low < norm.mean < scale.high


@pytest.mark.parametrize("each, scale", SCALES)
def test_bands_follow_one_another_from_the_lowest_score_to_the_highest(each: Instrument, scale: Scale):
    if scale.bands:
        assert scale.bands[0].low == scale.low
        assert scale.bands[-1].high == scale.high
        assert all(after.low == before.high + 1 for before, after in zip(scale.bands, scale.bands[1:], strict=False))


def test_published_figures_reproduce_the_published_cutoffs():
    """Cut-off c, the point between two groups weighted by their spread (Jacobson & Truax, 1991)."""
    for name, published in [("core_om", 9.9), ("oq45", 62.4)]:
        clinical, other = (instrument(name).total.norm(group) for group in ("clinical", "non-clinical"))
        between = (other.sd * clinical.mean + clinical.sd * other.mean) / (other.sd + clinical.sd)
        assert round(between, 1) == published


def test_reliable_change_is_the_published_one_else_computed_else_none():
    assert instrument("phq9").reliable_change == 6
    assert instrument("phq9").total.reliable_change_source == "iapt2018"
    # 1.96 · 7.1 · √(2 · (1 − .94)), which users of the CORE-OM know as 4.8
    assert instrument("core_om").reliable_change == pytest.approx(4.82, abs=0.005)
    assert instrument("core_om").total.reliable_change_source == "computed"
    assert instrument("srs").reliable_change is None
    assert instrument("srs").total.reliable_change_source is None


def test_the_side_of_a_cutoff_is_respected():
    assert instrument("phq9").total.is_clinical(10) is True
    assert instrument("phq9").total.is_clinical(9) is False
    assert instrument("ors").total.is_clinical(25) is False
    assert instrument("ors").total.is_clinical(24.9) is True
    assert instrument("who5").total.is_clinical(50) is True
    assert instrument("pcl5").total.cutoffs[1].is_clinical(28) is False
    assert instrument("sai").total.is_clinical(3) is None


def test_a_score_falls_in_its_band():
    phq9 = instrument("phq9").total
    assert [phq9.band(score) for score in (0, 4, 4.5, 5, 14, 27)] == [
        "minimal", "minimal", "minimal", "mild", "moderate", "severe",
    ]  # fmt: skip
    assert instrument("ors").total.band(20) is None


def test_the_check_in_says_that_it_is_not_validated():
    check_in = instrument("check_in")
    assert not check_in.is_validated
    assert check_in.cutoff is check_in.reliability is check_in.reliable_change is None
    assert [scale.name for scale in check_in.subscales if not scale.higher_is_better] == ["unsaid"]
    assert all(each.is_validated for each in instruments() if each.name != "check_in")


def test_asking_for_a_subscale_or_item_that_is_not_there_says_so():
    assert instrument("wai_sr").scale("bond").items == ("3", "5", "7", "9")
    with pytest.raises(KeyError, match="no subscale 'trust'"):
        instrument("wai_sr").scale("trust")
    with pytest.raises(KeyError, match="no item '13'"):
        instrument("wai_sr").item("13")
