"""Scores of the R package's example data, as far as its results repeat them."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings

from benchmarks.agreement_gains import NAMES

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

REFERENCE = Path(__file__).parent / "reference"


@pytest.fixture
def reference():
    """Gives the rows of one result."""
    return lambda name: json.loads((REFERENCE / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture
def sgdata(reference) -> pd.DataFrame:
    """The 15 clients with a gain, one row each."""
    return pd.DataFrame(reference("by_gain"))[["id", *NAMES]].drop_duplicates("id", ignore_index=True)
