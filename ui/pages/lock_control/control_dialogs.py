"""Small questions of Đóng mở sổ; each act names its decision and is refused under its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.lock_scopes import WHOLE_SCHOOL, LockScope
from app.domain.periods import Period
from app.errors import AppError, RuleRefused
from ui.dialogs.entry_dialog import EntryDialog
from ui.pages.lock_control.words import translate as tr
from ui.theme.typography import Role
from ui.widgets.combos import Combo
from ui.widgets.date_field import DateField
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from app.domain.ids import SubjectId
    from ui.theme.look import Look


class DecisionDialog(EntryDialog):
    """Asks number and day of the decision: lock, unlock, withdraw."""

    def __init__(
        self,
        look: Look,
        title: str,
        sentence: str,
        action: str,
        act: Callable[[str, date | None], None],
        today: date,
        parent: QWidget,
        *,
        danger: bool = False,
    ) -> None:
        """`act(decision number, day)` writes and raises AppError when it may not."""
        super().__init__(look, title, icon="lock-closed", parent=parent, width=500)
        self._act = act
        self.body.addWidget(Label(look, sentence, Role.BODY, "ink2", wrap=True))
        self.number = TextField(look, tr("Số quyết định hoặc thông báo"), "41/QĐ-THCS")
        self.decided_on = DateField(look, tr("Ngày quyết định"), today)
        self._line = LabelledField(look, tr("Số quyết định hoặc thông báo"), self.number)
        across = QHBoxLayout()
        across.setSpacing(14)
        across.addWidget(self._line, 3)
        across.addWidget(LabelledField(look, tr("Ngày quyết định"), self.decided_on), 2)
        self.body.addLayout(across)
        self.add_safe_button(tr("Để sau"), self.reject)
        self.confirm = self.add_button(action, self._try, kind="danger" if danger else "primary")
        self.guard(self.confirm)
        self.finished.connect(self.deleteLater)
        self.number.setFocus()

    def error(self) -> str:
        """What is said under the field."""
        return self._line.error()

    def _try(self) -> None:
        if self.attempt(lambda: self._act(self.number.text(), self.decided_on.value()), self._line):
            self.accept()


class OpeningDialog(EntryDialog):
    """Mở đợt nhập or (with `subjects`) mở bổ sung, of a scope where `scopes` offer a choice."""

    def __init__(
        self,
        look: Look,
        title: str,
        sentence: str,
        action: str,
        today: date,
        act: Callable[[OpeningDialog], None],
        parent: QWidget,
        *,
        periods: Sequence[Period],
        subjects: Sequence[tuple[SubjectId | None, str]] = (),
        scopes: Sequence[LockScope] = (),
        period: Period | None = None,
        subject_id: SubjectId | None = None,
        ruled: Callable[[Period], tuple[date, date] | None] | None = None,
    ) -> None:
        """`act(dialog)` reads the fields, writes, and raises AppError when it may not.

        `ruled(period)` gives the days that the rules lay down; they stand in the fields then.
        """
        super().__init__(look, title, icon="lock-open", parent=parent, width=560)
        self._act = act
        self.body.addWidget(Label(look, sentence, Role.BODY, "ink2", wrap=True))
        self.period = Combo(look, tr("Kỳ"), [(one, one.label) for one in periods])
        self.period.set_current(periods[0] if period is None else period)
        self.subject = Combo(look, tr("Môn"), subjects)
        top: list[QWidget] = [LabelledField(look, tr("Kỳ"), self.period)]
        if subjects:
            self.subject.set_current(subject_id)
            top.append(LabelledField(look, tr("Môn"), self.subject))
        self.scope = Combo(look, tr("Phạm vi"), scope_choices(scopes))
        if scopes:
            top.append(LabelledField(look, tr("Phạm vi"), self.scope))
        self._row(top)
        self.opens_on = DateField(look, tr("Từ ngày"), today)
        self.closes_on = DateField(look, tr("Đến hết ngày"))
        self._row(
            [
                LabelledField(look, tr("Từ ngày"), self.opens_on),
                LabelledField(look, tr("Đến hết ngày"), self.closes_on),
            ]
        )
        self.number = TextField(look, tr("Số quyết định"), "41/QĐ-THCS")
        self.decided_on = DateField(look, tr("Ngày quyết định"), today)
        self._row(
            [
                LabelledField(look, tr("Số quyết định"), self.number),
                LabelledField(look, tr("Ngày quyết định"), self.decided_on),
            ]
        )
        self.add_refusal_line()
        self.add_safe_button(tr("Để sau"), self.reject)
        self.confirm = self.add_button(action, self._try, icon="lock-open")
        self.guard(self.confirm)
        self.finished.connect(self.deleteLater)
        self.closes_on.setFocus()
        self._ruled = ruled
        self.period.picked.connect(lambda _period: self._fill_ruled())
        self._fill_ruled()

    @property
    def chosen_scope(self) -> LockScope:
        """The classes chosen; the whole school where there is no choice."""
        found = self.scope.current()
        return found if isinstance(found, LockScope) else WHOLE_SCHOOL

    @property
    def chosen_period(self) -> Period:
        """The period chosen; Qt hands enumerations of text back as plain text."""
        return Period(self.period.current())

    def dates(self) -> tuple[date, date, date]:
        """First day, last day, day of the decision; RuleRefused while one is missing."""
        found = [
            (tr("ngày mở"), self.opens_on.value()),
            (tr("ngày đóng"), self.closes_on.value()),
            (tr("ngày quyết định"), self.decided_on.value()),
        ]
        days = [day for _, day in found if day is not None]
        if len(days) < len(found):
            names = ", ".join(name for name, day in found if day is None)
            raise RuleRefused(
                "date_missing",
                tr("Chưa ghi {names} nên chưa mở; hãy ghi đủ ba ngày.").format(names=names),
            )
        return days[0], days[1], days[2]

    def _fill_ruled(self) -> None:
        days = None if self._ruled is None else self._ruled(self.chosen_period)
        if days is not None:
            self.opens_on.set_value(days[0])
            self.closes_on.set_value(days[1])

    def _row(self, fields: list[QWidget]) -> None:
        across = QHBoxLayout()
        across.setSpacing(14)
        for field in fields:
            across.addWidget(field, 1)
        self.body.addLayout(across)

    def _try(self) -> None:
        if self.attempt(lambda: self._act(self)):
            self.accept()


def scope_choices(scopes: Sequence[LockScope]) -> list[tuple[LockScope, str]]:
    """Scopes with their words, as a combo shows them."""
    return [(scope, scope.words[0].upper() + scope.words[1:]) for scope in scopes]


class CutoffDialog(EntryDialog):
    """Hạn lập hồ sơ sửa điểm of a period."""

    def __init__(
        self,
        look: Look,
        period_words: str,
        value: date | None,
        act: Callable[[date], None],
        parent: QWidget,
        *,
        review: bool = False,
    ) -> None:
        """`review`: the day of the review meeting, else the one before the final test."""
        title = tr("Hạn lập hồ sơ sửa điểm, {period}").format(period=period_words)
        hint = tr(
            "Thường là một tuần trước kiểm tra cuối kì; tính cho điểm thường xuyên, giữa kì. Sau "
            "ngày này hồ sơ phải có lý do ngoại lệ."
        )
        if review:
            title = tr("Hạn đến ngày họp xét, {period}").format(period=period_words)
            hint = tr(
                "Ngày họp xét kết quả; tính cho điểm cuối kì, nhận xét, rèn luyện, điểm danh. Sau "
                "ngày này hồ sơ phải có lý do ngoại lệ."
            )
        super().__init__(look, title, icon="calendar", parent=parent, width=500)
        self._act = act
        self.day = DateField(look, tr("Hạn cuối"), value)
        self._line = self.add_field(
            LabelledField(
                look,
                tr("Hạn cuối"),
                self.day,
                hint,
            )
        )
        self.add_safe_button(tr("Để sau"), self.reject)
        self.confirm = self.add_button(tr("Đặt hạn này"), self._try, icon="check")
        self.guard(self.confirm)
        self.finished.connect(self.deleteLater)
        self.day.setFocus()

    def error(self) -> str:
        """What is said under the field."""
        return self._line.error()

    def _try(self) -> None:
        try:
            day = self.day.value()
        except AppError as error:
            self.mark(self._line, error.sentence)
            return
        if day is None:
            self.mark(self._line, tr("Chưa ghi ngày; hãy ghi hạn cuối, thí dụ 14/01/2027."))
            return
        if self.attempt(lambda: self._act(day), self._line):
            self.accept()
