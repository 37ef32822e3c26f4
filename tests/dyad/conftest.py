"""Simulated therapies that several tests look at; compiled once a session of tests."""

from __future__ import annotations

import pytest

pytest.importorskip("jax")

from attunement.dyad.facts import Arms
from attunement.dyad.simulate import simulate

DYADS = 4_000


@pytest.fixture(scope="session")
def usual():
    return simulate(DYADS)


@pytest.fixture(scope="session")
def arms(usual):
    return Arms(usual, *(simulate(DYADS, condition=name) for name in ("feedback", "support", "training")))
