"""Rules every change of a roster obeys: clean profiles, no pupil twice, the order of names."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date
from typing import Any

from app.actor import Actor, require
from app.domain.accounts import clean_person_name
from app.domain.case_rules import LOCKED_PROFILE_FIELDS
from app.domain.ids import PupilId
from app.domain.pupils import (
    DATE_FIELDS,
    EMAIL_FIELDS,
    FIELD_TITLES,
    IDENTITY_FIELDS,
    Inclusion,
    PupilProfile,
)
from app.domain.roles import Role
from app.domain.school import SchoolClass, SchoolYear
from app.errors import RuleRefused
from app.importing.values import MINISTRY_CODE_DIGITS, PERSONAL_ID_DIGITS, Sex
from app.ports import UnitOfWork
from app.text import clean, date_vn, name_key

_DIGITS = {"ministry_code": MINISTRY_CODE_DIGITS, "personal_id": PERSONAL_ID_DIGITS}
_CHOICES = {
    "sex": ("sex_invalid", tuple(sex.value for sex in Sex)),
    "inclusion": ("inclusion_invalid", tuple(kind.value for kind in Inclusion)),
}
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_OLDEST_YEAR = 1990
_TEXT_LIMIT = 200


def clean_profile(profile: PupilProfile, today: date | None = None) -> PupilProfile:
    """The profile as stored: NFC, trimmed, codes of the right length, born before `today`.

    Raises RuleRefused.
    """
    texts: dict[str, Any] = {
        item.name: clean(getattr(profile, item.name))
        for item in fields(PupilProfile)
        if item.name not in DATE_FIELDS
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
    for field, (code, choices) in _CHOICES.items():
        if texts[field] and texts[field] not in choices:
            raise RuleRefused(
                code,
                f"{FIELD_TITLES[field]} của {name} phải là {' hoặc '.join(choices)}, ở đây là "
                f"“{texts[field]}”; hãy chọn lại.",
                field=field,
            )
    for field in EMAIL_FIELDS:
        if texts[field] and not _EMAIL.fullmatch(texts[field]):
            raise RuleRefused(
                "email_invalid",
                f"{FIELD_TITLES[field]} của {name} là “{texts[field]}”, không giống địa chỉ thư; "
                "hãy ghi dạng ten@mien.vn hoặc để trống.",
                field=field,
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
            field="birth_date",
        )
    cleaned = replace(profile, **texts)
    _check_verified(cleaned, today)
    return cleaned


def _check_verified(profile: PupilProfile, today: date | None) -> None:
    """Đã xác thực stands on a personal ID and on a day that has come (M88)."""
    day = profile.personal_id_verified_on
    if day is None:
        return
    if not profile.personal_id:
        raise RuleRefused(
            "verified_without_id",
            f"{profile.full_name} chưa có số định danh cá nhân nên không ghi đã xác thực được; "
            "hãy ghi đủ 12 chữ số trước, hoặc để trống ngày xác thực.",
            field="personal_id_verified_on",
        )
    if today is not None and day > today:
        raise RuleRefused(
            "verified_later",
            f"Ngày xác thực {date_vn(day)} của {profile.full_name} chưa tới; hãy ghi ngày đã đối "
            "chiếu với CSDL quốc gia về dân cư.",
            field="personal_id_verified_on",
        )


def keep_verified(old: PupilProfile, new: PupilProfile) -> PupilProfile:
    """`new` without the mark đã xác thực when what it confirmed has changed since.

    A day written together with the change stands: somebody looked again.
    """
    same_mark = new.personal_id_verified_on == old.personal_id_verified_on
    changed = any(getattr(old, name) != getattr(new, name) for name in IDENTITY_FIELDS)
    return replace(new, personal_id_verified_on=None) if same_mark and changed else new


def refuse_own_verification(
    actor: Actor, old: PupilProfile, new: PupilProfile, verifiers: tuple[Role, ...]
) -> None:
    """Only the office writes đã xác thực: it is what compares with the national database."""
    day = new.personal_id_verified_on
    if day is not None and day != old.personal_id_verified_on:
        require(actor, "ghi đã xác thực định danh", *verifiers)


def refuse_locked_fields(klass: SchoolClass, old: PupilProfile, new: PupilProfile) -> None:
    """After chốt danh sách what the books print of a pupil changes only by a case (M67, M184).

    A field still empty is filled here.
    """
    if klass.roster_frozen_at is None:
        return
    changed = [
        FIELD_TITLES[name]
        for name in LOCKED_PROFILE_FIELDS
        if getattr(old, name) and getattr(old, name) != getattr(new, name)
    ]
    if changed:
        raise RuleRefused(
            "needs_case",
            f"Danh sách lớp {klass.name} đã chốt ngày {date_vn(klass.roster_frozen_at)} và sổ in "
            f"theo đó, nên {', '.join(changed)} của {old.full_name} chỉ đổi bằng hồ sơ sửa thông "
            "tin học sinh; hãy bấm “Lập hồ sơ sửa thông tin” ở em này.",
            fields=changed,
        )


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
