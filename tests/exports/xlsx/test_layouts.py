"""What the program hands out, its own import reads again without a question."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from app.domain.periods import Term
from app.domain.pupils import PupilProfile
from app.domain.subjects import SubjectKind, column_codes
from app.importing.fields import MARK_VOCABULARY, ROSTER_VOCABULARY
from app.importing.header_finder import guess_mapping
from app.importing.mark_sheet import MarkBook, SheetPupil, analyse_mark_sheet
from app.importing.roster import RosterContext, analyse_roster
from app.importing.titles import Target, TitleFacts, read_titles, refuse_wrong_sheet
from exports.xlsx.layouts import MarkLine, SheetTitle, bad_rows_sheet, mark_sheet, roster_sheet
from exports.xlsx.reader import TableFileReader
from exports.xlsx.writers import SheetOut, write_workbook

SAMPLES = Path(__file__).parents[2] / "samples"
TITLE = SheetTitle("TRƯỜNG THCS TÂN AN", "6A", "2025-2026", "Lịch sử và Địa lí", Term.HK2)
QUAN = PupilProfile(
    "Hoàng Tuấn Quân",
    dt.date(2014, 1, 25),
    "Nam",
    "0149081935",
    "015186497579",
    ethnicity="Kinh",
    phone="0928546741",
)


def reread(tmp_path, sheet, name="a.xlsx"):
    path = tmp_path / name
    path.write_bytes(write_workbook([sheet]))
    return TableFileReader().read(path)[0]


def test_a_written_roster_is_read_without_a_problem(tmp_path):
    sheet = reread(tmp_path, roster_sheet(TITLE, [QUAN]))
    mapping = guess_mapping(sheet, ROSTER_VOCABULARY)
    assert not mapping.unknown_columns
    draft = analyse_roster(sheet, mapping, RosterContext("6A", 6, 2025))
    assert (draft.problems, draft.rows[0].profile) == ((), QUAN)
    facts = read_titles(sheet, mapping.header)
    assert (facts.class_name, facts.school_year) == ("6A", "2025-2026")


def test_the_empty_roster_template_has_no_pupil(tmp_path):
    sheet = reread(tmp_path, roster_sheet(TITLE))
    assert analyse_roster(sheet, guess_mapping(sheet, ROSTER_VOCABULARY)).rows == ()


def test_a_written_mark_sheet_is_read_without_a_problem(tmp_path):
    lines = [
        MarkLine(
            "0149081935",
            "Hoàng Tuấn Quân",
            dt.date(2014, 1, 25),
            {"tx1": "8,5", "tx3": "10,0", "gk": "0,0", "ck": "7,3"},
            average="7,5",
            remark="Có tiến bộ",
        )
    ]
    columns = column_codes(3)
    sheet = reread(tmp_path, mark_sheet(TITLE, columns, lines, average_title="ĐTBmhkII"))
    mapping = guess_mapping(sheet, MARK_VOCABULARY)
    facts = read_titles(sheet, mapping.header)
    assert facts == TitleFacts("6A", "Lịch sử và Địa lí", Term.HK2, "2025-2026")
    target = Target("6A", "Lịch sử và Địa lí", Term.HK2, "2025-2026")
    assert refuse_wrong_sheet(facts, target) == ()
    pupils = [SheetPupil(1, "Hoàng Tuấn Quân", "0149081935", dt.date(2014, 1, 25))]
    draft = analyse_mark_sheet(sheet, mapping, pupils, MarkBook(columns, SubjectKind.MARKS, "6A"))
    assert draft.cells == {(1, code): text for code, text in lines[0].marks.items()}
    assert draft.remarks == {1: "Có tiến bộ"}
    assert [problem.code for problem in draft.problems] == ["average_ignored"]


def test_a_comment_subject_with_one_tx_column(tmp_path):
    line = MarkLine("0149081935", "Hoàng Tuấn Quân", marks={"tx1": "Đ", "ck": "CĐ"})
    sheet = reread(tmp_path, mark_sheet(TITLE, ("tx1", "gk", "ck"), [line]))
    mapping = guess_mapping(sheet, MARK_VOCABULARY)
    book = MarkBook(("tx1", "gk", "ck"), SubjectKind.COMMENTS)
    draft = analyse_mark_sheet(
        sheet, mapping, [SheetPupil(1, "Hoàng Tuấn Quân", "0149081935")], book
    )
    assert (draft.cells, draft.problems) == ({(1, "tx1"): "Đ", (1, "ck"): "CĐ"}, ())


def test_bad_rows_come_back_with_reasons_and_import_again_once_mended(tmp_path):
    rows = [
        ["DANH SÁCH LỚP 6A NĂM HỌC 2025 - 2026"],
        ["STT", "Mã học sinh", "Họ và tên", "Ngày sinh"],
        [1, "0149081935", "Hoàng Tuấn Quân", "25/01/2014"],
        [2, 184212661, "Mai Tuấn Ân", "31/02/2014"],
        [3, "0176626738", None, dt.date(2014, 3, 15)],
    ]
    sheet = reread(tmp_path, SheetOut("6A", rows))
    mapping = guess_mapping(sheet, ROSTER_VOCABULARY)
    draft = analyse_roster(sheet, mapping)
    assert draft.bad_rows == {4, 5}
    out = bad_rows_sheet(sheet, mapping.header, draft.bad_rows, draft.reasons)
    back = reread(tmp_path, out, "loi.xlsx")
    assert back.cell(2, 5).text == "Lý do"
    assert "không có ngày này trong lịch" in back.cell(3, 5).text
    assert "thiếu họ tên" in back.cell(4, 5).text
    assert back.cell(3, 2).text == "184212661"
    again = guess_mapping(back, ROSTER_VOCABULARY)
    assert analyse_roster(back, again).bad_rows == {3, 4}
    assert read_titles(back, again.header).class_name == "6A"

    mended = [list(row) for row in out.rows]
    mended[2][3], mended[3][2] = "28/02/2014", "Hoàng Thị Thùy Trâm"
    fixed = reread(tmp_path, SheetOut("6A", mended), "sua.xlsx")
    assert len(analyse_roster(fixed, guess_mapping(fixed, ROSTER_VOCABULARY)).good_rows) == 2


def test_bad_rows_keep_a_merged_two_line_header(tmp_path):
    (sheet,) = TableFileReader().read(SAMPLES / "bang-diem-toan-hk1-6A.xlsx")
    mapping = guess_mapping(sheet, MARK_VOCABULARY)
    back = reread(tmp_path, bad_rows_sheet(sheet, mapping.header, {9}, lambda row: f"dòng {row}"))
    again = guess_mapping(back, MARK_VOCABULARY)
    assert again.meanings == mapping.meanings
    assert [cell.text for cell in back.rows[7]][:5] == [
        "2",
        "0184212661",
        "Mai Tuấn",
        "Ân",
        "10,0",
    ]
    assert back.rows[7][-1].text == "dòng 9"
