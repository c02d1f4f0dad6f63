"""Invented books of a teacher: a subject with marks, one with levels, one of a primary class."""

from __future__ import annotations

import random
from dataclasses import replace

from app.readmodels.class_book import BookCell, SchoolLines
from app.readmodels.teacher_book import (
    TeacherBook,
    TeacherColumn,
    TeacherPart,
    TeacherPupil,
    TeacherRow,
    TeacherTally,
)
from tests.exports.sample_book import LONG_NAME, person, tenths

SCHOOL = SchoolLines(
    "UBND phường Hạc Thành", "Trường THCS Trần Mai Ninh", "Phường Hạc Thành", "tỉnh Thanh Hóa"
)
COMMENT = "Tiến bộ rõ về giải toán có lời văn; cần trình bày cẩn thận hơn."


def mark_columns(term: int, regular: int = 4) -> tuple[TeacherColumn, ...]:
    results = ("mhkI",) if term == 1 else ("mhkII", "mcn")
    return (
        *(TeacherColumn(("ĐĐG", str(n + 1)), low="tx") for n in range(regular)),
        TeacherColumn(("ĐĐG",), low="gk"),
        TeacherColumn(("ĐĐG",), low="ck"),
        *(TeacherColumn(("ĐTB",), low=low, result=True) for low in results),
    )


def level_columns(term: int) -> tuple[TeacherColumn, ...]:
    words = ("Thường xuyên", "Thường xuyên", "Giữa kì", "Cuối kì")
    results = ("Học kì",) if term == 1 else ("Học kì", "Cả năm")
    return (
        *(TeacherColumn(("Mức đánh giá", word)) for word in words),
        *(TeacherColumn(("Mức đánh giá", word), result=True) for word in results),
    )


def primary_columns(half: int) -> tuple[TeacherColumn, ...]:
    first, second = (
        ("Giữa học kì I", "Cuối học kì I") if half == 1 else ("Giữa học kì II", "Cuối năm học")
    )
    return (
        TeacherColumn((first, "Mức đạt được")),
        TeacherColumn((second, "Mức đạt được")),
        TeacherColumn((second, "Điểm KTĐK")),
    )


def trait_columns(_half: int) -> tuple[TeacherColumn, ...]:
    names = (
        *("Yêu nước", "Nhân ái", "Chăm chỉ", "Trung thực", "Trách nhiệm"),
        *("Tự chủ và tự học", "Giao tiếp và hợp tác", "Giải quyết vấn đề và sáng tạo"),
        *("Ngôn ngữ", "Tính toán", "Khoa học", "Công nghệ", "Tin học", "Thẩm mĩ", "Thể chất"),
    )
    periods = ("Giữa học kì I", "Cuối học kì I")
    return tuple(TeacherColumn((period, name)) for period in periods for name in names)


def sample_teacher_book(
    pupils: int = 45, *, blank: bool = False, columns=mark_columns, long_names: bool = False
) -> TeacherBook:
    rng = random.Random(29)
    roster = tuple(
        TeacherPupil(
            n,
            LONG_NAME if long_names else person(rng),
            "Chuyển trường từ 12/01/2026" if n == 17 else "",
        )
        for n in range(1, pupils + 1)
    )
    primary = columns in (primary_columns,)
    parts = []
    for term, title in ((1, "HỌC KÌ I"), (2, "HỌC KÌ II")):
        shown = columns(term)
        labels = (
            ("Hoàn thành tốt", "Hoàn thành", "Chưa hoàn thành") if primary else ("Đạt", "Chưa đạt")
        )
        if blank:
            parts.append(TeacherPart(title, shown, (), tuple(map(TeacherTally, labels))))
            continue

        def value(column: TeacherColumn) -> str:
            if columns is mark_columns:
                return tenths(rng.randint(40, 100))
            if column.heads[-1] == "Điểm KTĐK":
                return str(rng.randint(5, 10))
            return rng.choice("TTH") if primary else "Đ"

        rows = tuple(
            TeacherRow(
                one.position,
                tuple(BookCell(value(column)) for column in shown),
                COMMENT if one.position % 4 == 0 else "",
            )
            for one in roster
        )
        if rows:
            first = rows[0]
            struck = BookCell(first.cells[0].text, ("5,5",))
            rows = (replace(first, cells=(struck, *first.cells[1:])), *rows[1:])
        counts = (pupils, 0, 0)
        tallies = tuple(TeacherTally(label, counts[at], pupils) for at, label in enumerate(labels))
        parts.append(TeacherPart(title, shown, rows, tallies))
    return TeacherBook(
        school=SCHOOL,
        stage="TIỂU HỌC" if primary else "TRUNG HỌC CƠ SỞ",
        circular="TT27/2020" if primary else "TT22/2021",
        class_name="4A" if primary else "6A",
        school_year="2025–2026",
        subject="Tiếng Việt" if primary else "Toán",
        teachers=("Nguyễn Thị Phương Thảo",),
        principal="Lê Hữu Nghĩa",
        blank=blank,
        pupils=roster,
        parts=tuple(parts),
    )
