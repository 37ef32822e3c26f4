"""Failures as RFC 9457 has them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, Field

from attunement.web.api.service import Fault

PROBLEM_TYPE = "application/problem+json"


class Problem(BaseModel):
    """What was wrong: `detail` in one line, `errors` one by one."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] = Field(
        default=[], description="`where`: the path into the body; `says`: what is wrong"
    )


def problem(status: HTTPStatus, detail: str, faults: list[Fault]) -> dict[str, Any]:
    """The body of a failure."""
    errors = [{"where": fault.where, "says": fault.says} for fault in faults]
    return Problem(title=status.phrase, status=status, detail=detail, errors=errors).model_dump()
