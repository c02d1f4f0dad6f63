"""Columns of primary files: one subject, all subjects, several kỳ, phẩm chất, năng lực."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.periods import Period
from app.domain.subjects import SubjectKind
from app.importing.level_headings import LevelSheet, guess_level_mapping, subject_names
from app.importing.mark_sheet import MarkBook, SheetPupil, analyse_mark_sheet
from app.importing.problems import Severity
from app.importing.titles import Target, TitleFacts, period_in, read_titles, title_problems
from app.regulations.primary_columns import TRAIT_NAMES
from app.regulations.registry import primary_regulation
from tests.unit.importing.sheets import make_sheet

WHO = ["STT", "Mã học sinh", "Họ và tên"]
AN = SheetPupil(1, "Nguyễn Văn An", "0100000000")
ROW = [1, "0100000000", "Nguyễn Văn An"]
TOAN = LevelSheet("Toán", Period.CK1, ("muc", "ktdk"))
TRAITS = tuple(trait.code for trait in primary_regulation("TT27/2020").traits(4))
SHEET = LevelSheet("Phẩm chất, năng lực", Period.CK1, TRAITS)
KINDS = {"ktdk": SubjectKind.SCORES}


def meanings(header, about=TOAN, under=None, merged=()):
    rows = [header] if under is None else [header, under]
    found = guess_level_mapping(make_sheet([*rows, ROW, ROW, ROW], merged=merged), about)
    return {what: at for at, what in found.meanings.items() if what not in ("order", "full_name",
            "ministry_code")}  # fmt: skip


def test_a_file_of_one_subject():
    header = [*WHO, "Mức đạt được", "Điểm KTĐK", "Nhận xét"]
    assert meanings(header) == {"muc": 4, "ktdk": 5, "remark": 6}
    assert meanings([*WHO, "Mức", "Điểm"]) == {"muc": 4, "ktdk": 5}


def test_a_file_of_all_subjects_gives_only_the_columns_of_this_one():
    header = [*WHO, "Tiếng Việt", None, "Toán", None, "Đạo đức"]
    under = [None, None, None, "Mức đạt được", "Điểm KTĐK", "Mức đạt được", "Điểm KTĐK", None]
    merged = [(1, 4, 1, 5), (1, 6, 1, 7)]
    assert meanings(header, TOAN, under, merged) == {"muc": 6, "ktdk": 7}
    ethics = LevelSheet("Đạo đức", Period.CK1, ("muc",))
    assert meanings(header, ethics, under, merged) == {"muc": 8}


def test_several_ky_side_by_side():
    header = [*WHO, "Giữa học kì I", None, "Cuối học kì I", None]
    under = [None, None, None, "Mức", "Điểm KTĐK", "Mức", "Điểm KTĐK"]
    merged = [(1, 4, 1, 5), (1, 6, 1, 7)]
    assert meanings(header, TOAN, under, merged) == {"muc": 6, "ktdk": 7}


def test_traits_by_their_names_and_not_the_subjects_of_the_same_name():
    header = [*WHO, "Khoa học", "Yêu nước", "Tự chủ và tự học", "Năng lực đặc thù", None]
    under = [None, None, None, None, None, None, "Ngôn ngữ", "Khoa học"]
    found = meanings(header, SHEET, under, [(1, 1, 2, 1), (1, 7, 1, 8)])
    assert found == {"khoa_hoc": 8, "yeu_nuoc": 5, "tu_chu": 6, "ngon_ngu": 7}


def test_every_trait_of_a_plain_header():
    names = [TRAIT_NAMES[code] for code in TRAITS]
    found = meanings([*WHO, *names, "Nhận xét"], SHEET)
    assert [found[code] for code in TRAITS] == list(range(4, 4 + len(TRAITS)))
    assert found["remark"] == 4 + len(TRAITS)


def test_names_of_a_split_subject():
    assert {"Tin học", "Tin học và Công nghệ"} <= set(
        subject_names("Tin học và Công nghệ (Tin học)")
    )
    assert "Công nghệ" in subject_names("Tin học và Công nghệ (Công nghệ)")
    assert subject_names("Bơi lội") == ()


def draft(*values, columns=("muc", "ktdk"), kind=SubjectKind.LEVELS, kinds=KINDS, header=None):
    head = header or [*WHO, "Mức đạt được", "Điểm KTĐK", "Nhận xét"]
    sheet = make_sheet([head, [*ROW, *values]])
    mapping = guess_level_mapping(sheet, LevelSheet("Toán", Period.CK1, columns))
    return analyse_mark_sheet(sheet, mapping, (AN,), MarkBook(columns, kind, "4A", kinds))


@pytest.mark.parametrize(
    ("level", "score", "wanted"),
    [
        ("T", 9, ("T", "9")),
        ("hoàn thành tốt", Decimal("9.0"), ("T", "9")),
        ("HT", "10", ("H", "10")),
        ("Chưa hoàn thành", "0", ("C", "0")),
    ],
)
def test_levels_and_scores_as_files_write_them(level, score, wanted):
    found = draft(level, score, "Tiến bộ")
    assert (found.cells[1, "muc"], found.cells[1, "ktdk"]) == wanted
    assert found.remarks == {1: "Tiến bộ"}
    assert found.problems == ()


@pytest.mark.parametrize(
    ("level", "score", "words"),
    [
        ("Đ", 9, "không phải là mức của môn học"),
        ("T", Decimal("8.5"), "số nguyên"),
        ("T", 11, "ngoài thang"),
        ("T", "vắng", "trạng thái riêng"),
    ],
)
def test_values_that_are_refused_name_their_cell(level, score, words):
    (problem,) = draft(level, score).problems
    assert words in problem.reason
    assert problem.excel_row == 2
    assert problem.severity is Severity.ERROR


def test_zero_is_refused_where_the_circular_has_none():
    (problem,) = draft("C", 0, kinds={"ktdk": SubjectKind.SCORES_FROM_1}).problems
    assert "không cho điểm 0" in problem.reason


def test_a_test_that_the_ky_does_not_ask_is_named_not_dropped():
    found = draft("T", 9, columns=("muc",))
    assert found.cells == {(1, "muc"): "T"}
    (problem,) = found.problems
    assert problem.code == "column_not_in_book"
    assert "trong kỳ này sổ không có cột ấy" in problem.reason


def test_traits_by_letters_and_words():
    columns = ("yeu_nuoc", "nhan_ai")
    found = draft("d", "Cần cố gắng", columns=columns, kind=SubjectKind.TRAITS, kinds={},
                  header=[*WHO, "Yêu nước", "Nhân ái"])  # fmt: skip
    assert found.cells == {(1, "yeu_nuoc"): "Đ", (1, "nhan_ai"): "C"}


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Giữa học kì I", Period.GK1),
        ("GIỮA HK II", Period.GK2),
        ("Cuối học kỳ 1 năm học 2025-2026", Period.CK1),
        ("Lớp: 4A - Cuối năm học", Period.CN),
        ("Cuối học kì II", Period.CN),
        ("CK1", Period.CK1),
        ("GKII", Period.GK2),
        ("Học kì I", None),
        ("Giữa học kì I, cuối học kì I", None),
        ("Môn học: Toán", None),
    ],
)
def test_the_ky_of_a_title(text, period):
    assert period_in(text) is period


def test_titles_of_another_ky_or_subject_refuse_the_file():
    target = Target("4A", "Nghệ thuật (Âm nhạc)", Period.CK1, "2025-2026",
                    subject_names("Nghệ thuật (Âm nhạc)"))  # fmt: skip
    rows = [["Môn học: Âm nhạc"], ["Lớp: 4A - Giữa học kì I - Năm học 2025-2026"], WHO, ROW]
    sheet = make_sheet(rows)
    header = guess_level_mapping(sheet, TOAN).header
    facts = read_titles(sheet, header, primary=True)
    assert facts == TitleFacts("4A", "Âm nhạc", Period.GK1, "2025-2026")
    (problem,) = title_problems(facts, target)
    assert problem.sentence.startswith("Tệp này của giữa học kì I, không phải cuối học kì I")
    other = TitleFacts("4A", "Mĩ thuật", Period.CK1, "2025-2026")
    assert [p.code for p in title_problems(other, target)] == ["wrong_subject"]
