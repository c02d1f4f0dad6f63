"""Marks of a file land on the right pupil and column, or are reported with row, column, reason."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.marks import mark_text
from app.domain.subjects import SubjectKind, column_codes
from app.errors import RuleRefused
from app.importing.fields import MARK_VOCABULARY
from app.importing.header_finder import guess_mapping
from app.importing.mark_sheet import MarkBook, SheetPupil, analyse_mark_sheet
from app.importing.problems import Severity
from app.importing.tables import CellKind, RawCell
from tests.unit.importing.sheets import MARK_HEADER, make_sheet

QUAN = SheetPupil(1, "Hoàng Tuấn Quân", "0149081935", dt.date(2014, 1, 25))
AN = SheetPupil(2, "Mai Tuấn Ân", "0184212661", dt.date(2014, 10, 17))
BOOK = MarkBook(column_codes(2), SubjectKind.MARKS, "6A")
ROW_1 = [1, "0149081935", "Hoàng Tuấn Quân", "25/01/2014"]
ROW_2 = [2, "0184212661", "Mai Tuấn Ân", "17/10/2014"]


def analyse(*rows, header=MARK_HEADER, pupils=(QUAN, AN), book=BOOK):
    sheet = make_sheet([header, *rows], name="Toán")
    return analyse_mark_sheet(sheet, guess_mapping(sheet, MARK_VOCABULARY), pupils, book)


def only(draft):
    (problem,) = draft.problems
    return problem


def test_marks_become_texts_for_the_entry_parser():
    draft = analyse([*ROW_1, Decimal("6.6"), 10, "7,5", "8.0"], [*ROW_2, 0, None, "8.50", " 9 "])
    assert draft.cells == {
        (1, "tx1"): "6,6",
        (1, "tx2"): "10,0",
        (1, "gk"): "7,5",
        (1, "ck"): "8,0",
        (2, "tx1"): "0,0",
        (2, "gk"): "8,5",
        (2, "ck"): "9,0",
    }
    assert (draft.blank_cells, draft.problems, draft.rows) == (1, (), {2: 1, 3: 2})


@given(st.integers(0, 100), st.sampled_from([",", ".", "number"]))
def test_every_mark_survives_every_way_a_file_writes_it(tenths, how):
    text = f"{tenths // 10}.{tenths % 10}"
    value = Decimal(text) if how == "number" else text.replace(".", how)
    assert analyse([*ROW_1, value]).cells[1, "tx1"] == mark_text(tenths)


@given(st.text(max_size=6))
def test_any_text_is_a_mark_a_blank_or_one_problem(text):
    draft = analyse([*ROW_1, text, 5])
    assert draft.cells[1, "tx2"] == "5,0"
    assert len(draft.cells) + len(draft.problems) + draft.blank_cells == 4


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("10,5", "ngoài thang 0 đến 10"),
        ("-1", "ngoài thang 0 đến 10"),
        ("7,25", "hơn một chữ số thập phân"),
        ("75", "ngoài thang 0 đến 10"),
        ("l0", "không phải là điểm"),
        ("8,,5", "không phải là điểm"),
        ("vắng", "trạng thái riêng"),
        ("miễn", "trạng thái riêng"),
        (dt.date(2025, 5, 8), "điểm gõ vào là 8,5"),
        (RawCell(CellKind.UNKNOWN_FORMULA, "=AVERAGE(A1:B1)"), "không lưu kết quả"),
        (RawCell(CellKind.ERROR, "#DIV/0!"), "báo lỗi của Excel"),
    ],
)
def test_values_that_are_no_marks(value, words):
    draft = analyse([*ROW_1, 5, value])
    problem = only(draft)
    assert words in problem.reason
    assert (problem.excel_row, problem.column_label) == (2, "TX2 (cột F)")
    assert draft.cells == {(1, "tx1"): "5,0"}
    assert "TX2 (cột F)" in draft.reasons(2)


def test_a_formula_with_a_stored_result_is_taken():
    computed = RawCell(CellKind.NUMBER, "7.5", computed=True)
    assert analyse([*ROW_1, computed]).cells == {(1, "tx1"): "7,5"}


def test_levels_of_a_comment_subject():
    book = MarkBook(column_codes(2), SubjectKind.COMMENTS)
    draft = analyse([*ROW_1, "Đ", "cđ", "Đạt", "Chưa đạt"], [*ROW_2, 8], book=book)
    assert list(draft.cells.values()) == ["Đ", "CĐ", "Đ", "CĐ"]
    assert "chỉ ghi Đ (Đạt) hoặc CĐ" in only(draft).reason


def test_more_tx_columns_than_the_subject_has_are_reported_never_dropped_silently():
    header = ["STT", "Mã học sinh", "Họ và tên", "TX1", "TX2", "TX3", "TX4", "GK", "CK"]
    draft = analyse([*ROW_1[:3], 5, 6, 7, None, 8, 9], header=header)
    problem = only(draft)
    assert (problem.code, problem.excel_row, problem.severity) == (
        "column_not_in_book",
        0,
        Severity.WARNING,
    )
    assert "có 1 điểm ở cột thường xuyên lần 3, nhưng môn này chỉ có 2 điểm" in problem.reason
    assert draft.left_out == {"TX3 (cột F)": 1}
    assert (1, "tx3") not in draft.cells


def test_averages_and_unknown_columns_are_mentioned_and_remarks_kept():
    header = [*MARK_HEADER, "ĐTBmhk", "Nhận xét", "Xếp hạng"]
    draft = analyse([*ROW_1, 5, 5, 5, 5, 5, " Có  tiến bộ ", 3], header=header)
    assert {p.code for p in draft.problems} == {"average_ignored", "column_unknown"}
    assert draft.remarks == {1: "Có tiến bộ"}
    assert draft.left_out == {"Xếp hạng (cột K)": 1}


def test_a_sheet_without_any_column_of_the_book_is_refused():
    with pytest.raises(RuleRefused) as refusal:
        analyse(ROW_1, header=MARK_HEADER[:4])
    assert refusal.value.code == "no_mark_column"
    assert "“Toán”" in refusal.value.sentence
    assert "giữa kì" in refusal.value.sentence


def test_total_and_average_lines_below_the_pupils_are_left_out():
    draft = analyse([*ROW_1, 5], ["Trung bình", None, None, None, 5], [None] * 6 + ["GVBM"], [])
    assert (draft.cells, draft.other_lines, draft.problems) == ({(1, "tx1"): "5,0"}, 2, ())


def test_marks_without_a_name_are_reported():
    problem = only(analyse([*ROW_1, 5], [2, None, None, None, 6]))
    assert (problem.code, problem.excel_row) == ("nobody_named", 3)


def test_pupils_the_file_does_not_name_are_listed():
    left = SheetPupil(3, "Lê Bình", "0111111111", left=True)
    assert analyse([*ROW_1, 5], pupils=(QUAN, AN, left)).absent == (AN,)


def test_a_row_of_another_class_is_not_taken():
    header = ["STT", "Lớp", *MARK_HEADER[1:]]
    draft = analyse([1, "6B", *ROW_1[1:], 5], [2, "6A", *ROW_2[1:], 6], header=header)
    assert only(draft).code == "other_class"
    assert list(draft.cells) == [(2, "tx1")]


@pytest.mark.parametrize(
    ("row", "code", "severity", "taken"),
    [
        ([1, "0149081935", "Hoàng Tuấn Quân", None], None, None, True),
        ([1, "0149081935", None, None], None, None, True),
        ([1, 149081935, "Hoàng Tuấn Quân", None], None, None, True),
        ([1, "0149081935", "Hoàng Tuấn Quấn", None], "name_spelt_otherwise", "warning", True),
        ([1, "0149081935", "Mai Tuấn Ân", None], "name_differs_from_code", "error", False),
        ([1, "0149081935", "Hoàng Tuấn Quân", "1/1/2014"], "birth_date_differs", "warning", True),
        ([1, "0999999999", "Trần Lạ", "1/1/2014"], "pupil_unknown", "error", False),
        ([1, None, "Trần Lạ", "1/1/2014"], "pupil_unknown", "error", False),
        ([1, "0999999999", "Hoàng Tuấn Quân", "25/1/2014"], "code_differs", "error", False),
        ([1, None, "Hoàng Tuấn Quân", "25/1/2014"], "matched_by_name", "note", True),
        ([1, None, "HOANG TUAN QUAN", "25/1/2014"], "matched_by_name", "note", True),
        ([1, None, "Hoàng Tuấn Quân", None], "matched_by_name", "warning", True),
        ([1, None, "Hoang Tuan Quan", None], "pupil_unknown", "error", False),
        ([1, None, "Hoàng Tuấn Quân", "26/1/2014"], "birth_date_differs", "error", False),
        ([1, "12", "Hoàng Tuấn Quân", "25/1/2014"], "matched_by_name", "warning", True),
    ],
)
def test_who_a_row_is_about(row, code, severity, taken):
    draft = analyse([*row, 5])
    assert [(p.code, p.severity.value) for p in draft.problems] == (
        [(code, severity)] if code else []
    )
    assert draft.cells == ({(1, "tx1"): "5,0"} if taken else {})


def test_rows_that_slipped_by_one_are_all_refused():
    """Codes of one pupil beside the name of the next: the classic sorting accident."""
    draft = analyse([1, ROW_2[1], *ROW_1[2:], 5], [2, ROW_1[1], *ROW_2[2:], 6])
    assert draft.cells == {}
    assert [p.code for p in draft.problems] == ["name_differs_from_code"] * 2
    assert "lệch dòng" in draft.problems[0].reason


def test_two_rows_of_one_pupil_are_both_refused():
    draft = analyse([*ROW_1, 5], [*ROW_1, 6], [*ROW_2, 7])
    assert draft.cells == {(2, "tx1"): "7,0"}
    assert [p.excel_row for p in draft.problems] == [2, 3]
    assert "các dòng 2, 3 cùng là một học sinh" in draft.problems[0].reason


def test_a_pupil_who_left_gets_no_mark():
    gone = SheetPupil(1, "Hoàng Tuấn Quân", "0149081935", left=True)
    draft = analyse([*ROW_1, 5], [*ROW_2, 6], pupils=(gone, AN))
    assert draft.cells == {(2, "tx1"): "6,0"}
    assert "đã rời lớp" in only(draft).reason


def test_namesakes_need_a_code_or_a_birth_date():
    twin = SheetPupil(3, "Hoàng Tuấn Quân", "0177777777", dt.date(2014, 5, 5))
    draft = analyse([1, None, "Hoàng Tuấn Quân", None, 5], pupils=(QUAN, twin))
    assert only(draft).code == "namesakes"
    draft = analyse([1, None, "Hoàng Tuấn Quân", "5/5/2014", 5], pupils=(QUAN, twin))
    assert draft.cells == {(3, "tx1"): "5,0"}
