"""The printed class book, read back from its bytes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.print_runs import PaperSize
from app.domain.subjects import SubjectKind
from app.errors import AppError
from app.progress import Cancelled
from app.readmodels.class_book import (
    BookCell,
    BookPeriod,
    BookPromotion,
    BookScope,
    ClassBook,
    Guardian,
    PrincipalRemark,
    RosterPupil,
    SchoolLines,
    SubjectPage,
    SubjectRow,
    SubjectTeachers,
    Summary,
    SummaryColumn,
    SummaryRow,
    YearAssessment,
    YearRow,
    YearTotals,
    class_book_digest,
)
from app.readmodels.rendered_pdf import RenderedPdf
from exports.forms.class_book import render_class_book
from tests.exports.pdf_reading import all_text, assert_archival, open_pdf, page_text
from tests.exports.sample_book import LONG_NAME, SUBJECTS, sample_book, sample_stamp
from tests.exports.test_fonts import LETTERS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def year_book() -> RenderedPdf:
    book = sample_book(42)
    return render_class_book(book, sample_stamp(book))


@pytest.fixture(scope="module")
def year_text(year_book: RenderedPdf) -> list[str]:
    return all_text(year_book)


def test_year_book_has_every_part_in_order(year_book: RenderedPdf, year_text: list[str]) -> None:
    parts = [
        "SỔ THEO DÕI VÀ ĐÁNH GIÁ HỌC SINH",
        "HƯỚNG DẪN SỬ DỤNG",
        "Giáo viên giảng dạy",
        "SƠ YẾU LÝ LỊCH HỌC SINH",
        "Họ và tên cha",
        "PHẦN GHI ĐIỂM HỌC KÌ I",
        "TỔNG HỢP HỌC KÌ I ",
        "PHẦN GHI ĐIỂM HỌC KÌ II",
        "TỔNG HỢP HỌC KÌ II",
        "TỔNG HỢP CẢ NĂM HỌC",
        "ĐÁNH GIÁ CẢ NĂM",
        "NHẬN XÉT CỦA HIỆU TRƯỞNG",
        "MỤC LỤC",
    ]
    found = [next(i for i, text in enumerate(year_text) if part in text) for part in parts]
    assert found == sorted(found)
    assert len(set(found)) == len(parts)
    assert year_book.pages == len(year_text) == 13 + 2 * len(SUBJECTS)


def test_book_is_archival(year_book: RenderedPdf) -> None:
    assert_archival(year_book)


def test_spreads_open_on_the_left(year_text: list[str]) -> None:
    for part in ("Địa chỉ gia đình", "TỔNG HỢP CẢ NĂM HỌC"):
        page = next(i for i, text in enumerate(year_text, 1) if part in text)
        assert page % 2 == 0


def test_an_empty_page_keeps_the_spread_together() -> None:
    book = sample_book(5)
    book = replace(book, pages=book.pages[1:])
    texts = all_text(render_class_book(book, sample_stamp(book)))
    page = next(i for i, text in enumerate(texts, 1) if "TỔNG HỢP CẢ NĂM HỌC" in text)
    assert page % 2 == 0
    assert "(Trang này để trống)" in texts[page - 2]
    assert "ĐÁNH GIÁ CẢ NĂM" in texts[page]


def test_every_page_but_the_cover_carries_the_print_run(year_text: list[str]) -> None:
    book = sample_book(42)
    code = class_book_digest(book).code
    for number, text in enumerate(year_text[1:], 2):
        assert "Bản in số BI-2026-0007" in text
        assert "in lúc 16:05 ngày 29/05/2026" in text
        assert code in text
        assert f"Trang {number}/{len(year_text)}" in text
    assert code in year_text[0]


def test_pupils_and_results_survive(year_text: list[str]) -> None:
    book = sample_book(42)
    roster = next(text for text in year_text if "Địa chỉ gia đình" in text)
    for pupil in book.pupils:
        assert f"{pupil.position} {pupil.name}" in roster
        assert pupil.address in roster
    for page in book.pages:
        term = "HỌC KÌ I " if page.period is BookPeriod.TERM_1 else "HỌC KÌ II "
        text = next(t for t in year_text if term in t and f"Môn: {page.subject} " in t)
        for teacher in page.teachers:
            assert teacher in text
        for row in page.rows:
            for cell in (*row.regular, row.midterm, row.final, row.term_result, row.year_result):
                assert cell.text in text


def test_columns_of_a_mark_list(year_text: list[str]) -> None:
    first = next(t for t in year_text if "Môn: Toán" in t and "HỌC KÌ I " in t)
    second = next(t for t in year_text if "Môn: Toán" in t and "HỌC KÌ II " in t)
    for text in (first, second):
        joined = text.replace(" ", "")
        for name in ("ĐĐGtx", "ĐĐGgk", "ĐĐGck", "Ghichú"):
            assert name in joined
    assert "ĐTBmhkI" in first.replace(" ", "")
    assert "ĐTBmcn" not in first.replace(" ", "")
    assert "ĐTBmhkII" in second.replace(" ", "")
    assert "ĐTBmcn" in second.replace(" ", "")
    assert "Đánh giá lại" in second


def test_columns_of_a_comment_list(year_text: list[str]) -> None:
    first = next(t for t in year_text if "Môn: Giáo dục thể chất" in t and "HỌC KÌ I " in t)
    second = next(t for t in year_text if "Môn: Giáo dục thể chất" in t and "HỌC KÌ II " in t)
    for name in ("Đạt (Đ), Chưa đạt (CĐ)", "Thường xuyên", "Giữa kì", "Cuối kì", "Học kì"):
        assert name in first
        assert name in second
    assert "Cả năm" not in first
    assert "Mức đánh giá lại" in second


def test_corrections_show_old_and_new_and_are_counted(year_text: list[str]) -> None:
    book = sample_book(42)
    page = next(p for p in book.pages if p.subject == "Toán" and p.period is BookPeriod.TERM_1)
    cell = next(row for row in page.rows if row.position == 12).regular[1]
    text = next(t for t in year_text if "Môn: Toán" in t and "HỌC KÌ I " in t)
    assert cell.struck == ("4,0", "5,5")
    assert re.search(f"4,0 5,5 ?{cell.text} ", text)
    assert "Trong trang này có 3 chỗ được sửa chữa" in text
    assert "Biên bản số 12" in text


def test_corrections_and_leavers_are_struck_in_red() -> None:
    plain = sample_book(12, corrections=False)
    red = b".75 0 .05 RG"

    def strikes(book_pages: RenderedPdf) -> int:
        pages = open_pdf(book_pages).pages
        return sum(page.get_contents().get_data().count(red) for page in pages)

    assert strikes(render_class_book(plain, sample_stamp(plain))) == 0
    corrected = sample_book(12)
    assert strikes(render_class_book(corrected, sample_stamp(corrected))) > 0
    left = replace(plain.pupils[3], left="Chuyển trường từ 12/01/2026")
    moved = replace(plain, pupils=(*plain.pupils[:3], left, *plain.pupils[4:]))
    assert strikes(render_class_book(moved, sample_stamp(moved))) > 0
    assert moved.headcount == 11


def test_summary_puts_comment_subjects_first() -> None:
    book = sample_book(1)
    texts = all_text(render_class_book(book, sample_stamp(book)))
    page = next(t for t in texts if "TỔNG HỢP HỌC KÌ I " in t)
    row = book.summaries[0].rows[0]
    comments = [
        r for r, (_, _, k, *_) in zip(row.results, SUBJECTS, strict=True) if k == "comments"
    ]
    marks = [r for r, (_, _, k, *_) in zip(row.results, SUBJECTS, strict=True) if k == "marks"]
    line = " ".join([book.pupils[0].name, *comments, *marks, row.learning, row.conduct])
    assert line in page


def test_year_page_totals_and_signatures(year_text: list[str]) -> None:
    book = sample_book(42)
    assert book.year is not None
    text = next(t for t in year_text if "ĐÁNH GIÁ CẢ NĂM" in t)
    totals = book.year.totals
    assert f"Tổng số học sinh: {totals.pupils}" in text
    assert f"Được lên lớp: {totals.promoted}" in text
    assert "GIÁO VIÊN CHỦ NHIỆM (Ký, ghi rõ họ tên) Nguyễn Thị Phương Thảo" in text
    assert "HIỆU TRƯỞNG (Ký, đóng dấu) Lê Hữu Nghĩa" in text


def test_first_term_book_has_nothing_of_the_second() -> None:
    book = sample_book(30, BookScope.TERM_1)
    texts = all_text(render_class_book(book, sample_stamp(book)))
    assert not any("HỌC KÌ II" in text or "CẢ NĂM" in text for text in texts)
    assert len(texts) == 7 + len(SUBJECTS)


@pytest.mark.parametrize(("pupils", "lists"), [(1, 1), (55, 1), (56, 2), (111, 3)])
def test_long_lists_flow_to_further_pages(pupils: int, lists: int) -> None:
    book = sample_book(pupils, BookScope.TERM_1)
    texts = all_text(render_class_book(book, sample_stamp(book)))
    pages = [text for text in texts if "Môn: Toán" in text]
    assert len(pages) == lists
    for page in pages:
        assert "Họ và tên" in page
    # Teachers sign where the list ends, not before.
    signed = ["GIÁO VIÊN MÔN HỌC" in page for page in pages]
    assert signed == [False] * (lists - 1) + [True]
    joined = " ".join(pages)
    for pupil in book.pupils:
        assert f" {pupil.position} {pupil.name} " in joined


def test_book_without_pupils_is_a_blank_form() -> None:
    book = sample_book(0)
    rendered = render_class_book(book, sample_stamp(book))
    assert rendered.pages == 37
    assert_archival(rendered)


def test_long_names_are_shrunk_or_wrapped_not_cut() -> None:
    book = sample_book(9, long_names=True)
    assert len(LONG_NAME) >= 45
    for text in all_text(render_class_book(book, sample_stamp(book))):
        if "Họ và tên" in text and "Họ và tên cha" not in text:
            assert text.count(LONG_NAME) == 3


def test_every_vietnamese_letter_reads_back() -> None:
    book = sample_book(3)
    halves = (LETTERS[:73], LETTERS[73:])
    pupils = tuple(
        replace(p, address=half) for p, half in zip(book.pupils[:2], halves, strict=True)
    )
    book = replace(book, pupils=(*pupils, book.pupils[2]))
    text = all_text(render_class_book(book, sample_stamp(book)))[3].replace(" ", "")
    for half in halves:
        assert half in text


def test_decomposed_input_prints_the_same_bytes() -> None:
    book = sample_book(4)
    name = unicodedata.normalize("NFD", book.pupils[0].name)
    decomposed = replace(book, pupils=(replace(book.pupils[0], name=name), *book.pupils[1:]))
    assert decomposed != book
    assert class_book_digest(decomposed) == class_book_digest(book)
    stamp = sample_stamp(book)
    assert render_class_book(decomposed, stamp) == render_class_book(book, stamp)


def test_character_outside_the_typeface_is_refused() -> None:
    book = sample_book(4)
    odd = replace(book.pupils[1], name="Ngô 学 An")
    book = replace(book, pupils=(book.pupils[0], odd, *book.pupils[2:]))
    with pytest.raises(AppError, match="学") as caught:
        render_class_book(book, sample_stamp(book))
    assert caught.value.code == "glyph_missing"


def test_draft_is_marked_on_every_page() -> None:
    book = sample_book(3, BookScope.TERM_1)
    texts = all_text(render_class_book(book, sample_stamp(book, draft=True)))
    assert all("BẢN LÀM VIỆC" in text for text in texts)
    official = all_text(render_class_book(book, sample_stamp(book)))
    assert not any("BẢN LÀM VIỆC" in text for text in official)


def test_a3_is_the_same_book_enlarged() -> None:
    book = sample_book(3, BookScope.TERM_1)
    reader = open_pdf(render_class_book(book, replace(sample_stamp(book), paper=PaperSize.A3)))
    assert round(reader.pages[0].mediabox.width) == 842
    assert "Bản in số BI-2026-0007" in page_text(reader.pages[3])


def test_progress_counts_pages_and_cancel_stops() -> None:
    book = sample_book(3, BookScope.TERM_1)
    calls: list[tuple[int, int, str]] = []
    rendered = render_class_book(book, sample_stamp(book), lambda *call: calls.append(call))
    assert [done for done, _, _ in calls] == list(range(rendered.pages + 1))
    assert {total for _, total, _ in calls} == {rendered.pages}
    assert all(note for _, _, note in calls)

    def give_up(done: int, total: int, note: str = "") -> None:
        if done == 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        render_class_book(book, sample_stamp(book), give_up)


def test_reader_gets_an_outline(year_book: RenderedPdf) -> None:
    titles = [item.title for item in open_pdf(year_book).outline if not isinstance(item, list)]
    assert titles[0] == "Bìa"
    assert "Tổng hợp học kì II" in titles
    assert "Đánh giá cả năm" in titles


def test_information_matches_the_metadata(year_book: RenderedPdf) -> None:
    reader = open_pdf(year_book)
    assert reader.metadata is not None
    assert reader.metadata.title == ("Sổ theo dõi và đánh giá học sinh lớp 6A, năm học 2025–2026")
    assert reader.metadata["/CreationDate"] == "D:20260529160500+07'00'"
    xmp = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert "<xmp:CreateDate>2026-05-29T16:05:00+07:00</xmp:CreateDate>" in xmp
    assert reader.metadata.title in xmp


def test_two_print_runs_differ() -> None:
    book = sample_book(2, BookScope.TERM_1)
    stamp = sample_stamp(book)
    again = replace(stamp, run_number="BI-2026-0008")
    assert render_class_book(book, stamp) != render_class_book(book, again)


PROGRAM = """
from exports.forms.class_book import render_class_book
from tests.exports.sample_book import sample_book, sample_stamp
book = sample_book(20)
print(render_class_book(book, sample_stamp(book)).file_digest)
"""


def test_bytes_do_not_depend_on_the_machine_or_the_moment() -> None:
    book = sample_book(20)
    here = render_class_book(book, sample_stamp(book)).file_digest
    for seed, zone in (("1", "Asia/Ho_Chi_Minh"), ("77", "America/New_York")):
        env = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
        found = subprocess.run(
            [sys.executable, "-c", PROGRAM], env=env, cwd=ROOT, capture_output=True, check=True
        )
        assert found.stdout.decode().strip() == here


def test_digest_is_pinned_over_versions() -> None:
    # Field names are part of d1: renaming, adding or dropping one changes every digest ever
    # printed, and must not happen by accident.
    cell = BookCell("8,5", ("7,0",))
    book = ClassBook(
        school=SchoolLines("UBND phường A", "Trường THCS B", "Phường A", "Tỉnh C"),
        stage="TRUNG HỌC CƠ SỞ",
        class_name="6A",
        grade=6,
        school_year="2025–2026",
        homeroom_teacher="Lê An",
        principal="Võ Ý",
        scope=BookScope.YEAR,
        subjects=(SubjectTeachers("Toán", ("Đỗ Ấn",)),),
        pupils=(RosterPupil(1, "Ngô Ân", father=Guardian("Ngô Bá", "Lái xe")),),
        pages=(
            SubjectPage(
                BookPeriod.TERM_1,
                "Toán",
                SubjectKind.MARKS,
                1,
                ("Đỗ Ấn",),
                (SubjectRow(1, (cell,)),),
            ),
        ),
        summaries=(
            Summary(
                BookPeriod.YEAR,
                (SummaryColumn("Toán", SubjectKind.MARKS),),
                (SummaryRow(1, ("8,5",), "Tốt", "Tốt"),),
            ),
        ),
        year=YearAssessment(
            (YearRow(1, "Tốt", "Tốt", absences=2, promotion=BookPromotion.PROMOTED),),
            YearTotals(1, 1, 0, 0),
        ),
        remarks=(PrincipalRemark("9/2025", "Đạt"),),
    )
    assert class_book_digest(book).code == "HJPSZH2G"


def test_digest_follows_the_facts() -> None:
    book = sample_book(3)
    page = book.pages[0]
    row = replace(page.rows[0], final=BookCell("0,0"))
    changed = replace(page, rows=(row, *page.rows[1:]))
    other = replace(book, pages=(changed, *book.pages[1:]))
    assert class_book_digest(other) != class_book_digest(book)


def test_an_older_circular_has_its_own_book_and_an_unknown_one_none() -> None:
    book = replace(sample_book(pupils=5), circular="TT58/2011")
    text = "\n".join(all_text(render_class_book(book, sample_stamp(book))))
    assert "SỔ GỌI TÊN VÀ GHI ĐIỂM" in text
    assert "58/2011/TT-BGDĐT" in text
    assert "Xếp loại lại" in text
    for word in ("22/2021", "SỔ THEO DÕI", "Kết quả rèn luyện", "Kết quả học tập"):
        assert word not in text
    assert class_book_digest(book) != class_book_digest(sample_book(pupils=5))
    strange = replace(book, circular="TT27/2020")
    with pytest.raises(AppError) as refusal:
        render_class_book(strange, sample_stamp(strange))
    assert refusal.value.code == "no_form"


def test_rows_that_no_pupil_owns_are_refused() -> None:
    book = sample_book(2)
    page = book.pages[0]
    stray = replace(page, rows=(*page.rows, SubjectRow(99)))
    extra = SubjectRow(1, (BookCell("8,0"),) * 9)
    twice = replace(page, rows=(page.rows[0], page.rows[0]))
    short = replace(book.summaries[0], rows=(SummaryRow(1, ("8,0",)),))
    same = replace(book.pupils[1], position=1)
    cases = [
        (replace(book, pages=(stray,)), "99"),
        (replace(book, pages=(replace(page, rows=(extra,)),)), "thường xuyên"),
        (replace(book, pages=(twice,)), "hai dòng"),
        (replace(book, summaries=(short,)), "số môn"),
        (replace(book, pupils=(book.pupils[0], same)), "số thứ tự"),
        (replace(book, scope=BookScope.TERM_1), "phạm vi"),
    ]
    for broken, why in cases:
        with pytest.raises(AppError, match=why) as caught:
            render_class_book(broken, sample_stamp(book))
        assert caught.value.code == "book_inconsistent"


def test_sample_has_both_kinds() -> None:
    assert {page.kind for page in sample_book(1).pages} == {SubjectKind.MARKS, SubjectKind.COMMENTS}
