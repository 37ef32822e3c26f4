"""Write the pages of `docs/` that come from the code, and the excerpt in README.md: `python -m tools.make_docs`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tools import api_page, cli_page, codebook_page
from tools.readme_excerpt import with_excerpt

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
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
    readme = ROOT / "README.md"
    readme.write_text(with_excerpt(readme.read_text(encoding="utf-8")), encoding="utf-8")
    print(readme.name)


if __name__ == "__main__":
    main()
