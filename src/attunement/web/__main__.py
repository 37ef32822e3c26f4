"""`python -m attunement.web COMMAND`: migrations, the worker, backup and whatever else runs beside the server."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run one of Django's or our management commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "attunement.web.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["attunement.web", *sys.argv[1:]])


if __name__ == "__main__":
    main()
