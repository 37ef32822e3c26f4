"""Dates in a text, moved by a number of days; how exact a date is written, so exact is the moved one.

A date without a year, or a day without a month, is taken for the one nearest to the session's own date. Where that is
not known, a day by itself is only taken out. Holidays lose their names, which say when in the year it was.
"""

# ruff: noqa: SIM905 (lists of words read better as text)
from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from attunement.deidentify.found import Found
from attunement.deidentify.kinds import Kind
from attunement.deidentify.lists import HOLIDAYS

HOLIDAY, SOME_DATE = "[HOLIDAY]", "[DATE]"
MONTHS = "january february march april may june july august september october november december".split()
SHORT = {name[:3]: number for number, name in enumerate(MONTHS, start=1)} | {"sept": 9}
UNITS = "first second third fourth fifth sixth seventh eighth ninth".split()
TEENS = "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split()
DAYS = {word: number for number, word in enumerate([*UNITS, *TEENS, "twentieth"], start=1)}
DAYS |= {f"twenty-{word}": 20 + number for number, word in enumerate(UNITS, start=1)}
DAYS |= {f"twenty {word}": 20 + number for number, word in enumerate(UNITS, start=1)}
DAYS |= {"thirtieth": 30, "thirty-first": 31, "thirty first": 31}
ONES = "one two three four five six seven eight nine".split()
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
SMALL_NUMBERS = {word: number for number, word in enumerate(ONES, start=1)} | TENS
SMALL_NUMBERS |= dict(
    zip(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(),
        range(10, 20),
        strict=True,
    )
)

_MONTH = rf"(?P<month>{'|'.join(MONTHS)}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
_DAY = rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|{'|'.join(sorted(DAYS, key=len, reverse=True))})"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_TENS, _TO_NINE = "|".join(TENS), "|".join(ONES)
SPOKEN_YEAR = (
    rf"(?P<century>nineteen|twenty)[ -](?P<of_century>(?:{_TENS})(?:[ -](?:{_TO_NINE}))?"
    rf"|(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)|oh[ -](?:{_TO_NINE}))"
    rf"|(?P<thousand>two thousand and) (?P<of_thousand>(?:{_TENS})?(?:[ -])?(?:{_TO_NINE})?)"
)
WHOLE = re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b")
SLASHED = re.compile(
    r"(?<![\d/.])(?P<first>\d{1,2})(?P<sign>[/.])(?P<second>\d{1,2})(?P=sign)(?P<year>\d{4}|\d{2})(?![\d/])"
)
DAY_MONTH = re.compile(rf"\b{_DAY}(?P<of> of|) {_MONTH}(?:,? {_YEAR})?\b", re.IGNORECASE)
MONTH_DAY = re.compile(
    rf"\b{_MONTH}(?P<the> the|) {_DAY}(?:,? {_YEAR})?\b(?! (?:of them|people|times|minutes|weeks))", re.IGNORECASE
)
MONTH_YEAR = re.compile(rf"\b{_MONTH}(?: of|,)? {_YEAR}\b", re.IGNORECASE)
BEFORE_MONTHS = (
    "in since last next this until till by from of early late mid through during before after every each to around"
    " about for between and or come"
)
MONTH_BY_ITSELF = re.compile(
    r"\b(?P<month>january|february|april|june|july|august|september|october|november|december)\b"
    r"|\b(?P<capital>(?-i:March|May))\b"
    rf"|\b(?:{BEFORE_MONTHS.replace(' ', '|')})\s(?:the\s)?(?P<small>march|may)\b(?! (?:i|we|you|be|have|not)\b)",
    re.IGNORECASE,
)
YEAR_BY_ITSELF = re.compile(
    rf"(?<![\d£$€.,/-]){_YEAR}(?!\d|[.,]\d| (?:quid|pounds|dollars|euros|people|words|miles|steps|calories))"
)
YEAR_IN_WORDS = re.compile(rf"\b(?:{SPOKEN_YEAR})\b(?! (?:minutes|quid|pounds|dollars|people|of))", re.IGNORECASE)
SHORT_YEAR = re.compile(
    rf"(?:\b(?:in|since|of|from|until|till|back in|summer of|around|must be|class of) )(?:the )?"
    rf"(?P<short>['’]\d\d|(?:seventy|eighty|ninety)[ -](?:{_TO_NINE}))\b"
    r"(?! (?:minutes|quid|pounds|dollars|people|percent|per|miles|degrees|seconds|or|years))",
    re.IGNORECASE,
)
_AFTER_A_DAY = (
    r"(?=\s*(?:$|[.,;:?!)\]\"”—–-]|['’]s\b|(?:so|and|or|but|at|in|for|i|i'm|i’m|i've|we|we'll|you|he|she|it|it's|they|is|was|if|then|to|when|because|"
    r"cause|that|this|through|would|works|might|should|do|if|there|now|maybe|please|morning|evening|afternoon)\b))"
)
_LATE_DAY = (
    rf"\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(sorted((word for word, n in DAYS.items() if n >= 4), key=len, reverse=True))}"
)
DAY_BY_ITSELF = re.compile(rf"\bthe (?P<day>{_LATE_DAY})\b{_AFTER_A_DAY}", re.IGNORECASE)
_PAST_TWENTY = "|".join(word for word, number in DAYS.items() if number > 20 and "-" in word)
DAY_BEGINNING = re.compile(rf"(?:^|[.!?…]\s+)(?P<day>{_PAST_TWENTY})\b(?= (?:through|to|at|for|is)\b)", re.IGNORECASE)
HOLIDAY_NAMED = re.compile(rf"\b(?:{HOLIDAYS})\b", re.IGNORECASE)
WORDS_TOO = frozenset("lent tet holi advent".split())
PEOPLE_FIRST = re.compile(
    r"\b(?:mr|mrs|ms|miss|dr|my|our|his|her|called|named|sister|aunt|auntie|daughter|wife|friend|hi|hello|hey),?\.? $",
    re.IGNORECASE,
)

