"""Failures as `OperationOutcome`."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from attunement.web.api.service import Fault

# Of http://hl7.org/fhir/issue-type.
KINDS = {
    HTTPStatus.UNAUTHORIZED: "login",
    HTTPStatus.FORBIDDEN: "forbidden",
    HTTPStatus.NOT_FOUND: "not-found",
    HTTPStatus.METHOD_NOT_ALLOWED: "not-supported",
    HTTPStatus.CONFLICT: "conflict",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too-long",
    HTTPStatus.UNPROCESSABLE_ENTITY: "processing",
    HTTPStatus.TOO_MANY_REQUESTS: "throttled",
    HTTPStatus.INTERNAL_SERVER_ERROR: "exception",
}
SHAPE: dict[str, Any] = {
    "type": "object",
    "title": "OperationOutcome",
    "description": "What was wrong, an issue each.",
    "required": ["resourceType", "issue"],
    "properties": {
        "resourceType": {"const": "OperationOutcome"},
        "issue": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["severity", "code", "diagnostics"],
                "properties": {
                    "severity": {"enum": ["error", "information"]},
                    "code": {"type": "string"},
                    "diagnostics": {"type": "string"},
                },
            },
        },
    },
}


def outcome(status: HTTPStatus, detail: str, faults: list[Fault]) -> dict[str, Any]:
    """The body of a failure: the line itself, else an issue for each fault."""
    lines = [f"{fault.where}: {fault.says}" for fault in faults] or [detail]
    return {
        "resourceType": "OperationOutcome",
        "issue": [{"severity": "error", "code": KINDS.get(status, "invalid"), "diagnostics": line} for line in lines],
    }


def remark(says: str) -> dict[str, Any]:
    """Something to mind about an answer that is otherwise complete."""
    issue = {"severity": "information", "code": "suppressed", "diagnostics": says}
    return {"resourceType": "OperationOutcome", "issue": [issue]}
