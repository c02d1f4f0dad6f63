"""The six real files of tests/samples end to end: exact counts, and which rows have problems."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from app.domain.periods import Term
from app.domain.subjects import SubjectKind, column_codes
from app.errors import RuleRefused
from app.importing.column_guard import suspicious_columns
from app.importing.fields import MARK_VOCABULARY, ROSTER_VOCABULARY
from app.importing.header_finder import guess_mapping
from app.importing.mark_sheet import MarkBook, SheetPupil, analyse_mark_sheet
from app.importing.problems import Severity
from app.importing.roster import RosterContext, analyse_roster
from app.importing.roster_diff import ExistingPupil, diff_roster
from app.importing.titles import Target, TitleFacts, read_titles, refuse_wrong_sheet
from app.text import clean
from exports.xlsx.reader import TableFileReader

SAMPLES = Path(__file__).parents[2] / "samples"
PUPILS = {"6A": 45, "6B": 38}


def load(name, vocabulary):
    (sheet,) = TableFileReader().read(SAMPLES / name)
    return sheet, guess_mapping(sheet, vocabulary)


def roster(class_name):
    sheet, mapping = load(f"danh-sach-lop-{class_name}.xlsx", ROSTER_VOCABULARY)
    return analyse_roster(sheet, mapping, RosterContext(class_name, 6, 2025))


def pupils(class_name):
    return [
        SheetPupil(n, row.profile.full_name, row.profile.ministry_code, row.profile.birth_date)
        for n, row in enumerate(roster(class_name).rows, 1)
    ]


def marks(subject, class_name, tx_count, of=None):
    sheet, mapping = load(f"bang-diem-{subject}-hk1-{class_name}.xlsx", MARK_VOCABULARY)
    book = MarkBook(column_codes(tx_count), SubjectKind.MARKS, of or class_name)
    return analyse_mark_sheet(sheet, mapping, pupils(of or class_name), book)


@pytest.mark.parametrize(
    ("class_name", "mended"), [("6A", [15, 24, 33, 42, 51]), ("6B", [15, 24, 33, 42])]
)
def test_rosters(class_name, mended):
    draft = roster(class_name)
    count = PUPILS[class_name]
    assert (len(draft.rows), len(draft.good_rows)) == (count, count)
    assert [row.order for row in draft.rows] == list(range(1, count + 1))
    assert (draft.total_lines, draft.other_lines, draft.blank_lines) == (1, 1, 52)
    assert [(p.excel_row, p.code, p.severity) for p in draft.problems] == [
        (row, "mended_ministry_code", Severity.NOTE) for row in mended
    ]
    for row in draft.rows:
        profile = row.profile
        assert profile.full_name == clean(profile.full_name)
        assert len(profile.ministry_code) == 10
        assert len(profile.personal_id) == 12
        assert profile.birth_date.year == 2014
        assert profile.sex in ("Nam", "Nữ")
        assert len(profile.phone) == 10
        assert all((profile.ethnicity, profile.birthplace, profile.address, profile.father))
        assert all((profile.father_job, profile.mother, profile.mother_job))


def test_messy_cells_of_the_rosters():
    by_row = {row.excel_row: row.profile for row in roster("6A").rows}
    assert by_row[9].full_name == "Hoàng Thị Thùy Trâm"
    assert by_row[11].full_name == "Võ Thị Ngọc Ngọc"
    assert by_row[12].birth_date == dt.date(2014, 6, 10)
    assert by_row[13].birth_date == dt.date(2014, 5, 26)
    assert by_row[40].birth_date == dt.date(2014, 7, 6)
    assert (by_row[14].sex, by_row[15].ministry_code) == ("Nam", "0120256261")


def test_importing_a_roster_twice_changes_nothing_and_the_other_class_is_all_new():
    draft = roster("6A")
    assert len(diff_roster(draft, []).new) == 45
    known = [ExistingPupil(n, row.profile, "6A", True) for n, row in enumerate(draft.rows)]
    again = diff_roster(draft, known)
    assert (len(again.same), again.new, again.changed, again.missing) == (45, (), (), ())
    other = diff_roster(roster("6B"), known)
    assert (len(other.new), len(other.missing), other.problems) == (38, 45, ())


@pytest.mark.parametrize(
    ("subject", "class_name", "tx_count", "cells", "remarks", "blanks"),
    [
        ("toan", "6A", 4, 259, 17, 11),
        ("toan", "6B", 4, 226, 5, 2),
        ("tin-hoc", "6A", 2, 180, 0, 0),
        ("tin-hoc", "6B", 2, 152, 0, 0),
        ("tin-hoc", "6B", 4, 228, 0, 0),
    ],
)
def test_mark_sheets(subject, class_name, tx_count, cells, remarks, blanks):
    draft = marks(subject, class_name, tx_count)
    assert (len(draft.cells), len(draft.remarks), draft.blank_cells) == (cells, remarks, blanks)
    assert len(draft.rows) == PUPILS[class_name]
    assert (draft.absent, draft.other_lines) == ((), 0)
    assert draft.bad_rows == frozenset()


def test_exact_marks_of_both_layouts():
    toan, tin = marks("toan", "6A", 4), marks("tin-hoc", "6A", 2)
    columns = ("tx1", "tx2", "tx3", "tx4", "gk", "ck")
    assert [toan.cells[1, code] for code in columns] == ["6,6", "10,0", "10,0", "9,8", "8,6", "6,1"]
    assert [toan.cells[2, code] for code in columns] == ["10,0", "7,0", "6,7", "7,9", "10,0", "9,1"]
    assert (5, "tx3") not in toan.cells
    assert toan.remarks[2] == "Có tiến bộ"
    assert [tin.cells[1, code] for code in ("tx1", "tx2", "gk", "ck")] == [
        "10,0",
        "9,3",
        "9,9",
        "10,0",
    ]


def test_columns_that_a_35_lesson_subject_does_not_have_are_told():
    draft = marks("tin-hoc", "6A", 2)
    assert draft.left_out == {"ĐĐGtx 3 (cột H)": 45, "ĐĐGtx 4 (cột I)": 45}
    assert [(p.code, p.excel_row) for p in draft.problems] == [("column_not_in_book", 0)] * 2


def test_the_sheet_of_the_other_class_matches_nobody():
    draft = marks("toan", "6B", 4, of="6A")
    assert (draft.cells, len(draft.absent)) == ({}, 45)
    assert {p.code for p in draft.problems} == {"pupil_unknown"}
    assert len(draft.bad_rows) == 38
    by_class_column = marks("tin-hoc", "6B", 2, of="6A")
    assert {p.code for p in by_class_column.problems if p.excel_row} == {"other_class"}


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("bang-diem-toan-hk1-6A.xlsx", TitleFacts("6A", "Toán", Term.HK1, "2025-2026")),
        ("bang-diem-tin-hoc-hk1-6B.xlsx", TitleFacts("6B", "Tin học", Term.HK1, "2025-2026")),
    ],
)
def test_titles_and_a_wrong_choice(name, facts):
    sheet, mapping = load(name, MARK_VOCABULARY)
    assert read_titles(sheet, mapping.header) == facts
    with pytest.raises(RuleRefused) as refusal:
        refuse_wrong_sheet(facts, Target("6A", "Ngữ văn", Term.HK2, "2025-2026"))
    assert refusal.value.code in ("wrong_class", "wrong_subject")


def test_the_guard_is_silent_on_real_marks_and_speaks_when_columns_are_swapped():
    columns = {}
    for (pupil, code), text in marks("toan", "6A", 4).cells.items():
        columns.setdefault(code, {})[pupil] = int(text.replace(",", ""))
    assert suspicious_columns(columns, {}) == ()
    assert suspicious_columns(columns, columns) == ()
    swapped = {"gk": columns["ck"], "ck": columns["gk"]}
    assert [(s.column, s.resembles) for s in suspicious_columns(swapped, columns)] == [
        ("gk", "ck"),
        ("ck", "gk"),
    ]
