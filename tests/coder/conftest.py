"""No test here is about time, so none fails for being slow on a busy machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from made_up_coder import StandInNetwork, write_weights

from attunement.coder import Coder

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of made-up weights; the network's file is not there."""
    return write_weights(tmp_path_factory.mktemp("weights"))


@pytest.fixture
def coder(weights: Path) -> Coder:
    """A coder with those weights; its network remembers what came earlier in the window."""
    return with_network(weights, StandInNetwork(memory=0.5))


@pytest.fixture
def forgetful_coder(weights: Path) -> Coder:
    """The same, but its network knows a turn by its own words alone."""
    return with_network(weights, StandInNetwork(memory=0.0))


def with_network(weights: Path, network: StandInNetwork) -> Coder:
    """A coder whose network is stood in for."""
    coder = Coder(weights)
    coder.__dict__["_network"] = network
    return coder
