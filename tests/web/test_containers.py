"""The containers are built elsewhere; here is tested that what they name exists, and that they hold no secret."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from attunement.cli.serve import PORT, serve
from attunement.web.settings_table import SETTINGS

ROOT = Path(__file__).parents[2]
OURS = {setting.name for setting in SETTINGS}
SECRET = re.compile(r"SECRET|KEY|PASSWORD|TOKEN")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def dockerfile() -> list[tuple[str, str]]:
    """Each instruction with its arguments, lines joined."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def commands(dockerfile: list[tuple[str, str]], compose: dict[str, Any]) -> list[list[str]]:
    """What the containers of ours run."""
    by_default = [json.loads(rest) for word, rest in dockerfile if word == "CMD"]
    return by_default + [service["command"] for service in compose["services"].values() if "command" in service]


def test_settings_of_the_containers_are_in_the_table(compose, dockerfile):
    named = set(compose["x-clinic"]["environment"])
    named |= set(re.findall(r"(\w+)=", " ".join(rest for word, rest in dockerfile if word == "ENV")))
    assert named - {"PYTHONUNBUFFERED"} <= OURS


def test_commands_of_the_containers_exist(compose, dockerfile):
    for command in commands(dockerfile, compose):
        if command[:2] == ["attunement", "serve"]:
            options = {name.removeprefix("--no-").removeprefix("--") for name in command if name.startswith("--")}
            assert options <= set(inspect.signature(serve).parameters)
        else:
            assert command[:3] == ["python", "-m", "attunement.web"]
            assert command[3] in get_commands()


def test_the_image_runs_as_nobody_special_and_holds_no_secret(dockerfile):
    assert [rest for word, rest in dockerfile if word == "USER"] == ["10001:10001"]
    assert [rest for word, rest in dockerfile if word in ("ENV", "ARG") and SECRET.search(rest)] == []


def test_only_what_is_installed_goes_into_the_image():
    kept = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert kept[kept.index("*") :] == ["*", "!pyproject.toml", "!README.md", "!LICENSE", "!src", "**/__pycache__"]


def test_secrets_come_from_outside_the_compose_file(compose):
    said = [value for service in [compose["x-clinic"], *compose["services"].values()] for value in secrets_of(service)]
    assert said
    assert all("${" in value for value in said)


def test_the_port_is_open_to_this_machine_alone_and_health_is_asked_there(compose, dockerfile):
    assert compose["services"]["server"]["ports"] == [f"127.0.0.1:{PORT}:{PORT}"]
    (asked,) = [rest for word, rest in dockerfile if word == "HEALTHCHECK"]
    assert f"127.0.0.1:{PORT}/health/" in asked
    compile(json.loads(asked[asked.index("[") :])[2], "health", "exec")


def test_neither_database_nor_worker_reaches_the_world(compose):
    assert compose["networks"]["inside"]["internal"]
    assert compose["services"]["database"]["networks"] == compose["services"]["worker"]["networks"] == ["inside"]


def test_every_volume_is_named(compose):
    used = {place.split(":")[0] for service in compose["services"].values() for place in service["volumes"]}
    assert used == set(compose["volumes"])


def secrets_of(service: dict[str, Any]) -> list[str]:
    """The values that are or hold secrets."""
    return [value for name, value in service["environment"].items() if SECRET.search(name) or name == "DATABASE_URL"]
