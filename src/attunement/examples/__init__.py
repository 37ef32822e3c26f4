"""Two cases of four sessions each, written for this project, and what a careful reader finds in them."""

from attunement.examples.answers import DECISIVE, SHOWN, SHOWN_CASE, answer_to, cases, transcripts
from attunement.examples.comparison import Compared, Comparison, compare, rendered

__all__ = [
    "DECISIVE",
    "SHOWN",
    "SHOWN_CASE",
    "Compared",
    "Comparison",
    "answer_to",
    "cases",
    "compare",
    "rendered",
    "transcripts",
]
