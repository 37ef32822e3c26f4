"""The two motivational-interviewing labels that AnnoMI codes (Wu and colleagues, 2022)."""

from __future__ import annotations

THERAPIST_BEHAVIOUR = ("question", "reflection", "therapist_input", "other")
CLIENT_TALK = ("change", "neutral", "sustain")
