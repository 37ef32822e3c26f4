"""The list of formats. A new one is a module with these functions and a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from attunement.transcripts.formats import (
    chat,
    coded,
    excel,
    plain,
    reading,
    srt,
    table,
    turns_json,
    webvtt,
    whisper,
    word,
)
from attunement.transcripts.session import Session
from attunement.transcripts.utterance import Transcript


@dataclass(frozen=True)
class TextFormat:
    """A format that is text. `write` is None where only others can write it."""

    name: str
    endings: tuple[str, ...]
    recognises: Callable[[str], bool]
    parse: Callable[[str], list[Transcript]]
    write: Callable[[Session], str] | None


@dataclass(frozen=True)
class OfficeFormat:
    """A format that is a zip of XML, known by its main part."""

    name: str
    endings: tuple[str, ...]
    part: str
    parse: Callable[[bytes], list[Transcript]]
    write: Callable[[Session], bytes]


# Asked in this order, the most particular first: a reading is JSON too, and much text has colons.
TEXT_FORMATS = (
    TextFormat("WebVTT", (".vtt",), webvtt.recognises, webvtt.parse, webvtt.write),
    TextFormat("SRT", (".srt",), srt.recognises, srt.parse, srt.write),
    TextFormat("CHAT", (".cha",), chat.recognises, chat.parse, chat.write),
    TextFormat("reading", (), reading.recognises, reading.parse, None),
    TextFormat("Whisper JSON", (), whisper.recognises, whisper.parse, whisper.write),
    TextFormat(
        "JSON Lines", (".jsonl", ".ndjson"), turns_json.recognises_lines, turns_json.parse, turns_json.write_lines
    ),
    TextFormat("JSON", (".json",), turns_json.recognises, turns_json.parse, turns_json.write),
    TextFormat("coded text", (), coded.recognises, coded.parse, coded.write),
    TextFormat("TSV", (".tsv", ".tab"), table.recognises_tabs, table.parse, table.write_tabs),
    TextFormat("CSV", (".csv",), table.recognises, table.parse, table.write),
    TextFormat("plain text", (".txt", ".text", ".md"), plain.recognises, plain.parse, plain.write),
)
OFFICE_FORMATS = (
    OfficeFormat("Word", (".docx",), word.PART, word.parse, word.write),
    OfficeFormat("Excel", (".xlsx", ".xlsm"), excel.PART, excel.parse, excel.write),
)
CONVOKIT = "ConvoKit"
ENDINGS = frozenset(ending for format in (*TEXT_FORMATS, *OFFICE_FORMATS) for ending in format.endings)


def by_name(wanted: str) -> TextFormat | OfficeFormat | None:
    """The format with this name ("Whisper JSON") or ending ("vtt", ".vtt"), whatever the case."""
    plain_name = wanted.casefold().lstrip(".")
    return next(
        (
            format
            for format in (*TEXT_FORMATS, *OFFICE_FORMATS)
            if plain_name == format.name.casefold() or f".{plain_name}" in format.endings
        ),
        None,
    )
