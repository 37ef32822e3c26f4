"""The model's parameters in one table: name, meaning, unit, default, range, and where the number comes from."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

from attunement.errors import InputError

FREE = "free: set by calibration"
BY_HAND = "free: set by hand, since no fact says much about it"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One row of the table. `low` and `high` bound what calibration may try and what a user may set."""

    name: str
    meaning: str
    unit: str
    default: float
    low: float
    high: float
    source: str = FREE


TABLE: tuple[Parameter, ...] = (
    # Opening
    Parameter("open_base", "readiness to open at no safety, no expectation, no strain", "log-odds", -0.419, -4, 2),
    Parameter("open_safety", "how much felt safety helps to open", "log-odds per 1 of safety", 2.77, 0, 6),
    Parameter("open_expectation", "how far the old expectation holds back", "log-odds per 1 of expectation", 1.5, 0, 5),
    Parameter("open_strain", "how much strain holds back", "log-odds per 1 of strain", 0.799, 0, 4),
    Parameter("open_withdrawn", "how much is left of opening in a withdrawal", "factor", 0.3, 0, 1),
    # Learning
    Parameter(
        "learn", "share of the prediction error that the expectation takes up", "per opening", 0.00861, 0.001, 0.3
    ),
    Parameter("miss_teaches", "a miss against a meeting of the same surprise", "factor", 0.631, 0, 2),
    Parameter("harm_teaches", "harm against a meeting of the same surprise", "factor", 1.97, 1, 5),
    Parameter("repair_teaches", "a repair against a meeting of the same surprise", "factor", 13.9, 1, 15),
    # Safety
    Parameter("safety_met", "safety won when met", "share of what is missing", 0.0627, 0, 0.2),
    Parameter("safety_missed", "safety lost when missed", "share of what is there", 0.029, 0, 0.2),
    Parameter("safety_harmed", "safety lost when hurt", "share of what is there", 0.0877, 0, 0.5),
    Parameter("safety_repaired", "safety won by a repair", "share of what is missing", 0.248, 0, 0.8),
    Parameter("safety_failed", "safety lost by a repair that fails", "share of what is there", 0.0545, 0, 0.5),
    # Strain and rupture
    Parameter("harm_share", "share of misses that hurt", "probability", 0.034, 0, 0.5),
    Parameter("strain_missed", "strain from a miss", "1 = a rupture", 0.135, 0, 1),
    Parameter("strain_harmed", "strain from harm", "1 = a rupture", 0.736, 0, 2),
    Parameter("strain_failed", "strain from a repair that fails", "1 = a rupture", 0.174, 0, 1),
    Parameter("strain_eases", "strain that goes by itself", "share per exchange", 0.105, 0.005, 0.3),
    Parameter("rupture_holds", "strain under which an open rupture does not let it fall", "1 = a rupture", 0.999, 0, 1),
    Parameter("strain_kept", "strain that is left at the next session", "share", 0.573, 0, 1),
    Parameter("names_it", "a client who feels fully safe names the rupture", "chance per exchange", 0.000159, 0, 0.5),
    # Distress
    Parameter("relief", "distress that goes with the expectation", "SD per 1 of expectation", 2.7, 0, 8),
    Parameter("strain_hurts", "distress that is felt as long as strain lasts", "SD per 1 of strain", 0.413, 0, 2),
    Parameter("recovery", "distress that goes by itself", "SD per session", 0.0234, 0, 0.2),
    Parameter("distress_noise", "what life does to distress between sessions", "SD", 0.2, 0.05, 0.6),
    Parameter("life_event", "a hard life event between two sessions", "probability", 0.02, 0, 0.2),
    Parameter("life_event_size", "distress that a hard life event brings", "SD", 0.8, 0, 3),
    # Ending
    Parameter("leave_base", "leaving after a session, safe and without strain", "log-odds", -4.69, -9, -1),
    Parameter("leave_strain", "how much strain adds to leaving", "log-odds per 1 of strain", 0.849, 0, 4),
    Parameter("leave_safety", "how much safety keeps", "log-odds per 1 of safety", 1.36, 0, 5),
    Parameter("leave_confronted", "an open confrontation against an open withdrawal", "log-odds", 2.14, 0, 4),
    # Reports
    Parameter("rating_base", "alliance rating at no safety", "logit of the 0–10 scale", 0.64, -3, 3),
    Parameter("rating_safety", "how far ratings follow safety", "logit per 1 of safety", 2.68, 0.5, 8),
    Parameter("rating_strain", "how far ratings follow strain", "logit per 1 of strain", 2.63, 0, 3),
    Parameter("rating_noise", "chance in a rating", "logit", 0.218, 0.15, 2),
    Parameter("politeness", "how differently people rate the same safety, mostly upwards", "logit", 0.403, 0, 2),
    Parameter("distress_error", "measurement error of the questionnaire", "SD", 0.43, 0.1, 0.8),
    # Who comes, and who they come to
    Parameter("safety_mean", "felt safety on the first day, mean", "0–1", 0.432, 0.1, 0.9),
    Parameter("safety_spread", "and its spread between clients", "logit", 0.859, 0, 2),
    Parameter("expectation_mean", "strength of the old expectation on the first day, mean", "0–1", 0.745, 0.2, 0.95),
    Parameter("expectation_spread", "and its spread between clients", "logit", 0.682, 0, 2),
    Parameter("withdraws", "ruptures that are withdrawals, mean client", "probability", 0.701, 0.3, 0.95),
    Parameter("withdraws_spread", "and its spread between clients", "logit", 0.978, 0, 3),
    Parameter("attunement_mean", "openings met by the mean therapist", "probability", 0.746, 0.3, 0.95),
    Parameter("attunement_spread", "and its spread between therapists", "logit", 0.465, 0, 1.5),
    Parameter("fit_spread", "and between pairs of the same therapist", "logit", 0.445, 0, 1.5),
    Parameter("fatigue_spread", "and between sessions of the same pair", "logit", 0.215, 0, 1.5),
    Parameter(
        "notices_withdrawal", "a withdrawal is noticed, mean therapist", "chance per exchange", 0.00239, 0.002, 0.2
    ),
    Parameter("notices_confrontation", "a confrontation is noticed", "chance per exchange", 0.0333, 0.005, 0.5),
    Parameter("repairs", "a repair that is tried succeeds, mean therapist", "probability", 0.599, 0.05, 0.95),
    Parameter("skill_spread", "spread of noticing and repairing between therapists", "logit", 0.62, 0, 1.5),
    Parameter("clinic_spread", "spread of all skills between clinics", "logit", 0.15, 0, 1),
    # What conditions change
    Parameter("expected_change", "improvement that the expected course counts on", "SD per session", 0.05, 0, 0.3),
    Parameter("off_track_margin", "distress above the expected course that raises a warning", "SD", 1, 0.2, 3),
    Parameter("feedback_attune", "seeing the answers: how much better the therapist attunes", "log-odds", 0.303, 0, 2),
    Parameter("feedback_notice", "a warning: how much more likely ruptures are taken up", "log-odds", 1.61, 0, 3),
    Parameter("support_attune", "support tools after a warning: attunement besides", "log-odds", 1.04, 0, 3),
    Parameter("support_notice", "support tools after a warning: taking up besides", "log-odds", 0.735, 0, 3),
    Parameter("training_repair", "how much training adds to noticing and repairing", "log-odds", 1.5, 0, 2, BY_HAND),
    Parameter("insight_exposure", "how far work exposes that seeks insight alone", "share of experiential", 0.15, 0, 1),
)
NAMES = tuple(parameter.name for parameter in TABLE)
if TYPE_CHECKING:

    class Parameters(tuple[float, ...]):
        """A value for each parameter, in the order of the table, each an attribute too."""

        def __new__(cls, *values: float) -> Parameters:  # noqa: D102
            ...

        def __getattr__(self, name: str) -> Any: ...
        def _replace(self, **changed: float) -> Parameters: ...

else:
    Parameters = NamedTuple("Parameters", [(name, float) for name in NAMES])
DEFAULT = Parameters(*(parameter.default for parameter in TABLE))


def parameters(**changed: float) -> Parameters:
    """The calibrated defaults with some of them changed, by name.

    Raises:
        InputError: when there is no such parameter or the value is outside its range.
    """
    unknown = sorted(set(changed) - set(NAMES))
    if unknown:
        likely = get_close_matches(unknown[0], NAMES, 1)
        raise InputError(
            f"There is no parameter {unknown[0]!r}" + (f"; did you mean {likely[0]!r}?" if likely else " of the dyad.")
        )
    return checked(DEFAULT._replace(**changed))


def checked(p: Parameters) -> Parameters:
    """The parameters, when each is a number within its range.

    Raises:
        InputError: names the first that is not.
    """
    for row, value in zip(TABLE, p, strict=True):
        if not row.low <= value <= row.high:  # nor is NaN
            raise InputError(f"The parameter {row.name} lies between {row.low:g} and {row.high:g}, not at {value:g}.")
    return p
