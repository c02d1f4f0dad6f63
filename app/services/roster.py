"""Danh sách lớp: who is in a class, in which order, and every change of it with its reason."""

from __future__ import annotations

from datetime import date

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.case_rules import REGISTRARS
from app.domain.ids import ClassId, PupilId
from app.domain.movements import DEPARTURES, NO_PAPER, MovementKind, MovementPaper
from app.domain.pupils import PupilProfile, RosterEntry, profile_changes
from app.domain.roles import Role
from app.domain.school import SchoolClass, SchoolYear
from app.domain.trail import TrailDraft
from app.errors import AccessDenied, RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.readmodels.roster import RosterView, roster_line
from app.services.carried_marks import Carried, carry_marks
from app.services.class_scope import sees_profiles, sees_roster
from app.services.misplaced import doubted, grade_due, misplaced
from app.services.roster_movement_rules import (
    clean_paper,
    former_line,
    move_detail,
    needed_reason,
    paper_detail,
    record,
    refuse_day_outside,
    refuse_elsewhere,
    refuse_leaving,
)
from app.services.roster_rules import (
    clean_profile,
    keep_verified,
    order_by_name,
    refuse_duplicates,
    refuse_locked_fields,
    refuse_own_verification,
    refuse_sealed,
)
from app.services.roster_voiding import void_after_roster
from app.services.standing import require_standing, standing
from app.text import date_vn

EDITORS = (Role.SECRETARY, Role.ADMINISTRATOR, Role.PRINCIPAL)
"""Who edits profiles and moves pupils at any time before the seal."""

FREEZERS = (Role.SECRETARY, Role.PRINCIPAL, Role.VICE_PRINCIPAL)
"""Who may chốt danh sách."""

MARK_WRITERS = (Role.SECRETARY,)
"""Who enters marks of a former school: văn thư, who keeps the paper (M182)."""

_TOPICS = frozenset({Topic.ROSTER, Topic.TRAIL})
_MARK_TOPICS = frozenset({Topic.MARKS, Topic.RESULTS, Topic.CONDUCT})


