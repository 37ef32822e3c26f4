"""A session to a file, in any format that is read except our own reading (`reports` writes that)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from attunement.errors import InputError
from attunement.transcripts.formats import convokit
from attunement.transcripts.registry import CONVOKIT, OFFICE_FORMATS, TEXT_FORMATS, by_name
from attunement.transcripts.session import Session


def save(session: Session, path: Path | str, format: str | None = None) -> None:
    """Write a session; the format by its name or ending, else by the path's ending.

    What a format has no place for is lost (docs/formats.md says what). ConvoKit writes a folder.

    Raises:
        InputError: unknown format, a path that cannot be written, or a turn that the format cannot hold.
    """
    path = Path(path)
    try:
        if (format or "").casefold() == CONVOKIT.casefold():
            convokit.write_folder(session, path)
            return
        content = _chosen(path, format)(session)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            # As it is: the platform's line ends would break CSV.
            path.write_bytes(content.encode("utf-8", errors="replace"))
    except InputError as error:
        raise InputError(f"{path}: {error}") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({(error.strerror or 'unknown').lower()}).") from None


def _chosen(path: Path, format: str | None) -> Callable[[Session], str | bytes]:
    wanted = format or path.suffix
    found = by_name(wanted) if wanted else None
    if found is None or found.write is None:
        names = [each.name for each in (*TEXT_FORMATS, *OFFICE_FORMATS) if each.write is not None]
        raise InputError(f"cannot write {wanted or 'without an ending'}; formats are {', '.join([*names, CONVOKIT])}.")
    return found.write
