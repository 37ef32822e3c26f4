"""Placeholder."""


def assemble(*args: object) -> None:
    """Not yet."""
