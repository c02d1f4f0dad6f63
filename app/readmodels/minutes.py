"""What all minutes share: people with their duties and the place they sit in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in minutes, e.g. "Lê Hữu Nghĩa", "Hiệu trưởng"."""

    name: str
    duty: str
