"""The shape of a shipped profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RuleProfile:
    """A set of rules that a governing paper lays down.

    `paper_no`, `paper_on` and `issuer` are the paper's; "" and None where there is none or the copy
    we have cannot be read. `values` are the rules that the paper lays down; any other has the
    catalogue's default.
    """

    code: str
    title: str
    stage: str
    paper_no: str
    paper_on: date | None
    issuer: str
    about: str
    values: Mapping[str, str]

    @property
    def paper_words(self) -> str:
        """The governing paper in one line; "" for none."""
        if not self.issuer:
            return ""
        number = f" số {self.paper_no}" if self.paper_no else ""
        day = f" ngày {self.paper_on:%d/%m/%Y}" if self.paper_on else ""
        return f"văn bản{number}{day} của {self.issuer}"
