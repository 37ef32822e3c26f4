"""Bytes from disk to text, with the limits and guards that keep a bad file from doing harm.

Messages here and in the formats do not name the file: whoever opened it puts its name before them.
"""

from __future__ import annotations

import errno
import io
import re
import zipfile
import zlib
from pathlib import Path

from attunement.errors import TranscriptError
from attunement.transcripts.utterance import places

# An hour of talk is about 60 KB of text and 5 MB as recogniser output with every word's time.
MAX_FILE_BYTES = 50_000_000
# What a .docx or .xlsx may unpack to, all parts together.
MAX_UNPACKED_BYTES = 50_000_000
# Null bytes up to this share are damage in a text file; beyond, it is no text.
MAX_NULL_SHARE = 0.02

RECORDING = "a recording, not a transcript; have it transcribed first"
SIGNATURES = (
    (b"%PDF", "a PDF; copy its text into a .docx or .txt file"),
    (b"{\\rtf", "an RTF document; save it as .docx or .txt"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file; save it as .docx or .xlsx"),
    (b"\x1f\x8b", "compressed; unpack it first"),
    (b"7z\xbc\xaf", "compressed; unpack it first"),
    (b"Rar!", "compressed; unpack it first"),
    (b"RIFF", RECORDING),
    (b"ID3", RECORDING),
    (b"OggS", RECORDING),
    (b"fLaC", RECORDING),
    (b"PAR1", "a Parquet table; save it as .csv"),
    (b"SQLite format 3", "a database, not a transcript"),
)
BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# What Windows-1252 text of a western language consists of beyond ASCII; superscripts inside words, say, are not in it.
WESTERN = re.compile(r"[\x00-\x7fÀ-ÖØ-öø-ÿŠšŽžŒœŸ‘’‚“”„–—…•€£©®°«»¿¡·´ª º½¼¾§\xa0]*")
CAPITAL_INSIDE_WORD = re.compile(r"[a-z][À-ÖØ-Þ][a-z]")
LEGACY_SAMPLE_BYTES = 100_000


def read_bytes(path: Path) -> bytes:
    """The file's content.

    Raises:
        TranscriptError: missing, a folder, not a regular file, not permitted, empty, or above `MAX_FILE_BYTES`.
    """
    try:
        status = path.stat()
        if path.is_dir():
            raise TranscriptError("this is a folder; give a file, or a folder that holds transcripts.")
        if not path.is_file():
            raise TranscriptError("not a regular file.")
        if status.st_size > MAX_FILE_BYTES:
            raise TranscriptError(
                f"{status.st_size / 1e6:.0f} MB; a transcript is read up to {MAX_FILE_BYTES / 1e6:.0f} MB. "
                "Split it into sessions, or take the words without the recogniser's extras."
            )
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise TranscriptError(f"{_why(error)}.") from None
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xfe\xff"):
        raise TranscriptError("the file is empty.")
    return data


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, PermissionError):
        return "not permitted to read it"
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return "a symbolic link that leads back to itself"
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read ({error.strerror.lower()})"
    return "cannot be read as a file name"


def decode(data: bytes) -> tuple[str, list[str]]:
    """The text and what had to be guessed or left out to get it.

    Raises:
        TranscriptError: when the bytes are no text in any encoding.
    """
    if kind := _other_kind(data):
        raise TranscriptError(f"this is {kind}.")
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = data.decode(encoding, errors="replace")
            return _without_nulls(text, [_damaged(text)] if "\ufffd" in text else [])
    if unmarked := _unmarked_utf16(data):
        return _without_nulls(data.decode(unmarked, errors="replace"), [_guessed(unmarked)])
    try:
        return _without_nulls(data.decode("utf-8"), [])
    except UnicodeDecodeError:
        return _decode_legacy(data)


def _other_kind(data: bytes) -> str | None:
    if data[4:8] == b"ftyp":  # MP4, M4A, MOV
        return RECORDING
    return next((what for signature, what in SIGNATURES if data.startswith(signature)), None)


