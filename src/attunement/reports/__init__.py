"""Showing a reading: in the terminal, as a page, in a notebook, as JSON, CSV and data frames.

Pure functions of a `SessionReading`. Data frames are in `attunement.reports.tables`, which needs a second to load.
"""

from attunement.reports.caveats import warnings
from attunement.reports.charts import timeline_svg
from attunement.reports.csv_format import to_csv
from attunement.reports.json_format import SCHEMA, schema, to_json
from attunement.reports.next_time import Suggestion, next_time
from attunement.reports.notebook import notebook_html
from attunement.reports.page import to_html, to_html_part
from attunement.reports.summary import summary
from attunement.reports.terminal import render_terminal

__all__ = [
    "SCHEMA",
    "Suggestion",
    "next_time",
    "notebook_html",
    "render_terminal",
    "schema",
    "summary",
    "timeline_svg",
    "to_csv",
    "to_html",
    "to_html_part",
    "to_json",
    "warnings",
]
