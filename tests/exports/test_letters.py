"""Letters and the dossier read back: as PDF, as Word file, and one against the other."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import datetime

import pytest
from docx import Document
from docx.shared import Pt

from app.clock import VIETNAM
from app.domain.form_settings import BookForm, SchoolForms, SignerForm, shipped
from app.readmodels.class_book import PrintStamp, SchoolLines
from app.readmodels.letter import (
    BlockStyle,
    DossierEntry,
    DossierPaper,
    LetterBlock,
    LetterForm,
    LetterPaper,
    dossier_digest,
    letter_digest,
)
from exports.docx.letter import FONT, write_letter_docx
from exports.forms.dossier import render_dossier
from exports.forms.letter import render_letter
from exports.forms.letterhead import FRAME
from tests.exports.pdf_reading import all_text, assert_archival, open_pdf, printed_runs

AT = datetime(2026, 9, 5, 8, 30, tzinfo=VIETNAM)
SCHOOL = SchoolLines("UBND xã Đồng Xuân", "Trường THCS Đồng Xuân", "xã Đồng Xuân", "tỉnh Thanh Hóa")
TEXT = BlockStyle.TEXT
LETTERS_OF_VIETNAMESE = (
    "ăâđêôơư àảãáạ ằẳẵắặ ầẩẫấậ èẻẽéẹ ềểễếệ ìỉĩíị òỏõóọ ồổỗốộ ờởỡớợ ùủũúụ ừửữứự ỳỷỹýỵ"
)


def letter(form=LetterForm.DECISION, **changes):
    minutes = form is LetterForm.MINUTES
    made = LetterPaper(
        kind="board",
        form=form,
        school=SCHOOL,
        school_year="2026–2027",
        title="" if form is LetterForm.OFFICIAL else "QUYẾT ĐỊNH",
        about="Về việc thành lập Ban quản lý sổ điểm điện tử",
        number="" if form is LetterForm.ENCLOSED else "07/QĐ-THCSĐX",
        day=5,
        month=9,
        year=2026,
        addressee=("Phòng Văn hóa - Xã hội",) if form is LetterForm.OFFICIAL else (),
        authority="HIỆU TRƯỞNG TRƯỜNG THCS ĐỒNG XUÂN" if form is LetterForm.DECISION else "",
        issued_with="(Ban hành kèm theo Quyết định số 07)" if form is LetterForm.ENCLOSED else "",
        blocks=(
            LetterBlock(BlockStyle.GROUND, "Căn cứ Thông tư số 22/2021/TT-BGDĐT."),
            LetterBlock(BlockStyle.CENTRED, "QUYẾT ĐỊNH:"),
            LetterBlock(TEXT, "Điều 1. Thành lập Ban gồm 02 người:"),
            LetterBlock(
                BlockStyle.TABLE,
                heads=("TT", "Họ và tên"),
                widths=(10, 90),
                rows=(("1", "Lê Văn Khải"), ("2", "Trần Thị Mai")),
            ),
            LetterBlock(BlockStyle.HEADING, "I. MỤC ĐÍCH"),
            LetterBlock(TEXT, LETTERS_OF_VIETNAMESE),
            LetterBlock(BlockStyle.DOTS),
            LetterBlock(TEXT, "Quyết định có hiệu lực từ ngày ký./."),
        ),
        recipients=() if form is LetterForm.ENCLOSED else ("Như Điều 1;", "Lưu: VT."),
        signers=(
            (("THƯ KÝ", "Trần Thị Mai"), ("CHỦ TRÌ", "Lê Văn Khải"))
            if minutes
            else (() if form is LetterForm.ENCLOSED else (("HIỆU TRƯỞNG", "Lê Văn Khải"),))
        ),
    )
    return replace(made, **changes)


def stamp(digest):
    return PrintStamp("0012", AT, digest)


def pdf(paper):
    return render_letter(paper, stamp(letter_digest(paper)))


def words_of(content):
    """Every word of the body of a Word file, head and tables included, in reading order."""
    return " ".join(" ".join(text.split()) for text in _texts(Document(io.BytesIO(content))))


def _texts(document):
    for item in document.iter_inner_content():
        if hasattr(item, "rows"):
            for row in item.rows:
                for cell in row.cells:
                    yield from (paragraph.text for paragraph in cell.paragraphs)
        else:
            yield item.text


def parts_of(paper):
    """Every text that a letter must tell, whatever carries it."""
    yield from (paper.school.authority.upper(), paper.school.name.upper(), paper.about)
    yield from (paper.title, paper.authority, paper.issued_with, *paper.addressee)
    for block in paper.blocks:
        yield from (block.text, *block.heads)
        for row in block.rows:
            yield from row
    yield from paper.recipients
    for signer in paper.signers:
        yield from signer


@pytest.mark.parametrize("form", LetterForm)
def test_paper_and_word_file_tell_the_same(form):
    paper = letter(form)
    rendered = pdf(paper)
    assert_archival(rendered)
    printed = re.sub(r"\s", "", "".join(all_text(rendered)))
    written = re.sub(r"\s", "", words_of(write_letter_docx(paper, AT)))
    for text in parts_of(paper):
        plain = re.sub(r"\s", "", text)
        assert plain in printed, text
        assert plain in written, text
    dated = "ĐồngXuân,ngày05tháng9năm2026"
    numbered = form is not LetterForm.ENCLOSED
    for carrier in (printed, written):
        assert (dated in carrier) is numbered
        assert ("Số:07/QĐ-THCSĐX" in carrier) is numbered
        assert "CỘNGHÒAXÃHỘICHỦNGHĨAVIỆTNAM" in carrier
        assert "Độclập-Tựdo-Hạnhphúc" in carrier


def test_margins_and_type_are_those_of_the_decree():
    page = open_pdf(pdf(letter())).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    mm = 72 / 25.4
    assert 30 <= round(FRAME.left / mm, 1) <= 35
    assert 15 <= round((595.28 - FRAME.right) / mm, 1) <= 20
    assert 20 <= round((841.89 - FRAME.top) / mm, 1) <= 25
    body = [run for run in printed_runs(page) if "Thông tư" in run.text or "Thành" in run.text]
    assert {run.size for run in body} == {13}
    document = Document(io.BytesIO(write_letter_docx(letter(), AT)))
    section = document.sections[0]
    sizes = (section.page_width, section.page_height, section.left_margin,
             section.right_margin, section.top_margin, section.bottom_margin)  # fmt: skip
    assert [round(size.mm, 1) for size in sizes] == [210, 297, 30, 17, 20, 20]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header.paragraphs[0]._p.xml
    normal = document.styles["Normal"].font
    assert (normal.name, normal.size) == (FONT, Pt(13))
    grounds = next(p for p in document.paragraphs if p.text.startswith("Căn cứ"))
    assert grounds.runs[0].italic
    first = next(p for p in document.paragraphs if p.text.startswith("Điều 1."))
    assert [run.bold for run in first.runs] == [True, False]


@pytest.mark.parametrize("form", [LetterForm.DECISION, LetterForm.OFFICIAL, LetterForm.MINUTES])
def test_who_signs_for_the_principal_signs_on_paper_and_in_the_word_file(form):
    paper = letter(form, signers=(("HIỆU TRƯỞNG", "Lê Văn Khải"), ("THƯ KÝ", "Trần Thị Mai")))
    own = replace(
        shipped(BookForm.LETTER),
        dated="Xóm Mới",
        signer=SignerForm.DEPUTY,
        signer_name="Ngô Thị Phó",
    )
    forms = SchoolForms(((BookForm.LETTER, own),))
    rendered = render_letter(paper, replace(stamp(letter_digest(paper)), forms=forms))
    said = " ".join(" ".join(all_text(rendered)).split())
    written = words_of(write_letter_docx(paper, AT, own))
    for words in ("KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG", "Ngô Thị Phó", "Xóm Mới, ngày 05"):
        assert words in said
        assert words in written
    assert "Lê Văn Khải" not in written.rpartition("KT. HIỆU TRƯỞNG")[2]
    assert ("Trần Thị Mai" in written.rpartition("KT.")[2]) == (form is LetterForm.MINUTES)


def test_the_same_letter_gives_the_same_bytes():
    paper = letter()
    assert pdf(paper).content == pdf(paper).content
    word = write_letter_docx(paper, AT)
    assert word == write_letter_docx(paper, AT)
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
    assert "2026-09-05T01:30:00Z" in core
    assert "python-docx" not in core


def test_the_first_page_bears_no_number_and_the_second_does():
    long = tuple(LetterBlock(TEXT, f"Đoạn số {n}. " + "Chữ nữa. " * 30) for n in range(20))
    pages = open_pdf(pdf(letter(blocks=long))).pages
    assert len(pages) > 2
    tops = [
        [run.text for run in printed_runs(page) if run.baseline > FRAME.top + 5] for page in pages
    ]
    assert tops[0] == []
    assert ["".join(top) for top in tops[1:]] == [str(n) for n in range(2, len(pages) + 1)]
    last = all_text(pdf(letter(blocks=long)))[-1]
    assert "Đoạn số 19" in last, "nobody signs a page that says nothing"


def test_long_names_stay_inside_the_margins():
    name = "Nguyễn Phúc Hoàng Thị Phương Thảo Nguyên Khánh"
    school = replace(
        SCHOOL,
        name="Trường phổ thông dân tộc bán trú tiểu học và trung học cơ sở số 2 Đồng Xuân Thượng",
    )
    paper = letter(
        school=school,
        signers=(("HIỆU TRƯỞNG", name),),
        recipients=("Các tổ chuyên môn, bộ phận văn phòng, y tế, thư viện, thiết bị (thực hiện);",),
    )
    page = open_pdf(pdf(paper)).pages[0]
    runs = [run for run in printed_runs(page) if not run.turned]
    assert min(run.left for run in runs) >= FRAME.left - 1
    assert max(run.right for run in runs) <= FRAME.right + 1
    assert name in " ".join(all_text(pdf(paper)))


def dossier(**changes):
    made = DossierPaper(
        school=SCHOOL,
        school_year="2026–2027",
        receiver="Phòng Văn hóa - Xã hội",
        due="30/11/2026",
        year=2026,
        entries=(
            DossierEntry(1, "Tờ trình", (letter(LetterForm.NAMED),)),
            DossierEntry(2, "Minh chứng", enclosed="Ảnh chụp màn hình", sheets=4),
            DossierEntry(3, "Quyết định và Quy chế", (letter(), letter(LetterForm.ENCLOSED))),
            DossierEntry(4, "Công văn gửi đĩa", left_out="phần mềm đã thẩm định"),
        ),
        principal="Lê Văn Khải",
    )
    return replace(made, **changes)


def dossier_pdf(paper):
    return render_dossier(paper, stamp(dossier_digest(paper)))


def test_the_dossier_counts_its_pages_through():
    rendered = dossier_pdf(dossier())
    assert_archival(rendered)
    pages = all_text(rendered)
    assert rendered.pages == len(pages) == 6
    assert "SỔ ĐIỂM ĐIỆN TỬ" in pages[0]
    assert "Hạn nộp: 30/11/2026" in pages[0]
    contents = pages[1]
    for line in (
        "1 Tờ trình (số 07/QĐ-THCSĐX) 3",
        "2 Minh chứng: Ảnh chụp màn hình (4 tờ) 4–8",
        "3 Quyết định và Quy chế (số 07/QĐ-THCSĐX) 9–10",
        "4 Công văn gửi đĩa (không có: phần mềm đã thẩm định)",
    ):
        assert line in contents
    feet = [re.search(r"Trang (\d+)/(\d+)", page).groups() for page in pages]
    assert feet == [(n, "10") for n in ("1", "2", "3", "4", "9", "10")]
    assert "Đóng kèm sau trang này: 4 tờ." in pages[3]
    same = dossier_pdf(dossier())
    assert same.content == rendered.content
