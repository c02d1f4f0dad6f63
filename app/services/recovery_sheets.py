"""Phiếu khôi phục: whether somebody proved to hold the paper with the code in force."""

from __future__ import annotations

from datetime import datetime

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.roles import Role
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import UowFactory
from app.readmodels.class_book import SchoolLines
from app.readmodels.recovery_sheet import RecoverySheet
from app.services.key_changes import RECOVERY_CONFIRMED
from app.services.standing import require_standing

_WHAT = "xác nhận phiếu khôi phục"


class RecoverySheets:
    """The paper of one file; the code itself is kept nowhere."""

    def __init__(self, uows: UowFactory, clock: Clock, file_name: str) -> None:
        self._uows = uows
        self._clock = clock
        self._file_name = file_name

    def confirmed_at(self) -> datetime | None:
        """When somebody typed two groups back; None while nobody has."""
        with self._uows.read() as uow:
            text = uow.school.setting(RECOVERY_CONFIRMED)
        return datetime.fromisoformat(text) if text else None

    def confirm(self, actor: Actor, *, printed: bool) -> CommandResult:
        """Two groups were typed back from the paper; `printed` False: it was copied by hand."""
        require(actor, _WHAT, Role.PRINCIPAL)
        now = self._clock.now()
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), _WHAT, Role.PRINCIPAL)
            uow.school.set_setting(RECOVERY_CONFIRMED, now.isoformat())
            draft = TrailDraft("recovery.confirmed", {"printed": printed})
            seq = uow.trail.append(draft, actor, now)
            uow.commit()
        topics = frozenset({Topic.SETTINGS, Topic.TRAIL})
        return CommandResult(topics, seq, "Đã có phiếu khôi phục")

    def sheet(self, code: str, principal: str) -> RecoverySheet:
        """What goes to the printer, and nowhere else."""
        with self._uows.read() as uow:
            school = uow.school.get()
        if school is None:
            raise RuleRefused("no_school", "Tệp chưa ghi tên trường; hãy điền ở trang Quản trị.")
        lines = SchoolLines(school.authority, school.name, school.commune, school.province)
        groups = tuple(code.split("-"))
        return RecoverySheet(lines, self._file_name, self._clock.now(), groups, principal)
