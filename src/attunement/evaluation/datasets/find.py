"""Finding out, from what is in the files, how a coded set is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from attunement.errors import TranscriptError
from attunement.evaluation.coded import CodedSession, coded_from_text
from attunement.evaluation.datasets import annomi, codes_only, epitome, sheet
from attunement.evaluation.datasets.coded_set import CodedSet
from attunement.evaluation.datasets.text import columns_of, read_text
from attunement.transcripts.coded_text import TURN_LINE

Kind = Literal["AnnoMI", "EPITOME", "table of codes", "coded text", "codes only", "words only"]
Files = Sequence[tuple[str, str]]

TABLES: dict[Kind, tuple[tuple[str, ...], Callable[[Files], CodedSet]]] = {
    "AnnoMI": (annomi.COLUMNS, annomi.load),
    "EPITOME": (epitome.COLUMNS, epitome.load),
    "table of codes": (sheet.COLUMNS, sheet.load),
}
SUFFIXES = (".txt", ".csv", ".tsv")
# Where the words of a file that has codes only are looked for: inside its folder, then beside it.
FOLDERS_OF_WORDS = ("turns", "../turns", "sessions", "../sessions")
FORMATS = "docs/evaluate.md shows the formats"


def load_coded(path: Path) -> CodedSet:
    """A coded set from one file, or from a folder of files of one kind.

    Raises:
        TranscriptError: when there is nothing coded at `path`, or a file is not what it seems to be.
    """
    if not path.is_dir():
        return _load([(path, read_text(path))])
    files = [(file, read_text(file)) for file in _inside(path) if file.is_file() and file.suffix.lower() in SUFFIXES]
    if not any(kind_of(text) for _, text in files):
        raise TranscriptError(f"{path.resolve().name}: {_advice(path)}")
    return _load(files)


def kind_of(text: str) -> Kind | None:
    """What a file holds, None when it is nothing that we know."""
    columns = set(columns_of(text))
    for kind, (needed, _) in TABLES.items():
        if columns.issuperset(needed):
            return kind
    if codes_only.is_words(text):
        return "words only"
    if codes_only.is_codes(text):
        return "codes only"
    return "coded text" if any(TURN_LINE.match(line.strip()) for line in text.splitlines()) else None


def _load(files: Sequence[tuple[Path, str]]) -> CodedSet:
    kinds = [kind_of(text) for _, text in files]
    known = sorted({kind for kind in kinds if kind is not None})
    if not known:
        raise TranscriptError(f"{files[0][0].name}: nothing coded in a form that we know; {FORMATS}.")
    if len(known) > 1:
        raise TranscriptError(
            f"{files[0][0].resolve().parent.name}: holds {' and '.join(known)}; give each a folder of its own."
        )
    found = _load_kind(known[0], [file for file, kind in zip(files, kinds, strict=True) if kind is not None])
    if not any(_is_coded(session) for session in found.sessions):
        raise TranscriptError(f"{files[0][0].name}: turns without a single code; {FORMATS}.")
    left_out = [path.name for (path, _), kind in zip(files, kinds, strict=True) if kind is None]
    if not left_out:
        return found
    return CodedSet(found.format, found.sessions, (*found.notes, f"Left out, nothing coded: {', '.join(left_out)}."))


def _load_kind(kind: Kind, files: Sequence[tuple[Path, str]]) -> CodedSet:
    if kind == "words only":
        raise TranscriptError(f"{files[0][0].name}: words without codes; give the folder with the codes.")
    if kind == "coded text":
        return CodedSet(kind, tuple(coded_from_text(text, name=path.name) for path, text in files))
    if kind == "codes only":
        return CodedSet(kind, tuple(codes_only.read(path.name, text, _words_for(path)) for path, text in files))
    _, load = TABLES[kind]
    return load([(path.name, text) for path, text in files])


def _is_coded(session: CodedSession) -> bool:
    return bool(session.episodes) or any(
        turn.codes or turn.experiencing or any(turn.empathy or ()) or turn.therapist_behaviour or turn.client_talk
        for turn in session.codes
    )


def _words_for(path: Path) -> str:
    for folder in FOLDERS_OF_WORDS:
        candidate = path.parent / folder / path.name
        if candidate.is_file():
            return read_text(candidate)
    raise TranscriptError(f"{path.name}: codes without words; put the words into a folder 'turns' beside, same name.")


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        raise TranscriptError(f"{folder.resolve().name}: cannot be opened ({error.strerror}).") from None


def _advice(folder: Path) -> str:
    below = [entry.name for entry in _inside(folder) if entry.is_dir()]
    if below:
        return f"no coded files in the folder itself; give one of the folders inside ({', '.join(below[:5])})."
    return f"no coded files here (.txt, .csv, .tsv); {FORMATS}."
