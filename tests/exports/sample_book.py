"""An invented THCS class with a full year of plausible results, for tests and for the eye."""

from __future__ import annotations

import random
from datetime import datetime

from app.clock import VIETNAM
from app.digests import DataDigest
from app.domain.subjects import SubjectKind
from app.readmodels.class_book import (
    BookCell,
    BookPeriod,
    BookPromotion,
    BookScope,
    ClassBook,
    Guardian,
    PrincipalRemark,
    PrintStamp,
    RosterPupil,
    SchoolLines,
    SubjectPage,
    SubjectRow,
    SubjectTeachers,
    Summary,
    SummaryColumn,
    SummaryRow,
    YearAssessment,
    YearRow,
    YearTotals,
    class_book_digest,
)

FAMILY = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
]
MIDDLE = [
    "Văn",
    "Thị",
    "Ngọc",
    "Hoàng",
    "Minh",
    "Thanh",
    "Đức",
    "Quốc",
    "Hữu",
    "Thùy",
    "Phương",
    "Gia",
    "Bảo",
    "Khánh",
]
GIVEN = [
    "An",
    "Ánh",
    "Bình",
    "Châu",
    "Dũng",
    "Đạt",
    "Giang",
    "Hà",
    "Hiếu",
    "Hưng",
    "Khánh",
    "Lan",
    "Linh",
    "Mai",
    "Nam",
    "Nga",
    "Nghĩa",
    "Oanh",
    "Phúc",
    "Quân",
    "Quỳnh",
    "Sơn",
    "Thảo",
    "Trâm",
    "Tuấn",
    "Uyên",
    "Vân",
    "Vỹ",
    "Yến",
    "Ý",
]
JOBS = ("Công nhân", "Giáo viên", "Buôn bán", "Nông dân", "Lái xe", "Kế toán", "Nội trợ", "Bộ đội")
STREETS = ("Trần Phú", "Lê Lợi", "Nguyễn Trãi", "Đội Cung", "Hạc Thành", "Bà Triệu")
TOWNS = ("Thanh Hóa", "Hà Nội", "Nghệ An", "Ninh Bình", "Hoằng Hóa, Thanh Hóa")
LONG_NAME = "Công Tằng Tôn Nữ Nguyễn Hoàng Phương Khánh Quỳnh"

M, C = SubjectKind.MARKS, SubjectKind.COMMENTS
SUBJECTS: tuple[tuple[str, str, SubjectKind, int, int], ...] = (
    ("Ngữ văn", "Ngữ văn", M, 4, 1),
    ("Toán", "Toán", M, 4, 1),
    ("Ngoại ngữ 1 (Tiếng Anh)", "Ngoại ngữ 1", M, 4, 1),
    ("Giáo dục công dân", "GDCD", M, 2, 1),
    ("Lịch sử và Địa lí", "LS&ĐL", M, 4, 2),
    ("Khoa học tự nhiên", "KHTN", M, 4, 3),
    ("Công nghệ", "Công nghệ", M, 2, 1),
    ("Tin học", "Tin học", M, 2, 1),
    ("Giáo dục thể chất", "GDTC", C, 2, 1),
    ("Nghệ thuật (Âm nhạc, Mĩ thuật)", "Nghệ thuật", C, 2, 2),
    ("Hoạt động trải nghiệm, hướng nghiệp", "HĐTN, HN", C, 2, 2),
    ("Nội dung giáo dục của địa phương", "GDĐP", C, 2, 1),
)


def person(rng: random.Random) -> str:
    return f"{rng.choice(FAMILY)} {rng.choice(MIDDLE)} {rng.choice(GIVEN)}"


def tenths(value: int) -> str:
    return f"{value // 10},{value % 10}"


def sample_book(
    pupils: int = 42,
    scope: BookScope = BookScope.YEAR,
    seed: int = 6,
    long_names: bool = False,
    corrections: bool = True,
) -> ClassBook:
    rng = random.Random(seed)
    roster = tuple(_pupil(rng, position, long_names) for position in range(1, pupils + 1))
    teachers = {name: tuple(person(rng) for _ in range(n)) for name, _, _, _, n in SUBJECTS}
    periods = [BookPeriod.TERM_1]
    if scope is BookScope.YEAR:
        periods.append(BookPeriod.TERM_2)
    pages = tuple(
        SubjectPage(
            period,
            name,
            kind,
            regular,
            teachers[name],
            tuple(_row(rng, p.position, kind, regular, period, corrections) for p in roster),
        )
        for period in periods
        for name, _, kind, regular, _ in SUBJECTS
    )
    columns = tuple(SummaryColumn(short, kind) for _, short, kind, _, _ in SUBJECTS)
    summed = [*periods, BookPeriod.YEAR] if scope is BookScope.YEAR else periods
    summaries = tuple(
        Summary(period, columns, tuple(_summary(rng, p.position) for p in roster))
        for period in summed
    )
    return ClassBook(
        school=SchoolLines(
            "Ủy ban nhân dân phường Hạc Thành",
            "Trường THCS Trần Mai Ninh",
            "Phường Hạc Thành",
            "tỉnh Thanh Hóa",
        ),
        stage="TRUNG HỌC CƠ SỞ",
        class_name="6A",
        grade=6,
        school_year="2025–2026",
        homeroom_teacher="Nguyễn Thị Phương Thảo",
        principal="Lê Hữu Nghĩa",
        scope=scope,
        subjects=tuple(SubjectTeachers(name, teachers[name]) for name, *_ in SUBJECTS),
        pupils=roster,
        pages=pages,
        summaries=summaries,
        year=_year(rng, roster) if scope is BookScope.YEAR else None,
        remarks=(PrincipalRemark("9/2025", "Sổ mở đúng quy định, đủ thông tin học sinh."),),
    )


