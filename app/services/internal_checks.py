"""Kiểm tra nội bộ: recorded by leaders and tổ trưởng, settled by a second look (M98, M99)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.accounts import refuse_too_long
from app.domain.ids import AccountId, ClassId, SchoolYearId, SubjectId
from app.domain.internal_checks import CheckFinding, CheckKind, InternalCheck
from app.domain.roles import Role
from app.domain.trail import TrailDraft
from app.errors import AccessDenied, RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.services.departments import LOOKERS
from app.services.standing import require_standing
from app.text import clean, date_vn

_LEADERS = (Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.ACADEMIC_VICE, Role.HOMEROOM_VICE)
CHECKERS = (*_LEADERS, Role.DEPARTMENT_HEAD)
"""Who checks: leaders everybody, a tổ trưởng the members of the own tổ."""
_LIMIT = 500
_WHAT = "ghi kết quả kiểm tra"
_TOPICS = frozenset({Topic.PROOFS, Topic.TRAIL})


@dataclass(frozen=True, slots=True)
class FindingDraft:
    """A finding as typed."""

    account_id: AccountId | None
    finding: str
    remedy: str
    due_on: date | None
    class_id: ClassId | None = None
    subject_id: SubjectId | None = None


@dataclass(frozen=True, slots=True)
class CheckDraft:
    """A check as typed; `department` "" is the whole school, which leaders only check."""

    kind: CheckKind
    made_on: date | None
    department: str
    looked_at: str
    members: str = ""
    outcome: str = ""
    findings: Sequence[FindingDraft] = ()


class InternalChecks:
    """Checks are added and their findings settled; nothing of them is ever changed."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def of_year(self, actor: Actor, year_id: SchoolYearId) -> tuple[InternalCheck, ...]:
        """Checks this person may see, the newest first.

        Leaders and the office see all, a tổ trưởng those of the own tổ; anybody the findings about
        themselves, with the check they belong to.
        """
        with self._uows.read() as uow:
            found = uow.departments.checks(year_id)
        if actor.has(*LOOKERS):
            return found
        seen = []
        for check in found:
            own_unit = actor.has(Role.DEPARTMENT_HEAD) and check.department == actor.department
            if own_unit or check.made_by == actor.account_id:
                seen.append(check)
                continue
            mine = tuple(f for f in check.findings if f.account_id == actor.account_id)
            if mine:
                seen.append(replace(check, findings=mine))
        return tuple(seen)

    def record(self, actor: Actor, year_id: SchoolYearId, draft: CheckDraft) -> CommandResult:
        """Write a check down with its findings; the payload is the `InternalCheck`.

        Refused without a day, without what was looked at, in the future, outside the year; for a
        finding without teacher, text, remedy or day, about the person who records it, and for a
        tổ trưởng about somebody of another tổ.
        """
        require(actor, _WHAT, *CHECKERS)
        with self._uows.write() as uow:
            now = self._clock.now()
            actor = require_standing(uow, actor, now.date(), _WHAT, *CHECKERS)
            year = uow.school.year(year_id)
            unit, looked_at = clean(draft.department), clean(draft.looked_at)
            made_on = draft.made_on
            if made_on is None or not looked_at:
                raise RuleRefused(
                    "check_incomplete",
                    "Chưa ghi ngày kiểm tra hoặc nội dung đã xem nên chưa lưu; hãy ghi đủ cả hai.",
                )
            if made_on > now.date() or made_on < year.starts_on:
                raise RuleRefused(
                    "check_day_wrong",
                    f"Ngày kiểm tra {date_vn(made_on)} phải từ {date_vn(year.starts_on)} đến hôm "
                    f"nay {date_vn(now.date())}; hãy chọn lại ngày.",
                )
            self._permit_unit(actor, unit)
            members = clean(draft.members) or actor.name
            outcome = clean(draft.outcome)
            for text, what in ((looked_at, "Nội dung đã xem"), (members, "Người kiểm tra"),
                               (outcome, "Kết luận")):  # fmt: skip
                refuse_too_long(text, what, _LIMIT)
            check = InternalCheck(
                year_id,
                draft.kind,
                made_on,
                unit,
                looked_at,
                members,
                outcome,
                actor.account_id,
                now,
                tuple(
                    self._finding(uow, actor, unit, made_on, one, at)
                    for at, one in enumerate(draft.findings, 1)
                ),
            )
            check = replace(check, id=uow.departments.add_check(check))
            detail: dict[str, object] = {
                "check": check.id,
                "kind": check.kind.value,
                "department": unit,
                "made_on": date_vn(made_on),
                "looked_at": looked_at,
                "members": members,
                "outcome": outcome,
                "findings": [
                    [f.teacher, f.place, f.finding, f.remedy, date_vn(f.due_on)]
                    for f in check.findings
                ],
            }
            seq = uow.trail.append(TrailDraft("check.recorded", detail), actor, now)
            uow.commit()
        words = f"Đã ghi lần kiểm tra ngày {date_vn(made_on)}, {len(check.findings)} việc"
        return CommandResult(_TOPICS, seq, words, payload=check)

    def settle(self, actor: Actor, finding_id: int, note: str) -> CommandResult:
        """Đã khắc phục: somebody else than the teacher looked again and says what they saw."""
        require(actor, _WHAT, *CHECKERS)
        seen = clean(note)
        with self._uows.write() as uow:
            now = self._clock.now()
            actor = require_standing(uow, actor, now.date(), _WHAT, *CHECKERS)
            found = uow.departments.finding(finding_id)
            if found is None:
                raise RuleRefused(
                    "not_found", "Không tìm thấy việc phải khắc phục này; hãy tải lại trang."
                )
            check, finding = found
            self._permit_unit(actor, check.department)
            if finding.account_id == actor.account_id:
                raise RuleRefused(
                    "own_finding",
                    "Việc phải khắc phục của chính mình do người khác xem lại; hãy nhờ tổ trưởng "
                    "hoặc ban giám hiệu.",
                )
            if not finding.is_open:
                raise RuleRefused(
                    "finding_settled",
                    f"Việc này {finding.closed_by_name} đã xem lại và kết thúc rồi; không ghi lần "
                    "nữa.",
                )
            if not seen:
                raise RuleRefused(
                    "note_required",
                    "Chưa ghi đã xem lại thấy gì; hãy ghi một câu rồi kết thúc việc này.",
                )
            refuse_too_long(seen, "Kết quả xem lại", _LIMIT)
            uow.departments.close_finding(finding_id, actor.account_id, now, seen)
            detail: dict[str, object] = {
                "check": check.id,
                "finding": finding.finding,
                "teacher": finding.teacher,
                "place": finding.place,
                "note": seen,
            }
            seq = uow.trail.append(TrailDraft("check.closed", detail), actor, now)
            uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã ghi {finding.teacher} khắc phục xong")

    @staticmethod
    def _permit_unit(actor: Actor, unit: str) -> None:
        if actor.has(*_LEADERS) or (unit and unit == actor.department):
            return
        raise AccessDenied(
            "other_department",
            f"Tổ trưởng {actor.name} chỉ kiểm tra được tổ của mình; kiểm tra tổ khác hoặc toàn "
            "trường là việc của ban giám hiệu.",
        )

    def _finding(
        self,
        uow: UnitOfWork,
        actor: Actor,
        unit: str,
        made_on: date,
        draft: FindingDraft,
        at: int,
    ) -> CheckFinding:
        finding, remedy = clean(draft.finding), clean(draft.remedy)
        if draft.account_id is None or draft.due_on is None or not (finding and remedy):
            raise RuleRefused(
                "finding_incomplete",
                f"Việc thứ {at} còn thiếu giáo viên, điều phát hiện, cách khắc phục hoặc hạn; hãy "
                "ghi đủ.",
                number=at,
            )
        for text, what in ((finding, "Điều phát hiện"), (remedy, "Cách khắc phục")):
            refuse_too_long(text, what, _LIMIT)
        teacher = uow.accounts.get(draft.account_id, self._clock.today())
        if teacher.id == actor.account_id:
            raise RuleRefused(
                "own_finding",
                f"Việc thứ {at} là của chính người ghi; sổ của mình do người khác kiểm tra.",
            )
        if unit and teacher.department != unit:
            raise RuleRefused(
                "not_member",
                f"{teacher.full_name} không thuộc {unit} nên không ghi vào lần kiểm tra của tổ ấy; "
                "hãy chọn lại giáo viên.",
            )
        if draft.due_on < made_on:
            raise RuleRefused(
                "due_before_check",
                f"Hạn khắc phục {date_vn(draft.due_on)} trước ngày kiểm tra {date_vn(made_on)}; "
                "hãy chọn lại hạn.",
            )
        class_name = subject = ""
        if draft.class_id is not None:
            class_name = uow.school.class_(draft.class_id).name
            if draft.subject_id is not None:
                known = {s.id: s.name for s in uow.school.subjects(draft.class_id)}
                subject = known.get(draft.subject_id, "")
                if not subject:
                    raise RuleRefused(
                        "subject_not_of_class",
                        f"Lớp {class_name} không học môn đã chọn ở việc thứ {at}; hãy chọn lại.",
                    )
        return CheckFinding(
            teacher.id, teacher.full_name, finding, remedy, draft.due_on, draft.class_id,
            class_name, draft.subject_id, subject,
        )  # fmt: skip
