"""Sổ theo dõi vật mang: where each sealed copy is kept, its checks, who broke its seal (M160)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.actor import Actor
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.ids import SchoolYearId
from app.domain.media_events import (
    CHECK_EVERY_MONTHS,
    MediumAct,
    MediumEvent,
    MediumHistory,
    MediumState,
    months_later,
)
from app.domain.roles import Role
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.media import BagChecker, VerifyReport
from app.ports import SealRecord, UnitOfWork, UowFactory
from app.progress import Progress, no_progress
from app.services.standing import require_standing
from app.text import clean

KEEPERS = (Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.SECRETARY, Role.ADMINISTRATOR)
"""Who writes the register."""
_WHAT = "ghi sổ theo dõi vật mang"
_PROBLEMS_KEPT = 5
_KINDS = {
    MediumAct.PLACED: "medium.placed",
    MediumAct.CHECKED: "medium.checked",
    MediumAct.OPENED: "medium.opened",
    MediumAct.CLOSED: "medium.closed",
}
_Payload = Callable[[MediumEvent], object]


@dataclass(frozen=True, slots=True)
class Medium:
    """A sealed copy and what the register says of it."""

    record: SealRecord
    history: MediumHistory

    @property
    def keeper(self) -> str:
        """Who keeps it: by the register, else by the seal's own record."""
        return self.history.keeper or self.record.keeper

    @property
    def check_due(self) -> date:
        """By when it is to be read again."""
        return self.history.check_due(self.record.sealed_at.date())


@dataclass(frozen=True, slots=True)
class Unsealing:
    """Who may break a seal and why; every text is asked for."""

    decision_no: str
    reason: str
    people: str


@dataclass(frozen=True, slots=True)
class Rechecked:
    """A filed check: what the medium said, and the line that was written."""

    report: VerifyReport
    event: MediumEvent


class MediaRegister:
    """Reads and appends to the register; nothing in it is ever changed."""

    def __init__(self, uows: UowFactory, clock: Clock, check: BagChecker) -> None:
        self._uows = uows
        self._clock = clock
        self._check = check

    def of_year(self, year_id: SchoolYearId) -> tuple[Medium, ...]:
        """Every sealed copy of the year with its history."""
        with self._uows.read() as uow:
            events = uow.media.of_year(year_id)
            return tuple(
                Medium(
                    record,
                    MediumHistory(tuple(e for e in events if e.copy_no == record.copy_no)),
                )
                for record in uow.control.seals(year_id)
            )

    def due(self) -> tuple[tuple[str, Medium], ...]:
        """(school year, medium) of all years whose day of reading has come, the oldest first."""
        today = self._clock.today()
        with self._uows.read() as uow:
            years = uow.school.years()
        found = [
            (year.name, medium)
            for year in years
            for medium in self.of_year(year.id)
            if medium.check_due <= today
        ]
        return tuple(sorted(found, key=lambda one: one[1].check_due))

    def place(
        self,
        actor: Actor,
        year_id: SchoolYearId,
        copy_no: int,
        keeper: str,
        place: str,
        next_check_on: date | None = None,
    ) -> CommandResult:
        """Note who keeps the medium where, from now on."""
        if not clean(keeper) or not clean(place):
            raise RuleRefused(
                "place_incomplete",
                "Chưa ghi người giữ hoặc nơi cất nên chưa ghi sổ; hãy ghi đủ để năm sau còn tìm "
                "thấy vật mang này.",
            )
        self._refuse_past(next_check_on)
        event = MediumEvent(
            year_id,
            copy_no,
            MediumAct.PLACED,
            self._clock.now(),
            actor.account_id,
            people=clean(keeper),
            place=clean(place),
            next_check_on=next_check_on,
        )
        return self._append(actor, event, f"Đã ghi nơi cất bản {copy_no}")

    def recheck(
        self,
        actor: Actor,
        year_id: SchoolYearId,
        copy_no: int,
        folder: Path,
        progress: Progress = no_progress,
    ) -> CommandResult:
        """Read every byte of the medium under `folder` and file the result; payload `Rechecked`.

        Refused when nothing can be read there or when it is not this copy: that says nothing of
        the medium that was meant.
        """
        with self._uows.read() as uow:
            require_standing(uow, actor, self._clock.today(), _WHAT, *KEEPERS)
            record = self._record(uow, year_id, copy_no)
        report = self._check(_bag_in(folder, record), record.fingerprint, progress)
        if report.exit_code == 2:
            raise RuleRefused(
                "medium_not_there",
                f"Không đọc được bản {copy_no} ở “{folder}”: {' '.join(report.lines[1:])} Hãy cắm "
                f"đúng vật mang ({record.drive_label or 'không nhãn'}, gói {record.bag_name}) rồi "
                "kiểm tra lại; sổ chưa ghi gì.",
            )
        _refuse_other(report, record)
        today = self._clock.today()
        event = MediumEvent(
            year_id,
            copy_no,
            MediumAct.CHECKED,
            self._clock.now(),
            actor.account_id,
            note="; ".join(f"{file}: {why}" for file, why in report.problems[:_PROBLEMS_KEPT]),
            next_check_on=months_later(today, CHECK_EVERY_MONTHS),
            state=MediumState(report.verdict.value),
            files=report.files,
            bytes=report.bytes,
        )
        words = f"Bản {copy_no}: {MediumState(report.verdict.value).label.lower()}"
        return self._append(actor, event, words, lambda filed: Rechecked(report, filed))

    def unseal(
        self, actor: Actor, year_id: SchoolYearId, copy_no: int, by: Unsealing
    ) -> CommandResult:
        """Sổ mở niêm phong: the seal of the envelope is broken by decision, before witnesses."""
        if not clean(by.decision_no) or not clean(by.reason) or not clean(by.people):
            raise RuleRefused(
                "unsealing_incomplete",
                "Mở niêm phong cần số quyết định, lý do và những người có mặt; hãy ghi đủ cả ba.",
            )
        with self._uows.read() as uow:
            if self._history(uow, year_id, copy_no).is_open:
                raise RuleRefused(
                    "already_open",
                    f"Bản {copy_no} đang mở niêm phong; hãy ghi niêm phong lại trước khi mở lần "
                    "nữa.",
                )
        event = MediumEvent(
            year_id,
            copy_no,
            MediumAct.OPENED,
            self._clock.now(),
            actor.account_id,
            people=clean(by.people),
            note=f"Quyết định số {clean(by.decision_no)}: {clean(by.reason)}",
        )
        return self._append(actor, event, f"Đã ghi mở niêm phong bản {copy_no}")

    def reseal(
        self, actor: Actor, year_id: SchoolYearId, copy_no: int, people: str, note: str = ""
    ) -> CommandResult:
        """The envelope was closed and sealed again before witnesses."""
        if not clean(people):
            raise RuleRefused(
                "witnesses_required", "Niêm phong lại cần người chứng kiến; hãy ghi họ tên."
            )
        with self._uows.read() as uow:
            if not self._history(uow, year_id, copy_no).is_open:
                raise RuleRefused(
                    "not_open",
                    f"Bản {copy_no} không ghi là đang mở nên không có gì niêm phong lại.",
                )
        event = MediumEvent(
            year_id,
            copy_no,
            MediumAct.CLOSED,
            self._clock.now(),
            actor.account_id,
            people=clean(people),
            note=clean(note),
        )
        return self._append(actor, event, f"Đã ghi niêm phong lại bản {copy_no}")

    # --- inside

    def _append(
        self,
        actor: Actor,
        event: MediumEvent,
        summary: str,
        payload: _Payload = lambda event: event,
    ) -> CommandResult:
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), _WHAT, *KEEPERS)
            record = self._record(uow, event.school_year_id, event.copy_no)
            uow.media.add(event)
            seq = uow.trail.append(
                TrailDraft(_KINDS[event.act], _detail(event, record)), actor, event.at
            )
            uow.commit()
        return CommandResult(frozenset({Topic.SEALS}), seq, summary, payload=payload(event))

    def _history(self, uow: UnitOfWork, year_id: SchoolYearId, copy_no: int) -> MediumHistory:
        events = uow.media.of_year(year_id)
        return MediumHistory(tuple(e for e in events if e.copy_no == copy_no))

    def _record(self, uow: UnitOfWork, year_id: SchoolYearId, copy_no: int) -> SealRecord:
        found = next((s for s in uow.control.seals(year_id) if s.copy_no == copy_no), None)
        if found is None:
            year = uow.school.year(year_id)
            raise RuleRefused(
                "no_such_seal",
                f"Năm học {year.name} không có bản niêm phong số {copy_no}; hãy chọn một bản trong "
                "danh sách.",
            )
        return found

    def _refuse_past(self, day: date | None) -> None:
        if day is not None and day <= self._clock.today():
            raise RuleRefused(
                "check_day_past", "Ngày kiểm tra lại phải sau hôm nay; hãy chọn ngày khác."
            )


