"""Sets of sessions coded by people, in the formats in which they are kept.

coded text     our own: `T:` and `C:` lines with codes in braces
codes only     numbers of turns with codes, beside files with the words
table          a lab's own codes, a row a turn
AnnoMI         motivational-interviewing demonstrations
EPITOME        pairs of post and response with levels of empathy
"""

from attunement.evaluation.datasets.coded_set import CodedSet
from attunement.evaluation.datasets.find import load_coded

__all__ = ["CodedSet", "load_coded"]
