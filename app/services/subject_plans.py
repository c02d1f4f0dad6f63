"""Môn học của khối: the year's table of subjects, corrected by the school before marks rest on it.

The programme is where a school starts (M3, M35): lessons a year, terms, number of ĐĐGtx with its
reason, subjects of its own. Names and kinds are one for the year; the rest is a grade's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.accounts import refuse_too_long
from app.domain.ids import SchoolYearId, SubjectId
from app.domain.periods import Term
from app.domain.roles import SETTERS
from app.domain.school import SchoolClass, SchoolYear
from app.domain.school_levels import Level
from app.domain.subjects import Subject, SubjectKind
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.regulations.registry import regulation, regulation_id
from app.services.column_counts import refuse_dk_count, refuse_tx_count, reshape_columns
from app.services.primary_setup import GRADES as PRIMARY_GRADES
from app.services.standing import require_standing
from app.text import clean, fold

_TOPICS = frozenset({Topic.SCHOOL, Topic.CLASSES, Topic.MARKS, Topic.RESULTS, Topic.TRAIL})
_WHAT = "sửa danh mục môn học"
_REASON_LIMIT = 500
_NAME_LIMIT, _SHORT_LIMIT = 80, 16
MOST_PERIODS = 400
"""More lessons a year than any subject has."""


@dataclass(frozen=True, slots=True)
class SubjectFacts:
    """What a school writes about a subject of one grade. `tx_count` None: the circular's number.

    `tx_reason` is wanted when the number is not the circular's. `optional`: môn tự chọn.
    `dk_count`: KTđk a term, which TT58/2011 as first issued leaves to the school's kế hoạch dạy
    học (Điều 8, khoản 1); None: what a school starts from. Other circulars do not read it.
    """

    name: str
    short_name: str
    kind: SubjectKind
    periods: int
    terms: frozenset[Term] = frozenset(Term)
    tx_count: int | None = None
    tx_reason: str = ""
    optional: bool = False
    dk_count: int | None = None


class SubjectPlans:
    """Reads and corrects what each grade of a year studies."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def of_grade(self, year_id: SchoolYearId, grade: int) -> tuple[Subject, ...]:
        """Subjects of a grade in the order of the book, whether or not it has a class."""
        with self._uows.read() as uow:
            return uow.studies.of_grade(year_id, grade)

    def change(
        self,
        actor: Actor,
        year_id: SchoolYearId,
        grade: int,
        subject_id: SubjectId,
        facts: SubjectFacts,
    ) -> CommandResult:
        """Correct one subject of a grade; the columns of its classes follow.

        Refused when a column to be taken away is used, when the kind of a subject with marks or a
        name a close rests on would change.
        """
        return self._write(actor, year_id, grade, subject_id, facts)

    def set_tx_count(
        self,
        actor: Actor,
        year_id: SchoolYearId,
        grade: int,
        subject_id: SubjectId,
        tx_count: int,
        reason: str,
    ) -> CommandResult:
        """The school's own number of ĐĐGtx of a subject in a grade, never below the circular's."""
        before = self._subject(year_id, grade, subject_id)
        return self._write(
            actor,
            year_id,
            grade,
            subject_id,
            replace(facts_of(before), tx_count=tx_count, tx_reason=reason),
            only_count=True,
        )

    def add(
        self, actor: Actor, year_id: SchoolYearId, grade: int, facts: SubjectFacts
    ) -> CommandResult:
        """A subject of the school's own, for every class of the grade; `payload` is its id.

        A subject of that name that other grades have becomes one of this grade too.
        """
        require(actor, _WHAT, *SETTERS)
        _refuse_primary(grade)
        clean_facts = _checked(facts)
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), _WHAT, *SETTERS)
            year = uow.school.year(year_id)
            here = uow.studies.of_grade(year_id, grade)
            _refuse_twin(here, clean_facts.name, grade)
            shared = _of_name(uow, year, clean_facts.name)
            if shared is not None and shared.kind is not clean_facts.kind:
                raise RuleRefused(
                    "subject_kind_differs",
                    f"Môn {shared.name} đã có ở khối khác với cách đánh giá khác; một môn chỉ có "
                    "một cách đánh giá trong năm, hãy đặt tên khác.",
                )
            new = Subject(
                SubjectId(0) if shared is None else shared.id,
                _free_code(uow, year, clean_facts.name) if shared is None else shared.code,
                clean_facts.name,
                clean_facts.short_name,
                clean_facts.kind,
                position=max((s.position for s in here), default=0) + 1,
                periods=clean_facts.periods,
                tx_count=0,
                terms=clean_facts.terms,
                optional=clean_facts.optional,
            )
            new = _with_count(year, grade, new, clean_facts)
            if shared is None:
                new = replace(new, id=uow.studies.add(year_id, new, {grade: new}))
            else:
                uow.studies.save_plan(grade, new)
            for klass in _classes(uow, year_id, grade):
                uow.studies.take(klass.id, [new])
                reshape_columns(uow, klass, None, new)
            detail = {"year": year.name, "grade": grade, "subject": new.name, **_said(new)}
            return self._done(
                uow, actor, TrailDraft("subject.added", detail, subject_id=new.id),
                f"Đã thêm môn {new.name} cho khối {grade}", new.id,
            )  # fmt: skip

    def remove(
        self, actor: Actor, year_id: SchoolYearId, grade: int, subject_id: SubjectId
    ) -> CommandResult:
        """Take a subject from a grade and its classes; refused once it ever had a mark there."""
        require(actor, _WHAT, *SETTERS)
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), _WHAT, *SETTERS)
            year = uow.school.year(year_id)
            before = _find(uow, year_id, grade, subject_id)
            for klass, studied in _studying(uow, year_id, grade, subject_id):
                reshape_columns(uow, klass, studied, None)
                uow.studies.drop(klass.id, subject_id)
            uow.studies.remove_plan(subject_id, grade)
            detail = {"year": year.name, "grade": grade, "subject": before.name}
            return self._done(
                uow, actor, TrailDraft("subject.removed", detail),
                f"Đã bỏ môn {before.name} của khối {grade}",
            )  # fmt: skip

    def _subject(self, year_id: SchoolYearId, grade: int, subject_id: SubjectId) -> Subject:
        with self._uows.read() as uow:
            return _find(uow, year_id, grade, subject_id)

    def _write(
        self,
        actor: Actor,
        year_id: SchoolYearId,
        grade: int,
        subject_id: SubjectId,
        facts: SubjectFacts,
        *,
        only_count: bool = False,
    ) -> CommandResult:
        require(actor, _WHAT, *SETTERS)
        _refuse_primary(grade)
        wanted = _checked(facts)
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), _WHAT, *SETTERS)
            year = uow.school.year(year_id)
            before = _find(uow, year_id, grade, subject_id)
            after = replace(
                before,
                name=wanted.name,
                short_name=wanted.short_name,
                kind=wanted.kind,
                periods=wanted.periods,
                terms=wanted.terms,
                optional=wanted.optional,
            )
            after = _with_count(year, grade, after, wanted, refuse_same=only_count)
            if after == before:
                head, _ = uow.trail.head()
                return CommandResult(frozenset(), head, f"{before.name}: không có gì thay đổi")
            _refuse_name(uow, year, grade, before, after)
            for klass, studied in _studying(uow, year_id, grade, subject_id):
                reshape_columns(uow, klass, studied, _in_class(after, studied))
            uow.studies.rename(subject_id, after.name, after.short_name, after.kind)
            uow.studies.save_plan(grade, after)
            seq_draft = _draft(year, grade, before, after)
            words = f"{after.name} khối {grade}: đã lưu"
            if only_count:
                words = (
                    f"{after.name} khối {grade}: {after.tx_count} đánh giá thường xuyên một học kì"
                )
            return self._done(uow, actor, seq_draft, words)

    def _done(
        self, uow: UnitOfWork, actor: Actor, draft: TrailDraft, words: str, payload: object = None
    ) -> CommandResult:
        seq = uow.trail.append(draft, actor, self._clock.now())
        uow.commit()
        return CommandResult(_TOPICS, seq, words, payload=payload)


