"""Puts phiếu kết quả together: each pupil's results of one closed period, for the parents alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest

from app.domain.ids import ClassId, PupilId
from app.domain.mark_columns import TEST_HEADS, ColumnRole, joined
from app.domain.marks import cell_text, mark_text, value_text
from app.domain.periods import PRIMARY_TERMS, EntryTerm, Period, Term
from app.domain.pupils import RosterEntry
from app.domain.school import School
from app.domain.subjects import Subject, SubjectKind, column_title
from app.errors import RuleRefused
from app.ports import UnitOfWork
from app.readmodels.result_slip import ResultSlip, ResultSlips, SlipTable
from app.regulations.base import Promotion, PupilResults
from app.regulations.primary_columns import LEVEL_CODE, SCORE_CODE, trait_column
from app.regulations.registry import circular, is_primary
from app.services.book_assembly import book_people, school_lines
from app.services.class_results import ClassFacts, load_class
from app.services.primary_inputs import PrimaryFacts
from app.services.primary_summary import TRAIT_HEADS
from app.services.year_lists import decided
from app.text import date_vn

_MARK, _NAME, _WORDS = 0, 3, 6
"""Widths of columns: a mark, a subject, a teacher's sentence."""
_COMMENT = "Nhận xét"
_UNKNOWN = "chưa có"
_DAYS = {
    Term.HK1: ("Số buổi nghỉ học kì I", (Term.HK1,)),
    Term.HK2: ("Số buổi nghỉ cả năm", (Term.HK1, Term.HK2)),
}


def slip_periods(regulation: str) -> tuple[Period, ...]:
    """Periods a slip may be made of."""
    return PRIMARY_TERMS if is_primary(regulation) else (Period.HK1, Period.HK2)


def slip_period_words(period: Period) -> str:
    """As the slip names it: a slip of học kì II shows the whole year."""
    return "Cả năm học" if period is Period.HK2 else period.label


def assemble_slips(
    uow: UnitOfWork,
    class_id: ClassId,
    period: Period,
    day: date,
    pupil_id: PupilId | None = None,
    facts: ClassFacts | None = None,
) -> ResultSlips:
    """The slips of everybody still in the class, or of one pupil.

    Raises RuleRefused for a period the class does not have and for a class of nobody.
    """
    facts = facts or load_class(uow, class_id)
    klass = facts.klass
    if period not in slip_periods(klass.regulation):
        raise RuleRefused(
            "no_such_form",
            f"Lớp {klass.name} không có phiếu kết quả {period.words}; hãy chọn kì khác.",
        )
    chosen = [
        entry
        for entry in facts.entries
        if (entry.left_on is None if pupil_id is None else entry.pupil_id == pupil_id)
    ]
    if not chosen:
        raise RuleRefused(
            "no_pupils",
            f"Lớp {klass.name} không có học sinh để lập phiếu kết quả; hãy chọn lớp khác.",
        )
    people = book_people(uow, facts, facts.year.people_day(day))
    rules = circular(klass.regulation)
    primary = facts.primary
    slips = tuple(
        _secondary_slip(facts, entry, Term(period.value))
        if primary is None
        else _PrimarySlip(facts, primary, period).slip(entry)
        for entry in chosen
    )
    title = f"PHIẾU KẾT QUẢ {rules.learning_word} VÀ {rules.conduct_word}"
    return ResultSlips(
        school=school_lines(uow.school.get() or School("", "thcs", "", "", "")),
        day=day.day,
        month=day.month,
        year=day.year,
        title="PHIẾU KẾT QUẢ ĐÁNH GIÁ GIÁO DỤC" if primary else title.upper(),
        period=slip_period_words(period),
        class_name=klass.name,
        school_year=facts.year.name.replace("-", "–"),
        rules=f"Đánh giá theo Thông tư số {rules.number}",
        slips=slips,
        homeroom_teacher=people.homeroom,
        principal=people.principal,
    )


