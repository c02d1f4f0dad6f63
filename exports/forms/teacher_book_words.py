"""What the teacher's own book of each circular is called and how it is kept: statutory words.

TT22/2021 has a form of it; TT58/2011 and the primary circulars name none, so their books carry the
name used in schools and no line of a form.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import RuleRefused
from app.regulations.tt58_first_issue import TT58_FIRST_ISSUE


@dataclass(frozen=True, slots=True)
class TeacherWords:
    """`name` inside a sentence; `form_line` names the form's circular, "" where there is none."""

    title: str
    name: str
    form_line: str
    guidance: tuple[str, ...]


_OWN = (
    "Sổ là hồ sơ của giáo viên theo Điều lệ nhà trường, do giáo viên môn học giữ và ghi trong suốt "
    "năm học; cuối năm nộp về văn phòng để lưu."
)
_SAME = "Nội dung trong sổ này phải khớp với {book} của lớp."
_SELECTED = (
    "Cột Nhận xét có thể ghi có chọn lọc, đủ để giáo viên chủ nhiệm biết sự tiến bộ, ưu điểm nổi "
    "bật, hạn chế chủ yếu của học sinh."
)
_INK = (
    "Ghi đầy đủ, kịp thời theo kế hoạch dạy học. Không dùng mực đỏ (trừ khi sửa chữa) và không "
    "dùng loại mực có thể tẩy xóa."
)
_STRIKE = (
    "Khi sửa chữa, dùng bút mực đỏ gạch ngang nội dung cũ, ghi nội dung mới vào phía trên bên phải "
    "và ký xác nhận bên cạnh nội dung đã sửa."
)


def _guidance(book: str) -> tuple[str, ...]:
    return (_OWN, _SAME.format(book=book), _SELECTED, _INK, _STRIKE)


_PRIMARY = TeacherWords(
    title="SỔ THEO DÕI KẾT QUẢ ĐÁNH GIÁ HỌC SINH",
    name="Sổ theo dõi kết quả đánh giá học sinh của giáo viên,",
    form_line="",
    guidance=_guidance("Bảng tổng hợp kết quả đánh giá giáo dục"),
)
_PERSONAL = TeacherWords(
    title="SỔ ĐIỂM CÁ NHÂN",
    name="Sổ điểm cá nhân, môn",
    form_line="",
    guidance=_guidance("Sổ gọi tên và ghi điểm"),
)
_WORDS = {
    "TT22/2021": TeacherWords(
        title="SỔ THEO DÕI VÀ ĐÁNH GIÁ HỌC SINH",
        name="Sổ theo dõi và đánh giá học sinh của giáo viên, môn",
        form_line="(Mẫu ban hành kèm theo Thông tư số 22/2021/TT-BGDĐT ngày 20 tháng 7 năm 2021)",
        guidance=_guidance("Sổ theo dõi và đánh giá học sinh (theo lớp học)"),
    ),
    "TT58/2011": _PERSONAL,
    TT58_FIRST_ISSUE.id: _PERSONAL,
    "TT27/2020": _PRIMARY,
    "TT22/2016": _PRIMARY,
}


def teacher_words(circular: str) -> TeacherWords:
    """The words of a circular. Raises RuleRefused where there is no such book."""
    found = _WORDS.get(circular)
    if found is None:
        raise RuleRefused(
            "no_form",
            f"Chưa có mẫu sổ của giáo viên theo {circular} nên không in; hãy chọn lớp khác, hoặc "
            "xuất bảng Excel của môn.",
            circular=circular,
        )
    return found
