"""`make bench-episodes-simulated`: whether the finder finds the ruptures and repairs of simulated sessions.

The model says what happened; the coder's own errors, taken from sessions it had not learned from, say what it would
have read; the finder that ships looks for the episodes. How simulated turns get their codes: `simulated_sessions`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from attunement.coder.decisions import GROUPS
from attunement.coder.table import CodeTable
from attunement.dyad.export.ruptures import TrueRupture, true_ruptures
from attunement.dyad.simulate import simulate
from attunement.episodes import Episode, shipped_finder
from attunement.evaluation.episodes import Span, overlap, pairs
from benchmarks.held_out import HeldOut
from benchmarks.simulated_sessions import Donors, Script, script_of, session_of

CLIENTS, SEED = 400, 1
KINDS = {
    "strain": {"withdrawal", "confrontation"},
    "repair": {"repair"},
    "failure": {"missed", "harmed"},
}


@dataclass(frozen=True)
class Level:
    """One quality of the coder."""

    name: str
    misread: float = 0.0
    only_right: bool = False


LEVELS = (
    Level("a coder that is never wrong", only_right=True),
    Level("the coder as it is"),
    Level("a tenth of turns misread", 0.1),
    Level("a quarter misread", 0.25),
    Level("half misread", 0.5),
    Level("all misread", 1.0),
)


@dataclass(frozen=True)
class Found:
    """One session at one level, with the weight that sessions of its sort have in the simulated population."""

    script: Script
    ruptures: list[Span]
    repairs: list[Span]
    right_kinds: int
    weight: float


@dataclass(frozen=True)
class Figures:
    """Of one type of episode: half of all turns in common (as in the model card), and any turn in common."""

    precision: float | None
    recall: float | None
    f1: float | None
    touched: float | None
    session: tuple[float | None, float | None]  # found where there is one, none where there is none


def sessions(donors: Donors, each: int, draws: np.random.Generator) -> list[tuple[Script, float]]:
    """As many sessions with an open rupture as without one, with the weights that undo this."""
    courses = simulate(CLIENTS, seed=SEED, keep_exchanges=True)
    by_client: dict[int, list[TrueRupture]] = {}
    for rupture in true_ruptures(courses):
        by_client.setdefault(rupture.client, []).append(rupture)
    scripts: dict[bool, list[Script]] = {True: [], False: []}
    when, who = np.nonzero(courses.attended)
    for place in draws.permutation(len(when)):
        client, session = int(who[place]), int(when[place]) + 1
        script = script_of(courses, client, session, by_client.get(client, []), donors.rates, draws)
        scripts[bool(script.ruptures)].append(script)
    return [
        (script, len(of_sort) / len(when) / min(each, len(of_sort)))
        for of_sort in scripts.values()
        for script in of_sort[:each]
    ]


def found_in(script: Script, table: CodeTable, weight: float) -> Found:
    """What the finder makes of a table."""
    reading = shipped_finder().find(session_of(script), table)
    ruptures = [(episode.start, episode.end) for episode in reading.ruptures]
    matched = pairs([rupture[:2] for rupture in script.ruptures], ruptures)
    right = sum(script.ruptures[i][2] == reading.ruptures[j].kind for i, j in matched)
    return Found(script, ruptures, _spans(reading.repairs), right, weight)


def figures(found: Sequence[Found], kind: str) -> Figures:
    """Over sessions as common as they are in the simulated population."""
    hits = marked = said = touched = 0.0
    there, spared = np.zeros(2), np.zeros(2)
    for each in found:
        true = [rupture[:2] for rupture in each.script.ruptures] if kind == "rupture" else each.script.repairs
        got = each.ruptures if kind == "rupture" else each.repairs
        hits += each.weight * len(pairs(true, got))
        marked += each.weight * len(true)
        said += each.weight * len(got)
        touched += each.weight * sum(any(overlap(one, other) > 0 for other in got) for one in true)
        (there if true else spared)[:] += each.weight * np.array([bool(got) == bool(true), 1])
    precision, recall = _ratio(hits, said), _ratio(hits, marked)
    return Figures(
        precision, recall, _ratio(2 * hits, said + marked), _ratio(touched, marked), (_ratio(*there), _ratio(*spared))
    )


def coder_rates(read: Sequence[tuple[Script, CodeTable]]) -> dict[str, tuple[float | None, float | None]]:
    """For each group of codes: share of its turns that are read so, share of the speaker's other turns that are not."""
    rates = {}
    for group, kinds in KINDS.items():
        counts = np.zeros((2, 2))
        speaker = 0 if group == "strain" else 1
        members = [table.codes.index(code) for table in [read[0][1]] for code in GROUPS[group]]
        for script, table in read:
            decided = table.decisions[speaker::2, members].any(axis=1)
            true = np.array([kind in kinds for kind in script.kinds[speaker::2]])
            for value in (0, 1):
                counts[value] += [(decided[true == value] == value).sum(), (true == value).sum()]
        rates[group] = (_ratio(*counts[1]), _ratio(*counts[0]))
    return rates


