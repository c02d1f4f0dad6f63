"""Chất lượng dữ liệu "đúng, đủ, sạch, sống": findings by pupil and field, counts by class."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import ClassId, PupilId
from app.domain.pupils import FIELD_TITLES


class Quality(StrEnum):
    """The four words of the ministry's data (M87)."""

    VALID = "valid"
    COMPLETE = "complete"
    CLEAN = "clean"
    LIVE = "live"

    @property
    def label(self) -> str:
        """The word itself."""
        return _LABELS[self]

    @property
    def lack(self) -> str:
        """What a finding says: "Chưa đúng"."""
        return f"Chưa {_LABELS[self].lower()}"


_LABELS = {
    Quality.VALID: "Đúng",
    Quality.COMPLETE: "Đủ",
    Quality.CLEAN: "Sạch",
    Quality.LIVE: "Sống",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at; `field` is the profile's field that mends it."""

    quality: Quality
    class_id: ClassId
    class_name: str
    pupil_id: PupilId
    position: int
    name: str
    field: str
    sentence: str

    @property
    def title(self) -> str:
        """The field in words."""
        return FIELD_TITLES.get(self.field, "Ảnh" if self.field == "photo" else self.field)


@dataclass(frozen=True, slots=True)
class ClassQuality:
    """How complete a class is: pupils still in it, those with a complete profile, verified ones."""

    class_id: ClassId
    class_name: str
    pupils: int
    complete: int
    verified: int
    findings: int


@dataclass(frozen=True, slots=True)
class QualityReport:
    """Everything found in the classes asked about, of pupils who are still in them."""

    findings: tuple[Finding, ...]
    classes: tuple[ClassQuality, ...]

    def count(self, quality: Quality) -> int:
        """Findings of one word."""
        return sum(one.quality is quality for one in self.findings)
