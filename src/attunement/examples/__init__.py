"""Two cases of four sessions each, written for this project, and what a careful reader finds in them."""

from attunement.examples.answers import DECISIVE, SHOWN, answer_to, transcripts
from attunement.examples.comparison import Compared, Comparison, compare, rendered

__all__ = [
    "DECISIVE",
    "SHOWN",
    "Compared",
    "Comparison",
    "answer_to",
    "compare",
    "rendered",
    "transcripts",
]
