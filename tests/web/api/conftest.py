"""Wrong tokens of one test are not held against the next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nobody_is_slowed_down() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()
