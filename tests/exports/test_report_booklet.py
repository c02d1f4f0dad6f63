"""Học bạ read back from the paper: every cell in its place, every page its number."""

from __future__ import annotations

import pickle
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from app.batch_press import BookJob
from app.errors import AppError, RuleRefused
from app.progress import Cancelled
from app.readmodels.report_booklet import BookletPart, report_booklets_digest
from exports.batch import draw_book
from exports.forms.report_booklet import render_report_booklets
from exports.forms.report_booklet_words import GUIDANCE
from exports.forms.seal_strip import HEIGHT
from tests.exports.pdf_reading import (
    Run,
    all_text,
    assert_archival,
    open_pdf,
    page_text,
    printed_runs,
)
from tests.exports.sample_booklet import (
    LONGEST,
    SUBJECTS,
    booklet_stamp,
    sample_booklet,
    sample_booklets,
    sample_name,
)

A4 = (595.3, 841.9)


def drawn(paper, **stamp):
    return render_report_booklets(paper, booklet_stamp(paper, **stamp))


def runs_of(rendered, page: int) -> list[Run]:
    return printed_runs(open_pdf(rendered).pages[page - 1])


def on_line(runs: list[Run], text: str) -> list[str]:
    """The texts of the table row that begins with `text`, left to right."""
    start = next(run for run in runs if run.text == text)
    same = [run for run in runs if abs(run.baseline - start.baseline) < 3 and not run.turned]
    return [run.text for run in sorted(same, key=lambda run: run.left)]


def picture(mode: str = "RGBA", size: tuple[int, int] = (90, 120), kind: str = "PNG") -> bytes:
    out = BytesIO()
    Image.new(mode, size, 120 if mode in ("L", "P") else None or 0).save(out, kind)
    return out.getvalue()


def test_the_pages_and_their_numbers():
    paper = sample_booklets(2, circulars=("TT22/2021", "TT22/2021"))
    texts = all_text(drawn(paper))
    assert len(texts) == 2 * 8
    for place in (0, 8):
        cover, guidance, *numbered = texts[place : place + 8]
        assert "HỌC BẠ" in cover
        assert "Số sổ đăng bộ PCGD" in cover
        assert "Trang 0" not in cover + guidance
        assert "/10" not in cover + guidance
        for number, text in enumerate(numbered, 1):
            assert f"Trang {number}/10" in text
            assert f"trang {number}/10" in text, "the seal strip"
    assert sample_name(0).upper() in texts[0]
    assert sample_name(1).upper() in texts[8]


def test_the_years_sheet_alone_has_the_same_numbers_and_nothing_else():
    whole = sample_booklets(1, circulars=("TT22/2021", "TT22/2021"))
    sheet = sample_booklets(1, BookletPart.YEAR, circulars=("TT22/2021", "TT22/2021"))
    texts = all_text(drawn(sheet))
    assert len(texts) == 2
    assert "Trang 5/10" in texts[0]
    assert "Trang 6/10" in texts[1]
    # The same place on the paper as in the whole booklet, whichever side it is printed on.
    body = [(r.left, r.baseline, r.text) for r in runs_of(drawn(whole), 7) if "mã" not in r.text]
    alone = [(r.left, r.baseline, r.text) for r in runs_of(drawn(sheet), 1) if "mã" not in r.text]
    assert [one for one in alone if "·" not in one[2]] == [one for one in body if "·" not in one[2]]


def test_the_opening_is_two_sheets():
    texts = all_text(drawn(sample_booklets(1, BookletPart.OPENING)))
    assert len(texts) == 4
    for part in GUIDANCE:
        assert part.title in texts[1]
    for said in (
        "Giới tính: Nam",
        "Dân tộc: Kinh",
        "Con thương binh",
        "Nguyễn Văn Cha",
        "Làm ruộng",
        "Công nhân may",
        "Ảnh 3 x 4",
        "Vũ Hiệu Trưởng",
    ):
        assert said in texts[2]
    assert "QUÁ TRÌNH HỌC TẬP" in texts[3]
    assert "2024–2025" in texts[3]


