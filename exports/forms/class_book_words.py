"""What the class book of each circular is called and how it names its columns: statutory words.

TT22/2021, sổ theo dõi và đánh giá học sinh (theo lớp học); TT58/2011, and the Điều lệ of its time,
sổ gọi tên và ghi điểm.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.errors import RuleRefused
from app.regulations.tt58_first_issue import TT58_FIRST_ISSUE


@dataclass(frozen=True, slots=True)
class BookWords:
    """`form_line` stands under the title; `rule` is what the guidance page says the book serves.

    `roster` heads the two pages of the particulars behind Số TT and name; `contacts`: parents with
    phone and email there; `day_totals`: a last row of each month counts the pupils absent a day.
    """

    title: str
    form_line: str
    subject: str
    rule: str
    conduct: str
    learning: str
    levels: str
    levels_after: str
    retained: str
    promoted_late: str
    award: str
    guidance: tuple[str, ...]
    of_class: str
    roster: tuple[str, ...]
    parents: tuple[str, ...]
    contacts: bool
    attendance: str
    absences: str
    absence_signs: tuple[str, str, str]
    day_totals: bool = False


_STRIKE = (
    "Khi sửa chữa, dùng bút mực đỏ gạch ngang nội dung cũ, ghi nội dung mới vào phía trên bên "
    "phải, ký xác nhận bên cạnh{or_note}. Chỗ đã sửa trước khi in được in đúng như vậy{note}."
)
_PRIVATE = (
    "Kết quả của mỗi học sinh chỉ thông báo cho học sinh đó và cha mẹ hoặc người giám hộ của em."
)
_GUIDANCE_2021 = (
    "Giáo viên chủ nhiệm giữ phần sơ yếu lý lịch, phần tổng hợp và phần đánh giá cả năm. Hiệu "
    "trưởng kiểm tra việc sử dụng sổ, ghi nhận xét, ký tên và đóng dấu.",
    "Giáo viên môn học ký và ghi rõ họ tên ở cuối danh sách của môn mình dạy. Môn có nhiều giáo "
    "viên cùng dạy thì tất cả giáo viên của môn đó đều ký.",
    "Nội dung được ghi đầy đủ, kịp thời theo kế hoạch dạy học. Không dùng mực đỏ (trừ khi sửa "
    "chữa) và không dùng loại mực có thể tẩy xóa.",
    _STRIKE.format(or_note=" hoặc ở cột Ghi chú", note=", cột Ghi chú nêu số hồ sơ sửa điểm"),
    _PRIVATE,
)
"""What the guidance page says after the book's own rule, in our words (TT22/2021)."""
_GUIDANCE_2011 = (
    "Danh sách học sinh xếp theo thứ tự a, b, c và giữ đúng thứ tự ấy ở mọi trang; học sinh thôi "
    "học, chuyển đi thì tên được gạch ngang bằng mực đỏ.",
    "Giáo viên chủ nhiệm giữ phần sơ yếu lý lịch, kiểm diện, tổng hợp kết quả; giáo viên môn học "
    "ký và ghi rõ họ tên ở cuối danh sách môn mình dạy. Hiệu trưởng kiểm tra, ký và đóng dấu.",
    "Chỉ dùng một loại mực đen hoặc xanh (trừ khi sửa chữa). Cuối mỗi trang ghi điểm, giáo viên "
    "chủ nhiệm ký xác nhận số điểm đã được sửa chữa trong trang.",
    _STRIKE.format(or_note="", note=""),
    "Giữa hai trang liền nhau, kể cả trang bìa, có dấu giáp lai. Sổ được lưu giữ vĩnh viễn.",
    _PRIVATE,
)
"""The same for sổ gọi tên và ghi điểm."""

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
        promoted_late="Trong đó được lên lớp sau khi học tập, rèn luyện thêm trong hè:",
        award="Khen thưởng",
        guidance=_GUIDANCE_2021,
        of_class="(Theo lớp học)",
        roster=(
            "Số TT",
            "Họ và tên học sinh",
            "Ngày, tháng, năm sinh",
            "Nơi sinh",
            "Nam, nữ",
            "Dân tộc",
            "Đối tượng ưu tiên",
            "Địa chỉ gia đình",
        ),
        parents=(
            "Số TT",
            "Họ và tên cha, nghề nghiệp, điện thoại, email (hoặc người giám hộ)",
            "Họ và tên mẹ, nghề nghiệp, điện thoại, email (hoặc người giám hộ)",
            "Những thay đổi cần chú ý trong năm học (gia đình, sức khỏe, nơi ở…)",
        ),
        contacts=True,
        attendance="THEO DÕI CHUYÊN CẦN",
        absences="Tổng số buổi nghỉ",
        absence_signs=("TS", "P", "K"),
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
        levels_after="Xếp loại lại về HL, HK sau KT lại hoặc rèn luyện",
        retained="Ở lại lớp",
        promoted_late="Trong đó được lên lớp sau khi kiểm tra lại hoặc rèn luyện trong hè:",
        award="Danh hiệu HSG, HSTT",
        guidance=_GUIDANCE_2011,
        of_class="",
        roster=(
            "Số TT",
            "Họ và tên",
            "Ngày, tháng, năm sinh",
            "Nơi sinh",
            "Nam, nữ",
            "Dân tộc",
            "Con LS, con TB, con BB, con của người hưởng chế độ như TB, con GĐ có công với CM",
            "Chỗ ở hiện nay",
        ),
        parents=(
            "Số TT",
            "Họ và tên cha, nghề nghiệp (hoặc người giám hộ)",
            "Họ và tên mẹ, nghề nghiệp (hoặc người giám hộ)",
            "Những thay đổi cần chú ý của học sinh (hoàn cảnh gia đình, nơi ở, sức khỏe, "
            "chuyển ban)",
        ),
        contacts=False,
        attendance="KIỂM DIỆN",
        absences="TS ngày nghỉ",
        absence_signs=("TS", "p", "k"),
        day_totals=True,
    ),
}


_WORDS[TT58_FIRST_ISSUE.id] = replace(
    _WORDS["TT58/2011"],
    form_line="(Theo Thông tư số 58/2011/TT-BGDĐT ngày 12 tháng 12 năm 2011)",
    subject="Theo lớp học, Thông tư số 58/2011/TT-BGDĐT",
    rule=(
        "Sổ ghi tên, hạnh kiểm và học lực của mọi học sinh trong lớp suốt năm học; nhà trường dùng "
        "sổ để theo dõi, xếp loại và xét lên lớp theo Thông tư số 58/2011/TT-BGDĐT. Điểm hệ số 1: "
        "M là kiểm tra miệng, V là kiểm tra viết, thực hành dưới 1 tiết; điểm hệ số 2: kiểm tra "
        "viết, thực hành từ 1 tiết; KThk là kiểm tra học kì, hệ số 3. Học lực ghi G, K, Tb, Y, "
        "Kém; hạnh kiểm ghi T, K, Tb, Y."
    ),
)


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
