"""A dialog of steps: a page each, their words at the top, nothing written before the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.tokens import DIALOG_HEIGHT, DIALOG_WIDTH
from ui.widgets.cards import hairline
from ui.widgets.steps import Step, StepRow, StepState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.theme.look import Look


class StepWizard(EntryDialog):
    """Override `leave` and `finish`, add a page a step to `stack`, then call `show_step(0)`.

    `leave(step)` prepares the next page and raises `AppError` to stay; its sentence is shown in
    the dialog. Enter never presses the last button.
    """

    def __init__(
        self,
        look: Look,
        title: str,
        note: str,
        icon: str,
        steps: Sequence[str],
        parent: QWidget,
    ) -> None:
        super().__init__(
            look, title, note=note, icon=icon, parent=parent,
            width=DIALOG_WIDTH, height=DIALOG_HEIGHT,
        )  # fmt: skip
        self._titles = tuple(steps)
        self._stepper = StepRow(self.look)
        self.body.setSpacing(10)
        self.body.addWidget(self._stepper)
        self.body.addWidget(hairline())
        self.stack = _Pages()
        self.body.addWidget(self.stack, 1)
        self.add_refusal_line()
        self.back_button = self.add_foot_link(self.tr("Quay lại"), self.back, "arrow-left")
        self.cancel_button = self.add_safe_button(self.tr("Để sau"), self.reject)
        self.next_button = self.add_button(self.tr("Tiếp tục"), self.forward)
        self.finished.connect(self.deleteLater)

    # --- for subclasses

    def leave(self, step: int) -> None:
        """Check the page of `step` and fill the next one."""
        raise NotImplementedError

    def finish(self) -> None:
        """The last button: one command."""
        raise NotImplementedError

    def action_words(self, step: int) -> str:
        """What the filled button of a step says."""
        return self.tr("Tiếp tục")

    def may_go_on(self, step: int) -> bool:
        """Whether the filled button of a step is enabled."""
        return True

    def resting_place(self) -> QWidget:
        """Who takes the keyboard while the filled button is disabled."""
        return self.cancel_button

    # --- steps

    @property
    def step(self) -> int:
        """Number of the page shown, from 0."""
        return self.stack.currentIndex()

    def forward(self) -> None:
        """Leave the page, or finish on the last one."""
        if self.step == len(self._titles) - 1:
            self.attempt(self.finish)
        elif self.attempt(lambda: self.leave(self.step)):
            self.show_step(self.step + 1)

    def back(self) -> None:
        """One page back; nothing was written, so nothing is undone."""
        self.say("")
        self.show_step(max(0, self.step - 1))

    def refresh_buttons(self) -> None:
        """After something on the page changed what the filled button may do."""
        self.next_button.setText(self.action_words(self.step))
        self.next_button.setEnabled(self.may_go_on(self.step))

    def show_step(self, step: int) -> None:
        """Turn to a page; the filled button takes the keyboard."""
        self.stack.setCurrentIndex(step)
        states = [
            StepState.DONE if at < step else StepState.HALF if at == step else StepState.TODO
            for at in range(len(self._titles))
        ]
        self._stepper.set_steps(
            [Step(title, state) for title, state in zip(self._titles, states, strict=True)]
        )
        self.back_button.setVisible(step > 0)
        self.refresh_buttons()
        # Enter turns the pages; the last one writes, so it takes the space bar or the mouse.
        self.next_button.pressed_by_enter = step < len(self._titles) - 1
        goal = self.next_button if self.next_button.isEnabled() else self.resting_place()
        goal.setFocus(Qt.FocusReason.OtherFocusReason)


class _Pages(QStackedWidget):
    """Takes the room there is: its pages scroll inside, so none may stretch the dialog's body."""

    @override
    def hasHeightForWidth(self) -> bool:
        """A wrapped label in one page must not size all of them."""
        return False

    @override
    def sizeHint(self) -> QSize:
        """Little; the layout stretches it."""
        return QSize(400, 200)

    @override
    def minimumSizeHint(self) -> QSize:
        """The same, whatever the pages would like."""
        return QSize(400, 200)


def page_with_column() -> tuple[QWidget, QVBoxLayout]:
    """An empty page of the stack and its column."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    return page, column
