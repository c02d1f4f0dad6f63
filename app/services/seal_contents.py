"""What a sealed year holds: printed bytes, plain tables, trail, cases, one folder a class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from functools import partial

from app.clock import VIETNAM
from app.domain.corrections import CaseKind, Correction
from app.domain.ids import AccountId, ClassId, PrintRunId, SchoolYearId
from app.domain.periods import Period
from app.domain.print_runs import CLASS_BOOK, PAPER_NAMES, PRIMARY_SUMMARY
from app.media import SealFile
from app.ports import PrintRun, UnitOfWork
from app.presses import PlainTable, TablePress
from app.progress import Progress, no_progress
from app.services.case_target import CaseTarget, open_text
from app.services.case_targets import load_target
from app.services.data_package import package_files, table_at
from app.services.file_names import FolderNames
from app.services.seal_register import register_files
from app.services.seal_trail import trail_files

_Row = list[str | int | None]


CONTENTS = (
    ("lop-…/", "mỗi lớp một thư mục: đúng tệp PDF đã in, sổ điểm XLSX và CSV, dữ liệu đã chốt"),
    ("ky-so.csv", "chữ ký số trên các bản in; tệp đã ký cạnh bản in gốc, tên có _ky-so-"),
    ("nhat-ky/", "nhật ký nhập và sửa điểm, từng ô cũ và mới, các mốc ký"),
    ("sua-diem/", "hồ sơ sửa điểm của năm học"),
    ("so-ban-in.csv", "sổ theo dõi các bản in"),
    ("ky-duyet.csv", "chốt, xác nhận, ký duyệt: ai, lúc nào, còn hiệu lực không"),
    ("quy-dinh.csv, thong-tu.csv", "thông tư đánh giá của từng lớp, cách hiểu và ca mẫu đã thử"),
    ("quy-dinh-truong.csv", "mọi bản quy định của trường trong năm, từng điều, số quyết định"),
    ("can-cu.csv", "căn cứ pháp lý"),
    ("datapackage.json", "mô tả các bảng dữ liệu theo chuẩn Frictionless, lược đồ ở luoc-do/"),
)


PRIVATE_FIELDS = ("personal_id", "ethnicity")
"""Fields of a pupil that a sealed medium does not carry in the open."""
_KEPT_AT_SCHOOL = "giữ ở văn phòng"

_CASE_HEADER = (
    *(
        "so",
        "so_vao_so",
        "lop",
        "mon",
        "buoc",
        "ly_do",
        "so_diem_ca_nhan",
        "bai_kiem_tra",
        "ly_do_ngoai_le",
    ),
    *("hoc_sinh", "cot", "cu", "moi", "nguoi_de_nghi", "luc_de_nghi"),
    *("nguoi_kiem_do", "luc_kiem_do", "ket_qua_kiem_do"),
    *("nguoi_duyet", "luc_duyet", "y_kien_duyet", "chung_kien", "luc_sua", "luc_ket_thuc"),
    "giai_trinh",
)


def seal_files(
    uow: UnitOfWork,
    tables: TablePress,
    year_id: SchoolYearId,
    day: date,
    progress: Progress = no_progress,
    since: datetime | None = None,
) -> Iterator[SealFile]:
    """Every payload file of a year, read from one snapshot; the package of its tables last.

    With `since` only what was printed after that moment, beside the whole trail and registers.
    """
    school, year = uow.school.get(), uow.school.year(year_id)
    typed: dict[str, bytes] = {}
    for item in _payload(uow, tables, year_id, day, progress, since):
        if isinstance(item.content, bytes) and table_at(item.path) is not None:
            typed[item.path] = item.content
        yield item
    for item in register_files(uow, tables, school, year):
        if isinstance(item.content, bytes):
            typed[item.path] = item.content
        yield item
    yield from package_files(school, year, typed)


def _payload(
    uow: UnitOfWork,
    tables: TablePress,
    year_id: SchoolYearId,
    day: date,
    progress: Progress,
    since: datetime | None,
) -> Iterator[SealFile]:
    printed = uow.prints.of_year(year_id)
    runs = tuple(run for run in printed if since is None or run.made_at > since)
    classes = uow.school.classes(year_id)
    names = FolderNames()
    folders: dict[ClassId | None, str] = {None: "chung"}
    for number, klass in enumerate(classes):
        progress(number, len(classes), f"Chuẩn bị lớp {klass.name}")
        folders[klass.id] = f"lop-{names.name(klass.name)}"
        yield from _class_files(uow, klass.id, folders[klass.id], runs)
    for run in runs:
        if run.class_id is None:
            yield SealFile(f"{_run_path(run, folders)}.pdf", uow.prints.content(run.id))
    yield from _signed_files(uow, year_id, printed, folders, since)
    yield from trail_files(uow, tables, year_id)
    yield from _case_files(uow, tables, year_id, day)
    yield SealFile("so-ban-in.csv", tables.csv(_run_table(printed)))


def newest_year_book(runs: tuple[PrintRun, ...], class_id: ClassId) -> PrintRun | None:
    """The last official run of a class's whole-year book; `runs` newest first."""
    wanted = {(CLASS_BOOK, class_id, Period.HK2), (PRIMARY_SUMMARY, class_id, Period.CN)}
    return next((r for r in runs if (r.kind, r.class_id, r.period) in wanted), None)


