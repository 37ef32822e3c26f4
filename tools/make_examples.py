"""Write the bundled example sessions anew from their answers: `python -m tools.make_examples`.

The answers (`src/attunement/examples/answers/*.txt`) are the masters: words with a careful reader's codes. From them
come the transcripts a user would have, each in another format, without codes, with times at the pace of real speech.
The seed is fixed: the same answers give the same files.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.shared import Cm

from attunement.transcripts.coded_text import MarkedTurn, take_apart

EXAMPLES = Path(__file__).parents[1] / "src" / "attunement" / "examples"
NAMES = {"leander": {"T": "Connie", "C": "Leander"}, "maribel": {"T": "Russ", "C": "Maribel"}}

WORDS_A_SECOND = (2.2, 2.8)
GAP_S = (0.3, 1.2)
PAUSE_S, LONG_PAUSE_S, OTHER_NOTE_S = (3.0, 6.0), (8.0, 14.0), (1.0, 2.5)
LONGEST_CUE = 16  # words

NOTE = re.compile(r"\([^()]*\)")
FIXED_DATE = datetime(2024, 1, 1)  # so that a document does not change when nothing in it does


@dataclass(frozen=True, slots=True)
class Cue:
    """A few seconds of one turn, as a recogniser or a subtitler would cut them."""

    speaker: str
    start_s: float
    end_s: float
    text: str


@dataclass(frozen=True, slots=True)
class Example:
    """A session with its cues; `turns` are the same words, one cue a turn."""

    id: str
    cues: tuple[Cue, ...]
    turns: tuple[Cue, ...]


def example(answers: Path) -> Example:
    """Words and invented times of one session; speakers are still the letters T and C."""
    clock = random.Random(answers.stem)
    cues: list[Cue] = []
    turns: list[Cue] = []
    now = clock.uniform(2, 6)
    for turn in take_apart(answers.read_text(encoding="utf-8")).turns:
        spoken = list(_spoken(turn, now, clock))
        cues += spoken
        turns.append(Cue(turn.letter, spoken[0].start_s, spoken[-1].end_s, turn.text))
        now = spoken[-1].end_s + clock.uniform(*GAP_S)
    return Example(answers.stem, tuple(cues), tuple(turns))


def _spoken(turn: MarkedTurn, now: float, clock: random.Random) -> Iterator[Cue]:
    pace = clock.uniform(*WORDS_A_SECOND)
    for piece in _pieces(turn.text):
        end = (
            now + len(NOTE.sub(" ", piece).split()) / pace + sum(_silence(note, clock) for note in NOTE.findall(piece))
        )
        yield Cue(turn.letter, round(now, 2), round(end, 2), piece)
        now = end + 0.05


def _silence(note: str, clock: random.Random) -> float:
    if "pause" not in note and "silence" not in note:
        return clock.uniform(*OTHER_NOTE_S)
    return clock.uniform(*(LONG_PAUSE_S if "long" in note or "silence" in note else PAUSE_S))


def _pieces(text: str) -> Iterator[str]:
    """Cut at the end of a sentence, at a comma where one is long, anywhere where there is no comma either."""
    words: list[str] = []
    for word in re.findall(r"\([^()]*\)\S*|\S+", text):
        words.append(word)
        if len(words) >= _shortest_piece(word):
            yield " ".join(words)
            words = []
    if words:
        yield " ".join(words)


def _shortest_piece(last_word: str) -> int:
    if last_word.rstrip('"').endswith((".", "?", "!")):
        return LONGEST_CUE // 2
    return LONGEST_CUE if last_word.endswith(",") else 2 * LONGEST_CUE


def webvtt_voices(session: Example, names: dict[str, str]) -> str:
    """WebVTT with voice tags, as subtitling tools write it."""
    blocks = [f"{_span(cue)}\n<v {names[cue.speaker]}>{cue.text}" for cue in session.cues]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def webvtt_meeting(session: Example, names: dict[str, str]) -> str:
    """WebVTT as meeting software writes it: numbered cues, each beginning with a name."""
    blocks = [
        f"{number}\n{_span(cue)}\n{names[cue.speaker]}: {cue.text}" for number, cue in enumerate(session.cues, start=1)
    ]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def subrip(session: Example, names: dict[str, str]) -> str:
    """SRT, each cue beginning with a name."""
    blocks = [
        f"{number}\n{_span(cue).replace('.', ',')}\n{names[cue.speaker]}: {cue.text}"
        for number, cue in enumerate(session.cues, start=1)
    ]
    return "\n\n".join(blocks) + "\n"


def table(session: Example, names: dict[str, str]) -> str:
    """CSV, one row a turn."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(("start", "end", "speaker", "text"))
    writer.writerows((turn.start_s, turn.end_s, names[turn.speaker], turn.text) for turn in session.turns)
    return target.getvalue()


