"""What is known of real therapies, and how each fact is computed on simulated ones, as the studies compute it."""

from attunement.dyad.facts.model import Arms, Fact
from attunement.dyad.facts.table import FACTS

__all__ = ["FACTS", "Arms", "Fact"]
