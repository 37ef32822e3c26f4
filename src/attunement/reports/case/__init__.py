"""Showing a case: in the terminal, as a page, in a notebook, as JSON, CSV and data frames.

Pure functions of `CaseFindings`. Data frames are in `attunement.reports.case.tables`, which needs a second to load.
"""

from attunement.reports.case.charts import case_svg
from attunement.reports.case.csv_format import sessions_csv, values_csv
from attunement.reports.case.json_format import CASE_SCHEMA, case_json, case_schema
from attunement.reports.case.notebook import case_notebook_html
from attunement.reports.case.page import case_html, case_html_part
from attunement.reports.case.standing import case_summary
from attunement.reports.case.terminal import render_case

__all__ = [
    "CASE_SCHEMA",
    "case_html",
    "case_html_part",
    "case_json",
    "case_notebook_html",
    "case_schema",
    "case_summary",
    "case_svg",
    "render_case",
    "sessions_csv",
    "values_csv",
]
