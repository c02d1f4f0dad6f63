"""What differs between TT58/2011 as first issued and as amended by TT26/2020, as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.regulations.base import Circular


@dataclass(frozen=True, slots=True)
class Tt58Edition:
    """One text of TT58/2011; everything that is not here is the same in both.

    - `core_codes`: codes of the subjects of which Điều 13 wants one, `core_words` how it says so.
    - `tx_count`: KTtx (ĐĐGtx) a semester from the lessons a year (Điều 8).
    - `dk_count`: bài kiểm tra từ 1 tiết a semester from the lessons a year; None where the text
      has one giữa kì instead.
    """

    circular: Circular
    core_codes: frozenset[str]
    core_words: str
    tx_count: Callable[[int], int]
    dk_count: Callable[[int], int] | None = None
