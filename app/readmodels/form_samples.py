"""Invented papers for the preview of Mẫu sổ: a class of 45 with one name as long as they come.

They need no class in the file, so a school settles its forms before its first roster, and the
preview shows the hardest case: a full page and a name that must shrink or wrap.
"""

from __future__ import annotations

from app.domain.form_settings import SPECS, BookForm
from app.domain.subjects import SubjectKind
from app.readmodels.class_book import (
    BookCell,
    BookPeriod,
    BookScope,
    ClassBook,
    Guardian,
    RosterPupil,
    SchoolLines,
    SubjectPage,
    SubjectRow,
    SubjectTeachers,
    Summary,
    SummaryColumn,
    SummaryRow,
)
from app.readmodels.primary_booklet import (
    BookletTrait,
    BookletTraits,
    PrimaryBookletSubject,
    PrimaryBookletYear,
    PrimaryParticulars,
    PrimarySchooling,
)
from app.readmodels.primary_summary import (
    PrimarySummary,
    SummaryHead,
    SummaryPupil,
    SummaryTeacher,
)
from app.readmodels.report_booklet import (
    BookletLevels,
    BookletPart,
    BookletSubject,
    BookletYear,
    ReportBooklet,
    ReportBooklets,
)
from app.readmodels.report_booklet_parts import Parent, Particulars, Schooling
from app.readmodels.teacher_book import (
    TeacherBook,
    TeacherColumn,
    TeacherPart,
    TeacherPupil,
    TeacherRow,
    TeacherTally,
)
from app.readmodels.year_lists import ListedPupil, PrintedList, YearLists

PUPILS = 45
_YEAR = "2025–2026"
_PRINCIPAL, _HOMEROOM, _TEACHER = "Vũ Minh Hiệu", "Đặng Thị Chủ", "Lê Văn Bộ"
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ")
_MIDDLE = ("Văn", "Thị", "Ngọc", "Minh", "Thanh", "Đức", "Gia")
_GIVEN = ("An", "Bình", "Châu", "Dũng", "Giang", "Hà", "Khánh", "Linh", "Mai", "Nghĩa", "Quỳnh")
_LONGEST = "Công Tằng Tôn Nữ Nguyễn Hoàng Phương Khánh Quỳnh"
_SUBJECTS = (
    "Ngữ văn", "Toán", "Tiếng Anh", "GDCD", "LS&ĐL", "KHTN", "Công nghệ", "Tin học",
)  # fmt: skip
_PRIMARY = (
    "Tiếng Việt", "Toán", "Ngoại ngữ 1", "Đạo đức", "Lịch sử và Địa lí", "Khoa học", "Âm nhạc",
    "Mĩ thuật", "Giáo dục thể chất", "Hoạt động trải nghiệm",
)  # fmt: skip


