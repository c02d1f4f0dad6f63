"""Forms as a school adjusted them: rows, blank columns, captions, places, who signs."""

from dataclasses import replace

import pytest

from app.domain.form_settings import BookForm, FormSettings, SchoolForms, SignerForm, shipped
from app.readmodels.class_book import BookScope
from app.readmodels.correction_minutes import correction_digest
from app.readmodels.sealing_minutes import sealing_digest
from exports.forms.class_book import render_class_book
from exports.forms.correction_minutes import render_correction_minutes
from exports.forms.primary_summary import render_primary_summary
from exports.forms.report_booklet import render_report_booklets
from exports.forms.sealing_minutes import render_sealing_minutes
from exports.forms.teacher_book import render_teacher_book
from exports.pdf.grid import Column, Grid, Head
from tests.exports.pdf_reading import all_text, assert_archival, open_pdf, page_text, printed_runs
from tests.exports.sample_book import LONG_NAME, sample_book, sample_stamp
from tests.exports.sample_booklet import booklet_stamp, sample_booklets
from tests.exports.sample_minutes import (
    PRINCIPAL,
    VICE,
    minutes_stamp,
    sample_correction,
    sample_sealing,
)
from tests.exports.sample_own_papers import own_stamp
from tests.exports.sample_roll_book import sample_roll_book
from tests.exports.sample_teacher_book import sample_teacher_book
from tests.exports.test_primary_summary_paper import SummaryHead, sample_table

DEPUTY = {"signer": SignerForm.DEPUTY, "signer_name": "Ngô Thị Phó"}


def adjusted(stamp, form, **changed):
    own = replace(shipped(form), **changed)
    return replace(stamp, forms=SchoolForms(((form, own),)))


def class_book(pupils, *, make=sample_book, **changed):
    book = make(pupils, scope=BookScope.TERM_1)
    return book, render_class_book(
        book, adjusted(sample_stamp(book), BookForm.CLASS_BOOK, **changed)
    )


def pages_with(pdf, words):
    return [text for text in map(page_text, open_pdf(pdf).pages) if words in text]


@pytest.mark.parametrize("make", [sample_book, sample_roll_book])
@pytest.mark.parametrize(("rows", "lists"), [(30, 2), (45, 2), (55, 1), (0, 1)])
def test_a_list_goes_on_after_the_schools_rows_under_the_same_head(make, rows, lists):
    book, pdf = class_book(55, make=make, rows=rows)
    subject = book.pages[0].subject
    found = [text for text in pages_with(pdf, "ĐĐG") if subject in text]
    assert len(found) == lists
    assert all("Họ và tên" in text for text in found)
    shown = "\n".join(found)
    assert all(pupil.name in " ".join(shown.split()) for pupil in book.pupils)
    assert_archival(pdf)


@pytest.mark.parametrize("make", [sample_book, sample_roll_book])
def test_blank_columns_take_room_and_no_value(make):
    tail = ("Ký nhận", "", "Khác")
    book, plain = class_book(45, make=make)
    _, wide = class_book(45, make=make, tail=tail)
    assert plain.pages == wide.pages
    assert not any("nhận\n" in text and "Khác" in text for text in all_text(plain))
    said = [text.split() for text in pages_with(wide, "Khác")]
    assert said
    values = [cell.text for row in book.pages[0].rows for cell in row.regular]
    shown = " ".join(all_text(wide)).split()
    assert all(shown.count(value) >= values.count(value) for value in set(values))


def test_the_longest_names_stay_on_the_paper_beside_three_blank_columns():
    book = sample_book(55, scope=BookScope.TERM_1, long_names=True)
    stamp = adjusted(sample_stamp(book), BookForm.CLASS_BOOK, tail=("A", "B", "C"), rows=30)
    pdf = render_class_book(book, stamp)
    longest = next(pupil.name for pupil in book.pupils if len(pupil.name) >= len(LONG_NAME) - 5)
    assert longest in " ".join(" ".join(all_text(pdf)).split())
    width = 595.3
    # Cover to the first list; the pages behind repeat it subject by subject.
    for page in open_pdf(pdf).pages[:11]:
        assert all(0 <= run.left <= run.right <= width for run in printed_runs(page))


def test_captions_places_and_who_signs_are_the_schools():
    _, pdf = class_book(
        3,
        captions=(
            ("Giáo viên giảng dạy", "Thầy cô dạy"),
            ("GIÁO VIÊN MÔN HỌC", "GIÁO VIÊN BỘ MÔN"),
        ),
        place="Xã Mới, tỉnh Cũ",
        **DEPUTY,
    )
    text = "\n".join(all_text(pdf))
    assert "Xã Mới, tỉnh Cũ" in text
    assert "KT. HIỆU TRƯỞNG" in text
    assert "Ngô Thị Phó" in text
    assert "GIÁO VIÊN BỘ MÔN" in text
    assert "GIÁO VIÊN MÔN HỌC" not in text
    assert "Thầy cô dạy" in text
    assert "Giáo viên giảng dạy" not in text


