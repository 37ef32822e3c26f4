"""The model run backwards: from what one client answered and what was coded to how it stood between the two."""

from attunement.dyad.inference.coder_errors import FINDER, FLAWLESS, CoderErrors, Errors
from attunement.dyad.inference.infer import infer, why_not
from attunement.dyad.inference.inferred import Bands, Inferred
from attunement.dyad.inference.observed import Coded, Observed

__all__ = [
    "FINDER",
    "FLAWLESS",
    "Bands",
    "Coded",
    "CoderErrors",
    "Errors",
    "Inferred",
    "Observed",
    "infer",
    "why_not",
]
