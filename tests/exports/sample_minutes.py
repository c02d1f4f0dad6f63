"""Invented minutes and a recovery sheet, for tests and for the eye."""

from __future__ import annotations

from datetime import datetime

from app.clock import VIETNAM
from app.digests import DataDigest
from app.readmodels.class_book import PrintStamp, SchoolLines
from app.readmodels.correction_minutes import CorrectedValue, CorrectionMinutes
from app.readmodels.minutes import Person
from app.readmodels.recovery_sheet import RecoverySheet
from app.readmodels.sealing_minutes import SealingMinutes

SCHOOL = SchoolLines(
    "Ủy ban nhân dân phường Hạc Thành",
    "Trường THCS Trần Mai Ninh",
    "Phường Hạc Thành",
    "tỉnh Thanh Hóa",
)
PRINCIPAL = Person("Lê Hữu Nghĩa", "Hiệu trưởng")
VICE = Person("Trần Thị Ngọc Ánh", "Phó Hiệu trưởng")
SECRETARY = Person("Đỗ Thùy Trâm", "Văn thư")
TEACHER = Person("Phan Văn Tuấn", "Giáo viên môn Toán")
CHECKER = Person("Nguyễn Thị Phương Thảo", "Giáo viên chủ nhiệm lớp 6A")


def minutes_stamp(digest: DataDigest) -> PrintStamp:
    return PrintStamp(
        "BB-2026-0003",
        datetime(2026, 1, 12, 9, 40, tzinfo=VIETNAM),
        digest,
        checkpoint_code="7QK2-M4XA",
    )


def sample_correction(values: int = 3, witnesses: int = 2) -> CorrectionMinutes:
    return CorrectionMinutes(
        school=SCHOOL,
        number="03/BB-THCSTMN",
        day=12,
        month=1,
        year=2026,
        began="08 giờ 10 phút ngày 12/01/2026",
        ended="09 giờ 05 phút cùng ngày",
        venue="Phòng Hội đồng, Trường THCS Trần Mai Ninh",
        chair=PRINCIPAL,
        secretary=SECRETARY,
        attendees=(VICE, TEACHER, CHECKER),
        case_number="SĐ-2026-0005",
        class_name="6A",
        school_year="2025–2026",
        subject="Toán",
        period="học kì I",
        values=tuple(
            CorrectedValue(5 + n, f"Đặng Thanh Linh {n}", "ĐĐGtx 2", "6,5", "7,8")
            for n in range(values)
        ),
        requester=TEACHER,
        declared="ngày 10/01/2026",
        reason="Khi nhập điểm bài kiểm tra 15 phút ngày 05/12/2025, giáo viên ghi nhầm sang dòng "
        "liền dưới nên điểm của các học sinh sau bị lệch một dòng",
        evidence=("sổ điểm cá nhân của giáo viên", "bài kiểm tra của học sinh"),
        checker=CHECKER,
        check_result="Đã đối chiếu từng giá trị với sổ điểm cá nhân và bài kiểm tra: khớp",
        approver=PRINCIPAL,
        decision="Đồng ý sửa các giá trị nêu ở mục 1",
        decided="lúc 08 giờ 42 phút ngày 12/01/2026",
        exception="",
        witnesses=(VICE, SECRETARY, CHECKER)[:witnesses],
        unlocked="08 giờ 44 phút ngày 12/01/2026",
        relocked="08 giờ 46 phút ngày 12/01/2026",
        trail_entries="18.204 đến 18.207",
        checkpoint_code="7QK2-M4XA",
    )


def sample_sealing() -> SealingMinutes:
    return SealingMinutes(
        school=SCHOOL,
        number="05/BB-THCSTMN",
        day=10,
        month=6,
        year=2026,
        began="14 giờ 00 phút ngày 10/06/2026",
        ended="15 giờ 20 phút cùng ngày",
        venue="Phòng Văn thư, Trường THCS Trần Mai Ninh",
        chair=PRINCIPAL,
        secretary=SECRETARY,
        witnesses=(VICE, CHECKER),
        school_year="2025–2026",
        medium_kind="Ổ cứng rời USB, 1 TB",
        medium_label="HSHS-2025-2026-A",
        medium_serial="WX21A77K5810",
        bag_name="khoaso-thcs-tran-mai-ninh-2025-2026",
        files=446,
        size_text="73,2 MB",
        contents=("sổ theo lớp của 8 lớp (PDF)", "bảng dữ liệu (CSV, XLSX)", "nhật ký, hồ sơ sửa"),
        manifest_digest="9f" * 64,
        key_fingerprint="3a7c" * 10,
        read_back="446/446 tệp khớp mã băm, chữ ký đúng",
        custodian=SECRETARY,
        storage="tủ hồ sơ số 2, phòng Văn thư",
        checkpoint_code="7QK2-M4XA",
    )


def sample_recovery() -> RecoverySheet:
    return RecoverySheet(
        school=SCHOOL,
        file_name="thcs-tran-mai-ninh.khoaso",
        made_at=datetime(2025, 8, 20, 10, 5, tzinfo=VIETNAM),
        groups=("K7QM4", "9XATD", "ZP3HV", "2WBRN", "E8C6J", "5FYGS", "QX4LT", "M7U2A"),
        principal="Lê Hữu Nghĩa",
    )