LOOK_BACK = 20  # letters, so that the work grows no faster than the text
Move = Callable[[date], date]


def in_dates(text: str, days: int, spoken_on: date | None = None) -> Iterator[Found]:
    """Every date with the one that takes its place, the most exact first; what overlaps is for `settled`.

    `spoken_on` is the session's date, before it is moved.
    """

    def moved(day: date) -> date:
        return day + timedelta(days=days)

    for match in HOLIDAY_NAMED.finditer(text):
        if match[0].casefold() not in WORDS_TOO or match[0][0].isupper():
            yield _found(match, HOLIDAY)
    for pattern in (DAY_MONTH, MONTH_DAY, MONTH_YEAR):
        for match in pattern.finditer(text):
            if not _is_after_somebody(text, match.start()):
                yield _found(match, _in_words(match, moved, spoken_on))
    for match in MONTH_BY_ITSELF.finditer(text):
        group = match.lastgroup or "month"
        if _is_month(match, group, text):
            yield _found(match, _month(match[group], moved, spoken_on), group)
    yield from _years(text, moved)
    for pattern in (DAY_BY_ITSELF, DAY_BEGINNING):
        for match in pattern.finditer(text):
            yield _found(match, _day(match["day"], moved, spoken_on), "day")


def in_whole_dates(text: str, days: int) -> Iterator[Found]:
    """Dates in figures, with day, month and year: so sure that they come before everything else."""
    for pattern in (WHOLE, SLASHED):
        for match in pattern.finditer(text):
            yield _found(match, _in_figures(match, lambda day: day + timedelta(days=days)))


def _found(match: re.Match[str], instead: str, group: str | int = 0) -> Found:
    return Found(match.start(group), match.end(group), Kind.DATE, match[group], instead)


def _is_after_somebody(text: str, start: int) -> bool:
    return bool(PEOPLE_FIRST.search(text[max(0, start - LOOK_BACK) : start]))


def _is_month(match: re.Match[str], group: str, text: str) -> bool:
    if _is_after_somebody(text, match.start(group)):
        return False
    before = text[max(0, match.start(group) - LOOK_BACK) : match.start(group)].rstrip()
    after = text[match.end(group) : match.end(group) + LOOK_BACK]
    if group != "capital":
        return True
    # "May I", "March on!": a verb, when it begins the sentence.
    begins = not before or before[-1] in '.!?…"“'
    return not (begins and re.match(r" (?:i|we|you|he|she|they|the|be|on|up|out|in|not|as)\b", after, re.IGNORECASE))


