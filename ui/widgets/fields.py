"""Labelled fields: every field has a buddy label and an accessible name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui.theme.typography import Role
from ui.widgets.labels import Label, restyle

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ui.theme.look import Look


class TextField(QLineEdit):
    """A line of text, 34 high; typed text is never rejected letter by letter (bộ gõ)."""

    def __init__(
        self, look: Look, name: str, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFont(look.font(Role.BODY))
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)

    def set_ring(self, ring: str) -> None:
        """`amber`, `red`, or empty for the usual border."""
        if (self.property("ring") or "") != ring:
            self.setProperty("ring", ring)
            restyle(self)


class SearchField(TextField):
    """A field with a magnifier at its left."""

    def __init__(
        self, look: Look, name: str, placeholder: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, name, placeholder, parent)
        self._look = look
        self.setTextMargins(22, 0, 0, 0)
        look.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, then the magnifier."""
        super().paintEvent(event)
        painter = QPainter(self)
        pixmap = self._look.pixmap("search", "ink2", 18, self.devicePixelRatioF())
        painter.drawPixmap(7, (self.height() - 18) // 2, pixmap)


class LabelledField(QWidget):
    """A field under its label, with a line for what is wrong or helpful."""

    def __init__(
        self,
        look: Look,
        label: str,
        field: QWidget,
        help_text: str = "",
        *,
        aside: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`aside` stands at the right end of the label's line (a link)."""
        super().__init__(parent)
        self.field = field
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        self._label = Label(look, label, Role.VALUE, "ink2")
        self._label.setBuddy(field)
        head = QHBoxLayout()
        head.addWidget(self._label, 1)
        if aside is not None:
            head.addWidget(aside)
        column.addLayout(head)
        column.addWidget(field)
        if isinstance(field, (QComboBox, QLineEdit)):
            # Room that is left over stands between fields, not between a field and its words.
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        if isinstance(field, QComboBox):
            field.setProperty("tall", "field")
        self._help = help_text
        self._line = Label(look, help_text, Role.CAPTION, "ink3", wrap=True)
        self._line.setVisible(bool(help_text))
        column.addWidget(self._line)
        if not field.accessibleName():
            field.setAccessibleName(label)

    def set_label(self, label: str) -> None:
        """Other words over the field."""
        self._label.setText(label)
        self.field.setAccessibleName(label)

    def set_error(self, sentence: str) -> None:
        """Say what is wrong, under the field; an empty sentence brings the help back."""
        self.set_note(sentence or self._help, "red" if sentence else "ink3")
        if isinstance(self.field, TextField):
            self.field.set_ring("red" if sentence else "")

    def set_note(self, sentence: str, tone: str) -> None:
        """Any other line under the field."""
        self._line.setText(sentence)
        self._line.set_tone(tone)
        self._line.setVisible(bool(sentence))

    def error(self) -> str:
        """The sentence under the field."""
        return self._line.text()


def side_by_side(left: QWidget, right: QWidget) -> QHBoxLayout:
    """Two fields in one line, their labels level."""
    row = QHBoxLayout()
    row.setSpacing(14)
    row.addWidget(left, 1, Qt.AlignmentFlag.AlignTop)
    row.addWidget(right, 1, Qt.AlignmentFlag.AlignTop)
    return row
