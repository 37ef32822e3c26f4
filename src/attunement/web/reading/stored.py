"""Sessions and readings as bytes and back: MessagePack of the dataclasses, arrays as they are in memory."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np

from attunement.episodes.model import SessionReading
from attunement.transcripts import Session


def packed(value: Session | SessionReading) -> bytes:
    """The value as bytes."""
    return msgspec.msgpack.encode(value, enc_hook=_array_out)


def unpacked_session(content: bytes) -> Session:
    """What `packed` was given."""
    return msgspec.msgpack.decode(content, type=Session)


def unpacked_reading(content: bytes) -> SessionReading:
    """What `packed` was given."""
    return _reading_decoder.decode(content)


def _array_out(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return {"type": value.dtype.str, "shape": list(value.shape), "bytes": value.tobytes()}
    raise TypeError(f"{type(value).__name__} cannot be stored")


def _array_in(_type: Any, stored: Any) -> Any:
    return np.frombuffer(stored["bytes"], dtype=stored["type"]).reshape(stored["shape"])


_reading_decoder = msgspec.msgpack.Decoder(SessionReading, dec_hook=_array_in)
