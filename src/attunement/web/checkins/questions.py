"""The words of our own check-in. Questionnaires of others come with words that the clinic has set up."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
OURS, HIGHEST = "check_in", 10


@dataclass(frozen=True, slots=True)
class Question:
    """One rating from 0 to 10, with the words at its ends."""

    name: str
    asks: Words
    low: Words
    high: Words


CHECK_IN = (
    Question("understood", _("I felt understood"), _("not at all"), _("completely")),
    Question("safe", _("I could feel safe"), _("not at all"), _("completely")),
    Question("goals", _("We worked on what matters to me"), _("not at all"), _("completely")),
    Question("fit", _("The way we worked suits me"), _("not at all"), _("completely")),
    Question("unsaid", _("Something that matters stayed unsaid"), _("nothing"), _("a great deal")),
)
