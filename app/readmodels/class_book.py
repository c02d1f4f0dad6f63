"""Sổ theo dõi và đánh giá học sinh (theo lớp học): everything the printed book says, as text.

Texts arrive as they are to be printed ("8,5", "Đ", "12/03/2014"); an empty text prints nothing.
Field names take part in the data digest (see `app.digests`): do not rename them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum

from app.digests import DataDigest, data_digest
from app.domain.form_settings import ALL_SHIPPED, SchoolForms
from app.domain.print_runs import PaperSize
from app.domain.subjects import SubjectKind


class BookPeriod(StrEnum):
    """A part of the year that has pages of its own."""

    TERM_1 = "HK1"
    TERM_2 = "HK2"
    YEAR = "CN"


class BookScope(StrEnum):
    """How far the printed book goes."""

    TERM_1 = "HK1"
    YEAR = "CN"


class BookPart(StrEnum):
    """Which of its parts are printed; they are bound into one book at the end of the year (M44)."""

    WHOLE = "whole"
    OPENING = "opening"
    """Bìa, hướng dẫn, bìa lót, sơ yếu lý lịch: printed in September (M37)."""
    MARKS = "marks"
    """Phần ghi điểm of the scope's last term with its summaries: printed when the term ends."""
    ATTENDANCE = "attendance"
    """Theo dõi chuyên cần: printed when every month is complete (M42)."""
    CONFIRMATION = "confirmation"
    """Bảng xác nhận kết quả of the scope's last term, which all teachers sign (M162)."""

    @property
    def of_term(self) -> bool:
        """Whether the part belongs to one term, so that the scope says which."""
        return self in (BookPart.WHOLE, BookPart.MARKS, BookPart.CONFIRMATION)


class BookPromotion(StrEnum):
    """Lên lớp (TT22/2021, Điều 12); PENDING while a result is missing or summer work remains."""

    PENDING = ""
    PROMOTED = "promoted"
    PROMOTED_AFTER_SUMMER = "promoted_after_summer"
    NOT_PROMOTED = "not_promoted"


@dataclass(frozen=True, slots=True)
class SchoolLines:
    """The school as papers name it; every line is a setting of the school."""

    authority: str
    """Parent authority, e.g. "UBND phường Hạc Thành"."""
    name: str
    """With its kind, e.g. "Trường THCS Nguyễn Du"."""
    commune: str
    """Xã/phường/đặc khu with its kind; also the place before a date on paper."""
    province: str


@dataclass(frozen=True, slots=True)
class SubjectTeachers:
    """Who teaches one subject; several people when they share it (KHTN, LS và ĐL, Nghệ thuật)."""

    subject: str
    teachers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guardian:
    """Cha, mẹ hoặc người giám hộ."""

    name: str = ""
    occupation: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class RosterPupil:
    """One line of the roster; `position` is the number in every list of the book."""

    position: int
    name: str
    birth_date: str = ""
    birthplace: str = ""
    sex: str = ""
    ethnicity: str = ""
    priority_group: str = ""
    address: str = ""
    father: Guardian = Guardian()
    mother: Guardian = Guardian()
    notes: str = ""
    left: str = ""
    """Why and when the pupil left ("Chuyển trường từ 12/01/2026"); empty while in the class."""


@dataclass(frozen=True, slots=True)
class BookCell:
    """One mark or level; `struck` are the values it replaced by correction, oldest first."""

    text: str = ""
    struck: tuple[str, ...] = ()


EMPTY_CELL = BookCell()


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """One pupil on a subject page; `regular` is as long as the page's `regular_columns`."""

    position: int
    regular: tuple[BookCell, ...] = ()
    midterm: BookCell = EMPTY_CELL
    final: BookCell = EMPTY_CELL
    term_result: BookCell = EMPTY_CELL
    year_result: BookCell = EMPTY_CELL
    """Term 2 only."""
    reassessed: BookCell = EMPTY_CELL
    """Đánh giá lại; term 2 only."""
    note: str = ""

    @property
    def test_cells(self) -> tuple[BookCell, ...]:
        """What teachers write, in the order of the paper; results are computed."""
        return (*self.regular, self.midterm, self.final)


