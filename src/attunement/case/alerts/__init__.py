"""What to look at before the next session: at most one alert a kind, the most urgent first, none when all is well."""

from attunement.case.alerts.looked_at import looked_at
from attunement.case.alerts.ranking import alerts_of

__all__ = ["alerts_of", "looked_at"]
