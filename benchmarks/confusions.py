"""`make bench-errors`: which codes are taken for one another, counted on answers to sessions not seen.

A confusion is a turn in which a person's code is missing and another code, which the person did not give, stands
instead. `--page FILE` writes the table of docs/errors.md anew.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from attunement.codebook import CODES
from benchmarks.held_out import Runs

SHOWN = 20
MARKS = re.compile(r"(<!-- confusions:begin -->\n).*?(<!-- confusions:end -->)", re.DOTALL)


@dataclass(frozen=True)
class Confusion:
    """Two codes of one speaker: how often `first` was told as `second`, and the other way round.

    Counts are turns; with several seeds, on average over them. `first` is the one that is more often lost.
    """

    first: str
    second: str
    first_as_second: float
    second_as_first: float
    first_examples: int
    second_examples: int

    @property
    def turns(self) -> float:
        """Both ways together."""
        return self.first_as_second + self.second_as_first


@dataclass(frozen=True)
class Alone:
    """Marks with nothing in their place: a code missed where nothing was said, or said where nothing is."""

    code: str
    missed: float
    invented: float
    examples: int


def counted(runs: Runs) -> tuple[list[Confusion], list[Alone]]:
    """All confusions, commonest first, and for each code how often it was lost or invented without another."""
    taken: Counter[tuple[str, str]] = Counter()
    missed: Counter[str] = Counter()
    invented: Counter[str] = Counter()
    given: Counter[str] = Counter(code for one in runs.data.coded for turn in one.codes for code in turn.codes)
    for run in runs.clean:
        for coded, table in zip(runs.data.coded, run.corpus_tables, strict=True):
            for row, turn in enumerate(coded.codes):
                lost, extra = turn.codes - set(table.decided(row)), set(table.decided(row)) - turn.codes
                taken.update((one, other) for one in lost for other in extra)
                missed.update(lost if not extra else ())
                invented.update(extra if not lost else ())
    seeds = len(runs.clean)
    pairs = {tuple(sorted(pair)) for pair in taken}
    confusions = [_confusion(*pair, taken, given, seeds) for pair in pairs]
    confusions.sort(key=lambda each: (-each.turns, each.first, each.second))
    return confusions, [Alone(c, missed[c] / seeds, invented[c] / seeds, given[c]) for c in CODES]


def _confusion(one: str, other: str, taken: Counter[tuple[str, str]], given: Counter[str], seeds: int) -> Confusion:
    first, second = sorted((one, other), key=lambda code: -taken[code, other if code == one else one])
    return Confusion(
        first, second, taken[first, second] / seeds, taken[second, first] / seeds, given[first], given[second]
    )


def shown(confusions: Sequence[Confusion]) -> Table:
    """The table as printed."""
    table = Table(title="The commonest confusions on sessions not seen", title_justify="left")
    for name in ("", "code", "told as", "turns", "the other way", "examples of each"):
        table.add_column(name, justify="left" if name in ("code", "told as") else "right")
    for place, each in enumerate(confusions[:SHOWN], start=1):
        table.add_row(str(place), *cells(each))
    return table


def cells(each: Confusion) -> tuple[str, ...]:
    """A confusion as the words of its row."""
    ways = (f"{each.first_as_second:.0f}", f"{each.second_as_first:.0f}")
    return each.first, each.second, *ways, f"{each.first_examples:,} and {each.second_examples:,}"


def markdown(confusions: Sequence[Confusion]) -> str:
    """The table as docs/errors.md has it."""
    rows = [
        ("", "code", "told as", "turns", "the other way", "examples of each"),
        ("--:", "---", "---", "--:", "--:", "--:"),
    ]
    for place, each in enumerate(confusions[:SHOWN], start=1):
        first, second, *rest = cells(each)
        rows.append((f"[{place}](#{anchor(each)})", f"`{first}`", f"`{second}`", *rest))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def anchor(each: Confusion) -> str:
    """Where the page speaks of the two, whichever is lost more often."""
    return "-and-".join(sorted((each.first, each.second)))


def with_table(page: str, confusions: Sequence[Confusion]) -> str:
    """The page with these counts between its marks."""
    return MARKS.sub(lambda marks: f"{marks[1]}{markdown(confusions)}\n{marks[2]}", page)


def without_words(page: str, confusions: Sequence[Confusion]) -> list[str]:
    """Those of the commonest of which the page says nothing yet."""
    return [anchor(each) for each in confusions[:SHOWN] if f"\n### {anchor(each).replace('-', ' ')}\n" not in page]


def kept(path: Path) -> list[Confusion]:
    """The confusions of the last run with `--json`."""
    return [Confusion(**each) for each in json.loads(path.read_text(encoding="utf-8"))["confusions"]]


def main() -> None:
    """Print the table; keep it, and write it into the page, where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, default=None, help="where to keep the counts")
    parser.add_argument("--page", type=Path, default=None, help="the page whose table is to be written anew")
    options = parser.parse_args()
    confusions, alone = counted(Runs.load())
    console = Console(width=130)
    console.print(shown(confusions))
    for what in ("missed", "invented"):
        most = sorted(alone, key=lambda each: -getattr(each, what))[:8]
        told = ", ".join(f"{each.code} {getattr(each, what):.0f}" for each in most)
        console.print(f"Most often {what} with nothing in its place: {told}", highlight=False)
    if options.json:
        rows = {"confusions": confusions[:SHOWN], "alone": alone}
        record = {name: [asdict(row) for row in part] for name, part in rows.items()}
        options.json.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    if options.page:
        page = with_table(options.page.read_text(encoding="utf-8"), confusions)
        options.page.write_text(page, encoding="utf-8")
        for missing in without_words(page, confusions):
            console.print(f"{options.page.name} says nothing yet of: {missing.replace('-', ' ')}")


if __name__ == "__main__":
    main()
