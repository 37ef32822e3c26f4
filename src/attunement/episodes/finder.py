"""From the coder's table to the story of a session: ruptures, repairs, corrective experiences, attunement."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from attunement.coder.table import CodeTable
from attunement.episodes.classify import Classifier, span_summary
from attunement.episodes.evidence import corrective_evidence, repair_evidence, rupture_evidence
from attunement.episodes.features import Floats, signs_of
from attunement.episodes.limits import without_claims
from attunement.episodes.model import Component, Corrective, Repair, Rupture, SessionReading
from attunement.episodes.moments import attunement_of
from attunement.episodes.semimarkov import Span, inside, posterior
from attunement.episodes.spans import SpanInput, SpanModel
from attunement.errors import ModelError
from attunement.transcripts.session import Session

WEIGHTS = Path(__file__).parent / "weights" / "finder.json"
COMPONENTS: tuple[Component, ...] = ("exposure", "disconfirmation", "registration", "meaning", "carryover")


@dataclass(frozen=True)
class Finder:
    """The trained parts: one span model a type of episode, one classifier an attribute, one for replies."""

    spans: Mapping[str, SpanModel]
    attributes: Mapping[str, Classifier]
    replies: Classifier

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Finder:
        """From the JSON that training writes."""
        return cls(
            spans={name: SpanModel.from_dict(part) for name, part in data["spans"].items()},
            attributes={name: Classifier.from_dict(part) for name, part in data["attributes"].items()},
            replies=Classifier.from_dict(data["replies"]),
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, for JSON."""
        return {
            "spans": {name: model.to_dict() for name, model in self.spans.items()},
            "attributes": {name: model.to_dict() for name, model in self.attributes.items()},
            "replies": self.replies.to_dict(),
        }

    def find(self, session: Session, table: CodeTable) -> SessionReading:
        """Everything found in one session, each finding with its evidence and its confidence."""
        signs = signs_of(table)
        spans = self.find_spans(signs)
        repairs = tuple(self._repair(span, signs) for span in spans["repair"])
        correctives = tuple(self._corrective(span, signs) for span in spans["corrective"])
        return SessionReading(
            session=session,
            table=table,
            ruptures=tuple(self._rupture(span, signs, repairs) for span in spans["rupture"]),
            repairs=repairs,
            correctives=correctives,
            attunement=attunement_of(session, table, self.replies),
            insights=_insight_alone(table, correctives),
        )

    def find_spans(self, signs: Floats) -> dict[str, tuple[Span, ...]]:
        """The spans of each type. Repairs and corrective experiences are looked for knowing where ruptures are."""
        found: dict[str, tuple[Span, ...]] = {}
        rupture = posterior(self.spans["rupture"].scores(SpanInput.of(signs)))[0]
        found["rupture"] = self.spans["rupture"].choose(rupture)
        further = SpanInput.of(np.column_stack([signs, inside(rupture)]))
        for name in ("repair", "corrective"):
            model = self.spans[name]
            found[name] = model.choose(posterior(model.scores(further))[0])
        return found

    def _say(self, attribute: str, features: Floats) -> Any:
        return self.attributes[attribute].likeliest(features)

    def _rupture(self, span: Span, signs: Floats, repairs: tuple[Repair, ...]) -> Rupture:
        features = span_summary(signs, span.first, span.last)
        start, end = span.first + 1, span.last + 1
        takers = [repair.initiated_by for repair in repairs if repair.start <= end and start <= repair.end]
        return Rupture(
            start=start,
            end=end,
            confidence=span.confidence,
            evidence=rupture_evidence(signs, span),
            kind=self._say("rupture.kind", features),
            cause=self._say("rupture.cause", features),
            noticed="in_session" if takers else "not_taken_up",
            noticed_by=takers[0] if takers else None,
            resolution=self._say("rupture.resolution", features) if takers else "none",
        )

    def _repair(self, span: Span, signs: Floats) -> Repair:
        features = span_summary(signs, span.first, span.last)
        return Repair(
            start=span.first + 1,
            end=span.last + 1,
            confidence=span.confidence,
            evidence=repair_evidence(signs, span),
            initiated_by=self._say("repair.initiated_by", features),
            resolution=self._say("repair.resolution", features),
        )

    def _corrective(self, span: Span, signs: Floats) -> Corrective:
        features = span_summary(signs, span.first, span.last)
        present = {part for part in ("meaning", "carryover") if self._say(f"corrective.{part}", features) == "yes"}
        # By definition nothing is corrective without these three; only how far it went is open.
        present |= {"exposure", "disconfirmation", "registration"}
        return Corrective(
            start=span.first + 1,
            end=span.last + 1,
            confidence=span.confidence,
            evidence=corrective_evidence(signs, span),
            components=tuple(part for part in COMPONENTS if part in present),
            strength="full" if "meaning" in present else "partial",
        )


def _insight_alone(table: CodeTable, correctives: tuple[Corrective, ...]) -> tuple[int, ...]:
    """Turns of understanding outside every corrective episode: insight alone is not change."""
    rows = [row for row in range(len(table)) if "insight" in table.decided(row)]
    return tuple(row + 1 for row in rows if not any(episode.start <= row + 1 <= episode.end for episode in correctives))


@lru_cache(maxsize=1)
def shipped_finder() -> Finder:
    """The finder that comes with the package, loaded once a process.

    Raises:
        ModelError: when its file is missing or damaged.
    """
    try:
        return Finder.from_dict(json.loads(WEIGHTS.read_text(encoding="utf-8")))
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise ModelError("The episode finder's weights cannot be read: reinstall attunement.") from error


def find(session: Session, table: CodeTable) -> SessionReading:
    """Find the episodes of a session in its code table, with the shipped finder; none where it cannot be told."""
    return without_claims(shipped_finder().find(session, table))
