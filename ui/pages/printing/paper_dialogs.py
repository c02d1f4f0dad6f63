"""What is written into the life of a paper: a step, a reason, a place, a loan, its return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout

from app.domain.paper_life import PaperStep
from app.errors import RuleRefused
from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.typography import Role
from ui.widgets.checks import CheckBox
from ui.widgets.combos import Combo
from ui.widgets.date_field import DateField
from ui.widgets.fields import LabelledField, TextField, side_by_side
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from app.domain.ids import AccountId, PupilId
    from app.readmodels.paper_board import PaperRow
    from ui.theme.look import Look

    _WriteStep = Callable[
        [PaperStep, date, Sequence[AccountId], str, str, str, PupilId | None], object
    ]


class _PaperDialog(EntryDialog):
    """Fields above one button; closes when its line was written."""

    def __init__(self, look: Look, parent: QWidget, title: str, icon: str, about: str) -> None:
        super().__init__(look, title, icon=icon, parent=parent, width=540)
        self.body.addWidget(Label(look, about, Role.CARD_TITLE, wrap=True))

    def _text(self, label: str, hint: str = "", value: str = "") -> TextField:
        field = TextField(self.look, label)
        field.setText(value)
        self.add_field(LabelledField(self.look, label, field, hint))
        return field

    def _day(self, label: str, value: date | None, hint: str = "") -> DateField:
        field = DateField(self.look, label, value)
        self.add_field(LabelledField(self.look, label, field, hint))
        return field

    def _end(self, words: str, act: Callable[[], object], kind: str = "primary") -> None:
        self.body.addStretch(1)
        self.add_refusal_line()
        self.add_safe_button(self.tr("Để sau"), self.reject)

        def attempt() -> None:
            if self.attempt(act):
                self.accept()

        icon = "check" if kind == "primary" else ""
        self.confirm = self.add_button(words, attempt, kind=kind, icon=icon)
        self.guard(self.confirm)
        self.finished.connect(self.deleteLater)


class StepDialog(_PaperDialog):
    """A step done on paper: who signed, on which day; for keeping, who and where."""

    def __init__(
        self,
        look: Look,
        parent: QWidget,
        row: PaperRow,
        title: str,
        keeper: str,
        write: _WriteStep,
        pupils: Sequence[tuple[PupilId, str]] = (),
    ) -> None:
        """`keeper` is suggested for a paper put away; `write(step, day, who, people, place, note,
        pupil)` writes and raises AppError when it may not. `pupils`: whose học bạ may go out.
        """
        step = row.life.current or PaperStep.STORE
        words = step.words[:1].upper() + step.words[1:]
        super().__init__(look, parent, words, "archive" if step is PaperStep.STORE else "signature",
                         title)  # fmt: skip
        self.boxes: list[tuple[CheckBox, AccountId]] = []
        if step is PaperStep.TEACHERS and row.life.signers:
            self._list_teachers(row)
        elif step.is_signature:
            self.body.addWidget(Label(look, ", ".join(row.awaited), Role.BODY, "ink2", wrap=True))
        self.people: TextField | None = None
        self.place: TextField | None = None
        if step is PaperStep.STORE:
            self.people = TextField(look, self.tr("Người giữ"))
            self.people.setText(keeper)
            self.place = TextField(look, self.tr("Nơi để"))
            self.place.setPlaceholderText(self.tr("ví dụ: Tủ 2, ngăn 3"))
            self.body.addLayout(
                side_by_side(
                    LabelledField(look, self.tr("Người giữ"), self.people),
                    LabelledField(look, self.tr("Nơi để"), self.place),
                )
            )
        self.pupils: Combo | None = None
        if step is PaperStep.HAND_OUT:
            if pupils:
                self.pupils = Combo(look, self.tr("Học bạ của"), pupils)
                self.add_field(LabelledField(look, self.tr("Học bạ của"), self.pupils))
            self.people = self._text(
                self.tr("Người nhận"), self.tr("Họ tên người nhận; người ấy ký vào sổ trả.")
            )
        self.day = self._day(self.tr("Ngày làm trên giấy"), row.today)
        self.note = self._text(self.tr("Ghi chú"), self.tr("Có thể để trống."))

        def act() -> object:
            day = self.day.value()
            if day is None:
                raise RuleRefused("date_required", self.tr("Chưa ghi ngày; hãy ghi ngày đã làm."))
            who = [account for box, account in self.boxes if box.isChecked()]
            if self.boxes and not who:
                raise RuleRefused(
                    "signer_required", self.tr("Chưa đánh dấu ai; hãy chọn người đã ký.")
                )
            people = "" if self.people is None else self.people.text()
            place = "" if self.place is None else self.place.text()
            pupil = None if self.pupils is None else self.pupils.current()
            return write(step, day, who, people, place, self.note.text(), pupil)

        self._end(self.tr("Ghi vào bảng giấy"), act)

    def _list_teachers(self, row: PaperRow) -> None:
        missing = row.life.missing()
        self.body.addWidget(
            Label(self.look, self.tr("Đánh dấu những người đã ký vào sổ:"), Role.BODY, "ink2")
        )
        if len(missing) > 1:
            every = CheckBox(self.look, self.tr("Tất cả {n} người").format(n=len(missing)))
            every.toggled.connect(self._check_all)
            self.body.addWidget(every)
        names = QGridLayout()
        names.setVerticalSpacing(8)
        half = (len(missing) + 1) // 2
        for at, one in enumerate(missing):
            box = CheckBox(self.look, one.name)
            self.boxes.append((box, one.account_id))
            names.addWidget(box, at % half, at // half)
        self.body.addLayout(names)

    def _check_all(self, checked: bool) -> None:
        for box, _account in self.boxes:
            box.setChecked(checked)


class ReasonDialog(_PaperDialog):
    """Something is undone or put aside: only with a reason."""

    def __init__(
        self,
        look: Look,
        parent: QWidget,
        title: str,
        about: str,
        sentence: str,
        write: Callable[[str], object],
    ) -> None:
        super().__init__(look, parent, title, "undo", about)
        self.body.addWidget(Label(look, sentence, Role.BODY, "ink2", wrap=True))
        self.reason = self._text(self.tr("Lý do"))
        self._end(title, lambda: write(self.reason.text()), kind="danger")


class PlaceDialog(_PaperDialog):
    """Another keeper, another place."""

    def __init__(
        self,
        look: Look,
        parent: QWidget,
        row: PaperRow,
        title: str,
        write: Callable[[str, str], object],
    ) -> None:
        super().__init__(look, parent, self.tr("Chuyển nơi lưu"), "archive", title)
        self.keeper = self._text(self.tr("Người giữ"), value=row.life.keeper)
        self.place = self._text(self.tr("Nơi để"), value=row.life.place)
        self._end(self.tr("Ghi nơi lưu mới"), lambda: write(self.keeper.text(), self.place.text()))


class LoanDialog(_PaperDialog):
    """Cho mượn: who, until when, what for."""

    def __init__(
        self,
        look: Look,
        parent: QWidget,
        title: str,
        due_on: date,
        write: Callable[[str, date | None, str], object],
    ) -> None:
        super().__init__(look, parent, self.tr("Cho mượn sổ"), "users-out", title)
        self.borrower = self._text(
            self.tr("Người mượn"), self.tr("Họ tên, đơn vị; người ấy ký vào sổ mượn.")
        )
        self.due = self._day(self.tr("Hẹn trả"), due_on)
        self.purpose = self._text(
            self.tr("Mượn để làm gì"), self.tr("Mượn một phần thì ghi quyển nào, trang nào.")
        )
        self._end(
            self.tr("Ghi cho mượn"),
            lambda: write(self.borrower.text(), self.due.value(), self.purpose.text()),
        )


class ReturnDialog(_PaperDialog):
    """Nhận trả: in what state it came back."""

    def __init__(
        self, look: Look, parent: QWidget, title: str, borrower: str, write: Callable[[str], object]
    ) -> None:
        super().__init__(look, parent, self.tr("Nhận trả từ {who}").format(who=borrower),
                         "check", title)  # fmt: skip
        self.note = self._text(
            self.tr("Tình trạng khi trả"),
            self.tr("Ví dụ: đủ trang, không tẩy xóa; có thể để trống."),
        )
        self._end(self.tr("Ghi nhận trả"), lambda: write(self.note.text()))