def _slip(
    entry: RosterEntry,
    tables: Sequence[SlipTable],
    facts: Sequence[tuple[str, str]],
    comment: str,
) -> ResultSlip:
    return ResultSlip(
        entry.position,
        entry.profile.full_name,
        date_vn(entry.profile.birth_date),
        tuple(tables),
        tuple(facts),
        comment,
    )


# --- secondary


def _secondary_slip(facts: ClassFacts, entry: RosterEntry, term: Term) -> ResultSlip:
    pupil = entry.pupil_id
    found = facts.results()[pupil]
    results = ("Học kì I",) if term is Term.HK1 else ("Học kì I", "Học kì II", "Cả năm")
    tests = TEST_HEADS[any(subject.dk_count for subject in facts.subjects)]
    heads = ("Môn học, hoạt động giáo dục", *tests, *results, _COMMENT)
    widths = (_NAME, 3, _MARK, _MARK, *(_MARK for _ in results), 4)
    rows = tuple(
        _subject_row(facts, found, at, subject, pupil, term)
        for at, subject in enumerate(facts.subjects)
        if (term in subject.terms or term is Term.HK2) and facts.studies.takes(pupil, subject.id)
    )
    row = facts.conduct.get((pupil, term))
    comment = "" if row is None else row.comment
    table = SlipTable(heads, widths, rows)
    return _slip(entry, [table], list(_secondary_facts(facts, found, pupil, term)), comment)


def _subject_row(
    facts: ClassFacts, found: PupilResults, at: int, subject: Subject, pupil: PupilId, term: Term
) -> tuple[str, ...]:
    texts = _cells(facts, subject, term, pupil)
    result = found.subjects[at]
    values = [result.hk1] if term is Term.HK1 else [result.hk1, result.hk2, result.year]
    return (
        subject.name,
        *(joined(texts, role) for role in ColumnRole),
        *("" if value is None else value_text(value, subject.kind) for value in values),
        facts.comments.get((subject.id, term, pupil), ""),
    )


def _secondary_facts(
    facts: ClassFacts, found: PupilResults, pupil: PupilId, term: Term
) -> Iterator[tuple[str, str]]:
    rules = facts.regulation.circular
    first = term is Term.HK1
    learning = found.learning_hk1 if first else found.learning_year
    if rules.has_average:
        mean = found.averages.hk1 if first else found.averages.year
        yield "Điểm trung bình các môn", _UNKNOWN if mean is None else mark_text(mean)
    level = _UNKNOWN if learning is None else learning.final
    # TT58/2011 ranks (xếp loại), TT22/2021 has results (kết quả).
    what = "Xếp loại" if rules.has_average else "Kết quả"
    yield f"{what} {rules.learning_word.lower()}", level
    row = facts.conduct.get((pupil, Term.HK1))
    conduct = found.conduct_year or ""
    if first:
        conduct = "" if row is None else row.level
    yield f"{what} {rules.conduct_word.lower()}", conduct or _UNKNOWN
    label, terms = _DAYS[term]
    yield label, _days(facts, pupil, terms)
    title = found.titles.hk1 if first else found.titles.year
    if learning is not None and (rules.term_titles or not first):
        yield "Danh hiệu, khen thưởng", title or "không"
    if not first:
        decision = facts.summer.decisions.get(pupil)
        outcome = decided(found.promotion, decision)
        pending = outcome in (Promotion.INCOMPLETE, Promotion.PRINCIPAL_DECIDES)
        yield "Cuối năm", "chờ xét" if pending else outcome.label(facts.klass.grade)


def _days(facts: ClassFacts, pupil: PupilId, terms: Sequence[Term]) -> str:
    rows = [facts.conduct.get((pupil, term)) for term in terms]
    excused = unexcused = 0
    for row in rows:
        if row is None or row.excused is None or row.unexcused is None:
            return "chưa ghi"
        excused += row.excused
        unexcused += row.unexcused
    return f"{excused + unexcused} (có phép {excused}, không phép {unexcused})"