def _refuse_primary(grade: int) -> None:
    """Rows, tests and traits of a primary grade follow from the circular's forms."""
    if grade in PRIMARY_GRADES:
        raise RuleRefused(
            "primary_programme",
            f"Môn học của khối {grade} theo đúng mẫu của thông tư tiểu học nên không sửa được ở "
            "đây; môn tự chọn chọn lúc lập danh mục môn học.",
            grade=grade,
        )


def facts_of(subject: Subject) -> SubjectFacts:
    """What the school has written about a subject."""
    return SubjectFacts(
        subject.name,
        subject.short_name,
        subject.kind,
        subject.periods,
        frozenset(term for term in subject.terms if isinstance(term, Term)),
        subject.tx_count if subject.tx_reason else None,
        subject.tx_reason,
        subject.optional,
        subject.dk_count or None,
    )


def circular_count(year: SchoolYear, grade: int, kind: SubjectKind, periods: int) -> int:
    """ĐĐGtx a term that the grade's circular wants."""
    return regulation(regulation_id(grade, year.first_year)).tx_count(kind, periods)


def usual_dk_count(year: SchoolYear, grade: int, periods: int) -> int:
    """KTđk a term that a school starts from; 0 where the grade's circular has one giữa kì."""
    return regulation(regulation_id(grade, year.first_year)).dk_count(periods)


