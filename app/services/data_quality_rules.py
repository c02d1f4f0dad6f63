"""What is looked at under "đúng, đủ, sạch, sống": pure rules over profiles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.domain.ids import ClassId, PupilId
from app.domain.personal_id import personal_id_doubts
from app.domain.pupils import EMAIL_FIELDS, FIELD_TITLES, PHONE_FIELDS, PupilProfile, RosterEntry
from app.importing.values import is_phone
from app.readmodels.data_quality import Finding, Quality
from app.readmodels.roster import missing_fields
from app.text import clean, date_vn, fold

_USUAL_AGE_OF_GRADE_1 = 6
_OLDER, _YOUNGER = 3, 1
"""A pupil may be up to three years older (TT32/2020, Điều 33)."""
_PARENTS = ("father", "mother", "guardian")


@dataclass(frozen=True, slots=True)
class Placed:
    """A pupil still in a class, with what the rules want to know of the class."""

    class_id: ClassId
    class_name: str
    grade: int
    first_year: int
    entry: RosterEntry

    def found(self, quality: Quality, field: str, sentence: str) -> Finding:
        """A finding about this pupil."""
        return Finding(
            quality,
            self.class_id,
            self.class_name,
            self.entry.pupil_id,
            self.entry.position,
            self.entry.profile.full_name,
            field,
            sentence,
        )


def findings_of(pupil: Placed) -> list[Finding]:
    """What one profile shows by itself: đúng, đủ, sống."""
    return [*_valid(pupil), *_complete(pupil), *_live(pupil)]


def duplicates(pupils: Sequence[Placed]) -> list[Finding]:
    """Sạch: one pupil kept twice in the school year.

    The same ministry code or personal ID; the same name, birth date and parent; or, weaker, the
    same name and birth date.
    """
    found: list[Finding] = []
    told: set[frozenset[PupilId]] = set()
    for field, key_of, words in _KEYS:
        groups: dict[str, list[Placed]] = {}
        for pupil in pupils:
            for key in key_of(pupil.entry.profile):
                groups.setdefault(key, []).append(pupil)
        for group in groups.values():
            ids = frozenset(one.entry.pupil_id for one in group)
            if len(group) < 2 or ids in told:
                continue
            told.add(ids)
            for one in group:
                others = [other for other in group if other is not one]
                found.append(one.found(Quality.CLEAN, field, f"{words} với {_named(others)}"))
    return found


def _valid(pupil: Placed) -> Iterable[Finding]:
    profile = pupil.entry.profile
    for doubt in personal_id_doubts(profile):
        yield pupil.found(Quality.VALID, "personal_id", doubt)
    born = profile.birth_date
    if born is not None:
        usual = pupil.first_year - _USUAL_AGE_OF_GRADE_1 - pupil.grade + 1
        older = usual - born.year
        if older > _OLDER or older < -_YOUNGER:
            words = f"sinh {date_vn(born)}, lớp {pupil.grade} thường sinh năm {usual}"
            yield pupil.found(Quality.VALID, "birth_date", words)
    for field in PHONE_FIELDS:
        text = getattr(profile, field)
        if text and not is_phone(text):
            yield pupil.found(Quality.VALID, field, f"“{text}” không giống số điện thoại Việt Nam")
    for field in _PARENTS:
        text = getattr(profile, field)
        if text and fold(text) == fold(profile.full_name):
            yield pupil.found(Quality.VALID, field, f"{FIELD_TITLES[field]} trùng tên học sinh")


def _complete(pupil: Placed) -> Iterable[Finding]:
    profile = pupil.entry.profile
    for field in missing_fields(profile):
        yield pupil.found(Quality.COMPLETE, field, "còn trống")
    if profile.inclusion and not profile.inclusion_document:
        yield pupil.found(
            Quality.COMPLETE,
            "inclusion_document",
            f"{profile.inclusion} phải có giấy xác nhận khuyết tật hoặc quyết định",
        )


def _live(pupil: Placed) -> Iterable[Finding]:
    profile = pupil.entry.profile
    if profile.personal_id and profile.personal_id_verified_on is None:
        yield pupil.found(
            Quality.LIVE, "personal_id_verified_on", "chưa xác thực với CSDL quốc gia về dân cư"
        )
    has_contact = any(getattr(profile, name) for name in (*PHONE_FIELDS, *EMAIL_FIELDS))
    for field, contact in (("father", "father_phone"), ("mother", "mother_phone")):
        if getattr(profile, field) and not has_contact:
            yield pupil.found(Quality.LIVE, contact, "không còn cách nào liên hệ gia đình")
            return


def _ministry(profile: PupilProfile) -> tuple[str, ...]:
    return (profile.ministry_code,) if profile.ministry_code else ()


def _personal(profile: PupilProfile) -> tuple[str, ...]:
    return (profile.personal_id,) if profile.personal_id else ()


def _person(profile: PupilProfile) -> tuple[str, ...]:
    born = profile.birth_date
    return () if born is None else (f"{fold(profile.full_name)}|{born.isoformat()}",)


def _family(profile: PupilProfile) -> tuple[str, ...]:
    parents = {fold(clean(getattr(profile, name))) for name in _PARENTS} - {""}
    return tuple(f"{who}|{parent}" for who in _person(profile) for parent in sorted(parents))


_KEYS: tuple[tuple[str, Callable[[PupilProfile], tuple[str, ...]], str], ...] = (
    ("ministry_code", _ministry, "trùng mã định danh Bộ"),
    ("personal_id", _personal, "trùng số định danh cá nhân"),
    ("full_name", _family, "trùng họ tên, ngày sinh và cha mẹ"),
    ("full_name", _person, "trùng họ tên và ngày sinh"),
)


def _named(others: Sequence[Placed]) -> str:
    return ", ".join(
        f"{other.entry.profile.full_name} (lớp {other.class_name}, số {other.entry.position})"
        for other in others
    )
