"""Nhập danh sách từ Excel: compare a file with the class, then take the chosen rows at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from app.actor import Actor
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.ids import ClassId
from app.domain.movements import MovementKind
from app.domain.pupils import FIELD_TITLES, PupilProfile, profile_changes
from app.domain.school import SchoolClass
from app.domain.trail import TrailDraft
from app.errors import RuleRefused, StaleData
from app.importing.roster_diff import ExistingPupil, MatchedRow, RosterDiff, diff_roster
from app.importing.roster_rows import RosterContext, RosterDraft, RosterRow
from app.ports import UnitOfWork, UowFactory
from app.services.roster import EDITORS, default_join_day, enrol_new, find_entry, permit_edit
from app.services.roster_movement_rules import record, refuse_elsewhere
from app.services.roster_rules import (
    clean_profile,
    keep_verified,
    order_by_name,
    refuse_locked_fields,
    refuse_own_verification,
    refuse_sealed,
)
from app.services.roster_voiding import void_after_roster
from app.services.standing import standing

_TOPICS = frozenset({Topic.ROSTER, Topic.TRAIL})


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """Payload of `accept`: how many pupils came new, changed, came back."""

    new: int
    changed: int
    returned: int

    @property
    def total(self) -> int:
        """Rows taken."""
        return self.new + self.changed + self.returned


class RosterImport:
    """One class, one file, one gesture."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def context(self, class_id: ClassId) -> RosterContext:
        """What the analysis of a file is checked against."""
        with self._uows.read() as uow:
            klass = uow.school.class_(class_id)
            year = uow.school.year(klass.school_year_id)
        return RosterContext(klass.name, klass.grade, year.first_year, self._clock.today())

    def compare(self, actor: Actor, class_id: ClassId, draft: RosterDraft) -> RosterDiff:
        """The draft's good rows against everybody the school year has."""
        with self._uows.read() as uow:
            klass = uow.school.class_(class_id)
            permit_edit(standing(uow, actor, self._clock.today()), klass)
            return diff_roster(draft, _existing(uow, klass))

    def accept(
        self,
        actor: Actor,
        class_id: ClassId,
        diff: RosterDiff,
        take: Collection[int] | None = None,
        *,
        source: str = "",
        joined_on: date | None = None,
    ) -> CommandResult:
        """Take rows of `diff` by their Excel numbers, all in one entry; `payload` ImportOutcome.

        `take` None takes every new and changed row; pupils who had left come back only when their
        row is named. Rows of pupils of other classes and conflicting rows are refused. Raises
        StaleData when the class is no longer what `diff` was made from; nothing is then written.
        """
        chosen = _chosen(diff, take)
        with self._uows.write() as uow:
            klass = uow.school.class_(class_id)
            actor = standing(uow, actor, self._clock.today())
            permit_edit(actor, klass)
            refuse_sealed(uow, klass)
            year = uow.school.year(klass.school_year_id)
            # What is written comes from a second comparison inside the transaction.
            again = diff_roster(_draft(chosen), _existing(uow, klass))
            _refuse_stale(diff, again, klass)
            _refuse_twice(chosen)
            for matched in again.returned:
                refuse_elsewhere(uow, year, find_entry(uow, klass, matched.pupil.pupil_id))
            for matched in (*again.changed, *again.returned):
                refuse_own_verification(actor, matched.pupil.profile, matched.profile, EDITORS)
                refuse_locked_fields(klass, matched.pupil.profile, matched.profile)
            for row in again.new:
                refuse_own_verification(actor, PupilProfile(""), row.profile, EDITORS)
            day = joined_on or default_join_day(klass, year, self._clock.today())
            new = [_add(uow, klass, row, day) for row in again.new]
            detail = {
                "class": klass.name,
                "source": source,
                "joined": day.isoformat(),
                "new": new,
                "changed": [_change(uow, matched) for matched in again.changed],
                "returned": [_bring_back(uow, klass, matched) for matched in again.returned],
            }
            order_by_name(uow, klass)
            arrived = {one["pupil"] for one in new} if day > year.starts_on else set()
            self._record(uow, actor, klass, arrived, again, day)
            void_after_roster(uow, class_id, self._clock.now())
            draft = TrailDraft("roster.imported", detail, class_id)
            seq = uow.trail.append(draft, actor, self._clock.now())
            uow.commit()
        outcome = ImportOutcome(len(again.new), len(again.changed), len(again.returned))
        return CommandResult(
            _TOPICS, seq, f"Đã nhập {outcome.total} học sinh vào {klass.name}", class_id, outcome
        )

    def _record(
        self,
        uow: UnitOfWork,
        actor: Actor,
        klass: SchoolClass,
        arrived: Collection[object],
        taken: RosterDiff,
        day: date,
    ) -> None:
        """Late arrivals and returns become movements; a start with the year is none."""
        now, today = self._clock.now(), self._clock.today()
        back = {matched.pupil.pupil_id for matched in taken.returned}
        for entry in uow.roster.entries(klass.id):
            if entry.pupil_id in arrived:
                record(uow, actor, now, klass, entry, MovementKind.JOINED, day)
            elif entry.pupil_id in back:
                record(uow, actor, now, klass, entry, MovementKind.RETURNED, today, "Nhập từ tệp")


