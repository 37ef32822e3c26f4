"""How far the coder agrees with people: their coded sessions, the figures, and what these mean for using it."""

from attunement.evaluation.coded import CodedEpisode, CodedSession, TurnCodes
from attunement.evaluation.datasets import CodedSet, load_coded
from attunement.evaluation.report import Evaluation, agreement, evaluate, evaluate_tables
from attunement.evaluation.trust import Caution

__all__ = [
    "Caution",
    "CodedEpisode",
    "CodedSession",
    "CodedSet",
    "Evaluation",
    "TurnCodes",
    "agreement",
    "evaluate",
    "evaluate_tables",
    "load_coded",
]