def _checked(facts: SubjectFacts) -> SubjectFacts:
    name, short = clean(facts.name), clean(facts.short_name)
    short = short or (name if len(name) <= _SHORT_LIMIT else "")
    reason = clean(facts.tx_reason)
    if not name or not short:
        raise RuleRefused(
            "subject_name_missing",
            "Môn học chưa có tên hoặc tên viết tắt cho cột hẹp; hãy ghi cả hai, thí dụ “Giáo dục "
            "kinh tế và pháp luật” và “GDKT&PL”.",
        )
    refuse_too_long(name, "Tên môn", _NAME_LIMIT)
    refuse_too_long(short, "Tên viết tắt", _SHORT_LIMIT)
    refuse_too_long(reason, "Lý do", _REASON_LIMIT)
    if not 1 <= facts.periods <= MOST_PERIODS:
        raise RuleRefused(
            "periods_out_of_range",
            f"Số tiết cả năm của {name} phải từ 1 đến {MOST_PERIODS}, ở đây là {facts.periods}; "
            "hãy ghi lại theo kế hoạch giáo dục.",
        )
    if not facts.terms:
        raise RuleRefused(
            "terms_missing", f"Chưa chọn {name} dạy ở học kì nào; hãy chọn ít nhất một học kì."
        )
    return replace(facts, name=name, short_name=short, tx_reason=reason)


def _with_count(
    year: SchoolYear,
    grade: int,
    subject: Subject,
    facts: SubjectFacts,
    *,
    refuse_same: bool = False,
) -> Subject:
    """With the number of ĐĐGtx: the circular's, or the school's own with its reason; of KTđk."""
    least = circular_count(year, grade, subject.kind, subject.periods)
    wanted = least if facts.tx_count is None else facts.tx_count
    refuse_tx_count(subject, grade, wanted, least, facts.tx_reason, refuse_same=refuse_same)
    reason = "" if wanted == least else facts.tx_reason
    dk_count = usual_dk_count(year, grade, subject.periods)
    if dk_count and facts.dk_count is not None:
        dk_count = facts.dk_count
        refuse_dk_count(subject, grade, dk_count)
    return replace(subject, tx_count=wanted, tx_reason=reason, dk_count=dk_count)


def _find(uow: UnitOfWork, year_id: SchoolYearId, grade: int, subject_id: SubjectId) -> Subject:
    for subject in uow.studies.of_grade(year_id, grade):
        if subject.id == subject_id:
            return subject
    raise RuleRefused(
        "subject_unknown",
        f"Khối {grade} không có môn học này trong năm; hãy tải lại trang.",
        grade=grade,
    )


def _classes(uow: UnitOfWork, year_id: SchoolYearId, grade: int) -> list[SchoolClass]:
    return [k for k in uow.school.classes(year_id) if k.grade == grade]


