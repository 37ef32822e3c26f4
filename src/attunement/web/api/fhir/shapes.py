"""What the operations of FHIR have in common."""

from __future__ import annotations

from typing import Annotated

from ninja import Query
from pydantic import BaseModel, ConfigDict

from attunement.web.api.rest.shapes import MOST_ON_A_PAGE

PREFIX = "fhir/R4/"


class Resource(BaseModel):
    """A FHIR resource; its other fields are those of its type."""

    model_config = ConfigDict(extra="allow")

    resourceType: str


Count = Annotated[int, Query(alias="_count", ge=1, le=MOST_ON_A_PAGE)]
Offset = Annotated[int, Query(alias="_offset", ge=0, le=1_000_000)]
Token = Annotated[str | None, Query(max_length=200, description="`code` or `system|code`, commas between")]
