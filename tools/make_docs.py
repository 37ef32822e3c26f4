"""Write what comes from the code: pages and pictures of `docs/`, README.md's excerpt: `python -m tools.make_docs`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tools import api_page, case_pictures, cli_page, codebook_page
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
    for picture in case_pictures.write(DOCS / "pictures"):
        print(picture.relative_to(ROOT))
    readme = ROOT / "README.md"
    readme.write_text(with_excerpt(readme.read_text(encoding="utf-8")), encoding="utf-8")
    print(readme.name)


if __name__ == "__main__":
    main()
