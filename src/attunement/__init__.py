"""Attunement makes the therapeutic relationship visible."""