def test_every_cell_of_the_subject_page_stands_in_its_row_and_column():
    booklet = sample_booklet()
    rendered = drawn(sample_booklets())
    runs = runs_of(rendered, 5)
    edges = {}
    for heading in ("Học kì I", "Học kì II", "Cả năm"):
        run = next(run for run in runs if run.text == heading)
        edges[heading] = (run.left + run.right) / 2
    for subject in booklet.years[0].subjects[:8]:
        line = on_line(runs, subject.name)
        values = [subject.term_1, subject.term_2, subject.year]
        if subject.reassessed:
            values.append(subject.reassessed)
        assert line[1 : 1 + len(values)] == values, subject.name
        start = next(run for run in runs if run.text == subject.name)
        for heading, value in zip(edges, values, strict=False):
            cell = next(
                run
                for run in runs
                if run.text == value
                and abs(run.baseline - start.baseline) < 3
                and abs((run.left + run.right) / 2 - edges[heading]) < 3
            )
            assert cell
    text = all_text(rendered)[4]
    for subject in booklet.years[0].subjects:
        assert subject.comment in text or subject.comment.split(":", maxsplit=1)[0] in text
        for teacher in subject.teachers:
            assert teacher in text
    assert "Trong trang này có sửa chữa ở" in text
    assert "Đặng Chủ Nhiệm" in text
    assert "Vũ Hiệu Trưởng" in text


def test_every_level_of_the_result_page_stands_in_its_row():
    rendered = drawn(sample_booklets(2))
    runs = runs_of(rendered, 12)
    assert on_line(runs, "Học kì I") == ["Học kì I", "Tốt", "Khá"]
    middle = ["Học kì II", "Khá", "Đạt", "12", "Đạt", "Chưa đạt"]
    assert on_line(runs, "Học kì II") == middle
    assert on_line(runs, "Cả năm") == ["Cả năm", "Khá", "Tốt"]
    text = all_text(rendered)[11]
    for said in (
        "Được lên lớp/Hoàn thành chương trình: Lớp 7",
        "Khen thưởng: Học sinh Giỏi",
        "NHẬN XÉT CỦA GIÁO VIÊN CHỦ NHIỆM",
        "Ngoan, chăm chỉ, hòa đồng với bạn.",
        "NHẬN XÉT, PHÊ DUYỆT CỦA HIỆU TRƯỞNG",
        "Kết quả rèn luyện",
    ):
        assert said in text


def test_a_year_under_the_old_circular_has_its_own_words():
    texts = all_text(drawn(sample_booklets(1, circulars=("TT58/2011", "TT22/2021"))))
    old, new = texts[4] + texts[5], texts[6] + texts[7]
    for said in ("Hạnh kiểm", "Học lực", "Ở lại lớp", "ĐTB các môn học"):
        assert said in old
        assert said not in new
    assert "7,3" in old
    assert "Kết quả rèn luyện" in new
    assert "Kết quả rèn luyện" not in old


def test_a_circular_without_a_form_is_refused():
    with pytest.raises(RuleRefused) as caught:
        drawn(sample_booklets(1, circulars=("TT27/2020",)))
    assert caught.value.code == "no_form"


@pytest.mark.parametrize("count", [1, 45])
def test_pages_of_a_class(count):
    rendered = drawn(sample_booklets(count))
    assert rendered.pages == 6 * count
    reader = open_pdf(rendered)
    for number in range(count):
        assert sample_name(number).upper() in page_text(reader.pages[6 * number])
    if count == 1:
        assert_archival(rendered)


def test_nothing_is_clipped_however_long():
    paper = sample_booklets(1)
    (booklet,) = paper.booklets
    (year,) = booklet.years
    long_year = replace(
        year,
        comment="Rất chăm ngoan, luôn giúp đỡ bạn bè. " * 20,
        homeroom_teacher=LONGEST,
        subjects=tuple(
            replace(
                one,
                comment="Hiểu bài, vận dụng tốt, cần rèn thêm chữ viết. " * 4,
                teachers=(LONGEST, sample_name(3), sample_name(4)),
            )
            for one in (*year.subjects, *year.subjects[:4])
        ),
    )
    who = replace(booklet.particulars, name=LONGEST, address="Thôn Thượng Uyển, " * 9)
    paper = replace(paper, booklets=(replace(booklet, particulars=who, years=(long_year,)),))
    rendered = drawn(paper)
    assert rendered.pages == 6
    for page in range(1, 7):
        for run in runs_of(rendered, page):
            low, high = (0, A4[1]) if run.turned else (0, A4[0])
            assert low <= run.left, run.text
            assert run.right <= high, run.text
            assert run.baseline > 0
    strip = printed_runs(open_pdf(rendered).pages[2])[-1]
    assert strip.text.startswith(f"Học bạ {LONGEST} ·")
    assert strip.right - strip.left < HEIGHT
    for page in (2, 4, 5):
        said = all_text(rendered)[page]
        assert LONGEST in said
    assert all_text(rendered)[5].count("luôn giúp đỡ") == 20
    assert all_text(rendered)[4].count("Hiểu bài") == 16 * 4


