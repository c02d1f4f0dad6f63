"""Every bad row of a roster is named with its row, column and reason."""

from __future__ import annotations

import datetime as dt

import pytest

from app.errors import RuleRefused
from app.importing.fields import ROSTER_VOCABULARY, Field
from app.importing.header_finder import guess_mapping
from app.importing.problems import Severity
from app.importing.roster import RosterContext, analyse_roster
from app.importing.tables import CellKind, RawCell
from tests.unit.importing.sheets import ROSTER_HEADER, make_sheet

GOOD = [1, "0149081935", "015186497579", "Hoàng Tuấn Quân", "25/01/2014", "Nam", "Kinh"]
OTHER = [2, "0184212661", "086858149977", "Mai Tuấn Ân", "17/10/2014", "Nam", "Kinh"]


def changed(row, column, value):
    return [value if number == column else old for number, old in enumerate(row)]


def analyse(*rows, header=ROSTER_HEADER, context=None, **more):
    sheet = make_sheet([header, *rows], **more)
    mapping = guess_mapping(sheet, ROSTER_VOCABULARY)
    return analyse_roster(sheet, mapping, context or RosterContext("6A", 6, 2025))


def only(draft):
    (problem,) = draft.problems
    return problem


def test_a_clean_roster_has_no_problem():
    draft = analyse(GOOD, OTHER)
    assert draft.problems == ()
    assert [row.profile.full_name for row in draft.good_rows] == ["Hoàng Tuấn Quân", "Mai Tuấn Ân"]
    assert draft.rows[0].profile.birth_date == dt.date(2014, 1, 25)
    assert Field.PHONE not in draft.fields
    assert Field.ETHNICITY in draft.fields


@pytest.mark.parametrize(
    ("column", "value", "code", "severity"),
    [
        (1, "123", "bad_ministry_code", Severity.ERROR),
        (1, None, "code_missing", Severity.WARNING),
        (1, 149081935, "mended_ministry_code", Severity.NOTE),
        (2, "15186497", "bad_personal_id", Severity.ERROR),
        (3, None, "name_missing", Severity.ERROR),
        (3, "=cmd|'/C calc'!A0", "bad_full_name", Severity.ERROR),
        (3, "Quân", "name_single_word", Severity.WARNING),
        (4, "31/02/2014", "bad_birth_date", Severity.ERROR),
        (4, None, "birth_date_missing", Severity.ERROR),
        (4, "25/01/1990", "age_impossible", Severity.ERROR),
        (4, "25/01/2020", "age_impossible", Severity.ERROR),
        (4, "25/01/2009", "age_unusual", Severity.WARNING),
        (5, "Khác", "bad_sex", Severity.ERROR),
        (6, "=1+1", "looks_like_formula", Severity.WARNING),
        (6, RawCell(CellKind.UNKNOWN_FORMULA, "=A1"), "bad_ethnicity", Severity.ERROR),
    ],
)
def test_each_bad_cell_is_one_problem(column, value, code, severity):
    draft = analyse(changed(GOOD, column, value), OTHER)
    problem = only(draft)
    assert (problem.code, problem.severity, problem.excel_row) == (code, severity, 2)
    assert problem.column_label.startswith(ROSTER_HEADER[column])
    assert problem.sentence.startswith(f"Dòng 2, {ROSTER_HEADER[column]}")
    assert len(draft.good_rows) == (1 if severity is Severity.ERROR else 2)


@pytest.mark.parametrize("years", [-3, -2, -1, 0, 1])
def test_ages_that_the_school_charter_allows_pass(years):
    draft = analyse(changed(GOOD, 4, f"25/01/{2014 + years}"))
    assert draft.problems == ()


@pytest.mark.parametrize(("column", "code"), [(1, "ministry_code"), (2, "personal_id")])
def test_a_code_used_twice_names_the_first_row(column, code):
    problem = only(analyse(GOOD, changed(OTHER, column, GOOD[column])))
    assert problem.code == f"duplicate_{code}"
    assert "trùng với dòng 2 (Hoàng Tuấn Quân)" in problem.reason
    assert problem.excel_row == 3


def test_one_person_twice_without_codes_is_refused_and_with_two_codes_only_asked():
    again = [2, None, None, "HOÀNG TUẤN QUÂN", "25/01/2014", "Nam", "Kinh"]
    codes = {(p.code, p.severity) for p in analyse(GOOD, again).problems}
    assert ("duplicate_person", Severity.ERROR) in codes
    namesake = [2, "0184212661", "086858149977", "Hoàng Tuấn Quân", "25/01/2014", "Nam", "Kinh"]
    assert only(analyse(GOOD, namesake)).severity is Severity.WARNING


def test_total_lines_signatures_and_ghost_rows_are_counted_not_imported():
    draft = analyse(
        GOOD,
        OTHER,
        [],
        ["Tổng số: 2 học sinh"],
        [None, None, None, None, "HIỆU TRƯỞNG"],
        [None, " "],
        ghost_rows=50,
    )
    assert len(draft.rows) == 2
    assert (draft.total_lines, draft.other_lines, draft.blank_lines) == (1, 1, 52)
    assert draft.problems == ()


def test_a_total_that_differs_from_the_rows_is_a_warning():
    problem = only(analyse(GOOD, OTHER, ["Tổng số: 3 học sinh"]))
    assert problem.code == "total_differs"
    assert "ghi tổng số 3 học sinh nhưng đọc được 2" in problem.reason


def test_a_row_of_another_class_is_refused():
    header = [*ROSTER_HEADER, "Lớp"]
    problem = only(analyse([*GOOD, "6A"], [*OTHER, "6B"], header=header))
    assert (problem.code, problem.excel_row) == ("other_class", 3)
    assert "ghi lớp 6B, không phải lớp 6A" in problem.reason


def test_a_split_name_is_joined():
    header = ["STT", "Mã học sinh", "Họ đệm", "Tên", "Ngày sinh"]
    draft = analyse([1, "0149081935", " Hoàng  Tuấn", "Quân ", "25/1/2014"], header=header)
    assert draft.rows[0].profile.full_name == "Hoàng Tuấn Quân"
    assert Field.FULL_NAME in draft.fields


def test_without_a_name_column_the_whole_file_is_refused():
    with pytest.raises(RuleRefused) as refusal:
        analyse([1, "0149081935"], header=["STT", "Mã học sinh"])
    assert refusal.value.code == "name_column_missing"


def test_reasons_of_a_row_in_one_text():
    bad = changed(changed(GOOD, 2, "1"), 5, "?")
    draft = analyse(bad)
    assert draft.bad_rows == {2}
    assert draft.reasons(2).count(";") >= 1
    assert "Giới tính (cột F): giới tính phải là Nam hoặc Nữ" in draft.reasons(2)
