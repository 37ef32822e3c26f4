"""Answers in: files of any known form read into scores, with what was refused named."""

from attunement.measures.answers.load import FORMATS, Format, load_scores
from attunement.measures.answers.model import Refused, Score, Scores

__all__ = ["FORMATS", "Format", "Refused", "Score", "Scores", "load_scores"]
