"""Logs that say that something failed and where, and never quote: no message of an exception, no token of a link."""

from __future__ import annotations

import logging
import re
import traceback
from types import TracebackType

# Whoever has the address of a check-in or an invitation can open it.
TOKENS = re.compile(r"(?<=/)(c|welcome)/[^/\s]+")


class Discreet(logging.Formatter):
    """Shortens links, and of an exception gives its kind and the places it came through."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and the places of an exception."""
        lines = [f"{self.formatTime(record)} {record.levelname} {record.name}: {self._message(record)}"]
        if record.exc_info and record.exc_info[0] is not None:
            lines += [f"  {record.exc_info[0].__name__}", *places(record.exc_info[2])]
        return "\n".join(lines)

    def _message(self, record: logging.LogRecord) -> str:
        # Arguments may be exceptions or values; those of Django's request log are a method and a path.
        if record.name.startswith("django.request") or not record.args:
            return TOKENS.sub(r"\1/…", record.getMessage())
        return str(record.msg)


def places(trace: TracebackType | None) -> list[str]:
    """File, line and function of each step, without the source: it may name what it holds."""
    return [f"  {step.filename}:{step.lineno} {step.name}" for step in traceback.extract_tb(trace)]
