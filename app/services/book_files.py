"""Data files beside an official class book: made when it is printed, sealed as they are."""

from __future__ import annotations

from collections.abc import Mapping

from app.digests import canonical_json
from app.domain.periods import Period
from app.domain.subjects import column_codes, column_title
from app.presses import PlainTable, TablePress
from app.readmodels.class_book import (
    BookPart,
    BookPeriod,
    BookPromotion,
    BookScope,
    ClassBook,
    FirstIssuePage,
    RosterPupil,
    SubjectPage,
    SummaryRow,
    YearAssessment,
)
from app.regulations.base import Circular
from app.regulations.registry import circular
from app.services.book_printing import BookOrder
from app.services.class_results import ClassFacts
from app.services.data_tables import FOLDER, data_tables
from app.services.file_names import FolderNames
from app.services.period_close import period_facts

_Row = list[str | int | None]
_OUTCOMES = {
    BookPromotion.PENDING: "",
    BookPromotion.PROMOTED: "Được lên lớp",
    BookPromotion.PROMOTED_AFTER_SUMMER: "Được lên lớp sau hè",
    BookPromotion.NOT_PROMOTED: "Không được lên lớp",
}


def wants_tables(order: BookOrder) -> bool:
    """Whether data files are kept beside a run: only beside the whole year's book."""
    return order.part is BookPart.WHOLE and order.scope is BookScope.YEAR


def table_files(book: ClassBook, press: TablePress) -> dict[str, bytes]:
    """Names below the class's folder and their bytes: XLSX and one CSV a table."""
    tables = book_tables(book)
    files = {"so-diem.xlsx": press.workbook(tables, f"Lớp {book.class_name}")}
    names = FolderNames()
    for table in tables:
        files[f"csv/{names.name(table.name)}.csv"] = press.csv(table)
    return files


def closed_facts(book: ClassBook, facts: ClassFacts, press: TablePress) -> dict[str, bytes]:
    """The closed year beside the tables: typed tables for any engine, and the facts as signed."""
    outcomes = (
        {row.position: _OUTCOMES[row.promotion] for row in book.year.rows} if book.year else {}
    )
    files = {
        f"{FOLDER}/{typed.name}.csv": press.csv(table)
        for typed, table in data_tables(facts, book.school.name, outcomes).items()
    }
    files["du-lieu-da-chot.json"] = canonical_json(period_facts(facts, Period.HK2))
    return files


def _tests(page: SubjectPage) -> list[str]:
    """Headings of the tests of a subject's page."""
    if isinstance(page, FirstIssuePage):
        codes = column_codes(page.regular_columns, page.periodic_columns)
        return [column_title(code) for code in codes]
    return [*(f"TX{n}" for n in range(1, page.regular_columns + 1)), "GK", "CK"]


def book_tables(book: ClassBook) -> list[PlainTable]:
    """What the book prints, as plain tables: no personal ID, phone, ethnicity (design: Archive)."""
    names = {p.position: p.name for p in book.pupils}
    form = circular(book.circular)
    tables = [
        PlainTable(
            "Danh sách",
            [
                ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Ghi chú"],
                *(_roster_row(p) for p in book.pupils),
            ],
        )
    ]
    for page in book.pages:
        of_year = page.period is BookPeriod.TERM_2
        again = ["Đánh giá lại"] if of_year else []
        rows: list[_Row] = [
            ["STT", "Họ và tên", *_tests(page), "Học kì", "Cả năm", *again, "Ghi chú"]
        ]
        rows += [
            [
                row.position,
                names[row.position],
                *(cell.text for cell in row.test_cells),
                row.term_result.text,
                row.year_result.text,
                *([row.reassessed.text] if of_year else []),
                row.note,
            ]
            for row in page.rows
        ]
        tables.append(PlainTable(f"{page.period.value} {page.subject}", rows))
    if book.attendance:
        tables.append(PlainTable("Điểm danh", _attendance_rows(book, names)))
    for summary in book.summaries:
        heads = [column.heading for column in summary.columns]
        title = {BookPeriod.YEAR: "Cả năm"}.get(summary.period, summary.period.value)
        tables.append(
            PlainTable(
                f"Tổng hợp {title}",
                [
                    ["STT", "Họ và tên", *heads, form.learning_word, form.conduct_word],
                    *(_summary_row(r, names[r.position]) for r in summary.rows),
                ],
            )
        )
    if book.year is not None:
        tables.append(PlainTable("Đánh giá cả năm", _year_rows(book.year, names, form)))
    return tables


def _year_rows(year: YearAssessment, names: Mapping[int, str], form: Circular) -> list[_Row]:
    """Levels before and after the summer, and what came of the year."""
    conduct, learning = form.conduct_word, form.learning_word
    rows: list[_Row] = [
        [
            *("STT", "Họ và tên", conduct, learning, f"{conduct} sau hè"),
            *(f"{learning} sau đánh giá lại", "Số buổi nghỉ", "Kết quả", "Khen thưởng"),
        ]
    ]
    rows += [
        [
            *(row.position, names[row.position], row.conduct, row.learning, row.conduct_after),
            *(row.learning_after, row.absences, _OUTCOMES[row.promotion], row.award),
        ]
        for row in year.rows
    ]
    return rows


def _attendance_rows(book: ClassBook, names: Mapping[int, str]) -> list[_Row]:
    """One line a day absent."""
    rows: list[_Row] = [["STT", "Họ và tên", "Năm", "Tháng", "Ngày", "Ký hiệu"]]
    for page in book.attendance:
        for row in page.rows:
            rows += [
                [row.position, names[row.position], page.year, page.month, day.number, sign]
                for day, sign in zip(page.days, row.signs, strict=True)
                if sign
            ]
    return rows


def _roster_row(pupil: RosterPupil) -> _Row:
    return [pupil.position, pupil.name, pupil.birth_date, pupil.sex, pupil.left]


def _summary_row(row: SummaryRow, name: str) -> _Row:
    return [row.position, name, *row.results, row.learning, row.conduct]