def _spans(episodes: Sequence[Episode]) -> list[Span]:
    return [(episode.start, episode.end) for episode in episodes]


def _ratio(part: float, whole: float) -> float | None:
    return float(part / whole) if whole else None


def main() -> None:
    """Print the table, and keep it where asked."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sessions", type=int, default=200, help="with a rupture, and as many without")
    asked.add_argument("--json", type=Path)
    options = asked.parse_args()
    held_out = HeldOut.load()
    donors = Donors(held_out.data.coded, (held_out.tables[each.id] for each in held_out.data.corpus))
    scripts = sessions(donors, options.sessions, np.random.default_rng(SEED))
    kept = []
    ruptures = Table("coder", "turns of strain read", "others spared", title="Ruptures", title_justify="left")
    repairs = Table("coder", "repair turns read", "others spared", title="Repairs", title_justify="left")
    for table in (ruptures, repairs):
        for head in ("precision", "recall", "F1", "touched", "sessions with", "without"):
            table.add_column(head, justify="right")
    ruptures.add_column("kind right", justify="right")
    for level in LEVELS:
        draws = np.random.default_rng(SEED)
        tables = [
            donors.table(script, draws, misread=level.misread, only_right=level.only_right) for script, _ in scripts
        ]
        found = [found_in(script, table, weight) for (script, weight), table in zip(scripts, tables, strict=True)]
        rates = coder_rates([(script, table) for (script, _), table in zip(scripts, tables, strict=True)])
        of_rupture, of_repair = figures(found, "rupture"), figures(found, "repair")
        hits = sum(len(pairs([r[:2] for r in each.script.ruptures], each.ruptures)) for each in found)
        kind_right = _ratio(sum(each.right_kinds for each in found), hits)
        ruptures.add_row(level.name, *_row(rates["strain"], of_rupture), _say(kind_right))
        repairs.add_row(level.name, *_row(rates["repair"], of_repair))
        kept.append(
            {
                "coder": level.name,
                "rates": rates,
                "rupture": asdict(of_rupture) | {"kind_right": kind_right},
                "repair": asdict(of_repair),
            }
        )
    console = Console(width=140)
    with_rupture = sum(bool(script.ruptures) for script, _ in scripts)
    share = sum(weight for script, weight in scripts if script.ruptures)
    console.print(
        f"{with_rupture} simulated sessions with a rupture and {len(scripts) - with_rupture} without, weighted as in "
        f"the simulated population ({share:.0%} have one). Precision, recall, F1: half of the turns "
        "in common; touched: any."
    )
    console.print(ruptures)
    console.print(repairs)
    true = sum(len(script.ruptures) for script, _ in scripts), sum(len(script.repairs) for script, _ in scripts)
    console.print(f"These rest on {true[0]} ruptures and {true[1]} repairs; more with --sessions.")
    console.print(
        "Simulated: the course of events, by the model's defaults. From the corpus (authored sessions): the coder's "
        "errors, turn by turn and independent of their neighbours, and how often ruptures and repairs show. Not tested "
        "on real therapies."
    )
    if options.json:
        options.json.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def _row(rates: tuple[float | None, float | None], of: Figures) -> list[str]:
    return [_say(value) for value in (*rates, of.precision, of.recall, of.f1, of.touched, *of.session)]


def _say(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


if __name__ == "__main__":
    main()
