"""What is said of everything that the model makes."""

from __future__ import annotations

A_MODEL = (
    "Simulated by a model that was set to agree with published averages of real therapies (attunement dyad check); it "
    "has not been tested on single therapies."
)
A_STORY = "A model's story about a made-up client: it shows how the loop may run, and forecasts nothing for any person."


def share(value: float) -> str:
    """`12 %`."""
    return f"{value:.0%}".replace("%", " %")


def decimal(value: float, digits: int = 2) -> str:
    """`.34`, as statistics are written; `1.02` beyond one."""
    text = f"{abs(value):.{digits}f}".removeprefix("0")
    return f"−{text}" if value < 0 and text.strip(".0") else text


def counted(number: int, one: str, more: str | None = None) -> str:
    """`1 client`, `20 clients`."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"
