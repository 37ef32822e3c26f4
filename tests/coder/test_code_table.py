from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from made_up_coder import calibration, logits

from attunement.codebook import CODES
from attunement.coder import CodeTable
from attunement.coder.decisions import GROUPS
from attunement.coder.model import table_from


@pytest.fixture
def table() -> CodeTable:
    """Four turns, the therapist's first."""
    return table_from(logits(4), [True, False, True, False], calibration())


@pytest.fixture
def plain(table: CodeTable) -> CodeTable:
    """The same without groups, everything nought and decided at 0.4."""
    nought = np.where(np.isnan(table.probabilities), np.nan, 0.0).astype(np.float32)
    return replace(table, probabilities=nought, thresholds=dict.fromkeys(CODES, 0.4), groups=None, gated=None)


def put(table: CodeTable, row: int, **values: float) -> None:
    for code, value in values.items():
        table.probabilities[row, table.codes.index(code)] = value


def test_it_has_a_row_for_every_turn(table):
    assert len(table) == 4


def test_a_column_is_one_code_over_the_session(table):
    expected = table.probabilities[:, list(CODES).index("feeling")]
    assert np.array_equal(table.column("feeling"), expected, equal_nan=True)


def test_a_group_is_what_the_coder_makes_of_it(table):
    expected = table.groups[:, list(GROUPS).index("repair")]
    assert np.array_equal(table.group("repair"), expected, equal_nan=True)
    assert np.isnan(table.group("repair")).tolist() == [False, True, False, True]


def test_without_that_a_group_is_as_likely_as_independent_codes_make_it(plain):
    put(plain, 1, denial=0.5, ending_bid=0.2)
    assert plain.group("withdrawal")[1] == pytest.approx(1 - 0.5 * 0.8)
    assert plain.group("strain")[1] == pytest.approx(1 - 0.5 * 0.8)
    assert plain.group("confrontation")[1] == 0
    assert np.isnan(plain.group("strain")[0])


def test_codes_are_decided_at_their_threshold_with_the_likeliest_first(plain):
    put(plain, 1, feeling=0.5, grief=0.9, denial=0.39, hiding=0.4)
    assert plain.decided(1) == ("grief", "feeling", "hiding")
    assert plain.decided(3) == ()


def test_every_code_has_a_threshold_of_its_own(plain):
    put(plain, 1, feeling=0.5, grief=0.5)
    assert replace(plain, thresholds={**plain.thresholds, "feeling": 0.6}).decided(1) == ("grief",)


def test_what_the_coder_decided_with_the_help_of_groups_stands(plain):
    put(plain, 1, feeling=0.5, denial=0.3, ending_bid=0.35)
    gated = np.zeros(plain.probabilities.shape, dtype=bool)
    gated[1, [plain.codes.index(code) for code in ("denial", "ending_bid")]] = True
    assert replace(plain, gated=gated).decided(1) == ("ending_bid", "denial")


@pytest.mark.parametrize("everything", [{"thresholds": dict.fromkeys(CODES, 0.0)}, {}])
def test_a_code_of_the_other_speaker_is_never_decided(table, everything):
    for each in (replace(table, **everything), replace(table, gated=None, **everything)):
        for row, speaker in enumerate(["therapist", "client"] * 2):
            assert {CODES[code].speaker for code in each.decided(row)} <= {speaker}
