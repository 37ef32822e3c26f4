"""What the project says about itself is true: commands, pages, names, links, dependencies, no network."""

from __future__ import annotations

import re
import shlex
import socket
import tomllib
from pathlib import Path

import pytest

import attunement
import stand_in_coder
from attunement.cli import main
from attunement.examples import SHOWN, transcripts
from tools.make_docs import DOCS, PAGES

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    """An empty folder that looks like the repository, with a coder that needs no weights."""
    for folder in ("src", "docs"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    monkeypatch.chdir(tmp_path)
    stand_in_coder.use(monkeypatch)
    return tmp_path


def run(command: str) -> int:
    program, *arguments = shlex.split(command)
    assert program == "attunement", f"only our own commands can be run here: {command}"
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    return int(stopped.value.code or 0)


def commands(text: str) -> list[str]:
    return [line.removeprefix("$ ") for line in text.splitlines() if line.startswith("$ ")]


def run_page(page: str) -> dict[str, object]:
    """Every command and every line of Python of a page, from top to bottom; what the names stand for at its end."""
    names: dict[str, object] = {}
    for language, block in BLOCK.findall((DOCS / page).read_text(encoding="utf-8")):
        if language == "console":
            assert [run(command) for command in commands(block)] == [0], block
        else:
            assert language == "python"
            exec(compile(block, page, "exec"), names)
    return names


def test_the_tutorial_runs_from_top_to_bottom(workplace):
    assert len(run_page("tutorial.md")["rates"]) == 8


def test_the_clinician_s_tutorial_runs_and_leaves_the_pages_it_names(workplace):
    run_page("tutorial-case.md")
    assert (workplace / "maribel" / "Maribel.html").exists()
    assert (workplace / "maribel" / "maribel-3.html").exists()


def test_the_researcher_s_tutorial_runs(workplace):
    names = run_page("tutorial-research.md")
    assert [gain.after_session for gain in names["found"].of(0)] == [4]
    assert [rupture.session for rupture in names["course"].ruptures] == [6]
    assert len(names["table"]) == 30
    assert (workplace / "leander.csv").read_text().count("\n") == 17


def test_the_commands_of_the_readme_run(workplace):
    (workplace / "session.vtt").write_bytes(next(p for p in transcripts() if p.stem == SHOWN).read_bytes())
    found = [
        command
        for language, block in BLOCK.findall(README.read_text(encoding="utf-8"))
        if language == "console"
        for command in commands(block)
        if command.startswith("attunement ")
    ]
    assert len(found) >= 4
    for command in found:
        assert run(command) == 0, command


def test_the_python_of_the_readme_runs(workplace):
    (workplace / "session.vtt").write_bytes(next(p for p in transcripts() if p.stem == SHOWN).read_bytes())
    blocks = [block for language, block in BLOCK.findall(README.read_text(encoding="utf-8")) if language == "python"]
    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})


def test_make_targets_that_the_documentation_names_exist():
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
    pages = [README, ROOT / "CONTRIBUTING.md", ROOT / "ARCHITECTURE.md", *DOCS.glob("*.md")]
    named = {name for page in pages for name in re.findall(r"\bmake ([a-z-]+)`", page.read_text(encoding="utf-8"))}
    assert named - targets == set()


def test_every_make_target_says_what_it_does():
    targets = re.findall(r"^([a-z][a-z-]*):(?!=)(.*)$", MAKEFILE, re.MULTILINE)
    assert [name for name, rest in targets if "## " not in rest] == []


def test_every_program_that_the_makefile_runs_exists():
    modules = re.findall(r"-m ((?:tools|training|benchmarks)\.\w+)", MAKEFILE)
    assert modules
    assert [module for module in modules if not (ROOT / f"{module.replace('.', '/')}.py").exists()] == []


@pytest.mark.parametrize("name", PAGES)
def test_pages_written_from_the_code_are_current(name):
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run `make docs`"


def test_links_in_the_documentation_lead_somewhere():
    for page in [*ROOT.glob("*.md"), *DOCS.glob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_dependency_is_explained():
    page = (DOCS / "dependencies.md").read_text(encoding="utf-8")
    explained = {name for row in re.findall(r"^\| ([\w., -]+) \|", page, re.MULTILINE) for name in row.split(", ")}
    project = PYPROJECT["project"]
    wanted = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    assert {re.match(r"[\w.-]+", each)[0] for each in wanted} - explained == {"attunement"}  # dev takes our own extras


def test_there_is_one_version():
    assert attunement.__version__ == PYPROJECT["project"]["version"]
    assert f"## {attunement.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_public_names_exist():
    assert [name for name in attunement.__all__ if not hasattr(attunement, name)] == []


def test_a_session_is_read_and_shown_with_the_network_closed(workplace, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert run("attunement read src/attunement/examples/leander/leander-3.vtt --html page.html --json page.json") == 0
