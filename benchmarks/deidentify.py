"""`make bench-deidentify`: how many names, places and dates are found, in sessions marked by reading.

`corpus/identifying/` has the mentions of 48 sessions of as many cases. The rules were made on one half; the figures are
those of the other. The test half is read twice more: with its people and places renamed as people of other origins
are called, and in small letters, as some recognisers write.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import numpy as np

from attunement.deidentify import Spoken, Wishes
from attunement.deidentify.deidentify import findings
from attunement.deidentify.found import Found
from attunement.evaluation.bootstrap import Bootstrap, interval
from attunement.transcripts import Roles, Session, Turn
from benchmarks.names_of_origins import ORIGINS, Origin

CORPUS = Path(__file__).parents[1] / "corpus"
MENTIONS = CORPUS / "identifying" / "mentions.csv"
TURN = re.compile(r"^(?P<who>[TC]): (?P<words>.*?)(?:\s*\{[^{}]*\})?\s*$", re.MULTILINE)
KINDS = ("person", "place", "organisation", "origin", "date", "age")
# Neither right nor wrong to replace: brands, titles, public figures, fixed words of a trade or a faith.
NEUTRAL = "other"
WISHES = Wishes(days=77)
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that could tell who somebody is, where they stand."""

    turn: int
    start: int
    end: int
    words: str
    kind: str


@dataclass(frozen=True)
class Marked:
    """A session's turns and everything in them that was marked."""

    name: str
    half: str
    turns: tuple[tuple[str, str], ...]
    mentions: tuple[Mention, ...]

    def session(self) -> Spoken:
        """As a transcript of two people whose labels say nothing but their role."""
        turns = tuple(
            Turn(number, "therapist" if who == "T" else "client", words, name=who)
            for number, (who, words) in enumerate(self.turns, start=1)
        )
        return Spoken(1, Session(self.name, turns, Roles("T", "C", "labelled")))


def marked_sessions(path: Path = MENTIONS) -> list[Marked]:
    """All of them, mentions in place."""
    rows: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rows[row["session"], row["half"]].append(row)
    return [_marked(name, half, found) for (name, half), found in rows.items()]


def _marked(name: str, half: str, rows: Iterable[dict[str, str]]) -> Marked:
    text = (CORPUS / "sessions" / f"{name}.txt").read_text(encoding="utf-8")
    turns = tuple((match["who"], match["words"]) for match in TURN.finditer(text))
    mentions: list[Mention] = []
    for row in rows:
        turn, words = int(row["turn"]), row["words"]
        after = max((each.end for each in mentions if each.turn == turn), default=0)
        place = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)").search(turns[turn - 1][1], after)
        if place is None:
            raise SystemExit(
                f"{name}, turn {turn}: a marked word is not there; the rows must be in the order of the text."
            )
        mentions.append(Mention(turn, place.start(), place.end(), words, row["kind"]))
    return Marked(name, half, turns, tuple(mentions))


# --- other names, other ways of writing -------------------------------------------------------------------------------


def renamed(marked: Marked, origin: Origin) -> Marked:
    """The session with its people and places called as in this origin; one name stays one name."""
    new: dict[str, str] = {}
    people, families, places = cycle(origin.people), cycle(origin.families), cycle(origin.places)
    for each in marked.mentions:
        if each.kind == "person":
            for place, word in enumerate(each.words.split()):
                new.setdefault(f"person {word}", next(people) if place == 0 else next(families))
        elif each.kind == "place":
            new.setdefault(f"place {each.words}", next(places))
    return _changed(marked, lambda each: _new_words(each, new))


def _new_words(mention: Mention, new: dict[str, str]) -> str:
    if mention.kind == "person":
        return " ".join(new[f"person {word}"] for word in mention.words.split())
    return new.get(f"place {mention.words}", mention.words)


def _changed(marked: Marked, words_of: object) -> Marked:
    turns, mentions = list(marked.turns), []
    for number, (who, words) in enumerate(marked.turns, start=1):
        pieces, end, length = [], 0, 0
        for each in (each for each in marked.mentions if each.turn == number):
            before, instead = words[end : each.start], words_of(each)  # type: ignore[operator]
            start = length + len(before)
            length = start + len(instead)
            pieces += [before, instead]
            mentions.append(Mention(number, start, length, instead, each.kind))
            end = each.end
        turns[number - 1] = (who, "".join([*pieces, words[end:]]))
    return Marked(marked.name, marked.half, tuple(turns), tuple(mentions))


def in_small_letters(marked: Marked) -> Marked:
    """As some recognisers write: no capitals, hardly any marks. Everything stays where it was."""
    turns = tuple((who, re.sub(r"[^\w\s'’-]", " ", words).lower()) for who, words in marked.turns)
    return Marked(marked.name, marked.half, turns, marked.mentions)


# --- counting ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Counted:
    """By session: what was marked, what of it was replaced, what was replaced, what of that was marked, by kind."""

    marked: dict[str, np.ndarray]
    hit: dict[str, np.ndarray]
    replaced: dict[str, np.ndarray]
    right: dict[str, np.ndarray]
    same_kind: np.ndarray
    words: np.ndarray
    misses: list[str]
    false: list[str]


def count(sessions: Sequence[Marked]) -> Counted:
    """Replace everything and compare."""
    names = [*KINDS, "all"]
    counted = Counted(
        *({name: np.zeros(len(sessions)) for name in names} for _ in range(4)),
        np.zeros(len(sessions)),
        np.zeros(len(sessions)),
        [],
        [],
    )
    for place, marked in enumerate(sessions):
        [found] = findings([marked.session()], WISHES)
        _count_marked(counted, place, marked, found)
        _count_replaced(counted, place, marked, found)
        counted.words[place] = sum(len(words.split()) for _, words in marked.turns)
    return counted


