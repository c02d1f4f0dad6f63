"""What rendering a paper yields: its bytes, their digest and how many pages there are."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RenderedPdf:
    """A finished PDF; `file_digest` is the SHA-256 of `content` in hexadecimal."""

    content: bytes
    pages: int
    file_digest: str

    @classmethod
    def of(cls, content: bytes, pages: int) -> RenderedPdf:
        """The bytes with their file digest."""
        return cls(content, pages, hashlib.sha256(content).hexdigest())
