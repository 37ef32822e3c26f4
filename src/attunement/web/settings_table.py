"""Every setting of the clinic: name, default, what it does. `docs/clinic.md` carries this table; a test compares."""

from __future__ import annotations

import os
from dataclasses import dataclass

from attunement.errors import InputError

YES, NO = ("yes", "true", "1", "on"), ("no", "false", "0", "off", "")


@dataclass(frozen=True, slots=True)
class Setting:
    """An environment variable that the clinic reads."""

    name: str
    default: str
    help: str


SETTINGS = (
    Setting("ATTUNEMENT_HOME", "~/.local/share/attunement", "The private folder with database and keys."),
    Setting(
        "DATABASE_URL", "", "PostgreSQL, as `postgres://user:password@host/name`; empty: SQLite in the home folder."
    ),
    Setting(
        "ATTUNEMENT_SECRET_KEY", "", "Signs cookies; empty: made on the first run, in `secret.key` of the home folder."
    ),
    Setting(
        "ATTUNEMENT_MASTER_KEYS", "", "Wraps the clients' keys, newest first, commas between; empty: `master.key`."
    ),
    Setting("ATTUNEMENT_BACKUPS", "", "Where `backup` writes; an erased client's key is removed there too."),
    Setting("ATTUNEMENT_HOSTS", "localhost,127.0.0.1,[::1]", "The names under which the server may be called."),
    Setting("ATTUNEMENT_HTTPS", "yes", "Cookies over TLS only, HSTS; `serve` turns it off on the loopback address."),
    Setting("ATTUNEMENT_PROXY", "no", "Whether a proxy in front sets `X-Forwarded-Proto`."),
    Setting("ATTUNEMENT_TIMEOUT_MINUTES", "30", "Staff who do nothing for so long are signed out."),
    Setting("ATTUNEMENT_LINK_DAYS", "14", "How long a check-in link can be opened."),
    Setting("ATTUNEMENT_UPLOAD_MB", "5", "The largest transcript that is taken."),
    Setting("ATTUNEMENT_PARSE_SECONDS", "60", "How long a transcript may take to be parsed."),
    Setting("ATTUNEMENT_LANGUAGE", "en", "The language where a browser asks for none that there is: `en` or `de`."),
    Setting("ATTUNEMENT_TIME_ZONE", "UTC", "The clinic's time zone, such as `Europe/Berlin`."),
    Setting("ATTUNEMENT_DEMO", "no", "Invented people, signing in without a password. Never with real clients."),
)
DEFAULTS = {setting.name: setting.default for setting in SETTINGS}


def text(name: str) -> str:
    """The setting as given, else its default."""
    return os.environ.get(name, DEFAULTS[name]).strip()


def listed(name: str) -> list[str]:
    """The setting's parts, which commas separate."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def is_on(name: str) -> bool:
    """Whether the setting says yes.

    Raises:
        InputError: when it says neither yes nor no.
    """
    said = text(name).casefold()
    if said not in (*YES, *NO):
        raise InputError(f"{name}: neither yes nor no; write one of the two.")
    return said in YES


def whole(name: str) -> int:
    """The setting as a whole number above zero.

    Raises:
        InputError: when it is none.
    """
    said = text(name)
    if not said.isdecimal() or int(said) == 0:
        raise InputError(f"{name}: write a whole number above zero.")
    return int(said)