def _existing(uow: UnitOfWork, klass: SchoolClass) -> tuple[ExistingPupil, ...]:
    return tuple(
        ExistingPupil(
            entry.pupil_id,
            entry.profile,
            class_name,
            class_id == klass.id,
            entry.left_on is not None,
        )
        for class_id, class_name, entry in uow.roster.everyone(klass.school_year_id)
    )


def _chosen(diff: RosterDiff, take: Collection[int] | None) -> tuple[RosterRow, ...]:
    offered = {row.excel_row: row for row in diff.new}
    offered |= {matched.row.excel_row: matched.row for matched in diff.changed}
    back = {matched.row.excel_row: matched.row for matched in diff.returned}
    if take is None:
        rows = offered
    else:
        known = offered | back
        wrong = sorted(set(take) - known.keys())
        if wrong:
            raise RuleRefused(
                "row_not_offered",
                f"Dòng {', '.join(map(str, wrong))} không nhập được (học sinh lớp khác, dòng mâu "
                "thuẫn hoặc không có gì mới); hãy bỏ chọn các dòng ấy.",
                rows=wrong,
            )
        rows = {number: known[number] for number in take}
    if not rows:
        raise RuleRefused(
            "nothing_chosen", "Không có dòng nào để nhập; hãy chọn ít nhất một dòng mới hoặc khác."
        )
    return tuple(rows[number] for number in sorted(rows))


def _draft(rows: Sequence[RosterRow]) -> RosterDraft:
    return RosterDraft(tuple(rows), (), frozenset(), 0, 0, 0)


def _refuse_stale(seen: RosterDiff, now: RosterDiff, klass: SchoolClass) -> None:
    """Every chosen row must still mean what the person saw."""
    new = {row.excel_row for row in seen.new}
    offered = {m.row.excel_row: m for m in (*seen.changed, *seen.returned)}
    same = (
        not (now.same or now.elsewhere or now.conflicting)
        and all(row.excel_row in new for row in now.new)
        and all(offered.get(m.row.excel_row) == m for m in (*now.changed, *now.returned))
    )
    if not same:
        raise StaleData(
            "roster_changed",
            f"Danh sách lớp {klass.name} đã thay đổi từ lúc so sánh với tệp nên chưa nhập gì; hãy "
            "so sánh lại rồi nhập.",
            class_id=klass.id,
        )


def _refuse_twice(rows: Sequence[RosterRow]) -> None:
    """Refuse rows that give one code to two pupils."""
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        for field in ("ministry_code", "personal_id"):
            code = getattr(row.profile, field)
            first = seen.setdefault((field, code), row.excel_row) if code else row.excel_row
            if first != row.excel_row:
                raise RuleRefused(
                    "pupil_twice",
                    f"Dòng {first} và dòng {row.excel_row} cùng ghi {FIELD_TITLES[field]} {code} "
                    "nên chưa nhập dòng nào; hãy sửa mã trong tệp hoặc bỏ chọn một dòng.",
                    rows=(first, row.excel_row),
                )


def _add(uow: UnitOfWork, klass: SchoolClass, row: RosterRow, day: date) -> dict[str, object]:
    profile = clean_profile(row.profile)
    return {
        "row": row.excel_row,
        "pupil": enrol_new(uow, klass, profile, day),
        "name": profile.full_name,
        "fields": profile_changes(PupilProfile(""), profile),
    }


def _change(uow: UnitOfWork, matched: MatchedRow) -> dict[str, object]:
    profile = keep_verified(matched.pupil.profile, clean_profile(matched.profile))
    uow.roster.update_profile(matched.pupil.pupil_id, profile)
    return {
        "row": matched.row.excel_row,
        "pupil": matched.pupil.pupil_id,
        "name": profile.full_name,
        "fields": profile_changes(matched.pupil.profile, profile),
    }


def _bring_back(uow: UnitOfWork, klass: SchoolClass, matched: MatchedRow) -> dict[str, object]:
    uow.roster.mark_left(klass.id, matched.pupil.pupil_id, None, "")
    return _change(uow, matched)