def carry_place(
    uow: UnitOfWork, actor: Actor, record: SealRecord, place: str, at: datetime
) -> bool:
    """Note, in the open transaction, where the minutes say a medium is kept; whether it was noted.

    Only while the register knows no place: minutes printed again later must not move the medium.
    """
    events = uow.media.of_year(record.school_year_id)
    here = MediumHistory(tuple(e for e in events if e.copy_no == record.copy_no))
    if here.place or not clean(place):
        return False
    event = MediumEvent(
        record.school_year_id,
        record.copy_no,
        MediumAct.PLACED,
        at,
        actor.account_id,
        people=here.keeper or record.keeper,
        place=clean(place),
    )
    uow.media.add(event)
    uow.trail.append(TrailDraft(_KINDS[event.act], _detail(event, record)), actor, at)
    return True


def _detail(event: MediumEvent, record: SealRecord) -> Mapping[str, object]:
    return {
        "copy": event.copy_no,
        "bag": record.bag_name,
        "people": event.people,
        "place": event.place,
        "note": event.note,
        "state": "" if event.state is None else event.state.value,
        "files": event.files,
        "bytes": event.bytes,
        "next_check_on": "" if event.next_check_on is None else event.next_check_on.isoformat(),
    }


def _bag_in(folder: Path, record: SealRecord) -> Path:
    """The bag of that name below the folder, else the folder itself."""
    inside = folder / record.bag_name
    return inside if inside.is_dir() else folder


def _refuse_other(report: VerifyReport, record: SealRecord) -> None:
    """A whole and rightly signed bag that is not the one meant."""
    if report.list_sha512 not in (None, record.tagmanifest_sha512):
        name = report.info.get("External-Identifier", report.path.name)
        raise RuleRefused(
            "other_medium",
            f"Đây là gói “{name}”, không phải bản {record.copy_no} (gói {record.bag_name}). Hãy "
            "cắm đúng vật mang; sổ chưa ghi gì.",
        )
