"""Attunement makes the therapeutic relationship visible.

import attunement

print(attunement.read("session.vtt"))
print(attunement.follow("case-folder"))
"""

from attunement.errors import AttunementError, InputError, ModelError, TranscriptError
from attunement.following import CaseReading, follow
from attunement.reading import Reading, read
from attunement.simulating import Power, Simulation, power, simulate

__version__ = "0.1.0"

__all__ = [
    "AttunementError",
    "CaseReading",
    "InputError",
    "ModelError",
    "Power",
    "Reading",
    "Simulation",
    "TranscriptError",
    "__version__",
    "follow",
    "power",
    "read",
    "simulate",
]
