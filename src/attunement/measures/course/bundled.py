"""The bundled reference: simulated, so that the mechanism can be seen without a sample of one's own."""

from __future__ import annotations

from importlib.resources import files

from attunement.errors import InputError
from attunement.measures.course.reference import Better, ReferenceCourse

PARAMETERS = "simulated_reference.json"
SAMPLE = "simulated_reference.csv"


def bundled_reference(instrument_name: str | None = None) -> ReferenceCourse:
    """A made-up reference on a scale from 0 to 100 (lower is better), or stretched to the scale of an instrument.

    Its clients never existed. It shows what the expected course looks like; nothing may be decided with it, and every
    result carries that caution. To judge real clients, fit a reference on a sample of your own (`fit_reference`).

    Raises:
        InputError: there is no such instrument, or it does not measure how the client is.
    """
    path = files("attunement.measures.course") / PARAMETERS
    reference = ReferenceCourse.from_json(path.read_text(encoding="utf-8"))
    if instrument_name is None:
        return reference
    from attunement.measures.instruments import instrument

    known = instrument(instrument_name)
    if known.domain in ("alliance", "check-in"):
        raise InputError(f"{known.name} rates the sessions: the bundled reference is of distress or wellbeing")
    better: Better = "higher" if known.total.higher_is_better else "lower"
    return reference.scaled_to(known.low, known.high, better=better, instrument=known.name)