def _unmarked_utf16(data: bytes) -> str | None:
    # Every other byte of mostly Latin text in UTF-16 is null.
    even, odd = data[:4000:2].count(0), data[1:4000:2].count(0)
    half = len(data[:4000]) / 2
    if max(even, odd) < 0.6 * half or min(even, odd) > 0.05 * half:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _guessed(encoding: str) -> str:
    name = {"cp1252": "Windows-1252"}.get(encoding, encoding)
    return f"The file is not in UTF-8; it was read as {name}. If letters look wrong, save it as UTF-8."


def _decode_legacy(data: bytes) -> tuple[str, list[str]]:
    damaged = data.decode("utf-8", errors="replace")
    intact = sum(1 for letter in damaged if letter > "\x7f" and letter != "\ufffd")
    if damaged.count("\ufffd") <= intact // 2 + (damaged[-1] == "\ufffd" and intact > 0):
        return _without_nulls(damaged, [_damaged(damaged)])
    encoding = _guess_encoding(data)
    if encoding is None:
        raise TranscriptError("this is not text; the file is binary or damaged.")
    return _without_nulls(data.decode(encoding, errors="replace"), [_guessed(encoding)])


def _guess_encoding(data: bytes) -> str | None:
    # Short western texts have too few special letters for statistics; what their bytes spell decides.
    try:
        western = data.decode("cp1252")
        if WESTERN.fullmatch(western) and not CAPITAL_INSIDE_WORD.search(western):
            return "cp1252"
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes

    best = from_bytes(data[:LEGACY_SAMPLE_BYTES]).best()
    return best.encoding if best is not None else None


def _damaged(text: str) -> str:
    lines = (number for number, line in enumerate(text.split("\n"), start=1) if "\ufffd" in line)
    return f"Some letters are damaged and show as \ufffd ({places('line', lines)})."


def _without_nulls(text: str, warnings: list[str]) -> tuple[str, list[str]]:
    odd = sum(text.count(chr(code)) for code in range(32) if code not in (9, 10, 11, 12, 13, 0x15, 0x1E))
    if odd > max(3, MAX_NULL_SHARE * len(text)):
        raise TranscriptError("this is not text; the file is binary or damaged.")
    if "\x00" not in text:
        return text, warnings
    lines = (number for number, line in enumerate(text.split("\n"), start=1) if "\x00" in line)
    warning = f"Null bytes were left out ({places('line', lines)}); words may be missing there."
    return text.replace("\x00", " "), [*warnings, warning]


def open_office_file(data: bytes, part: str) -> io.BytesIO:
    """An Office file (zip) that is safe to hand to a library: it holds `part`, is not too big and defines no entities.

    Raises:
        TranscriptError: when the archive is damaged, encrypted, or unpacks beyond `MAX_UNPACKED_BYTES`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if part not in archive.namelist():
                raise TranscriptError("the document's main part is missing; save it again.")
            # zipfile stops reading at the declared size, so the declared sizes bound what is unpacked.
            if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
                raise TranscriptError(
                    f"unpacks to more than {MAX_UNPACKED_BYTES / 1e6:.0f} MB, which no transcript does; not opened."
                )
            for member in members:
                if member.filename.endswith((".xml", ".rels")) and _has_entities(archive.read(member)):
                    raise TranscriptError("the document defines XML entities, which Office files never do; not opened.")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error):
        raise TranscriptError("the document is damaged or encrypted; save it again without a password.") from None
    return io.BytesIO(data)


def _has_entities(xml: bytes) -> bool:
    # Without null bytes, UTF-16 shows its ASCII letters too.
    return b"<!ENTITY" in xml.replace(b"\x00", b"") or b"<!DOCTYPE" in xml[:2000].replace(b"\x00", b"")


def office_part(data: bytes) -> str | None:
    """The main part of a zip that is an Office file, by which its kind is known; None for bytes that are no zip.

    Raises:
        TranscriptError: for a damaged zip, or one of something else.
    """
    if not data.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
        raise TranscriptError("the document is damaged or cut off; save it again.") from None
    for part in ("word/document.xml", "xl/workbook.xml"):
        if part in names:
            return part
    raise TranscriptError("this is a zip archive; unpack it first.")
