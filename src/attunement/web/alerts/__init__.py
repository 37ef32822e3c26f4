"""How long an alert has been open, and whether the therapist has seen it."""
