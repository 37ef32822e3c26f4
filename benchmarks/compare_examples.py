"""The bundled sessions beside what a careful reader found in them: `make bench-examples`."""

from __future__ import annotations

from rich.console import Console

from attunement import examples, read


def main() -> None:
    """Read all eight and print the comparison."""
    readings = [read(path) for path in examples.transcripts()]
    Console().print(examples.rendered(examples.compare(readings)))


if __name__ == "__main__":
    main()