def list_page(form: BookForm, rows: int) -> int:
    """The page of a sample where its list begins; `rows` of a page, 0 as shipped."""
    if form is BookForm.CLASS_BOOK:
        # Behind cover, guidance, an inner page, the particulars and the title of the term.
        return 5 + 2 * -(-PUPILS // (rows or SPECS[form].rows[1]))
    return {BookForm.TEACHER_BOOK: 3, BookForm.REPORT_BOOKLET: 5}.get(form, 1)


def _name(number: int) -> str:
    if number == 3:
        return _LONGEST
    return " ".join(
        (
            _FAMILY[number % len(_FAMILY)],
            _MIDDLE[number % len(_MIDDLE)],
            _GIVEN[number * 5 % len(_GIVEN)],
        )
    )


def _mark(number: int, column: int) -> str:
    tenths = 50 + (number * 7 + column * 13) % 50
    return f"{tenths // 10},{tenths % 10}"


def sample_class_book(school: SchoolLines) -> ClassBook:
    """A class book of one term and one subject."""
    pupils = tuple(
        RosterPupil(
            *(number, _name(number), "12/03/2014", "Thanh Hóa", "Nữ" if number % 2 else "Nam"),
            *("Kinh", "", "Thôn 1, xã Sông Trăng"),
            Guardian(f"{_FAMILY[number % 9]} Văn Cha", "Làm ruộng"),
            Guardian("Lê Thị Mẹ", "Công nhân"),
        )
        for number in range(1, PUPILS + 1)
    )
    rows = tuple(
        SubjectRow(
            one.position,
            tuple(BookCell(_mark(one.position, column)) for column in range(4)),
            BookCell(_mark(one.position, 5)),
            BookCell(_mark(one.position, 6)),
            BookCell(_mark(one.position, 7)),
        )
        for one in pupils
    )
    page = SubjectPage(BookPeriod.TERM_1, "Toán", SubjectKind.MARKS, 4, (_TEACHER,), rows)
    summary = Summary(
        BookPeriod.TERM_1,
        tuple(SummaryColumn(name, SubjectKind.MARKS) for name in _SUBJECTS),
        tuple(
            SummaryRow(
                one.position,
                tuple(_mark(one.position, column) for column in range(len(_SUBJECTS))),
                "Khá",
                "Tốt",
            )
            for one in pupils
        ),
    )
    return ClassBook(
        *(school, "TRUNG HỌC CƠ SỞ", "6A", 6, _YEAR, _HOMEROOM, _PRINCIPAL, BookScope.TERM_1),
        tuple(SubjectTeachers(name, (_TEACHER,)) for name in _SUBJECTS),
        *(pupils, (page,), (summary,)),
    )


def sample_teacher_book(school: SchoolLines) -> TeacherBook:
    """A teacher's filled book of one term."""
    columns = (
        *(TeacherColumn(("ĐĐG", str(n + 1)), low="tx") for n in range(4)),
        TeacherColumn(("ĐĐG",), low="gk"),
        TeacherColumn(("ĐĐG",), low="ck"),
        TeacherColumn(("ĐTB",), low="mhkI", result=True),
    )
    numbers = range(1, PUPILS + 1)
    rows = tuple(
        TeacherRow(n, tuple(BookCell(_mark(n, column)) for column in range(len(columns))))
        for n in numbers
    )
    tallies = tuple(TeacherTally(words, PUPILS // 4, PUPILS) for words in ("Tốt", "Khá", "Đạt"))
    return TeacherBook(
        *(school, "TRUNG HỌC CƠ SỞ", "TT22/2021", "6A", _YEAR, "Toán", (_TEACHER,), _PRINCIPAL),
        blank=False,
        pupils=tuple(TeacherPupil(n, _name(n)) for n in numbers),
        parts=(TeacherPart("HỌC KÌ I", columns, rows, tallies),),
    )


def sample_primary_summary(school: SchoolLines) -> PrimarySummary:
    """Bảng tổng hợp of a primary class at the end of its year."""
    heads = tuple(
        SummaryHead(("Môn học và hoạt động giáo dục", name, "Mức đạt được")) for name in _PRIMARY
    )
    return PrimarySummary(
        *(school, "", "Đánh giá theo Thông tư số 27/2020/TT-BGDĐT", "Cuối năm học", "4A", _YEAR),
        *("", heads),
        tuple(
            SummaryPupil(
                *(n, _name(n), "12/03/2016", bool(n % 2), ""),
                tuple(BookCell("THT"[(n + column) % 3]) for column in range(len(heads))),
            )
            for n in range(1, PUPILS + 1)
        ),
        ("T: Hoàn thành tốt; H: Hoàn thành; C: Chưa hoàn thành.",),
        *(_HOMEROOM, _PRINCIPAL),
        (SummaryTeacher("Tiếng Việt, Toán", _HOMEROOM), SummaryTeacher("Âm nhạc", _TEACHER)),
        *(29, 5, 2026),
    )


def sample_booklets(school: SchoolLines, *, primary: bool) -> ReportBooklets:
    """One học bạ with one year of it."""
    facts = (
        *(_LONGEST, "Nữ", "12/03/2014", "Thanh Hóa", "Kinh", "", "Thôn 1, xã Sông Trăng"),
        *(Parent("Nguyễn Văn Cha", "Làm ruộng"), Parent("Lê Thị Mẹ", "Công nhân"), Parent()),
    )
    year: BookletYear | PrimaryBookletYear
    if primary:
        who: Particulars = PrimaryParticulars(*facts)
        lines: tuple[Schooling, ...] = (PrimarySchooling(_YEAR, "1A", "05/09/2025"),)
        year = _primary_year()
    else:
        who, lines, year = Particulars(*facts), (Schooling(_YEAR, "6A"),), _secondary_year()
    stage = ("TIỂU HỌC", "TH", "1A") if primary else ("TRUNG HỌC CƠ SỞ", "THCS", "6A")
    return ReportBooklets(
        *(school, *stage, _YEAR, year.circular, _PRINCIPAL, BookletPart.WHOLE),
        (ReportBooklet(who, lines, (year,), 12),),
    )


def _secondary_year() -> BookletYear:
    subjects = tuple(
        BookletSubject(name, _mark(at, 0), _mark(at, 1), _mark(at, 2), "", "", (_TEACHER,))
        for at, name in enumerate(_SUBJECTS)
    )
    levels = BookletLevels("Tốt", "Khá")
    return BookletYear(
        *(3, "TT22/2021", _YEAR, "6A", subjects, (), levels, levels, levels, BookletLevels()),
        *("2", "Lớp 7", "", "Học sinh Giỏi", "Ngoan, chăm chỉ.", _HOMEROOM, _PRINCIPAL),
    )


def _primary_year() -> PrimaryBookletYear:
    subjects = tuple(
        PrimaryBookletSubject(name, "THT"[at % 3], "9" if at < 2 else "", "Nắm chắc kiến thức.")
        for at, name in enumerate(_PRIMARY)
    )
    traits = (
        BookletTraits(
            "Phẩm chất chủ yếu",
            tuple(BookletTrait(name, "T") for name in ("Yêu nước", "Nhân ái", "Chăm chỉ")),
            "Chăm học, giúp đỡ bạn.",
        ),
    )
    return PrimaryBookletYear(
        *(3, "TT27/2020", _YEAR, "1A", "2", "0", subjects, traits, "Hoàn thành tốt"),
        *("Học sinh Xuất sắc", "Được lên lớp 2", "", _HOMEROOM, _PRINCIPAL),
    )


def sample_letter(school: SchoolLines) -> YearLists:
    """A paper in the layout of NĐ 30/2020 with a table and two places to sign."""
    pupils = tuple(
        ListedPupil(n, _name(n), "12/03/2014", "Tốt", "Tốt", "1", "Học sinh Giỏi")
        for n in range(1, 8)
    )
    lists = (PrintedList("Được khen thưởng", ("learning", "conduct"), "Danh hiệu", pupils),)
    return YearLists(
        *(school, "", 29, 5, 2026, "6A", _YEAR, "22/2021/TT-BGDĐT", "cuối năm học", PUPILS),
        *(lists, _HOMEROOM, _PRINCIPAL, "41/QĐ-THCS", "ký ngày 28/05/2026"),
    )
