"""Nhãn, bìa và sổ theo dõi of a sealed medium: printed, numbered and kept (M159, M160)."""

from __future__ import annotations

from datetime import date

from app.actor import Actor
from app.changes import CommandResult
from app.clock import Clock
from app.domain.ids import SchoolYearId
from app.domain.print_runs import MEDIUM_COVER
from app.domain.roles import Role
from app.errors import RuleRefused
from app.media import megabytes
from app.ports import SealRecord, UnitOfWork, UowFactory
from app.presses import PaperPress
from app.readmodels.medium_cover import CoverLine, MediumCover, medium_cover_digest
from app.services.book_assembly import school_lines
from app.services.media_register import KEEPERS, MediaRegister, Medium
from app.services.medium_contents import contents_on
from app.services.print_keeping import keep_run, official_run, official_stamp
from app.services.sealing_papers import BLANK
from app.services.standing import require_standing
from app.text import date_vn


class MediaPapers:
    """Prints what lies with a medium."""

    def __init__(
        self, uows: UowFactory, clock: Clock, press: PaperPress, register: MediaRegister
    ) -> None:
        self._uows = uows
        self._clock = clock
        self._press = press
        self._register = register

    def print_cover(self, actor: Actor, year_id: SchoolYearId, copy_no: int) -> CommandResult:
        """One numbered run; the payload is `Printed`."""
        media = self._register.of_year(year_id)
        with self._uows.write() as uow:
            today = self._clock.today()
            actor = require_standing(uow, actor, today, "in bìa vật mang", *KEEPERS)
            medium = next((one for one in media if one.record.copy_no == copy_no), None)
            if medium is None:
                raise RuleRefused(
                    "no_such_seal",
                    f"Năm học này không có bản niêm phong số {copy_no}; hãy chọn một bản trong "
                    "danh sách.",
                )
            cover = _cover(uow, medium, today)
            stamp = official_stamp(uow, year_id, medium_cover_digest(cover), self._clock.now())
            pdf = self._press.medium_cover(cover, stamp)
            title = f"Nhãn và bìa vật mang năm học {cover.school_year}, {cover.medium}"
            run = official_run(actor, year_id, MEDIUM_COVER, title, stamp, pdf)
            return keep_run(uow, actor, run, pdf)


def medium_title(record: SealRecord) -> str:
    """Which medium: "bản 2", "bản 3, đĩa 1/2", "gói bổ sung 1"."""
    parts = [f"bản {record.copy_no}"]
    if record.medium == "disc":
        parts.append(f"đĩa {record.part}/{record.parts}")
    if record.supplement:
        parts.append(f"bổ sung {record.supplement}")
    return ", ".join(parts)


def _cover(uow: UnitOfWork, medium: Medium, today: date) -> MediumCover:
    record = medium.record
    school = uow.school.get()
    if school is None:
        raise RuleRefused("no_school", "Tệp chưa ghi tên trường; hãy điền ở trang Quản trị.")
    people = uow.accounts.all(today)
    year = uow.school.year(record.school_year_id)
    serial = f"số sê-ri {record.drive_serial or 'không đọc được'}"
    if record.image_sha256:
        serial = f"SHA-256 ảnh đĩa {record.image_sha256[:16]}…"
    return MediumCover(
        school=school_lines(school),
        day=today.day,
        month=today.month,
        year=today.year,
        school_year=year.name.replace("-", "–"),
        medium=medium_title(record),
        label=record.drive_label or "không có",
        serial=serial,
        bag_name=record.bag_name,
        files=record.files,
        size_text=megabytes(record.bytes),
        contents=tuple(f"{folder}: {words}" for folder, words in contents_on(record.holds.split())),
        sealed_on=date_vn(record.sealed_at.date()),
        manifest_digest=record.tagmanifest_sha512,
        key_fingerprint=record.fingerprint,
        keeper=medium.keeper,
        place=medium.history.place or BLANK,
        check_due=date_vn(medium.check_due),
        lines=tuple(
            CoverLine(
                date_vn(event.at.date()),
                event.act.label,
                "; ".join(
                    part
                    for part in (
                        "" if event.state is None else event.state.label,
                        event.place,
                        event.note,
                    )
                    if part
                ),
                event.people,
            )
            for event in medium.history.events
        ),
        secretary=next((p.full_name for p in people if Role.SECRETARY.value in p.roles), BLANK),
        principal=next((p.full_name for p in people if Role.PRINCIPAL.value in p.roles), BLANK),
    )
