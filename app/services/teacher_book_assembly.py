"""Puts a teacher's own book together: one subject of a class, to be written in or as entered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.ids import ClassId, PupilId, SubjectId
from app.domain.mark_columns import ColumnRole, column_role
from app.domain.marks import DAT, cell_text, value_text
from app.domain.periods import PRIMARY_TERMS, EntryTerm, Period, Term
from app.domain.pupils import RosterEntry
from app.domain.school import School, SchoolClass
from app.domain.subjects import Subject, SubjectKind, column_title
from app.errors import RuleRefused
from app.ports import Assessment, UnitOfWork
from app.readmodels.class_book import EMPTY_CELL, BookCell
from app.readmodels.teacher_book import (
    TeacherBook,
    TeacherColumn,
    TeacherPart,
    TeacherPupil,
    TeacherRow,
    TeacherTally,
)
from app.regulations.registry import is_primary
from app.services.book_assembly import (
    Corrected,
    book_people,
    corrected_cells,
    left_words,
    school_lines,
    stage_words,
)
from app.services.class_results import ClassFacts, load_class

_HALVES = (
    ("HỌC KÌ I", (Period.GK1, Period.CK1)),
    ("HỌC KÌ II", (Period.GK2, Period.CN)),
)
"""A primary book has the two kỳ of a term side by side."""
_EACH = tuple((period.label.upper(), (period,)) for period in PRIMARY_TERMS)
"""Phẩm chất, năng lực have too many columns for that."""
_TERM_TITLES = {Term.HK1: "HỌC KÌ I", Term.HK2: "HỌC KÌ II"}
_PASS = 50
"""Tenths: a mean from which on a pupil has reached what is asked (TT22/2021, Điều 9)."""
_REACHED, _NOT_REACHED = "Đạt", "Chưa đạt"
_LEVELS = {"T": "Hoàn thành tốt", "H": "Hoàn thành", "C": "Chưa hoàn thành"}
_PRINTED_KINDS = (
    SubjectKind.LEVELS,
    SubjectKind.SCORES,
    SubjectKind.SCORES_FROM_1,
    SubjectKind.TRAITS,
)


@dataclass(frozen=True, slots=True)
class TeacherBookOrder:
    """Which book: `until` is the last period it shows; `blank` to be written in by hand."""

    subject_id: SubjectId
    until: Period
    blank: bool = False
    copies: int = 1

    def title(self, klass: SchoolClass, subject: str) -> str:
        """As the list of runs and the trail name it."""
        what = "để ghi tay" if self.blank else self.until.words
        return f"Sổ của giáo viên, lớp {klass.name}, {subject}, {what}"


def book_periods(klass: SchoolClass) -> tuple[Period, ...]:
    """Up to where a filled book may reach."""
    if is_primary(klass.regulation):
        return PRIMARY_TERMS
    return (Period.HK1, Period.HK2)


def subject_of(facts: ClassFacts, subject_id: SubjectId) -> Subject:
    """The subject in the class. Raises RuleRefused when the class does not study it."""
    found = next((one for one in facts.subjects if one.id == subject_id), None)
    if found is None:
        raise RuleRefused(
            "subject_not_taught",
            f"Lớp {facts.klass.name} không học môn này nên không có sổ của giáo viên; hãy chọn "
            "môn khác.",
        )
    return found


def assemble_teacher_book(
    uow: UnitOfWork,
    class_id: ClassId,
    order: TeacherBookOrder,
    day: date,
    facts: ClassFacts | None = None,
) -> TeacherBook:
    """The book of a subject as its data are now, with its people as of `day`."""
    facts = facts or load_class(uow, class_id)
    subject = subject_of(facts, order.subject_id)
    people = book_people(uow, facts, facts.year.people_day(day))
    corrected = {} if order.blank else corrected_cells(uow, facts)
    reader = _Reader(facts, subject, corrected, order)
    return TeacherBook(
        school=school_lines(uow.school.get() or School("", "thcs", "", "", "")),
        stage=stage_words(facts.klass.grade),
        circular=facts.klass.regulation,
        class_name=facts.klass.name,
        school_year=facts.year.name.replace("-", "–"),
        subject=subject.name,
        teachers=people.teachers.get(subject.id, ()),
        principal=people.principal,
        blank=order.blank,
        pupils=tuple(
            TeacherPupil(entry.position, entry.profile.full_name, left_words(entry))
            for entry in facts.entries
        ),
        parts=tuple(reader.parts()),
    )


class _Reader:
    """Lists of one subject; what every list needs is read once."""

    def __init__(
        self, facts: ClassFacts, subject: Subject, corrected: Corrected, order: TeacherBookOrder
    ) -> None:
        self._facts = facts
        self._subject = subject
        self._corrected = corrected
        self._blank = order.blank
        shown = book_periods(facts.klass)
        self._shown = shown if order.blank else shown[: shown.index(order.until) + 1]

    def parts(self) -> Iterable[TeacherPart]:
        if self._facts.primary is not None:
            return self._primary_parts()
        return (
            self._term(term)
            for term in Term
            if Period(term.value) in self._shown and term in self._subject.terms
        )

    # --- secondary

    def _term(self, term: Term) -> TeacherPart:
        columns = self._columns((term,))
        regular, periodic, final = (
            [a for a in columns if column_role(a.code) is role] for role in ColumnRole
        )
        # A column the school lacks is still on the paper, empty.
        lacking: list[Assessment | None] = [None]
        kept = [*regular, *(periodic or lacking), *(final or lacking)]
        heads = self._term_heads(term, len(regular))
        if self._blank:
            tallies = (TeacherTally(_REACHED), TeacherTally(_NOT_REACHED))
            return TeacherPart(_TERM_TITLES[term], heads, (), tallies)
        rows = tuple(self._term_row(entry, kept, term) for entry in self._facts.entries)
        return TeacherPart(_TERM_TITLES[term], heads, rows, self._tallies(term))

    def _term_heads(self, term: Term, regular: int) -> tuple[TeacherColumn, ...]:
        mean = "mhkII" if term is Term.HK2 else "mhkI"
        first_issue = [column_title(code) for code in self._first_issue_codes(term)]
        if self._subject.kind is SubjectKind.COMMENTS:
            level = "Mức đánh giá"
            words = first_issue or [*["Thường xuyên"] * regular, "Giữa kì", "Cuối kì"]
            results = ["Học kì", "Cả năm"] if term is Term.HK2 else ["Học kì"]
            return (
                *(TeacherColumn((level, word)) for word in words),
                *(TeacherColumn((level, word), result=True) for word in results),
            )
        results = [mean, "mcn"] if term is Term.HK2 else [mean]
        return (
            *(tuple(TeacherColumn((title,)) for title in first_issue) or _tests(regular)),
            *(TeacherColumn(("ĐTB",), low=low, result=True) for low in results),
        )

    def _first_issue_codes(self, term: Term) -> tuple[str, ...]:
        """Columns of TT58/2011 as first issued; none under another circular."""
        return self._subject.columns(term) if self._subject.dk_count else ()

    def _term_row(
        self, entry: RosterEntry, columns: Sequence[Assessment | None], term: Term
    ) -> TeacherRow:
        pupil = entry.pupil_id
        found = self._facts.results()[pupil].subjects[self._facts.subjects.index(self._subject)]
        values = [found.hk1] if term is Term.HK1 else [found.hk2, found.year]
        results = [
            EMPTY_CELL if value is None else BookCell(value_text(value, self._subject.kind))
            for value in values
        ]
        cells = [self._cell(column, pupil) for column in columns]
        return TeacherRow(entry.position, (*cells, *results), self._comment(pupil, (term,)))

    def _tallies(self, term: Term) -> tuple[TeacherTally, ...]:
        at = self._facts.subjects.index(self._subject)
        reached = known = 0
        for entry in self._facts.entries:
            if entry.left_on is not None:
                continue
            found = self._facts.results()[entry.pupil_id].subjects[at]
            value = found.hk1 if term is Term.HK1 else found.hk2
            if value is None:
                continue
            known += 1
            comments = self._subject.kind is SubjectKind.COMMENTS
            reached += value == DAT if comments else value >= _PASS
        return (
            TeacherTally(_REACHED, reached, known),
            TeacherTally(_NOT_REACHED, known - reached, known),
        )

    # --- primary

    def _primary_parts(self) -> Iterable[TeacherPart]:
        for title, periods in _EACH if self._of_traits else _HALVES:
            shown = tuple(period for period in periods if period in self._shown)
            if not shown:
                continue
            columns = self._columns(shown)
            heads = tuple(_primary_head(column) for column in columns)
            if self._blank:
                labels = self._level_words().values()
                yield TeacherPart(title, heads, (), tuple(TeacherTally(one) for one in labels))
                continue
            rows = tuple(
                TeacherRow(
                    entry.position,
                    tuple(self._cell(column, entry.pupil_id) for column in columns),
                    self._comment(entry.pupil_id, shown),
                )
                for entry in self._facts.entries
            )
            yield TeacherPart(title, heads, rows, self._level_tallies(columns, shown[-1]))

    @property
    def _of_traits(self) -> bool:
        return self._subject.kind is SubjectKind.TRAITS

    def _level_words(self) -> dict[str, str]:
        # Of phẩm chất, năng lực each has a count of its own: there is no one line for all.
        return {} if self._of_traits else _LEVELS

    def _level_tallies(
        self, columns: Sequence[Assessment], period: Period
    ) -> tuple[TeacherTally, ...]:
        words = self._level_words()
        level = next(
            (
                column
                for column in columns
                if column.term is period
                and self._subject.kind_of(column.code) is SubjectKind.LEVELS
            ),
            None,
        )
        if level is None:
            return ()
        here = [entry.pupil_id for entry in self._facts.entries if entry.left_on is None]
        count = Counter(self._cell(level, pupil).text for pupil in here)
        known = sum(count[letter] for letter in words)
        return tuple(TeacherTally(text, count[letter], known) for letter, text in words.items())

    # --- both

    def _columns(self, terms: Sequence[EntryTerm]) -> list[Assessment]:
        """Entry columns of the subject, a term after the other."""
        return [
            column
            for term in terms
            for column in self._facts.assessments
            if column.subject_id == self._subject.id
            and column.term is term
            and (isinstance(term, Term) or self._subject.kind_of(column.code) in _PRINTED_KINDS)
        ]

    def _cell(self, column: Assessment | None, pupil: PupilId) -> BookCell:
        if column is None:
            return EMPTY_CELL
        address = (column.id, pupil)
        stored = self._facts.cells.get(address)
        kind = self._subject.kind_of(column.code)
        text = "" if stored is None else cell_text(stored.cell, kind)
        return BookCell(text, tuple(old for _, old in self._corrected.get(address, ())))

    def _comment(self, pupil: PupilId, terms: Sequence[EntryTerm]) -> str:
        said = {
            term: text
            for term in terms
            if (text := self._facts.comments.get((self._subject.id, term, pupil)))
        }
        if not self._facts.studies.takes(pupil, self._subject.id):
            return "Không học môn này."
        if len(said) < 2:
            return "".join(said.values())
        return " ".join(f"{Period(term.value).value}: {text}" for term, text in said.items())


def _primary_head(column: Assessment) -> TeacherColumn:
    return TeacherColumn((Period(column.term.value).label, column_title(column.code)))


def _tests(regular: int) -> tuple[TeacherColumn, ...]:
    return (
        *(TeacherColumn(("ĐĐG", str(at + 1)), low="tx") for at in range(regular)),
        TeacherColumn(("ĐĐG",), low="gk"),
        TeacherColumn(("ĐĐG",), low="ck"),
    )