def test_without_names_everybody_writes_their_own():
    book, named = class_book(3)
    _, bare = class_book(3, names=False)
    count = "\n".join(all_text(named)).count(book.principal)
    # The inner cover says who leads the school; that is no place to sign.
    assert count > "\n".join(all_text(bare)).count(book.principal) == 1


def test_the_same_settings_give_the_same_bytes_and_others_do_not():
    _, one = class_book(5, rows=40)
    _, two = class_book(5, rows=40)
    _, other = class_book(5, place="Xã Khác")
    assert one.file_digest == two.file_digest != other.file_digest


@pytest.mark.parametrize(("rows", "pages"), [(25, 2), (15, 3)])
def test_a_teachers_book_has_taller_rows_when_it_has_fewer(rows, pages):
    whole = sample_teacher_book(45)
    book = replace(whole, parts=whole.parts[:1])
    stamp = adjusted(own_stamp(sample_stamp(sample_book(1)).digest), BookForm.TEACHER_BOOK,
                     rows=rows, tail=("Ký",), **DEPUTY)  # fmt: skip
    pdf = render_teacher_book(book, stamp)
    assert len(pages_with(pdf, "HỌC KÌ I ") + pages_with(pdf, "HỌC KÌ I\n")) == pages
    assert "Ngô Thị Phó" in "\n".join(all_text(pdf))
    assert all(pupil.name in " ".join(" ".join(all_text(pdf)).split()) for pupil in book.pupils)


def test_a_primary_table_keeps_room_for_who_signs():
    heads = tuple(SummaryHead(("Môn học", f"Môn {n}")) for n in range(20))
    table = sample_table(55, 3, heads)
    stamp = adjusted(own_stamp(sample_stamp(sample_book(1)).digest), BookForm.PRIMARY_SUMMARY,
                     rows=15, tail=("Ký", "Khác"), dated="Xóm Mới", **DEPUTY)  # fmt: skip
    pdf = render_primary_summary(table, stamp)
    texts = all_text(pdf)
    assert len(texts) == 4
    assert all("Khác" in text and "Họ và tên" in text for text in texts)
    assert "Xóm Mới, ngày" in texts[-1]
    assert "KT. HIỆU TRƯỞNG" in texts[-1]


def test_hoc_ba_keeps_the_words_of_the_form_over_a_deputys_signature():
    paper = sample_booklets(1)
    stamp = adjusted(booklet_stamp(paper), BookForm.REPORT_BOOKLET, place="Xã Mới", dated="Mới",
                     **DEPUTY)  # fmt: skip
    text = "\n".join(all_text(render_report_booklets(paper, stamp)))
    assert "Xác nhận của Hiệu trưởng" in text
    assert "KT. HIỆU TRƯỞNG" in text
    assert "Mới, ngày ......" in text
    assert "Xã Mới" in text


@pytest.mark.parametrize("approver", [PRINCIPAL, VICE])
def test_minutes_keep_whoever_approved(approver):
    minutes = replace(sample_correction(), approver=approver)
    stamp = adjusted(minutes_stamp(correction_digest(minutes)), BookForm.LETTER, **DEPUTY)
    text = "\n".join(all_text(render_correction_minutes(minutes, stamp)))
    assert approver.duty.upper() in text
    assert approver.name in text
    assert "KT." not in text
    assert DEPUTY["signer_name"] not in text


def test_minutes_of_a_seal_keep_their_chair():
    minutes = sample_sealing()
    stamp = adjusted(minutes_stamp(sealing_digest(minutes)), BookForm.LETTER, **DEPUTY)
    text = "\n".join(all_text(render_sealing_minutes(minutes, stamp)))
    assert minutes.chair.name in text
    assert "KT." not in text


@pytest.mark.parametrize(("room", "expected"), [(0.0, 200.0), (220.0, 220.0), (400.0, 257.0)])
def test_a_list_grows_into_its_room_before_it_gives_any(room, expected):
    grid = Grid((Column(100), Column(100)), (Head("A", 0, 0), Head("B", 0, 1)), (20.0,), 12.0)
    wide = grid.with_tail(("C", ""), room)
    assert wide.width == pytest.approx(expected)
    assert [head.text for head in wide.heads] == ["A", "B", "C", ""]
    assert grid.with_tail(()) is grid


def test_a_stamp_without_settings_draws_the_form_as_shipped():
    book = sample_book(3, scope=BookScope.TERM_1)
    stamp = sample_stamp(book)
    own = SchoolForms(((BookForm.CLASS_BOOK, FormSettings()),))
    assert (
        render_class_book(book, stamp).file_digest
        == render_class_book(book, replace(stamp, forms=own)).file_digest
    )
