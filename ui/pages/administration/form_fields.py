"""The fields of one form of Mẫu sổ: only what the form lets a school adjust is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.form_settings import FormSettings, FormSpec, SignerForm
from app.domain.print_runs import PaperSize
from ui.theme.typography import Role
from ui.widgets.cards import hairline
from ui.widgets.checks import CheckBox
from ui.widgets.combos import Combo
from ui.widgets.fields import LabelledField, TextField, side_by_side
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from ui.theme.look import Look

_STEP = 5


class FormFields(QWidget):
    """`settings()` is what stands in the fields, unchecked; `edited` follows the person only."""

    edited = Signal()

    def __init__(self, look: Look, spec: FormSpec) -> None:
        super().__init__()
        self._look = look
        self._spec = spec
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 10, 0)
        self._column.setSpacing(10)
        self._column.addWidget(Label(look, spec.about, Role.CAPTION, "ink2", wrap=True))
        self.paper = self._combo(self.tr("Khổ giấy"))
        self.paper.set_choices([(size, size.words) for size in spec.papers])
        self.rows = self._combo(self.tr("Số hàng một trang"))
        self.rows.set_choices([(n, self._rows_words(n)) for n in self._offered_rows()])
        self.columns = self._combo(self.tr("Cột trống thêm ở cuối"))
        none = self.tr("không thêm")
        counts = [(n, self.tr("{n} cột").format(n=n) if n else none) for n in range(spec.tail + 1)]
        self.columns.set_choices(counts)
        self.columns.picked.connect(lambda _n: self._show_conditional())
        self.tail = [
            self._text(self.tr("Đầu cột thêm {n}").format(n=n + 1), "") for n in range(spec.tail)
        ]
        self.place = self._text(self.tr("Dòng địa danh dưới tên trường"), self._as_known())
        self.dated = self._text(self.tr("Địa danh trước ngày tháng"), self._as_known())
        self.signer = self._combo(self.tr("Ký ở chỗ hiệu trưởng"))
        self.signer.set_choices([(one, one.words) for one in spec.signers])
        self.signer.picked.connect(lambda _one: self._show_conditional())
        self.signer_title = self._text(self.tr("Chức danh người ký"), "PHÓ HIỆU TRƯỞNG")
        self.signer_name = self._text(self.tr("Họ tên người ký"), self.tr("để trống thì viết tay"))
        self.names = CheckBox(look, self.tr("In sẵn họ tên ở chỗ ký"))
        self.names.clicked.connect(lambda _on: self.edited.emit())
        self.captions = {old: self._text(old, old) for old in spec.captions}
        self._labels: dict[QWidget, LabelledField] = {}
        self._lay_out()

    def show_settings(self, settings: FormSettings) -> None:
        """Put settings into the fields without a signal."""
        self.paper.set_current(settings.paper)
        self.rows.set_current(settings.rows or self._spec.rows[1])
        self.columns.set_current(len(settings.tail))
        for at, field in enumerate(self.tail):
            field.setText(settings.tail[at] if at < len(settings.tail) else "")
        self.place.setText(settings.place)
        self.dated.setText(settings.dated)
        self.signer.set_current(settings.signer)
        self.signer_title.setText(settings.signer_title)
        self.signer_name.setText(settings.signer_name)
        self.names.setChecked(settings.names)
        own = dict(settings.captions)
        for old, field in self.captions.items():
            field.setText(own.get(old, ""))
        self._show_conditional()

    def settings(self) -> FormSettings:
        """What stands in the fields; `form_settings.checked_settings` judges it."""
        return FormSettings(
            tuple((old, field.text()) for old, field in self.captions.items() if field.text()),
            self.place.text(),
            self.dated.text(),
            # Qt gives the plain text of a StrEnum back.
            PaperSize(self.paper.current()),
            int(self.rows.current() or 0),
            tuple(field.text() for field in self.tail[: int(self.columns.current() or 0)]),
            SignerForm(self.signer.current()),
            self.signer_title.text(),
            self.signer_name.text(),
            self.names.isChecked(),
        )

    def set_read_only(self, read_only: bool) -> None:
        """Whether the fields only show."""
        for combo in (self.paper, self.rows, self.columns, self.signer):
            combo.setEnabled(not read_only)
        for field in self.findChildren(TextField):
            field.setReadOnly(read_only)
        self.names.setEnabled(not read_only)

    # --- inside

    def _lay_out(self) -> None:
        spec = self._spec
        several = len(spec.papers) > 1
        if several or spec.rows[1]:
            self._part(self.tr("Giấy và trang"))
        pair = [(several, self.paper), (bool(spec.rows[1]), self.rows)]
        self._side_by_side([self._label(combo) for shown, combo in pair if shown])
        if spec.tail:
            self._column.addWidget(self._label(self.columns))
            self._side_by_side([self._label(field) for field in self.tail[:2]])
            self._side_by_side([self._label(field) for field in self.tail[2:]])
        if spec.place or spec.dated:
            self._part(self.tr("Địa danh"))
        for shown, field in ((spec.place, self.place), (spec.dated, self.dated)):
            if shown:
                self._column.addWidget(self._label(field))
        self._part(self.tr("Người ký"))
        self._column.addWidget(self._label(self.signer))
        self._side_by_side([self._label(self.signer_title), self._label(self.signer_name)])
        self._column.addWidget(self.names)
        if self.captions:
            self._part(self.tr("Lời ghi được đổi"))
            for field in self.captions.values():
                self._column.addWidget(self._label(field))
        self._column.addStretch(1)
        laid_out = set(self._labels)
        for widget in (self.paper, self.rows, self.columns, self.place, self.dated):
            if widget not in laid_out:
                widget.setParent(self)
                widget.hide()

    def _part(self, words: str) -> None:
        self._column.addWidget(hairline())
        self._column.addWidget(Label(self._look, words, Role.STRONG))

    def _label(self, field: QWidget) -> LabelledField:
        made = LabelledField(self._look, field.accessibleName(), field)
        self._labels[field] = made
        return made

    def _side_by_side(self, fields: list[LabelledField]) -> None:
        if len(fields) == 2:
            self._column.addLayout(side_by_side(fields[0], fields[1]))
        else:
            for field in fields:
                self._column.addWidget(field)

    def _show_conditional(self) -> None:
        """Headings of the columns there are; name and title of who signs for the principal."""
        count = int(self.columns.current() or 0)
        for at, field in enumerate(self.tail):
            self._labels[field].setVisible(at < count)
        signer = SignerForm(self.signer.current())
        other = signer is not SignerForm.PRINCIPAL
        titled = signer in (SignerForm.DEPUTY, SignerForm.ON_ORDER)
        self._labels[self.signer_title].setVisible(titled)
        self._labels[self.signer_name].setVisible(other)

    def _combo(self, name: str) -> Combo:
        combo = Combo(self._look, name)
        combo.picked.connect(lambda _key: self.edited.emit())
        return combo

    def _text(self, name: str, placeholder: str) -> TextField:
        field = TextField(self._look, name, placeholder)
        field.textEdited.connect(lambda _text: self.edited.emit())
        return field

    def _offered_rows(self) -> list[int]:
        low, high = self._spec.rows
        return [*range(low, high, _STEP), high]

    def _rows_words(self, rows: int) -> str:
        if rows == self._spec.rows[1]:
            return self.tr("{n} (theo mẫu)").format(n=rows)
        return str(rows)

    def _as_known(self) -> str:
        return self.tr("theo thông tin trường")