def _count_marked(counted: Counted, place: int, marked: Marked, found: Sequence[Sequence[Found]]) -> None:
    for each in (each for each in marked.mentions if each.kind != NEUTRAL):
        over = [other for other in found[each.turn - 1] if other.start < each.end and each.start < other.end]
        is_hit = _is_covered(each, over, marked.turns[each.turn - 1][1])
        for name in (each.kind, "all"):
            counted.marked[name][place] += 1
            counted.hit[name][place] += is_hit
        counted.same_kind[place] += is_hit and any(_kind(other) == each.kind for other in over)
        if not is_hit:
            counted.misses.append(f"{marked.name} {each.turn}: {each.words} ({each.kind})")


def _is_covered(mention: Mention, over: Sequence[Found], text: str) -> bool:
    """Whether no letter of it is left, but for small links ("of", "the")."""
    left = [
        text[at] for at in range(mention.start, mention.end) if not any(other.start <= at < other.end for other in over)
    ]
    return bool(over) and not re.search(r"[A-ZÀ-Þ0-9]|\w{3,}", "".join(left))


def _count_replaced(counted: Counted, place: int, marked: Marked, found: Sequence[Sequence[Found]]) -> None:
    for number, turn in enumerate(found, start=1):
        for each in turn:
            over = [
                other
                for other in marked.mentions
                if other.turn == number and other.start < each.end and each.start < other.end
            ]
            if over and all(other.kind == NEUTRAL for other in over):
                continue
            for name in {_kind(each), "all"} & {*KINDS, "all"}:
                counted.replaced[name][place] += 1
                counted.right[name][place] += bool(over)
            if not over:
                counted.false.append(f"{marked.name} {number}: {each.words} ({each.kind})")


def _kind(found: Found) -> str:
    return found.kind.casefold()


def share(part: np.ndarray, whole: np.ndarray) -> str:
    """A share with its interval over cases; where drawing cases tells nothing, since all or none were, an exact bound.

    That takes all mentions of a case for one try, since a name that is found once is found again.
    """
    if not whole.sum():
        return "–"
    if part.sum() == whole.sum():
        return f"1.00 ({0.025 ** (1 / np.count_nonzero(whole)):.2f}–1.00)"
    drawn = Bootstrap.over(len(whole))
    with np.errstate(invalid="ignore", divide="ignore"):
        samples = drawn.totals(part) / drawn.totals(whole)
    figure = part.sum() / whole.sum()
    low, high = interval(figure, samples)
    return f"{figure:.2f} ({low:.2f}–{high:.2f})"


# --- tables -----------------------------------------------------------------------------------------------------------


def table(sessions: Sequence[Marked]) -> list[str]:
    """Recall and precision by kind."""
    counted = count(sessions)
    lines = ["| | marked | found | of what was replaced, right |", "|---|---|---|---|"]
    for name in (*KINDS, "all"):
        recall, precision = (
            share(counted.hit[name], counted.marked[name]),
            share(counted.right[name], counted.replaced[name]),
        )
        lines.append(f"| {name} | {counted.marked[name].sum():.0f} | {recall} | {precision} |")
    wrong = counted.replaced["all"].sum() - counted.right["all"].sum()
    lines.append("")
    lines.append(
        f"Of what was found, {share(counted.same_kind, counted.hit['all'])} got the right kind. "
        f"Wrongly replaced: {1000 * wrong / counted.words.sum():.1f} in 1,000 words."
    )
    return lines


def stress(sessions: Sequence[Marked]) -> list[str]:
    """Recall of people and places under other names and without capitals."""
    lines = [
        "| names | people, as written | places, as written | people, in small letters | places, in small letters |"
    ]
    lines.append("|---|---|---|---|---|")
    versions = {"as in the sessions": list(sessions)}
    versions |= {origin.name: [renamed(each, origin) for each in sessions] for origin in ORIGINS}
    for name, version in versions.items():
        cells = []
        for written in (version, [in_small_letters(each) for each in version]):
            counted = count(written)
            cells += [share(counted.hit[kind], counted.marked[kind]) for kind in ("person", "place")]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def figures(sessions: Sequence[Marked], half: str) -> str:
    """Everything that is measured, as Markdown."""
    small = [in_small_letters(each) for each in sessions]
    parts = [
        [f"{len(sessions)} sessions of as many cases, {half} half; 95 % intervals from drawing cases."],
        ["Written as usual:"],
        table(sessions),
        ["In small letters, as some recognisers write:"],
        table(small),
        ["People and places of the same sessions under other names:"],
        stress(sessions),
    ]
    return "\n\n".join("\n".join(part) for part in parts)


def with_figures(page: str, found: str) -> str:
    """The page with the figures as they are now."""
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}\n{found}\n{END}{rest.split(END)[1]}"


def main() -> None:
    """Print the tables; `--list` shows what was missed, in the develop half only: nobody looks at that of the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true", help="what was missed and wrongly replaced in the develop half")
    parser.add_argument("--page", type=Path, help="write the figures into this page too")
    options = parser.parse_args()
    half = "develop" if options.list else "test"
    sessions = [each for each in marked_sessions() if each.half == half]
    if options.list:
        for name, version in (("as written", sessions), ("small", [in_small_letters(each) for each in sessions])):
            counted = count(version)
            print(f"{name}, missed:", *counted.misses, f"\n{name}, wrong:", *counted.false, "", sep="\n")
        return
    found = figures(sessions, half)
    print(found)
    if options.page:
        options.page.write_text(with_figures(options.page.read_text(encoding="utf-8"), found), encoding="utf-8")


if __name__ == "__main__":
    main()
