"""Figures over held-out cases, one module a kind of finding."""
