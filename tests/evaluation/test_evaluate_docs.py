"""The examples in docs/evaluate.md are what the program reads, and its limits are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from attunement.evaluation import load_coded, trust
from attunement.evaluation.bootstrap import FEWEST_CASES, RESAMPLES, RESAMPLES_OF_RANKING
from attunement.evaluation.metrics import CALIBRATION_BINS

TEXT = (Path(__file__).parents[2] / "docs" / "evaluate.md").read_text(encoding="utf-8")


@pytest.fixture
def examples(tmp_path):
    for name, content in re.findall(r"```text (\S+)\n(.*?)```", TEXT, re.DOTALL):
        path = tmp_path / ("sessions" if name == "mira-01.txt" else "") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "name, kind, turns",
    [("sessions", "coded text", 6), ("codes.csv", "table of codes", 3), ("second-coder", "codes only", 3)],
)
def test_every_example_of_a_format_is_read(examples, name, kind, turns):
    coded = load_coded(examples / name)
    assert coded.format == kind
    assert len(coded.sessions[0].codes) == turns


def test_the_python_examples_run(examples, monkeypatch, capsys):
    (examples / "second-coder" / "mira-01.txt").write_text("2 minimal_response\n4 denial, exp=0\n", encoding="utf-8")
    (examples / "second-coder" / "s1.txt").unlink()
    monkeypatch.chdir(examples)
    blocks = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        exec(block, {})
    assert "Can you trust it" in capsys.readouterr().out


@pytest.mark.parametrize(
    "limit",
    [
        f"under {trust.FEWEST_EXAMPLES}",
        f"under {FEWEST_CASES}",
        f"{RESAMPLES:,} times",
        f"{RESAMPLES_OF_RANKING} times",
        f"{CALIBRATION_BINS} bins",
        *(f"{limit:.2f}".lstrip("0") for limit in (trust.POOR_F1, trust.FAIR_F1, trust.POOR_KAPPA, trust.FAIR_KAPPA)),
        f"above {trust.LARGE_CALIBRATION_ERROR:.2f}".replace("0.", "."),
    ],
)
def test_the_limits_are_those_of_the_code(limit):
    assert limit in TEXT
