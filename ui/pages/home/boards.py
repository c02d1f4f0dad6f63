"""The two progress tables of Bàn làm việc: subjects of a teacher, classes of the school."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from app.readmodels.home import ClassLine, Stage, SubjectLine
from ui.pages.home.words import STATES
from ui.theme.typography import Role
from ui.widgets.board import BoardColumn, BoardModel
from ui.widgets.record_model import Column
from ui.widgets.steps import StepState

if TYPE_CHECKING:
    from PySide6.QtCore import QObject


class BoardStep(Enum):
    """What a column of a board is about, and so where a click on it leads."""

    CLASS = "class"
    ENTRY = "entry"
    CONFIRM = "confirm"
    CLOSE = "close"
    PRINT = "print"
    SEAL = "seal"


_CLASS_STEPS = (
    BoardStep.CLASS, BoardStep.CLASS, BoardStep.ENTRY, BoardStep.CONFIRM, BoardStep.CLOSE,
    BoardStep.PRINT, BoardStep.SEAL,
)  # fmt: skip


def step_of(line: ClassLine | SubjectLine, column: int) -> BoardStep:
    """The step of a column of `class_model`; a subject's row is about typing all along."""
    return _CLASS_STEPS[column] if isinstance(line, ClassLine) else BoardStep.ENTRY


def next_step(line: ClassLine | SubjectLine) -> BoardStep:
    """The first step of a row that is not done; the last one when all are."""
    if isinstance(line, SubjectLine):
        return BoardStep.ENTRY
    done = (
        (BoardStep.ENTRY, line.entry is Stage.DONE),
        (BoardStep.CONFIRM, line.confirmation is Stage.DONE),
        (BoardStep.CLOSE, line.closed_at is not None),
        (BoardStep.PRINT, line.printed),
    )
    return next((step for step, is_done in done if not is_done), BoardStep.SEAL)


def _done(*, is_done: bool) -> StepState:
    return StepState.DONE if is_done else StepState.TODO


def subject_model(owner: QObject, *, one_class: bool) -> BoardModel[SubjectLine]:
    """Subjects of the homeroom class with their teachers, or own sheets with their classes."""
    columns: list[Column[SubjectLine]] = []
    if one_class:
        columns += [
            Column(owner.tr("Môn học"), lambda x: x.subject_name, role=Role.VALUE),
            Column(
                owner.tr("Giáo viên"),
                lambda x: x.teacher or owner.tr("chưa phân công"),
                tone=lambda x: "ink2" if x.teacher else "amber",
            ),
        ]
    else:
        columns += [
            Column(owner.tr("Môn học"), lambda x: x.subject_name, role=Role.VALUE),
            Column(owner.tr("Lớp"), lambda x: x.class_name),
        ]
    columns += [
        BoardColumn(
            owner.tr("Nhập"),
            lambda x: f"{x.filled}/{x.wanted}" if x.wanted else "–",
            bar=lambda x: (x.filled, x.wanted) if x.wanted else None,
        ),
        Column(
            owner.tr("Xác nhận"),
            lambda x: owner.tr("đã xác nhận") if x.confirmed else owner.tr("chưa"),
            step=lambda x: _done(is_done=x.confirmed),
        ),
    ]
    return BoardModel(columns, owner)


def class_model(owner: QObject) -> BoardModel[ClassLine]:
    """Classes by the five steps from typing to the seal."""
    return BoardModel(
        [
            Column(owner.tr("Lớp"), lambda x: x.class_name, role=Role.VALUE),
            Column(owner.tr("Sĩ số"), lambda x: str(x.pupils), number=True),
            BoardColumn(
                owner.tr("Nhập"),
                lambda x: _percent(x.filled, x.wanted),
                bar=lambda x: (x.filled, x.wanted) if x.wanted else None,
                tip=lambda x: f"{x.filled}/{x.wanted}",
            ),
            Column(
                owner.tr("Xác nhận"),
                lambda x: f"{x.confirmed}/{x.subjects}" if x.subjects else "",
                step=lambda x: STATES[x.confirmation],
            ),
            Column(owner.tr("Chốt"), lambda x: "", centred=True,
                   step=lambda x: _done(is_done=x.closed_at is not None)),
            Column(owner.tr("In"), lambda x: "", centred=True,
                   step=lambda x: _done(is_done=x.printed)),
            Column(owner.tr("Niêm phong"), lambda x: "", centred=True,
                   step=lambda x: _done(is_done=x.sealed)),
        ],
        owner,
    )  # fmt: skip


def _percent(done: int, total: int) -> str:
    """Never 100 % while a cell is missing, never 0 % once one is there."""
    if not total:
        return "–"
    share = done * 100 // total
    return f"{max(share, 1) if done else 0} %"
