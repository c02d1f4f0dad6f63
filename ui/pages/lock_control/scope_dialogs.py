"""Khóa or mở the same columns in many classes at once: whole school, level, grade or class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.lock_scopes import LockScope
from app.domain.periods import PRIMARY_TERMS, Period, Term, entry_term
from app.services.column_locking import ColumnChoice
from ui.dialogs.entry_dialog import EntryDialog
from ui.pages.lock_control.control_dialogs import scope_choices
from ui.pages.lock_control.words import translate as tr
from ui.theme.typography import Role
from ui.widgets.checks import CheckBox
from ui.widgets.combos import Combo
from ui.widgets.date_field import DateField
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from app.domain.ids import SubjectId
    from app.domain.periods import EntryTerm
    from ui.theme.look import Look

_KINDS = (("tx", "Thường xuyên"), ("gk", "Giữa kì"), ("ck", "Cuối kì"))
_PRIMARY_KINDS = (("muc", "Mức"), ("ktdk", "Điểm KTĐK"), ("pc_nl", "Phẩm chất, năng lực"))


class ScopeLockDialog(EntryDialog):
    """Which classes, which columns, lock or unlock, by which decision."""

    def __init__(
        self,
        look: Look,
        scopes: Sequence[LockScope],
        subjects: Sequence[tuple[SubjectId | None, str]],
        term: EntryTerm,
        today: date,
        act: Callable[[ScopeLockDialog], None],
        parent: QWidget,
    ) -> None:
        """`act(dialog)` reads the choices, writes, and raises AppError when it may not."""
        super().__init__(
            look, tr("Khóa, mở cột nhiều lớp"), icon="lock-closed", parent=parent, width=600
        )
        self._act = act
        words = tr(
            "Mỗi lớp một dòng trong nhật ký. Ô trong cột khóa chỉ còn đổi được bằng hồ sơ sửa "
            "điểm; đợt nhập, chốt và niêm phong giữ nguyên."
        )
        self.body.addWidget(Label(look, words, Role.BODY, "ink2", wrap=True))
        self.what = Combo(look, tr("Việc"), [(True, tr("Khóa cột")), (False, tr("Mở khóa cột"))])
        self.scope = Combo(look, tr("Phạm vi"), scope_choices(scopes))
        self._row(LabelledField(look, tr("Việc"), self.what),
                  LabelledField(look, tr("Phạm vi"), self.scope))  # fmt: skip
        primary = isinstance(term, Period)
        terms: Sequence[EntryTerm] = PRIMARY_TERMS if primary else tuple(Term)
        when = tr("Kỳ") if primary else tr("Học kì")
        self.term = Combo(look, when, [(t.value, t.label) for t in terms])
        self.term.set_current(term.value)
        self.subject = Combo(look, tr("Môn"), subjects)
        self._row(LabelledField(look, when, self.term),
                  LabelledField(look, tr("Môn"), self.subject))  # fmt: skip
        kinds = _PRIMARY_KINDS if primary else _KINDS
        self.kinds = {code: CheckBox(look, tr(name)) for code, name in kinds}
        boxes = QHBoxLayout()
        boxes.setSpacing(20)
        for box in self.kinds.values():
            box.setChecked(True)
            boxes.addWidget(box)
        boxes.addStretch(1)
        self.body.addLayout(boxes)
        self.number = TextField(look, tr("Số quyết định hoặc thông báo"), "41/QĐ-THCS")
        self.decided_on = DateField(look, tr("Ngày quyết định"), today)
        self._row(LabelledField(look, tr("Số quyết định hoặc thông báo"), self.number),
                  LabelledField(look, tr("Ngày quyết định"), self.decided_on))  # fmt: skip
        self.add_refusal_line()
        self.body.addStretch(1)
        self.add_safe_button(tr("Để sau"), self.reject)
        self.confirm = self.add_button(tr("Ghi theo quyết định"), self._try, icon="check")
        self.guard(self.confirm)
        self.finished.connect(self.deleteLater)
        self.number.setFocus()

    @property
    def chosen_scope(self) -> LockScope:
        """The classes chosen."""
        found = self.scope.current()
        return found if isinstance(found, LockScope) else LockScope()

    @property
    def columns(self) -> ColumnChoice:
        """The columns chosen."""
        kinds = frozenset(code for code, box in self.kinds.items() if box.isChecked())
        return ColumnChoice(entry_term(self.term.current()), kinds, self.subject.current())

    def _row(self, *fields: QWidget) -> None:
        across = QHBoxLayout()
        across.setSpacing(14)
        for field in fields:
            across.addWidget(field, 1)
        self.body.addLayout(across)

    def _try(self) -> None:
        if self.attempt(lambda: self._act(self)):
            self.accept()
