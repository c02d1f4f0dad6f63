"""Trường, năm học, môn học, lớp: what everything else of a year hangs on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import date

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.ids import ClassId, SchoolYearId
from app.domain.roles import SETTERS as SETTERS
from app.domain.school import School, SchoolClass, SchoolYear, year_name_is_valid
from app.domain.subjects import Subject
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.regulations.registry import regulation_id
from app.regulations.thpt_choices import NO_CHOICES, ClassChoices
from app.services.class_studies import start_class
from app.services.curriculum_filling import fill_year, grades_to_fill, school_grades
from app.services.rule_book import carry_rules
from app.services.school_facts import STAGES, clean_school, facts_detail, grades_of
from app.services.standing import require_standing
from app.text import clean, date_vn, fold, strange_letter

_CLASS_PREFIX = re.compile(r"^lớp\s+", re.IGNORECASE)
_CLASS_NAME_LIMIT = 12
_CLASS_NAME_SIGNS = frozenset("0123456789/_")


def default_dates(name: str) -> tuple[date, date, date]:
    """Usual first day, first day of học kì II and last day of the school year "2026-2027".

    The ministry's frame: khai giảng 05/9, học kì I before 18/01, the year before 31/5.
    """
    first = int(name.split("-")[0])
    return date(first, 9, 5), date(first + 1, 1, 19), date(first + 1, 5, 31)


class SchoolSetup:
    """Commands of the secretary and the leaders at the start of a year."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def school(self) -> School | None:
        """The school's facts."""
        with self._uows.read() as uow:
            return uow.school.get()

    def save_school(self, actor: Actor, school: School) -> CommandResult:
        """Change the school's facts; forms already printed keep theirs."""
        require(actor, "sửa thông tin trường", *SETTERS)
        facts = clean_school(school)
        with self._uows.write() as uow:
            actor = self._still(uow, actor, "sửa thông tin trường")
            old = uow.school.get()
            if old is not None and old.stage != facts.stage:
                _refuse_classes_outside(uow, facts.stage)
            uow.school.save(facts, self._clock.now())
            before = facts_detail(old) if old else {}
            changed = {
                name: [before.get(name, ""), new]
                for name, new in facts_detail(facts).items()
                if before.get(name, "") != new
            }
            return self._done(
                uow, actor, TrailDraft("school.saved", changed), {Topic.SCHOOL}, "Đã lưu trường"
            )

    def years(self) -> tuple[SchoolYear, ...]:
        """School years, the latest first."""
        with self._uows.read() as uow:
            return uow.school.years()

    def add_year(
        self,
        actor: Actor,
        name: str,
        starts: date | None = None,
        term2: date | None = None,
        ends: date | None = None,
    ) -> CommandResult:
        """A school year such as "2026-2027"; dates left out are the usual ones.

        `payload` is the SchoolYear.
        """
        require(actor, "lập năm học", *SETTERS)
        year_name = clean(name).replace("–", "-").replace(" ", "")
        if not year_name_is_valid(year_name):
            raise RuleRefused(
                "year_name_invalid",
                f"“{clean(name)}” không phải tên năm học; ghi hai năm liền nhau, thí dụ 2026-2027.",
                name=name,
            )
        usual = default_dates(year_name)
        dates = (starts or usual[0], term2 or usual[1], ends or usual[2])
        refuse_bad_dates(year_name, *dates)
        with self._uows.write() as uow:
            actor = self._still(uow, actor, "lập năm học")
            for year in uow.school.years():
                refuse_clash(year, year_name, dates[0], dates[2])
            added = uow.school.add_year(year_name, *dates)
            carried = carry_rules(uow, added, actor.account_id, self._clock.now())
            detail = {
                "year": year_name,
                "starts": dates[0].isoformat(),
                "term2": dates[1].isoformat(),
                "ends": dates[2].isoformat(),
                "rules": "" if carried is None else carried.decision_no or carried.profile,
            }
            return self._done(
                uow,
                actor,
                TrailDraft("year.added", detail),
                {Topic.SCHOOL},
                f"Đã lập năm học {year_name}",
                added,
            )

    def fill_subjects(
        self, actor: Actor, year_id: SchoolYearId, *, optional: Collection[str] = ()
    ) -> CommandResult:
        """Subjects of each grade's programme with its circular's number of ĐĐGtx.

        Grades that have theirs keep them: a school that grew by a level fills the new grades only.
        `optional` are codes of môn tự chọn the school teaches. `payload`: number of subjects.
        """
        require(actor, "lập danh mục môn học", *SETTERS)
        with self._uows.write() as uow:
            actor = self._still(uow, actor, "lập danh mục môn học")
            year = uow.school.year(year_id)
            grades = grades_to_fill(uow, year)
            if not grades:
                raise RuleRefused(
                    "subjects_exist",
                    f"Năm học {year.name} đã có danh mục môn học; hãy sửa từng môn thay vì lập "
                    "lại.",
                )
            found = fill_year(uow, year, grades, optional)
            detail = {"year": year.name, "subjects": [subject.name for subject in found]}
            return self._done(
                uow,
                actor,
                TrailDraft("subjects.filled", detail),
                {Topic.SCHOOL},
                f"Đã lập {len(found)} môn học",
                len(found),
            )

    def classes(self, year_id: SchoolYearId) -> tuple[SchoolClass, ...]:
        """Classes of a year by grade and name."""
        with self._uows.read() as uow:
            return uow.school.classes(year_id)

    def subjects(self, class_id: ClassId) -> tuple[Subject, ...]:
        """Subjects of a class in the customary order."""
        with self._uows.read() as uow:
            return uow.school.subjects(class_id)

    def add_class(
        self,
        actor: Actor,
        year_id: SchoolYearId,
        grade: int,
        name: str,
        choices: ClassChoices = NO_CHOICES,
    ) -> CommandResult:
        """A class with the mark columns of its subjects; `payload` is the SchoolClass.

        Without `choices` a class of THPT has no môn lựa chọn yet.
        """
        require(actor, "lập lớp", *SETTERS)
        with self._uows.write() as uow:
            actor = self._still(uow, actor, "lập lớp")
            refuse_other_grade(uow, grade)
            class_name = clean_class_name(name, grade)
            year = uow.school.year(year_id)
            # A year that the grade has no rules for says so, before anything else is missed.
            regulation_id(grade, year.first_year)
            if not uow.studies.of_grade(year_id, grade):
                raise RuleRefused(
                    "subjects_missing",
                    f"Khối {grade} năm học {year.name} chưa có danh mục môn học nên chưa lập lớp "
                    "được; hãy lập môn học trước.",
                )
            if any(fold(k.name) == fold(class_name) for k in uow.school.classes(year_id)):
                raise RuleRefused(
                    "class_exists",
                    f"Năm học {year.name} đã có lớp {class_name}; hãy đặt tên khác.",
                    name=class_name,
                )
            klass, subjects = make_class(uow, year, grade, class_name, choices)
            chosen = [s.name for s in subjects if s.chosen]
            detail = {
                "year": year.name,
                "class": class_name,
                "grade": grade,
                "regulation": klass.regulation,
                "chosen": chosen,
            }
            return self._done(
                uow,
                actor,
                TrailDraft("class.added", detail, class_id=klass.id),
                {Topic.CLASSES},
                f"Đã lập lớp {class_name}",
                klass,
            )

    def _still(self, uow: UnitOfWork, actor: Actor, what: str) -> Actor:
        return require_standing(uow, actor, self._clock.today(), what, *SETTERS)

    def _done(
        self,
        uow: UnitOfWork,
        actor: Actor,
        draft: TrailDraft,
        topics: set[Topic],
        summary: str,
        payload: object = None,
    ) -> CommandResult:
        seq = uow.trail.append(draft, actor, self._clock.now())
        uow.commit()
        return CommandResult(
            frozenset({*topics, Topic.TRAIL}), seq, summary, draft.class_id, payload
        )


