"""What is said of a moment, in words that can be translated. Which words: `picking` decided."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

# Title and explanation of each kind, in the order of the page.
GROUPS: dict[str, tuple[str | Promise, str | Promise]] = {
    "open": (
        gettext_lazy("Ruptures that stayed open"),
        gettext_lazy("First, since something can still be done: strain that nobody took up, or that was not mended."),
    ),
    "late": (
        gettext_lazy("Ruptures taken up later"),
        gettext_lazy("Nobody took these up in their session; a later one probably came back to them."),
    ),
    "repaired": (
        gettext_lazy("Repairs that worked"),
        gettext_lazy("To learn from: how strain was taken up, in which words, and what the client did with it."),
    ),
    "corrective": (
        gettext_lazy("Corrective experiences"),
        gettext_lazy("The client risked something and was met differently than they had come to expect."),
    ),
    "missed": (
        gettext_lazy("Strain that was passed over"),
        gettext_lazy("Short moments in which the client drew back or pushed back, and the answer went past it."),
    ),
}
OPEN: dict[tuple[str, bool], str | Promise] = {
    ("withdrawal", False): gettext_lazy("The client drew back, and nobody took it up in this session."),
    ("withdrawal", True): gettext_lazy("The client drew back; it was taken up, but not mended."),
    ("confrontation", False): gettext_lazy("The client pushed back, and nobody took it up in this session."),
    ("confrontation", True): gettext_lazy("The client pushed back; it was taken up, but not mended."),
    ("mixed", False): gettext_lazy("The client drew back and pushed back, and nobody took it up in this session."),
    ("mixed", True): gettext_lazy("The client drew back and pushed back; it was taken up, but not mended."),
}
REPAIRED: dict[tuple[str, str], str | Promise] = {
    ("therapist", "full"): gettext_lazy("The therapist took the strain up, and it was settled between the two."),
    ("therapist", "partial"): gettext_lazy("The therapist took the strain up, and it was settled in part."),
    ("client", "full"): gettext_lazy("The client said what stood between them, and it was settled."),
    ("client", "partial"): gettext_lazy("The client said what stood between them, and it was settled in part."),
}
CORRECTIVE: dict[str, str | Promise] = {
    "full": gettext_lazy("An old expectation was contradicted, and the client put a new view into words."),
    "partial": gettext_lazy("An old expectation was contradicted; what it means was not yet put into words."),
}


def reason(moment: dict[str, Any]) -> str:
    """One short sentence why this moment is worth watching."""
    if moment["kind"] in ("open", "late"):
        return str(OPEN[moment["strain"], moment["fate"] == "in_session"])
    if moment["kind"] == "repaired":
        return str(REPAIRED[moment["by"], moment["resolution"]])
    if moment["kind"] == "corrective":
        return str(CORRECTIVE[moment["strength"]])
    if moment["hurt"]:
        return _("The client showed strain, and the answer may have hurt.")
    return _("The client showed strain, and the answer seems to have passed it by.")


def afterwards(moment: dict[str, Any]) -> str:
    """What later sessions say of it; empty where there is nothing to say."""
    numbers = sorted({place["session"] for place in moment["later"]})
    where = {"sessions": ", ".join(map(str, numbers))}
    count = len(numbers)
    fates = {
        "late": ngettext(
            "Session %(sessions)s probably came back to it.", "Sessions %(sessions)s probably came back to it.", count
        ),
        "missed": _("No session read since came back to it."),
        "open": _("No later session has been read yet."),
        "held": _("In the next sessions read there was no rupture of this kind."),
        "came again": ngettext(
            "It may not have held: see session %(sessions)s.", "It may not have held: see sessions %(sessions)s.", count
        ),
        "lived": ngettext(
            "Later the client told of something new outside: session %(sessions)s.",
            "Later the client told of something new outside: sessions %(sessions)s.",
            count,
        ),
    }
    return fates[moment["fate"]] % where if moment["fate"] in fates else ""


def confidence(chance: float) -> str:
    """A chance in words, with its number."""
    percent = {"percent": f"{min(max(chance, 0.01), 0.99):.0%}"}
    if chance >= 0.85:
        return _("very likely, %(percent)s") % percent
    if chance >= 0.65:
        return _("likely, %(percent)s") % percent
    if chance >= 0.5:
        return _("more likely than not, %(percent)s") % percent
    return _("a weak sign, %(percent)s") % percent


def turns(start: int, end: int) -> str:
    """Which turns."""
    if start == end:
        return _("turn %(number)d") % {"number": start}
    return _("turns %(start)d–%(end)d") % {"start": start, "end": end}
