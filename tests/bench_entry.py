"""Rows of the mark sheet: open, save one mark, paste, import a file, fill a year."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from app.actor import Actor
from app.domain.ids import PupilId
from app.domain.periods import Term
from app.domain.subjects import SubjectKind, column_codes
from app.importing.fields import MARK_VOCABULARY
from app.importing.header_finder import guess_mapping
from app.importing.mark_sheet import MarkBook, analyse_mark_sheet
from app.importing.pupil_matching import SheetPupil
from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.bound_mark_sheet import BoundMarkSheet
from app.services.mark_entry import MarkEntry
from exports.xlsx.layouts import MarkLine, SheetTitle, mark_sheet
from exports.xlsx.reader import TableFileReader
from exports.xlsx.writers import write_workbook
from tests.bench_bases import (
    BareBook,
    Commit,
    chained_after,
    commits_of,
    raw_of,
    read_sheet,
    read_sheet_by_core,
    read_workbook,
    trail_head,
    write_commits,
)
from tests.bench_report import Figure, decimal
from tests.bench_school import (
    PUPILS,
    SUBJECT,
    BenchSchools,
    addresses,
    database_of,
    entry_service,
    mark_words,
    year_of_marks,
)
from tests.bench_timing import counted_syncs, elapsed_ms, interleaved, median_ms
from tests.support.record_book import Statements
from tests.support.school import TestSchool
from ui.models.mark_grid_model import MarkGridModel

OPENINGS, SAVES = 200, 40
FILL_CLASSES = 4
SEVEN = (*(f"HK1.{code}" for code in column_codes(4)), "HK2.tx1")


class Sheet:
    """One sheet of an open school with its teacher and service."""

    def __init__(self, school: TestSchool, subject: str = SUBJECT) -> None:
        self.school = school
        self.id = SheetId(school.class_id, school.subjects[subject])
        self.teacher: Actor = school.actor(subject)
        self.service: MarkEntry = entry_service(school)
        self.pupils, self.columns = addresses(school, self.id)

    def bound(self) -> BoundMarkSheet:
        """The grid's port."""
        return BoundMarkSheet(self.service, self.teacher, self.id)

    def opened(self) -> MarkGridModel:
        """A new view model with the sheet read into it."""
        model = MarkGridModel(self.bound())
        model.load()
        return model

    def block(self, shift: int) -> dict[CellKey, str]:
        """45 x 7 marks; another `shift`, another mark in every cell."""
        return {
            CellKey(pupil, column): mark_words(3 * row + at + shift, SubjectKind.MARKS)
            for row, pupil in enumerate(self.pupils)
            for at, column in enumerate(SEVEN)
        }

    def bare_block(self, shift: int) -> list[tuple[int, int, int]]:
        """The same block for a base: (assessment, pupil, tenths)."""
        return [
            (self.columns[key.column], key.pupil_id, int(text.replace(",", "")))
            for key, text in self.block(shift).items()
        ]


