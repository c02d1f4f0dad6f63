"""Niêm phong: a closed and printed year goes to a drive as the very bytes that were signed."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.digests import canonical_json
from app.domain.ids import ClassId, SchoolYearId
from app.domain.marks import trail_text
from app.domain.periods import Period
from app.domain.roles import Role
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.media import (
    BagWriter,
    BoundDrive,
    DriveFacts,
    Drives,
    ReadmeFacts,
    SealFile,
    SealReport,
    SealRequest,
    permit_drive,
)
from app.ports import PrintRun, SealRecord, UnitOfWork, UowFactory
from app.presses import PlainTable, TablePress
from app.progress import Progress, no_progress
from app.readmodels.class_book import BookPeriod, BookScope, ClassBook
from app.services.book_assembly import assemble_book
from app.services.checkpoints import CheckpointReason, sign_checkpoint
from app.services.class_results import load_class
from app.services.period_close import period_facts
from app.services.printing import CLASS_BOOK
from app.text import clean, fold
from app.vault import Signer


@dataclass(frozen=True, slots=True)
class SealReadiness:
    """What still stands in the way; empty `problems` means ready."""

    year_name: str
    classes: int
    problems: tuple[str, ...]
    bytes: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """A finished seal: the writer's report and the record kept in the file."""

    report: SealReport
    record: SealRecord


