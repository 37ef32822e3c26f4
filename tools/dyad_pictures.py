"""Write the pictures of docs/tutorial-simulation.md, by the commands that the page names."""

from __future__ import annotations

from pathlib import Path

from attunement.dyad.what_if import what_if
from attunement.reports.dyad import what_if_svg
from attunement.simulating import power

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"


def main() -> None:
    """One picture a command."""
    PICTURES.mkdir(exist_ok=True)
    feedback = power("feedback", therapists=(20, 40, 80), clients_each=(5, 10, 20))
    (PICTURES / "power-feedback.svg").write_text(feedback.to_svg(), encoding="utf-8")
    print(feedback)
    story = what_if()
    (PICTURES / "what-if.svg").write_text(what_if_svg(story), encoding="utf-8")


if __name__ == "__main__":
    main()