@dataclass(frozen=True, slots=True)
class SubjectPage:
    """One subject in one term (`period` is TERM_1 or TERM_2); teachers sign at its foot."""

    period: BookPeriod
    subject: str
    kind: SubjectKind
    regular_columns: int
    teachers: tuple[str, ...]
    rows: tuple[SubjectRow, ...]


@dataclass(frozen=True, slots=True)
class FirstIssueRow(SubjectRow):
    """Under TT58/2011 as first issued; `periodic` are its KTđk, `final` its KThk, no `midterm`.

    A class of its own, as the page below, so that no digest of another circular's run changes.
    """

    periodic: tuple[BookCell, ...] = ()

    @property
    def test_cells(self) -> tuple[BookCell, ...]:
        """See `SubjectRow`; every KTđk before the KThk."""
        return (*self.regular, *self.periodic, self.final)


@dataclass(frozen=True, slots=True)
class FirstIssuePage(SubjectPage):
    """`oral_columns` of the regular ones are kiểm tra miệng (M); rows are `FirstIssueRow`."""

    oral_columns: int
    periodic_columns: int


@dataclass(frozen=True, slots=True)
class SummaryColumn:
    """A subject column of a summary; `heading` is short enough for a narrow column."""

    heading: str
    kind: SubjectKind


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One pupil in a summary; `results` is as long as the summary's `columns`."""

    position: int
    results: tuple[str, ...]
    learning: str = ""
    conduct: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """Tổng hợp học kì I, học kì II hoặc cả năm học."""

    period: BookPeriod
    columns: tuple[SummaryColumn, ...]
    rows: tuple[SummaryRow, ...]


@dataclass(frozen=True, slots=True)
class YearRow:
    """One pupil in "Đánh giá cả năm"; `absences` counts half-days, None when not recorded."""

    position: int
    conduct: str = ""
    learning: str = ""
    conduct_after: str = ""
    learning_after: str = ""
    absences: int | None = None
    promotion: BookPromotion = BookPromotion.PENDING
    award: str = ""


@dataclass(frozen=True, slots=True)
class YearTotals:
    """Tổng hợp chung; `promoted` includes `promoted_after_summer`."""

    pupils: int
    promoted: int
    promoted_after_summer: int
    not_promoted: int


@dataclass(frozen=True, slots=True)
class YearAssessment:
    """Đánh giá cả năm."""

    rows: tuple[YearRow, ...]
    totals: YearTotals


@dataclass(frozen=True, slots=True)
class TermTitle:
    """Danh hiệu of one pupil in a term or the year, as the lists abbreviate it ("HSG")."""

    period: BookPeriod
    position: int
    title: str


@dataclass(frozen=True, slots=True)
class SummerWork:
    """What the end of the year left a pupil to do ("KT lại"), or that the class is repeated."""

    position: int
    words: str


@dataclass(frozen=True, slots=True)
class RollBookFacts:
    """What sổ gọi tên và ghi điểm (TT58/2011) prints beyond the later class book."""

    titles: tuple[TermTitle, ...] = ()
    summer: tuple[SummerWork, ...] = ()


@dataclass(frozen=True, slots=True)
class AttendanceDay:
    """One day column of a month; `weekday` as printed ("2" to "7", "CN").

    `taught`: whether there was school; `note` names a holiday.
    """

    number: int
    weekday: str
    taught: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """One pupil in a month: a sign a day ("P", "K", "") as long as the page's `days`."""

    position: int
    signs: tuple[str, ...]
    excused: int
    unexcused: int


