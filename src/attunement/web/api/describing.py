"""The OpenAPI description as what a page shows: parts, operations, fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe

from attunement.web.api.fhir.service import PREFIX as FHIR_PREFIX
from attunement.web.api.fhir.service import fhir
from attunement.web.api.rest.service import PREFIX as REST_PREFIX
from attunement.web.api.rest.service import rest
from attunement.web.api.schema import schema
from attunement.web.api.scopes import SCHEME

CODE = re.compile(r"`([^`]+)`")
IN_WORDS = {"path": "address", "query": "query", "header": "header"}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to send or to get: its name, where it goes, its kind, what it means."""

    name: str
    where: str
    kind: str
    is_needed: bool
    says: str


@dataclass(frozen=True, slots=True)
class OperationText:
    """One operation."""

    method: str
    path: str
    summary: str
    says: str
    scopes: list[str]
    fields: list[Field]
    answers: list[Field]


@dataclass(frozen=True, slots=True)
class Part:
    """The operations of one service."""

    title: str
    says: str
    schema: str
    operations: list[OperationText]


def parts() -> list[Part]:
    """REST and FHIR."""
    return [
        _part("REST", "api-schema", schema(rest, REST_PREFIX)),
        _part("FHIR R4", "fhir-schema", schema(fhir, FHIR_PREFIX)),
    ]


def written(text: str) -> SafeString:
    """Paragraphs, with what stands between backticks as code."""
    return mark_safe(CODE.sub(r"<code>\1</code>", linebreaks(text, autoescape=True)))


def _part(title: str, name: str, described: dict[str, Any]) -> Part:
    shapes = described["components"]["schemas"]
    operations = [
        _operation(method, path, operation, shapes)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]
    return Part(title, written(described["info"]["description"]), name, operations)


def _operation(method: str, path: str, operation: dict[str, Any], shapes: dict[str, Any]) -> OperationText:
    security = operation.get("security") or []
    return OperationText(
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        says=written(operation.get("description", "")),
        scopes=list(security[0][SCHEME]) if security else [],
        fields=[*_parameters(operation), *_body(operation, shapes)],
        answers=list(_answer(operation, shapes)),
    )


def _parameters(operation: dict[str, Any]) -> Iterator[Field]:
    for each in operation.get("parameters", []):
        says = each.get("description") or each["schema"].get("description", "")
        yield Field(each["name"], IN_WORDS[each["in"]], _kind(each["schema"]), each.get("required", False), _line(says))


def _body(operation: dict[str, Any], shapes: dict[str, Any]) -> Iterator[Field]:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        yield from _fields(content["schema"], "body", shapes)


def _answer(operation: dict[str, Any], shapes: dict[str, Any]) -> Iterator[Field]:
    for status, said in operation["responses"].items():
        if int(status) < 300:
            for content in said.get("content", {}).values():
                yield from _fields(content["schema"], "answer", shapes)


def _fields(shape: dict[str, Any], where: str, shapes: dict[str, Any]) -> Iterator[Field]:
    shape = _resolved(shape, shapes)
    if set(shape.get("properties", {})) == {"items", "count", "next"}:  # a page: what is on it
        shape = _resolved(shape["properties"]["items"], shapes)
    if shape.get("type") == "array":
        shape = _resolved(shape["items"], shapes)
    for name, each in shape.get("properties", {}).items():
        says = each.get("description", "") or _resolved(each, shapes).get("description", "")
        yield Field(name, where, _kind(each), name in shape.get("required", []), _line(says))


def _resolved(shape: dict[str, Any], shapes: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in shape:
        return dict(shapes[shape["$ref"].rpartition("/")[2]])
    return shape


def _kind(shape: dict[str, Any]) -> str:
    if "anyOf" in shape:
        return " | ".join(_kind(each) for each in shape["anyOf"])
    if "$ref" in shape:
        return str(shape["$ref"].rpartition("/")[2])
    if "enum" in shape:
        return " | ".join(map(str, shape["enum"]))
    if shape.get("type") == "array":
        return f"[{_kind(shape.get('items', {}))}]"
    return str(shape.get("format") or shape.get("type") or "any")


def _line(text: str) -> SafeString:
    return mark_safe(CODE.sub(r"<code>\1</code>", escape(text)))
