"""Học bạ tiểu học read back from the paper: every cell in its row, every circular its own form."""

from __future__ import annotations

import pytest

from app.readmodels.report_booklet import BookletPart, report_booklets_digest
from exports.forms.primary_booklet_words import PRIMARY_GUIDANCE, primary_words
from exports.forms.report_booklet import render_report_booklets
from tests.exports.pdf_reading import all_text, assert_archival, open_pdf, printed_runs
from tests.exports.sample_booklet import LONGEST
from tests.exports.sample_primary_booklet import primary_stamp, sample_primary_booklets


def drawn(paper):
    return render_report_booklets(paper, primary_stamp(paper))


def lines_of(rendered, page: int):
    return printed_runs(open_pdf(rendered).pages[page - 1])


def level_beside(runs, name: str) -> list[str]:
    """The short texts of the row that holds `name`, left to right."""
    start = next(run for run in runs if run.text == name)
    same = [run for run in runs if abs(run.baseline - start.baseline) < 4 and not run.turned]
    return [run.text for run in sorted(same, key=lambda run: run.left) if len(run.text) <= 2]


def test_six_pages_with_the_numbers_of_grade_4():
    texts = all_text(drawn(sample_primary_booklets()))
    assert len(texts) == 6
    assert "Trang 9/12" in texts[4]
    assert "Trang 10/12" in texts[5]
    for said in ("BỘ GIÁO DỤC VÀ ĐÀO TẠO", "TIỂU HỌC", "27/2020", "Trường Tiểu học Đồng Xuân"):
        assert said in texts[0]
    assert "Huyện" not in texts[0]
    assert all(part.title in texts[1] for part in PRIMARY_GUIDANCE)
    for said in ("Quê quán", "Quốc tịch", "Mường", "Bùi Văn Cha", "Ảnh 3 x 4", "Vũ Hiệu Trưởng"):
        assert said in texts[2]
    assert "Nghề nghiệp" not in texts[2]
    assert "Số đăng bộ" in texts[3]
    assert "05/09/2022" in texts[3]


def test_a_year_before_the_two_tiers_has_a_line_for_the_district():
    paper = sample_primary_booklets(part=BookletPart.OPENING, school_year="2024–2025")
    texts = all_text(drawn(paper))
    assert len(texts) == 4
    assert "Huyện (Thành phố, Quận, Thị xã)" in texts[0]


@pytest.mark.parametrize("circular", ["TT27/2020", "TT22/2016"])
def test_every_subject_has_its_level_and_score(circular):
    paper = sample_primary_booklets(part=BookletPart.YEAR, circular=circular)
    rendered = drawn(paper)
    runs = lines_of(rendered, 1)
    (year,) = paper.booklets[0].years
    for row in year.subjects:
        name = row.name if "(" not in row.name else None
        if name is None:
            continue
        wanted = [text for text in (row.level, row.score) if text]
        assert level_beside(runs, name) == wanted, name
    text = " ".join(all_text(rendered)[0].split())
    for row in year.subjects:
        assert row.comment[:18] in text
    heads = {run.text: run.left for run in runs}
    score_first = primary_words(circular).score_first
    assert (heads["Nhận xét"] > heads["Mức đạt"]) is score_first
    assert "Ghi chú: Học sinh khuyết tật, giáo dục hòa nhập." in text
    assert "Số ngày nghỉ có phép: 7" in text
    assert "Không phép: 2" in text
    assert ("Sức khỏe" in text) is (circular == "TT22/2016")


def test_the_back_under_tt27_has_six_sections_and_both_signatures():
    paper = sample_primary_booklets(part=BookletPart.YEAR)
    rendered = drawn(paper)
    runs = lines_of(rendered, 2)
    (year,) = paper.booklets[0].years
    for group in year.traits:
        for trait in group.traits:
            assert level_beside(runs, trait.name) == [trait.level]
    text = all_text(rendered)[1]
    for said in (
        "2. Những phẩm chất chủ yếu",
        "3.1. Những năng lực chung",
        "3.2. Những năng lực đặc thù",
        "4. Đánh giá kết quả giáo dục: Hoàn thành",
        "5. Khen thưởng: Khen thưởng đột xuất",
        "Hoàn thành chương trình lớp 4. Được lên lớp 5.",
        "Xác nhận của Hiệu trưởng",
        "Đặng Chủ Nhiệm",
    ):
        assert said in text


def test_the_back_under_tt22_has_no_overall_result():
    text = all_text(drawn(sample_primary_booklets(part=BookletPart.YEAR, circular="TT22/2016")))[1]
    assert "Đánh giá kết quả giáo dục" not in text
    assert "2. Năng lực, phẩm chất" in text
    assert "Tự phục vụ, tự quản" in text


def test_a_class_of_forty_five_and_the_longest_name():
    rendered = drawn(sample_primary_booklets(45, BookletPart.YEAR, name=LONGEST))
    assert rendered.pages == 90
    assert LONGEST.split()[0] in all_text(rendered)[0]
    one = sample_primary_booklets(1)
    assert_archival(drawn(one))
    assert drawn(one).content == drawn(one).content


def test_every_fact_takes_part_in_the_digest():
    one, other = sample_primary_booklets(), sample_primary_booklets(circular="TT22/2016")
    assert report_booklets_digest(one) != report_booklets_digest(other)
