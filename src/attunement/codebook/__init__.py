"""The codes as data: what Attunement looks for in a turn, in the words of the field."""

from attunement.codebook.codes import (
    CLIENT_CODES,
    CODES,
    EMPATHY_MECHANISMS,
    FAILURE,
    OPENING,
    REPAIR,
    STRAIN,
    STRAIN_CONFRONTATION,
    STRAIN_WITHDRAWAL,
    THERAPIST_CODES,
    Code,
    Speaker,
)
from attunement.codebook.mi import CLIENT_TALK, THERAPIST_BEHAVIOUR

__all__ = [
    "CLIENT_CODES",
    "CLIENT_TALK",
    "CODES",
    "EMPATHY_MECHANISMS",
    "FAILURE",
    "OPENING",
    "REPAIR",
    "STRAIN",
    "STRAIN_CONFRONTATION",
    "STRAIN_WITHDRAWAL",
    "THERAPIST_BEHAVIOUR",
    "THERAPIST_CODES",
    "Code",
    "Speaker",
]