def _studying(
    uow: UnitOfWork, year_id: SchoolYearId, grade: int, subject_id: SubjectId
) -> Iterator[tuple[SchoolClass, Subject]]:
    """The classes of the grade that study the subject, with it as each studies it."""
    for klass in _classes(uow, year_id, grade):
        for subject in uow.school.subjects(klass.id):
            if subject.id == subject_id:
                yield klass, subject


def _in_class(after: Subject, studied: Subject) -> Subject:
    """The grade's subject with what the class adds to it."""
    topics = studied.topics if after.kind is SubjectKind.MARKS else None
    return replace(after, topics=topics, specialised=studied.specialised)


def _of_name(uow: UnitOfWork, year: SchoolYear, name: str) -> Subject | None:
    """A secondary subject of the name; primary grades are judged otherwise and share none."""
    for grade in (*Level.LOWER.grades, *Level.UPPER.grades):
        for subject in uow.studies.of_grade(year.id, grade):
            if fold(subject.name) == fold(name):
                return subject
    return None


def _refuse_twin(here: Collection[Subject], name: str, grade: int) -> None:
    if any(fold(s.name) == fold(name) for s in here):
        raise RuleRefused(
            "subject_exists",
            f"Khối {grade} đã có môn {name}; hãy đặt tên khác hoặc sửa môn ấy.",
            name=name,
        )


def _refuse_name(
    uow: UnitOfWork, year: SchoolYear, grade: int, before: Subject, after: Subject
) -> None:
    """Name and kind are every grade's: what marks or a close rest on stays."""
    names = (before.name, before.short_name) != (after.name, after.short_name)
    if names:
        others = [s for s in uow.studies.of_grade(year.id, grade) if s.id != before.id]
        _refuse_twin(others, after.name, grade)
    if not names and before.kind is after.kind:
        return
    for of_grade in uow.studies.grades(before.id):
        for klass, _ in _studying(uow, year.id, of_grade, before.id):
            locks = uow.control.class_locks(klass.id)
            if locks.closes or locks.seal is not None:
                raise RuleRefused(
                    "subject_after_close",
                    f"Lớp {klass.name} đã chốt điểm nên tên và cách đánh giá môn {before.name} "
                    "không đổi được nữa; đổi được từ năm học sau.",
                    class_id=klass.id,
                )
            if before.kind is not after.kind and uow.marks.cells(klass.id, before.id):
                raise RuleRefused(
                    "subject_has_marks",
                    f"{before.name} lớp {klass.name} đã từng có điểm nên không đổi cách đánh giá "
                    "được; hãy giữ như cũ.",
                    class_id=klass.id,
                )


def _free_code(uow: UnitOfWork, year: SchoolYear, name: str) -> str:
    """A code no subject of the year has: "Tiếng Hàn" -> "rieng_tieng_han"."""
    taken = {s.code for grade in range(1, 13) for s in uow.studies.of_grade(year.id, grade)}
    stem = "rieng_" + re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")[:40]
    code, number = stem, 1
    while code in taken:
        number += 1
        code = f"{stem}_{number}"
    return code


def _said(subject: Subject) -> dict[str, object]:
    return {
        "short": subject.short_name,
        "kind": subject.kind.value,
        "periods": subject.periods,
        "terms": sorted(subject.terms),
        "tx": subject.tx_count,
        "reason": subject.tx_reason,
        "optional": subject.optional,
        **({"dk": subject.dk_count} if subject.dk_count else {}),
    }


def _draft(year: SchoolYear, grade: int, before: Subject, after: Subject) -> TrailDraft:
    """One entry; a new number of ĐĐGtx alone keeps the kind it always had."""
    detail: dict[str, object] = {"year": year.name, "grade": grade, "subject": before.name}
    if replace(after, tx_count=before.tx_count, tx_reason=before.tx_reason) == before:
        detail |= {"old": before.tx_count, "new": after.tx_count, "reason": after.tx_reason}
        return TrailDraft("subject.tx_count", detail, subject_id=before.id)
    old, new = {"name": before.name, **_said(before)}, {"name": after.name, **_said(after)}
    detail["changed"] = {key: [old[key], new[key]] for key in new if old[key] != new[key]}
    return TrailDraft("subject.changed", detail, subject_id=before.id)