def test_same_booklets_and_run_give_the_same_bytes():
    paper = sample_booklets(2, photo=picture())
    assert drawn(paper).content == drawn(paper).content
    assert drawn(paper, run_number="0013").content != drawn(paper).content


def test_every_fact_is_in_the_digest():
    paper = sample_booklets(1, photo=picture())
    known = {report_booklets_digest(paper).hex}
    (booklet,) = paper.booklets
    (year,) = booklet.years
    changed = [
        replace(booklet, pages=12),
        replace(booklet, schooling=()),
        replace(booklet, particulars=replace(booklet.particulars, photo=picture("RGB"))),
        replace(booklet, particulars=replace(booklet.particulars, ethnicity="Thái")),
        replace(booklet, years=(replace(year, award=""),)),
        replace(booklet, years=(replace(year, page=5),)),
    ]
    for one in changed:
        known.add(report_booklets_digest(replace(paper, booklets=(one,))).hex)
    known.add(report_booklets_digest(replace(paper, part=BookletPart.YEAR)).hex)
    assert len(known) == 2 + len(changed)


@pytest.mark.parametrize(
    "photo",
    [
        picture(),
        picture("RGB", (400, 300)),
        picture("L", kind="JPEG"),
        picture("CMYK", kind="JPEG"),
        picture("P"),
    ],
)
def test_any_photo_becomes_a_small_plain_one(photo):
    rendered = drawn(sample_booklets(1, BookletPart.OPENING, photo=photo))
    (image,) = open_pdf(rendered).pages[2].images
    found = image.indirect_reference.get_object()
    assert (found["/Width"], found["/Height"], found["/ColorSpace"]) == (354, 472, "/DeviceRGB")
    assert "/SMask" not in found
    assert not found.get("/Interpolate", False)
    assert_archival(rendered)
    assert "Ảnh 3 x 4" not in all_text(rendered)[2]


@pytest.mark.parametrize(
    "photo", [b"\xff\xd8\xff\xe0xxxx\xff\xd9", picture("L", (9000, 9000), "JPEG")]
)
def test_a_photo_that_cannot_be_drawn_is_refused_by_name(photo):
    with pytest.raises(AppError) as caught:
        drawn(sample_booklets(1, photo=photo))
    assert caught.value.code == "photo_unreadable"
    assert sample_name(0) in caught.value.sentence


def test_drafts_and_practice_say_so_on_every_page():
    for words, stamp in (("BẢN LÀM VIỆC", {"draft": True}), ("BẢN TẬP", {"practice": True})):
        for text in all_text(drawn(sample_booklets(1), **stamp)):
            assert words in text


def test_cancel_stops_between_pages():
    asked = []

    def stop(done, _total, _note=""):
        asked.append(done)
        if done == 3:
            raise Cancelled

    paper = sample_booklets(2)
    with pytest.raises(Cancelled):
        render_report_booklets(paper, booklet_stamp(paper), stop)
    assert asked == [0, 1, 2, 3]


def test_a_job_that_went_to_another_process_draws_the_same() -> None:
    paper = sample_booklets(1, photo=picture())
    job = BookJob(paper, booklet_stamp(paper))
    sent = pickle.loads(pickle.dumps(job))
    assert sent == job
    assert draw_book(sent) == draw_book(job)
    assert draw_book(job).files == {}


def test_every_page_has_its_subjects_only_once():
    texts = all_text(drawn(sample_booklets(1)))
    for name in SUBJECTS[:8]:
        assert texts[4].count(name) == 1
