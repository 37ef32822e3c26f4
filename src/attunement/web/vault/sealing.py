"""Bytes in, sealed bytes out: AES-256-GCM, bound to the place where they are stored."""

from __future__ import annotations

import secrets
import zlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from attunement.errors import AttunementError

VERSION = b"\x01"
NONCE_BYTES = 12


class SealBroken(AttunementError):
    """What is stored was changed, moved to another row, or sealed with another key."""


def seal(content: bytes, *, key: bytes, place: str) -> bytes:
    """Compress and encrypt; `place` names where it is stored, and it can be opened only there."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, zlib.compress(content), VERSION + place.encode())


def unseal(sealed: bytes, *, key: bytes, place: str) -> bytes:
    """The content of what `seal` made.

    Raises:
        SealBroken: when it is not what was sealed there.
    """
    nonce, encrypted = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return zlib.decompress(AESGCM(key).decrypt(nonce, encrypted, sealed[:1] + place.encode()))
    except (InvalidTag, ValueError):
        raise SealBroken("stored data of a client cannot be opened: it was changed, or belongs elsewhere.") from None
