"""What docs/deidentify.md shows is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from attunement.deidentify import read_wishes

PAGE = (Path(__file__).parents[2] / "docs" / "deidentify.md").read_text(encoding="utf-8")
SAID = "Therapist: How is Nuala?\nClient: She is in Guildford, you know. We moved on.\n" * 4


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_its_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "maribel.txt").write_text(SAID, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for code in blocks("python"):
        exec(compile(code, "deidentify.md", "exec"), {})
    assert capsys.readouterr().out == "How is [PERSON 1]?\n[\"people's names: 4\", 'places: 4']\n"


def test_its_review_file_is_one(tmp_path: Path) -> None:
    (block,) = blocks("yaml")
    file = tmp_path / "plain.review.yaml"
    file.write_text(block, encoding="utf-8")
    wishes = read_wishes(file)
    assert (wishes.days, wishes.keep, wishes.also) == (-77, ("Guildford",), ("accordion",))
    assert yaml.safe_load(block)["replaced"][0]["by"] == "[PERSON 1]"


def test_its_figures_are_there() -> None:
    assert re.search(r"\| person \| \d+ \| [01]\.\d\d \(", PAGE)
