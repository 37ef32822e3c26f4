"""`make train`: from data to the files that ship.

    python -m training.train [--run FOLDER] [--without-annomi]

Cross-validates (for calibration, thresholds, the episode finder and every reported figure), trains the final network,
and writes weights, finder, out-of-fold answers and run log.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import asdict, replace
from pathlib import Path

import torch

from training.assemble import assemble
from training.fit import Recipe
from training.pipeline import cross_validate, final_network
from training.sources import OUT_OF_FOLD, OUT_OF_FOLD_DEGRADED, ROOT, Data, Encoder


def main() -> None:
    """Run all stages; stages already on disk are not run again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=ROOT / "training" / "runs" / "latest", help="where stages are kept")
    parser.add_argument("--without-annomi", action="store_true", help="learn from the authored corpus alone")
    options = parser.parse_args()
    options.run.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(min(2, torch.get_num_threads()) if not torch.cuda.is_available() else 8)

    began = time.monotonic()
    log = (options.run / "log.txt").open("a", encoding="utf-8")

    def say(line: str) -> None:
        stamped = f"[{time.monotonic() - began:6.0f} s] {line}"
        print(stamped, flush=True)
        print(stamped, file=log, flush=True)

    recipe, encoder, data = Recipe(), Encoder.installed(), Data.load()
    if options.without_annomi:
        data = replace(data, annomi=[])
    say(f"{len(data.corpus)} corpus sessions, {len(data.annomi)} AnnoMI transcripts; recipe {asdict(recipe)}")
    out_of_fold, degraded = cross_validate(data, encoder, recipe, options.run, say)
    out_of_fold.save(OUT_OF_FOLD)
    degraded.save(OUT_OF_FOLD_DEGRADED)
    weights = final_network(data, encoder, recipe, options.run, say)
    assemble(data, encoder, recipe, out_of_fold, weights, options.run, say)
    say("done")


if __name__ == "__main__":
    main()
