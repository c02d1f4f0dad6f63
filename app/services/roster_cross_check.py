"""Đối chiếu danh sách với một danh sách khác (cổng dữ liệu, tuyển sinh…); writes nothing.

M107: name, birth date, sex and codes "phải thống nhất với các hồ sơ liên quan"; each is compared
cell by cell for every pupil that both lists name.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.actor import Actor
from app.clock import Clock
from app.domain.ids import ClassId, PupilId
from app.domain.pupils import FIELD_TITLES, PupilProfile
from app.errors import AccessDenied
from app.importing.fields import Field
from app.importing.roster_diff import ExistingPupil, MatchedRow, RosterDiff, diff_roster
from app.importing.roster_rows import RosterDraft, RosterRow
from app.ports import UowFactory
from app.presses import PlainTable, TablePress
from app.readmodels.cross_check import CheckedCell, CrossCheck, Difference
from app.services.class_scope import sees_profiles
from app.services.standing import standing
from app.text import date_vn, fold

COMPARED = (
    Field.FULL_NAME,
    Field.BIRTH_DATE,
    Field.SEX,
    Field.MINISTRY_CODE,
    Field.PERSONAL_ID,
)
_HEADER = ("Dòng trong tệp", "Họ và tên", "Khác gì", "Mục", "Trong sổ", "Trong tệp", "Ghi chú")


class RosterCrossCheck:
    """One class against one list."""

    def __init__(self, uows: UowFactory, clock: Clock, tables: TablePress) -> None:
        self._uows = uows
        self._clock = clock
        self._tables = tables

    def compare(
        self, actor: Actor, class_id: ClassId, draft: RosterDraft, *, source: str = ""
    ) -> CrossCheck:
        """Every difference between the list and the class.

        A pupil is found by ministry code, then personal ID, then name and birth date, and at last
        by a name that only one unmatched pupil of each list has. Raises AccessDenied for somebody
        who does not see the codes.
        """
        with self._uows.read() as uow:
            actor = standing(uow, actor, self._clock.today())
            klass = uow.school.class_(class_id)
            if not sees_profiles(actor, class_id):
                raise AccessDenied(
                    "not_your_class",
                    f"Đối chiếu danh sách lớp {klass.name} chỉ văn phòng và GVCN của lớp làm "
                    "được, vì có số định danh của học sinh.",
                    class_id=class_id,
                )
            existing = tuple(
                ExistingPupil(e.pupil_id, e.profile, name, id_ == class_id, e.left_on is not None)
                for id_, name, e in uow.roster.everyone(klass.school_year_id)
            )
        diff = diff_roster(draft, existing)
        fields = tuple(field for field in COMPARED if field in draft.fields)
        pairs = [(one.row, one.pupil) for one in (*diff.same, *diff.changed, *diff.returned)]
        by_name, new, missing = _by_name(diff)
        pairs += by_name
        cells: list[CheckedCell] = []
        same = 0
        for row, pupil in pairs:
            found = _differences(row, pupil, fields)
            same += not found
            cells += found
        cells += [_stranger(row) for row in new]
        cells += [_elsewhere(one) for one in diff.elsewhere]
        cells += [_unreadable(row, diff, draft) for row in diff.conflicting]
        bad = draft.bad_rows
        cells += [_unreadable(row, diff, draft) for row in draft.rows if row.excel_row in bad]
        unread = {fold(row.profile.full_name) for row in draft.rows if row.excel_row in bad}
        cells += [_absent(pupil, fold(pupil.profile.full_name) in unread) for pupil in missing]
        cells.sort(key=lambda cell: (not cell.row, cell.row, cell.name))
        return CrossCheck(
            klass.name,
            source,
            len(pairs),
            same,
            tuple(FIELD_TITLES[field] for field in fields),
            tuple(cells),
        )

    def workbook(self, found: CrossCheck) -> bytes:
        """The differences as an .xlsx."""
        rows: list[Sequence[str | int | None]] = [_HEADER]
        rows += [
            (c.row or None, c.name, c.kind.label, c.title, c.here, c.there, c.note)
            for c in found.cells
        ]
        title = f"Đối chiếu danh sách lớp {found.class_name} với {found.source}"
        return self._tables.workbook((PlainTable("Khác biệt", rows),), title)


def _by_name(
    diff: RosterDiff,
) -> tuple[list[tuple[RosterRow, ExistingPupil]], list[RosterRow], list[ExistingPupil]]:
    """Pairs whose codes and birth date say nothing or differ, but whose name is the only one."""
    rows: dict[str, list[RosterRow]] = {}
    pupils: dict[str, list[ExistingPupil]] = {}
    for row in diff.new:
        rows.setdefault(fold(row.profile.full_name), []).append(row)
    for pupil in diff.missing:
        pupils.setdefault(fold(pupil.profile.full_name), []).append(pupil)
    pairs = [
        (rows[name][0], pupils[name][0])
        for name in rows
        if len(rows[name]) == 1 and len(pupils.get(name, ())) == 1
    ]
    taken_rows = {row.excel_row for row, _ in pairs}
    taken = {pupil.pupil_id for _, pupil in pairs}
    return (
        pairs,
        [row for row in diff.new if row.excel_row not in taken_rows],
        [pupil for pupil in diff.missing if pupil.pupil_id not in taken],
    )


def _differences(
    row: RosterRow, pupil: ExistingPupil, fields: Sequence[Field]
) -> list[CheckedCell]:
    found = []
    left = "đã rời lớp" if pupil.left else ""
    for field in fields:
        here, there = getattr(pupil.profile, field), getattr(row.profile, field)
        if (here or None) == (there or None):
            continue
        kind = Difference.DIFFERS
        if not there:
            kind = Difference.BLANK_THERE
        elif not here:
            kind = Difference.BLANK_HERE
        found.append(
            CheckedCell(
                kind,
                row.excel_row,
                pupil.pupil_id,
                pupil.profile.full_name,
                field.value,
                FIELD_TITLES[field],
                _shown(here),
                _shown(there),
                left,
            )
        )
    if pupil.left and not found:
        found.append(_whole(Difference.DIFFERS, row, pupil.pupil_id, pupil.profile, left))
    return found


def _stranger(row: RosterRow) -> CheckedCell:
    return _whole(Difference.ONLY_THERE, row, None, row.profile, "")


def _elsewhere(one: MatchedRow) -> CheckedCell:
    state = "đã rời" if one.pupil.left else "đang học"
    note = f"trong sổ {state} lớp {one.pupil.class_name}"
    return _whole(Difference.ELSEWHERE, one.row, one.pupil.pupil_id, one.row.profile, note)


def _unreadable(row: RosterRow, diff: RosterDiff, draft: RosterDraft) -> CheckedCell:
    said = [p.reason for p in diff.problems if p.excel_row == row.excel_row]
    note = "; ".join(said) or draft.reasons(row.excel_row)
    return _whole(Difference.UNREADABLE, row, None, row.profile, note)


def _absent(pupil: ExistingPupil, unread: bool) -> CheckedCell:
    note = "có dòng cùng tên trong tệp nhưng không đọc được" if unread else ""
    profile = pupil.profile
    return CheckedCell(
        Difference.ONLY_HERE,
        0,
        pupil.pupil_id,
        profile.full_name,
        "",
        "",
        _identity(profile),
        "",
        note,
    )


def _whole(
    kind: Difference, row: RosterRow, pupil_id: PupilId | None, profile: PupilProfile, note: str
) -> CheckedCell:
    return CheckedCell(
        kind, row.excel_row, pupil_id, profile.full_name, "", "", "", _identity(profile), note
    )


def _identity(profile: PupilProfile) -> str:
    parts = (date_vn(profile.birth_date), profile.ministry_code)
    return ", ".join(part for part in parts if part)


def _shown(value: str | date | None) -> str:
    return value if isinstance(value, str) else date_vn(value)
