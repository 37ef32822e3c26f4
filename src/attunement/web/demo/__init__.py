"""Invented clients in every state worth seeing, for `attunement serve --demo`."""
