"""One sheet under proof-reading: its cells, ticks and remarks, and who may read or answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from app.actor import Actor
from app.domain.ids import AssessmentId, PupilId
from app.domain.locks import WhyLocked
from app.domain.marks import CellState, cell_text, trail_text
from app.domain.periods import Period, period_of
from app.domain.proof_reading import (
    PROOF_PERIODS,
    CellAt,
    ColumnProof,
    ProofAssignment,
    ProofTick,
    Remark,
    RemarkState,
    proof_words,
    unread,
)
from app.domain.roles import Role
from app.domain.subjects import column_title, column_words
from app.errors import AccessDenied, RuleRefused
from app.ports import Assessment, UnitOfWork
from app.readmodels.mark_sheet import CellKey, SheetId
from app.readmodels.proof_reading import (
    CellProof,
    ProofCell,
    ProofColumn,
    ProofRow,
    ProofSheet,
    RemarkLine,
)
from app.services.sheet_facts import SheetFacts, load_sheet
from app.services.standing import standing


@dataclass(frozen=True, slots=True)
class ProofFacts:
    """A sheet and a period as read in one transaction.

    `texts`: the cells of pupils who are still there, as the trail says them; empty ones are "".
    """

    sheet: SheetFacts
    period: Period
    columns: dict[str, Assessment]
    texts: dict[CellAt, str]
    ticks: tuple[ProofTick, ...]
    proved: dict[AssessmentId, ColumnProof]
    remarks: tuple[Remark, ...]
    assignment: ProofAssignment | None
    teacher: str

    @property
    def name(self) -> str:
        """Subject, class and period, as a refusal names them."""
        at = self.sheet
        return f"{at.subject.name} lớp {at.klass.name}, {proof_words(self.period)}"

    @property
    def filled(self) -> dict[CellAt, str]:
        """Cells that hold something: what has to be read."""
        return {at: text for at, text in self.texts.items() if text}

    @property
    def unread(self) -> list[CellAt]:
        """Cells not yet found right as they read now."""
        return unread(self.filled, self.ticks)

    @property
    def waiting(self) -> dict[CellAt, Remark]:
        """Remarks not resolved, by cell; a cell has one at most."""
        return {
            (r.assessment_id, r.pupil_id): r
            for r in self.remarks
            if r.state is not RemarkState.RESOLVED
        }

    def cell_at(self, key: CellKey) -> CellAt:
        """Where a key of the screen is; refused for a stranger or an unknown column."""
        column = self.columns.get(key.column)
        if column is None or (column.id, key.pupil_id) not in self.texts:
            raise RuleRefused(
                "no_cell",
                f"Không có ô này để kiểm dò ở {self.name}: học sinh đã rời lớp, không học môn này "
                "hoặc cột đã đổi; hãy tải lại trang.",
            )
        return column.id, key.pupil_id

    def column_keys(self) -> dict[AssessmentId, str]:
        """Column key by assessment."""
        return {column.id: key for key, column in self.columns.items()}


def load_proofs(uow: UnitOfWork, sheet: SheetId, period: Period, now: datetime) -> ProofFacts:
    """Everything about one sheet and period; refused for a period that is not proof-read."""
    if period not in PROOF_PERIODS:
        raise RuleRefused(
            "no_such_period",
            f"Không kiểm dò {period.words}; hãy chọn một học kì hoặc kỳ đánh giá trong năm.",
        )
    facts = load_sheet(uow, sheet, now)
    columns = {k: a for k, a in facts.columns.items() if period_of(a.term) is period}
    ids = {a.id for a in columns.values()}
    names = {a.id: a.full_name for a in uow.accounts.all(now.date())}
    return ProofFacts(
        facts,
        period,
        columns,
        {
            (a.id, e.pupil_id): trail_text(
                facts.cell(a.id, e.pupil_id), facts.subject.kind_of(a.code)
            )
            for e in facts.entries
            if facts.awaits(e)
            for a in columns.values()
        },
        tuple(t for t in uow.proofs.ticks(*sheet) if t.assessment_id in ids),
        {p.assessment_id: p for p in uow.proofs.columns(sheet.class_id) if p.assessment_id in ids},
        tuple(
            r for r in uow.proofs.remarks(facts.year.id, sheet.class_id) if r.assessment_id in ids
        ),
        uow.proofs.assignment(sheet, period),
        ", ".join(sorted(names[a] for a in facts.teachers if a in names)),
    )


def owns(actor: Actor, sheet: SheetId) -> bool:
    """Whether it is the person's own sheet or homeroom class, which they never proof-read."""
    return tuple(sheet) in actor.teaches or sheet.class_id in actor.homeroom


def own_sheet(name: str, what: str) -> RuleRefused:
    """The refusal of reading one's own sheet."""
    return RuleRefused(
        "own_sheet",
        f"{name} dạy hoặc chủ nhiệm {what} nên không tự kiểm dò được; hãy phân công người khác.",
    )


def refuse_shut(facts: ProofFacts) -> None:
    """After the close and the seal nothing is proof-read any more."""
    locks = facts.sheet.locks
    if locks.seal is not None or facts.period in locks.closes:
        raise RuleRefused(
            "already_closed",
            f"{facts.name} đã chốt nên không kiểm dò nữa; thấy sai thì giáo viên lập hồ sơ sửa "
            "điểm.",
        )


