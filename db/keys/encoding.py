"""One way to turn facts into bytes, so that what is authenticated is what is stored."""

from __future__ import annotations

import base64
import json


def canonical(value: object) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8: equal facts give equal bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def to_base64(content: bytes) -> str:
    """Standard base64 as text."""
    return base64.b64encode(content).decode("ascii")


def from_base64(text: object) -> bytes:
    """Strict inverse of `to_base64`; anything else is a `ValueError`."""
    if not isinstance(text, str):
        raise ValueError("base64 text expected")
    return base64.b64decode(text, validate=True)
