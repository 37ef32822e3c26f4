"""Skills of one therapist over time, never of two beside each other: pictures, what they say in words, a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attunement.web.supervision import charts, skills
from attunement.web.supervision.charts import Chart
from attunement.web.supervision.models import Excerpt
from attunement.web.supervision.skills import Rate

LEAST_TOP = 0.2  # of the picture of answers that miss or hurt


@dataclass(frozen=True)
class Row:
    """One session: its rates, None where there were too few cases, and its ruptures."""

    excerpt: Excerpt
    openings: Rate | None
    failing: Rate
    ruptures: int
    taken_up: int
    mended: int


@dataclass(frozen=True)
class Skill:
    """One skill: its name, what it means and which way is better, what was found, its picture wide and narrow."""

    key: str
    title: str
    means: str
    says: list[str]
    pictures: tuple[Chart, Chart] | None


@dataclass(frozen=True)
class Development:
    """All of it; `rows` from the earliest session to the latest."""

    rows: list[Row]
    clients: int
    skills: list[Skill]
    is_little: bool


def development(excerpts: Sequence[Excerpt]) -> Development:
    """From excerpts, newest first; sessions too short to tell are left out."""
    told = [excerpt for excerpt in reversed(excerpts) if excerpt.counts]
    rows = [_row(excerpt) for excerpt in told]
    clients = len({excerpt.client_id for excerpt in told})
    shown = [_openings(rows), _ruptures(rows), _failing(rows)] if rows else []
    return Development(rows, clients, shown, skills.are_few(len(rows), clients))


def _row(excerpt: Excerpt) -> Row:
    counts = excerpt.counts
    turns = max(counts["turns"], 1)
    return Row(
        excerpt=excerpt,
        openings=skills.pooled([skills.openings(counts)]),
        failing=Rate(counts["failing"] / turns, counts["low"] / turns, counts["high"] / turns, turns),
        ruptures=counts["ruptures"],
        taken_up=counts["taken_up"],
        mended=counts["mended"],
    )


# --- the three skills -------------------------------------------------------------------------------------------------


def _openings(rows: list[Row]) -> Skill:
    hits = [skills.openings(row.excerpt.counts) for row in rows]
    bands = [(places, skills.pooled(hits[places.start : places.stop])) for places in skills.stretches(len(rows))]
    rate = skills.pooled(hits)
    says = [_("Too few moments called for attunement to give a rate.")]
    if rate:
        says = [_met(rate, len(rows)), *_change(bands, higher_is_better=True)]
    single = [row.openings for row in rows]
    return Skill(
        key="openings",
        title=_("Openings met"),
        means=_(
            "Of the moments in which the client showed a feeling, took a risk or showed strain, the share that the "
            "next answer met. Higher is better."
        ),
        says=says,
        pictures=_both(lambda width: charts.rates(single, bands, top=1.0, width=width, ends=_ends(rows))),
    )


def _ruptures(rows: list[Row]) -> Skill:
    hits = [skills.taken_up(row.excerpt.counts) for row in rows]
    count = sum(row.ruptures for row in rows)
    says = [_("No rupture was found in these sessions.")]
    if count:
        says = [_ruptures_in_words(rows, count, skills.pooled(hits))]
    marks = [(row.taken_up, row.ruptures) for row in rows]
    return Skill(
        key="ruptures",
        title=_("Ruptures taken up"),
        means=_(
            "Strain that lasted, and whether anybody took it up before the session ended. More of them taken up is "
            "better; how many there are says nothing about skill, and good therapies have them."
        ),
        says=says,
        pictures=_both(lambda width: charts.ruptures(marks, width=width, ends=_ends(rows))) if count else None,
    )


def _failing(rows: list[Row]) -> Skill:
    counts = [row.excerpt.counts for row in rows]
    bands = [(places, skills.failing(counts[places.start : places.stop])) for places in skills.stretches(len(rows))]
    rate = skills.failing(counts)
    says = [_("Too few turns to give a rate.")]
    if rate:
        says = [_missing(rate), *_change(bands, higher_is_better=False)]
    single = [row.failing for row in rows]
    top = max(LEAST_TOP, ceil(10 * max(each.high for each in single)) / 10)
    return Skill(
        key="failing",
        title=_("Answers that miss or hurt"),
        means=_(
            "The share of the therapist's turns that pass over what was shown, press, or criticise; the count is "
            "corrected for the program's known errors. Lower is better."
        ),
        says=says,
        pictures=_both(lambda width: charts.rates(single, bands, top=top, width=width, ends=_ends(rows))),
    )


def _both(draw: Callable[[int], Chart]) -> tuple[Chart, Chart]:
    return draw(charts.WIDE), draw(charts.NARROW)


def _ends(rows: list[Row]) -> tuple[str, str]:
    """The dates of the earliest and of the latest session, where they are known."""
    first, last = (row.excerpt.reading.session.date for row in (rows[0], rows[-1]))
    return date_format(first, "M Y") if first else "", date_format(last, "M Y") if last else ""


# --- in words ---------------------------------------------------------------------------------------------------------


def _met(rate: Rate, sessions: int) -> str:
    words = ngettext(
        "In %(sessions)d session about %(share)s of these moments were met, plausibly %(low)s to %(high)s.",
        "Over %(sessions)d sessions about %(share)s of these moments were met, plausibly %(low)s to %(high)s.",
        sessions,
    )
    return words % {"sessions": sessions, **_percents(rate)}


def _missing(rate: Rate) -> str:
    words = _("About %(share)s of the therapist's turns miss or hurt, plausibly %(low)s to %(high)s.")
    return words % _percents(rate)


def _ruptures_in_words(rows: list[Row], count: int, rate: Rate | None) -> str:
    taken_up, mended = sum(row.taken_up for row in rows), sum(row.mended for row in rows)
    words = ngettext(
        "%(count)d rupture was found; taken up: %(taken_up)d, mended at least in part: %(mended)d.",
        "%(count)d ruptures were found; taken up: %(taken_up)d, mended at least in part: %(mended)d.",
        count,
    ) % {"count": count, "taken_up": taken_up, "mended": mended}
    if rate is None:
        return words + " " + _("Too few for a rate.")
    return words + " " + _("Taken up: %(share)s, plausibly %(low)s to %(high)s.") % _percents(rate)


def _change(bands: list[tuple[range, Rate | None]], *, higher_is_better: bool) -> list[str]:
    """Whether the latest stretch differs from the earliest; nothing where there are no two to compare."""
    told = [rate for _places, rate in bands if rate]
    if len(told) < 2:
        return []
    low, high = skills.difference(told[0], told[-1])
    values = {"first": f"{told[0].share:.0%}", "last": f"{told[-1].share:.0%}"}
    if low <= 0 <= high:
        return [_("From the earliest stretch (%(first)s) to the latest (%(last)s) no change can be told.") % values]
    is_better = (low > 0) == higher_is_better
    if is_better:
        words = _("The latest stretch (%(last)s) is better than the earliest (%(first)s) by more than chance explains.")
    else:
        words = _("The latest stretch (%(last)s) is worse than the earliest (%(first)s) by more than chance explains.")
    return [words % values, _("Other clients in other phases may be the reason.")]


def _percents(rate: Rate) -> dict[str, str]:
    return {"share": f"{rate.share:.0%}", "low": f"{rate.low:.0%}", "high": f"{rate.high:.0%}"}
