"""The state of the database in each release: its last migrations. `test_migrations.py` upgrades from every one of them.

A new release adds an entry, made by `python -m attunement.web showmigrations`; none is ever changed.
"""

RELEASES: dict[str, list[tuple[str, str]]] = {
    "the first one published": [
        ("people", "0001_initial"),
        ("audit", "0002_append_only"),
        ("clients", "0001_initial"),
        ("therapy_sessions", "0002_page_of_a_reading"),
        ("checkins", "0001_initial"),
        ("findings", "0001_initial"),
        ("reading", "0001_initial"),
    ],
}
