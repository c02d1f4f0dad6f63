"""Invented học bạ tiểu học of both circulars, for tests and for the eye."""

from __future__ import annotations

from datetime import datetime

from app.clock import VIETNAM
from app.readmodels.class_book import PrintStamp, SchoolLines
from app.readmodels.primary_booklet import (
    BookletTrait,
    BookletTraits,
    PrimaryBookletSubject,
    PrimaryBookletYear,
    PrimaryParticulars,
    PrimarySchooling,
)
from app.readmodels.report_booklet import (
    BookletPart,
    ReportBooklet,
    ReportBooklets,
    report_booklets_digest,
)
from app.readmodels.report_booklet_parts import Parent
from app.regulations.registry import primary_regulation
from tests.exports.sample_booklet import sample_name

SCHOOL = SchoolLines(
    "UBND xã Đồng Xuân", "Trường Tiểu học Đồng Xuân", "xã Đồng Xuân", "tỉnh Thanh Hóa"
)


def sample_year(page: int, circular: str, school_year: str) -> PrimaryBookletYear:
    """Every comment names its row, so that a swap would show."""
    rules = primary_regulation(circular)
    tested = rules.curriculum.tests_due(4, rules.retest_periods[-1])
    subjects = []
    for at, row in enumerate(rules.curriculum.rows):
        studied = 4 in row.grades
        subjects.append(
            PrimaryBookletSubject(
                row.name,
                "THT"[at % 3] if studied else "",
                str(5 + at % 6) if studied and row.code in tested else "",
                f"Nhận xét môn số {at}: đọc to, rõ ràng, tính nhanh và cẩn thận; cần mạnh dạn hơn."
                if studied
                else "",
            )
        )
    groups: dict[str, list[BookletTrait]] = {}
    for at, trait in enumerate(rules.traits(4)):
        groups.setdefault(trait.group.value, []).append(BookletTrait(trait.name, "TĐ"[at % 2]))
    traits = tuple(
        BookletTraits(group, tuple(found), f"Nhận xét nhóm {group}.")
        for group, found in groups.items()
    )
    return PrimaryBookletYear(
        *(page, circular, school_year, "4A", "7", "2", tuple(subjects), traits),
        result="Hoàn thành" if circular == "TT27/2020" else "",
        award="Khen thưởng đột xuất",
        completion="Hoàn thành chương trình lớp 4. Được lên lớp 5",
        note="Học sinh khuyết tật, giáo dục hòa nhập",
        homeroom_teacher="Đặng Chủ Nhiệm",
        principal="Vũ Hiệu Trưởng",
    )


def sample_primary_booklets(
    count: int = 1,
    part: BookletPart = BookletPart.WHOLE,
    circular: str = "TT27/2020",
    school_year: str = "2025–2026",
    name: str = "",
) -> ReportBooklets:
    booklets = []
    for number in range(count):
        years = (sample_year(9, circular, school_year),)
        who = PrimaryParticulars(
            *(name or sample_name(number), "Nữ", "12/03/2016", "Bệnh viện huyện", "Mường", ""),
            *("Thôn 1, xã Đồng Xuân, tỉnh Thanh Hóa", Parent("Bùi Văn Cha"), Parent("Lê Thị Mẹ")),
            *(Parent(), b""),
            hometown="Xã Đồng Xuân, tỉnh Thanh Hóa",
        )
        lines = (
            *(PrimarySchooling("", "") for _ in range(3)),
            PrimarySchooling(school_year, "4A", "05/09/2022"),
        )
        opening = part is BookletPart.OPENING
        booklets.append(ReportBooklet(who, lines, () if opening else years, 12))
    return ReportBooklets(
        *(SCHOOL, "TIỂU HỌC", "TH", "4A", school_year, circular, "Vũ Hiệu Trưởng", part),
        tuple(booklets),
    )


def primary_stamp(paper: ReportBooklets) -> PrintStamp:
    at = datetime(2026, 6, 1, 8, 30, tzinfo=VIETNAM)
    return PrintStamp("0012", at, report_booklets_digest(paper))
