"""My tasks: the due date, what to do, how far it is, one click to the exact place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme.typography import Role
from ui.widgets.buttons import link
from ui.widgets.cards import ScrollPane, clear, ground, hairline
from ui.widgets.labels import ElidedLabel, IconText, Label
from ui.widgets.progress import ThinBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.theme.look import Look


@dataclass(frozen=True, slots=True)
class Task:
    """One row: `due` is shown as given ("07/01"); `total` 0 hides the bar; `key` comes back."""

    key: object
    due: str
    when: str
    title: str
    line: str
    action: str
    tone: str = "ink3"
    done: int = 0
    total: int = 0


class TaskList(ScrollPane):
    """`opened(task.key)` when a row's link is pressed; the first row is tinted."""

    opened = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._look = look
        self._tasks: tuple[Task, ...] = ()
        # A lambda would outlive the list; a method of it is disconnected with it.
        look.changed.connect(self._draw_again)

    def set_tasks(self, tasks: Sequence[Task]) -> None:
        """Show these tasks, in this order."""
        self._tasks = tuple(tasks)
        clear(self.body)
        for at, task in enumerate(self._tasks):
            self.body.addWidget(self._row(task, first=at == 0))
            if 0 < at < len(self._tasks) - 1:
                rule = QWidget()
                inset = QHBoxLayout(rule)
                inset.setContentsMargins(15, 0, 15, 0)
                inset.addWidget(hairline())
                rule.setFixedHeight(1)
                self.body.addWidget(rule)
        self.body.addStretch(1)

    def _draw_again(self) -> None:
        self.set_tasks(self._tasks)

    def _row(self, task: Task, *, first: bool) -> QWidget:
        row = QFrame()
        if first:
            ground(row, "tint")
        row.setFixedHeight(self._look.measures.task_row)
        across = QHBoxLayout(row)
        across.setContentsMargins(15, 8, 15, 8)
        across.setSpacing(10)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(Label(self._look, task.due, Role.TASK_TITLE))
        icons = {"red": "warning", "amber": "clock"}
        if task.tone in icons:
            role = Role.CAPTION_STRONG
            left.addWidget(IconText(self._look, icons[task.tone], task.when, task.tone, role, 14))
        else:
            left.addWidget(Label(self._look, task.when, Role.CAPTION, task.tone))
        box = QWidget()
        # Room for "quá 18 ngày" beside its glyph.
        box.setFixedWidth(96)
        left.setContentsMargins(0, 0, 0, 0)
        box.setLayout(left)
        across.addWidget(box, 0, Qt.AlignmentFlag.AlignVCenter)
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addWidget(ElidedLabel(self._look, task.title, Role.TASK_TITLE))
        line = QHBoxLayout()
        line.setSpacing(7)
        if task.total:
            bar = ThinBar(self._look)
            bar.setFixedWidth(54)
            bar.set_share(task.done, task.total)
            line.addWidget(bar)
            share = f"{task.done}/{task.total}"
            line.addWidget(Label(self._look, share, Role.CAPTION_STRONG))
        line.addWidget(ElidedLabel(self._look, task.line, Role.BODY, "ink2"), 1)
        # Beside the second line: the title has the whole width.
        line.addWidget(
            link(self._look, task.action, lambda: self.opened.emit(task.key), arrow=True)
        )
        right.addLayout(line)
        across.addLayout(right, 1)
        return row
