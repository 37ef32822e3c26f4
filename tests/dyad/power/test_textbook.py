"""The textbook's formulas, against published sample sizes."""

from __future__ import annotations

import pytest

pytest.importorskip("jax")

from attunement.dyad.power.textbook import Ingredients, counting_therapists, design_effect, textbook


def with_size(size, shares=None, between=0.0):
    return Ingredients("d", size, shares, between, 1.0)


def test_sixty_four_in_each_arm_find_a_medium_difference_with_power_of_eight_tenths():
    # Cohen (1988), table 2.4.1: d = .50, two-sided .05, power .80 needs n = 64.
    assert textbook("therapists", with_size(0.5), therapists=128, clients_each=1, level=0.05) == pytest.approx(
        0.80, abs=0.005
    )


def test_eighty_five_clients_find_a_correlation_of_three_tenths():
    # Cohen (1988), table 3.4.1: r = .30, two-sided .05, power .80 needs n = 85 (84 by Fisher's z).
    assert textbook(None, with_size(0.3), therapists=85, clients_each=1, level=0.05) == pytest.approx(0.80, abs=0.01)


def test_ninety_one_in_each_arm_find_half_against_three_tenths():
    # (1.96 + .84)² · (.5·.5 + .3·.7) / .2² = 91: the normal approximation with separate variances.
    asked = with_size(0.2, shares=(0.5, 0.3))
    assert textbook("therapists", asked, therapists=182, clients_each=1, level=0.05) == pytest.approx(0.80, abs=0.01)


def test_without_an_effect_power_is_the_level():
    assert textbook("clients", with_size(0.0), therapists=20, clients_each=5, level=0.05) == pytest.approx(0.05)
    assert counting_therapists(
        "therapists", with_size(0.0), therapists=20, clients_each=5, level=0.05
    ) == pytest.approx(0.05)


def test_clients_of_one_therapist_count_less_the_more_alike_they_are():
    assert design_effect("therapists", with_size(0.5, between=0.05), 21) == pytest.approx(2.0)
    assert design_effect("therapists", with_size(0.5, between=0.05), 1) == pytest.approx(1.0)
    assert design_effect("clients", with_size(0.5, between=0.05), 20) == pytest.approx(0.95)


def test_few_therapists_have_less_power_than_their_clients_suggest():
    it = with_size(0.5, between=0.05)
    size = {"therapists": 6, "clients_each": 20, "level": 0.05}
    assert counting_therapists("therapists", it, **size) < textbook("therapists", it, **size)


def test_what_cannot_be_told_is_none():
    nothing = with_size(None)
    assert textbook("clients", nothing, therapists=20, clients_each=5, level=0.05) is None
    assert counting_therapists(None, with_size(0.3), therapists=20, clients_each=5, level=0.05) is None
    none_leave = with_size(0.0, shares=(0.0, 0.0))
    assert textbook("clients", none_leave, therapists=20, clients_each=5, level=0.05) is None
    assert counting_therapists("clients", none_leave, therapists=20, clients_each=5, level=0.05) is None
