"""Questionnaires as data: how they are scored and how their scores are to be read; no words of their items."""

from attunement.measures.instruments.catalogue import instrument, instruments
from attunement.measures.instruments.facts import Band, Cutoff, MissingRule, Norm, Reliability, ReliableChange
from attunement.measures.instruments.model import Domain, Instrument, Item, Scale
from attunement.measures.instruments.own import load_instruments
from attunement.measures.instruments.questionnaire import load_questionnaire

__all__ = [
    "Band",
    "Cutoff",
    "Domain",
    "Instrument",
    "Item",
    "MissingRule",
    "Norm",
    "Reliability",
    "ReliableChange",
    "Scale",
    "instrument",
    "instruments",
    "load_instruments",
    "load_questionnaire",
]
