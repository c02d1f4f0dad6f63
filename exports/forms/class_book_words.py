"""What the class book of each circular is called and how it names its columns: statutory words.

TT22/2021, sổ theo dõi và đánh giá học sinh (theo lớp học); TT58/2011, and the Điều lệ of its time,
sổ gọi tên và ghi điểm.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import RuleRefused


@dataclass(frozen=True, slots=True)
class BookWords:
    """`form_line` stands under the title; `rule` is what the guidance page says the book serves."""

    title: str
    form_line: str
    subject: str
    rule: str
    conduct: str
    learning: str
    levels: str
    levels_after: str
    retained: str
    award: str


_WORDS = {
    "TT22/2021": BookWords(
        title="SỔ THEO DÕI VÀ ĐÁNH GIÁ HỌC SINH",
        form_line=("(Mẫu ban hành kèm theo Thông tư số 22/2021/TT-BGDĐT ngày 20 tháng 7 năm 2021)"),
        subject="Theo lớp học, Thông tư số 22/2021/TT-BGDĐT",
        rule=(
            "Sổ ghi tên, kết quả rèn luyện và kết quả học tập của mọi học sinh trong lớp suốt năm "
            "học; nhà trường dùng sổ để theo dõi, đánh giá và xét lên lớp theo Thông tư số "
            "22/2021/TT-BGDĐT."
        ),
        conduct="Kết quả rèn luyện",
        learning="Kết quả học tập",
        levels="Mức đánh giá",
        levels_after="Mức đánh giá sau khi rèn luyện trong kì nghỉ hè; kiểm tra, đánh giá lại",
        retained="Không được lên lớp",
        award="Khen thưởng",
    ),
    "TT58/2011": BookWords(
        title="SỔ GỌI TÊN VÀ GHI ĐIỂM",
        form_line=(
            "(Theo Thông tư số 58/2011/TT-BGDĐT, sửa đổi, bổ sung theo Thông tư số "
            "26/2020/TT-BGDĐT)"
        ),
        subject="Theo lớp học, Thông tư số 58/2011/TT-BGDĐT và 26/2020/TT-BGDĐT",
        rule=(
            "Sổ ghi tên, hạnh kiểm và học lực của mọi học sinh trong lớp suốt năm học; nhà trường "
            "dùng sổ để theo dõi, xếp loại và xét lên lớp theo Thông tư số 58/2011/TT-BGDĐT, sửa "
            "đổi, bổ sung theo Thông tư số 26/2020/TT-BGDĐT. Học lực ghi G, K, Tb, Y, Kém; hạnh "
            "kiểm ghi T, K, Tb, Y."
        ),
        conduct="Hạnh kiểm",
        learning="Học lực",
        levels="Xếp loại",
        levels_after="Xếp loại lại sau kiểm tra lại hoặc rèn luyện trong hè",
        retained="Ở lại lớp",
        award="Danh hiệu",
    ),
}


def book_words(circular: str) -> BookWords:
    """The words of a circular's class book. Raises RuleRefused where there is no such form."""
    found = _WORDS.get(circular)
    if found is None:
        raise RuleRefused(
            "no_form",
            f"Chưa có mẫu sổ theo lớp của {circular} nên không in; hãy chọn lớp khác, hoặc xuất "
            "bảng Excel của lớp.",
            circular=circular,
        )
    return found
