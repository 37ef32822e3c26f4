"""What every page is made of: one HTML file that fetches nothing, sends nothing, and opens from disk.

The content security policy in its head makes the browser hold to that: no network at all, and no script but ours.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from attunement.reports.palette import DARK, LIGHT, css_recolouring, css_variables

if TYPE_CHECKING:
    from jinja2 import Environment


def html_file(template: str, *, styles: Sequence[str], scripts: Sequence[str], **content: Any) -> str:
    """Fill one of the templates; `styles` and `scripts` are files beside it, joined in this order."""
    script = "\n".join(map(_file, scripts))
    return (
        _environment()
        .get_template(template)
        .render(
            layout="base.html", policy=_policy(script), style=Markup(_style(styles)), script=Markup(script), **content
        )
    )


def html_part(template: str, **content: Any) -> str:
    """What the same template puts between `<main>` and `</main>`, for a page that brings its own style and script."""
    return _environment().get_template(template).render(layout="part.html", **content)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # here: the terminal does without

    loader = PackageLoader("attunement.reports", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)


@cache
def _file(name: str) -> str:
    return resources.files("attunement.reports").joinpath("templates", name).read_text(encoding="utf-8")


def _style(names: Sequence[str]) -> str:
    dark = f":root {{ {css_variables(DARK)} }}\n{css_recolouring('.timeline')}"
    # Only on a screen: paper stays light.
    colours = f":root {{ {css_variables(LIGHT)} }}\n@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}"
    return "\n".join([colours, *map(_file, names)])


def _policy(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
