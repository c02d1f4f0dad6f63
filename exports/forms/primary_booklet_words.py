"""What học bạ tiểu học says by itself: headings of each circular, guidance; statutory words.

TT27/2020, Phụ lục 1, and the form of TT22/2016 for years assessed by it. The guidance says the
form's rules in our words.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import RuleRefused
from exports.forms.report_booklet_words import PRIMARY_FORM_LINES, GuidancePart


@dataclass(frozen=True, slots=True)
class PrimaryBookletWords:
    """Headings of the two pages of a year.

    `score_first`: Mức đạt được and Điểm KTĐK stand before Nhận xét. `competences` heads what
    follows phẩm chất, "" where năng lực come first without a heading of their own.
    """

    subjects: str
    subject: str
    score_first: bool
    health: bool
    traits: str
    result: str
    award: str
    completion: str


_WORDS = {
    "TT27/2020": PrimaryBookletWords(
        subjects="1. Các môn học và hoạt động giáo dục",
        subject="Môn học và hoạt động giáo dục",
        score_first=True,
        health=False,
        traits="",
        result="4. Đánh giá kết quả giáo dục",
        award="5. Khen thưởng",
        completion="6. Hoàn thành chương trình lớp học/chương trình tiểu học",
    ),
    "TT22/2016": PrimaryBookletWords(
        subjects="1. Các môn học và hoạt động giáo dục",
        subject="Môn học và hoạt động giáo dục",
        score_first=False,
        health=True,
        traits="2. Năng lực, phẩm chất",
        result="",
        award="Khen thưởng",
        completion="Hoàn thành chương trình lớp học/chương trình tiểu học",
    ),
}

GROUP_HEADINGS = {
    "Phẩm chất chủ yếu": ("2. Những phẩm chất chủ yếu", "Phẩm chất"),
    "Năng lực chung": ("3. Những năng lực cốt lõi\n3.1. Những năng lực chung", "Năng lực"),
    "Năng lực đặc thù": ("3.2. Những năng lực đặc thù", "Năng lực"),
    "Năng lực": ("", "Năng lực"),
    "Phẩm chất": ("", "Phẩm chất"),
}
"""Group -> what stands above its table, and over its first column."""

LEVEL, SCORE, COMMENT = "Mức đạt được", "Điểm KTĐK", "Nhận xét"

PRIMARY_GUIDANCE_TITLE = "HƯỚNG DẪN GHI HỌC BẠ"
PRIMARY_GUIDANCE = (
    GuidancePart(
        "Quy định chung",
        (
            "Học bạ ghi kết quả tổng hợp đánh giá cuối năm học của học sinh. Nhà trường giữ học bạ "
            "trong thời gian học sinh học tại trường, trao lại khi học sinh chuyển trường hoặc "
            "hoàn thành chương trình tiểu học.",
            "Thông tin của học sinh ghi theo giấy khai sinh. Chữ viết rõ ràng, không tẩy xóa; chỗ "
            "ghi nhầm được sửa theo quy định và có xác nhận.",
        ),
    ),
    GuidancePart(
        "Các môn học và hoạt động giáo dục",
        (
            "Mức đạt được: T là Hoàn thành tốt, H là Hoàn thành, C là Chưa hoàn thành.",
            "Điểm KTĐK: điểm bài kiểm tra cuối năm học; học sinh được kiểm tra lại thì ghi điểm "
            "bài kiểm tra lần cuối.",
            "Nhận xét: sự tiến bộ, năng khiếu, hứng thú nổi bật; nội dung chưa hoàn thành cần được "
            "giúp đỡ (nếu có).",
        ),
    ),
    GuidancePart(
        "Phẩm chất, năng lực",
        (
            "Mức đạt được: T là Tốt, Đ là Đạt, C là Cần cố gắng.",
            "Nhận xét: biểu hiện nổi bật, sự tiến bộ, điều cần rèn luyện thêm của học sinh.",
        ),
    ),
    GuidancePart(
        "Kết quả cuối năm học",
        (
            "Đánh giá kết quả giáo dục: ghi một trong bốn mức Hoàn thành xuất sắc, Hoàn thành tốt, "
            "Hoàn thành, Chưa hoàn thành (các năm học đánh giá theo Thông tư 27/2020).",
            "Khen thưởng: thành tích học sinh được khen thưởng trong năm học.",
            "Hoàn thành chương trình lớp học/chương trình tiểu học: ghi hoàn thành chương trình "
            "lớp mấy, được lên lớp mấy hoặc chưa được lên lớp; hết lớp 5 ghi hoàn thành chương "
            "trình tiểu học.",
        ),
    ),
)


def is_primary_form(circular: str) -> bool:
    """Whether a circular's học bạ is the one of primary schools."""
    return circular in PRIMARY_FORM_LINES


def primary_words(circular: str) -> PrimaryBookletWords:
    """The words of a circular's yearly pages. Raises RuleRefused where there is no such form."""
    found = _WORDS.get(circular)
    if found is None:
        raise RuleRefused(
            "no_form",
            f"Chưa có mẫu học bạ tiểu học của {circular} nên không in; hãy chọn lớp khác, hoặc "
            "xuất bảng Excel của lớp.",
            circular=circular,
        )
    return found
