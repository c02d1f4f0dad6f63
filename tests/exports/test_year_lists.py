"""Danh sách học sinh cuối năm: what the paper says, and that nothing is cut or left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.clock import VIETNAM
from app.readmodels.class_book import PrintStamp, SchoolLines
from app.readmodels.year_lists import ListedPupil, PrintedList, YearLists, year_lists_digest
from exports.forms.year_lists import render_year_lists
from tests.exports.pdf_reading import all_text

SUBJECTS = (
    "Ngữ văn, Toán, Giáo dục công dân, Lịch sử và Địa lí, Khoa học tự nhiên, Hoạt động trải "
    "nghiệm, hướng nghiệp, Nội dung giáo dục của địa phương"
)


def pupil(number: int, detail: str = "") -> ListedPupil:
    return ListedPupil(
        number, f"Nguyễn Thị Phương Thảo Nguyên {number}", "12/03/2014", "Khá", "Tốt", "4", detail
    )


def lists(promoted: int = 3, again: int = 2) -> YearLists:
    return YearLists(
        school=SchoolLines(
            "UBND xã Đồng Xuân", "Trường THCS Đồng Xuân", "xã Đồng Xuân", "tỉnh Thanh Hóa"
        ),
        number="",
        day=30,
        month=5,
        year=2027,
        class_name="6A",
        school_year="2026–2027",
        circular="22/2021/TT-BGDĐT",
        occasion="cuối năm học",
        headcount=promoted + again,
        lists=(
            PrintedList(
                "Được lên lớp",
                ("learning", "conduct", "absences"),
                "Ghi chú",
                tuple(pupil(n + 1) for n in range(promoted)),
            ),
            PrintedList(
                "Kiểm tra, đánh giá lại môn học",
                ("conduct",),
                "Môn đánh giá lại",
                tuple(pupil(promoted + n + 1, SUBJECTS) for n in range(again)),
            ),
            PrintedList("Rèn luyện trong kì nghỉ hè", ("learning",), "Ghi chú", ()),
            PrintedList("Không được lên lớp", ("learning", "conduct", "absences"), "Ghi chú", ()),
            PrintedList("Khen thưởng cuối năm", ("learning", "conduct"), "Danh hiệu", ()),
        ),
        homeroom_teacher="Nguyễn Thị Bình",
        principal="Lê Văn Khải",
        decision_no="62/QĐ-THCS",
        approved="Lê Văn Khải, ngày 29/05/2027",
    )


def rendered(content: YearLists):
    stamp = PrintStamp(
        "0012", datetime(2027, 5, 30, 9, 0, tzinfo=VIETNAM), year_lists_digest(content)
    )
    return render_year_lists(content, stamp)


def test_five_lists_with_their_counts_and_signatures() -> None:
    text = " ".join(" ".join(all_text(rendered(lists()))).split())
    for part in (
        "DANH SÁCH HỌC SINH",
        "Kết quả xét cuối năm học, lớp 6A, năm học 2026–2027",
        "Thông tư số 22/2021/TT-BGDĐT",
        "quyết định số 62/QĐ-THCS (Lê Văn Khải, ngày 29/05/2027)",
        "1. Được lên lớp: 3 học sinh",
        "2. Kiểm tra, đánh giá lại môn học: 2 học sinh",
        "Môn đánh giá lại",
        "3. Rèn luyện trong kì nghỉ hè: 0 học sinh",
        "Không có học sinh nào.",
        "5. Khen thưởng cuối năm: 0 học sinh",
        "GIÁO VIÊN CHỦ NHIỆM",
        "HIỆU TRƯỞNG",
        "Lê Văn Khải",
        "Bản in số 0012",
    ):
        assert part in text


def test_a_large_class_runs_over_pages_with_its_head_repeated() -> None:
    pdf = rendered(lists(promoted=55, again=6))
    assert pdf.pages >= 3
    text = " ".join(all_text(pdf))
    assert text.count("Ngày sinh") >= pdf.pages - 1
    for number in (1, 55, 61):
        assert f"Nguyên {number}" in " ".join(text.split())


def test_same_facts_same_bytes_other_facts_other_digest() -> None:
    one = rendered(lists())
    assert rendered(lists()).content == one.content
    changed = replace(lists(), decision_no="63/QĐ-THCS")
    assert year_lists_digest(changed).hex != year_lists_digest(lists()).hex
