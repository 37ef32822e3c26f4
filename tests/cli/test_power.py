"""`attunement power`: a table, a picture, JSON, and one line where a study cannot be done."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("jax")

SMALL = ("--sessions", "6", "--exchanges", "12", "--therapists", "4,8", "--clients-each", "4", "--studies", "20")


def test_power_is_shown_with_its_interval_and_the_textbook(attunement):
    ran = attunement("power", "training", "--on", "drop-out", *SMALL)
    assert ran.code == 0, ran.err
    for word in ("training on drop-out", "textbook", "Without any effect", "interval"):
        assert word in ran.out
    assert "nan" not in ran.out.casefold()


def test_json_goes_to_standard_output_alone(attunement):
    ran = attunement("power", "training", *SMALL, "--json", "-")
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    assert found["schema"] == "attunement/power/1"
    assert [design["clients"] for design in found["designs"]] == [16, 32]


@pytest.mark.parametrize("name, begins", [("power.svg", b"<svg"), ("power.png", b"\x89PNG")])
def test_the_picture_is_drawn(attunement, tmp_path, name, begins):
    ran = attunement("power", "training", *SMALL, "--plot", name)
    assert ran.code == 0, ran.err
    assert (tmp_path / name).read_bytes().startswith(begins)
    assert attunement("power", "training", *SMALL, "--plot", name).code == 2, "it would have been overwritten"


@pytest.mark.parametrize(
    "wrong, said",
    [
        (("trianing",), "no effect"),
        (("training", "--on", "luck"), "no outcome"),
        (("training", "--therapists", "1"), "one therapist cannot tell"),
        (("training", "--therapists", "a,b"), "whole numbers"),
        (("training", "--clients-each", "0"), "at least 1 client"),
        (("training", "--randomised", "clients"), "randomise therapists"),
        (("training", "--studies", "1"), "at least 20"),
        (("training", "--level", "2"), "between 0 and 1"),
        (("training", "--plot", "power.pdf"), ".svg or .png"),
        (("training", "--set", "training_repair=99"), "lies between"),
    ],
)
def test_a_study_that_cannot_be_done_is_refused_in_one_line(attunement, wrong, said):
    ran = attunement("power", *wrong)
    assert ran.code == 2
    assert said in ran.err
    assert ran.err.count("\n") == 1
