"""A letter of the school and the dossier of letters, as their papers tell them.

Field names of `LetterPaper`, `LetterBlock` and `DossierPaper` take part in the data digest (see
`app.digests`): do not rename them. `letter_json` is how the facts of an official print are kept
beside it, so that the dossier binds what was issued and not what the text says today.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.digests import DataDigest, canonical_json, data_digest
from app.domain.letters import LetterKind
from app.domain.papers import OutgoingDocument
from app.readmodels.class_book import SchoolLines


class BlockStyle(StrEnum):
    """How a block stands on paper."""

    GROUND = "ground"
    HEADING = "heading"
    CENTRED = "centred"
    TEXT = "text"
    TABLE = "table"
    DOTS = "dots"
    """A dotted line to write on by hand."""


@dataclass(frozen=True, slots=True)
class LetterBlock:
    """One paragraph, or a table with `heads`, `widths` in hundredths of the line and `rows`."""

    style: BlockStyle
    text: str = ""
    heads: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


class LetterForm(StrEnum):
    """Arrangement of head and foot (Nghị định 30/2020/NĐ-CP, Phụ lục III)."""

    DECISION = "decision"
    """Mẫu 1.2: under the title stands who decides."""
    NAMED = "named"
    """Mẫu 1.4: kế hoạch, tờ trình: title, trích yếu, text."""
    OFFICIAL = "official"
    """Mẫu 1.5: công văn: no title, trích yếu under the number, Kính gửi."""
    MINUTES = "minutes"
    """Mẫu 1.9: biên bản: secretary and chair sign side by side."""
    ENCLOSED = "enclosed"
    """Mẫu 2.1: quy chế that goes out with a decision: no number, no day of its own."""


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """One letter. `number` is as printed ("03/KH-THCSĐX" or "      /KH-THCSĐX")."""

    kind: str
    form: LetterForm
    school: SchoolLines
    school_year: str
    title: str
    about: str
    number: str
    day: int
    month: int
    year: int
    addressee: tuple[str, ...]
    authority: str
    issued_with: str
    blocks: tuple[LetterBlock, ...]
    recipients: tuple[str, ...]
    signers: tuple[tuple[str, str], ...]
    """(title, name): of minutes secretary and chair, else the principal alone."""


@dataclass(frozen=True, slots=True)
class DossierEntry:
    """A part of the dossier: its letters, or a paper of `sheets` bound behind a leaf that names it.

    `left_out` says why the part is not there.
    """

    position: int
    label: str
    letters: tuple[LetterPaper, ...] = ()
    enclosed: str = ""
    sheets: int = 0
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class DossierPaper:
    """Cover, contents and every part in its order (M175)."""

    school: SchoolLines
    school_year: str
    receiver: str
    due: str
    year: int
    entries: tuple[DossierEntry, ...]
    principal: str


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter as it would be printed now. `gaps` say what live data still lacks."""

    paper: LetterPaper
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One kind in the list: its text's version and its line in the register, if it has one."""

    kind: LetterKind
    version: int
    prints: int
    document: OutgoingDocument | None

    @property
    def state(self) -> str:
        """Words on screen."""
        if self.document is not None and self.document.code:
            return f"số {self.document.code}"
        if self.prints:
            return "đã in, chờ số" if self.kind.numbered else "đã in"
        return "chưa in"


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What fields stand for: short values, and blocks for a field that is a line of its own."""

    values: dict[str, str]
    blocks: dict[str, tuple[LetterBlock, ...]]
    lacks: dict[str, str] = field(default_factory=dict)
    """Why a field is empty and where to fill it, by field."""


def letter_digest(paper: LetterPaper) -> DataDigest:
    """The data digest of the letter as it is to be printed."""
    return data_digest({"form": "letter", "facts": paper})


def dossier_digest(paper: DossierPaper) -> DataDigest:
    """The data digest of the whole dossier."""
    return data_digest({"form": "dossier", "facts": paper})


def letter_json(paper: LetterPaper) -> bytes:
    """The facts of a letter, as they are kept beside its print."""
    return canonical_json(paper)


def letter_from_json(content: bytes) -> LetterPaper:
    """The letter that `letter_json` wrote; ValueError, KeyError or TypeError for anything else."""
    facts: dict[str, Any] = json.loads(content)
    blocks = tuple(
        LetterBlock(
            BlockStyle(one["style"]),
            one["text"],
            tuple(one["heads"]),
            tuple(one["widths"]),
            tuple(tuple(row) for row in one["rows"]),
        )
        for one in facts.pop("blocks")
    )
    return LetterPaper(
        **{
            **facts,
            "form": LetterForm(facts["form"]),
            "school": SchoolLines(**facts["school"]),
            "addressee": tuple(facts["addressee"]),
            "recipients": tuple(facts["recipients"]),
            "signers": tuple((title, name) for title, name in facts["signers"]),
            "blocks": blocks,
        }
    )
