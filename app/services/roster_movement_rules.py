"""Rules of coming, leaving and changing class: possible days, needed reasons and papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from app.actor import Actor
from app.domain.accounts import refuse_too_long
from app.domain.movements import NO_PAPER, Movement, MovementKind, MovementPaper
from app.domain.pupils import RosterEntry
from app.domain.school import SchoolClass, SchoolYear
from app.errors import RuleRefused
from app.ports import UnitOfWork
from app.text import clean, date_vn

_REASON_LIMIT = 500
_PAPER_LIMIT = 200
_WITH_PAPER = {
    MovementKind.TRANSFER_IN: "trường cũ",
    MovementKind.TRANSFER_OUT: "trường nơi đến",
}


def needed_reason(reason: str, what: str) -> str:
    """The reason as stored; RuleRefused without one."""
    why = clean(reason)
    if not why:
        raise RuleRefused(
            "reason_missing", f"Chưa ghi lý do {what}; hãy ghi ngắn gọn, kèm số quyết định nếu có."
        )
    refuse_too_long(why, f"Lý do {what}", _REASON_LIMIT)
    return why


def clean_paper(kind: MovementKind, paper: MovementPaper) -> MovementPaper:
    """School and document as stored; a change of school needs both (M92: hồ sơ chuyển trường)."""
    cleaned = MovementPaper(clean(paper.school), clean(paper.document))
    refuse_too_long(cleaned.school, "Tên trường", _PAPER_LIMIT)
    refuse_too_long(cleaned.document, "Giấy tờ", _PAPER_LIMIT)
    school = _WITH_PAPER.get(kind)
    if school is None:
        return cleaned
    for field, text, words in (
        ("school", cleaned.school, f"tên {school}"),
        ("document", cleaned.document, "số giấy giới thiệu chuyển trường"),
    ):
        if not text:
            raise RuleRefused(
                "paper_missing",
                f"{kind.label} phải có {words}; hãy ghi theo hồ sơ chuyển trường của em.",
                field=field,
            )
    return cleaned


def refuse_day_outside(year: SchoolYear, day: date, what: str) -> None:
    """A day from the July before the school year to the end of August after it."""
    if not year.starts_on.replace(month=7, day=1) <= day <= date(year.ends_on.year, 8, 31):
        raise RuleRefused(
            "day_outside_year",
            f"{what} {date_vn(day)} không thuộc năm học {year.name}; hãy ghi lại ngày.",
        )


def refuse_leaving(
    klass: SchoolClass, year: SchoolYear, entry: RosterEntry, on: date, today: date
) -> None:
    """Refuse the leaving of somebody who is gone, or on a day that cannot be."""
    name = entry.profile.full_name
    if entry.left_on is not None:
        raise RuleRefused(
            "pupil_left",
            f"{name} đã rời lớp {klass.name} ngày {date_vn(entry.left_on)}.",
        )
    refuse_day_outside(year, on, "Ngày rời lớp")
    if on < entry.joined_on or on > today:
        raise RuleRefused(
            "leave_date",
            f"{name} vào lớp ngày {date_vn(entry.joined_on)} nên không rời lớp ngày "
            f"{date_vn(on)} được; hãy ghi ngày từ hôm ấy đến hôm nay.",
        )


def refuse_elsewhere(uow: UnitOfWork, year: SchoolYear, entry: RosterEntry) -> None:
    """Refuse the return of a pupil who is in another class now."""
    for _, class_name, other in uow.roster.everyone(year.id):
        if other.pupil_id == entry.pupil_id and other.left_on is None:
            raise RuleRefused(
                "pupil_elsewhere",
                f"{entry.profile.full_name} đang học lớp {class_name}; hãy dùng Chuyển lớp.",
            )


def former_line(
    old: SchoolClass,
    new: SchoolClass,
    entry: RosterEntry,
    there: Sequence[RosterEntry],
    on: date,
    grade: int,
) -> RosterEntry | None:
    """The struck line the pupil still has in `new`, None for a newcomer; refuses a wrong class.

    `grade`: the one the pupil belongs to by the results of the year before.
    """
    name = entry.profile.full_name
    if (
        old.id == new.id
        or old.school_year_id != new.school_year_id
        or new.grade not in (old.grade, grade)
    ):
        raise RuleRefused(
            "move_target",
            f"{name} chỉ chuyển được sang một lớp khác cùng khối {old.grade} của cùng năm học, "
            f"không sang {new.name} được; hãy chọn lại lớp.",
        )
    for other in there:
        if other.pupil_id == entry.pupil_id:
            if other.left_on is not None and on < other.left_on:
                raise RuleRefused(
                    "return_date",
                    f"{name} rời lớp {new.name} ngày {date_vn(other.left_on)} nên không trở lại "
                    f"ngày {date_vn(on)} được; hãy ghi ngày từ hôm ấy đến hôm nay.",
                )
            return other
    return None


def move_detail(klass: SchoolClass, entry: RosterEntry, on: date, why: str) -> dict[str, object]:
    """What the trail keeps of every movement."""
    return {
        "class": klass.name,
        "pupil": entry.pupil_id,
        "name": entry.profile.full_name,
        "on": on.isoformat(),
        "reason": why,
    }


def paper_detail(kind: MovementKind, paper: MovementPaper) -> dict[str, object]:
    """Kind and paper for the trail."""
    return {"movement": kind.value, "school": paper.school, "document": paper.document}


def record(
    uow: UnitOfWork,
    actor: Actor,
    at: datetime,
    klass: SchoolClass,
    entry: RosterEntry,
    kind: MovementKind,
    on: date,
    why: str = "",
    paper: MovementPaper = NO_PAPER,
    other: SchoolClass | None = None,
) -> None:
    """Keep one step for the pupil's history and the monthly list."""
    uow.pupils.add_movement(
        Movement(
            klass.id,
            entry.pupil_id,
            kind,
            on,
            why,
            paper,
            None if other is None else other.id,
            actor.account_id,
            at,
        )
    )