class Sealing:
    """Checks, writes and records the seal of a school year."""

    def __init__(
        self,
        uows: UowFactory,
        clock: Clock,
        drives: Drives,
        write_bag: BagWriter,
        tables: TablePress,
        database_path: Path,
    ) -> None:
        self._uows = uows
        self._clock = clock
        self._drives = drives
        self._write_bag = write_bag
        self._tables = tables
        self._database_path = database_path

    def drives(self) -> list[DriveFacts]:
        """Drives a person could mean, fit or not."""
        return self._drives.candidates(self._database_path)

    def drive_at(self, folder: Path) -> DriveFacts:
        """The drive under a folder."""
        return self._drives.inspect(folder, self._database_path)

    def readiness(self, year_id: SchoolYearId) -> SealReadiness:
        """Every class closed, its year book printed and still true (design: what is sealed)."""
        with self._uows.read() as uow:
            year = uow.school.year(year_id)
            classes = uow.school.classes(year_id)
            runs = uow.prints.of_year(year_id)
            problems: list[str] = []
            for klass in classes:
                closes = uow.control.class_locks(klass.id).closes
                if Period.HK2 not in closes:
                    problems.append(f"Lớp {klass.name} chưa chốt cả năm.")
                elif _year_book(runs, klass.id) is None:
                    problems.append(f"Lớp {klass.name} chưa in sổ cả năm bản chính thức.")
            open_cases = [c for c in uow.corrections.of_year(year_id) if c.step.is_open]
            problems += [f"Hồ sơ sửa điểm số {c.number:02d} chưa xong." for c in open_cases]
            if not classes:
                problems.append("Năm học chưa có lớp nào.")
            size = sum(len(uow.prints.content(run.id)) for run in runs)
        return SealReadiness(year.name, len(classes), tuple(problems), size)

    def seal(
        self,
        signer: Signer,
        year_id: SchoolYearId,
        folder: Path,
        witnesses: str,
        keeper: str,
        progress: Progress = no_progress,
    ) -> CommandResult:
        """Write, read back and record one copy of the year; the payload is `Sealed`.

        Signed by the principal behind `signer`. Nothing is recorded unless the medium was proved.
        """
        if not clean(witnesses) or not clean(keeper):
            raise RuleRefused(
                "witnesses_required",
                "Chưa ghi người chứng kiến hoặc người lưu giữ nên chưa niêm phong; hãy điền đủ vì "
                "biên bản cần cả hai.",
            )
        ready = self.readiness(year_id)
        if ready.problems:
            raise RuleRefused(
                "not_ready",
                f"Chưa niêm phong được năm học {ready.year_name}: {ready.problems[0]} Còn "
                f"{len(ready.problems)} việc; hãy làm xong rồi niêm phong.",
                problems=ready.problems,
            )
        now = self._clock.now()
        with self._uows.read() as uow:
            actor = uow.accounts.actor(signer.uid, self._clock.today())
            require(actor, "niêm phong năm học", Role.PRINCIPAL)
            copy_no = len(uow.control.seals(year_id)) + 1
            files = list(self._files(uow, year_id, progress))
            school = uow.school.get()
            year = uow.school.year(year_id)
        if school is None:
            raise RuleRefused("no_school", "Tệp chưa ghi tên trường; hãy điền ở trang Quản trị.")
        with self._drives.bind(folder, self._database_path) as drive:
            total = sum(len(f.content) for f in files if isinstance(f.content, bytes))
            permit_drive(drive.facts, total)
            request = SealRequest(
                bag_name=f"khoa-so_{ascii_name(school.name)}_{year.name}_ban-{copy_no}",
                readme=ReadmeFacts(
                    school=school.name, school_year=year.name, sealed_at=now, contents=_CONTENTS
                ),
                files=files,
                signer=signer,
                info={
                    "Source-Organization": school.name,
                    "External-Identifier": f"{ascii_name(school.name)}-{year.name}-{copy_no}",
                    "School-Year": year.name,
                },
            )
            report = self._write_bag(request, drive, folder, progress)
            return self._record(signer, actor, year_id, copy_no, report, drive, witnesses, keeper)

    def seals(self, year_id: SchoolYearId) -> tuple[SealRecord, ...]:
        """Media of the year."""
        with self._uows.read() as uow:
            return uow.control.seals(year_id)

    def _record(
        self,
        signer: Signer,
        actor: Actor,
        year_id: SchoolYearId,
        copy_no: int,
        report: SealReport,
        drive: BoundDrive,
        witnesses: str,
        keeper: str,
    ) -> CommandResult:
        now = self._clock.now()
        record = SealRecord(
            year_id,
            copy_no,
            now,
            actor.account_id,
            report.path.name,
            report.fingerprint,
            report.tagmanifest_sha512,
            drive.facts.label,
            drive.facts.serial,
            report.files,
            report.bytes,
            clean(witnesses),
            clean(keeper),
        )
        with self._uows.write() as uow:
            uow.control.add_seal(record)
            seq = uow.trail.append(
                TrailDraft(
                    "year.seal",
                    {
                        "bag": record.bag_name,
                        "copy": copy_no,
                        "fingerprint": record.fingerprint,
                        "tagmanifest_sha512": record.tagmanifest_sha512,
                        "drive": [record.drive_label, record.drive_serial],
                        "files": record.files,
                        "bytes": record.bytes,
                        "witnesses": record.witnesses,
                        "keeper": record.keeper,
                    },
                ),
                actor,
                now,
            )
            sign_checkpoint(uow, signer, actor, CheckpointReason.SEAL, now)
            uow.commit()
        return CommandResult(
            frozenset({Topic.SEALS, Topic.LOCKS, Topic.MARKS}),
            seq,
            f"Đã niêm phong {record.bag_name}",
            None,
            Sealed(report, record),
        )

    def _files(
        self, uow: UnitOfWork, year_id: SchoolYearId, progress: Progress
    ) -> Iterator[SealFile]:
        runs = uow.prints.of_year(year_id)
        classes = uow.school.classes(year_id)
        for number, klass in enumerate(classes):
            progress(number, len(classes), f"Chuẩn bị lớp {klass.name}")
            yield from self._class_files(uow, klass.id, runs)
        for run in runs:
            if run.class_id is None:
                name = f"chung/ban-in-{run.number:04d}_{run.kind}.pdf"
                yield SealFile(name, uow.prints.content(run.id))
        yield from self._trail_files(uow)
        yield from self._case_files(uow, year_id)
        yield SealFile("so-ban-in.csv", self._tables.csv(_run_table(runs)))

    def _class_files(
        self, uow: UnitOfWork, class_id: ClassId, runs: tuple[PrintRun, ...]
    ) -> Iterator[SealFile]:
        facts = load_class(uow, class_id)
        folder = f"lop-{ascii_name(facts.klass.name)}"
        for run in runs:
            if run.class_id == class_id:
                name = f"{folder}/ban-in-{run.number:04d}_{run.kind}_{run.period or 'hs'}.pdf"
                yield SealFile(name, uow.prints.content(run.id))
        book = assemble_book(uow, class_id, BookScope.YEAR, facts.year.ends_on)
        tables = book_tables(book)
        yield SealFile(
            f"{folder}/so-diem.xlsx", self._tables.workbook(tables, f"Lớp {book.class_name}")
        )
        for table in tables:
            yield SealFile(f"{folder}/csv/{ascii_name(table.name)}.csv", self._tables.csv(table))
        yield SealFile(
            f"{folder}/du-lieu-da-chot.json", canonical_json(period_facts(facts, Period.HK2))
        )

    def _trail_files(self, uow: UnitOfWork) -> Iterator[SealFile]:
        entries = [
            json.dumps(
                {**asdict(entry), "prev": entry.prev.hex(), "hash": entry.hash.hex()},
                ensure_ascii=False,
                sort_keys=True,
            )
            for entry in uow.trail.all_entries()
        ]
        yield SealFile("nhat-ky/muc.jsonl", ("\n".join(entries) + "\n").encode())
        header: list[list[str | int | None]] = [["muc", "hoc_sinh", "cot_diem", "cu", "moi"]]
        cells: list[list[str | int | None]] = [list(row) for row in uow.trail.all_cells()]
        yield SealFile("nhat-ky/o-diem.csv", self._tables.csv(PlainTable("o", header + cells)))
        points = [
            json.dumps(
                {
                    "statement": point.statement,
                    "public_key": point.public_key.hex(),
                    "signature": point.signature.hex(),
                },
                ensure_ascii=False,
                sort_keys=True,
            )
            for point in uow.trail.checkpoints()
        ]
        yield SealFile("nhat-ky/moc-ky.jsonl", ("\n".join(points) + "\n").encode())

    def _case_files(self, uow: UnitOfWork, year_id: SchoolYearId) -> Iterator[SealFile]:
        rows: list[list[str | int | None]] = [
            [
                "so",
                "lop",
                "mon",
                "buoc",
                "ly_do",
                "hoc_sinh",
                "cot",
                "cu",
                "moi",
                "nguoi_de_nghi",
                "luc_de_nghi",
                "nguoi_duyet",
                "luc_duyet",
                "chung_kien",
            ]
        ]
        people = {a.id: a.full_name for a in uow.accounts.all(self._clock.today())}
        for case in reversed(uow.corrections.of_year(year_id)):
            facts = load_class(uow, case.class_id)
            subject = next(s for s in facts.subjects if s.id == case.subject_id)
            names = {e.pupil_id: e.profile.full_name for e in facts.entries}
            columns = {a.id: f"{a.term}.{a.code}" for a in facts.assessments}
            for item in case.items:
                decided = "" if case.decided_by is None else people[case.decided_by]
                rows.append(
                    [
                        case.number,
                        facts.klass.name,
                        subject.name,
                        case.step.label,
                        case.reason,
                        names.get(item.pupil_id, ""),
                        columns[item.assessment_id],
                        trail_text(item.old, subject.kind),
                        trail_text(item.new, subject.kind),
                        people[case.requested_by],
                        _moment(case.requested_at),
                        decided,
                        _moment(case.decided_at),
                        "; ".join(case.witnesses),
                    ]
                )
        yield SealFile("sua-diem/ho-so.csv", self._tables.csv(PlainTable("ho so", rows)))


