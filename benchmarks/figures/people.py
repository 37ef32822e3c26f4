"""How far people agree with each other: the most that can be asked of a coder.

Two careful readers on the same sessions, F1 of one against the other: `corpus/second` for the corpus, `strain/a` and
`strain/b` for our codes on AnnoMI's transcripts. For AnnoMI's own labels it is what was found with the seven of its 133
transcripts that several annotators coded.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from attunement.codebook import CODES
from attunement.coder.decisions import GROUPS
from attunement.evaluation import agreement, load_coded
from attunement.evaluation.coded import CodedSession
from training.data import read_marks
from training.sources import CORPUS, DATA

SECOND = CORPUS.parent / "second"
OF_ANNOMI = {"AnnoMI therapist behaviour": 0.796, "AnnoMI client talk": 0.645}


def on_corpus(coded: list[CodedSession], second: Path = SECOND) -> dict[str, float]:
    """By label of a group of codes or type of episode, and `all codes` for the mean over single codes."""
    judged = agreement(coded, load_coded(second).sessions)
    groups = dict(zip(judged.groups["label"], judged.groups["f1"], strict=True))
    episodes = dict(zip(judged.episodes["name"], judged.episodes["f1"], strict=True))
    return {**groups, **episodes, "all codes": float(judged.codes["f1"].mean())}


def on_transcripts(folder: Path = DATA / "annomi" / "strain") -> dict[str, float]:
    """By group of codes, on the transcripts that two annotators coded apart; empty without them."""
    files = [path for path in sorted((folder / "a").glob("*.txt")) if (folder / "b" / path.name).exists()]
    marked = [[_marked(folder / annotator / path.name) for path in files] for annotator in ("a", "b")]
    if not files:
        return {}
    return {
        group: _agreement(*([_with(codes, each) for each in one] for one in marked)) for group, codes in GROUPS.items()
    }


def _marked(path: Path) -> dict[int, set[str]]:
    return {turn: codes & CODES.keys() for turn, (codes, _, _) in read_marks(path).items()}


def _with(codes: tuple[str, ...], marked: dict[int, set[str]]) -> set[int]:
    return {turn for turn, given in marked.items() if given & set(codes)}


def _agreement(first: list[set[int]], second: list[set[int]]) -> float:
    both = sum(len(one & other) for one, other in zip(first, second, strict=True))
    total = sum(len(one) + len(other) for one, other in zip(first, second, strict=True))
    return 2 * both / total if total else float(np.nan)