@dataclass(frozen=True, slots=True)
class AttendancePage:
    """Theo dõi chuyên cần of one month; `month` as printed ("9"), `year` its calendar year."""

    month: int
    year: int
    headcount: int
    days: tuple[AttendanceDay, ...]
    rows: tuple[AttendanceRow, ...]


@dataclass(frozen=True, slots=True)
class PrincipalRemark:
    """Nhận xét của Hiệu trưởng về sử dụng sổ; `month` as printed, e.g. "9/2025"."""

    month: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ClassBook:
    """The book of one class and school year.

    Every list of rows refers to `pupils` by `position`. With scope TERM_1 there are no pages,
    summaries or `year` of term 2 and the year. `attendance` is empty unless every month of the
    scope is complete (M42). A `part` alone holds nothing of the others (see `part_of`).
    """

    school: SchoolLines
    stage: str
    """As printed in capitals: TRUNG HỌC CƠ SỞ."""
    class_name: str
    grade: int
    school_year: str
    """As printed, e.g. 2025–2026."""
    homeroom_teacher: str
    principal: str
    scope: BookScope
    subjects: tuple[SubjectTeachers, ...]
    pupils: tuple[RosterPupil, ...]
    pages: tuple[SubjectPage, ...]
    summaries: tuple[Summary, ...]
    year: YearAssessment | None = None
    remarks: tuple[PrincipalRemark, ...] = ()
    attendance: tuple[AttendancePage, ...] = ()
    part: BookPart = BookPart.WHOLE
    circular: str = "TT22/2021"
    """Id of the circular whose form it is."""
    roll_book: RollBookFacts | None = None
    """Only in the book of TT58/2011, and there only in parts that print results."""

    @property
    def headcount(self) -> int:
        """Sĩ số: pupils still in the class."""
        return sum(1 for pupil in self.pupils if not pupil.left)


@dataclass(frozen=True, slots=True)
class PrintStamp:
    """The print-run record every page carries; not part of the data digest.

    `printed_at` is aware (UTC+7) and the only time in the file; `draft` marks "bản làm việc",
    `practice` what a practice copy prints; `forms` is how the school adjusted its forms;
    `checkpoint_code` is the short code of the trail's last signed checkpoint, if there is one.
    """

    run_number: str
    printed_at: datetime
    digest: DataDigest
    draft: bool = False
    checkpoint_code: str = ""
    practice: bool = False
    paper: PaperSize = PaperSize.A4
    forms: SchoolForms = ALL_SHIPPED

    @property
    def printed_at_text(self) -> str:
        """As on paper: 07:35 ngày 31/05/2026."""
        return self.printed_at.strftime("%H:%M ngày %d/%m/%Y")

    @property
    def qr_payload(self) -> str:
        """KS1|<run number>|<data digest>, the digest in full base32."""
        return f"KS1|{self.run_number}|{self.digest.base32}"


def class_book_digest(book: ClassBook) -> DataDigest:
    """The data digest of the whole book as it is to be printed.

    A book without the attendance part has the digest it had before that part existed, a whole
    book the one it had before parts were printed alone.
    """
    facts = {field.name: getattr(book, field.name) for field in fields(book)}
    if not book.attendance:
        del facts["attendance"]
    if book.part is BookPart.WHOLE:
        del facts["part"]
    if book.circular == "TT22/2021":
        # The only circular there was before the field.
        del facts["circular"]
    if book.roll_book is None:
        del facts["roll_book"]
    return data_digest({"form": "class_book", "facts": facts})


def book_is_as_printed(book: ClassBook, hex_digest: str) -> bool:
    """Whether a run with this data digest printed the same facts.

    A book of TT58/2011 printed before it had a layout of its own is compared without the facts
    that only the new layout prints.
    """
    known = {class_book_digest(book).hex}
    if book.roll_book is not None:
        known.add(class_book_digest(replace(book, roll_book=None)).hex)
    return hex_digest in known
