"""Questionnaires and ratings: scoring, change, sudden gains, the alliance's course, the expected course. Knows no text."""
