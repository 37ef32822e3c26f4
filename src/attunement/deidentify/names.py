"""Names in a text: of people, places, organisations, peoples; capitals, lists of names, and the words around decide.

What might be a name is taken for one, since a name that is missed hurts somebody.
"""

# ruff: noqa: SIM905 (lists of words read better as text)
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attunement.deidentify import lists
from attunement.deidentify.found import Found
from attunement.deidentify.name_kinds import kind_of
from attunement.deidentify.talk import Talk
from attunement.deidentify.tokens import Token, tokens

NAMES_TOO = lists.words("names_too")
MONTHS_TOO = frozenset("april may june august march".split())
VERBS_TOO = frozenset("will may rob drew sue".split())
GREETINGS = frozenset("hi hiya hello hey thanks sorry bye cheerio goodbye morning dear poor called named".split())
SOUNDS = re.compile(
    r"m+h*m*|[uoaei]+h+m*|u+m+|e+r+m*|h+m+|p+f+t*|p?sh+|a+r?g+h+|o+o+|o+ww?|a+w+|ach|och|(?:(?:ha|he|ho|hee|la|na|da|blah|uh|tsk|ta)-?)+"
)
OWNER_OR_VERB = re.compile(r"['’](?:s|d|ll|ve|re)?$")
FOLLOWS_A_NAME = re.compile(r"[,?!.]|['’]s\b")
LETTERS = 2
ENDS = frozenset("street road avenue lane crescent county hospital infirmary school college university".split())
SMALL_ENDS = ENDS | frozenset("centre center park hall station plaza square stadium shopping primary".split())
FUNCTION_WORDS = lists.words("function_words")
LINKS = frozenset("of the de la del da van von der den al el bin ibn y e i o' &".split())
BETWEEN = re.compile(r"(?:[ ]|\.[ ]|[ ]&[ ])(?:(?:" + "|".join(LINKS) + r")[ ]){0,2}")


def in_names(text: str, talk: Talk, *, is_small: bool = False) -> Iterator[Found]:
    """Every name; `is_small` says that the text is written without capitals."""
    words = tokens(text)
    names = [_is_name(words, place, text, talk, is_small=is_small) for place in range(len(words))]
    _take_in_beginnings(words, names)
    _take_in_ends(words, names, text, is_small=is_small)
    for place, run in _runs(words, names, text):
        start, end = run[0].start, _without_owner(run[-1])
        kind = kind_of(run, words[place - 1] if place else None, is_known=any(word.key in talk.known for word in run))
        yield Found(start, end, kind, text[start:end])


def _is_name(words: Sequence[Token], place: int, text: str, talk: Talk, *, is_small: bool) -> bool:
    word = words[place]
    if word.key in talk.kept:
        return False
    if word.key in talk.wanted:
        return True
    if word.key in talk.known:
        return word.has_capital or is_small or word.key not in lists.ordinary_words()
    if len(word.key) < LETTERS or SOUNDS.fullmatch(word.key):
        return False
    if word.key in lists.CAPITALS or word.key in lists.ACRONYMS:
        return False
    if word.key in MONTHS_TOO and (is_small or word.is_first):
        return place > 0 and words[place - 1].key in lists.KIN | lists.TITLES
    if is_small:
        return _is_small_name(words, place, talk)
    if not word.has_capital:
        return word.key not in lists.english_words() and talk.inside[word.key] > 0
    if word.is_loud:
        return not _is_english(word.key)
    if not word.is_first:
        return True
    if not _is_english(word.key):
        return True
    return talk.is_mostly_name(word.key) or (word.key in NAMES_TOO and _is_called(word, text))


def _is_english(key: str) -> bool:
    known, parts = lists.english_words(), [part for part in re.split("['&-]", key) if part]
    stem = _stem(key)
    if key in known or all(part in known for part in parts) or (stem != key and (stem in known or f"{stem}e" in known)):
        return True
    return len(parts) > 1 and any(part in known for part in parts) and not any(map(lists.is_name, parts))


def _stem(key: str) -> str:
    """The word without its ending, where it is nobody's name: "kindies", "trialled"."""
    if lists.is_name(key) or key in lists.places():
        return key
    return re.sub(r"(?:(?<=[a-z]{3})(?:s|ed|d|er|ing|ly))$", "", re.sub(r"ies$", "y", key))


def _is_called(word: Token, text: str) -> bool:
    return bool(FOLLOWS_A_NAME.match(text, word.end)) or word.text.endswith(("'s", "’s"))


def _is_small_name(words: Sequence[Token], place: int, talk: Talk) -> bool:
    key = words[place].key
    before = words[place - 1].key if place else ""
    if key in NAMES_TOO - VERBS_TOO and (before in lists.TITLES or before in GREETINGS or before in lists.KIN):
        return True
    if (before in lists.TITLES or before in ("called", "named")) and key not in lists.ordinary_words():
        return True
    if key in lists.PEOPLES:
        return True
    if _is_english(key):
        return talk.is_mostly_name(key) and key not in lists.ordinary_words()
    return not words[place].text.endswith(("in'", "in’"))


def _take_in_beginnings(words: Sequence[Token], names: list[bool]) -> None:
    """A name's first word that begins a sentence and looks ordinary: "Rose Garbutt said", "Box Hill is far"."""
    for place in range(len(words) - 1):
        word, following = words[place], words[place + 1]
        is_open = word.is_first and word.has_capital and not names[place] and word.key not in lists.CAPITALS
        if is_open and names[place + 1] and not following.is_first and following.start == word.end + 1:
            ends_a_place = following.key in lists.PLACE_WORDS or following.key in lists.ORGANISATION_WORDS
            names[place] = word.key in NAMES_TOO or ends_a_place


def _take_in_ends(words: Sequence[Token], names: list[bool], text: str, *, is_small: bool) -> None:
    """What belongs to the name before it: "Bradford road", and in small letters "nev price" and "long eaton"."""
    for place in range(1, len(words)):
        last, word = words[place - 1], words[place]
        if text[last.end : word.start] != " ":
            continue
        if names[place - 1] and not names[place]:
            is_surname = (
                word.key in lists.surnames() and word.key not in FUNCTION_WORDS and last.key not in lists.places()
            )
            names[place] = word.key in (SMALL_ENDS if is_small else ENDS) or (is_small and is_surname)
        elif (
            is_small and f"{last.key} {word.key}" in lists.places() and {last.key, word.key}.isdisjoint(FUNCTION_WORDS)
        ):
            names[place - 1] = names[place] = True


def _runs(words: Sequence[Token], names: Sequence[bool], text: str) -> Iterator[tuple[int, list[Token]]]:
    """Names of one or several words ("Lee Garside", "Isle of Man"), each with the place of its first word."""
    first, run = 0, list[Token]()
    for place, word in enumerate(words):
        if not names[place]:
            continue
        if run and not (BETWEEN.fullmatch(text, run[-1].end, word.start) and _goes_on(run[-1], word, text)):
            yield first, run
            run = []
        first = first if run else place
        run.append(word)
    if run:
        yield first, run


def _goes_on(last: Token, word: Token, text: str) -> bool:
    if word.key in lists.ORGANISATION_WORDS and not word.is_first:
        return True
    if last.text.endswith(("'s", "’s")) or word.is_first:
        return False
    return ". " not in text[last.end : word.start] or last.key == "st"


def _without_owner(word: Token) -> int:
    """Where the name ends: an owner's 's stays, and the 'd of "Marcy'd"."""
    ending = OWNER_OR_VERB.search(word.text)
    return word.end - len(ending[0]) if ending else word.end