def _refuse_classes_outside(uow: UnitOfWork, stage: str) -> None:
    """A school may grow by a level, or lose one that never had a class here."""
    grades = grades_of(stage)
    for year in uow.school.years():
        outside = [k.name for k in uow.school.classes(year.id) if k.grade not in grades]
        if outside:
            raise RuleRefused(
                "stage_has_classes",
                f"Năm học {year.name} có lớp {', '.join(outside)} không thuộc cấp học "
                f"“{STAGES[stage]}” nên chưa đổi cấp học của trường; hãy chọn loại trường có đủ "
                "các cấp ấy.",
                stage=stage,
            )


def refuse_other_grade(uow: UnitOfWork, grade: int) -> None:
    """Refuse a grade that this school does not have."""
    grades = school_grades(uow)
    if grade not in grades:
        raise RuleRefused(
            "grade_outside_stage",
            f"Khối {grade} không thuộc cấp học của trường; hãy chọn khối từ {grades.start} "
            f"đến {grades.stop - 1}.",
            grade=grade,
        )


def make_class(
    uow: UnitOfWork,
    year: SchoolYear,
    grade: int,
    name: str,
    choices: ClassChoices = NO_CHOICES,
) -> tuple[SchoolClass, tuple[Subject, ...]]:
    """A class with its circular, and its subjects with their columns, in the caller's transaction.

    The circular is resolved here, once, and stored with the class. `name` is clean already.
    """
    klass = uow.school.add_class(year.id, grade, name, regulation_id(grade, year.first_year))
    return klass, start_class(uow, klass, choices)


