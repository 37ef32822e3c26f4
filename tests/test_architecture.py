"""ARCHITECTURE.md is held to the tree."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
PACKAGE = PurePosixPath("src/attunement")
EXAMPLES = {f"{PACKAGE}/examples/{name}/" for name in ("answers", "leander", "maribel")}
# Folders whose names and contents a framework or the recipe of training prescribes.
BY_RULE = {"weights", "migrations", "management", "commands", "templates"}
# What the map leaves out: itself, and what every repository has.
LEFT_OUT = {"ARCHITECTURE.md", ".gitignore"}


@pytest.fixture(scope="module")
def files() -> list[PurePosixPath]:
    """Every file of the repository."""
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode:
        pytest.skip("not a git repository")
    return [PurePosixPath(line) for line in listing.stdout.splitlines()]


def listed() -> set[str]:
    """The paths of the first column of the table."""
    rows = re.findall(r"^\| (`.+?`) \|", PAGE.partition("## What is where")[2].partition("\n## ")[0], re.MULTILINE)
    return {path for row in rows for path in re.findall(r"`([^`]+)`", row)}


def named() -> set[str]:
    """Everything on the page that is written as a path."""
    return {path for path in re.findall(r"`([^`\s]+)`", PAGE) if "/" in path}


def test_everything_named_exists():
    assert [path for path in sorted(listed() | named()) if not (ROOT / path).exists()] == []


def test_every_folder_of_the_package_is_listed(files):
    folders = {f"{path.parent}/" for path in files if PACKAGE in path.parents and path.parent != PACKAGE}
    by_hand = {folder for folder in folders if not set(PurePosixPath(folder).parts) & BY_RULE}
    assert by_hand - listed() - EXAMPLES == set()


def test_every_module_of_the_package_s_root_is_listed(files):
    modules = {str(path) for path in files if path.parent == PACKAGE and path.suffix == ".py"}
    assert modules - listed() == {f"{PACKAGE}/__init__.py"}


def test_everything_at_the_root_is_listed(files):
    here = {f"{path.parts[0]}/" if len(path.parts) > 1 else str(path) for path in files}
    assert here - listed() - {"src/"} == LEFT_OUT


def test_the_map_stays_one_page():
    assert len(PAGE.splitlines()) <= 90


def test_the_layers_of_the_contract_are_those_of_the_map():
    contract = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[[tool.importlinter.contracts]]")[2]
    on_the_map = re.findall(r"^\| `src/attunement/(\w+)(?:/|\.py)`[ ,]", PAGE, re.MULTILINE)
    assert set(re.findall(r"attunement\.(\w+)", contract)) == set(on_the_map)