def _class_files(
    uow: UnitOfWork,
    class_id: ClassId,
    folder: str,
    runs: tuple[PrintRun, ...],
) -> Iterator[SealFile]:
    for run in runs:
        if run.class_id == class_id:
            path = _run_path(run, {class_id: folder})
            yield SealFile(f"{path}.pdf", uow.prints.content(run.id))
    # The newest year book is the one that readiness compared with the data.
    book = newest_year_book(runs, class_id)
    if book is not None:
        for name, content in uow.prints.files(book.id).items():
            yield SealFile(f"{folder}/{name}", content)


def _run_path(run: PrintRun, folders: Mapping[ClassId | None, str]) -> str:
    """Where a run lies, without its ending."""
    period = f"_{run.period.lower()}" if run.period and run.class_id is not None else ""
    return f"{folders[run.class_id]}/ban-in-{run.number:04d}_{PAPER_NAMES[run.kind]}{period}"


def _signed_files(
    uow: UnitOfWork,
    year_id: SchoolYearId,
    printed: tuple[PrintRun, ...],
    folders: Mapping[ClassId | None, str],
    since: datetime | None,
) -> Iterator[SealFile]:
    """Signed files beside their runs; with `since` those of older runs too, if filed after it."""
    runs = {run.id: run for run in printed}
    order: Counter[PrintRunId] = Counter()
    for paper in uow.signed_papers.of_year(year_id):
        order[paper.run_id] += 1
        if since is None or paper.received_at > since:
            path = _run_path(runs[paper.run_id], folders)
            name = f"{path}_ky-so-{order[paper.run_id]}.pdf"
            yield SealFile(name, uow.signed_papers.content(paper.id))


def _case_files(
    uow: UnitOfWork, press: TablePress, year_id: SchoolYearId, day: date
) -> Iterator[SealFile]:
    """Every case of the year with its people, evidence and times, a line a cell (M66)."""
    rows: list[_Row] = [list(_CASE_HEADER)]
    people = {a.id: a.full_name for a in uow.accounts.all(day)}
    now = datetime.combine(day, time(), VIETNAM)
    for case in reversed(uow.corrections.of_year(year_id)):
        rows += _case_rows(case, load_target(uow, case.about, now), people)
        yield from _scans(uow, case)
    yield SealFile("sua-diem/ho-so.csv", press.csv(PlainTable("ho so", rows)))


def _scans(uow: UnitOfWork, case: Correction) -> Iterator[SealFile]:
    """Scanned evidence of a case, but for a pupil's own papers, which stay in the office."""
    if case.kind is CaseKind.PROFILE:
        return
    for number, scan in enumerate(uow.corrections.scans(case.id), 1):
        ending = {"jpeg": "jpg"}.get(scan.media, scan.media)
        name = f"sua-diem/ho-so-{case.number:02d}_minh-chung-{number}.{ending}"
        yield SealFile(name, uow.corrections.scan_content(scan.id))


def _case_rows(
    case: Correction, target: CaseTarget, people: Mapping[AccountId, str]
) -> Iterator[_Row]:
    personal = case.kind is CaseKind.PROFILE
    said = partial(open_text, case)
    for cell in target.cells(case):
        # Numbers of personal papers stay in the office's file, as they stay out of the book.
        hidden = personal and cell.key.column in PRIVATE_FIELDS
        yield [
            case.number,
            case.register_no,
            target.at.klass.name,
            target.matter,
            case.step.label,
            said(case.reason),
            _KEPT_AT_SCHOOL if personal else case.evidence_book,
            _KEPT_AT_SCHOOL if personal else case.evidence_paper,
            said(case.late_reason),
            cell.pupil,
            cell.key.column,
            _KEPT_AT_SCHOOL if hidden else cell.was,
            _KEPT_AT_SCHOOL if hidden else cell.becomes,
            people[case.requested_by],
            _moment(case.requested_at),
            "" if case.checked_by is None else people[case.checked_by],
            _moment(case.checked_at),
            said(case.check_note),
            "" if case.decided_by is None else people[case.decided_by],
            _moment(case.decided_at),
            said(case.decision_note),
            "; ".join(case.witnesses),
            _moment(case.applied_at),
            _moment(case.ended_at),
            said(case.explanation),
        ]


def _run_table(runs: tuple[PrintRun, ...]) -> PlainTable:
    header: _Row = ["so", "ten", "trang", "ban", "ma_du_lieu", "ma_tep", "luc_in", "kho_giay"]
    rows: list[_Row] = [
        [
            *(r.number, r.title, r.pages, r.copies, r.data_digest, r.file_digest),
            *(_moment(r.made_at), r.paper.value),
        ]
        for r in reversed(runs)
    ]
    return PlainTable("so ban in", [header, *rows])


def _moment(at: datetime | None) -> str:
    return "" if at is None else at.isoformat(timespec="seconds")
