"""A reading as tiers for ELAN: one for each group of codes, one for each type of episode."""

from __future__ import annotations

from attunement.codebook import CODES
from attunement.episodes.model import SessionReading
from attunement.reports.json_format import episode_record, episodes
from attunement.transcripts import Annotation

# What an annotation of an episode says, in this order; fields of other types are absent.
EPISODE_FIELDS = ("kind", "cause", "noticed", "noticed_by", "initiated_by", "resolution", "components", "strength")


def elan_tiers(reading: SessionReading) -> dict[str, list[Annotation]]:
    """Tiers by name, those without annotations left out.

    A turn's decided codes of one group are one annotation ("denial; ending_bid"); names are those of the codebook, so
    that a search in ELAN finds them.
    """
    tiers: dict[str, list[Annotation]] = {}
    for turn in reading.session.turns:
        by_group: dict[str, list[str]] = {}
        for code in reading.table.decided(turn.number - 1):
            by_group.setdefault(f"{turn.speaker}: {CODES[code].group}", []).append(code)
        for group, codes in by_group.items():
            tiers.setdefault(group, []).append(Annotation(turn.number, turn.number, "; ".join(codes)))
    for episode in episodes(reading):
        record = episode_record(episode)
        tiers.setdefault(f"episode: {record['type']}", []).append(
            Annotation(
                episode.start, episode.end, "; ".join([*_attributes(record), f"confidence={episode.confidence:.2f}"])
            )
        )
    return tiers


def _attributes(record: dict[str, object]) -> list[str]:
    found = ((name, record.get(name)) for name in EPISODE_FIELDS)
    return [
        f"{name}={','.join(value) if isinstance(value, list) else value}" for name, value in found if value is not None
    ]
