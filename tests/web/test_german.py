"""The German catalogue: complete, true to the English placeholders, and compiled as it was last written."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

WEB = Path(__file__).parents[2] / "src" / "attunement" / "web"
CATALOGUE = WEB / "locale" / "de" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%(?:\([a-z_]+\))?[sd%]")
TAG = re.compile(r"</?[a-z]+[^>]*>")
CALL = re.compile(r"\b(?P<name>_|n?p?gettext)\((?P<rest>.*)")
LITERAL = re.compile(r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")


@dataclass
class Entry:
    """One entry of the .po file; `strings` by keyword: msgctxt, msgid, msgid_plural, msgstr, msgstr[0], …"""

    is_fuzzy: bool = False
    strings: dict[str, str] = field(default_factory=dict)

    @property
    def english(self) -> list[str]:
        return [words for keyword, words in self.strings.items() if keyword.startswith("msgid")]

    @property
    def german(self) -> list[str]:
        return [words for keyword, words in self.strings.items() if keyword.startswith("msgstr")]


def entries() -> list[Entry]:
    """Every entry but the header."""
    blocks = re.split(r"\n\s*\n", CATALOGUE.read_text(encoding="utf-8"))
    return [entry for entry in map(read, blocks) if entry.strings.get("msgid")]


def read(block: str) -> Entry:
    entry, keyword = Entry(), ""
    for line in block.splitlines():
        if line.startswith("#"):
            entry.is_fuzzy |= line.startswith("#,") and "fuzzy" in line
        elif line.startswith('"'):
            entry.strings[keyword] += ast.literal_eval(line)
        elif line:
            keyword, words = line.split(" ", 1)
            entry.strings[keyword] = ast.literal_eval(words)
    return entry


ENTRIES = entries()


def test_nothing_is_left_in_english():
    assert len(ENTRIES) > 900
    assert [entry.english for entry in ENTRIES if entry.is_fuzzy or not all(entry.german)] == []


def test_every_number_has_its_form():
    assert [entry.english for entry in ENTRIES if len(entry.german) != len(entry.english)] == []


@pytest.mark.parametrize("part", [PLACEHOLDER, TAG], ids=["placeholder", "HTML tag"])
def test_a_translation_says_whatever_the_english_fills_in(part: re.Pattern[str]):
    def parts(words: str) -> list[str]:
        return sorted(part.findall(words))

    pairs = [pair for entry in ENTRIES for pair in zip(entry.english, entry.german, strict=True)]
    assert [pair for pair in pairs if parts(pair[0]) != parts(pair[1])] == []


def test_german_has_its_own_quotation_marks():
    foreign = re.compile(r"”|“\w|\"")
    assert [words for entry in ENTRIES for words in entry.german if foreign.search(TAG.sub("", words))] == []


def test_the_compiled_catalogue_is_the_written_one():
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for entry in ENTRIES:
        said = entry.strings
        context, plural = said.get("msgctxt"), said.get("msgid_plural")
        found = [look_up(compiled, context, said["msgid"], plural, number) for number in ((1, 2) if plural else (1,))]
        assert found == entry.german, entry.english


def look_up(
    compiled: gettext.GNUTranslations, context: str | None, english: str, plural: str | None, number: int
) -> str:
    if plural is None:
        return compiled.pgettext(context, english) if context else compiled.gettext(english)
    return (
        compiled.npgettext(context, english, plural, number) if context else compiled.ngettext(english, plural, number)
    )


def test_every_word_of_the_pages_is_in_the_catalogue():
    known = {(entry.strings.get("msgctxt", ""), entry.strings["msgid"]) for entry in ENTRIES}
    used = set(in_programs()) | set(in_templates())
    assert len(used) > 900
    assert sorted(used - known) == []


def in_programs() -> Iterator[tuple[str, str]]:
    for path in WEB.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = call.func.id if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) else ""
            if re.fullmatch(r"_|n?gettext(_lazy|_noop)?", name) and isinstance(call.args[0], ast.Constant):
                yield "", call.args[0].value


def in_templates() -> Iterator[tuple[str, str]]:
    for path in [*WEB.rglob("*.html"), *WEB.rglob("readme.txt")]:
        for line in templatize(path.read_text(encoding="utf-8")).splitlines():
            yield from calls(line)


def calls(line: str) -> Iterator[tuple[str, str]]:
    """The calls of gettext in one line of what Django makes of a template."""
    for part in re.split(r"(?=\b(?:_|n?p?gettext)\()", line):
        if call := CALL.match(part):
            words = [ast.literal_eval(found) for found in LITERAL.findall(call["rest"])]
            yield (words[0], words[1]) if "p" in call["name"] else ("", words[0])
