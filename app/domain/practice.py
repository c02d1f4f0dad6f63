"""What kind of unreal file one is: asked before sign-in, so it needs nothing but itself."""

from __future__ import annotations

from enum import StrEnum

MARK = "practice"
"""Key of the setting, and of the sign-in label's line."""
MADE = "practice.made"
"""Kind of the entry a practice copy begins with."""


class Practice(StrEnum):
    """What kind of unreal file it is; NONE is the school's own book."""

    NONE = ""
    COPY = "copy"
    SAMPLE = "sample"

    @property
    def band(self) -> str:
        """The words over every page; empty for the real book."""
        return {
            Practice.NONE: "",
            Practice.COPY: "ĐANG TẬP – không phải sổ thật",
            Practice.SAMPLE: "TRƯỜNG MẪU – không phải sổ thật",
        }[self]


def read_practice(text: str) -> Practice:
    """A stored mark; one that nobody wrote counts as a copy: better too careful."""
    try:
        return Practice(text)
    except ValueError:
        return Practice.COPY
