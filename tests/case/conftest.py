"""Puts `made_up_case` within reach of the tests in this folder and below it."""
