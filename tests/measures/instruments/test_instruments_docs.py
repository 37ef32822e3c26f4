"""docs/instruments.md: its tables are the catalogue's, its examples run and print what stands there."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from attunement.errors import InputError
from attunement.measures.answers import FORMATS, load_scores
from attunement.measures.instruments import Instrument, Scale, instruments, load_instruments

PAGE = (Path(__file__).parents[3] / "docs" / "instruments.md").read_text(encoding="utf-8")
FILES = re.findall(r"^```\w+ (\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
EXAMPLES = re.findall(r"^```python\n(.*?)^```\n\n```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
DASH = "–"


def scores_table() -> str:
    """The table of scores as the catalogue has it."""
    lines = ["| instrument | score | items | range | better | cut-off | reliable change | may be missing |"]
    lines += ["|---|---|---|---|---|---|---|---|"]
    for each in instruments():
        lines += [_row(each, scale) for scale in (each.total, *each.subscales)]
    return "\n".join(lines)


def _row(each: Instrument, scale: Scale) -> str:
    cells = [
        f"**{each.title}** `{each.name}`" if scale.name is None else "",
        f"`{scale.name}`" if scale.name else "total",
        str(len(scale.items)),
        f"{scale.low:g}–{scale.high:g}",
        "high" if scale.higher_is_better else "low",
        "; ".join(f"{cutoff.clinical} {cutoff.value:g}: {cutoff.meaning}" for cutoff in scale.cutoffs) or DASH,
        _reliable_change(scale),
        str(scale.missing.at_most) if scale.missing else DASH,
    ]
    return f"| {' | '.join(cells)} |"


def _reliable_change(scale: Scale) -> str:
    if scale.reliable_change is None:
        return DASH
    return (
        f"{scale.reliable_change:.1f}*" if scale.reliable_change_source == "computed" else f"{scale.reliable_change:g}"
    )


def sources_table() -> str:
    """The table of sources and licences as the catalogue has it."""
    lines = ["| name | measures | given | licence | sources |", "|---|---|---|---|---|"]
    for each in instruments():
        cells = [f"`{each.name}`", each.measures, each.usual, each.licence, "; ".join(each.sources.values())]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


@pytest.mark.parametrize("table", [scores_table, sources_table])
def test_the_tables_are_those_of_the_catalogue(table):
    assert table() in PAGE, f"put this table into docs/instruments.md:\n{table()}"


def test_what_an_instrument_s_notes_say_is_on_the_page():
    assert [note for each in instruments() for note in each.notes if note not in PAGE] == []


@pytest.fixture
def files(tmp_path, monkeypatch):
    for name, content in FILES:
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_examples_print_what_stands_below_them(files):
    names: dict[str, object] = {}
    assert len(EXAMPLES) >= 4
    for code, expected in EXAMPLES:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, "instruments.md", "exec"), names)
        assert printed.getvalue() == expected


def test_every_format_has_an_example_file(files):
    own = load_instruments("pain.yaml")
    read = [load_scores(name, instruments=own) for name, _ in FILES if name.endswith((".csv", "responses.json"))]
    assert {scores.format for scores in read} == set(FORMATS)
    assert all(scores.scores for scores in read)


def test_every_field_of_an_entry_is_explained(tmp_path):
    path = tmp_path / "own.yaml"
    scale = "range: [0, 9], higher_is_better: false"
    for text in (
        f"{{name: a, domain: distress, total: {{{scale}}}, odd: 1}}",
        f"{{name: a, domain: distress, total: {{{scale}, odd: 1}}}}",
        f"{{name: a, domain: distress, items: {{count: 3, range: [0, 3], odd: 1}}, total: {{{scale}}}}}",
        f"{{name: a, domain: distress, total: {{{scale}, cutoffs: {{value: 3, clinical: above, odd: 1}}}}}}",
        f"{{name: a, domain: distress, total: {{{scale}, reliability: {{value: 0.8, odd: 1}}}}}}",
        f"{{name: a, domain: distress, total: {{{scale}, norms: {{group: clinical, mean: 1, sd: 1, odd: 1}}}}}}",
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError) as raised:
            load_instruments(path)
        known = str(raised.value).partition("known are ")[2].rstrip(".").split(", ")
        assert len(known) > 2
        assert [name for name in known if f"`{name}" not in PAGE] == []
