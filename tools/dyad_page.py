"""`python -m tools.dyad_page`: the tables of `docs/dyad.md`, from the code and from the last calibration.

Between `<!-- NAME -->` and `<!-- /NAME -->` stands what `BLOCKS[NAME]` gives; all other words are written by hand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from math import inf
from pathlib import Path
from typing import Any

from attunement.dyad.facts import FACTS
from attunement.dyad.parameters import TABLE
from attunement.dyad.words import inside, interval

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "dyad.md"
RESULTS = ROOT / "training" / "dyad" / "results"
SHOWN = 4  # facts that a parameter moves most
NEGLIGIBLE = 0.5  # published standard errors
SAYS = {fact.name: fact.says.removesuffix(")").rpartition(" (")[0] or fact.says for fact in FACTS}


def parameters() -> str:
    """The table of parameters, as in the code."""
    rows = [
        f"| `{row.name}` | {row.meaning} | {row.unit} | {row.default:g} | {row.low:g} to {row.high:g} | {row.source} |"
        for row in TABLE
    ]
    return "\n".join(["| name | meaning | unit | default | range | source |", "|---|---|---|---|---|---|", *rows])


def facts() -> str:
    """Published beside simulated, from the last calibration."""
    result = _result("calibration.json")
    held = sum(row["inside"] is True for row in result["facts"])
    rows = [
        f"| {row['says']} | {_told(row, 'published')} | {_told(row, 'simulated')} | {inside(row['inside'])} |"
        for row in result["facts"]
    ]
    summary = f"{held} of {len(rows)} inside, {result['dyads']:,} dyads in each condition, {result['date']}."
    return "\n".join([summary, "", "| fact | published | simulated | |", "|---|---|---|---|", *rows])


def sources() -> str:
    """How each fact is computed on simulated therapies, and where it was published."""
    rows = [f"| {fact.says} | {fact.measured} | {fact.source}{_note(fact.note)} |" for fact in FACTS]
    return "\n".join(["| fact | computed from | source |", "|---|---|---|", *rows])


def sensitivity() -> str:
    """What each parameter moves most."""
    change = _result("sensitivity.json")["change"]
    rows = [f"| `{name}` | {_moved(moved)} |" for name, moved in change.items()]
    return "\n".join(["| a tenth of the range more of | moves, in published standard errors |", "|---|---|", *rows])


def tension() -> str:
    """What each fact would cost the others."""
    result = _result("sensitivity.json")
    rows = [
        f"| {SAYS[name]} | {_signed(result['distance'][name])} | {_signed(result['left_out'][name])} "
        f"| {_leaving(result, name)} |"
        for name in result["distance"]
    ]
    head = "| fact | lies at | left out, would lie at | taken to the middle, drives out |"
    return "\n".join([head, "|---|---|---|---|", *rows])


BLOCKS: dict[str, Callable[[], str]] = {
    "parameters": parameters,
    "facts": facts,
    "sources": sources,
    "sensitivity": sensitivity,
    "tension": tension,
}


def page(text: str) -> str:
    """The page with its tables written anew."""
    for name, block in BLOCKS.items():
        pattern = rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)"
        place = re.search(pattern, text, flags=re.DOTALL)
        if place is None:
            raise SystemExit(f"docs/dyad.md: there is no place for {name}.")
        text = f"{text[: place.start()]}{place[1]}{block()}\n{place[2]}{text[place.end() :]}"
    return text


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print("docs/dyad.md")


def _told(row: dict[str, Any], which: str) -> str:
    """JSON has no infinity: an end without number is one where a direction is published."""
    low, high = row[f"{which}_low"], row[f"{which}_high"]
    if row["interval"] == "direction" and which == "published":
        low, high = (each if each is not None else sign * inf for each, sign in ((low, -1), (high, 1)))
    return interval(row[which], low, high)


def _moved(moved: dict[str, float]) -> str:
    largest = sorted(moved.items(), key=lambda each: -abs(each[1]))[:SHOWN]
    told = [f"{SAYS[name]} {_signed(change)}" for name, change in largest if abs(change) >= NEGLIGIBLE]
    return "; ".join(told) or "nothing by half a standard error"


def _leaving(result: dict[str, Any], name: str) -> str:
    now, then = result["distance"], result["pulled"][name]
    leaving = [SAYS[other] for other in then if other != name and abs(then[other]) > 1 >= abs(now[other])]
    return "; ".join(leaving) or "none"


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−")


def _note(note: str) -> str:
    return f" ({note})" if note else ""


def _result(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((RESULTS / name).read_text(encoding="utf-8"))
    return content


if __name__ == "__main__":
    main()
