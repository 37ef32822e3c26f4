"""Sudden gains and sudden losses: large, stable steps between two sessions (Tang & DeRubeis, 1999)."""

from attunement.measures.gains.criteria import Criteria, Verdict
from attunement.measures.gains.find import gains_of_one, sudden_gains, sudden_losses
from attunement.measures.gains.model import Gains, SuddenGain
from attunement.measures.gains.scores import read_scores

__all__ = [
    "Criteria",
    "Gains",
    "SuddenGain",
    "Verdict",
    "gains_of_one",
    "read_scores",
    "sudden_gains",
    "sudden_losses",
]
