"""`make train`: from data to the files that ship.

    python -m training.train [--run FOLDER] [--folds N] [--seed N] [--without-annomi]

Cross-validates (for calibration, thresholds, the episode finder and every reported figure), trains the final network,
and writes weights, finder, out-of-fold answers and run log. With another seed than the first it only cross-validates,
and keeps the answers beside those of the first: they tell how much of a figure is luck.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import asdict, replace
from pathlib import Path

import torch

from training.assemble import assemble, keep_fold_finders
from training.fit import Recipe
from training.pipeline import cross_validate, final_network
from training.sources import FOLD_FINDERS, FOLDS, OUT_OF_FOLD, OUT_OF_FOLD_DEGRADED, ROOT, Data, Encoder, of_seed

RUNS = ROOT / "training" / "runs"


def main() -> None:
    """Run all stages; stages already on disk are not run again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, help="where stages are kept; training/runs/latest, or one beside it a seed")
    parser.add_argument("--folds", type=int, default=FOLDS, help=f"how many folds to cross-validate in ({FOLDS})")
    parser.add_argument("--seed", type=int, default=Recipe.seed, help="another than the first: cross-validate only")
    parser.add_argument("--without-annomi", action="store_true", help="learn from the authored corpus alone")
    options = parser.parse_args()
    is_first = options.seed == Recipe.seed
    run = options.run or RUNS / ("latest" if is_first else f"seed-{options.seed}")
    run.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(min(2, torch.get_num_threads()) if not torch.cuda.is_available() else 8)

    began = time.monotonic()
    log = (run / "log.txt").open("a", encoding="utf-8")

    def say(line: str) -> None:
        stamped = f"[{time.monotonic() - began:6.0f} s] {line}"
        print(stamped, flush=True)
        print(stamped, file=log, flush=True)

    recipe, encoder, data = Recipe(seed=options.seed), Encoder.installed(), Data.load()
    if options.without_annomi:
        data = replace(data, annomi=[])
    say(f"{len(data.corpus)} corpus sessions, {len(data.annomi)} AnnoMI transcripts; recipe {asdict(recipe)}")
    out_of_fold, degraded = cross_validate(data, encoder, recipe, run, say, folds=options.folds)
    out_of_fold.save(of_seed(OUT_OF_FOLD, options.seed))
    degraded.save(of_seed(OUT_OF_FOLD_DEGRADED, options.seed))
    if is_first:
        weights = final_network(data, encoder, recipe, run, say)
        assemble(data, encoder, recipe, out_of_fold, weights, run, say)
    else:
        keep_fold_finders(data, out_of_fold, of_seed(FOLD_FINDERS, options.seed))
    say("done")


if __name__ == "__main__":
    main()
