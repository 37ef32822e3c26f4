"""The page for people who connect a practice system: its commands and its Python are run against the API."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from web_cast import Cast, transcript

from attunement.web.api.fhir.service import PREFIX as FHIR
from attunement.web.api.fhir.service import fhir
from attunement.web.api.models import Token
from attunement.web.api.rest.service import PREFIX as REST
from attunement.web.api.rest.service import rest
from attunement.web.api.schema import schema
from attunement.web.api.scopes import SCHEME, Scope

PAGE = (Path(__file__).parents[3] / "docs" / "api-web.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
CLINIC = "http://localhost"


@pytest.fixture
def connected(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variables that the page speaks of; what Python asks for over the network is asked here."""
    monkeypatch.setenv("CLINIC", CLINIC)
    monkeypatch.setenv("TOKEN", Token.issue(cast.alice, name="docs", scopes=Scope.values))
    monkeypatch.setenv("CLIENT", str(cast.client.pk))
    monkeypatch.setattr(urllib.request, "urlopen", opened)


def opened(request: urllib.request.Request) -> io.BytesIO:
    """What the clinic answers to a request of `urllib`."""
    parts = urlsplit(request.full_url)
    response = Browser(headers=dict(request.header_items())).generic(
        request.get_method(),
        parts.path,
        request.data or b"",
        content_type=request.get_header("Content-type") or "",
        QUERY_STRING=quote(parts.query, safe="=&/:?"),
    )
    if response.status_code >= 400:
        raise urllib.error.HTTPError(request.full_url, response.status_code, response.content.decode(), {}, None)  # type: ignore[arg-type]
    return io.BytesIO(response.content)


def curl(command: str) -> Any:
    """What the clinic answers to a command of `curl`, as far as the page uses it."""
    program, *words = shlex.split(os.path.expandvars(command))
    assert program == "curl"
    how: dict[str, list[str]] = {"-X": [], "-H": [], "-d": [], "-F": []}
    addresses = []
    while words:
        word = words.pop(0)
        how[word].append(words.pop(0)) if word in how else addresses.append(word)
    headers = dict(line.split(": ", 1) for line in how["-H"])
    kind = headers.pop("Content-Type", None)
    client, (address,) = Browser(headers=headers), addresses
    address = address.removeprefix(CLINIC)
    if how["-F"]:
        name, file = how["-F"][0].split("=@")
        return client.post(address, {name: SimpleUploadedFile(file, transcript(Path(file).stem)[1])})
    body = how["-d"][0] if how["-d"] else ""
    method = how["-X"][0] if how["-X"] else "GET"
    return client.generic(method, address, body, content_type=kind or "application/octet-stream")


def blocks(language: str) -> list[str]:
    """The blocks of the page in this language."""
    return [block for kind, block in BLOCK.findall(PAGE) if kind == language]


def test_the_commands_of_the_page_work(connected):
    commands = [line.removeprefix("$ ") for block in blocks("console") for line in block.splitlines()]
    assert len(commands) >= 9
    for command in commands:
        response = curl(command)
        assert response.status_code in (200, 202), (command, response.content)


def test_the_python_of_the_page_works(connected):
    names: dict[str, Any] = {}
    for block in blocks("python"):
        exec(compile(block, "api-web.md", "exec"), names)
    assert names["scores"][0]["value"] == 9
    assert names["score"] == 7
    assert json.dumps(names["kept"]).count("linkId") == 7


def test_every_operation_and_every_scope_is_on_the_page():
    rows = [
        f"| `{method.upper()} {path}` | {operation['summary']} | {_scopes(operation)} |"
        for service, prefix in ((rest, REST), (fhir, FHIR))
        for path, methods in schema(service, prefix)["paths"].items()
        for method, operation in methods.items()
    ]
    rows += [f"| `{scope.value}` | {scope.label} |" for scope in Scope]
    assert [row for row in rows if row not in PAGE] == []


def _scopes(operation: dict[str, Any]) -> str:
    return ", ".join(f"`{scope}`" for scope in (operation["security"] or [{SCHEME: []}])[0][SCHEME])