def clean_class_name(name: str, grade: int) -> str:
    """A class name as stored: NFC, upper case, without "Lớp"; it begins with its grade."""
    cleaned = _CLASS_PREFIX.sub("", clean(name)).upper().replace(" ", "")
    rest = cleaned.removeprefix(str(grade))
    odd = strange_letter("".join(ch for ch in rest if ch not in _CLASS_NAME_SIGNS))
    odd = odd or next((ch for ch in rest if unicodedata.combining(ch)), "")
    if (
        odd
        or rest == cleaned
        or not rest
        or rest[0].isdecimal()
        or len(cleaned) > _CLASS_NAME_LIMIT
    ):
        raise RuleRefused(
            "class_name_invalid",
            f"“{clean(name)}” không phải tên một lớp khối {grade}; tên lớp bắt đầu bằng khối, thí "
            f"dụ {grade}A hoặc {grade}A1, dài không quá {_CLASS_NAME_LIMIT} ký tự.",
            name=name,
            grade=grade,
        )
    return cleaned


def refuse_bad_dates(name: str, starts: date, term2: date, ends: date) -> None:
    """Days of a school year in their order and inside its two calendar years."""
    first = int(name.split("-")[0])
    if not starts < term2 < ends:
        raise RuleRefused(
            "year_dates_order",
            f"Ngày của năm học {name} chưa theo thứ tự: khai giảng {date_vn(starts)}, học kì II "
            f"{date_vn(term2)}, kết thúc {date_vn(ends)}; hãy ghi ngày sau muộn hơn ngày trước.",
        )
    if not date(first, 7, 1) <= starts or not ends <= date(first + 1, 8, 31):
        raise RuleRefused(
            "year_dates_outside",
            f"Năm học {name} phải nằm trong khoảng 01/07/{first} đến 31/08/{first + 1}, ở đây là "
            f"{date_vn(starts)} đến {date_vn(ends)}; hãy sửa ngày hoặc tên năm học.",
        )


def refuse_clash(year: SchoolYear, name: str, starts: date, ends: date) -> None:
    """Another year of the same name, or one that shares a day."""
    if year.name == name:
        raise RuleRefused(
            "year_exists", f"Đã có năm học {name}; hãy chọn năm học ấy thay vì lập lại.", name=name
        )
    if starts <= year.ends_on and year.starts_on <= ends:
        raise RuleRefused(
            "year_overlaps",
            f"Năm học {name} ({date_vn(starts)} đến {date_vn(ends)}) trùng ngày với năm học "
            f"{year.name} ({date_vn(year.starts_on)} đến {date_vn(year.ends_on)}); hãy sửa ngày.",
            name=name,
        )
