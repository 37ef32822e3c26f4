"""What all shapes are made of: pages of a list, numbers of sessions, models that refuse what they do not know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from django.http import HttpRequest
from ninja import Path, Query
from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")
MOST_ON_A_PAGE = 500
HIGHEST_NUMBER = 9_999

Limit = Annotated[int, Query(ge=1, le=MOST_ON_A_PAGE, description="how many at most")]
Offset = Annotated[int, Query(ge=0, le=1_000_000, description="how many to pass over")]
SessionNumber = Annotated[int, Path(ge=1, le=HIGHEST_NUMBER, description="counts from 1 over the whole therapy")]
# Strictly a number: neither true nor "1".
Figure = Annotated[float, Field(strict=True)]
Confidence = Annotated[float | None, Field(ge=0, le=1, description="null where there is no figure")]


class Given(BaseModel):
    """Something sent to us; a key that is not known is refused rather than passed over."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, str_max_length=5_000)


class Page(BaseModel, Generic[T]):
    """A part of a list; `next` is the address of the next part, null at the end."""

    items: list[T]
    count: int = Field(description="how many there are in all")
    next: str | None


def page(
    request: HttpRequest, found: Sequence[Any], limit: int, offset: int, shape: Callable[[Any], T] = lambda each: each
) -> Page[T]:
    """The part of the list that was asked for."""
    following = None
    if offset + limit < len(found):
        asked = request.GET.copy()
        asked["limit"], asked["offset"] = str(limit), str(offset + limit)
        following = f"{request.path}?{asked.urlencode()}"
    shown = [shape(each) for each in found[offset : offset + limit]]
    return Page(items=shown, count=len(found), next=following)
