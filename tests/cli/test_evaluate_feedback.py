"""`attunement evaluate` with what a clinic's therapists said to findings."""

from __future__ import annotations

import json
import re
from pathlib import Path

from attunement.evaluation.feedback import BANDS, Judgement
from attunement.evaluation.feedback_file import feedback_json
from attunement.evaluation.trust import FEWEST_EXAMPLES

PAGE = (Path(__file__).parents[2] / "docs" / "feedback.md").read_text(encoding="utf-8")


def clinic(count: int = 24) -> Path:
    """A clinic's file."""
    verdicts = [
        Judgement(n, "rupture", 1, 9, 0.7, "accepted" if n % 3 else "dismissed", "1.0") for n in range(1, count)
    ]
    file = Path("feedback.json")
    file.write_text(feedback_json(verdicts), encoding="utf-8")
    return file


def test_feedback_is_told_by_kind_with_what_it_cannot_say(attunement):
    ran = attunement("evaluate", clinic())
    assert ran.code == 0
    assert ran.out.lstrip().startswith("Were the findings right")
    assert "rupture" in ran.out
    assert "recall" in ran.out


def test_feedback_is_written_as_json(attunement):
    figures = json.loads(attunement("evaluate", clinic(), "--json", "-").out)
    assert figures["schema"] == "attunement/feedback-evaluation/1"
    assert figures["coders"][0]["kinds"][0]["accepted"]["of"] == 23


def test_a_file_without_verdicts_is_refused_in_one_line(attunement):
    ran = attunement("evaluate", clinic(count=1))
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1


def test_the_example_of_the_documentation_is_read(attunement):
    ((name, content),) = re.findall(r"```json (\S+)\n(.*?)```", PAGE, re.DOTALL)
    Path(name).write_text(content, encoding="utf-8")
    assert attunement("evaluate", name, "--json", "figures.json").code == 0
    assert json.loads(Path("figures.json").read_text())["verdicts"] == 3


def test_the_limits_of_the_documentation_are_those_of_the_code():
    assert f"fewer than {FEWEST_EXAMPLES}" in PAGE
    assert all(f"{100 * band:.0f} %" in PAGE for band in BANDS[1:-1])