def _years(text: str, moved: Move) -> Iterator[Found]:
    for match in YEAR_BY_ITSELF.finditer(text):
        yield _found(match, str(_year(int(match["year"]), moved)))
    for match in YEAR_IN_WORDS.finditer(text):
        if (year := _spoken_year(match)) is not None:
            yield _found(match, str(_year(year, moved)))
    for match in SHORT_YEAR.finditer(text):
        figures = re.sub(r"\D", "", match["short"])
        year = int(figures) if figures else _number(match["short"])
        yield _found(match, str(_year(1900 + year if year > 30 else 2000 + year, moved)), "short")


def _spoken_year(match: re.Match[str]) -> int | None:
    if match["thousand"]:
        return 2000 + _number(match["of_thousand"]) if match["of_thousand"].strip() else None
    rest = _number(match["of_century"].casefold().removeprefix("oh"))
    # "Twenty twenty" may be eyesight and "twenty five" is a number, but no year comes out of them wrong.
    return (1900 if match["century"].casefold() == "nineteen" else 2000) + rest


def _number(words: str) -> int:
    return sum(SMALL_NUMBERS.get(word, 0) for word in re.split(r"[ -]+", words.casefold()))


def _year(year: int, moved: Move) -> int:
    return moved(date(year, 7, 1)).year


def _in_figures(match: re.Match[str], moved: Move) -> str:
    named = match.groupdict()
    if "month" in named:
        day = _date(int(match["year"]), int(match["month"]), int(match["day"]))
        return moved(day).isoformat() if day else SOME_DATE
    year = int(match["year"]) + (
        2000 if len(match["year"]) == 2 and int(match["year"]) < 40 else 1900 if len(match["year"]) == 2 else 0
    )
    first, second = int(match["first"]), int(match["second"])
    day_first = second <= 12
    day = _date(year, second, first) if day_first else _date(year, first, second)
    if day is None:
        return SOME_DATE
    later, sign = moved(day), match["sign"]
    parts = (later.day, later.month) if day_first else (later.month, later.day)
    return f"{parts[0]}{sign}{parts[1]}{sign}{str(later.year)[-len(match['year']) :]}"


def _in_words(match: re.Match[str], moved: Move, spoken_on: date | None) -> str:
    named = match.groupdict()
    month = SHORT[match["month"].casefold()[:3]]
    year = int(named["year"]) if named.get("year") else None
    written = named.get("day")
    number = _day_number(written) if written else 15
    near = _date(year, month, number) if year else _nearest(month, number, spoken_on)
    if near is None:
        return SOME_DATE
    later = moved(near)
    name = calendar.month_name[later.month]
    ending = f" {later.year}" if year else ""
    if not written:
        return f"{name}{ending}"
    if match.start("day") < match.start("month"):
        return f"{_ordinal(later.day, written)}{named.get('of') or ''} {name}{ending}"
    return f"{name}{named.get('the') or ''} {_ordinal(later.day, written)}{',' if year else ''}{ending}"


def _month(word: str, moved: Move, spoken_on: date | None) -> str:
    near = _nearest(MONTHS.index(word.casefold()) + 1, 15, spoken_on)
    assert near is not None  # every month has a 15th
    return calendar.month_name[moved(near).month]


def _day(word: str, moved: Move, spoken_on: date | None) -> str:
    number = _day_number(word)
    if spoken_on is None or number is None:
        return SOME_DATE
    around = [spoken_on + timedelta(days=each) for each in range(-31, 32)]
    same = [day for day in around if day.day == number]
    if not same:
        return SOME_DATE
    return _ordinal(moved(min(same, key=lambda day: abs((day - spoken_on).days))).day, word)


def _nearest(month: int, number: int | None, spoken_on: date | None) -> date | None:
    # Without a session's date any year will do: what is written has none either.
    year = spoken_on.year if spoken_on else 2021
    days = [day for each in (year - 1, year, year + 1) if (day := _date(each, month, number or 0))]
    if not days:
        return None
    return min(days, key=lambda day: abs((day - spoken_on).days)) if spoken_on else days[1 if len(days) > 2 else 0]


def _date(year: int, month: int, day: int | None) -> date | None:
    try:
        return date(year, month, day or 0)
    except ValueError:
        return None


def _day_number(word: str) -> int | None:
    if figures := re.match(r"\d+", word):
        return int(figures[0])
    return DAYS.get(word.casefold())


def _ordinal(day: int, like: str) -> str:
    """The day as a figure, with its ending where the original had one or was a word."""
    if like.isdigit():
        return str(day)
    ending = "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"
