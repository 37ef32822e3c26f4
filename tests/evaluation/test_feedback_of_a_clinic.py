"""What therapists said to findings, counted: shares with intervals, and whether stated probabilities fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from attunement.errors import InputError
from attunement.evaluation.feedback import ANSWERS, KINDS, Judgement, evaluate_feedback
from attunement.evaluation.feedback_file import SCHEMA, feedback_json, is_feedback, read_feedback
from attunement.evaluation.trust import FEWEST_EXAMPLES

judgements = st.builds(
    Judgement,
    session=st.integers(1, 999_999),
    finding=st.sampled_from(KINDS),
    start=st.integers(1, 999),
    end=st.integers(1, 999),
    probability=st.none() | st.floats(0, 1),
    verdict=st.sampled_from(ANSWERS),
    coder=st.sampled_from(["1.0", "1.1"]),
)


def verdicts(accepted: int, dismissed: int, *, stated: float | None = 0.7, coder: str = "1.0") -> list[Judgement]:
    """So many verdicts on ruptures, each on a session of its own."""
    answers = ["accepted"] * accepted + ["dismissed"] * dismissed
    return [Judgement(n, "rupture", 1, 9, stated, verdict, coder) for n, verdict in enumerate(answers, 1)]  # type: ignore[arg-type]


def written(folder: Path, content: object) -> Path:
    """A file with this content."""
    file = folder / "feedback.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return file


@given(st.lists(judgements, max_size=30))
def test_a_file_is_read_as_it_was_written(tmp_path_factory, said):
    file = tmp_path_factory.mktemp("file") / "feedback.json"
    file.write_text(feedback_json(said), encoding="utf-8")
    assert is_feedback(file)
    assert read_feedback(file) == tuple(said)


@given(st.lists(judgements, min_size=1, max_size=60))
def test_every_verdict_is_counted_once_and_every_share_lies_in_its_interval(said):
    figures = evaluate_feedback(said)
    assert figures.verdicts == sum(part.verdicts for part in figures.coders) == len(said)
    for part in figures.coders:
        assert sum(row.accepted.of for row in part.kinds) == part.verdicts
        for row in (*part.kinds, *part.bands):
            shares = (row.accepted, row.corrected, row.dismissed)
            assert sum(share.count for share in shares) == row.accepted.of
            for share in shares:
                assert share.interval is not None
                assert share.rate is not None
                assert 0 <= share.interval[0] <= share.rate <= share.interval[1] <= 1
    json.loads(figures.to_json())


def test_the_intervals_are_those_of_wilson():
    (part,) = evaluate_feedback(verdicts(14, 6)).coders
    expected = binomtest(14, 20).proportion_ci(0.95, method="wilson")
    assert part.kinds[0].accepted.interval == pytest.approx(tuple(expected), abs=1e-4)


@pytest.mark.parametrize(
    "accepted, dismissed, stated, fit",
    [
        (14, 6, 0.70, "fits"),
        (4, 16, 0.70, "too sure"),
        (19, 1, 0.60, "not sure enough"),
        (14, FEWEST_EXAMPLES - 15, 0.7, "cannot tell"),
        (14, 6, None, "cannot tell"),
    ],
)
def test_what_was_stated_is_held_against_what_was_accepted(accepted, dismissed, stated, fit):
    (part,) = evaluate_feedback(verdicts(accepted, dismissed, stated=stated)).coders
    assert part.kinds[0].fit == fit


def test_versions_of_the_coder_are_kept_apart():
    figures = evaluate_feedback([*verdicts(1, 1, coder="1.0"), *verdicts(3, 3, coder="1.1")])
    assert [(part.coder, part.verdicts) for part in figures.coders] == [("1.1", 6), ("1.0", 2)]


def test_a_probability_of_one_is_in_the_last_band():
    (part,) = evaluate_feedback(verdicts(1, 0, stated=1.0)).coders
    assert [row.name for row in part.bands] == ["85%–100%"]


def test_without_a_verdict_there_is_nothing_to_say():
    with pytest.raises(InputError, match="no verdicts"):
        evaluate_feedback([])


GOOD = {"session": 1, "finding": "met", "start": 1, "end": 2, "probability": 0.5, "verdict": "accepted", "coder": "1"}


@pytest.mark.parametrize(
    "content, says",
    [
        ("{" + f'"schema": "{SCHEMA}", ', "not the JSON"),
        ({"schema": SCHEMA}, "no list of verdicts"),
        ({"schema": "attunement/reading/1", "verdicts": []}, "no list of verdicts"),
        ([], "no list of verdicts"),
        ({"schema": SCHEMA, "verdicts": [7]}, "verdict 1: not an object"),
        *(
            ({"schema": SCHEMA, "verdicts": [GOOD, GOOD | wrong]}, f"verdict 2: {name}")
            for name, wrong in [
                ("finding", {"finding": "mood"}),
                ("verdict", {"verdict": ["accepted"]}),
                ("probability", {"probability": 1.2}),
                ("probability", {"probability": float("nan")}),
                ("probability", {"probability": True}),
                ("session", {"session": 0}),
                ("start", {"start": "three"}),
                ("end", {"end": 1.5}),
                ("coder", {"coder": ""}),
                ("coder", {"coder": "\x1b[31m"}),
            ]
        ),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(tmp_path, content, says):
    with pytest.raises(InputError, match=says) as refusal:
        read_feedback(written(tmp_path, content))
    assert len(str(refusal.value).splitlines()) == 1


def test_other_files_are_none_of_feedback(tmp_path):
    assert not is_feedback(written(tmp_path, {"schema": "attunement/reading/1"}))
    assert not is_feedback(tmp_path)
    assert not is_feedback(tmp_path / "not-there")
