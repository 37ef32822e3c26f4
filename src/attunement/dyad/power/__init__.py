"""How large a study must be: the study is simulated many times, analysed, and its findings counted."""

from attunement.dyad.power.plan import Plan
from attunement.dyad.power.question import OUTCOMES, PREDICTORS, Question, question
from attunement.dyad.power.result import Cell, PowerResult
from attunement.dyad.power.run import power

__all__ = ["OUTCOMES", "PREDICTORS", "Cell", "Plan", "PowerResult", "Question", "power", "question"]
