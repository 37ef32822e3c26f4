"""The report of a reading, drawn once and kept: charts take longer than a page may."""

from __future__ import annotations

from django.utils.safestring import SafeString

from attunement import __version__
from attunement.episodes.model import SessionReading
from attunement.reports import to_html_part
from attunement.web.reading.stored import unpacked_reading
from attunement.web.sessions.models import Reading


def drawn(reading: SessionReading) -> dict[str, str]:
    """The columns of a `Reading` that hold its page."""
    return {"page": to_html_part(reading), "drawn_by": __version__}


def page_of(reading: Reading) -> SafeString:
    """The main part of the report; drawn anew when another version of the program drew it."""
    if reading.page is None or reading.drawn_by != __version__:
        for name, value in drawn(unpacked_reading(reading.content)).items():
            setattr(reading, name, value)
        reading.save(update_fields=["page", "drawn_by"])
    return SafeString(reading.page)
