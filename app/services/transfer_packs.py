"""Gói chuyển trường: a numbered paper of a pupil's results to date, with its data beside it.

A pupil who changes school takes along what this school has recorded (M115); the receiving school
types it as điểm trường cũ or reads the workbook.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.actor import Actor
from app.changes import CommandResult
from app.clock import Clock
from app.domain.attendance import ClassAttendance
from app.domain.ids import ClassId, PrintRunId, PupilId
from app.domain.mark_columns import ColumnRole, joined
from app.domain.marks import cell_text, value_text
from app.domain.movements import NO_PAPER, MovementKind
from app.domain.periods import Term, period_of
from app.domain.print_runs import TRANSFER_PACK
from app.domain.pupils import RosterEntry
from app.domain.school import School
from app.domain.subjects import Subject
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.presses import PaperPress, PlainTable, TablePress
from app.readmodels.primary_transfer import PrimaryTransferPack
from app.readmodels.transfer_pack import PackSubject, PackTerm, TransferPack, transfer_pack_digest
from app.regulations.base import PupilResults
from app.regulations.registry import circular
from app.services.book_assembly import book_people, school_lines
from app.services.class_results import ClassFacts, load_class
from app.services.primary_transfer import primary_pack, primary_tables
from app.services.print_keeping import keep_run, official_run, official_stamp
from app.services.printing import PRINTERS
from app.services.roster import find_entry
from app.services.standing import require_standing
from app.text import date_vn

DATA_FILE = "ket-qua-hoc-sinh.xlsx"
_WHAT = "in gói chuyển trường"


class TransferPacks:
    """Prints packs and gives back their data."""

    def __init__(
        self, uows: UowFactory, clock: Clock, press: PaperPress, tables: TablePress
    ) -> None:
        self._uows = uows
        self._clock = clock
        self._press = press
        self._tables = tables

    def print(self, actor: Actor, class_id: ClassId, pupil_id: PupilId) -> CommandResult:
        """One numbered run for a pupil written down as leaving; the payload is `Printed`."""
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), _WHAT, *PRINTERS)
            klass = uow.school.class_(class_id)
            entry = find_entry(uow, klass, pupil_id)
            if entry.left_on is None:
                raise RuleRefused(
                    "pupil_present",
                    f"{entry.profile.full_name} đang học lớp {klass.name} nên chưa có gói chuyển "
                    "trường; hãy ghi rời lớp, chuyển trường đi trước.",
                )
            facts = load_class(uow, class_id)
            pack = assemble_pack(uow, facts, entry, self._clock.today())
            year_id = klass.school_year_id
            stamp = official_stamp(uow, year_id, transfer_pack_digest(pack), self._clock.now())
            pdf = self._press.transfer_pack(pack, stamp)
            title = f"Gói chuyển trường của {pack.name}, lớp {pack.class_name}"
            run = official_run(actor, year_id, TRANSFER_PACK, title, stamp, pdf, class_id=class_id)
            data = self._tables.workbook(pack_tables(pack), title)
            return keep_run(uow, actor, run, pdf, {DATA_FILE: data})

    def data(self, run_id: PrintRunId) -> bytes:
        """The workbook kept beside a run."""
        with self._uows.read() as uow:
            return uow.prints.files(run_id)[DATA_FILE]


def assemble_pack(
    uow: UnitOfWork, facts: ClassFacts, entry: RosterEntry, today: date
) -> TransferPack:
    """What stands in the book of the pupil up to the day of leaving."""
    pack = _about(uow, facts, entry, today)
    closes = uow.control.class_locks(facts.klass.id).closes
    if facts.primary is not None:
        return primary_pack(pack, facts, facts.primary, entry, frozenset(closes))
    results = facts.regulation.results(facts.pupil_year(entry.pupil_id))
    return replace(
        pack,
        terms=tuple(
            _term(facts, entry.pupil_id, results, term, closed=period_of(term) in closes)
            for term in Term
            if _has_anything(facts, entry.pupil_id, term)
        ),
    )


def _about(uow: UnitOfWork, facts: ClassFacts, entry: RosterEntry, today: date) -> TransferPack:
    """The pupil, the class and where the pupil goes; no results yet."""
    school = uow.school.get() or School("", "thcs", "", "", "")
    people = book_people(uow, facts, today)
    steps = uow.pupils.movements_of(entry.pupil_id)
    away = [step for step in steps if step.kind is MovementKind.TRANSFER_OUT]
    paper = away[-1].paper if away else NO_PAPER
    profile, rules = entry.profile, circular(facts.klass.regulation)
    return TransferPack(
        school=school_lines(school),
        number="",
        day=today.day,
        month=today.month,
        year=today.year,
        name=profile.full_name,
        birth_date=date_vn(profile.birth_date),
        sex=profile.sex,
        birthplace=profile.birthplace,
        ministry_code=profile.ministry_code,
        class_name=facts.klass.name,
        school_year=facts.year.name.replace("-", "–"),
        circular=rules.number,
        joined=date_vn(entry.joined_on),
        left=date_vn(entry.left_on),
        new_school=paper.school,
        document=paper.document,
        reason=away[-1].reason if away else entry.left_reason,
        terms=(),
        homeroom_teacher=people.homeroom,
        principal=people.principal,
        learning_word=rules.learning_word,
        conduct_word=rules.conduct_word,
        book_name=rules.book_name,
    )


def pack_tables(pack: TransferPack) -> list[PlainTable]:
    """The same facts as plain tables: one of the pupil, one a term."""
    about = [
        ("Họ và tên", pack.name),
        ("Ngày sinh", pack.birth_date),
        ("Giới tính", pack.sex),
        ("Nơi sinh", pack.birthplace),
        ("Mã định danh Bộ GD&ĐT", pack.ministry_code),
        ("Trường", pack.school.name),
        ("Lớp", pack.class_name),
        ("Năm học", pack.school_year),
        ("Thông tư", pack.circular),
        ("Rời lớp", pack.left),
        ("Trường đến", pack.new_school),
        ("Giấy tờ", pack.document),
    ]
    tables = [PlainTable("Học sinh", [["Mục", "Nội dung"], *([a, b] for a, b in about)])]
    if isinstance(pack, PrimaryTransferPack):
        return [*tables, *primary_tables(pack)]
    for term in pack.terms:
        rows: list[list[str | int | None]] = [["Môn học", *pack.test_heads, "Kết quả", "Nhận xét"]]
        rows += [
            [s.name, s.regular, s.midterm, s.final, s.result, s.comment] for s in term.subjects
        ]
        rows += [
            [pack.learning_label, "", "", "", term.learning, ""],
            [pack.conduct_label, "", "", "", term.conduct, term.comment],
            ["Buổi nghỉ có phép", "", "", "", term.excused, ""],
            ["Buổi nghỉ không phép", "", "", "", term.unexcused, ""],
        ]
        tables.append(PlainTable(term.title, rows))
    return tables


def _has_anything(facts: ClassFacts, pupil: PupilId, term: Term) -> bool:
    columns = {a.id for a in facts.assessments if a.term is term}
    return any(who == pupil and column in columns for column, who in facts.cells) or (
        (pupil, term) in facts.conduct
    )


def _term(
    facts: ClassFacts, pupil: PupilId, results: PupilResults, term: Term, *, closed: bool
) -> PackTerm:
    subjects = [
        _subject(facts, at, subject, pupil, results, term)
        for at, subject in enumerate(facts.subjects)
        if term in subject.terms
    ]
    learning = results.learning_hk1 if term is Term.HK1 else results.learning_hk2
    row = facts.conduct.get((pupil, term))
    days = _days(facts.attendance, pupil, term)
    if days is None and row is not None:
        days = (row.excused, row.unexcused)
    excused, unexcused = ("" if n is None else str(n) for n in days or (None, None))
    return PackTerm(
        term.label,
        closed,
        tuple(subjects),
        "" if learning is None else learning.final,
        "" if row is None else row.level,
        "" if row is None else row.comment,
        excused,
        unexcused,
    )


def _days(
    attendance: ClassAttendance | None, pupil: PupilId, term: Term
) -> tuple[int | None, int | None] | None:
    """Counted day by day where the class does so, whatever months are declared."""
    if attendance is None or term not in attendance.kept:
        return None
    return attendance.count(pupil, term)


def _subject(
    facts: ClassFacts,
    at: int,
    subject: Subject,
    pupil: PupilId,
    results: PupilResults,
    term: Term,
) -> PackSubject:
    texts: dict[str, str] = {}
    for column in facts.assessments:
        if (column.subject_id, column.term) == (subject.id, term):
            stored = facts.cells.get((column.id, pupil))
            texts[column.code] = "" if stored is None else cell_text(stored.cell, subject.kind)
    found = results.subjects[at]
    value = found.hk1 if term is Term.HK1 else found.hk2
    return PackSubject(
        subject.name,
        joined(texts, ColumnRole.REGULAR),
        joined(texts, ColumnRole.PERIODIC),
        joined(texts, ColumnRole.FINAL),
        "" if value is None else value_text(value, subject.kind),
        facts.comments.get((subject.id, term, pupil), ""),
    )
