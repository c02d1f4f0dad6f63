"""Kết quả theo KHGDCN: the GVCN's proposal, and the principal's signed word on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ui.dialogs.entry_dialog import EntryDialog
from ui.dialogs.signed_dialog import Asked, SignedDialog
from ui.theme.typography import Role
from ui.widgets.checks import RadioButton
from ui.widgets.combos import Combo
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from app.changes import CommandResult
    from app.domain.ids import PupilId
    from app.readmodels.plan_results import PlanBoard, PlanLine
    from app.school_file import Decider
    from app.vault import Signer
    from ui.navigation import PageContext
    from ui.theme.look import Look


class PlanProposalDialog(EntryDialog):
    """`propose(pupil, result, document, reason)` writes; a refusal is said above the foot."""

    def __init__(
        self,
        look: Look,
        board: PlanBoard,
        propose: Callable[[PupilId, str, str, str], object],
        parent: QWidget,
    ) -> None:
        super().__init__(
            look,
            _tr("Kết quả theo kế hoạch giáo dục cá nhân"),
            note=_tr("lớp {name}").format(name=board.class_name),
            icon="pencil",
            parent=parent,
            width=620,
        )
        self._board, self._propose = board, propose
        lead = _tr(
            "Học sinh khuyết tật đánh giá theo kế hoạch giáo dục cá nhân (Thông tư 27/2020, Điều "
            "8). Giáo viên chủ nhiệm đề nghị, hiệu trưởng ký quyết định thì kết quả mới có hiệu "
            "lực."
        )
        self.body.addWidget(Label(look, lead, Role.BODY, "ink2", wrap=True))
        pupils = [(line.pupil_id, line.name) for line in board.lines]
        self.pupil = Combo(look, _tr("Học sinh"), pupils)
        self.pupil.picked.connect(lambda _key: self._show())
        self.add_field(LabelledField(look, _tr("Học sinh"), self.pupil))
        self.state = Label(look, "", Role.BODY, "ink3", wrap=True)
        self.body.addWidget(self.state)
        levels = [(level, level) for level in board.levels]
        levels.append(("", _tr("Theo mức đã ghi, không nhập riêng")))
        self.level = Combo(look, _tr("Kết quả giáo dục"), levels)
        self.add_field(LabelledField(look, _tr("Kết quả giáo dục"), self.level))
        self.document = TextField(
            look, _tr("Kế hoạch giáo dục cá nhân"), _tr("KHGDCN số 3, biên bản họp 20/5")
        )
        self.add_field(LabelledField(look, _tr("Kế hoạch giáo dục cá nhân"), self.document))
        self.reason = TextField(look, _tr("Lý do"), _tr("Đạt mục tiêu học kì II của kế hoạch"))
        self.add_field(LabelledField(look, _tr("Lý do"), self.reason))
        self.body.addStretch(1)
        self.add_refusal_line()
        self.add_safe_button(_tr("Để sau"), self.reject)
        self.save_button = self.add_button(_tr("Đề nghị hiệu trưởng"), self._submit, icon="check")
        self.guard(self.save_button)
        self.finished.connect(self.deleteLater)
        self._show()

    @property
    def line(self) -> PlanLine:
        """The pupil chosen."""
        return next(x for x in self._board.lines if x.pupil_id == self.pupil.current())

    def _show(self) -> None:
        line = self.line
        words = _tr("Theo mức đã ghi: {computed}.").format(
            computed=line.computed or _tr("chưa đủ dữ liệu")
        )
        if line.accepted:
            words += " " + _tr("Hiệu trưởng đã đồng ý: {result}.").format(result=line.accepted)
        newest = line.newest
        if newest is not None and newest.waits:
            words += " " + _tr("Đang chờ hiệu trưởng: {result}; đề nghị mới sẽ thay.").format(
                result=newest.result or _tr("theo mức đã ghi")
            )
        elif newest is not None and not newest.accepted and newest.remark:
            words += " " + _tr("Lần trước hiệu trưởng không đồng ý: {why}.").format(
                why=newest.remark
            )
        self.state.setText(words)
        self.document.setText(line.document)
        self.level.set_current(line.accepted or line.computed or self._board.levels[-1])

    def _submit(self) -> None:
        done = self.attempt(
            lambda: self._propose(
                self.pupil.current(),
                str(self.level.current()),
                self.document.text(),
                self.reason.text(),
            )
        )
        if done:
            self.accept()


class PlanDecisionDialog(SignedDialog):
    """`act(signer, accepted, remark, number)`; neither answer is chosen beforehand."""

    def __init__(
        self,
        context: PageContext,
        line: PlanLine,
        deciders: Sequence[tuple[str, str]],
        prove: Callable[[str, str], Decider],
        act: Callable[[Signer, bool, str, str], CommandResult],
        parent: QWidget,
    ) -> None:
        def write(signer: Signer, values: Mapping[str, str]) -> CommandResult:
            return act(signer, self.accept_box.isChecked(), values["remark"], values["number"])

        proposal = line.newest
        said = "" if proposal is None else proposal.result
        super().__init__(
            context,
            _tr("Kết quả theo KHGDCN của {name}").format(name=line.name),
            _tr(
                "{who} đề nghị: {result}. Theo mức đã ghi: {computed}. Căn cứ: {document}. Lý do: "
                "{reason}."
            ).format(
                who="" if proposal is None else proposal.proposed_by,
                result=said or _tr("theo mức đã ghi"),
                computed=line.computed or _tr("chưa đủ dữ liệu"),
                document="" if proposal is None else proposal.document,
                reason="" if proposal is None else proposal.reason.rstrip("."),
            ),
            _tr("Ký quyết định"),
            deciders,
            prove,
            write,
            parent,
            points=[_tr("Đồng ý thì danh sách cuối năm của lớp phải đề nghị và duyệt lại.")],
            fields=[
                Asked("remark", _tr("Ý kiến (bắt buộc khi không đồng ý)"), ""),
                Asked("number", _tr("Số quyết định"), "63/QĐ-TH"),
            ],
        )
        look = context.look
        self.accept_box = RadioButton(look, _tr("Đồng ý"))
        self.refuse_box = RadioButton(look, _tr("Không đồng ý"))
        for at, box in enumerate((self.accept_box, self.refuse_box)):
            box.toggled.connect(lambda _on: self._allow())
            self.body.insertWidget(2 + at, box)
        self.setTabOrder(self.accept_box, self.refuse_box)
        self.accept_box.setFocus()
        self._allow()

    def _allow(self) -> None:
        super()._allow()
        boxes = (getattr(self, "accept_box", None), getattr(self, "refuse_box", None))
        if not any(box is not None and box.isChecked() for box in boxes):
            self.sign_button.setEnabled(False)


def _tr(text: str) -> str:
    return QCoreApplication.translate("PlanDialogs", text)