def reader_refusal(actor: Actor, facts: ProofFacts) -> RuleRefused | AccessDenied | None:
    """Why this person may not proof-read the sheet now."""
    sheet = facts.sheet
    given = facts.assignment
    if given is None or given.reader != actor.account_id or actor.has(Role.INSPECTOR):
        who = "chưa phân công ai" if given is None else f"phân công {given.reader_name}"
        return AccessDenied(
            "not_reader",
            f"{actor.name} không được phân công kiểm dò {facts.name} ({who}) nên chỉ xem; bảng "
            "phân công do ban giám hiệu lập ở trang Kiểm dò.",
        )
    if owns(actor, sheet.sheet):
        return own_sheet(actor.name, f"{sheet.subject.name} lớp {sheet.klass.name}")
    try:
        refuse_shut(facts)
    except RuleRefused as shut:
        return shut
    return None


def read_as_reader(
    uow: UnitOfWork, actor: Actor, sheet: SheetId, period: Period, now: datetime
) -> tuple[Actor, ProofFacts]:
    """The reader with today's rights, and the sheet; refused for others and after the close."""
    person = standing(uow, actor, now.date())
    facts = load_proofs(uow, sheet, period, now)
    refused = reader_refusal(person, facts)
    if refused is not None:
        raise refused
    return person, facts


def proof_view(facts: ProofFacts, actor: Actor) -> ProofSheet:
    """What the check screen shows this person."""
    at = facts.sheet
    refused = reader_refusal(actor, facts)
    unread_cells = frozenset(facts.unread)
    waiting = facts.waiting

    def cell(column: Assessment, pupil: PupilId) -> ProofCell:
        text = cell_text(at.cell(column.id, pupil), at.subject.kind_of(column.code))
        place = (column.id, pupil)
        if place not in facts.texts:
            return ProofCell(text, CellProof.OUT)
        remark = waiting.get(place)
        if remark is not None:
            answered = remark.state is RemarkState.ANSWERED
            state = CellProof.ANSWERED if answered else CellProof.REMARKED
            return ProofCell(text, state, remark.id)
        if not facts.texts[place]:
            return ProofCell(text, CellProof.EMPTY)
        return ProofCell(text, CellProof.UNREAD if place in unread_cells else CellProof.RIGHT)

    return ProofSheet(
        at.sheet,
        at.klass.name,
        at.subject.name,
        facts.period,
        facts.teacher,
        facts.assignment,
        tuple(_column(facts, key, column) for key, column in facts.columns.items()),
        tuple(ProofRow(e.pupil_id, e.position, e.profile.full_name) for e in at.entries),
        tuple(
            tuple(cell(column, e.pupil_id) for column in facts.columns.values()) for e in at.entries
        ),
        remark_lines(facts, actor),
        refused is None,
        "" if refused is None else refused.sentence,
    )


def remark_lines(facts: ProofFacts, actor: Actor) -> tuple[RemarkLine, ...]:
    """The remarks of a sheet, the oldest first."""
    at = facts.sheet
    keys = facts.column_keys()
    reads = reader_refusal(actor, facts) is None
    found = []
    for remark in facts.remarks:
        key = keys[remark.assessment_id]
        entry = at.entry(remark.pupil_id)
        waits = remark.state is not RemarkState.RESOLVED
        cell = at.cell(remark.assessment_id, remark.pupil_id)
        found.append(
            RemarkLine(
                remark,
                at.klass.name,
                at.subject.name,
                facts.period,
                "Học sinh đã chuyển lớp" if entry is None else entry.profile.full_name,
                0 if entry is None else entry.position,
                CellKey(remark.pupil_id, key),
                column_title(facts.columns[key].code),
                trail_text(cell, at.subject.kind_of(facts.columns[key].code)),
                facts.teacher,
                _lock(at, key, cell.state),
                waits and at.may_write(actor),
                waits and reads,
            )
        )
    return tuple(found)


def cells_said(facts: ProofFacts, cells: Collection[CellAt]) -> list[list[object]]:
    """Cells as a trail entry keeps them: pupil, column key, text."""
    keys = facts.column_keys()
    return [[pupil, keys[column], facts.texts[column, pupil]] for column, pupil in cells]


def column_list(facts: ProofFacts, columns: Iterable[AssessmentId]) -> list[str]:
    """Titles of columns in the order of the paper."""
    wanted = set(columns)
    return [column_title(a.code) for a in facts.columns.values() if a.id in wanted]


def cell_words(facts: ProofFacts, at: CellAt) -> str:
    """A cell in words: pupil and column."""
    column_id, pupil = at
    entry = facts.sheet.entry(pupil)
    name = "học sinh đã chuyển lớp" if entry is None else entry.profile.full_name
    code = next(a.code for a in facts.columns.values() if a.id == column_id)
    return f"{name}, cột {column_words(code)}"


def said_of(facts: ProofFacts) -> dict[str, object]:
    """What every trail entry of proof-reading names."""
    return {
        "class": facts.sheet.klass.name,
        "subject": facts.sheet.subject.name,
        "period": facts.period.value,
    }


def _lock(facts: SheetFacts, key: str, state: CellState) -> WhyLocked | None:
    empty = state in (CellState.EMPTY, CellState.PENDING_MAKEUP)
    return facts.stop(key, is_empty=empty)


def _column(facts: ProofFacts, key: str, column: Assessment) -> ProofColumn:
    proof = facts.proved.get(column.id)
    title = column_title(column.code)
    if proof is None:
        return ProofColumn(key, title, column.id)
    return ProofColumn(key, title, column.id, proof.at, proof.name, proof.how)
