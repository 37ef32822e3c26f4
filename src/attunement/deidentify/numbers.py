"""Numbers and addresses that lead to somebody: telephone, mail, web, post, long numbers, and ages over 89."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attunement.deidentify.found import Found
from attunement.deidentify.kinds import Kind

# Every repetition has an end, so that the work grows no faster than the text.
MAIL = re.compile(
    r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}\b"
    r"|\b\w{1,40}(?:(?: dot | underscore |\.)\w{1,40}){0,3} at \w{1,40}(?:(?: dot |\.)\w{1,40}){0,4}"
    r" dot (?:com|org|net|edu|co|uk|ie|ca|au|io)\b",
    re.IGNORECASE,
)
WEB = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"]{0,500}[^\s<>\".,;:!?)]"
    r"|\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:com|org|net|edu|gov|info|co\.uk|org\.uk|ac\.uk|nhs\.uk|ie|eu)"
    r"(?:/[^\s<>\"]{0,500})?\b"
    r"|(?<![\w@])@\w{3,40}",
    re.IGNORECASE,
)
SPOKEN = "(?:zero|oh|o|nought|one|two|three|four|five|six|seven|eight|nine|double|triple)"
TELEPHONE = re.compile(
    r"(?<![\w.])(?:\+|00)\d[\d ()./-]{6,}\d"
    r"|(?<![\w.,:/-])(?:0\d{9,10}|\(?\d{3,5}\)?[ .-]\d{3,4}[ .-]?\d{3,4})(?![\w:/-])"
    rf"|\b{SPOKEN}(?:[ ,-]+{SPOKEN}){{5,}}\b",
    re.IGNORECASE,
)
# A number of five digits or more; or letters and digits together, as on cards and policies.
NUMBER = re.compile(
    r"(?<![\w£$€.,])\d{5,}(?!\w)|\b(?=[A-Z0-9]{6,}\b)(?=(?:[A-Z]*\d){3})(?=\d*[A-Z])[A-Z0-9]+\b|\b\d{3}-\d{2}-\d{4}\b"
    r"|\b\d(?:[ -]?\d){8,}\b"
)
STREET = (
    r"(?:street|st|road|rd|avenue|ave|lane|drive|close|crescent|terrace|court|boulevard|blvd|way|place|gardens|grove|"
    r"hill|square|row|walk|mews|parade|highway)"
)
ADDRESS = re.compile(
    rf"\b(?:(?:flat|apartment|apt|unit) \w+,? )?\d{{1,5}}[a-z]? (?:[A-Z][\w'’-]+ ){{1,3}}{STREET}\b\.?"
    rf"|\b(?:number )?\d{{1,4}}[a-z]? [a-z]+ {STREET}\b(?! of)"
    # Postal codes of Britain and Canada and, behind a state, of the United States.
    r"|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|\b(?-i:[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2})\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b"
    r"|\b(?-i:[A-Z]{2}),? \d{5}(?:-\d{4})?\b"
    r"|\b(?:route|highway|interstate|motorway|junction) \d+\b|\b(?-i:M\d{1,3}|A\d{2,4})\b",
    re.IGNORECASE,
)
_TO_NINE = "one|two|three|four|five|six|seven|eight|nine"
OLD = rf"(?:9\d|1[01]\d|ninety(?:[- ](?:{_TO_NINE}))?|a hundred(?: and (?:{_TO_NINE}|ten))?)"
UNITS = (
    r"(?!\s*(?:%|[-–]?(?:percent|per cent|minutes?|min|mins|seconds?|hours?|days?|weeks?|months?|quid|pounds?|euros?|"
    r"dollars?|bucks|pence|p\b|miles?|kilos?|kg|degrees?|times|odd|of|people|over|to|yards?|metres?|words|men|women)))"
)
WHO = "i|he|she|they|who|nan|gran|grandad|mum|dad|mother|father|mam|granny|nana|grandma|grandpa"
IS = "is|was|were|am|are|will be|would be|turned|turns|turning|lived to be|made it to|died at"
AGE = re.compile(
    rf"\b(?:(?:{WHO})(?:['’](?:s|m|re|d be)| (?:{IS}))"
    rf"(?: (?:nearly|almost|about|only|now|over|already|going on|gone))?"
    rf"|turned|turning|turns|aged|age|at the age of|until she was|till he was) (?P<age>{OLD})\b(?![-–:.,]?\d){UNITS}"
    rf"|\b(?P<years>{OLD})[- ]years?[- ]olds?\b",
    re.IGNORECASE,
)
OVER_89 = "[AGE OVER 89]"


def in_numbers(text: str) -> Iterator[Found]:
    """Everything of these kinds, the surest first; what overlaps is for `settled`."""
    for kind, pattern in (
        (Kind.MAIL, MAIL),
        (Kind.WEB, WEB),
        (Kind.ADDRESS, ADDRESS),
        (Kind.TELEPHONE, TELEPHONE),
        (Kind.NUMBER, NUMBER),
    ):
        for match in pattern.finditer(text):
            yield Found(match.start(), match.end(), kind, match[0])
    for match in AGE.finditer(text):
        group = "age" if match["age"] else "years"
        yield Found(match.start(group), match.end(group), Kind.AGE, match[group], OVER_89)
