"""What can tell who somebody is, by kind."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """A kind of thing that is found; its value is the word of the placeholder.

    `NAME` is a name of which it cannot be told whether it is a person, a place or something else; `ORIGIN` a people, a
    language or a faith.
    """

    PERSON = "PERSON"
    PLACE = "PLACE"
    ORGANISATION = "ORGANISATION"
    ORIGIN = "ORIGIN"
    NAME = "NAME"
    DATE = "DATE"
    AGE = "AGE"
    TELEPHONE = "TELEPHONE"
    MAIL = "MAIL"
    WEB = "WEB"
    NUMBER = "NUMBER"
    ADDRESS = "ADDRESS"


# What each is called in tables.
WORDS = {
    Kind.PERSON: "people's names",
    Kind.PLACE: "places",
    Kind.ORGANISATION: "organisations",
    Kind.ORIGIN: "peoples and languages",
    Kind.NAME: "names of unknown kind",
    Kind.DATE: "dates",
    Kind.AGE: "ages over 89",
    Kind.TELEPHONE: "telephone numbers",
    Kind.MAIL: "mail addresses",
    Kind.WEB: "web addresses",
    Kind.NUMBER: "long numbers",
    Kind.ADDRESS: "postal addresses",
}
