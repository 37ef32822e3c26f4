"""`docs/api.md`: the public names, out of their docstrings."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator
from typing import Any

PACKAGES = (
    "attunement",
    "attunement.case",
    "attunement.measures.instruments",
    "attunement.measures.answers",
    "attunement.measures.change",
    "attunement.measures.gains",
    "attunement.measures.alliance",
    "attunement.measures.course",
    "attunement.transcripts",
    "attunement.codebook",
    "attunement.evaluation",
    "attunement.examples",
)
HEAD = """\
# From Python

The public names, package by package. What is not on this page may change without notice. Written by `make docs`; the
[tutorial](tutorial.md) shows them at work.
"""
FUNCTION_ADDRESS = re.compile(r" at 0x[0-9a-f]+")


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(_package(name) for name in PACKAGES)]).rstrip() + "\n"


def _package(name: str) -> str:
    package = importlib.import_module(name)
    first_line = inspect.getdoc(package).splitlines()[0]
    members = [(each, getattr(package, each)) for each in package.__all__ if not each.startswith("__")]
    members.sort(key=lambda pair: (_rank(pair[1]), pair[0]))
    return "\n".join([f"## `{name}`\n", f"{first_line}\n", *(_member(each, member) for each, member in members), ""])


def _is_function(member: Any) -> bool:
    """True for functions, also those that remember their answers."""
    return inspect.isfunction(inspect.unwrap(member)) if callable(member) else False


def _rank(member: Any) -> int:
    """Verbs first, then what they return, errors, values."""
    if _is_function(member):
        return 0
    if inspect.isclass(member):
        return 2 if issubclass(member, Exception) else 1
    return 3


def _member(name: str, member: Any) -> str:
    if _is_function(member):
        return f"### `{name}{_signature(member)}`\n\n{_doc(member)}\n"
    if inspect.isclass(member):
        parts = [f"### class `{name}`\n", f"{_doc(member)}\n", *_methods(member)]
        return "\n".join(parts)
    return f"- `{name}`: {_value(member)}"


def _methods(owner: type) -> Iterator[str]:
    lines = [
        f"- `.{name}{_signature(member)}`: {_first_sentence(member)}"
        for name, member in vars(owner).items()
        if not name.startswith("_") and inspect.getdoc(member) and name not in _fields(owner)
    ]
    if lines:
        yield "\n".join(lines) + "\n"


def _fields(owner: type) -> tuple[str, ...]:
    """What a dataclass or named tuple holds: its own docstring speaks of these."""
    return (*getattr(owner, "__dataclass_fields__", ()), *getattr(owner, "_fields", ()))


def _signature(member: Any) -> str:
    if not _is_function(member):
        return ""
    signature = inspect.signature(member)
    shown = [parameter for name, parameter in signature.parameters.items() if name != "self"]
    return FUNCTION_ADDRESS.sub("", str(signature.replace(parameters=shown))).replace("'", "")


def _doc(member: Any) -> str:
    text = inspect.getdoc(member) or ""
    body, _, raises = text.partition("\n\nRaises:\n")
    errors = [re.sub(r"^\s*(\w+):", r"- raises `\1`:", line) for line in raises.splitlines()]
    return "\n".join([body, "", *errors]) if errors else body


def _first_sentence(member: Any) -> str:
    return " ".join(inspect.getdoc(member).split("\n\n")[0].split())


def _value(member: Any) -> str:
    if isinstance(member, dict):
        return f"{len(member)} entries, by name."
    if isinstance(member, tuple) and len(member) <= 6:
        return ", ".join(f"`{each}`" for each in member)
    if isinstance(member, tuple):
        return f"{len(member)} names: `{member[0]}` … `{member[-1]}`"
    return f"`{member}`".replace("typing.", "")