def labelled_text(session: Example, names: dict[str, str]) -> str:
    """Plain text, as typed by someone who wrote down roles."""
    roles = {"T": "Therapist", "C": "Client"}
    return "\n\n".join(f"{roles[turn.speaker]}: {turn.text}" for turn in session.turns) + "\n"


def recogniser(session: Example, names: dict[str, str]) -> str:
    """WhisperX JSON: numbered speakers, and nothing but words, since a recogniser hears no silence."""
    numbers = {"C": "SPEAKER_00", "T": "SPEAKER_01"}
    segments = [
        {"start": cue.start_s, "end": cue.end_s, "text": f" {words}", "speaker": numbers[cue.speaker]}
        for cue in session.cues
        if (words := " ".join(NOTE.sub(" ", cue.text).split()))
    ]
    return json.dumps({"segments": segments, "language": "en"}, ensure_ascii=False, indent=1) + "\n"


def word_paragraphs(session: Example, names: dict[str, str]) -> Document:
    """A Word document, one paragraph a turn, the name in bold."""
    document = _document(session)
    for turn in session.turns:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{names[turn.speaker]}:").bold = True
        paragraph.add_run(f" {turn.text}")
    return document


def word_table(session: Example, names: dict[str, str]) -> Document:
    """A Word document with a table, as transcription services deliver it."""
    document = _document(session)
    rows = document.add_table(rows=1, cols=3, style="Table Grid")
    for cell, head in zip(rows.rows[0].cells, ("Time", "Speaker", "Text"), strict=True):
        cell.text = head
    for turn in session.turns:
        cells = rows.add_row().cells
        for cell, words in zip(cells, (_clock(turn.start_s), names[turn.speaker], turn.text), strict=True):
            cell.text = words
    for row in rows.rows:
        for cell, width in zip(row.cells, (Cm(2.2), Cm(2.5), Cm(11.5)), strict=True):
            cell.width = width
    return document


def _document(session: Example) -> Document:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = f"{session.id}, confidential"
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = FIXED_DATE
    return document


def _span(cue: Cue) -> str:
    return f"{_clock(cue.start_s, 3)} --> {_clock(cue.end_s, 3)}"


def _clock(seconds: float, decimals: int = 0) -> str:
    minutes, rest = divmod(round(seconds, decimals), 60)
    hours, minutes = divmod(int(minutes), 60)
    width = 3 + decimals if decimals else 2
    return f"{hours:02d}:{minutes:02d}:{rest:0{width}.{decimals}f}"


Writer = Callable[[Example, dict[str, str]], str | Document]
FORMATS: dict[str, Writer] = {
    "leander-1.vtt": webvtt_voices,
    "leander-2.docx": word_paragraphs,
    "leander-3.vtt": webvtt_meeting,
    "leander-4.txt": labelled_text,
    "maribel-1.srt": subrip,
    "maribel-2.csv": table,
    "maribel-3.json": recogniser,
    "maribel-4.docx": word_table,
}


def written(name: str) -> str | Document:
    """The content of one example file."""
    stem = name.rsplit(".", 1)[0]
    return FORMATS[name](example(EXAMPLES / "answers" / f"{stem}.txt"), NAMES[stem.split("-")[0]])


def _same_every_time(document: Document) -> bytes:
    """The document as bytes that do not change with the time of writing."""
    saved, target = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in parts.namelist():
            fixed.writestr(zipfile.ZipInfo(name, FIXED_DATE.timetuple()[:6]), parts.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def main() -> None:
    """Write all of them."""
    for name in FORMATS:
        path = EXAMPLES / name.split("-")[0] / name
        path.parent.mkdir(exist_ok=True)
        content = written(name)
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8", newline="\n")
        else:
            path.write_bytes(_same_every_time(content))
        print(path.relative_to(EXAMPLES))


if __name__ == "__main__":
    main()
