"""Biên bản niêm phong put together from the record of one sealed medium."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.ids import SchoolYearId
from app.domain.roles import Role
from app.errors import RuleRefused
from app.media import megabytes
from app.ports import SealRecord, UnitOfWork
from app.readmodels.minutes import Person
from app.readmodels.sealing_minutes import SealingMinutes
from app.services.book_assembly import school_lines
from app.services.checkpoints import CheckpointReason
from app.services.medium_contents import contents_on
from app.text import clean

BLANK = "………………"
"""Left for a pen where the file knows nobody."""


@dataclass(frozen=True, slots=True)
class SealingOccasion:
    """What only the people present know: where it is kept, what it is, where and when they sat.

    Blank `venue` means the school's office; `began` None means the moment of the record.
    """

    storage: str
    medium_kind: str = "Ổ đĩa rời"
    venue: str = ""
    began: datetime | None = None


def assemble_sealing_minutes(
    uow: UnitOfWork, year_id: SchoolYearId, copy_no: int, occasion: SealingOccasion
) -> SealingMinutes:
    """Biên bản of one copy; RuleRefused `no_such_seal`, `storage_required`, `no_school`."""
    record = next((s for s in uow.control.seals(year_id) if s.copy_no == copy_no), None)
    year = uow.school.year(year_id)
    if record is None:
        raise RuleRefused(
            "no_such_seal",
            f"Năm học {year.name} chưa có bản niêm phong số {copy_no} nên chưa lập biên bản; hãy "
            "niêm phong xong rồi in biên bản.",
        )
    if not clean(occasion.storage):
        raise RuleRefused(
            "storage_required",
            "Chưa ghi nơi lưu giữ nên chưa in biên bản niêm phong; hãy ghi phòng, tủ nơi cất "
            "vật mang này.",
        )
    school = uow.school.get()
    if school is None:
        raise RuleRefused("no_school", "Tệp chưa ghi tên trường; hãy điền ở trang Quản trị.")
    at = record.sealed_at
    people = uow.accounts.all(at.date())
    chair = next((a.full_name for a in people if a.id == record.sealed_by), BLANK)
    secretary = next((a.full_name for a in people if Role.SECRETARY.value in a.roles), BLANK)
    return SealingMinutes(
        school=school_lines(school),
        number="",
        day=at.day,
        month=at.month,
        year=at.year,
        began=_moment(occasion.began or at),
        ended=_moment(at),
        venue=clean(occasion.venue) or f"Văn phòng {school.name}",
        chair=Person(chair, Role.PRINCIPAL.label),
        secretary=Person(secretary, Role.SECRETARY.label),
        witnesses=named_people(record.witnesses),
        school_year=year.name.replace("-", "–"),
        medium_kind=clean(occasion.medium_kind),
        medium_label=record.drive_label or "không có nhãn",
        medium_serial=_serial(record),
        bag_name=record.bag_name,
        files=record.files,
        size_text=megabytes(record.bytes),
        contents=tuple(f"{folder}: {words}" for folder, words in contents_on(record.holds.split())),
        manifest_digest=record.tagmanifest_sha512,
        key_fingerprint=record.fingerprint,
        # A seal is recorded only after every file was read back from the medium.
        read_back=f"{record.files}/{record.files} tệp khớp mã băm, chữ ký đúng",
        custodian=next(iter(named_people(record.keeper))),
        storage=clean(occasion.storage),
        checkpoint_code=_checkpoint_code(uow, record),
    )


def _serial(record: SealRecord) -> str:
    if record.image_sha256:
        return f"SHA-256 của ảnh đĩa: {record.image_sha256}"
    return record.drive_serial or "không đọc được"


def named_people(text: str) -> tuple[Person, ...]:
    """People with their duties, from text like: Nguyễn Văn A, Phó hiệu trưởng; Trần Thị B."""
    found = []
    for part in text.split(";"):
        name, _, duty = clean(part).partition(",")
        if name:
            found.append(Person(clean(name), clean(duty)))
    return tuple(found)


def _moment(at: datetime) -> str:
    return f"{at:%H} giờ {at:%M} phút ngày {at:%d/%m/%Y}"


def _checkpoint_code(uow: UnitOfWork, record: SealRecord) -> str:
    at = record.sealed_at.isoformat(timespec="seconds")
    signed = (
        p for p in uow.trail.checkpoints() if p.reason == CheckpointReason.SEAL and p.at == at
    )
    return next((point.code for point in signed), "")
