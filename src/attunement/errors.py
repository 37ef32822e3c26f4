"""Everything Attunement raises on purpose.

    AttunementError
    ├── InputError            the user's input or options are wrong (exit code 2)
    │   └── TranscriptError   a file cannot be read as a transcript
    └── ModelError            the shipped model is missing or damaged (exit code 1)

Messages are one line: what is wrong, where, and what to do. They never quote a transcript.
"""

from __future__ import annotations


class AttunementError(Exception):
    """Any failure that Attunement explains in one line."""


class InputError(AttunementError):
    """What the user gave cannot be used; the message says what to do instead."""


class TranscriptError(InputError):
    """A file cannot be read as a transcript of two people speaking."""


class ModelError(AttunementError):
    """The coder's weights are missing, damaged, or of another version."""
