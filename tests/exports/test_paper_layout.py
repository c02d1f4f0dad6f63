"""The look of the printed papers, measured on the pages themselves: sizes, places, white space."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from reportlab.lib.units import mm

from app.readmodels.class_book import BookCell, BookScope, SchoolLines
from app.readmodels.correction_minutes import correction_digest
from app.readmodels.rendered_pdf import RenderedPdf
from app.readmodels.sealing_minutes import sealing_digest
from exports.forms.class_book import render_class_book
from exports.forms.class_book_layout import FOOT_LINE, type_area
from exports.forms.correction_minutes import render_correction_minutes
from exports.forms.letterhead import FRAME
from exports.forms.recovery_sheet import render_recovery_sheet
from exports.forms.school_lines import date_place, place_line
from exports.forms.sealing_minutes import render_sealing_minutes
from tests.exports.pdf_reading import Run, all_text, open_pdf, printed_runs
from tests.exports.sample_book import sample_book, sample_stamp
from tests.exports.sample_minutes import (
    minutes_stamp,
    sample_correction,
    sample_recovery,
    sample_sealing,
)

SMALLEST = 6.5
"""Points; what somebody of fifty reads on paper without a glass."""


def pages_of(rendered: RenderedPdf) -> list[list[Run]]:
    return [printed_runs(page) for page in open_pdf(rendered).pages]


@cache
def book_pages(pupils: int, long_names: bool = False) -> list[list[Run]]:
    book = sample_book(pupils, long_names=long_names)
    return [without_strip(p) for p in pages_of(render_class_book(book, sample_stamp(book)))]


def without_strip(page: list[Run]) -> list[Run]:
    """The page without the two lines of its dải giáp lai, which stand outside the type area."""
    return page[:-2]


def page_with(pages: list[list[Run]], *texts: str) -> list[Run]:
    return next(
        page for page in pages if all(any(text in run.text for run in page) for text in texts)
    )


def only(page: list[Run], text: str) -> Run:
    found = [run for run in page if run.text == text]
    assert len(found) == 1, (text, found)
    return found[0]


def beside(page: list[Run], run: Run) -> list[Run]:
    """Runs of the same row of a list, `run` left out."""
    return [r for r in page if abs(r.baseline - run.baseline) < 4 and not r.turned and r != run]


@pytest.mark.parametrize("pupils", [20, 45])
def test_nothing_in_the_book_is_too_small_to_read(pupils: int) -> None:
    for number, page in enumerate(book_pages(pupils), 1):
        smallest = min(page, key=lambda run: run.size)
        assert smallest.size >= SMALLEST, (number, smallest)


@pytest.mark.parametrize(("pupils", "long_names"), [(20, False), (45, False), (55, True)])
def test_no_text_leaves_the_type_area(pupils: int, long_names: bool) -> None:
    for number, page in enumerate(book_pages(pupils, long_names), 1):
        frame = type_area(number)
        for run in page:
            across, up = (run.baseline, run.left) if run.turned else (run.left, run.baseline)
            end, top = (run.baseline, run.right) if run.turned else (run.right, run.baseline)
            assert frame.left - 0.1 <= across, (number, run)
            assert end <= frame.right + 0.1, (number, run)
            assert up >= FOOT_LINE - 11, (number, run)
            assert top + 0.7 * run.size * (not run.turned) <= frame.top, (number, run)


@pytest.mark.parametrize("pupils", [20, 32, 45, 55])
def test_a_corrected_mark_is_as_large_as_its_neighbours(pupils: int) -> None:
    book = sample_book(pupils)
    sheet = next(page for page in book.pages if page.subject == "Toán")
    row = next(row for row in sheet.rows if row.position == 5)
    row = replace(row, regular=(BookCell("8,3"), BookCell("7,6", ("6,5",)), *row.regular[2:]))
    sheet = replace(sheet, rows=tuple(row if r.position == 5 else r for r in sheet.rows))
    book = replace(book, pages=(sheet,))
    page = page_with(pages_of(render_class_book(book, sample_stamp(book))), "Môn: Toán")
    name = only(page, book.pupils[4].name)
    cells = {run.text: run for run in beside(page, name)}
    usual, old, new = cells["8,3"], cells["6,5"], cells["7,6"]
    assert new.size == usual.size
    assert old.size >= 0.8 * new.size
    # Above and to the right of what it replaces (the form's guidance, item 5).
    assert new.baseline > old.baseline
    assert new.left >= old.right


def test_two_former_values_stand_one_over_the_other() -> None:
    page = page_with(book_pages(45), "Môn: Toán")
    book = sample_book(45)
    around = {run.text: run for run in page if run.text in ("4,0", "5,5") and run.size < 8}
    first, second = around["4,0"], around["5,5"]
    assert first.left == second.left
    assert first.baseline >= second.baseline + 0.8 * first.size
    assert min(first.size, second.size) >= SMALLEST
    assert only(page, book.pupils[11].name)


@pytest.mark.parametrize("pupils", [20, 45])
def test_short_lists_fill_the_page_down_to_the_signatures(pupils: int) -> None:
    book = sample_book(pupils)
    for page in book_pages(pupils):
        if any(run.text == "GIÁO VIÊN MÔN HỌC" for run in page):
            assert min(r.baseline for r in names_under(page, "GIÁO VIÊN MÔN HỌC")) < 70
    page = page_with(book_pages(pupils), "TỔNG HỢP HỌC KÌ I")
    assert only(page, book.principal).baseline < 70


def names_under(page: list[Run], title: str) -> list[Run]:
    """The printed name under each place that has `title`."""
    names = []
    for head in (run for run in page if run.text == title):
        middle = (head.left + head.right) / 2
        under = [
            run
            for run in page
            if run.baseline < head.baseline - 30
            and abs((run.left + run.right) / 2 - middle) < 1
            and run.size > 8
        ]
        names.append(max(under, key=lambda run: run.baseline))
    return names


@pytest.mark.parametrize("pupils", [20, 45])
def test_a_signature_has_20_mm_and_one_with_a_stamp_30(pupils: int) -> None:
    book = sample_book(pupils)
    pages = book_pages(pupils)
    for texts, stamped in (
        (("Môn: Khoa học tự nhiên",), False),
        (("TỔNG HỢP HỌC KÌ I",), True),
        (("TỔNG HỢP HỌC KÌ II",), True),
        (("Giáo viên giảng dạy", "HIỆU TRƯỞNG"), True),
    ):
        page = page_with(pages, *texts)
        title = "HIỆU TRƯỞNG" if stamped else "GIÁO VIÊN MÔN HỌC"
        hint = next(run for run in page if run.text.startswith("(Ký, ghi rõ họ tên"))
        for name in names_under(page, title):
            space = hint.baseline - name.baseline - 0.7 * name.size
            assert space >= (30 if stamped else 20) * mm - 4, (texts, space / mm)
    year = page_with(pages, "ĐÁNH GIÁ CẢ NĂM")
    hint = only(year, "(Ký, đóng dấu)")
    principal = only(year, book.principal)
    assert hint.baseline - principal.baseline - 9 >= 30 * mm - 4
    # The homeroom teacher's place ends above the principal's.
    assert only(year, book.homeroom_teacher).baseline > only(year, "HIỆU TRƯỞNG").baseline + 14


@pytest.mark.parametrize("pupils", [20, 45])
def test_awards_and_levels_are_legible(pupils: int) -> None:
    book = sample_book(pupils)
    assert book.year is not None
    rows = tuple(
        replace(row, award="Học sinh Xuất sắc", learning="Chưa đạt") for row in book.year.rows
    )
    book = replace(book, pages=(), summaries=(), year=replace(book.year, rows=rows))
    page = page_with(pages_of(render_class_book(book, sample_stamp(book))), "ĐÁNH GIÁ CẢ NĂM")
    awards = [run for run in page if "Xuất sắc" in run.text]
    assert len(awards) == pupils
    assert min(run.size for run in awards) >= 9
    levels = [run for run in page if run.text in ("Chưa đạt", "Chưa")]
    assert len(levels) == pupils
    assert min(run.size for run in levels) >= 7.5


@pytest.mark.parametrize("title", ["TỔNG HỢP HỌC KÌ I", "TỔNG HỢP HỌC KÌ II"])
def test_subject_headings_of_a_summary_read_at_arms_length(title: str) -> None:
    page = page_with(book_pages(45), title)
    turned = [run for run in page if run.turned]
    assert len(turned) >= 14
    assert min(run.size for run in turned) >= 10


@pytest.mark.parametrize("pupils", [20, 45])
@pytest.mark.parametrize(
    ("left", "right"),
    [("TỔNG HỢP CẢ NĂM HỌC", "ĐÁNH GIÁ CẢ NĂM"), ("Địa chỉ gia đình", "Họ và tên cha, nghề")],
)
def test_rows_run_on_over_facing_pages(pupils: int, left: str, right: str) -> None:
    pages = book_pages(pupils)
    rows = []
    for title in (left, right):
        page, number = page_with(pages, title), str(pupils)
        rows.append(max((r.baseline, -r.left) for r in page if r.text == number)[0])
    assert rows[0] == pytest.approx(rows[1], abs=0.01)


def test_roster_says_why_and_when_a_struck_pupil_left() -> None:
    book = sample_book(20)
    pages = book_pages(20)
    name = only(page_with(pages, "Địa chỉ gia đình"), book.pupils[16].name)
    reason = only(page_with(pages, "Họ và tên cha, nghề"), "Chuyển trường từ 12/01/2026")
    assert reason.baseline == pytest.approx(name.baseline, abs=1)
    assert reason.size >= 9


def test_cover_stands_inside_its_frame_under_the_school() -> None:
    book = sample_book(3, BookScope.TERM_1)
    school = SchoolLines("UBND xã Sông Trăng", "Trường THCS Sông Trăng", "xã Sông Trăng", "Tỉnh A")
    book = replace(book, school=school)
    cover = without_strip(pages_of(render_class_book(book, sample_stamp(book)))[0])
    texts = [run.text for run in sorted(cover, key=lambda run: -run.baseline)]
    assert texts[:3] == ["UBND XÃ SÔNG TRĂNG", "TRƯỜNG THCS SÔNG TRĂNG", "Xã Sông Trăng, tỉnh A"]
    middles = {round((run.left + run.right) / 2, 1) for run in cover}
    assert len(middles) == 1
    assert all(run.left > 26 * mm and run.right < 190 * mm for run in cover)
    assert all(20 * mm < run.baseline < 277 * mm for run in cover)


@pytest.mark.parametrize(
    ("commune", "province", "line", "dated"),
    [
        ("Phường Hạc Thành", "Tỉnh Thanh Hóa", "Phường Hạc Thành, tỉnh Thanh Hóa", "Hạc Thành"),
        ("đặc khu Cô Tô", "tỉnh Quảng Ninh", "Đặc khu Cô Tô, tỉnh Quảng Ninh", "Cô Tô"),
        ("", "Thành phố Hà Nội", "Thành phố Hà Nội", "Hà Nội"),
        ("Xã Xuân Lập", "", "Xã Xuân Lập", "Xuân Lập"),
        ("", "", "", ""),
    ],
)
def test_place_of_the_school(commune: str, province: str, line: str, dated: str) -> None:
    school = SchoolLines("", "Trường THCS A", commune, province)
    assert place_line(school) == line
    assert date_place(school) == dated


def correction(values: int, witnesses: int) -> RenderedPdf:
    minutes = sample_correction(values, witnesses)
    return render_correction_minutes(minutes, minutes_stamp(correction_digest(minutes)))


def sealing() -> RenderedPdf:
    minutes = sample_sealing()
    return render_sealing_minutes(minutes, minutes_stamp(sealing_digest(minutes)))


def test_the_decision_stands_with_the_signatures() -> None:
    for values in range(1, 30, 6):
        for witnesses in (1, 3):
            texts = all_text(correction(values, witnesses))
            for part in ("3. Quyết định và thực hiện", "Mở khóa lúc", "HIỆU TRƯỞNG", "Nơi nhận"):
                assert part in texts[-1], (values, witnesses, part)
            assert not any("3. Quyết định" in text for text in texts[:-1])


def test_the_hand_over_stands_with_the_signatures() -> None:
    texts = all_text(sealing())
    for part in ("2. Kiểm tra và bàn giao", "Giao cho", "NGƯỜI LƯU GIỮ", "HIỆU TRƯỞNG"):
        assert part in texts[-1]


def test_a_decision_longer_than_a_page_still_ends_beside_the_signatures() -> None:
    minutes = replace(sample_correction(), decision="Đồng ý sửa từng giá trị đã nêu. " * 200)
    stamp = minutes_stamp(correction_digest(minutes))
    texts = all_text(render_correction_minutes(minutes, stamp))
    assert "cùng ký tên dưới đây./." in texts[-1]
    assert "HIỆU TRƯỞNG" in texts[-1]


@pytest.mark.parametrize(
    "rendered", [correction(1, 2), correction(40, 3), sealing()], ids=["one", "many", "sealing"]
)
def test_minutes_keep_the_sizes_and_margins_of_decree_30(rendered: RenderedPdf) -> None:
    pages = pages_of(rendered)
    first, last = pages[0], pages[-1]
    assert only(first, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").size == 12
    assert only(first, "Độc lập - Tự do - Hạnh phúc").size == 13
    assert only(first, "BIÊN BẢN").size == 14
    assert first[0].baseline == pytest.approx(
        only(first, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").baseline, abs=0.5
    )
    assert only(last, "HIỆU TRƯỞNG").size == 13
    hint = only(last, "(Ký, ghi rõ họ tên, đóng dấu)")
    name = names_under(last, "HIỆU TRƯỞNG")[0]
    assert name.size == 13
    assert hint.baseline - name.baseline - 9 >= 30 * mm - 4
    for page in pages:
        for run in page:
            if run.baseline < FRAME.bottom - 3:
                continue  # the foot of the print run
            assert FRAME.left - 0.5 <= run.left, run
            assert run.right <= FRAME.right + 0.5, run
            assert run.size >= 11, run


def test_recovery_sheet_has_room_for_the_stamp() -> None:
    page = pages_of(render_recovery_sheet(sample_recovery()))[0]
    hint = only(page, "(Ký, ghi rõ họ tên, đóng dấu)")
    name = only(page, "Lê Hữu Nghĩa")
    assert hint.baseline - name.baseline - 9 >= 30 * mm - 4
