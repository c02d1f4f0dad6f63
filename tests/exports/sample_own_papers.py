"""Invented slips, registers and loans, for tests and for the eye."""

from __future__ import annotations

import random
from datetime import datetime

from app.clock import VIETNAM
from app.digests import DataDigest
from app.readmodels.booklet_returns import BookletReturns, ReturnedBooklet
from app.readmodels.class_book import PrintStamp
from app.readmodels.loan_slip import LoanSlip
from app.readmodels.result_slip import ResultSlip, ResultSlips, SlipTable
from tests.exports.sample_book import LONG_NAME, SUBJECTS, person, tenths
from tests.exports.sample_teacher_book import SCHOOL

COMMENT = "Chăm chỉ, có tiến bộ; cần tự tin hơn khi trình bày ý kiến trước lớp."


def own_stamp(digest: DataDigest, *, draft: bool = False) -> PrintStamp:
    at = datetime(2026, 5, 29, 16, 5, tzinfo=VIETNAM)
    return PrintStamp("" if draft else "0007", at, digest, draft=draft)


def sample_slips(pupils: int = 2, *, long_names: bool = False, comment: str = "") -> ResultSlips:
    rng = random.Random(11)
    return ResultSlips(
        school=SCHOOL,
        day=29,
        month=5,
        year=2026,
        title="PHIẾU KẾT QUẢ HỌC TẬP VÀ RÈN LUYỆN",
        period="Cả năm học",
        class_name="6A",
        school_year="2025–2026",
        rules="Đánh giá theo Thông tư số 22/2021/TT-BGDĐT",
        slips=tuple(_slip(rng, n, long_names, comment) for n in range(1, pupils + 1)),
        homeroom_teacher="Nguyễn Thị Phương Thảo",
        principal="Lê Hữu Nghĩa",
    )


def _slip(rng: random.Random, position: int, long_names: bool, comment: str) -> ResultSlip:
    heads = ("Môn học, hoạt động giáo dục", "ĐĐGtx", "ĐĐGgk", "ĐĐGck", "Học kì I", "Học kì II",
             "Cả năm", "Nhận xét")  # fmt: skip
    rows = tuple(
        (
            name,
            "; ".join(tenths(rng.randint(50, 100)) for _ in range(regular)),
            *(tenths(rng.randint(50, 100)) for _ in range(5)),
            "Tiến bộ rõ." if at % 3 == 0 else "",
        )
        for at, (name, _, _, regular, _) in enumerate(SUBJECTS)
    )
    facts = (
        ("Kết quả học tập", "Khá"),
        ("Kết quả rèn luyện", "Tốt"),
        ("Số buổi nghỉ cả năm", "3 (có phép 2, không phép 1)"),
        ("Danh hiệu, khen thưởng", "không"),
        ("Cuối năm", "Được lên lớp"),
    )
    return ResultSlip(
        position,
        LONG_NAME if long_names else person(rng),
        "12/03/2014",
        (SlipTable(heads, (3, 3, 0, 0, 0, 0, 0, 4), rows),),
        facts,
        comment,
    )


def sample_primary_slips() -> ResultSlips:
    subjects = ("Tiếng Việt", "Toán", "Ngoại ngữ 1", "Lịch sử và Địa lí", "Khoa học",
                "Tin học và Công nghệ (Tin học)", "Tin học và Công nghệ (Công nghệ)", "Đạo đức",
                "Giáo dục thể chất", "Nghệ thuật (Âm nhạc)", "Nghệ thuật (Mĩ thuật)",
                "Hoạt động trải nghiệm")  # fmt: skip
    first = SlipTable(
        ("Môn học, hoạt động giáo dục", "Mức đạt được", "Điểm KTĐK", "Nhận xét"),
        (3, 0, 0, 6),
        tuple((name, "T", "9" if at < 5 else "", COMMENT) for at, name in enumerate(subjects)),
    )
    second = SlipTable(
        ("Phẩm chất chủ yếu", "Mức", "Năng lực chung", "Mức", "Năng lực đặc thù", "Mức"),
        (3, 0, 3, 0, 3, 0),
        (
            ("Yêu nước", "T", "Tự chủ và tự học", "T", "Ngôn ngữ", "T"),
            ("Nhân ái", "T", "Giao tiếp và hợp tác", "Đ", "Tính toán", "T"),
            ("Chăm chỉ", "T", "Giải quyết vấn đề và sáng tạo", "T", "Khoa học", "T"),
        ),
    )
    slip = ResultSlip(1, "Nguyễn Minh An", "08/09/2016", (first, second),
                      (("Khen thưởng", "Học sinh Xuất sắc"), ("Cuối năm", "Được lên lớp 5")),
                      COMMENT)  # fmt: skip
    return ResultSlips(
        SCHOOL, 29, 5, 2026, "PHIẾU KẾT QUẢ ĐÁNH GIÁ GIÁO DỤC", "Cuối năm học", "4A",
        "2025–2026", "Đánh giá theo Thông tư số 27/2020/TT-BGDĐT", (slip,),
        "Nguyễn Thị Phương Thảo", "Lê Hữu Nghĩa",
    )  # fmt: skip


def sample_returns(pupils: int = 45, *, long_names: bool = False) -> BookletReturns:
    rng = random.Random(53)
    rows = tuple(
        ReturnedBooklet(
            n,
            LONG_NAME if long_names else person(rng),
            "12/03/2014",
            "30/05/2026" if n % 3 == 0 else "",
            f"{person(rng)} (mẹ)" if n % 3 == 0 else "",
        )
        for n in range(1, pupils + 1)
    )
    return BookletReturns(
        SCHOOL, 30, 5, 2026, "9A", "2025–2026", rows, "", "Nguyễn Thị Phương Thảo",
        "Lê Hữu Nghĩa", "Trần Thị Mai",
    )  # fmt: skip


def sample_loan(back_on: str = "", back_note: str = "") -> LoanSlip:
    return LoanSlip(
        SCHOOL, 30, 5, 2026, "2025–2026", "0012",
        "Sổ theo dõi và đánh giá học sinh, lớp 6A, học kì II và cả năm", "SO7QX2M4", 46,
        "Trần Thị Mai", "Tủ 2, ngăn 3", "Phạm Văn Đoàn, Phòng Văn hóa - Xã hội",
        "kiểm tra hồ sơ cuối năm", "30/05/2026", "06/06/2026", back_on, back_note,
        "Trần Thị Mai", "Lê Hữu Nghĩa",
    )  # fmt: skip
