"""Giấy tờ phải in: what the rules of the year ask for on paper, looked for before the seal.

A run counts whatever became of it afterwards; whether it was signed is another rule.
Sources: all five founding papers (M14, M41, M51, M68, M162, M188, M225, M228).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.clock import VIETNAM
from app.domain.corrections import Correction
from app.domain.ids import ClassId, SchoolYearId, SubjectId
from app.domain.periods import Period
from app.domain.print_runs import (
    CLASS_BOOK,
    CLASS_BOOK_ATTENDANCE,
    CLASS_BOOK_CONFIRMATION,
    CLASS_BOOK_MARKS,
    CORRECTION_LOG,
    FOLLOW_UP_BOOK,
    PRIMARY_SUMMARY,
    REPORT_BOOKLET,
    REPORT_BOOKLET_YEAR,
    TEACHER_BOOKS,
)
from app.domain.rule_catalogue import MODULES_OPTIONAL, MODULES_REQUIRED, PAPERS, USAGE_BOOK
from app.domain.rules import RuleSet
from app.domain.school import SchoolClass
from app.ports import PrintRun, UnitOfWork
from app.regulations.registry import closing_periods, is_primary

_SUMMARIES = frozenset({CLASS_BOOK, CLASS_BOOK_MARKS, PRIMARY_SUMMARY})
_BOOKLETS = frozenset({REPORT_BOOKLET, REPORT_BOOKLET_YEAR})
_ATTENDANCE = frozenset({CLASS_BOOK, CLASS_BOOK_ATTENDANCE})


@dataclass(frozen=True, slots=True)
class ClassNeeds:
    """What the papers of a class are counted by: pupils still in it, and its subjects."""

    pupils: int = 0
    subjects: frozenset[SubjectId] = frozenset()


NO_NEEDS = ClassNeeds()


def class_needs(uow: UnitOfWork, year_id: SchoolYearId) -> dict[ClassId, ClassNeeds]:
    """The needs of every class of a year."""
    pupils = uow.progress.pupils(year_id)
    return {
        class_id: ClassNeeds(pupils.get(class_id, 0), frozenset(one.id for one in subjects))
        for class_id, subjects in uow.studies.of_classes(year_id).items()
    }


@dataclass(frozen=True, slots=True)
class MissingPaper:
    """One paper that was never printed; None: of the whole school."""

    text: str
    class_id: ClassId | None = None


def asked_papers(rules: RuleSet) -> frozenset[str]:
    """Codes of PAPERS that the rules ask for, as papers or as required parts.

    A part that the year only encourages is asked of nobody, whatever is printed in other years.
    """
    known = {code for code, _ in PAPERS.choices}
    book = {"usage_book"} if rules.flag(USAGE_BOOK) else set()
    asked = set(rules.codes(PAPERS)) | (known & set(rules.codes(MODULES_REQUIRED))) | book
    return frozenset(asked - set(rules.codes(MODULES_OPTIONAL)))


def missing_papers(
    rules: RuleSet,
    classes: Iterable[SchoolClass],
    runs: tuple[PrintRun, ...],
    cases: tuple[Correction, ...],
    needs: Mapping[ClassId, ClassNeeds],
) -> Iterator[MissingPaper]:
    """Every paper still to be printed; year books and minutes of cases the seal asks anyway.

    `needs` are those of `class_needs`.
    """
    asked = asked_papers(rules)
    for klass in classes:
        mine = [run for run in runs if run.class_id == klass.id]
        for text in _of_class(klass, asked, mine, needs.get(klass.id, NO_NEEDS)):
            yield MissingPaper(f"Lớp {klass.name} chưa in {text}.", klass.id)
    ended = [case.ended_at for case in cases if case.ended_at is not None]
    if ended and "correction_log" in asked and _newest(runs, CORRECTION_LOG) < max(ended):
        yield MissingPaper("Chưa in nhật ký sửa điểm sau hồ sơ cuối cùng của năm học.")
    if ended and "usage_book" in asked and _newest(runs, FOLLOW_UP_BOOK) < max(ended):
        yield MissingPaper(
            "Chưa in sổ theo dõi sử dụng sổ điểm điện tử sau hồ sơ cuối cùng của năm học."
        )


def has_summary(runs: Iterable[PrintRun], period: Period) -> bool:
    """Whether the summary of a period was printed, alone or inside the book."""
    return any(run.kind in _SUMMARIES and run.period == period for run in runs)


def has_booklet(runs: Iterable[PrintRun], pupils: int) -> bool:
    """Whether the year's pages of học bạ were printed for the class, or one by one for as many."""
    found = [run.pupil_id for run in runs if run.kind in _BOOKLETS]
    return None in found or (bool(found) and len(set(found)) >= pupils)


def has_teacher_books(runs: Iterable[PrintRun], subjects: frozenset[SubjectId]) -> bool:
    """Whether the teacher's own book of every subject was printed, blank or filled."""
    return subjects <= {run.subject_id for run in runs if run.kind in TEACHER_BOOKS}


def _of_class(
    klass: SchoolClass, asked: frozenset[str], runs: list[PrintRun], needs: ClassNeeds
) -> Iterator[str]:
    primary = is_primary(klass.regulation)
    periods = closing_periods(klass.regulation)
    if "summary" in asked:
        for period in periods:
            if not has_summary(runs, period):
                yield f"bảng tổng hợp {_words(period)}"
    if "teacher_book" in asked and not has_teacher_books(runs, needs.subjects):
        yield "đủ sổ ghi điểm của giáo viên"
    if "learner_record" in asked and not has_booklet(runs, needs.pupils):
        yield "trang kết quả học bạ"
    if primary:
        return
    if "attendance" in asked and not any(run.kind in _ATTENDANCE for run in runs):
        yield "trang kiểm diện"
    if "confirmation" in asked:
        for period in periods:
            if not any(r.kind == CLASS_BOOK_CONFIRMATION and r.period == period for r in runs):
                yield f"bảng xác nhận kết quả {_words(period)}"


def _words(period: Period) -> str:
    return "cả năm" if period is Period.HK2 else period.words


def _newest(runs: tuple[PrintRun, ...], kind: str) -> datetime:
    made = [run.made_at for run in runs if run.kind == kind]
    return max(made) if made else _NEVER


_NEVER = datetime.min.replace(tzinfo=VIETNAM)
