"""Showing a case: in the terminal, as a page, in a notebook, as JSON, CSV and data frames."""
