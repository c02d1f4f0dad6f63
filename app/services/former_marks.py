"""Điểm trường cũ: a term's marks, or a kỳ's levels, of a pupil from another school or class (M182).

Marks belong to the subject teacher, but these are a paper's, and văn thư keeps the paper: the
office enters them with school, document and whoever signed it, in one command, and every cell says
so for good. Only empty cells are filled; the subject teacher, or a case, changes one afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.accounts import refuse_too_long
from app.domain.ids import ClassId, PupilId, SubjectId
from app.domain.marks import (
    EMPTY,
    CellState,
    MarkCell,
    cell_text,
    parse_entry,
    trail_text,
)
from app.domain.movements import MovementKind
from app.domain.periods import EntryTerm, period_of
from app.domain.pupils import RosterEntry
from app.domain.school import SchoolClass
from app.domain.subjects import Subject, SubjectKind, column_title, column_words
from app.domain.trail import CellChange, TrailDraft
from app.errors import AppError, RuleRefused
from app.ports import Assessment, StoredMark, UnitOfWork, UowFactory
from app.readmodels.former_marks import FormerCell, FormerMarksForm, FormerSubject
from app.regulations.primary_columns import LEVEL_CODE
from app.services.carried_marks import carry_marks
from app.services.roster import EDITORS, MARK_WRITERS, find_entry
from app.services.roster_rules import refuse_sealed
from app.services.sheet_facts import entry_kind
from app.services.standing import require_standing
from app.services.transfer_gate import transfer_stop
from app.text import clean, date_vn

_TOPICS = frozenset({Topic.MARKS, Topic.RESULTS, Topic.CONDUCT, Topic.TRAIL})
_LIMIT = 200
_WHAT = "ghi điểm trường cũ"

CellOf = tuple[SubjectId, str]
"""Subject and column code ("tx1", "gk", "ck")."""


@dataclass(frozen=True, slots=True)
class FormerSchool:
    """Where the marks come from: school, document (number, day), and who signed it."""

    school: str
    document: str
    signer: str

    @property
    def source(self) -> str:
        """As each cell keeps it."""
        return f"{self.school}; {self.document}; {self.signer} ký"


class FormerMarks:
    """Shows and fills the term of one pupil."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def form(
        self, actor: Actor, class_id: ClassId, pupil_id: PupilId, term: EntryTerm
    ) -> FormerMarksForm:
        """The term's columns of the pupil: what stands there and what may be typed."""
        require(actor, _WHAT, *MARK_WRITERS)
        with self._uows.read() as uow:
            require_standing(uow, actor, self._clock.today(), _WHAT, *MARK_WRITERS)
            klass = uow.school.class_(class_id)
            entry = _present(uow, klass, pupil_id)
            locks = uow.control.class_locks(class_id)
            columns = [a for a in uow.marks.assessments(class_id) if a.term is term]
            stored = {m.assessment_id: m.cell for m in uow.marks.cells(class_id, None, [pupil_id])}
            subjects = uow.school.subjects(class_id)
            came = [
                m for m in uow.pupils.movements_of(pupil_id) if m.kind is MovementKind.TRANSFER_IN
            ]
        today = self._clock.today()
        rows = []
        for subject in subjects:
            cells = []
            for column in (c for c in columns if c.subject_id == subject.id):
                kind = subject.kind_of(column.code)
                if kind is SubjectKind.FLAGS:
                    # What this school alone decides of: khen thưởng of the year.
                    continue
                cell = stored.get(column.id, EMPTY)
                stop = transfer_stop(locks, term, subject.id, column.id, today)
                why = "đã có điểm" if cell.state is not CellState.EMPTY else ""
                cells.append(
                    FormerCell(
                        column.code,
                        column_title(column.code),
                        cell_text(cell, kind),
                        stop.sentence if stop is not None else why,
                    )
                )
            rows += _lines(subject, cells)
        paper = came[-1].paper if came else None
        return FormerMarksForm(
            class_id,
            klass.name,
            pupil_id,
            entry.profile.full_name,
            term,
            tuple(rows),
            paper.school if paper else "",
            paper.document if paper else "",
        )

    def enter(
        self,
        actor: Actor,
        class_id: ClassId,
        pupil_id: PupilId,
        term: EntryTerm,
        origin: FormerSchool,
        texts: Mapping[CellOf, str],
    ) -> CommandResult:
        """Write the typed cells as TRANSFERRED, all of them or none; `payload` is their number.

        A refusal of cells carries `facts["cells"]`: CellOf -> sentence.
        """
        require(actor, _WHAT, *MARK_WRITERS)
        known = _clean_origin(origin)
        now = self._clock.now()
        typed = {key: text for key, text in texts.items() if clean(text)}
        if not typed:
            raise RuleRefused(
                "nothing_typed", "Chưa gõ điểm nào; hãy gõ điểm theo giấy của trường cũ."
            )
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), _WHAT, *MARK_WRITERS)
            klass = uow.school.class_(class_id)
            refuse_sealed(uow, klass)
            entry = _present(uow, klass, pupil_id)
            marks, changes = self._checked(uow, klass, entry, term, known, typed)
            uow.marks.put(marks)
            uow.proofs.void({m.assessment_id for m in marks}, now, "Ghi điểm trường cũ")
            for subject_id in {subject for subject, _ in typed}:
                uow.control.void_confirmations(
                    class_id, subject_id, period_of(term), now, "Ghi điểm trường cũ"
                )
            detail = {
                "class": klass.name,
                "pupil": pupil_id,
                "name": entry.profile.full_name,
                "term": term.value,
                "school": known.school,
                "document": known.document,
                "signer": known.signer,
            }
            draft = TrailDraft("marks.former", detail, class_id, None, changes)
            seq = uow.trail.append(draft, actor, now)
            uow.commit()
        summary = f"Đã ghi {len(changes)} ô điểm trường cũ của {entry.profile.full_name}"
        return CommandResult(_TOPICS, seq, summary, class_id, len(changes))

    def carry(
        self, actor: Actor, from_class: ClassId, to_class: ClassId, pupil_id: PupilId
    ) -> CommandResult:
        """Chép điểm lớp cũ: once more after a move, for what was closed then; `payload` Carried."""
        what = "chép điểm lớp cũ"
        require(actor, what, *EDITORS)
        now = self._clock.now()
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), what, *EDITORS)
            old, new = uow.school.class_(from_class), uow.school.class_(to_class)
            refuse_sealed(uow, new)
            entry = _present(uow, new, pupil_id)
            gone = find_entry(uow, old, pupil_id)
            name = entry.profile.full_name
            if gone.left_on is None or old.id == new.id:
                raise RuleRefused(
                    "not_moved",
                    f"{name} không chuyển từ lớp {old.name} sang lớp {new.name} nên không có gì "
                    "để chép; hãy dùng Chuyển lớp trước.",
                )
            carried = carry_marks(uow, self._clock.today(), now, old, new, gone, gone.left_on)
            if carried.is_empty:
                raise RuleRefused(
                    "nothing_carried",
                    f"Không có ô nào của {name} chép được từ lớp {old.name}"
                    f"{carried.held_words or ', lớp ' + new.name + ' đã có đủ'}.",
                )
            detail = {"class": new.name, "from": old.name, "pupil": pupil_id, "name": name}
            draft = TrailDraft(
                "marks.carried", detail | carried.detail, to_class, None, carried.cells
            )
            seq = uow.trail.append(draft, actor, now)
            uow.commit()
        return CommandResult(_TOPICS, seq, f"{name}{carried.words}", to_class, carried)

    def _checked(
        self,
        uow: UnitOfWork,
        klass: SchoolClass,
        entry: RosterEntry,
        term: EntryTerm,
        origin: FormerSchool,
        typed: Mapping[CellOf, str],
    ) -> tuple[list[StoredMark], list[CellChange]]:
        subjects = {subject.id: subject for subject in uow.school.subjects(klass.id)}
        columns: dict[CellOf, Assessment] = {
            (a.subject_id, a.code): a for a in uow.marks.assessments(klass.id) if a.term is term
        }
        stored = {m.assessment_id: m for m in uow.marks.cells(klass.id, None, [entry.pupil_id])}
        locks = uow.control.class_locks(klass.id)
        today = self._clock.today()
        refused: dict[CellOf, str] = {}
        marks: list[StoredMark] = []
        changes: list[CellChange] = []
        for key, text in typed.items():
            subject, column = subjects.get(key[0]), columns.get(key)
            if subject is None or column is None:
                refused[key] = f"Lớp {klass.name} không có cột này ở {term.words}."
                continue
            where = f"{subject.name}, {column_words(key[1])}"
            kind = subject.kind_of(key[1])
            if kind is SubjectKind.FLAGS:
                refused[key] = f"{where}: việc khen thưởng do trường này xét, không ghi theo giấy."
                continue
            stop = transfer_stop(locks, term, subject.id, column.id, today)
            before = stored.get(column.id)
            if stop is not None:
                refused[key] = f"{where}: {stop.sentence}"
                continue
            if before is not None and before.cell.state is not CellState.EMPTY:
                standing = cell_text(before.cell, kind)
                refused[key] = (
                    f"{where}: ô đã có {standing}; chỉ ghi vào ô trống, muốn đổi thì giáo viên bộ "
                    "môn sửa hoặc lập hồ sơ sửa điểm."
                )
                continue
            try:
                value = parse_entry(text, entry_kind(klass.regulation, subject, key[1])).value
            except AppError as error:
                refused[key] = f"{where}: {error.sentence}"
                continue
            cell = MarkCell(CellState.TRANSFERRED, value, origin.source)
            marks.append(StoredMark(column.id, entry.pupil_id, cell))
            new = trail_text(cell, kind)
            changes.append(CellChange(entry.pupil_id, column.id, "", new))
        if refused:
            shown = " ".join(list(refused.values())[:3])
            more = f" Và {len(refused) - 3} ô khác." if len(refused) > 3 else ""
            raise RuleRefused("cells_refused", f"Chưa ghi ô nào: {shown}{more}", cells=refused)
        return marks, changes


