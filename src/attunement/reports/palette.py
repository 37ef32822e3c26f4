"""The colours of all reports, by what they mean; every pair has contrast enough on its background (WCAG AA for text).

No meaning rests on colour alone: each also has a shape, a sign or a word.
"""

from __future__ import annotations

# Each light value occurs once: the page recolours the timeline for the dark by these values.
LIGHT = {
    "paper": "#faf8f3",
    "card": "#fffefb",
    "ink": "#20302f",
    "soft": "#566462",
    "rule": "#dedcd2",
    "attunement": "#1b6f68",
    "attunement-soft": "#d3e6e2",
    "strain": "#a8481f",
    "strain-soft": "#f6e3d8",
    "repair": "#41609a",
    "repair-soft": "#dfe6f2",
    "corrective": "#8a6208",
    "corrective-soft": "#f4e8c8",
}
DARK = {
    "paper": "#161c1c",
    "card": "#1e2626",
    "ink": "#e6ebe8",
    "soft": "#a3b0ad",
    "rule": "#364140",
    "attunement": "#6fc4b9",
    "attunement-soft": "#23403d",
    "strain": "#ec9a72",
    "strain-soft": "#43291d",
    "repair": "#9db7ea",
    "repair-soft": "#27324a",
    "corrective": "#dcb75c",
    "corrective-soft": "#3e3418",
}
# A terminal may be light or dark: middle tones that read on both.
TERMINAL = {"attunement": "#1f8a80", "strain": "#c0603a", "repair": "#5b7fb5", "corrective": "#a67c1a"}


def css_variables(colours: dict[str, str]) -> str:
    """The colours as CSS custom properties, `--ink: #20302f; …`."""
    return " ".join(f"--{name}: {value};" for name, value in colours.items())


def css_recolouring(selector: str) -> str:
    """CSS rules that give a picture drawn in the light colours those of the dark."""
    rules = (
        f'{selector} [{attribute}="{light}"] {{ {attribute}: {DARK[name]}; }}'
        for name, light in LIGHT.items()
        for attribute in ("fill", "stroke")
    )
    return "\n".join(rules)