def _cells(facts: ClassFacts, subject: Subject, term: EntryTerm, pupil: PupilId) -> dict[str, str]:
    """Texts of a subject's entry columns by code."""
    texts: dict[str, str] = {}
    for column in facts.assessments:
        if (column.subject_id, column.term) == (subject.id, term):
            stored = facts.cells.get((column.id, pupil))
            kind = subject.kind_of(column.code)
            texts[column.code] = "" if stored is None else cell_text(stored.cell, kind)
    return texts


# --- primary


class _PrimarySlip:
    """Slips of one kỳ: subjects, phẩm chất and năng lực, and at the year's end its results."""

    def __init__(self, facts: ClassFacts, primary: PrimaryFacts, period: Period) -> None:
        self._facts, self._primary, self._period = facts, primary, period
        self._sheet = next((s for s in facts.subjects if s.kind is SubjectKind.TRAITS), None)

    def slip(self, entry: RosterEntry) -> ResultSlip:
        """The page of one pupil."""
        comment = ""
        if self._sheet is not None:
            key = (self._sheet.id, self._period, entry.pupil_id)
            comment = self._facts.comments.get(key, "")
        tables = [self._subjects(entry.pupil_id), *self._traits(entry.pupil_id)]
        return _slip(entry, tables, list(self._results(entry.pupil_id)), comment)

    def _subjects(self, pupil: PupilId) -> SlipTable:
        rows = []
        for subject in self._facts.subjects:
            if subject.kind is SubjectKind.TRAITS or not self._facts.studies.takes(
                pupil, subject.id
            ):
                continue
            texts = _cells(self._facts, subject, self._period, pupil)
            comment = self._facts.comments.get((subject.id, self._period, pupil), "")
            level, score = texts.get(LEVEL_CODE, ""), texts.get(SCORE_CODE, "")
            rows.append((subject.name, level, score, comment))
        heads = ("Môn học, hoạt động giáo dục", "Mức đạt được", "Điểm KTĐK", _COMMENT)
        return SlipTable(heads, (_NAME, _MARK, _MARK, _WORDS), tuple(rows))

    def _traits(self, pupil: PupilId) -> Iterator[SlipTable]:
        if self._sheet is None:
            return
        texts = _cells(self._facts, self._sheet, self._period, pupil)
        rules = self._primary.rules
        groups: dict[str, list[tuple[str, str]]] = {}
        for trait in rules.traits(self._primary.klass.grade):
            code = trait_column(rules.curriculum, trait)
            shown = groups.setdefault(TRAIT_HEADS[trait.group][-1], [])
            shown.append((column_title(code), texts.get(code, "")))
        if not groups:
            return
        heads = tuple(word for group in groups for word in (group, "Mức"))
        lines = zip_longest(*groups.values(), fillvalue=("", ""))
        rows = tuple(tuple(text for pair in line for text in pair) for line in lines)
        yield SlipTable(heads, (_NAME, _MARK) * len(groups), rows)

    def _results(self, pupil: PupilId) -> Iterator[tuple[str, str]]:
        if self._period is not Period.CN:
            return
        found = self._primary.found(pupil)
        if found.result is not None:
            yield "Đánh giá kết quả giáo dục", found.result.value
        said = [found.title or ""]
        if self._primary.flagged(pupil, "dot_xuat"):
            said.append("khen thưởng đột xuất")
        yield "Khen thưởng", "; ".join(text for text in said if text) or "không"
        outcome = decided(
            self._primary.results_of(pupil).promotion, self._facts.summer.decisions.get(pupil)
        )
        pending = outcome in (Promotion.INCOMPLETE, Promotion.PRINCIPAL_DECIDES)
        grade = self._facts.klass.grade
        yield "Cuối năm", "chờ xét" if pending else outcome.label(grade)