def open_grid(schools: BenchSchools) -> list[Figure]:
    """Service and new view model against one SELECT on the same connection."""
    with schools.opened(schools.filled) as school:
        sheet, other = Sheet(school), Sheet(school, "khtn")
        writes = 0
        database = database_of(school)

        def warm() -> float:
            sheet.opened()
            return median_ms(lambda _: sheet.opened(), OPENINGS)

        def disturbed() -> float:
            nonlocal writes
            took = []
            for _ in range(SAVES):
                writes += 1
                key = CellKey(other.pupils[writes % PUPILS], "HK1.tx1")
                text = mark_words(writes // PUPILS + writes, SubjectKind.MARKS)
                sheet.service.set_cells(other.teacher, other.id, {key: text}, "key")
                took.append(elapsed_ms(sheet.opened))
            return sorted(took)[len(took) // 2]

        def select_once() -> float:
            with database.engine.connect() as connection:
                raw = raw_of(connection)
                return median_ms(lambda _: read_sheet(raw, sheet.id), OPENINGS)

        def select_by_core() -> float:
            with database.engine.connect() as connection:
                return median_ms(lambda _: read_sheet_by_core(connection, sheet.id), OPENINGS)

        with database.engine.connect() as connection:
            cells = len(read_sheet(raw_of(connection), sheet.id))
        mine, base = interleaved(warm, select_once)
        _, by_core = interleaved(lambda: 1.0, select_by_core)
        after, base_after = interleaved(disturbed, select_once)
        with Statements(school) as asked:
            sheet.opened()
        with Statements(school) as anew:
            entry_service(school).open(sheet.teacher, sheet.id)
    core_ratio = decimal(mine.median / by_core.median, 2)
    return [
        Figure(
            "open_grid",
            "Mở bảng điểm 45 em, cả năm (ấm)",
            mine,
            base,
            5.0,
            (
                f"{cells} ô; nhật ký đứng yên: {len(asked.sql)} câu lệnh kể cả BEGIN; so với "
                f"SELECT qua SQLAlchemy Core ({decimal(by_core.median, 2)} ms): {core_ratio}x",
            ),
        ),
        Figure(
            "open_grid_after_write",
            "Mở bảng điểm sau khi sổ khác vừa ghi",
            after,
            base_after,
            None,
            (f"đọc lại cả sổ: {len(anew.sql)} câu lệnh kể cả BEGIN; trần là của dòng trên",),
        ),
    ]


def save_one(schools: BenchSchools) -> list[Figure]:
    """One typed mark through the view model against one bare commit."""
    with (
        schools.opened(schools.filled) as school,
        schools.bare(schools.filled) as twin,
    ):
        sheet = Sheet(school)
        model = sheet.opened()
        base_book = BareBook(twin, sheet.id)
        turn = 0

        def save(_: int) -> None:
            nonlocal turn
            turn += 1
            assert _typed(model, sheet, turn) is not None

        def save_bare(at: int) -> None:
            pupil = sheet.pupils[at % PUPILS]
            base_book.save([(sheet.columns["HK1.tx1"], pupil, 10 + turn % 90)])

        mine, base = interleaved(
            lambda: median_ms(save, SAVES), lambda: median_ms(save_bare, SAVES)
        )
        with Statements(school) as said:
            save(0)
        base_book.close()
    return [
        Figure(
            "save_mark",
            "Lưu một điểm: luật, ghi, nhật ký, trung bình",
            mine,
            base,
            5.0,
            (
                f"{said.commits} commit, {len(said.sql)} câu lệnh kể cả BEGIN "
                f"({len(said.writes)} câu ghi); {_syncs_a_save(schools)}",
            ),
        )
    ]


def _typed(model: MarkGridModel, sheet: Sheet, turn: int) -> object:
    key = CellKey(sheet.pupils[turn % PUPILS], "HK1.tx1")
    text = mark_words(turn + turn // PUPILS, SubjectKind.MARKS)
    if model.view_of(key).text == text:
        text = "4,5"
    return model.set_cells({key: text}, "key")


def _syncs_a_save(schools: BenchSchools) -> str:
    with counted_syncs() as syncs:
        if syncs is None:
            return "fsync: không đo được trên máy này"
        with schools.opened(schools.filled) as school:
            sheet = Sheet(school)
            model = sheet.opened()
            _typed(model, sheet, 1)
            before = syncs.count
            for turn in range(2, 12):
                assert _typed(model, sheet, turn) is not None
            counted = syncs.count - before
    return f"{counted} fsync trong 10 lần lưu"


def paste(schools: BenchSchools) -> list[Figure]:
    """45 x 7 marks with the wrong-column guard, one commit."""
    with (
        schools.opened(schools.filled) as school,
        schools.bare(schools.filled) as twin,
    ):
        sheet = Sheet(school)
        port = sheet.bound()
        model = MarkGridModel(port)
        model.load()
        base_book = BareBook(twin, sheet.id)
        turn = 0

        def pasted() -> None:
            edits = sheet.block(turn)
            # As Ctrl+V does: the guard is asked first; its answer is the person's to judge.
            port.check_paste(edits)
            assert model.set_cells(edits, "paste") is not None

        def mine_once() -> float:
            nonlocal turn
            turn += 1
            return elapsed_ms(pasted)

        def base_once() -> float:
            cells = sheet.bare_block(turn + 1)
            return elapsed_ms(lambda: base_book.save(cells))

        mine_once()
        base_once()
        mine, base = interleaved(mine_once, base_once, 11)
        turn += 1
        with Statements(school) as said:
            pasted()
        base_book.close()
    note = f"315 ô, {said.commits} commit, {len(said.sql)} câu lệnh kể cả BEGIN"
    return [Figure("paste", "Dán 45 × 7 điểm", mine, base, 3.0, (note,))]


def import_file(schools: BenchSchools, folder: Path) -> list[Figure]:
    """A mark sheet file of one term, from the file to the commit."""
    with (
        schools.opened(schools.filled) as school,
        schools.bare(schools.filled) as twin,
    ):
        sheet = Sheet(school)
        model = sheet.opened()
        files = [_mark_file(school, sheet, folder, shift) for shift in (1, 2)]
        base_book = BareBook(twin, sheet.id)
        turn = 0

        def mine_once() -> float:
            nonlocal turn
            turn += 1
            return elapsed_ms(lambda: _imported(school, sheet, model, files[turn % 2]))

        def base_once() -> float:
            cells = sheet.bare_block(turn + 1)

            def work() -> None:
                read_workbook(files[0])
                base_book.save(cells)

            return elapsed_ms(work)

        mine_once()
        base_once()
        mine, base = interleaved(mine_once, base_once, 7)
        base_book.close()
    note = "45 × (6 điểm + 1 nhận xét); gốc: openpyxl đọc tệp ấy rồi ghi 315 điểm"
    return [Figure("import", "Nhập một tệp bảng điểm 45 × 7", mine, base, 1.5, (note,))]


def _mark_file(school: TestSchool, sheet: Sheet, folder: Path, shift: int) -> Path:
    codes = column_codes(4)
    with school.uow.read() as uow:
        entries = uow.roster.entries(school.class_id)
    lines = [
        MarkLine(
            entry.profile.ministry_code,
            entry.profile.full_name,
            entry.profile.birth_date,
            {
                code: mark_words(3 * row + at + shift, SubjectKind.MARKS)
                for at, code in enumerate(codes)
            },
            remark=f"Nắm vững kiến thức, lần {shift}.",
        )
        for row, entry in enumerate(entries)
    ]
    title = SheetTitle("Trường THCS Đồng Xuân", school.class_name, "2026-2027", "Toán", Term.HK1)
    path = folder / f"bang-diem-{shift}.xlsx"
    path.write_bytes(write_workbook([mark_sheet(title, codes, lines)]))
    return path


def _imported(school: TestSchool, sheet: Sheet, model: MarkGridModel, path: Path) -> None:
    raw = TableFileReader().read(path)[0]
    mapping = guess_mapping(raw, MARK_VOCABULARY)
    with school.uow.read() as uow:
        roll = [
            SheetPupil(
                entry.pupil_id,
                entry.profile.full_name,
                entry.profile.ministry_code,
                entry.profile.birth_date,
                entry.left_on is not None,
            )
            for entry in uow.roster.entries(sheet.id.class_id)
        ]
    wanted = MarkBook(tuple(column_codes(4)), SubjectKind.MARKS, school.class_name)
    draft = analyse_mark_sheet(raw, mapping, roll, wanted)
    edits = _edits(draft.cells, draft.remarks)
    assert len(edits) == PUPILS * 7, draft.problems
    assert model.set_cells(edits, "import") is not None


def _edits(
    cells: Mapping[tuple[PupilId, str], str], remarks: Mapping[PupilId, str]
) -> dict[CellKey, str]:
    edits = {CellKey(pupil, f"HK1.{code}"): text for (pupil, code), text in cells.items()}
    edits.update({CellKey(pupil, "HK1.comment"): text for pupil, text in remarks.items()})
    return edits


def fill_year(schools: BenchSchools) -> list[Figure]:
    """Every sheet and term of four classes from empty, one commit each."""
    commits: list[Commit] = []
    classes = min(FILL_CLASSES, schools.classes)

    def mine_once() -> float:
        with schools.opened(schools.empty) as school:
            work = year_of_marks(school, classes)
            service = entry_service(school)
            with database_of(school).engine.connect() as connection:
                last, _ = trail_head(connection)

            def fill() -> None:
                for sheet, _, teacher, edits in work:
                    # The teacher opens the sheet before typing into it.
                    service.open(teacher, sheet)
                    service.set_cells(teacher, sheet, edits, "paste")

            took = elapsed_ms(fill)
            with database_of(school).engine.connect() as connection:
                commits[:] = commits_of(connection, last + 1)
            return took

    def base_once() -> float:
        with schools.bare(schools.empty) as database:
            with database.engine.connect() as connection:
                rows = chained_after(connection, commits)
            return elapsed_ms(lambda: write_commits(database.writer, rows))

    mine_once()
    mine, base = interleaved(mine_once, base_once)
    cells = sum(len(marks) for marks, _, _ in commits)
    note = (
        f"thu nhỏ: {classes} lớp × {PUPILS} em, {cells} điểm có nhật ký, {len(commits)} commit "
        f"mỗi bên; ta {decimal(mine.median / cells * 1000, 0)} µs một điểm"
    )
    return [Figure("fill_year", "Ghi cả năm, từng sổ một", mine, base, 4.0, (note,))]
