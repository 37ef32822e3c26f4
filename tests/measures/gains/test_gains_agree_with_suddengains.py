"""Same data, same result as the R package suddengains 0.7.2."""

from __future__ import annotations

import pytest

from attunement.measures.gains import sudden_gains, sudden_losses
from benchmarks.agreement_gains import CALLS, DATA, NAMES, agreement, compared
from benchmarks.agreement_gains import rows as as_rows


@pytest.mark.parametrize("find, name, cutoff", [(sudden_gains, "gains", 7), (sudden_losses, "losses", -7)])
def test_every_criterion_of_every_interval_is_the_same(sgdata, reference, find, name, cutoff):
    found = as_rows(find(sgdata[NAMES], cutoff=cutoff).wide(sgdata["id"]))
    assert found == reference(name)
    assert compared(found, reference(name)).is_complete


def test_every_gain_is_described_the_same(sgdata, reference):
    found = as_rows(sudden_gains(sgdata[NAMES], cutoff=7).by_gain(sgdata, names=NAMES, measure="bdi"))
    assert compared(found, reference("by_gain")).is_complete


def test_losses_are_described_the_same(sgdata):
    # From the package's tutorial: client 4 got worse from session 9 to 10, and lost half of that again.
    (loss,) = as_rows(sudden_losses(sgdata[NAMES], cutoff=7).by_gain(sgdata, names=NAMES, measure="bdi"))
    described = (
        "id_sg",
        "sg_magnitude",
        "sg_bdi_tx_change",
        "sg_change_proportion",
        "sg_reversal_value",
        "sg_reversal",
    )
    assert [loss[name] for name in described] == ["4_sg_9", -9, 3, 3, 28.5, 1]


# From the tutorial again: which gain stands for a client.
@pytest.mark.parametrize(
    "select, expected",
    [
        ("first", {1: "1_sg_3", 5: "5_sg_3", 10: "10_sg_2", 40: "40_sg_2"}),
        ("largest", {1: "1_sg_7", 5: "5_sg_8", 10: "10_sg_2", 40: "40_sg_5"}),
        ("last", {1: "1_sg_7", 5: "5_sg_8", 10: "10_sg_4", 40: "40_sg_8"}),
        ("smallest", {1: "1_sg_3", 5: "5_sg_3", 10: "10_sg_4", 43: "43_sg_5"}),
    ],
)
def test_one_gain_stands_for_a_client(sgdata, select, expected):
    table = sudden_gains(sgdata[NAMES], cutoff=7).by_person(sgdata, names=NAMES, measure="bdi", select=select)
    chosen = dict(zip(table["id"], table["id_sg"], strict=True))
    assert {client: chosen[client] for client in expected} == expected


@pytest.mark.parametrize("name", CALLS)
def test_whole_files_agree(name):
    if not (DATA / "sgdata.csv").is_file():
        pytest.skip(f"no data sets under {DATA.parent}; name their folder in ATTUNEMENT_DATA")
    assert agreement(DATA, name).is_complete