class Roster:
    """Commands on the roster of one class at a time."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def view(self, actor: Actor, class_id: ClassId) -> RosterView:
        """The roster as this person may see it.

        Raises AccessDenied for somebody who neither works in the office nor teaches the class.
        """
        with self._uows.read() as uow:
            actor = standing(uow, actor, self._clock.today())
            klass = uow.school.class_(class_id)
            year = uow.school.year(klass.school_year_id)
            entries = uow.roster.entries(class_id)
            photos = uow.pupils.with_photo(class_id)
            sealed = uow.control.class_locks(class_id).seal is not None
            doubts = {one.pupil_id: one for one in misplaced(uow, year)}
        if not sees_roster(actor, class_id):
            raise AccessDenied(
                "not_your_class",
                f"Tài khoản {actor.name} không dạy lớp {klass.name} nên không xem được danh sách; "
                "hãy chọn lớp mình dạy.",
                class_id=class_id,
            )
        sees = sees_profiles(actor, class_id)
        return RosterView(
            class_id=class_id,
            class_name=klass.name,
            grade=klass.grade,
            year_name=year.name,
            frozen_at=klass.roster_frozen_at,
            lines=tuple(
                doubted(
                    roster_line(entry, shows_sensitive=sees, has_photo=entry.pupil_id in photos),
                    doubts.get(entry.pupil_id),
                )
                for entry in entries
            ),
            shows_sensitive=sees,
            may_edit=not sealed and _may_edit(actor, klass),
            may_move=not sealed and actor.has(*EDITORS),
            may_verify=not sealed and actor.has(*EDITORS),
            may_add_former_marks=not sealed and actor.has(*MARK_WRITERS),
            may_correct=not sealed
            and klass.roster_frozen_at is not None
            and (class_id in actor.homeroom or actor.has(*REGISTRARS)),
            may_freeze=not sealed and klass.roster_frozen_at is None and actor.has(*FREEZERS),
        )

    def add_pupil(
        self,
        actor: Actor,
        class_id: ClassId,
        profile: PupilProfile,
        joined_on: date | None = None,
        *,
        kind: MovementKind = MovementKind.JOINED,
        paper: MovementPaper = NO_PAPER,
    ) -> CommandResult:
        """A new pupil in a class; `payload` is the PupilId.

        Before chốt danh sách the class is put in order again, afterwards the pupil comes last. A
        pupil the year already has, by ministry code or personal ID, is refused. `kind` is one of
        ARRIVALS; a transfer in is the office's act and needs the former school and its paper.
        """
        cleaned = clean_profile(profile, self._clock.today())
        papers = clean_paper(kind, paper)
        with self._uows.write() as uow:
            klass, year = self._open(uow, actor, class_id)
            if kind is MovementKind.TRANSFER_IN:
                actor = self._still(uow, actor, "nhận học sinh chuyển trường đến")
            actor = standing(uow, actor, self._clock.today())
            refuse_own_verification(actor, PupilProfile(""), cleaned, EDITORS)
            day = joined_on or default_join_day(klass, year, self._clock.today())
            refuse_day_outside(year, day, "Ngày vào lớp")
            refuse_duplicates(uow, year, cleaned)
            pupil_id = enrol_new(uow, klass, cleaned, day)
            order_by_name(uow, klass)
            self._record_arrival(uow, actor, klass, year, pupil_id, day, kind, papers)
            detail = {
                "class": klass.name,
                "pupil": pupil_id,
                "name": cleaned.full_name,
                "joined": day.isoformat(),
                "fields": profile_changes(PupilProfile(""), cleaned),
            } | paper_detail(kind, papers)
            draft = TrailDraft("roster.pupil_added", detail, class_id)
            seq = self._commit(uow, actor, draft)
        summary = f"Đã thêm {cleaned.full_name} vào lớp {klass.name}"
        return CommandResult(_TOPICS, seq, summary, class_id, pupil_id)

    def edit_profile(
        self, actor: Actor, class_id: ClassId, pupil_id: PupilId, profile: PupilProfile
    ) -> CommandResult:
        """Replace a pupil's profile; the trail keeps each field's old and new text."""
        cleaned = clean_profile(profile, self._clock.today())
        with self._uows.write() as uow:
            klass, year = self._open(uow, actor, class_id)
            entry = find_entry(uow, klass, pupil_id)
            refuse_own_verification(
                standing(uow, actor, self._clock.today()), entry.profile, cleaned, EDITORS
            )
            refuse_locked_fields(klass, entry.profile, cleaned)
            cleaned = keep_verified(entry.profile, cleaned)
            changes = profile_changes(entry.profile, cleaned)
            if not changes:
                raise RuleRefused(
                    "nothing_changed", f"Hồ sơ của {cleaned.full_name} không có gì thay đổi."
                )
            refuse_duplicates(uow, year, cleaned, except_pupil=pupil_id)
            uow.roster.update_profile(pupil_id, cleaned)
            order_by_name(uow, klass)
            detail = {
                "class": klass.name,
                "pupil": pupil_id,
                "name": cleaned.full_name,
                "fields": changes,
            }
            seq = self._commit(uow, actor, TrailDraft("roster.profile", detail, class_id))
        summary = f"Đã lưu hồ sơ {cleaned.full_name}"
        if changes.get("personal_id_verified_on", ("", "x"))[1] == "":
            summary += "; dấu đã xác thực bỏ đi vì thông tin định danh thay đổi"
        return CommandResult(_TOPICS, seq, summary, class_id)

    def freeze(self, actor: Actor, class_id: ClassId) -> CommandResult:
        """Chốt danh sách: the order is fixed for every book; later arrivals come last."""
        require(actor, "chốt danh sách", *FREEZERS)
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), "chốt danh sách", *FREEZERS)
            klass = uow.school.class_(class_id)
            refuse_sealed(uow, klass)
            if klass.roster_frozen_at is not None:
                raise RuleRefused(
                    "roster_frozen",
                    f"Danh sách lớp {klass.name} đã chốt ngày {date_vn(klass.roster_frozen_at)}.",
                )
            order_by_name(uow, klass)
            entries = uow.roster.entries(class_id)
            here = [entry for entry in entries if entry.left_on is None]
            if not here:
                raise RuleRefused(
                    "roster_empty",
                    f"Lớp {klass.name} chưa có học sinh nên chưa chốt danh sách được; hãy thêm "
                    "hoặc nhập danh sách trước.",
                )
            uow.school.freeze_roster(class_id, self._clock.now())
            detail = {
                "class": klass.name,
                "pupils": len(here),
                "order": [[entry.pupil_id, entry.profile.full_name] for entry in entries],
            }
            seq = self._commit(uow, actor, TrailDraft("roster.frozen", detail, class_id))
        topics = _TOPICS | {Topic.CLASSES}
        return CommandResult(topics, seq, f"Đã chốt danh sách lớp {klass.name}", class_id)

    def mark_left(
        self,
        actor: Actor,
        class_id: ClassId,
        pupil_id: PupilId,
        on: date,
        reason: str,
        *,
        kind: MovementKind = MovementKind.LEFT,
        paper: MovementPaper = NO_PAPER,
    ) -> CommandResult:
        """A pupil leaves the class: the line is struck and stays; the reason is kept.

        `kind` is one of DEPARTURES; a change of school needs the new school and the paper.
        """
        require(actor, "ghi học sinh thôi học, chuyển đi", *EDITORS)
        if kind not in DEPARTURES:
            raise RuleRefused("departure_kind", f"“{kind.label}” không phải là cách rời trường.")
        why = needed_reason(reason, "rời lớp")
        papers = clean_paper(kind, paper)
        with self._uows.write() as uow:
            actor = self._still(uow, actor, "ghi học sinh thôi học, chuyển đi")
            klass, year = self._open(uow, actor, class_id)
            entry = find_entry(uow, klass, pupil_id)
            refuse_leaving(klass, year, entry, on, self._clock.today())
            uow.roster.mark_left(class_id, pupil_id, on, _shown_reason(kind, papers, why))
            record(uow, actor, self._clock.now(), klass, entry, kind, on, why, papers)
            detail = move_detail(klass, entry, on, why) | paper_detail(kind, papers)
            seq = self._commit(uow, actor, TrailDraft("roster.left", detail, class_id))
        name = entry.profile.full_name
        return CommandResult(_TOPICS, seq, f"{name} rời lớp {date_vn(on)}", class_id)

    def mark_returned(
        self, actor: Actor, class_id: ClassId, pupil_id: PupilId, on: date, reason: str
    ) -> CommandResult:
        """A pupil who had left this class is back; the days away stay in the history."""
        require(actor, "ghi học sinh trở lại", *EDITORS)
        why = needed_reason(reason, "trở lại")
        with self._uows.write() as uow:
            actor = self._still(uow, actor, "ghi học sinh trở lại")
            klass, year = self._open(uow, actor, class_id)
            entry = find_entry(uow, klass, pupil_id)
            name = entry.profile.full_name
            if entry.left_on is None:
                raise RuleRefused("pupil_present", f"{name} đang học lớp {klass.name}.")
            if on < entry.left_on or on > self._clock.today():
                raise RuleRefused(
                    "return_date",
                    f"{name} rời lớp ngày {date_vn(entry.left_on)} nên không trở lại ngày "
                    f"{date_vn(on)} được; hãy ghi ngày từ hôm ấy đến hôm nay.",
                )
            refuse_duplicates(uow, year, entry.profile, except_pupil=pupil_id)
            refuse_elsewhere(uow, year, entry)
            uow.roster.mark_left(class_id, pupil_id, None, "")
            record(uow, actor, self._clock.now(), klass, entry, MovementKind.RETURNED, on, why)
            detail = move_detail(klass, entry, on, why) | {
                "left": entry.left_on.isoformat(),
                "left_reason": entry.left_reason,
            }
            seq = self._commit(uow, actor, TrailDraft("roster.returned", detail, class_id))
        return CommandResult(_TOPICS, seq, f"{name} trở lại {date_vn(on)}", class_id)

    def move_class(
        self,
        actor: Actor,
        from_class: ClassId,
        to_class: ClassId,
        pupil_id: PupilId,
        on: date,
        reason: str,
    ) -> CommandResult:
        """Chuyển lớp within the year: struck in one class, last or in order in the other.

        Marks, comments and rèn luyện go along as `carry_marks` says; `payload` is its `Carried`.
        A pupil who was in the other class before gets the old line back. Another grade is reached
        only where the year before now says so (`misplaced`); its marks are not carried.
        """
        require(actor, "chuyển lớp", *EDITORS)
        why = needed_reason(reason, "chuyển lớp")
        now = self._clock.now()
        with self._uows.write() as uow:
            actor = self._still(uow, actor, "chuyển lớp")
            old, year = self._open(uow, actor, from_class)
            new, _ = self._open(uow, actor, to_class)
            entry = find_entry(uow, old, pupil_id)
            there = uow.roster.entries(to_class)
            grade = grade_due(uow, year, pupil_id) or old.grade
            before = former_line(old, new, entry, there, on, grade)
            refuse_leaving(old, year, entry, on, self._clock.today())
            uow.roster.mark_left(from_class, pupil_id, on, f"Chuyển sang lớp {new.name}: {why}")
            if before is None:
                uow.roster.enrol(to_class, pupil_id, len(there) + 1, on)
            else:
                uow.roster.mark_left(to_class, pupil_id, None, "")
            order_by_name(uow, new)
            record(uow, actor, now, old, entry, MovementKind.MOVED_OUT, on, why, other=new)
            record(uow, actor, now, new, entry, MovementKind.MOVED_IN, on, why, other=old)
            detail = move_detail(old, entry, on, why) | {"to": new.name, "to_class": to_class}
            carried = Carried()
            if old.grade == new.grade:
                carried = carry_marks(uow, self._clock.today(), now, old, new, entry, on)
            detail |= carried.detail
            void_after_roster(uow, old.id, now)
            # The cells are the new class's, so its sheets and its history show this entry.
            draft = TrailDraft("roster.moved", detail, to_class, None, carried.cells)
            seq = self._commit(uow, actor, draft)
        name = entry.profile.full_name
        summary = f"{name}: {old.name} sang {new.name}{carried.words}"
        return CommandResult(_TOPICS | _MARK_TOPICS, seq, summary, to_class, carried)

    def _open(
        self, uow: UnitOfWork, actor: Actor, class_id: ClassId
    ) -> tuple[SchoolClass, SchoolYear]:
        """Class and year when this person may edit the roster now."""
        klass = uow.school.class_(class_id)
        permit_edit(standing(uow, actor, self._clock.today()), klass)
        refuse_sealed(uow, klass)
        return klass, uow.school.year(klass.school_year_id)

    def _still(self, uow: UnitOfWork, actor: Actor, what: str) -> Actor:
        return require_standing(uow, actor, self._clock.today(), what, *EDITORS)

    def _record_arrival(
        self,
        uow: UnitOfWork,
        actor: Actor,
        klass: SchoolClass,
        year: SchoolYear,
        pupil_id: PupilId,
        day: date,
        kind: MovementKind,
        paper: MovementPaper,
    ) -> None:
        if kind is MovementKind.JOINED and day <= year.starts_on:
            return  # present from the first day: no movement
        entry = find_entry(uow, klass, pupil_id)
        record(uow, actor, self._clock.now(), klass, entry, kind, day, "", paper)

    def _commit(self, uow: UnitOfWork, actor: Actor, draft: TrailDraft) -> int:
        now = self._clock.now()
        if draft.class_id is not None and draft.kind != "roster.frozen":
            void_after_roster(uow, ClassId(draft.class_id), now)
        seq = uow.trail.append(draft, actor, now)
        uow.commit()
        return seq


def permit_edit(actor: Actor, klass: SchoolClass) -> None:
    """Refuse unless the actor may edit this roster: the office, or its GVCN until the freeze."""
    if _may_edit(actor, klass):
        return
    if klass.id in actor.homeroom and klass.roster_frozen_at is not None:
        raise AccessDenied(
            "roster_frozen_for_homeroom",
            f"Danh sách lớp {klass.name} đã chốt ngày {date_vn(klass.roster_frozen_at)} nên GVCN "
            "không sửa trực tiếp nữa; hãy gửi văn thư.",
            class_id=klass.id,
        )
    require(actor, f"sửa danh sách lớp {klass.name}", *EDITORS, Role.HOMEROOM_TEACHER)
    raise AccessDenied(
        "not_your_class",
        f"Tài khoản {actor.name} không chủ nhiệm lớp {klass.name} nên không sửa được danh sách lớp "
        "này; hãy nhờ GVCN của lớp hoặc văn thư.",
        class_id=klass.id,
    )


def find_entry(uow: UnitOfWork, klass: SchoolClass, pupil_id: PupilId) -> RosterEntry:
    """A pupil's line in a class. Raises RuleRefused when it is not there."""
    for entry in uow.roster.entries(klass.id):
        if entry.pupil_id == pupil_id:
            return entry
    raise RuleRefused(
        "not_found",
        f"Lớp {klass.name} không có học sinh số {pupil_id}; hãy tải lại trang.",
        pupil_id=pupil_id,
    )


def default_join_day(klass: SchoolClass, year: SchoolYear, today: date) -> date:
    """The first day of the year until chốt danh sách, afterwards today."""
    if klass.roster_frozen_at is None:
        return year.starts_on
    return max(year.starts_on, min(today, year.ends_on))


def enrol_new(uow: UnitOfWork, klass: SchoolClass, profile: PupilProfile, day: date) -> PupilId:
    """Store a pupil and put the line last."""
    pupil_id = uow.roster.add_pupil(profile)
    uow.roster.enrol(klass.id, pupil_id, len(uow.roster.entries(klass.id)) + 1, day)
    return pupil_id


def _may_edit(actor: Actor, klass: SchoolClass) -> bool:
    own = klass.id in actor.homeroom and klass.roster_frozen_at is None
    return own or actor.has(*EDITORS)


def _shown_reason(kind: MovementKind, paper: MovementPaper, why: str) -> str:
    """The reason as the struck line of the books prints it."""
    if kind is MovementKind.LEFT:
        return why
    school = f" {paper.school}" if paper.school else ""
    document = f" ({paper.document})" if paper.document else ""
    return f"{kind.label}{school}{document}: {why}"
