"""What a sealed year holds: printed bytes, plain tables, trail, cases, one folder a class."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from app.digests import canonical_json
from app.domain.corrections import Correction
from app.domain.ids import AccountId, ClassId, SchoolYearId
from app.domain.marks import trail_text
from app.domain.periods import Period
from app.media import SealFile
from app.ports import PrintRun, UnitOfWork
from app.presses import PlainTable, TablePress
from app.progress import Progress, no_progress
from app.readmodels.class_book import (
    BookPeriod,
    BookScope,
    ClassBook,
    RosterPupil,
    SummaryRow,
)
from app.services.book_assembly import assemble_book
from app.services.class_results import ClassFacts, load_class
from app.services.period_close import period_facts
from app.services.seal_trail import trail_files
from app.text import fold

_Row = list[str | int | None]


CONTENTS = (
    ("lop-…/", "mỗi lớp một thư mục: đúng tệp PDF đã in, sổ điểm XLSX và CSV, dữ liệu đã chốt"),
    ("nhat-ky/", "nhật ký nhập và sửa điểm, từng ô cũ và mới, các mốc ký"),
    ("sua-diem/", "hồ sơ sửa điểm của năm học"),
    ("so-ban-in.csv", "sổ theo dõi các bản in"),
)


_CASE_HEADER = (
    *("so", "lop", "mon", "buoc", "ly_do", "so_diem_ca_nhan", "bai_kiem_tra", "ly_do_ngoai_le"),
    *("hoc_sinh", "cot", "cu", "moi", "nguoi_de_nghi", "luc_de_nghi"),
    *("nguoi_kiem_do", "luc_kiem_do", "ket_qua_kiem_do"),
    *("nguoi_duyet", "luc_duyet", "y_kien_duyet", "chung_kien", "luc_sua", "luc_ket_thuc"),
)


def seal_files(
    uow: UnitOfWork,
    tables: TablePress,
    year_id: SchoolYearId,
    day: date,
    progress: Progress = no_progress,
) -> Iterator[SealFile]:
    """Every payload file of a year, read from one snapshot."""
    runs = uow.prints.of_year(year_id)
    classes = uow.school.classes(year_id)
    folders = _Names()
    for number, klass in enumerate(classes):
        progress(number, len(classes), f"Chuẩn bị lớp {klass.name}")
        folder = f"lop-{folders.name(klass.name)}"
        yield from _class_files(uow, tables, klass.id, folder, runs)
    for run in runs:
        if run.class_id is None:
            name = f"chung/ban-in-{run.number:04d}_{run.kind}.pdf"
            yield SealFile(name, uow.prints.content(run.id))
    yield from trail_files(uow, tables, year_id)
    yield from _case_files(uow, tables, year_id, day)
    yield SealFile("so-ban-in.csv", tables.csv(_run_table(runs)))


def _class_files(
    uow: UnitOfWork,
    press: TablePress,
    class_id: ClassId,
    folder: str,
    runs: tuple[PrintRun, ...],
) -> Iterator[SealFile]:
    facts = load_class(uow, class_id)
    for run in runs:
        if run.class_id == class_id:
            name = f"{folder}/ban-in-{run.number:04d}_{run.kind}_{run.period or 'hs'}.pdf"
            yield SealFile(name, uow.prints.content(run.id))
    book = assemble_book(uow, class_id, BookScope.YEAR, facts.year.ends_on)
    tables = book_tables(book)
    yield SealFile(f"{folder}/so-diem.xlsx", press.workbook(tables, f"Lớp {book.class_name}"))
    names = _Names()
    for table in tables:
        yield SealFile(f"{folder}/csv/{names.name(table.name)}.csv", press.csv(table))
    yield SealFile(
        f"{folder}/du-lieu-da-chot.json", canonical_json(period_facts(facts, Period.HK2))
    )


def _case_files(
    uow: UnitOfWork, press: TablePress, year_id: SchoolYearId, day: date
) -> Iterator[SealFile]:
    """Every case of the year with its people, evidence and times, a line a cell (M66)."""
    rows: list[_Row] = [list(_CASE_HEADER)]
    people = {a.id: a.full_name for a in uow.accounts.all(day)}
    classes: dict[ClassId, ClassFacts] = {}
    for case in reversed(uow.corrections.of_year(year_id)):
        if case.class_id not in classes:
            classes[case.class_id] = load_class(uow, case.class_id)
        rows += _case_rows(case, classes[case.class_id], people)
    yield SealFile("sua-diem/ho-so.csv", press.csv(PlainTable("ho so", rows)))


def _case_rows(
    case: Correction, facts: ClassFacts, people: Mapping[AccountId, str]
) -> Iterator[_Row]:
    subject = next(s for s in facts.subjects if s.id == case.subject_id)
    names = {e.pupil_id: e.profile.full_name for e in facts.entries}
    columns = {a.id: f"{a.term}.{a.code}" for a in facts.assessments}
    for item in case.items:
        yield [
            case.number,
            facts.klass.name,
            subject.name,
            case.step.label,
            case.reason,
            case.evidence_book,
            case.evidence_paper,
            case.late_reason,
            names.get(item.pupil_id, ""),
            columns[item.assessment_id],
            trail_text(item.old, subject.kind),
            trail_text(item.new, subject.kind),
            people[case.requested_by],
            _moment(case.requested_at),
            "" if case.checked_by is None else people[case.checked_by],
            _moment(case.checked_at),
            case.check_note,
            "" if case.decided_by is None else people[case.decided_by],
            _moment(case.decided_at),
            case.decision_note,
            "; ".join(case.witnesses),
            _moment(case.applied_at),
            _moment(case.ended_at),
        ]


def book_tables(book: ClassBook) -> list[PlainTable]:
    """What the book prints, as plain tables: no personal ID, phone, ethnicity (design: Archive)."""
    names = {p.position: p.name for p in book.pupils}
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
        regular = [f"TX{n}" for n in range(1, page.regular_columns + 1)]
        rows: list[_Row] = [
            ["STT", "Họ và tên", *regular, "GK", "CK", "Học kì", "Cả năm", "Ghi chú"]
        ]
        rows += [
            [
                row.position,
                names[row.position],
                *(cell.text for cell in row.regular),
                row.midterm.text,
                row.final.text,
                row.term_result.text,
                row.year_result.text,
                row.note,
            ]
            for row in page.rows
        ]
        tables.append(PlainTable(f"{page.period.value} {page.subject}", rows))
    for summary in book.summaries:
        heads = [column.heading for column in summary.columns]
        title = {BookPeriod.YEAR: "Cả năm"}.get(summary.period, summary.period.value)
        tables.append(
            PlainTable(
                f"Tổng hợp {title}",
                [
                    ["STT", "Họ và tên", *heads, "Học tập", "Rèn luyện"],
                    *(_summary_row(r, names[r.position]) for r in summary.rows),
                ],
            )
        )
    return tables


def _roster_row(pupil: RosterPupil) -> _Row:
    return [pupil.position, pupil.name, pupil.birth_date, pupil.sex, pupil.left]


def _summary_row(row: SummaryRow, name: str) -> _Row:
    return [row.position, name, *row.results, row.learning, row.conduct]


def ascii_name(text: str, most: int = 40) -> str:
    """A file-name part that every system reads: lower case, ASCII letters, digits and hyphens.

    At most `most` characters, cut between words where it can be.
    """
    plain = unicodedata.normalize("NFKD", fold(text)).encode("ascii", "ignore").decode()
    name = "-".join("".join(c if c.isalnum() else " " for c in plain).split())
    if len(name) > most:
        name = name[: most + 1].rpartition("-")[0] or name[:most]
    return name or "khong-ten"


class _Names:
    """File-name parts of one folder, each given once: 6D and 6Đ are one name without marks."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, text: str) -> str:
        """`ascii_name`, with a number behind it when somebody has it already."""
        plain, number = ascii_name(text), 1
        name = plain
        while name in self._taken:
            number += 1
            name = f"{plain}-{number}"
        self._taken.add(name)
        return name


def _run_table(runs: tuple[PrintRun, ...]) -> PlainTable:
    header: _Row = ["so", "ten", "trang", "ban", "ma_du_lieu", "ma_tep", "luc_in"]
    rows: list[_Row] = [
        [r.number, r.title, r.pages, r.copies, r.data_digest, r.file_digest, _moment(r.made_at)]
        for r in reversed(runs)
    ]
    return PlainTable("so ban in", [header, *rows])


def _moment(at: datetime | None) -> str:
    return "" if at is None else at.isoformat(timespec="seconds")
