"""Write the pages of `docs/` that come from the code: `python -m tools.make_docs`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tools import api_page, cli_page, codebook_page

DOCS = Path(__file__).parents[1] / "docs"
PAGES: dict[str, Callable[[], str]] = {
    "api.md": api_page.page,
    "cli.md": cli_page.page,
    "codebook.md": codebook_page.page,
}


def main() -> None:
    """Write all of them."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
        print(f"docs/{name}")


if __name__ == "__main__":
    main()
