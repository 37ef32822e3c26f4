"""Fewer cases are a part of more cases, and answers are ranked as they should be."""

from __future__ import annotations

import numpy as np

from attunement.codebook import CODES
from attunement.coder.calibration import HEADS
from training.data import CODE_INDEX, TrainingSession, empty_targets, fill_codes
from training.learning_curve import MEAN, Point, precisions, shown, some_cases


def session(number: int, codes: list[set[str]]) -> TrainingSession:
    targets = empty_targets(len(codes))
    for row, given in enumerate(codes):
        fill_codes(targets, row, "client", given)
    return TrainingSession(
        f"s{number}", f"corpus:c{number // 2}", "corpus", ["client"] * len(codes), ["Hm."] * len(codes), targets
    )


def test_a_smaller_share_of_the_cases_is_part_of_a_larger_and_cases_stay_whole():
    sessions = [session(number, [set()]) for number in range(40)]
    few, many = some_cases(sessions, 0.25), some_cases(sessions, 0.75)
    assert {s.id for s in few} < {s.id for s in many}
    assert len(few) == 10
    assert len({s.group for s in few}) == 5
    assert some_cases(sessions, 1.0) == sessions


def test_answers_that_put_the_marked_turns_first_are_perfect():
    asked = [session(0, [{"denial"}, set(), {"felt_met"}, set()])]
    logits = np.zeros((4, sum(HEADS.values())))
    logits[0, CODE_INDEX["denial"]] = logits[2, CODE_INDEX["felt_met"]] = 5
    logits[0, len(CODES)] = 5  # the group of all strain
    found = precisions(asked, [logits])
    assert found["felt_met"] == found["strain"] == found[MEAN] == 1.0


def test_what_does_not_occur_has_no_figure():
    found = precisions([session(0, [{"denial"}, set()])], [np.zeros((2, sum(HEADS.values())))])
    assert np.isnan(found["felt_met"])


def test_the_curve_says_what_the_last_step_gains():
    points = [Point("words", MEAN, share, 10, value, 0.01) for share, value in ((0.5, 0.2), (1.0, 0.25))]
    assert "+0.050" in shown(points)
