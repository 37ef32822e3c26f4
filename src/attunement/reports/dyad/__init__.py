"""What comes out of the model: simulated studies, power, and courses of what might have been."""

from attunement.reports.dyad.power_picture import power_png, power_svg
from attunement.reports.dyad.power_terminal import power_rows, render_power
from attunement.reports.dyad.study_terminal import render_simulation
from attunement.reports.dyad.what_if_page import what_if_html, what_if_svg
from attunement.reports.dyad.what_if_terminal import render_what_if

__all__ = [
    "power_png",
    "power_rows",
    "power_svg",
    "render_power",
    "render_simulation",
    "render_what_if",
    "what_if_html",
    "what_if_svg",
]