_CONTENTS = (
    ("lop-…/", "mỗi lớp một thư mục: đúng tệp PDF đã in, sổ điểm XLSX và CSV, dữ liệu đã chốt"),
    ("nhat-ky/", "nhật ký nhập và sửa điểm, từng ô cũ và mới, các mốc ký"),
    ("sua-diem/", "hồ sơ sửa điểm của năm học"),
    ("so-ban-in.csv", "sổ theo dõi các bản in"),
)


def book_tables(book: ClassBook) -> list[PlainTable]:
    """What the book prints, as plain tables: no personal ID, phone, ethnicity (design: Archive)."""
    names = {p.position: p.name for p in book.pupils}
    tables = [
        PlainTable(
            "Danh sách",
            [
                ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Ghi chú"],
                *([p.position, p.name, p.birth_date, p.sex, p.left] for p in book.pupils),
            ],
        )
    ]
    for page in book.pages:
        regular = [f"TX{n}" for n in range(1, page.regular_columns + 1)]
        rows: list[list[str | int | None]] = [
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
                    *(
                        [r.position, names[r.position], *r.results, r.learning, r.conduct]
                        for r in summary.rows
                    ),
                ],
            )
        )
    return tables


def ascii_name(text: str) -> str:
    """A file-name part that every system reads: lower case, ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", fold(text)).encode("ascii", "ignore").decode()
    return "-".join("".join(c if c.isalnum() else " " for c in plain).split())[:40] or "khong-ten"


def _year_book(runs: tuple[PrintRun, ...], class_id: ClassId) -> PrintRun | None:
    return next(
        (r for r in runs if (r.kind, r.class_id, r.period) == (CLASS_BOOK, class_id, Period.HK2)),
        None,
    )


def _run_table(runs: tuple[PrintRun, ...]) -> PlainTable:
    header: list[str | int | None] = ["so", "ten", "trang", "ban", "ma_du_lieu", "ma_tep", "luc_in"]
    rows: list[list[str | int | None]] = [
        [r.number, r.title, r.pages, r.copies, r.data_digest, r.file_digest, _moment(r.made_at)]
        for r in reversed(runs)
    ]
    return PlainTable("so ban in", [header, *rows])


def _moment(at: datetime | None) -> str:
    return "" if at is None else at.isoformat(timespec="seconds")
