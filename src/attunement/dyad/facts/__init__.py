"""What is known of real therapies, and how each fact is computed on simulated ones, as the studies compute it."""

from attunement.dyad.facts.table import FACTS
from attunement.dyad.facts.model import Arms, Fact

__all__ = ["FACTS", "Arms", "Fact"]
