"""Rules every change of a roster obeys: clean profiles, no pupil twice, the order of names."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

from app.domain.accounts import clean_person_name
from app.domain.ids import PupilId
from app.domain.pupils import FIELD_TITLES, PupilProfile
from app.domain.school import SchoolClass, SchoolYear
from app.errors import RuleRefused
from app.importing.values import MINISTRY_CODE_DIGITS, PERSONAL_ID_DIGITS, Sex
from app.ports import UnitOfWork
from app.text import clean, date_vn, name_key

_DIGITS = {"ministry_code": MINISTRY_CODE_DIGITS, "personal_id": PERSONAL_ID_DIGITS}
_SEXES = ("", *(sex.value for sex in Sex))
_OLDEST_YEAR = 1990
_TEXT_LIMIT = 200


def clean_profile(profile: PupilProfile, today: date | None = None) -> PupilProfile:
    """The profile as stored: NFC, trimmed, codes of the right length, born before `today`.

    Raises RuleRefused.
    """
    texts: dict[str, Any] = {
        item.name: clean(getattr(profile, item.name))
        for item in fields(PupilProfile)
        if item.name != "birth_date"
    }
    texts["full_name"] = clean_person_name(profile.full_name, "Họ tên học sinh")
    name = texts["full_name"]
    for field, digits in _DIGITS.items():
        code = texts[field]
        if code and not (code.isascii() and code.isdecimal() and len(code) == digits):
            raise RuleRefused(
                "code_invalid",
                f"{FIELD_TITLES[field]} của {name} phải gồm đúng {digits} chữ số, ở đây là "
                f"“{code}”; hãy ghi lại mã, kể cả số 0 đứng đầu.",
                field=field,
            )
    if texts["sex"] not in _SEXES:
        raise RuleRefused(
            "sex_invalid",
            f"Giới tính của {name} phải là Nam hoặc Nữ, ở đây là “{texts['sex']}”; hãy chọn lại.",
        )
    for field, text in texts.items():
        if len(text) > _TEXT_LIMIT:
            raise RuleRefused(
                "text_too_long",
                f"{FIELD_TITLES[field]} của {name} dài {len(text)} ký tự, sổ chứa nhiều nhất "
                f"{_TEXT_LIMIT}; hãy ghi ngắn lại.",
                field=field,
            )
    born = profile.birth_date
    if born is not None and (born.year < _OLDEST_YEAR or (today is not None and born > today)):
        raise RuleRefused(
            "birth_date_invalid",
            f"Ngày sinh {date_vn(born)} của {name} không thể đúng; hãy ghi lại ngày sinh.",
        )
    return replace(profile, **texts)


def refuse_duplicates(
    uow: UnitOfWork,
    year: SchoolYear,
    profile: PupilProfile,
    *,
    except_pupil: PupilId | None = None,
) -> None:
    """Refuse a profile whose ministry code or personal ID another pupil of the year has."""
    for _, class_name, entry in uow.roster.everyone(year.id):
        if entry.pupil_id == except_pupil:
            continue
        for field in _DIGITS:
            code = getattr(profile, field)
            if code and code == getattr(entry.profile, field):
                state = "đã rời" if entry.left_on else "đang học"
                raise RuleRefused(
                    "pupil_exists",
                    f"{FIELD_TITLES[field]} {code} là của {entry.profile.full_name}, {state} lớp "
                    f"{class_name}; nếu cùng một em hãy dùng Chuyển lớp hoặc Trở lại lớp, nếu khác "
                    "em hãy sửa mã.",
                    field=field,
                    pupil_id=entry.pupil_id,
                )


def refuse_sealed(uow: UnitOfWork, klass: SchoolClass) -> None:
    """Refuse any change of a class whose year is sealed."""
    seal = uow.control.class_locks(klass.id).seal
    if seal is not None:
        raise RuleRefused(
            "year_sealed",
            f"Năm học của lớp {klass.name} đã niêm phong ngày {date_vn(seal.sealed_at)} nên danh "
            "sách không sửa được; muốn sửa phải có quyết định mở niêm phong của hiệu trưởng.",
            class_id=klass.id,
        )


def order_by_name(uow: UnitOfWork, klass: SchoolClass) -> None:
    """Number the lines by Vietnamese given name; a frozen roster keeps its order."""
    if klass.roster_frozen_at is not None:
        return
    entries = uow.roster.entries(klass.id)
    ordered = sorted(
        entries,
        key=lambda e: (
            name_key(e.profile.full_name),
            e.profile.birth_date or date.min,
            e.pupil_id,
        ),
    )
    uow.roster.set_positions(klass.id, [entry.pupil_id for entry in ordered])
