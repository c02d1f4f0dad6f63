"""What học bạ says by itself: the columns of each circular and the guidance; statutory words.

TT22/2021, mẫu học bạ THCS and THPT; TT58/2011 for years that were assessed by it. The columns of
the result pages follow the form in use in schools; the guidance says its four parts in our words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.errors import RuleRefused
from app.regulations.tt58_first_issue import TT58_FIRST_ISSUE


@dataclass(frozen=True, slots=True)
class BookletWords:
    """`form_line` stands on the cover; the others head the columns and lines of a year's pages."""

    form_line: str
    subject: str
    results: str
    reassessed: str
    comments: str
    levels: str
    levels_after: str
    conduct: str
    learning: str
    average: str
    promoted: str
    retained: str


_WORDS = {
    "TT22/2021": BookletWords(
        form_line="(Mẫu ban hành kèm theo Thông tư số 22/2021/TT-BGDĐT ngày 20 tháng 7 năm 2021)",
        subject="Môn học/Hoạt động giáo dục",
        results="Điểm trung bình môn học hoặc mức đánh giá",
        reassessed="ĐTB môn học hoặc mức đánh giá lại (nếu có)",
        comments=(
            "Nhận xét sự tiến bộ, ưu điểm nổi bật, hạn chế chủ yếu (nếu có) và kí, ghi rõ họ tên "
            "của giáo viên môn học"
        ),
        levels="Mức đánh giá",
        levels_after=("Mức đánh giá sau đánh giá lại môn học hoặc rèn luyện thêm trong kì nghỉ hè"),
        conduct="Kết quả rèn luyện",
        learning="Kết quả học tập",
        average="ĐTB các môn học",
        promoted="Được lên lớp/Hoàn thành chương trình",
        retained="Không được lên lớp/Chưa hoàn thành chương trình",
    ),
    "TT58/2011": BookletWords(
        form_line=(
            "(Theo Thông tư số 58/2011/TT-BGDĐT, sửa đổi, bổ sung theo Thông tư số "
            "26/2020/TT-BGDĐT)"
        ),
        subject="Môn học/Hoạt động giáo dục",
        results="Điểm trung bình hoặc xếp loại các môn",
        reassessed="Điểm hoặc xếp loại sau kiểm tra lại (nếu có)",
        comments="Nhận xét (nếu có) và kí, ghi rõ họ tên của giáo viên bộ môn",
        levels="Xếp loại",
        levels_after="Xếp loại sau kiểm tra lại hoặc rèn luyện thêm trong hè",
        conduct="Hạnh kiểm",
        learning="Học lực",
        average="ĐTB các môn học",
        promoted="Được lên lớp/Hoàn thành cấp học",
        retained="Ở lại lớp",
    ),
}


_WORDS[TT58_FIRST_ISSUE.id] = replace(
    _WORDS["TT58/2011"],
    form_line="(Theo Thông tư số 58/2011/TT-BGDĐT ngày 12 tháng 12 năm 2011)",
)

PRIMARY_FORM_LINES = {
    "TT27/2020": ("(Mẫu ban hành kèm theo Thông tư số 27/2020/TT-BGDĐT ngày 04 tháng 9 năm 2020)"),
    "TT22/2016": (
        "(Theo Thông tư số 30/2014/TT-BGDĐT, sửa đổi, bổ sung theo Thông tư số 22/2016/TT-BGDĐT)"
    ),
}


@dataclass(frozen=True, slots=True)
class GuidancePart:
    """One of the four parts of Hướng dẫn sử dụng học bạ."""

    title: str
    points: tuple[str, ...]


GUIDANCE_TITLE = "HƯỚNG DẪN SỬ DỤNG HỌC BẠ"
GUIDANCE = (
    GuidancePart(
        "Quy định chung",
        (
            "Nhà trường giữ học bạ; giao giáo viên chủ nhiệm vào đầu năm học, cuối mỗi học kì và "
            "cuối năm học để ghi, ghi xong thì thu lại.",
            "Trang 1 ghi đầy đủ ngay khi lập học bạ. Kết quả của từng năm học trong cả cấp được "
            "hiệu trưởng ký tên, đóng dấu.",
        ),
    ),
    GuidancePart(
        "Giáo viên môn học",
        (
            "Ghi điểm trung bình môn học hoặc mức đánh giá của từng học kì và cả năm học; nhận xét "
            "sự tiến bộ, ưu điểm nổi bật, hạn chế chủ yếu (nếu có) của học sinh; ký, ghi rõ họ "
            "tên.",
            "Khi sửa chữa, dùng bút mực đỏ gạch ngang nội dung cũ, ghi nội dung mới vào phía trên "
            "bên phải, ký xác nhận bên cạnh.",
        ),
    ),
    GuidancePart(
        "Giáo viên chủ nhiệm",
        (
            "Ghi trang 1, phần đầu các trang và nhận xét kết quả rèn luyện, học tập của học sinh.",
            "Ghi kết quả tổng hợp đánh giá; mức đánh giá lại môn học hoặc mức hoàn thành nhiệm vụ "
            "rèn luyện trong kì nghỉ hè (nếu có).",
            "Ghi rõ được lên lớp hoặc không được lên lớp, hoàn thành hoặc chưa hoàn thành chương "
            "trình sau khi xét cuối năm học.",
        ),
    ),
    GuidancePart(
        "Hiệu trưởng",
        (
            "Phê duyệt học bạ khi kết thúc năm học: kiểm tra việc ghi của giáo viên, nhận xét, ký, "
            "ghi rõ họ tên và đóng dấu.",
            "Kiểm tra việc bảo quản, ghi học bạ; xác nhận chỗ sửa chữa ở từng trang.",
        ),
    ),
)


def booklet_words(circular: str) -> BookletWords:
    """The words of a circular's học bạ. Raises RuleRefused where there is no such form."""
    found = _WORDS.get(circular)
    if found is None:
        raise RuleRefused(
            "no_form",
            f"Chưa có mẫu học bạ của {circular} nên không in; hãy chọn lớp khác, hoặc xuất bảng "
            "Excel của lớp.",
            circular=circular,
        )
    return found


def form_line(circular: str) -> str:
    """The circular that the form belongs to, as the cover names it. Raises as `booklet_words`."""
    return PRIMARY_FORM_LINES.get(circular) or booklet_words(circular).form_line
