"""Điểm bất thường: what deserves a look is found, ordinary classes are left in peace."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.ids import AssessmentId, ClassId, PupilId, SchoolYearId, SubjectId
from app.domain.marks import CellState, MarkCell
from app.domain.periods import Period, Term
from app.domain.pupils import PupilProfile, RosterEntry
from app.domain.school import SchoolClass, SchoolYear
from app.domain.subjects import Subject, SubjectKind
from app.ports import Assessment, StoredMark
from app.services.anomalies import AnomalyKind, anomalies
from app.services.class_results import ClassFacts

CODES = ("tx1", "tx2", "gk", "ck")
SUBJECTS = (
    Subject(SubjectId(1), "toan", "Toán", "Toán", SubjectKind.MARKS, 1, 140, 2),
    Subject(SubjectId(2), "khtn", "KHTN", "KHTN", SubjectKind.MARKS, 2, 140, 2),
    Subject(SubjectId(3), "gdtc", "GDTC", "GDTC", SubjectKind.COMMENTS, 3, 70, 2),
)
COLUMNS = tuple(
    Assessment(
        AssessmentId(100 * s.id + 10 * (t is Term.HK2) + n), ClassId(1), s.id, t, code, None, None
    )
    for s in SUBJECTS
    for t in Term
    for n, code in enumerate(CODES)
)


def facts(marks: dict[tuple[int, str, int], int | MarkCell], pupils: int = 12) -> ClassFacts:
    """A class; `marks` maps (subject, "HK1.ck", pupil) to tenths or a cell."""
    ids = {(c.subject_id, f"{c.term}.{c.code}"): c.id for c in COLUMNS}
    cells = {}
    for (subject, column, pupil), value in marks.items():
        cell = value if isinstance(value, MarkCell) else MarkCell(CellState.MARK, value)
        key = (ids[SubjectId(subject), column], PupilId(pupil))
        cells[key] = StoredMark(*key, cell)
    return ClassFacts(
        SchoolClass(ClassId(1), SchoolYearId(1), 6, "6A", "TT22/2021"),
        SchoolYear(
            SchoolYearId(1), "2026-2027", date(2026, 9, 1), date(2027, 1, 18), date(2027, 5, 31)
        ),
        SUBJECTS,
        tuple(
            RosterEntry(PupilId(n), n, PupilProfile(f"Em {n}"), date(2026, 9, 1))
            for n in range(1, pupils + 1)
        ),
        COLUMNS,
        cells,
        {},
        {},
    )


def ordinary(pupils: int = 12) -> dict[tuple[int, str, int], int | MarkCell]:
    """Pupils between 4,5 and 9,0, better at Toán the worse they are at KHTN."""
    found: dict[tuple[int, str, int], int | MarkCell] = {}
    for pupil in range(1, pupils + 1):
        for subject, level in ((1, 45 + 4 * pupil % 46), (2, 90 - 4 * pupil % 46)):
            for term in Term:
                for n, code in enumerate(CODES):
                    spread = (pupil * 7 + (n + 1) * (pupil + subject + (term is Term.HK2)) * 5) % 11
                    found[subject, f"{term}.{code}", pupil] = level + spread - 5
    return found


def kinds(marks, period=Period.HK1, pupils=12) -> list[AnomalyKind]:
    return [one.kind for one in anomalies(facts(marks, pupils), period)]


def test_an_ordinary_class_is_left_in_peace():
    assert kinds(ordinary()) == []
    assert kinds(ordinary(), Period.HK2) == []


def test_a_zero_is_named_unless_it_is_an_absence():
    marks = ordinary()
    marks[1, "HK1.tx1", 3] = 0
    marks[2, "HK1.tx1", 3] = MarkCell(CellState.ZERO_ABSENT, 0, "vắng")
    (one,) = anomalies(facts(marks), Period.HK1)
    assert (one.kind, one.subject, one.pupil, one.column) == (
        AnomalyKind.ZERO, "Toán", "Em 3", "HK1.tx1",
    )  # fmt: skip


def test_a_slipped_comma_a_far_final_test_and_one_mark_for_all():
    marks = ordinary()
    marks[2, "HK1.tx2", 1] = 8
    marks[1, "HK1.ck", 11] = 10
    for pupil in range(1, 13):
        marks[2, "HK1.gk", pupil] = 70
    found = anomalies(facts(marks), Period.HK1)
    assert (AnomalyKind.SLIPPED, "Em 1") in {(a.kind, a.pupil) for a in found}
    assert (AnomalyKind.CK_FAR, "Em 11") in {(a.kind, a.pupil) for a in found}
    assert [a.text for a in found if a.kind is AnomalyKind.ALL_EQUAL] == ["cả 12 học sinh đều 7,0"]


def test_a_column_pasted_into_two_places_is_found():
    marks = ordinary()
    for pupil in range(1, 13):
        marks[2, "HK1.tx1", pupil] = marks[1, "HK1.gk", pupil]
    found = [a for a in anomalies(facts(marks), Period.HK1) if a.kind is AnomalyKind.SAME_COLUMN]
    assert "12/12" in found[0].text


def test_two_subjects_that_changed_places_are_found():
    marks = ordinary()
    for pupil in range(1, 13):
        here, there = (1, "HK1.gk", pupil), (2, "HK1.gk", pupil)
        marks[here], marks[there] = marks[there], marks[here]
    (one,) = [a for a in anomalies(facts(marks), Period.HK1) if a.kind is AnomalyKind.EXCHANGED]
    assert (one.subject, one.column) == ("Toán", "HK1.gk")
    assert "KHTN" in one.text


def test_a_jump_against_the_first_term_belongs_to_the_year():
    marks = ordinary()
    for code in CODES:
        marks[1, f"HK2.{code}", 1] = 95
    assert AnomalyKind.JUMP not in kinds(marks)
    found = [a for a in anomalies(facts(marks), Period.HK2) if a.kind is AnomalyKind.JUMP]
    assert [a.pupil for a in found] == ["Em 1"]


@pytest.mark.parametrize("pupils", [0, 1, 9])
def test_few_pupils_prove_nothing_about_columns(pupils):
    marks = dict.fromkeys(ordinary(pupils), 70)
    about_columns = {AnomalyKind.EXCHANGED, AnomalyKind.SAME_COLUMN}
    assert about_columns.isdisjoint(kinds(marks, pupils=pupils))


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.tuples(
            st.sampled_from([1, 2]),
            st.sampled_from([f"{t}.{c}" for t in Term for c in CODES]),
            st.integers(1, 14),
        ),
        st.integers(0, 100),
    )
)
def test_every_anomaly_leads_to_a_cell_that_is_there(marks):
    for period in (Period.HK1, Period.HK2):
        for one in anomalies(facts(marks, 14), period):
            assert one.column.split(".")[1] in CODES
            assert one.subject_id in (1, 2)
            if one.pupil_id is not None and one.kind is not AnomalyKind.JUMP:
                assert (one.subject_id, one.column, one.pupil_id) in marks
