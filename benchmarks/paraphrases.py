"""`make bench-paraphrases`: how often paraphrase pairs are treated rightly, one act twice or one wording in two acts.

The pairs (`corpus/paraphrases/`) are no training data. Beside the coder stands the word model that is part of it, so
that it can be seen whether more than wording is read.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from typing import Literal, cast

import numpy as np

from attunement.codebook import CODES
from attunement.coder.calibration import split_heads
from attunement.coder.decisions import GROUPS
from attunement.coder.model import shipped_coder
from attunement.errors import InputError
from attunement.transcripts.session import Roles, Session, Turn
from training.sources import CORPUS

FOLDER = CORPUS.parent / "paraphrases"
TURN = re.compile(r"^(T|C|1|2):?\s+(.+)$")
HEAD = re.compile(r"^#\s*([\w-]+)\s*\|\s*(\w+)\s*$")
Speaker = Literal["therapist", "client"]
SPOKEN: dict[str, Speaker] = {"T": "therapist", "C": "client"}


class Kind(Enum):
    """What a file of pairs asks, by its name."""

    SAME_ACT = "same-act"
    OTHER_ACT = "other-act"


@dataclass(frozen=True)
class Wording:
    """A turn with the turns before it, each as (speaker, text)."""

    turns: tuple[tuple[Speaker, str], ...]


@dataclass(frozen=True)
class Pair:
    """Two wordings and the act in question: both do it, or the first only."""

    name: str
    kind: Kind
    act: str
    first: Wording
    second: Wording


@dataclass(frozen=True)
class Judged:
    """Of `pairs`, how many are treated rightly: `both` answers right; single answers by wording; and `ranked`.

    `ranked` is for pairs of one wording and two acts: the first is given the higher chance. `by_words` is `ranked` by
    the word model alone (for the same act: None).
    """

    kind: str
    pairs: int
    both: int
    first: int
    second: int
    ranked: int | None
    by_words: int | None
    wrong: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """In words."""
        if self.kind == Kind.SAME_ACT.value:
            return (
                f"One act, two wordings: found in both in {self.both} of {self.pairs} pairs "
                f"({self.first + self.second} of {2 * self.pairs} wordings)."
            )
        return (
            f"One wording, two acts: found in the first and not in the second in {self.both} of {self.pairs} pairs "
            f"(found where it is in {self.first}, left out where it is not in {self.second}); the first is given the "
            f"higher chance in {self.ranked}, by word counts alone in {self.by_words}."
        )


def load_pairs(folder: Path = FOLDER) -> list[Pair]:
    """All pairs of both files.

    Raises:
        InputError: for a line or a pair that does not follow the form.
    """
    return [pair for kind in Kind for pair in _of_file(folder / f"{kind.value}.txt", kind)]


def _of_file(path: Path, kind: Kind) -> Iterator[Pair]:
    text = re.sub(r"^# .*README.*\n", "", path.read_text(encoding="utf-8"))
    for block in re.split(r"\n\s*\n", text.strip()):
        yield _pair(block.strip().splitlines(), kind, path.name)


def _pair(lines: Sequence[str], kind: Kind, file: str) -> Pair:
    head = HEAD.match(lines[0])
    if not head or (head[2] not in GROUPS and head[2] not in CODES):
        raise InputError(f"{file}: a pair must begin with '# name | act', the act a group of codes or a code.")
    speaker = cast("Speaker", CODES[GROUPS.get(head[2], (head[2],))[0]].speaker)
    before: list[tuple[Speaker, str]] = []
    is_new = False
    wordings: list[Wording] = []
    for line in lines[1:]:
        match = TURN.match(line)
        if not match:
            raise InputError(f"{file}, pair {head[1]}: a line is neither 'T: …', 'C: …', '1 …' nor '2 …'.")
        if match[1] in SPOKEN:
            before = [*([] if is_new else before), (SPOKEN[match[1]], match[2])]
            is_new = False
        else:
            wordings.append(Wording((*before, (speaker, match[2]))))
            is_new = True
    if len(wordings) != 2:
        raise InputError(f"{file}, pair {head[1]}: needs one turn '1 …' and one '2 …'.")
    return Pair(head[1], kind, head[2], *wordings)


def judged(kind: Kind, pairs: Sequence[Pair]) -> Judged:
    """Let the shipped coder read the pairs of one kind."""
    asked = [pair for pair in pairs if pair.kind is kind]
    answers = [(answer(pair.first, pair.act), answer(pair.second, pair.act)) for pair in asked]
    wanted = kind is Kind.SAME_ACT
    first = [one.given for one, _ in answers]
    second = [other.given == wanted for _, other in answers]
    both = [one and other for one, other in zip(first, second, strict=True)]
    return Judged(
        kind.value,
        len(asked),
        sum(both),
        sum(first),
        sum(second),
        None if wanted else sum(one.chance > other.chance for one, other in answers),
        None if wanted else sum(one.by_words > other.by_words for one, other in answers),
        tuple(pair.name for pair, right in zip(asked, both, strict=True) if not right),
    )


@dataclass(frozen=True)
class Answer:
    """Whether the act is given to the last turn, how likely it is, and how strongly words alone speak for it."""

    given: bool
    chance: float
    by_words: float


def answer(wording: Wording, act: str) -> Answer:
    """What the shipped coder says of the last turn."""
    turns = tuple(Turn(number, who, text) for number, (who, text) in enumerate(wording.turns, start=1))
    session = Session("pair", turns, Roles("therapist", "client", "labelled"))
    coder = shipped_coder()
    table = coder.code(session)
    columns = [list(CODES).index(code) for code in GROUPS.get(act, (act,))]
    words = split_heads(coder.logits(session))
    heard = words["groups"][-1, list(GROUPS).index(act), 1] if act in GROUPS else words["codes"][-1, columns[0], 1]
    chance = table.group(act)[-1] if act in GROUPS else table.column(act)[-1]
    return Answer(bool(np.any(table.decisions[-1, columns])), float(chance), float(heard))


def main() -> None:
    """Print how often pairs are treated rightly, and which are not; with `--json`, keep it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, default=None, help="where to keep the figures for the model card")
    options = parser.parse_args()
    pairs = load_pairs()
    found = [judged(kind, pairs) for kind in Kind]
    for each in found:
        print(f"{each.sentence}\n  Not right: {', '.join(each.wrong)}")
    if options.json:
        options.json.write_text(json.dumps([asdict(each) for each in found], indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
