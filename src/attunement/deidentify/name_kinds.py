"""Whether a name is a person's, a place's, an organisation's or a people's; `NAME` where nothing tells."""

from __future__ import annotations

from collections.abc import Sequence

from attunement.deidentify import lists
from attunement.deidentify.kinds import Kind
from attunement.deidentify.tokens import Token


def kind_of(run: Sequence[Token], before: Token | None, *, is_known: bool = False) -> Kind:
    """The kind of a name of one or more words; `before` is the word in front of it.

    Words in front that are said of people only ("Mr", "my sister") outweigh everything else.
    """
    previous = before.key if before else ""
    keys = [word.key for word in run]
    whole = " ".join(keys)
    if is_known or previous in lists.TITLES or previous in lists.KIN:
        return Kind.PERSON
    if all(key in lists.PEOPLES or key.removesuffix("s") in lists.PEOPLES for key in keys):
        return Kind.ORIGIN
    if keys[0] in lists.SHOPS or keys[-1] in lists.ORGANISATION_WORDS or (keys[0] == "st" and len(keys) > 1):
        return Kind.ORGANISATION
    if len(keys) > 1 and keys[-1] in lists.PLACE_WORDS:
        return Kind.PLACE
    if whole in lists.places() and (previous in lists.BEFORE_PLACES or keys[0] not in lists.first_names()):
        return Kind.PLACE
    if keys[0] in lists.first_names() or (len(keys) > 1 and keys[-1] in lists.surnames()):
        return Kind.PERSON
    if previous in lists.BEFORE_PLACES:
        return Kind.PLACE
    return Kind.PERSON if keys[-1] in lists.surnames() else Kind.NAME
