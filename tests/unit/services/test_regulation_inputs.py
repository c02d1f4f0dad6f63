"""What the circular is given: the lean read of results says what the whole class's facts say."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.marks import COUNTED_STATES, CellState, MarkCell
from app.domain.periods import Term
from app.domain.pupils import PupilProfile, RosterEntry
from app.domain.school import SchoolClass, SchoolYear
from app.domain.subjects import Subject, SubjectKind, column_codes
from app.ports import Assessment, ConductRow, StoredMark
from app.regulations.base import Exemption, TermMarks
from app.services.class_results import ClassFacts, ClassResults, ResultFacts, load_class
from app.services.regulation_inputs import NOTHING_ENTERED, SubjectInput, entered_by_pupil
from tests.support.record_book import RecordBook
from tests.support.school import make_school

PUPILS = (1, 2, 3)
SUBJECTS = (
    Subject(1, "toan", "Toán", "Toán", SubjectKind.MARKS, 1, 140, 2),
    Subject(2, "ngu_van", "Ngữ văn", "Văn", SubjectKind.MARKS, 2, 140, 1),
    Subject(3, "tin", "Tin học", "Tin", SubjectKind.MARKS, 3, 35, 2, terms=frozenset({Term.HK2})),
    Subject(4, "gdtc", "GDTC", "GDTC", SubjectKind.COMMENTS, 4, 70, 2),
    Subject(5, "nt2", "Ngoại ngữ 2", "NN2", SubjectKind.MARKS, 5, 105, 2, optional=True),
)
COLUMNS = tuple(
    Assessment(number, 7, subject.id, term, code, None, None)
    for number, (subject, term, code) in enumerate(
        (
            (subject, term, code)
            for subject in SUBJECTS
            for term in sorted(subject.terms)
            for code in column_codes(subject.tx_count)
        ),
        1,
    )
)
KLASS = SchoolClass(7, 1, 6, "6A", "TT22/2021", None)
YEAR = SchoolYear(1, "2026-2027", date(2026, 9, 5), date(2027, 1, 18), date(2027, 5, 31))
ENTRIES = tuple(
    RosterEntry(
        n, n, PupilProfile(f"Em {n}"), date(2026, 9, 5), date(2027, 1, 4) if n == 3 else None
    )
    for n in PUPILS
)
LEVELS = ("", "Tốt", "Khá", "Đạt", "Chưa đạt")


def cells_of(kind: SubjectKind) -> st.SearchStrategy[MarkCell | None]:
    """Any content a column of the subject may have; mostly marks, so that results appear."""
    values = st.integers(0, 100) if kind is SubjectKind.MARKS else st.integers(0, 1)
    mark = values.map(lambda value: MarkCell(CellState.MARK, value))
    rare = st.one_of(
        st.none(),
        st.just(MarkCell()),
        st.just(MarkCell(CellState.PENDING_MAKEUP, None, "ốm")),
        st.just(MarkCell(CellState.EXEMPT, None, "QĐ 12")),
        st.just(MarkCell(CellState.ZERO_ABSENT, 0, "bỏ kiểm tra")),
        values.map(lambda value: MarkCell(CellState.TRANSFERRED, value, "THCS Hoa Lư")),
    )
    return st.integers(0, 30).flatmap(lambda chance: rare if chance == 0 else mark)


@st.composite
def classes(draw: st.DrawFn) -> ClassFacts:
    kinds = {subject.id: subject.kind for subject in SUBJECTS}
    cells = {}
    for column, pupil in product(COLUMNS, PUPILS):
        cell = draw(cells_of(kinds[column.subject_id]))
        if cell is not None:
            cells[column.id, pupil] = StoredMark(column.id, pupil, cell)
    days = st.one_of(st.none(), st.integers(0, 40))
    conduct = {
        (pupil, term): ConductRow(
            pupil, term, draw(st.sampled_from(LEVELS)), "", draw(days), draw(days)
        )
        for pupil, term in product(PUPILS, Term)
        if draw(st.integers(0, 9))
    }
    return ClassFacts(KLASS, YEAR, SUBJECTS, ENTRIES, COLUMNS, cells, {}, conduct)


def lean(facts: ClassFacts) -> ResultFacts:
    """The same class as `load_results` reads it."""
    rows = [
        (column, pupil, int(stored.cell.state), stored.cell.value)
        for (column, pupil), stored in facts.cells.items()
    ]
    return ResultFacts(
        facts.klass,
        facts.year,
        facts.subjects,
        facts.entries,
        facts.assessments,
        entered_by_pupil(rows),
        facts.conduct,
    )


@given(classes())
def test_the_lean_read_gives_the_same_years_and_results(facts: ClassFacts):
    assert lean(facts).all_pupil_years() == facts.all_pupil_years()
    assert lean(facts).results() == facts.results()
    for pupil in PUPILS:
        assert lean(facts).pupil_year(pupil) == facts.pupil_year(pupil)
        assert lean(facts).absences(pupil) == facts.absences(pupil)


@given(classes())
def test_every_place_of_the_formula_gets_its_own_column(facts: ClassFacts):
    """Read off the cells one by one, as a person with the paper book would."""
    for pupil, year in facts.all_pupil_years().items():
        for subject, got in zip(SUBJECTS, year.subjects, strict=True):
            exempt = set()
            for term, marks in ((Term.HK1, got.hk1), (Term.HK2, got.hk2)):
                held = {}
                for column in COLUMNS:
                    if (column.subject_id, column.term) == (subject.id, term):
                        stored = facts.cells.get((column.id, pupil))
                        held[column.code] = None if stored is None else stored.cell.counted()
                        if stored is not None and stored.cell.state is CellState.EXEMPT:
                            exempt.add(term)
                if term not in subject.terms:
                    assert marks is None
                    continue
                regular = tuple(held[f"tx{n}"] for n in range(1, subject.tx_count + 1))
                assert marks == TermMarks(regular, held["gk"], held["ck"], subject.tx_count)
            wanted = {
                frozenset(): None,
                frozenset({Term.HK1}): Exemption.HK1,
                frozenset({Term.HK2}): Exemption.HK2,
                frozenset(Term): Exemption.YEAR,
            }
            assert got.exempt is wanted[frozenset(exempt)]
            assert (got.key, got.kind, got.optional) == (
                str(subject.id),
                subject.kind,
                subject.optional,
            )


def test_a_pupil_without_a_row_has_nothing_and_not_zero():
    found = SubjectInput(SUBJECTS[0], [c for c in COLUMNS if c.subject_id == 1], frozenset())
    year = found.year(NOTHING_ENTERED)
    assert year.hk1 == year.hk2 == TermMarks((None, None), None, None, 2)
    assert year.exempt is None


@pytest.mark.parametrize("state", list(CellState))
def test_only_the_states_that_carry_a_value_count(state: CellState):
    assert (MarkCell(state, 70, "vì").counted() == 70) is (state in COUNTED_STATES)


def test_the_file_gives_the_same_results_both_ways(tmp_path):
    school = make_school(tmp_path, pupils=5)
    record = RecordBook(school)
    record.open_entry()
    columns = record.facts("toan").term_codes(Term.HK1)
    record.enter("toan", {(n, c): "7,5" for n in range(5) for c in columns})
    teacher, sheet = school.actor("toan"), record.sheet("toan")
    for pupil, (state, value) in enumerate(
        (
            (CellState.PENDING_MAKEUP, ""),
            (CellState.ZERO_ABSENT, ""),
            (CellState.EXEMPT, ""),
            (CellState.TRANSFERRED, "9,0"),
            (CellState.EMPTY, ""),
        )
    ):
        key = record.key(pupil, "HK1.gk")
        record.marks.set_state(teacher, sheet, [key], state, "lý do", value)
    with school.uow.read() as uow:
        whole = load_class(uow, school.class_id)
        rows = {(c, p): (s, v) for c, p, s, v in uow.marks.values(school.class_id)}
    assert rows == {at: (int(m.cell.state), m.cell.value) for at, m in whole.cells.items()}
    facts, results = ClassResults(school.uow).of_class(school.class_id)
    assert facts.all_pupil_years() == whole.all_pupil_years()
    assert results == whole.results()
    at = next(n for n, s in enumerate(whole.subjects) if s.code == "toan")
    averages = [results[pupil].subjects[at].hk1 for pupil in school.pupils]
    assert averages[0] is averages[2] is averages[4] is None
    assert averages[1] < 75 < averages[3]
