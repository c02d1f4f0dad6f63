"""Phiếu kết quả on paper: a page a pupil, every cell there, nothing over the edge."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.readmodels.result_slip import result_slips_digest
from exports.forms.result_slip import render_result_slips
from tests.exports.pdf_reading import all_text, assert_archival, open_pdf, printed_runs
from tests.exports.sample_book import LONG_NAME
from tests.exports.sample_own_papers import (
    COMMENT,
    own_stamp,
    sample_primary_slips,
    sample_slips,
)

A4_WIDTH = 595.3


def made(slips, *, draft=False):
    return render_result_slips(slips, own_stamp(result_slips_digest(slips), draft=draft))


@pytest.mark.parametrize("pupils", [1, 45, 55])
def test_a_page_a_pupil_with_only_that_pupil_on_it(pupils):
    slips = sample_slips(pupils)
    text = all_text(made(slips))
    assert len(text) == pupils
    for at, slip in enumerate(slips.slips):
        assert f"Họ và tên học sinh: {slip.name}" in text[at]
        others = {one.name for one in slips.slips} - {slip.name}
        assert not any(f"sinh: {name} " in text[at] for name in others)


def test_every_cell_of_the_table_stands_in_its_line():
    slips = sample_slips(1)
    runs = printed_runs(open_pdf(made(slips)).pages[0])
    for row in slips.slips[0].tables[0].rows:
        if len(row[0]) > 18:
            continue  # long subjects stand in two lines
        name = next(run for run in runs if run.text == row[0])
        near = sorted(
            (r for r in runs if abs(r.baseline - name.baseline) < 8), key=lambda run: run.left
        )
        assert [run.text for run in near][1:7] == list(row[1:7])


def test_facts_signatures_and_the_parents_lines():
    text = all_text(made(sample_slips(1)))[0]
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "PHIẾU KẾT QUẢ HỌC TẬP VÀ RÈN LUYỆN",
        "Cả năm học – Năm học 2025–2026",
        "Kết quả học tập: Khá",
        "Cuối năm: Được lên lớp",
        "Ý kiến của cha mẹ học sinh:",
        "CHA MẸ HỌC SINH",
        "GIÁO VIÊN CHỦ NHIỆM",
        "HIỆU TRƯỞNG",
        "Hạc Thành, ngày 29 tháng 5 năm 2026",
    ):
        assert words in text
    assert COMMENT in all_text(made(sample_slips(1, comment=COMMENT)))[0]


@pytest.mark.parametrize(
    "slips",
    [
        sample_slips(1, long_names=True, comment=" ".join([COMMENT] * 4)),
        sample_slips(1),
        sample_primary_slips(),
    ],
    ids=["longest", "usual", "primary"],
)
def test_nothing_runs_over_the_edge_or_into_the_foot(slips):
    page = open_pdf(made(slips)).pages[0]
    runs = [run for run in printed_runs(page) if not run.turned]
    assert max(run.right for run in runs) <= A4_WIDTH - 35
    assert min(run.left for run in runs) >= 50
    names = [r for r in runs if r.text in (slips.homeroom_teacher, slips.principal)]
    assert min(run.baseline for run in names) > 32


def test_the_longest_name_is_whole():
    assert LONG_NAME in all_text(made(sample_slips(1, long_names=True)))[0]


def test_a_primary_slip_has_its_three_groups_of_traits():
    text = all_text(made(sample_primary_slips()))[0]
    for words in ("PHIẾU KẾT QUẢ ĐÁNH GIÁ GIÁO DỤC", "Phẩm chất chủ yếu", "Năng lực đặc thù",
                  "Giải quyết vấn đề và sáng tạo", "Khen thưởng: Học sinh Xuất sắc"):  # fmt: skip
        assert words in text


def test_archival_same_bytes_and_a_draft_that_says_so():
    slips = sample_slips(2)
    assert_archival(made(slips))
    assert made(slips).content == made(slips).content
    assert all("BẢN LÀM VIỆC" in page for page in all_text(made(slips, draft=True)))
    assert result_slips_digest(replace(slips, class_name="6B")) != result_slips_digest(slips)
