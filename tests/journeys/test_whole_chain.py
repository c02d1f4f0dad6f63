"""The whole chain over the real services and the sample files: from Excel to a verified medium.

Every link is read back by other means than it was written with: averages by hand from the Excel
cells, the book as PDF text, the medium as CSV and by its own verifier.
"""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.domain.marks import CellState
from app.domain.periods import Period, Term
from app.errors import AppError, RuleRefused
from app.importing.fields import ROSTER_VOCABULARY
from app.importing.header_finder import guess_mapping
from app.importing.roster import analyse_roster
from app.media import VerifyVerdict
from app.readmodels.class_book import BookScope
from app.readmodels.mark_sheet import CellKey, CellView, MarkSheetView
from app.services.printing import Printing
from app.services.roster_import import RosterImport
from app.services.sealing import Sealing
from app.services.trail_review import TrailReview
from exports.press import Paper, Tables
from exports.seal.bag import write_bag
from exports.seal.checker import check_bag
from exports.seal.drives_folder import FolderDrives
from exports.xlsx.reader import TableFileReader
from tests.exports.pdf_reading import all_text
from tests.support.record_book import RecordBook, book
from tests.support.school import make_school
from tests.support.year_end import settle
from ui.pages.marks_import.flow import MarksImportFlow

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
WITNESSES = ["Phạm Thị Hồng Nhung", "Đỗ Quang Huy"]


@dataclass
class Story:
    """The school, and what its people held in their hands."""

    kept: RecordBook
    folder: Path
    names: list[str] = field(default_factory=list)

    def view(self, subject: str) -> MarkSheetView:
        return self.kept.marks.open(self.kept.school.actor(subject), self.kept.sheet(subject))

    def shown(self, subject: str, column: str) -> list[str]:
        view = self.view(subject)
        at = next(n for n, one in enumerate(view.columns) if one.key == column)
        return [cells[at].text for cells in view.cells]


def import_roster(story: Story) -> None:
    school = story.kept.school
    secretary = school.actor("secretary")
    importer = RosterImport(school.uow, school.clock)
    source = SAMPLES / "danh-sach-lop-6A.xlsx"
    sheet = TableFileReader().read(source)[0]
    mapping = guess_mapping(sheet, ROSTER_VOCABULARY)
    draft = analyse_roster(sheet, mapping, importer.context(school.class_id))
    diff = importer.compare(secretary, school.class_id, draft)
    importer.accept(secretary, school.class_id, diff, source=source.name)
    school.rosters.freeze(secretary, school.class_id)
    lines = school.rosters.view(secretary, school.class_id).lines
    school.pupils = [line.pupil_id for line in lines]
    story.names = [line.profile.full_name for line in lines]


def for_this_year(name: str, folder: Path) -> Path:
    """The sample with the school year of its title set to the test school's."""
    workbook = load_workbook(SAMPLES / name)
    for sheet in workbook:
        for row in sheet.iter_rows(max_row=8):
            for cell in row:
                if isinstance(cell.value, str) and "2025" in cell.value:
                    cell.value = cell.value.replace("2026", "2027").replace("2025", "2026")
    path = folder / name
    workbook.save(path)
    return path


def import_marks(story: Story, subject: str, path: Path) -> int:
    """As the wizard does it: read, guess, check, compare, write as one gesture."""
    kept, school = story.kept, story.kept.school
    view = story.view(subject)
    cells = {
        CellKey(row.pupil_id, column.key): cell
        for row, line in zip(view.rows, view.cells, strict=True)
        for column, cell in zip(view.columns, line, strict=True)
    }

    def held(key: CellKey) -> CellView:
        return cells[key]

    roster = school.rosters.view(school.actor("secretary"), school.class_id)
    flow = MarksImportFlow(lambda: view, held, roster, Term.HK1)
    flow.take(TableFileReader().read(path), path)
    draft = flow.check()
    assert draft.bad_rows == frozenset()
    edits = flow.edits(school.pupils, replace=False)
    kept.marks.set_cells(school.actor(subject), kept.sheet(subject), edits, "import")
    return len(edits)


def complete_term_one(story: Story) -> None:
    """Other teachers type their blocks; Toán gets what its file lacks, Rèn luyện its levels."""
    kept, school = story.kept, story.kept.school
    maths = story.view("toan")
    empty = {
        CellKey(row.pupil_id, column.key): "6,0"
        for row, line in zip(maths.rows, maths.cells, strict=True)
        for column, cell in zip(maths.columns, line, strict=True)
        if column.term is Term.HK1 and not column.is_comment and cell.editable and not cell.text
    }
    actor, sheet = school.actor("toan"), kept.sheet("toan")
    absent = next(iter(empty))
    kept.marks.set_cells(actor, sheet, {k: v for k, v in empty.items() if k != absent}, "key")
    kept.marks.set_state(actor, sheet, [absent], CellState.ZERO_ABSENT, "bỏ tiết kiểm tra")
    rest = {code: s for code, s in school.subjects.items() if code not in ("toan", "tin_hoc")}
    every, school.subjects = school.subjects, rest
    kept.fill(Term.HK1)
    school.subjects = every


def tenths(text: str) -> int:
    return round(float(text.replace(",", ".")) * 10)


