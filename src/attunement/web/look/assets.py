"""Style sheets and scripts: those of the reports and our own, under addresses that change with their content."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources

from attunement.reports.palette import DARK, LIGHT, css_recolouring, css_variables

REPORTS, OURS = "attunement.reports", "attunement.web.look"
# What is put together to one file, in this order.
PARTS: dict[str, tuple[tuple[str, str], ...]] = {
    "style.css": ((REPORTS, "templates/base.css"), (OURS, "files/clinic.css")),
    "case.css": ((REPORTS, "templates/case.css"),),
    "session.css": ((REPORTS, "templates/page.css"), (OURS, "files/session.css")),
    "clinic.js": ((OURS, "files/clinic.js"),),
    "case.js": ((REPORTS, "templates/picture.js"), (REPORTS, "templates/case.js")),
    "session.js": ((REPORTS, "templates/picture.js"), (REPORTS, "templates/page.js")),
}


@cache
def content(name: str) -> str:
    """The file of this name.

    Raises:
        KeyError: when there is none.
    """
    parts = [resources.files(package).joinpath(path).read_text(encoding="utf-8") for package, path in PARTS[name]]
    return "\n".join([_colours(), *parts] if name == "style.css" else parts)


@cache
def digest() -> str:
    """Changes when any of the files does, so that browsers may keep them for ever."""
    return hashlib.sha256("".join(map(content, PARTS)).encode()).hexdigest()[:12]


def _colours() -> str:
    dark = f":root {{ {css_variables(DARK)} }}\n{css_recolouring('.timeline')}"
    return f":root {{ {css_variables(LIGHT)} }}\n@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}"
