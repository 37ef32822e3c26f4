"""Write the words that `attunement.deidentify` takes for ordinary ones: what people in the authored corpus say small.

The cases on which the finding of names is tested have no say in it.

    python -m tools.ordinary_words
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
SESSIONS = ROOT / "corpus" / "sessions"
MENTIONS = ROOT / "corpus" / "identifying" / "mentions.csv"
OUT = ROOT / "src" / "attunement" / "deidentify" / "lists" / "ordinary.txt"
TURN = re.compile(r"^[TC]: (?P<words>.*?)(?:\s*\{[^{}]*\})?\s*$", re.MULTILINE)
CASE = re.compile(r"^# case: (.*)$", re.MULTILINE)
# With a capital, or behind one by a hyphen or apostrophe, it may be a name.
SMALL = re.compile(r"(?<![\w'’-])[a-z]+(?![\w-])")
CAPITAL_INSIDE = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+\b")
HEAD = """\
# Words that occur in small letters in the authored corpus (CC BY 4.0, "Attunement authored corpus"), without the cases
# on which the finding of names is tested. Written by tools/ordinary_words.py.
"""


def ordinary_words() -> list[str]:
    """Every word that is small more often than it has a capital inside a sentence."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(SESSIONS.glob("*.txt"))}
    with MENTIONS.open(encoding="utf-8") as file:
        tested = {_case(texts[row["session"]]) for row in csv.DictReader(file) if row["half"] == "test"}
    turns = [turn["words"] for text in texts.values() if _case(text) not in tested for turn in TURN.finditer(text)]
    small = Counter(word for turn in turns for word in SMALL.findall(turn))
    capital = Counter(word.lower() for turn in turns for word in CAPITAL_INSIDE.findall(turn))
    return sorted(word for word, times in small.items() if times > capital[word])


def _case(text: str) -> str:
    found = CASE.search(text)
    return found[1].strip() if found else ""


if __name__ == "__main__":
    OUT.write_text(HEAD + "\n".join(ordinary_words()) + "\n", encoding="utf-8")
