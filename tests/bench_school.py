"""The school the bench measures on: classes of 45 pupils, a whole year of marks, real files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

from app.actor import Actor
from app.domain.ids import AssessmentId, ClassId, PupilId
from app.domain.periods import Period, Term
from app.domain.subjects import SubjectKind
from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.mark_entry import MarkEntry
from app.services.sheet_facts import load_sheet
from db.engine import Database
from db.school_files import SchoolFilesOnDisk
from tests.support.record_book import RecordBook, book
from tests.support.school import CHEAP, PASSWORD, TEACHERS, TestSchool, make_school

PUPILS = 45
CLASSES = 8
CLASS_NAMES = tuple(f"6{letter}" for letter in "ABCDEFGH")
SUBJECT = "toan"
"""The subject whose single sheet is measured: marks, four regular columns a term."""

_TENTHS = (88, 75, 60, 95, 70, 65, 85, 50, 78, 93, 45, 68, 81, 55, 100, 73, 62, 87, 58, 90, 35)
_COMMENTS = (
    "Nắm vững kiến thức, trình bày rõ ràng, lập luận tốt.",
    "Có tiến bộ; cần luyện thêm phần vận dụng.",
    "Chăm chỉ, hăng hái phát biểu xây dựng bài.",
)


def mark_words(number: int, kind: SubjectKind) -> str:
    """A plausible mark; neighbours differ."""
    if kind is SubjectKind.COMMENTS:
        return "CĐ" if number % 17 == 0 else "Đ"
    tenths = _TENTHS[number % len(_TENTHS)]
    return f"{tenths // 10},{tenths % 10}"


def database_of(school: TestSchool) -> Database:
    """The open encrypted file behind the school's units of work."""
    return school.session.uow._database


class BenchSchools:
    """Closed school files made once, and fresh open copies of them."""

    def __init__(self, folder: Path, classes: int = CLASSES) -> None:
        self._folder = folder
        self.classes = classes
        self._copies = 0

    @cached_property
    def empty(self) -> TestSchool:
        """Everything but marks: rosters, teachers, both entry windows. Closed."""
        folder = self._new_folder()
        school = make_school(folder, pupils=PUPILS)
        for number, name in enumerate(CLASS_NAMES[1 : self.classes], 1):
            school.add_class(name, pupils=PUPILS, first=1000 * number)
            rows = [f"{name};GVCN;{TEACHERS['toan']}"]
            rows += [
                f"{name};{subject.name};{TEACHERS[subject.code]}"
                for subject in school.setup.subjects(school.class_id)
            ]
            school.assignments.accept_pasted(
                school.actor("principal"), school.year_id, "\n".join(rows), date(2026, 8, 1)
            )
        book(school)
        school.close()
        return school

    @cached_property
    def filled(self) -> TestSchool:
        """A whole year of marks, comments and rèn luyện in every class. Closed."""
        school = self._open(self.empty)
        record = RecordBook(school)
        for sheet, term, teacher, edits in year_of_marks(school, self.classes):
            record.marks.set_cells(teacher, sheet, edits, "paste")
            comments = {
                CellKey(pupil, f"{term}.comment"): _COMMENTS[(n + sheet.subject_id) % 3]
                for n, pupil in enumerate(dict.fromkeys(key.pupil_id for key in edits))
            }
            record.marks.set_cells(teacher, sheet, comments, "fill")
        homeroom = school.actor("homeroom")
        for class_id in class_ids(school, self.classes):
            with school.uow.read() as uow:
                pupils = [entry.pupil_id for entry in uow.roster.entries(class_id)]
            words = (("level", "Tốt"), ("excused", "1"), ("unexcused", "0"))
            conduct = {
                (pupil, f"{term}.{name}"): text
                for pupil in pupils
                for term in Term
                for name, text in (*words, ("comment", _COMMENTS[pupil % 3]))
            }
            record.conduct.set_cells(homeroom, class_id, conduct)
        school.close()
        return school

    @cached_property
    def closed_year(self) -> TestSchool:
        """`filled` with both terms of every class closed and signed. The file is closed too."""
        school = self._open(self.filled)
        record = RecordBook(school)
        signer = school.signer("principal")
        for class_id in class_ids(school, self.classes):
            for period in (Period.HK1, Period.HK2):
                record.confirm(period, class_id)
                record.closing.close(signer, class_id, period, "57/QĐ-THCS")
        school.close()
        return school

    @contextmanager
    def opened(self, template: TestSchool) -> Iterator[TestSchool]:
        """A copy of a closed school with the principal signed in; closed afterwards."""
        school = self._open(template)
        try:
            yield school
        finally:
            school.close()

    @contextmanager
    def bare(self, template: TestSchool) -> Iterator[Database]:
        """A copy's database alone, opened with its key by nobody."""
        school = self._open(template)
        key = database_of(school).key
        school.close()
        database = Database(school.path, key)
        try:
            yield database
        finally:
            database.close()

    def _open(self, template: TestSchool) -> TestSchool:
        folder = self._new_folder()
        for part in template.path.parent.iterdir():
            if part.is_file():
                shutil.copyfile(part, folder / part.name)
        path = folder / template.path.name
        files = SchoolFilesOnDisk(template.clock, cost=CHEAP, floor=CHEAP)
        file = files.open(path)
        session = file.sign_in(template.uids["principal"], PASSWORD)
        return replace(template, path=path, files=files, file=file, session=session)

    def _new_folder(self) -> Path:
        self._copies += 1
        folder = self._folder / f"school-{self._copies}"
        folder.mkdir()
        return folder


def class_ids(school: TestSchool, classes: int) -> list[ClassId]:
    """The first so many classes by name."""
    with school.uow.read() as uow:
        found = sorted(uow.school.classes(school.year_id), key=lambda klass: klass.name)
    return [klass.id for klass in found][:classes]


def year_of_marks(
    school: TestSchool, classes: int
) -> list[tuple[SheetId, Term, Actor, Mapping[CellKey, str]]]:
    """What teachers type in a year, sheet by sheet and term by term, all cells of it."""
    found = []
    teachers = {code: school.actor(code) for code in school.subjects}
    for class_id in class_ids(school, classes):
        for code, subject_id in school.subjects.items():
            sheet = SheetId(class_id, subject_id)
            with school.uow.read() as uow:
                facts = load_sheet(uow, sheet, school.clock.now())
            for term in sorted(facts.subject.terms):
                edits = {
                    CellKey(entry.pupil_id, key): mark_words(3 * row + at, facts.subject.kind)
                    for row, entry in enumerate(facts.entries)
                    for at, key in enumerate(facts.term_codes(term))
                }
                found.append((sheet, term, teachers[code], edits))
    return found


def addresses(school: TestSchool, sheet: SheetId) -> tuple[list[PupilId], dict[str, AssessmentId]]:
    """Pupils and mark columns of a sheet."""
    with school.uow.read() as uow:
        facts = load_sheet(uow, sheet, school.clock.now())
    return (
        [entry.pupil_id for entry in facts.entries],
        {key: column.id for key, column in facts.columns.items()},
    )


def entry_service(school: TestSchool) -> MarkEntry:
    """A mark service of a session that has just begun: nothing kept yet."""
    return MarkEntry(school.uow, school.clock)
