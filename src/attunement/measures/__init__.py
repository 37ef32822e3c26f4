"""Questionnaires and ratings: scoring, change, sudden gains, alliance, the expected course. Knows no text."""
