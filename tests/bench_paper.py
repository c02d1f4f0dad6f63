"""Rows of whole classes and years: results, class book, seal."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from app.readmodels.class_book import BookScope, ClassBook, PrintStamp, class_book_digest
from app.services.class_results import ClassResults
from app.services.printing import Printing
from app.services.sealing import Sealed, Sealing
from exports.forms import class_book
from exports.press import Paper, Tables
from exports.seal.bag import write_bag
from exports.seal.drives_folder import FolderDrives
from tests.bench_bases import Tape, copy_and_prove, raw_of, read_year, recording_canvas
from tests.bench_report import Figure, Side, decimal
from tests.bench_school import PUPILS, BenchSchools, class_ids, database_of
from tests.bench_timing import elapsed_ms, interleaved
from tests.support.school import TestSchool
from tests.support.year_end import settle


def results(schools: BenchSchools) -> list[Figure]:
    """Nothing stored: every class read and computed, then also explained."""
    with schools.opened(schools.filled) as school:
        service = ClassResults(school.uow)
        classes = class_ids(school, schools.classes)

        def computed() -> None:
            for class_id in classes:
                service.of_class(class_id)

        def explained() -> None:
            for class_id in classes:
                facts, _ = service.of_class(class_id)
                for year in facts.all_pupil_years().values():
                    facts.regulation.explain(year, facts.klass.grade)

        def read_raw() -> float:
            with database_of(school).engine.connect() as connection:
                raw = raw_of(connection)
                return elapsed_ms(lambda: read_year(raw, school.year_id))

        computed()
        read_raw()
        mine, base = interleaved(lambda: elapsed_ms(computed), read_raw)
        explaining, base_again = interleaved(lambda: elapsed_ms(explained), read_raw)
        with database_of(school).engine.connect() as connection:
            marks = len(read_year(raw_of(connection), school.year_id))
    size = f"thu nhỏ: {schools.classes} lớp × {PUPILS} em, {marks} điểm"
    return [
        Figure("results", "Kết quả cả trường, cả năm", mine, base, 6.0, (size,)),
        Figure(
            "results_explained",
            "Kết quả cả trường, giải thích cho mọi em",
            explaining,
            base_again,
            10.0,
            (size,),
        ),
    ]


def book(schools: BenchSchools) -> list[Figure]:
    """The year's class book from its read model, against its own draw calls replayed."""
    with schools.opened(schools.closed_year) as school:
        printing = Printing(school.uow, school.clock, Paper(), Tables())
        loaded = printing.book(school.class_id, BookScope.YEAR)
        stamp = PrintStamp("0001", school.clock.now(), class_book_digest(loaded))
    first = elapsed_ms(lambda: class_book.render_class_book(loaded, stamp))
    tape = _recorded(loaded, stamp)
    printed = class_book.render_class_book(loaded, stamp)
    assert tape.play().content == printed.content, "the replay must draw the same book"
    mine, base = interleaved(
        lambda: elapsed_ms(lambda: class_book.render_class_book(loaded, stamp)),
        lambda: elapsed_ms(tape.play),
        7,
    )
    note = (
        f"{printed.pages} trang, {len(tape.calls)} lệnh vẽ, phát lại ra đúng từng byte; lần in đầu "
        f"của tiến trình {decimal(first, 0)} ms"
    )
    return [Figure("class_book", "In sổ một lớp, dữ liệu đã nạp", mine, base, 2.0, (note,))]


def _recorded(loaded: ClassBook, stamp: PrintStamp) -> Tape:
    tapes: list[Tape] = []
    with patch.object(class_book, "PDFACanvas", recording_canvas(tapes)):
        class_book.render_class_book(loaded, stamp)
    return tapes[0]


def seal(schools: BenchSchools, folder: Path) -> list[Figure]:
    """The whole year onto a folder taken for a drive, against copying and proving its files."""
    with schools.opened(schools.closed_year) as school:
        printing = Printing(school.uow, school.clock, Paper(), Tables())
        secretary = school.actor("secretary")
        for class_id in class_ids(school, schools.classes):
            settle(school, class_id)
            for scope in BookScope:
                printing.print_class_book(secretary, class_id, scope)
        sealing = Sealing(
            school.uow, school.clock, FolderDrives(), write_bag, Tables(), school.path
        )
        bags: dict[bool, Path] = {}
        turn = 0

        def place(kind: str) -> Path:
            nonlocal turn
            turn += 1
            made = folder / f"{kind}-{turn}"
            made.mkdir()
            return made

        writing: list[float] = []
        checking: list[float] = []

        def sealed_once(parity: bool) -> float:
            drive = place("drive")
            # The wizard's first step: nobody can seal without having seen that nothing is open.
            # The seal itself asks again and finds the trail's head where it was.
            checking.append(elapsed_ms(lambda: sealing.readiness(school.year_id)))

            def work() -> None:
                sealed = _sealed(sealing, school, drive, parity)
                if not parity:
                    writing.append(sealed.report.seconds * 1000)
                bags.setdefault(parity, sealed.report.path)

            return elapsed_ms(work)

        def copied_once() -> float:
            """The payload and its lists, in both rows: what parity adds is no work of the base."""
            target = place("copy")
            files = _files_of(bags[False])
            return elapsed_ms(lambda: copy_and_prove(files, target))

        sealed_once(parity=False)
        sealed_once(parity=True)
        copied_once()
        writing.clear()
        checking.clear()
        mine, base = interleaved(lambda: sealed_once(parity=False), copied_once)
        protected, base_again = interleaved(lambda: sealed_once(parity=True), copied_once)
    files = _files_of(bags[False])
    size = sum(path.stat().st_size for path in files.values()) / 1e6
    what = f"thu nhỏ: {schools.classes} lớp, {len(files)} tệp, {decimal(size, 1)} MB"
    spare = sum(path.stat().st_size for path in _files_of(bags[True]).values()) / 1e6 - size
    return [
        Figure("seal", "Niêm phong một năm, sổ đã in", mine, base, 2.0, (f"{what}, không parity",)),
        Figure(
            "seal_parity",
            "Niêm phong một năm, có phần phục hồi",
            protected,
            base_again,
            3.0,
            (f"{what}, thêm {decimal(spare, 1)} MB phần phục hồi",),
        ),
        Figure(
            "seal_writing",
            "  riêng phần ghi và kiểm ổ",
            Side(tuple(writing)),
            base,
            None,
            ("phần còn lại: đọc bản in, viết nhật ký từ cơ sở dữ liệu, ghi biên bản và mốc ký",),
        ),
        Figure(
            "seal_readiness",
            "  bước trước: so mọi sổ với bản in",
            Side(tuple(checking)),
            base,
            None,
            ("trình niêm phong làm một lần khi mở; niêm phong chỉ làm lại nếu nhật ký có mục mới",),
        ),
    ]


def _sealed(sealing: Sealing, school: TestSchool, drive: Path, parity: bool) -> Sealed:
    done = sealing.seal(
        school.signer("principal"),
        school.year_id,
        drive,
        "Phó hiệu trưởng; tổ văn phòng",
        "Văn thư, tủ hồ sơ số 2",
        parity=parity,
    )
    assert isinstance(done.payload, Sealed)
    return done.payload


def _files_of(bag: Path) -> dict[str, Path]:
    return {str(path.relative_to(bag)): path for path in sorted(bag.rglob("*")) if path.is_file()}
