"""A simulated client of ten sessions, and the same inference for all tests: one shape, compiled once."""

import numpy as np
import pytest

from attunement.dyad.inference import Observed, infer
from attunement.dyad.population import nested
from attunement.dyad.simulate import simulate

SESSIONS, PARTICLES = 10, 8192


@pytest.fixture(scope="session")
def courses():
    """Clients who have no therapist in common."""
    return simulate(nested(60, clients_each=1, therapists_each=1), sessions=SESSIONS, seed=3)


@pytest.fixture(scope="session")
def seen(courses):
    """What is seen of a client by number: quarter-point ratings and questionnaires."""

    def of(dyad):
        last = int(courses.sessions_attended[dyad])
        return Observed(
            ratings=[float(value) for value in np.round(courses.reports.rating[:last, dyad] * 4) / 4],
            distress=[float(value) for value in courses.reports.questionnaire[:last, dyad]],
        )

    return of


@pytest.fixture(scope="session")
def inferred():
    def of(observed, **settings):
        return infer(observed, **{"particles": PARTICLES, **settings})

    return of
