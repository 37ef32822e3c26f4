"""Check-ins: one-time links for clients, their answers, and "something felt off"."""
