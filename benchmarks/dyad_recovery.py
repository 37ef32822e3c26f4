"""`make bench-recovery`: how well the model of therapist and client can be run backwards.

On simulated clients that nothing was fitted to: coverage of the bands, error beside not looking at all, ranks
(simulation-based calibration), the next scores and endings beside simple rules. Then on authored cases, read by a coder
that had not met them. `--json FILE` keeps the figures, `--page FILE` writes the tables of docs/dyad-inference.md anew,
`--pictures FOLDER` draws, `--clients N` takes fewer or more.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from scipy.stats import chisquare, rankdata

from attunement.dyad.inference.inferred import LEVELS
from benchmarks.case_figures.figure import over_cases
from benchmarks.dyad_figures.baselines import Baselines
from benchmarks.dyad_figures.clients import TO_FIT, Client, clients, only
from benchmarks.dyad_figures.corpus import corpus_figures
from benchmarks.dyad_figures.finder_errors import finder_errors
from benchmarks.dyad_figures.plots import draw_case, draw_ranks
from benchmarks.dyad_figures.prediction import Endings, Scores, course_of, ending_rules, endings, next_scores
from benchmarks.dyad_figures.recovery import (
    RANKS,
    STATES,
    TRAITS,
    Recovered,
    in_parallel,
    paths_of,
    prior_of,
    prior_squared_error,
    recovered,
)
from benchmarks.dyad_figures.tables import Rows, show, write
from benchmarks.held_out_cases import held_out_cases

CLIENTS = 100
FROM_ONE_SOURCE = 30
MORE, OTHERS = 1_000, 4  # clients of whom only endings are foretold, and their seed
SOURCES = ("ratings", "distress", "coded")


def with_interval(parts: Sequence[Any], measure: Callable[[Sequence[Any]], float]) -> dict[str, float]:
    """A figure and its 95 % interval from drawing cases again."""
    return dict(zip(("value", "low", "high"), map(float, over_cases(parts, measure)), strict=True))


def coverage(found: list[Recovered]) -> Rows:
    """Of every band, by quantity."""
    return [
        {"quantity": name, "band": level}
        | with_interval([each.covered(name)[place] for each in found], lambda shares: float(np.mean(shares)))
        for name in (*STATES, *TRAITS)
        for place, level in enumerate(LEVELS)
    ]


def errors(found: list[Recovered], prior: dict[str, Any], source: str, names: Sequence[str]) -> Rows:
    """Root mean squared error of the posterior mean beside the prior's, and the share of variance explained."""
    rows = []
    for name in names:
        pairs = [(each.squared_error(name), prior_squared_error(each, prior, name)) for each in found]
        explained = with_interval(pairs, lambda drawn: 1 - float(np.divide(*np.sum(drawn, axis=0))))
        own, before = np.sqrt(np.mean(pairs, axis=0))
        rows.append({"quantity": name, "from": source, "error": float(own), "error before": float(before)} | explained)
    return rows


def ranks(found: list[Recovered]) -> Rows:
    """Whether ranks of the truth among draws are even: chi-square's p."""
    counts = {name: np.bincount([each.rank[name] for each in found], minlength=RANKS) for name in (*STATES, *TRAITS)}
    return [{"quantity": name, "p": float(chisquare(count).pvalue)} for name, count in counts.items()]


def scored(parts: list[Scores], kind: str) -> Rows:
    """CRPS and log score of each rule, over clients."""
    rows = []
    for rule in next(part for part in parts if part):
        kept = [part[rule] for part in parts if part]
        crps = with_interval(kept, lambda drawn: float(np.mean([score[0] for each in drawn for score in each])))
        log = with_interval(kept, lambda drawn: float(np.mean([score[1] for each in drawn for score in each])))
        rows.append({"score": kind, "rule": rule, "predictions": sum(map(len, kept)), "crps": crps, "log score": log})
    return rows


def foretold(parts: list[Endings]) -> Rows:
    """Of ending within two sessions, by rule: Brier score, and whether those who end are told from those who stay.

    The latter is the chance that one who ends had been given the higher chance; .5 is guessing.
    """
    kept = [part for part in parts if part]
    return [
        {
            "rule": rule,
            "predictions": sum(len(part[rule]) for part in kept),
            "brier": with_interval([part[rule] for part in kept], _brier),
            "told apart": with_interval([part[rule] for part in kept], _told_apart),
        }
        for rule in kept[0]
    ]


