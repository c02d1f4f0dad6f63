"""Chất lượng dữ liệu học sinh: "đúng, đủ, sạch, sống" before data leaves for the portal (M87)."""

from __future__ import annotations

from collections.abc import Sequence

from app.actor import Actor
from app.clock import Clock
from app.domain.ids import ClassId, PupilId, SchoolYearId
from app.domain.school import SchoolClass
from app.errors import AccessDenied
from app.ports import UowFactory
from app.presses import PlainTable, TablePress
from app.readmodels.data_quality import ClassQuality, Finding, Quality, QualityReport
from app.readmodels.roster import missing_fields
from app.services.class_scope import sees_profiles
from app.services.data_quality_rules import Placed, duplicates, findings_of
from app.services.standing import standing

_HEADER = ("Lớp", "STT", "Họ và tên", "Nhóm", "Mục", "Vấn đề")
_CLASS_HEADER = ("Lớp", "Học sinh", "Đủ hồ sơ", "Đã xác thực", "Vấn đề")


class DataQuality:
    """Reads profiles, writes nothing."""

    def __init__(self, uows: UowFactory, clock: Clock, tables: TablePress) -> None:
        self._uows = uows
        self._clock = clock
        self._tables = tables

    def check(
        self, actor: Actor, year_id: SchoolYearId, class_id: ClassId | None = None
    ) -> QualityReport:
        """Findings of one class, or of every class this person may see in full.

        Duplicates are looked for in the whole school year, also when one class is asked about.
        Raises AccessDenied for somebody who sees no full profile there.
        """
        with self._uows.read() as uow:
            actor = standing(uow, actor, self._clock.today())
            year = uow.school.year(year_id)
            classes = {klass.id: klass for klass in uow.school.classes(year_id)}
            everyone = uow.roster.everyone(year_id)
        seen = [
            klass
            for klass in classes.values()
            if sees_profiles(actor, klass.id) and class_id in (None, klass.id)
        ]
        if not seen:
            raise AccessDenied(
                "not_your_class",
                "Chất lượng dữ liệu chỉ văn phòng và GVCN của lớp xem được, vì có thông tin gia "
                "đình; hãy chọn lớp mình chủ nhiệm.",
            )
        pupils = [
            Placed(class_id, name, classes[class_id].grade, year.first_year, entry)
            for class_id, name, entry in everyone
            if entry.left_on is None
        ]
        wanted = {klass.id for klass in seen}
        found = [one for one in duplicates(pupils) if one.class_id in wanted]
        found += _twice_present(pupils, wanted)
        for pupil in pupils:
            if pupil.class_id in wanted:
                found += findings_of(pupil)
        order = {klass.id: at for at, klass in enumerate(_in_order(seen))}
        found.sort(
            key=lambda one: (order[one.class_id], one.position, list(Quality).index(one.quality))
        )
        rows = tuple(_class_row(klass.id, klass.name, pupils, found) for klass in _in_order(seen))
        return QualityReport(tuple(found), rows)

    def workbook(self, report: QualityReport) -> bytes:
        """The findings and the counts by class as an .xlsx of two sheets."""
        rows: list[Sequence[str | int | None]] = [_HEADER]
        rows += [
            (one.class_name, one.position, one.name, one.quality.lack, one.title, one.sentence)
            for one in report.findings
        ]
        classes: list[Sequence[str | int | None]] = [_CLASS_HEADER]
        classes += [
            (one.class_name, one.pupils, one.complete, one.verified, one.findings)
            for one in report.classes
        ]
        tables = (PlainTable("Vấn đề", rows), PlainTable("Theo lớp", classes))
        return self._tables.workbook(tables, "Chất lượng dữ liệu học sinh")


def _in_order(classes: Sequence[SchoolClass]) -> list[SchoolClass]:
    return sorted(classes, key=lambda klass: klass.order)


def _twice_present(pupils: Sequence[Placed], wanted: set[ClassId]) -> list[Finding]:
    """One pupil who is in two classes at once."""
    places: dict[PupilId, list[Placed]] = {}
    for pupil in pupils:
        places.setdefault(pupil.entry.pupil_id, []).append(pupil)
    return [
        one.found(
            Quality.CLEAN,
            "full_name",
            "đang học cùng lúc các lớp " + ", ".join(other.class_name for other in group),
        )
        for group in places.values()
        for one in group
        if len(group) > 1 and one.class_id in wanted
    ]


def _class_row(
    class_id: ClassId, name: str, pupils: Sequence[Placed], found: Sequence[Finding]
) -> ClassQuality:
    profiles = [one.entry.profile for one in pupils if one.class_id == class_id]
    return ClassQuality(
        class_id,
        name,
        len(profiles),
        sum(not missing_fields(profile) for profile in profiles),
        sum(profile.personal_id_verified_on is not None for profile in profiles),
        sum(one.class_id == class_id for one in found),
    )
