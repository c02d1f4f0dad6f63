"""Minutes of corrections and seals and the recovery sheet, read back from their bytes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.errors import AppError
from app.progress import Cancelled
from app.readmodels.correction_minutes import correction_digest
from app.readmodels.rendered_pdf import RenderedPdf
from app.readmodels.sealing_minutes import sealing_digest
from exports.forms.correction_minutes import render_correction_minutes
from exports.forms.letterhead import date_line
from exports.forms.recovery_sheet import render_recovery_sheet
from exports.forms.sealing_minutes import render_sealing_minutes
from tests.exports.pdf_reading import all_text, assert_archival
from tests.exports.sample_minutes import (
    minutes_stamp,
    sample_correction,
    sample_recovery,
    sample_sealing,
)


def correction(values: int = 3, witnesses: int = 2) -> RenderedPdf:
    minutes = sample_correction(values, witnesses)
    return render_correction_minutes(minutes, minutes_stamp(correction_digest(minutes)))


def test_correction_minutes_tell_the_whole_case() -> None:
    rendered = correction()
    assert_archival(rendered)
    text = " ".join(all_text(rendered))
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 03/BB-THCSTMN",
        "Hạc Thành, ngày 12 tháng 01 năm 2026",
        "BIÊN BẢN",
        "Thời gian bắt đầu: 08 giờ 10 phút ngày 12/01/2026.",
        "5 Đặng Thanh Linh 0 ĐĐGtx 2 6,5 7,8",
        "Lý do: Khi nhập điểm",
        "Minh chứng đã xem: sổ điểm cá nhân của giáo viên; bài kiểm tra của học sinh.",
        "Người kiểm dò: Nguyễn Thị Phương Thảo",
        "Đồng ý sửa các giá trị nêu ở mục 1.",
        "khóa lại lúc 08 giờ 46 phút ngày 12/01/2026",
        "mã nhật ký 7QK2-M4XA",
        "cùng ký tên dưới đây./.",
        "NGƯỜI CHỨNG KIẾN",
        "HIỆU TRƯỞNG",
        "Nơi nhận:",
        "hồ sơ sửa điểm số SĐ-2026-0005",
    ):
        assert part in text
    assert "ngoài thời hạn" not in text


def test_exception_after_the_cut_off_is_told() -> None:
    minutes = replace(sample_correction(), exception="Quyết định số 15/QĐ-THCSTMN")
    stamp = minutes_stamp(correction_digest(minutes))
    text = " ".join(all_text(render_correction_minutes(minutes, stamp)))
    assert "Quyết định ngoài thời hạn sửa điểm: Quyết định số 15/QĐ-THCSTMN." in text


def test_number_may_be_written_by_hand() -> None:
    minutes = replace(sample_correction(), number="")
    stamp = minutes_stamp(correction_digest(minutes))
    assert "Số: …………" in " ".join(all_text(render_correction_minutes(minutes, stamp)))


@pytest.mark.parametrize(("values", "witnesses"), [(1, 1), (45, 3), (120, 2)])
def test_long_cases_repeat_the_table_head_and_number_pages(values: int, witnesses: int) -> None:
    texts = all_text(correction(values, witnesses))
    total = len(texts)
    for number, text in enumerate(texts, 1):
        assert f"Trang {number}/{total}" in text
        if number > 1:
            assert text.startswith(f"{number} ")
    joined = " ".join(texts)
    for index in range(values):
        assert f"Đặng Thanh Linh {index} " in joined
    tables = [text for text in texts if "Đặng Thanh Linh" in text.replace("NGƯỜI", "")]
    assert all("Sửa thành" in text for text in tables if "ĐĐGtx" in text)


def test_signatures_are_never_alone_on_a_page() -> None:
    for values in range(1, 26, 3):
        last = all_text(correction(values))[-1]
        assert "HIỆU TRƯỞNG" in last
        assert "cùng ký tên dưới đây./." in last


def test_minutes_are_deterministic_and_cancel() -> None:
    assert correction() == correction()
    minutes = sample_correction()

    def give_up(done: int, total: int, note: str = "") -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        render_correction_minutes(minutes, minutes_stamp(correction_digest(minutes)), give_up)


def test_unprintable_reason_is_refused() -> None:
    minutes = replace(sample_correction(), reason="Nhầm dòng 🙂")
    with pytest.raises(AppError, match="U\\+1F642"):
        render_correction_minutes(minutes, minutes_stamp(correction_digest(minutes)))


def test_sealing_minutes_name_medium_digest_and_witnesses() -> None:
    minutes = sample_sealing()
    stamp = minutes_stamp(sealing_digest(minutes))
    rendered = render_sealing_minutes(minutes, stamp)
    assert_archival(rendered)
    text = " ".join(all_text(rendered))
    for part in (
        "Về việc niêm phong hồ sơ đánh giá học sinh năm học 2025–2026",
        "HSHS-2025-2026-A",
        "WX21A77K5810",
        "446 tệp, 73,2 MB",
        "9f9f 9f9f",
        "3a7c 3a7c",
        "Trần Thị Ngọc Ánh",
        "NGƯỜI LƯU GIỮ",
        "ngày 10 tháng 6 năm 2026",
    ):
        assert part in text
    assert text.replace(" ", "").count("9f9f" * 32) == 1
    assert "Mã băm danh sách đã ký (SHA-512)" in text
    assert render_sealing_minutes(minutes, stamp) == rendered


def test_recovery_sheet_shows_the_code_once_and_nowhere_else() -> None:
    sheet = sample_recovery()
    rendered = render_recovery_sheet(sheet)
    assert_archival(rendered)
    assert rendered.pages == 1
    text = all_text(rendered)[0]
    for number, group in enumerate(sheet.groups, 1):
        assert text.count(group) == 1
        assert f"nhóm {number}" in text
        assert group.encode() not in rendered.content
    assert "Ngày 20 tháng 8 năm 2025" in text


@pytest.mark.parametrize(
    ("day", "month", "line"),
    [
        (3, 1, "ngày 03 tháng 01 năm 2026"),
        (10, 2, "ngày 10 tháng 02 năm 2026"),
        (5, 9, "ngày 05 tháng 9 năm 2026"),
        (31, 12, "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_date_line_of_decree_30(day: int, month: int, line: str) -> None:
    assert date_line(day, month, 2026) == line