def average(texts: list[str], factors: list[int]) -> str:
    """TT22/2021 Điều 9 khoản 1 by hand: tx once, gk twice, ck three times, half up to a tenth."""
    total = sum(tenths(text) * factor for text, factor in zip(texts, factors, strict=True))
    value = (2 * total + sum(factors)) // (2 * sum(factors))
    return f"{value // 10},{value % 10}"


def read_csv(path: Path) -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.fixture
def story(tmp_path) -> Story:
    for name in ("school", "drive", "excel"):
        (tmp_path / name).mkdir()
    return Story(book(make_school(tmp_path / "school", pupils=0)), tmp_path)


def test_from_an_excel_roster_to_a_medium_that_verifies(story):
    kept, school, folder = story.kept, story.kept.school, story.folder

    # Excel: the roster, then two teachers' mark sheets; another year's file is refused.
    import_roster(story)
    assert len(story.names) == 45
    with pytest.raises(RuleRefused, match=r"2025-2026.*chưa nhận"):
        import_marks(story, "toan", SAMPLES / "bang-diem-toan-hk1-6A.xlsx")
    assert story.view("toan").version == story.view("tin_hoc").version
    name = "bang-diem-toan-hk1-6A.xlsx"
    maths_file = for_this_year(name, folder / "excel")
    assert import_marks(story, "toan", maths_file) > 250
    computing = for_this_year("bang-diem-tin-hoc-hk1-6A.xlsx", folder / "excel")
    assert import_marks(story, "tin_hoc", computing) == 180

    # Results: every average of Toán by hand from what the sheet shows.
    complete_term_one(story)
    codes = ("tx1", "tx2", "tx3", "tx4", "gk", "ck")
    columns = [story.shown("toan", f"HK1.{code}") for code in codes]
    by_hand = [average(list(row), [1, 1, 1, 1, 2, 3]) for row in zip(*columns, strict=True)]
    assert story.shown("toan", "HK1.avg") == by_hand

    # Close: from here on only a case changes a mark.
    kept.close(Period.HK1)
    old = story.shown("toan", "HK1.gk")[1]
    new = "9,5" if old != "9,5" else "8,5"
    with pytest.raises(AppError) as locked:
        kept.enter("toan", {(1, "HK1.gk"): new})
    assert "hồ sơ sửa điểm" in locked.value.sentence
    case = kept.registered("toan", {(1, "HK1.gk"): new})
    kept.cases.check(school.actor("ngu_van"), case.id, "khớp")
    kept.cases.approve(school.signer("principal"), case.id, WITNESSES)
    kept.cases.apply(school.actor("toan"), case.id)
    assert story.shown("toan", "HK1.gk")[1] == new
    first = [column[1] for column in columns[:4]] + [new, columns[5][1]]
    assert story.shown("toan", "HK1.avg")[1] == average(first, [1, 1, 1, 1, 2, 3])

    # The year: second term, close, lists, papers.
    kept.fill(Term.HK2)
    kept.close(Period.HK2)
    settle(school)
    printing = Printing(school.uow, school.clock, Paper(), Tables())
    secretary = school.actor("secretary")
    minutes = all_text(printing.print_correction_minutes(secretary, case.id).payload.pdf)
    assert all(word in " ".join(minutes) for word in (story.names[1], old, new, *WITNESSES))
    printed = printing.print_class_book(secretary, school.class_id, BookScope.YEAR).payload
    pages = all_text(printed.pdf)
    maths = next(page for page in pages if "Môn: Toán" in page and "HỌC KÌ I " in page)
    assert all(name in maths for name in story.names)
    assert story.shown("toan", "HK1.avg")[1] in maths

    # Seal and verify; then the medium alone tells the same story.
    sealing = Sealing(school.uow, school.clock, FolderDrives(), write_bag, Tables(), school.path)
    assert sealing.readiness(school.year_id).problems == ()
    people = ("; ".join(WITNESSES), "Trần Thị Mai")
    signer = school.signer("principal")
    sealed = sealing.seal(signer, school.year_id, folder / "drive", *people).payload
    bag = sealed.report.path
    assert check_bag(bag, sealed.record.fingerprint).verdict is VerifyVerdict.INTACT
    rows = read_csv(bag / "data" / "lop-6a" / "csv" / "hk1-toan.csv")
    assert [row["Họ và tên"] for row in rows] == story.names
    assert [row["GK"] for row in rows] == story.shown("toan", "HK1.gk")
    assert [row["Học kì"] for row in rows] == story.shown("toan", "HK1.avg")
    (record,) = read_csv(bag / "data" / "sua-diem" / "ho-so.csv")
    assert (record["cu"], record["moi"], record["buoc"]) == (old, new, "Đã sửa, đã khóa lại")
    in_bag = {hashlib.sha256(pdf.read_bytes()).hexdigest() for pdf in bag.rglob("*.pdf")}
    assert printed.run.file_digest in in_bag

    # One flipped bit is named; the file opens again with its chain whole.
    victim = bag / "data" / "lop-6a" / "csv" / "hk1-toan.csv"
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 1
    victim.write_bytes(bytes(content))
    verdict = check_bag(bag)
    assert verdict.verdict is VerifyVerdict.DAMAGED
    assert [file for file, _ in verdict.problems] == ["data/lop-6a/csv/hk1-toan.csv"]
    school.close()
    school.reopen("principal")
    assert TrailReview(school.uow).check(school.actor("principal")).problem == ""
