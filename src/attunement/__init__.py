"""Attunement makes the therapeutic relationship visible.

import attunement

reading = attunement.read("session.vtt")
print(reading)
"""

from attunement.errors import AttunementError, InputError, ModelError, TranscriptError
from attunement.reading import Reading, read

__version__ = "0.1.0"

__all__ = ["AttunementError", "InputError", "ModelError", "Reading", "TranscriptError", "__version__", "read"]
