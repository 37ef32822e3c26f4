"""`make bench-alerts`: how often alerts are raised and right, looking after each session of cases never seen before.

The cases are authored, rich in ruptures, and have ratings but no questionnaires and no events: deterioration, courses
not on track and cancellations cannot be measured on them. `--markdown` prints the table as docs/alerts.md has it.
"""

from __future__ import annotations

import argparse

from rich.console import Console

from benchmarks.case_figures.alerts import alert_figures, kinds_raised
from benchmarks.cases import markdown, shown
from benchmarks.held_out_cases import held_out_cases


def main() -> None:
    """Print the table and how often each kind was raised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--markdown", action="store_true", help="print the table as the documentation has it")
    options = parser.parse_args()
    cases = held_out_cases()
    figures, raised = alert_figures(cases), kinds_raised(cases)
    counts = ", ".join(f"{kind} {count}" for kind, count in raised.most_common())
    if options.markdown:
        print(markdown(figures))
        print(counts)
    else:
        console = Console(width=160)
        console.print(shown(figures))
        console.print(counts)


if __name__ == "__main__":
    main()
