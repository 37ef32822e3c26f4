"""The command line: one thin command each, nothing heavy imported before it is needed."""

from attunement.cli.app import main

__all__ = ["main"]
