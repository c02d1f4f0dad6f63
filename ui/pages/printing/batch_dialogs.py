"""In cả trường: which classes before it starts, and what came of each afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.dialogs.form_dialog import FormDialog
from ui.pages.printing.official_dialog import MOST_COPIES
from ui.theme.typography import Role
from ui.widgets.checks import CheckBox
from ui.widgets.combos import Combo
from ui.widgets.fields import LabelledField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QVBoxLayout, QWidget

    from app.services.batch_printing import BatchOutcome, BatchPlan, NotPrinted
    from ui.theme.look import Look

_MOST_REASONS = 60


class BatchDialog(FormDialog):
    """`on_print(copies, with_booklets)` on the button that says how many classes."""

    def __init__(
        self,
        look: Look,
        parent: QWidget,
        what: str,
        plan: BatchPlan,
        on_print: Callable[[int, bool], None],
        offers_booklets: bool = False,
    ) -> None:
        """`what` names the book and its paper; `offers_booklets` to print học bạ in the same go."""
        super().__init__(look, self.tr("In cả trường"), icon="printer", parent=parent, width=600)
        self._on_print = on_print
        count = len(plan.ready)
        self.body.addWidget(Label(look, what, Role.CARD_TITLE, wrap=True))
        if count:
            names = ", ".join(klass.name for klass in plan.ready)
            said = self.tr("{n} lớp in được: {names}.").format(n=count, names=names)
        else:
            said = self.tr("Chưa lớp nào in được bản chính thức này.")
        self.body.addWidget(Label(look, said, Role.BODY, wrap=True))
        for point in (
            self.tr("Mỗi lớp một bản in có số riêng, giữ nguyên trong tệp như khi in từng lớp."),
            self.tr("Bấm Hủy giữa chừng thì những lớp đã có số vẫn giữ, không bản nào dở dang."),
        ):
            self.body.addWidget(Label(look, f"– {point}", Role.BODY, "ink2", wrap=True))
        if plan.refused:
            title = self.tr("{n} lớp chưa in được").format(n=len(plan.refused))
            self.body.addWidget(Label(look, title, Role.VALUE, "amber"))
            _add_reasons(look, self.body, plan.refused)
        counts = [(n, self.tr("{n} bản").format(n=n)) for n in range(1, MOST_COPIES + 1)]
        self.copies = Combo(look, self.tr("Số bản giấy sẽ in của mỗi lớp"), counts)
        if count:
            self.add_field(
                LabelledField(look, self.tr("Số bản giấy sẽ in của mỗi lớp"), self.copies)
            )
        self.booklets = CheckBox(look, self.tr("In luôn học bạ của các lớp trong cùng lượt này"))
        self.booklets.setVisible(offers_booklets and bool(count))
        self.body.addWidget(self.booklets)
        self.body.addStretch(1)
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.confirm = self.add_button(
            self.tr("Cấp số và in {n} lớp").format(n=count), self._print, icon="printer"
        )
        self.confirm.setEnabled(bool(count))
        self.finished.connect(self.deleteLater)

    def _print(self) -> None:
        copies = int(self.copies.current())
        self.accept()
        self._on_print(copies, self.booklets.isChecked())


class OutcomeDialog(FormDialog):
    """What was printed; `on_save()` writes the PDFs into a folder."""

    def __init__(
        self, look: Look, parent: QWidget, outcome: BatchOutcome, on_save: Callable[[], None]
    ) -> None:
        title = self.tr("Đã dừng in cả trường") if outcome.stopped else self.tr("Đã in cả trường")
        super().__init__(look, title, icon="printer", parent=parent, width=600)
        self._on_save = on_save
        runs = outcome.runs
        if runs:
            said = self.tr("{n} bản in, số {first:04d} đến {last:04d}, {pages} trang.").format(
                n=len(runs),
                first=runs[0].number,
                last=runs[-1].number,
                pages=sum(run.pages for run in runs),
            )
        else:
            said = self.tr("Chưa bản nào được cấp số.")
        self.said = Label(look, said, Role.CARD_TITLE, wrap=True)
        self.body.addWidget(self.said)
        if outcome.stopped:
            words = self.tr("Các lớp còn lại chưa in; bấm “In cả trường” để in tiếp.")
            self.body.addWidget(Label(look, words, Role.BODY, "ink2", wrap=True))
        if outcome.refused:
            words = self.tr("{n} lớp chưa in được").format(n=len(outcome.refused))
            self.body.addWidget(Label(look, words, Role.VALUE, "amber"))
            _add_reasons(look, self.body, outcome.refused)
        self.body.addStretch(1)
        self.add_safe_button(self.tr("Đóng"), self.reject)
        self.save_button = self.add_button(
            self.tr("Lưu các PDF vào thư mục…"), self._save, kind="secondary", icon="download"
        )
        self.save_button.setEnabled(bool(runs))
        self.finished.connect(self.deleteLater)

    def _save(self) -> None:
        self.accept()
        self._on_save()


def _add_reasons(look: Look, body: QVBoxLayout, refused: Sequence[NotPrinted]) -> None:
    for one in refused[:_MOST_REASONS]:
        body.addWidget(Label(look, f"– {one.sentence}", Role.BODY, "ink2", wrap=True))