def sample_stamp(book: ClassBook, draft: bool = False) -> PrintStamp:
    return PrintStamp(
        run_number="BI-2026-0007",
        printed_at=datetime(2026, 5, 29, 16, 5, tzinfo=VIETNAM),
        digest=class_book_digest(book),
        draft=draft,
        checkpoint_code="7QK2-M4XA",
    )


def fixed_digest() -> DataDigest:
    return DataDigest("00" * 32, "AAAAAAAA")


def _pupil(rng: random.Random, position: int, long_names: bool) -> RosterPupil:
    name = LONG_NAME if long_names and position % 3 == 0 else person(rng)
    left = "Chuyển trường từ 12/01/2026" if position == 17 else ""
    return RosterPupil(
        position=position,
        name=name,
        birth_date=f"{rng.randint(1, 28):02}/{rng.randint(1, 12):02}/2014",
        birthplace=rng.choice(TOWNS),
        sex=rng.choice(("Nam", "Nữ")),
        ethnicity=rng.choice(("Kinh",) * 8 + ("Mường", "Thái")),
        priority_group="Con thương binh" if position % 19 == 0 else "",
        address=f"{rng.randint(2, 98)} {rng.choice(STREETS)}, phường Hạc Thành",
        father=Guardian(person(rng), rng.choice(JOBS), f"0912 {rng.randint(100, 999)} 345"),
        mother=Guardian(person(rng), rng.choice(JOBS), f"0987 {rng.randint(100, 999)} 210"),
        notes="Gia đình chuyển nơi ở tháng 11/2025, bố đi làm xa" if position == 9 else "",
        left=left,
    )


def _row(
    rng: random.Random,
    position: int,
    kind: SubjectKind,
    regular: int,
    period: BookPeriod,
    corrections: bool,
) -> SubjectRow:
    def value() -> str:
        if kind is SubjectKind.COMMENTS:
            return "CĐ" if rng.random() < 0.03 else "Đ"
        return tenths(100 if rng.random() < 0.04 else rng.randint(45, 99))

    cells = [BookCell(value()) for _ in range(regular)]
    note = ""
    if corrections and kind is SubjectKind.MARKS and position in (5, 12) and regular == 4:
        old = ("6,5",) if position == 5 else ("4,0", "5,5")
        cells[1] = BookCell(value(), old)
        note = f"Biên bản số {position}"
    if position == 17 and period is BookPeriod.TERM_2:
        return SubjectRow(position, note="Chuyển trường")
    result = BookCell(value(), ("7,0",)) if note and position == 5 else BookCell(value())
    second = period is BookPeriod.TERM_2
    return SubjectRow(
        position,
        tuple(cells),
        BookCell(value()),
        BookCell(value()),
        result,
        BookCell(value()) if second else BookCell(),
        BookCell(value()) if second and position == 30 else BookCell(),
        note,
    )


def _summary(rng: random.Random, position: int) -> SummaryRow:
    results = tuple(
        "Đ" if kind is SubjectKind.COMMENTS else tenths(rng.randint(50, 98))
        for _, _, kind, _, _ in SUBJECTS
    )
    return SummaryRow(position, results, rng.choice(("Tốt", "Khá", "Đạt", "Chưa đạt")), "Tốt")


def _year(rng: random.Random, roster: tuple[RosterPupil, ...]) -> YearAssessment:
    rows = []
    for pupil in roster:
        if pupil.left:
            rows.append(YearRow(pupil.position))
            continue
        draw = rng.random()
        promotion = BookPromotion.PROMOTED
        after = ("", "")
        if draw < 0.05:
            promotion, after = BookPromotion.PROMOTED_AFTER_SUMMER, ("Khá", "Đạt")
        elif draw < 0.08:
            promotion = BookPromotion.NOT_PROMOTED
        award = "Học sinh Xuất sắc" if draw > 0.9 else "Học sinh Giỏi" if draw > 0.75 else ""
        rows.append(
            YearRow(
                pupil.position,
                "Tốt" if draw > 0.2 else "Khá",
                rng.choice(("Tốt", "Khá", "Đạt")) if draw > 0.08 else "Chưa đạt",
                *after,
                rng.randint(0, 9),
                promotion,
                award,
            )
        )
    counts = [row.promotion for row in rows]
    summer = counts.count(BookPromotion.PROMOTED_AFTER_SUMMER)
    totals = YearTotals(
        pupils=sum(1 for pupil in roster if not pupil.left),
        promoted=counts.count(BookPromotion.PROMOTED) + summer,
        promoted_after_summer=summer,
        not_promoted=counts.count(BookPromotion.NOT_PROMOTED),
    )
    return YearAssessment(tuple(rows), totals)