def _lines(subject: Subject, cells: list[FormerCell]) -> list[FormerSubject]:
    """One line a subject; phẩm chất and năng lực have one each, as the paper lists them."""
    if subject.kind is not SubjectKind.TRAITS:
        return (
            [FormerSubject(subject.id, subject.name, subject.kind, tuple(cells))] if cells else []
        )
    title = column_title(LEVEL_CODE)
    return [
        FormerSubject(subject.id, cell.title, subject.kind, (replace(cell, title=title),))
        for cell in cells
    ]


def _present(uow: UnitOfWork, klass: SchoolClass, pupil_id: PupilId) -> RosterEntry:
    entry = find_entry(uow, klass, pupil_id)
    if entry.left_on is not None:
        raise RuleRefused(
            "pupil_left",
            f"{entry.profile.full_name} đã rời lớp {klass.name} ngày {date_vn(entry.left_on)} nên "
            "không ghi điểm được.",
        )
    return entry


def _clean_origin(origin: FormerSchool) -> FormerSchool:
    known = FormerSchool(clean(origin.school), clean(origin.document), clean(origin.signer))
    for field, text, words in (
        ("school", known.school, "Tên trường cũ"),
        ("document", known.document, "Giấy tờ kèm theo"),
        ("signer", known.signer, "Người ký giấy"),
    ):
        if not text:
            raise RuleRefused(
                "origin_missing",
                f"{words} còn trống nên chưa ghi điểm; điểm trường cũ phải nói rõ trường, giấy tờ "
                "và người ký.",
                field=field,
            )
        refuse_too_long(text, words, _LIMIT)
    return known
