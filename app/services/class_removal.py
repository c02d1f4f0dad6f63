"""Xóa lớp lập nhầm: a class goes only while nothing of a pupil was ever kept in it."""

from __future__ import annotations

from collections.abc import Mapping

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.ids import ClassId
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import UowFactory
from app.services.roster_rules import refuse_sealed
from app.services.school_setup import SETTERS
from app.services.standing import require_standing

_WHAT = "xóa lớp"
HOLDINGS: Mapping[str, str] = {
    "enrolment": "học sinh, kể cả em đã rời lớp; hãy chuyển các em sang lớp khác trước",
    "pupil_movement": "biến động học sinh",
    "mark": "điểm",
    "absence": "điểm danh",
    "attendance_month": "tháng điểm danh đã báo đủ",
    "correction": "hồ sơ sửa điểm",
    "period_close": "học kì đã chốt",
    "confirmation": "xác nhận của giáo viên",
    "sign_off": "chữ ký duyệt",
    "print_run": "bản in đã đánh số",
    "check_finding": "việc phải khắc phục của kiểm tra nội bộ",
}
"""What may hold a class, by table, as the refusal says it."""


class ClassRemoval:
    """One act, apart from the setting up of a year."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def remove(self, actor: Actor, class_id: ClassId) -> CommandResult:
        """Take away a class with its columns and assignments; the trail keeps that it was there.

        Raises RuleRefused `class_in_use` naming what holds it.
        """
        require(actor, _WHAT, *SETTERS)
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), _WHAT, *SETTERS)
            klass = uow.school.class_(class_id)
            refuse_sealed(uow, klass)
            held = uow.school.class_holdings(class_id)
            if held:
                first = HOLDINGS.get(held[0], "số liệu")
                more = f" (và {len(held) - 1} loại số liệu khác)" if len(held) > 1 else ""
                raise RuleRefused(
                    "class_in_use",
                    f"Lớp {klass.name} chưa xóa được vì đã có {first}{more}. Chỉ xóa được lớp lập "
                    "nhầm chưa ghi gì; lớp đã dùng thì giữ lại.",
                    tables=held,
                )
            uow.school.remove_class(class_id)
            detail = {"class": klass.name, "grade": klass.grade}
            seq = uow.trail.append(TrailDraft("class.removed", detail), actor, self._clock.now())
            uow.commit()
        topics = frozenset({Topic.CLASSES, Topic.ROSTER, Topic.TRAIL})
        return CommandResult(topics, seq, f"Đã xóa lớp {klass.name}")
