"""What one kind of trail entry needs to be said in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Detail = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wording:
    """Title of a kind, for the filter, and the sentence of one entry."""

    title: str
    say: Callable[[Detail], str]
