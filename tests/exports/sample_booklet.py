"""Invented học bạ: any number of pupils, years and circulars, for tests and for the eye."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.clock import VIETNAM
from app.readmodels.class_book import PrintStamp, SchoolLines
from app.readmodels.report_booklet import (
    BookletLevels,
    BookletPart,
    BookletSubject,
    BookletYear,
    ReportBooklet,
    ReportBooklets,
    report_booklets_digest,
)
from app.readmodels.report_booklet_parts import Parent, Particulars, Schooling
from tests.exports.sample_book import FAMILY, GIVEN, MIDDLE

SCHOOL = SchoolLines(
    "UBND xã Sông Trăng", "Trường THCS Sông Trăng", "xã Sông Trăng", "tỉnh Thanh Hóa"
)
LONGEST = "Công Tằng Tôn Nữ Nguyễn Hoàng Phương Khánh Ngọc Quỳnh Hương Thượng Uyển"
SUBJECTS = (
    "Ngữ văn",
    "Toán",
    "Ngoại ngữ 1",
    "Giáo dục công dân",
    "Lịch sử và Địa lí",
    "Khoa học tự nhiên",
    "Công nghệ",
    "Tin học",
    "Giáo dục thể chất",
    "Nghệ thuật",
    "Hoạt động trải nghiệm, hướng nghiệp",
    "Nội dung giáo dục của địa phương",
)


def sample_name(number: int) -> str:
    return " ".join(
        (FAMILY[number % len(FAMILY)], MIDDLE[number % 13], GIVEN[number * 7 % len(GIVEN)])
    )


def sample_year(page: int, number: int = 0, circular: str = "TT22/2021") -> BookletYear:
    """Every value of a page differs from its neighbours, so that a swap would show."""
    old = circular == "TT58/2011"
    first = 2023 + page // 2

    def mark(at: int, column: int) -> str:
        tenths = 50 + (at * 7 + column * 3 + number) % 50
        return f"{tenths // 10},{tenths % 10}"

    subjects = tuple(
        BookletSubject(
            name=name,
            term_1=mark(at, 0) if at < 8 else "Đ",
            term_2=mark(at, 1) if at < 8 else "CĐ",
            year=mark(at, 2) if at < 8 else "Đ",
            reassessed=mark(at, 4) if at == 1 else "",
            comment=f"Nhận xét số {at}: nắm chắc kiến thức, trình bày rõ ràng." if at % 2 else "",
            teachers=(f"Giáo Viên {at}A", f"Giáo Viên {at}B") if at == 5 else (f"Giáo Viên {at}",),
        )
        for at, name in enumerate(SUBJECTS)
    )
    return BookletYear(
        page=page,
        circular=circular,
        school_year=f"{first}–{first + 1}",
        class_name=f"{5 + page // 2}A",
        subjects=subjects,
        averages=("7,1", "7,2", "7,3") if old else (),
        term_1=BookletLevels("Tốt", "Khá"),
        term_2=BookletLevels("Khá", "Đạt"),
        year=BookletLevels("Khá", "Tốt"),
        after_summer=BookletLevels("Đạt", "Chưa đạt") if number == 1 else BookletLevels(),
        absences="12",
        promoted="Lớp 7",
        retained="",
        award="Học sinh Giỏi",
        comment="Ngoan, chăm chỉ, hòa đồng với bạn.",
        homeroom_teacher="Đặng Chủ Nhiệm",
        principal="Vũ Hiệu Trưởng",
    )


def sample_booklet(
    number: int = 0, circulars: tuple[str, ...] = ("TT22/2021",), photo: bytes = b""
) -> ReportBooklet:
    years = tuple(sample_year(3 + 2 * at, number, one) for at, one in enumerate(circulars))
    return ReportBooklet(
        Particulars(
            name=sample_name(number),
            sex="Nữ" if number % 2 else "Nam",
            birth_date="12/03/2014",
            birthplace="Bệnh viện đa khoa tỉnh, phường Hạc Thành, tỉnh Thanh Hóa",
            ethnicity="Kinh",
            priority_group="Con thương binh",
            address="Thôn 1, xã Sông Trăng, tỉnh Thanh Hóa",
            father=Parent("Nguyễn Văn Cha", "Làm ruộng"),
            mother=Parent("Lê Thị Mẹ", "Công nhân may"),
            guardian=Parent(),
            photo=photo,
        ),
        tuple(Schooling(year.school_year, year.class_name) for year in years),
        years,
        10,
    )


def sample_booklets(
    count: int = 1, part: BookletPart = BookletPart.WHOLE, **more
) -> ReportBooklets:
    booklets = tuple(sample_booklet(number, **more) for number in range(count))
    if part is BookletPart.OPENING:
        booklets = tuple(replace(one, years=()) for one in booklets)
    if part is BookletPart.YEAR:
        booklets = tuple(replace(one, years=one.years[-1:]) for one in booklets)
    return ReportBooklets(
        school=SCHOOL,
        stage="TRUNG HỌC CƠ SỞ",
        stage_short="THCS",
        class_name="6A",
        school_year="2024–2025",
        circular="TT22/2021",
        principal="Vũ Hiệu Trưởng",
        part=part,
        booklets=booklets,
    )


def booklet_stamp(paper: ReportBooklets, **changed) -> PrintStamp:
    at = datetime(2025, 6, 1, 8, 30, tzinfo=VIETNAM)
    return replace(PrintStamp("0012", at, report_booklets_digest(paper)), **changed)