def _brier(drawn: Sequence[Any]) -> float:
    chance, came = np.concatenate(drawn).T
    return float(np.mean((chance - came) ** 2))


def _told_apart(drawn: Sequence[Any]) -> float:
    chance, came = np.concatenate(drawn).T
    ends, stays = int(came.sum()), int((1 - came).sum())
    if not ends or not stays:
        return float("nan")
    return float((rankdata(chance)[came == 1].sum() - ends * (ends + 1) / 2) / (ends * stays))


def simulated(number: int, pictures: Path | None) -> dict[str, Rows]:
    """All figures on simulated clients."""
    held_out, to_fit = clients(number), clients(2 * number, seed=TO_FIT)
    rules = {kind: _rules(to_fit, kind, better) for kind, better in (("rating", "higher"), ("distress", "lower"))}
    ending = ending_rules(to_fit)

    def look(numbered: tuple[int, Client]) -> tuple[Recovered, Scores, Scores, Endings]:
        seed, client = numbered
        paths = paths_of(client.observed, seed=seed)
        foreseen = (next_scores(client.observed, paths, rules[kind], kind) for kind in ("rating", "distress"))
        return recovered(client, paths), *foreseen, endings(client, paths, *ending)  # type: ignore[return-value]

    began = time.perf_counter()
    found, ratings, distress, ends = map(list, zip(*in_parallel(look, enumerate(held_out)), strict=True))
    seconds = (time.perf_counter() - began) / len(found)
    whole = [each for each, client in zip(found, held_out, strict=True) if client.is_whole]
    prior = prior_of(to_fit)
    if pictures:
        draw_ranks(whole, pictures / "dyad-ranks.svg")
        shown = int(np.argmax([np.ptp(client.truth["strain"]) for client in held_out[:20]]))
        draw_case(held_out[shown], {name: found[shown].bands[name] for name in STATES}, pictures / "dyad-inferred.svg")
    return {
        "simulated clients": [_cases(held_out, found, seconds)],
        "coverage of bands": coverage(whole),
        "error of the posterior mean": errors(whole, prior, "all", (*STATES, *TRAITS))
        + _from_one_source(held_out, prior),
        "ranks": ranks(whole),
        "next score": scored(ratings, "rating") + scored(distress, "distress"),
        "ending within two sessions": foretold(ends),
        "the same of more clients, whom the model was not shown": foretold(
            [endings(client, None, *ending) for client in clients(MORE, seed=OTHERS)]
        ),
    }


def _cases(held_out: list[Client], found: list[Recovered], seconds: float) -> dict[str, Any]:
    whole = sum(client.is_whole for client in held_out)
    warned = sum(each.is_warned for each in found)
    return {"clients": len(found), "to the end": whole, "seconds a client": seconds, "warned of": warned}


def _rules(to_fit: list[Client], kind: str, better: str) -> Baselines:
    courses = [course_of(client.observed, kind) for client in to_fit]
    return Baselines.fitted([course for course in courses if len(course) > 1], better=better)


def _from_one_source(held_out: list[Client], prior: dict[str, Any]) -> Rows:
    rows = []
    for source in SOURCES:
        seen = [only(client, source) for client in held_out if client.is_whole][:FROM_ONE_SOURCE]
        found = in_parallel(lambda client: recovered(client, paths_of(client.observed)), seen)
        rows += errors(found, prior, source, STATES)
    return rows


def authored() -> dict[str, Rows]:
    """All figures on authored cases."""
    cases = held_out_cases()
    found, inferred = corpus_figures(cases)
    return {
        "finder, on authored cases": [
            {"kind": kind, "sensitivity": sensitivity, "specificity": specificity, "true": true}
            for kind, (sensitivity, specificity, true) in finder_errors(cases).items()
        ],
        "authored cases": [{"cases": len(inferred), "warned": sum(each.is_warned for each in inferred)}],
        "authored cases, belief": [asdict(figure) for figure in found],
        "authored cases, next rating": scored([each.scores for each in inferred], "rating"),
    }


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--page", type=Path)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    chosen = parser.parse_args()
    figures = simulated(chosen.clients, chosen.pictures) | authored()
    console = Console(width=140)
    for name, rows in figures.items():
        show(name, rows, console)
    if chosen.page:
        write(figures, chosen.page)
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1).replace("NaN", "null") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
