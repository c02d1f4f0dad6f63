"""The principal's word on a pupil the circular leaves to him: reason, number, signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ui.dialogs.signed_dialog import Asked, SignedDialog
from ui.widgets.checks import RadioButton

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from app.changes import CommandResult
    from app.readmodels.year_end import ListLine
    from app.school_file import Decider
    from app.vault import Signer
    from ui.navigation import PageContext


class DecideDialog(SignedDialog):
    """`act(signer, promoted, reason, number)`; neither outcome is chosen beforehand.

    `words`: what the class's circular calls the results of learning and of conduct.
    """

    def __init__(
        self,
        context: PageContext,
        line: ListLine,
        words: tuple[str, str],
        deciders: Sequence[tuple[str, str]],
        prove: Callable[[str, str], Decider],
        act: Callable[[Signer, bool, str, str], CommandResult],
        parent: QWidget,
    ) -> None:
        def write(signer: Signer, values: Mapping[str, str]) -> CommandResult:
            return act(signer, self.promote.isChecked(), values["reason"], values["number"])

        super().__init__(
            context,
            _tr("Quyết định về {name}").format(name=line.name),
            _tr(
                "Thông tư không tự cho kết quả: {why}. {learning_word} {learning}, {conduct_word} "
                "{conduct}, nghỉ {absences} buổi."
            ).format(
                why=line.detail[:1].lower() + line.detail[1:],
                learning_word=words[0],
                conduct_word=words[1].lower(),
                learning=line.learning,
                conduct=line.conduct,
                absences=line.absences,
            ),
            _tr("Ký quyết định"),
            deciders,
            prove,
            write,
            parent,
            fields=[
                Asked("reason", _tr("Lý do"), _tr("Hội đồng thống nhất theo biên bản họp 28/5")),
                Asked("number", _tr("Số quyết định"), "63/QĐ-THCS"),
            ],
        )
        look = context.look
        self.promote = RadioButton(look, _tr("Được lên lớp"))
        self.retain = RadioButton(look, _tr("Không được lên lớp"))
        for at, box in enumerate((self.promote, self.retain)):
            box.toggled.connect(lambda _on: self._allow())
            self.body.insertWidget(1 + at, box)
        self.setTabOrder(self.promote, self.retain)
        self.promote.setFocus()
        self._allow()

    def _allow(self) -> None:
        super()._allow()
        if not (self.chosen() and self.decider.is_ready()):
            self.sign_button.setEnabled(False)

    def chosen(self) -> bool:
        """Whether one of the two outcomes was chosen."""
        boxes = (getattr(self, "promote", None), getattr(self, "retain", None))
        return any(box is not None and box.isChecked() for box in boxes)


def _tr(text: str) -> str:
    return QCoreApplication.translate("DecideDialog", text)
