"""Answers in: files of any known form read into scores, with what was refused named."""

from attunement.measures.answers.model import Refused, Score, Scores

__all__ = ["Refused", "Score", "Scores"]
