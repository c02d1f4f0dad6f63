"""Combo boxes 30 high with our own chevron, and pickers with a label at their left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from ui.theme.typography import Role
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QWheelEvent

    from ui.theme.look import Look


Choices = Sequence[tuple[Any, str]]
"""Keys and words of a list."""

_READABLE = 170
"""Logical pixels a squeezed box keeps for a long choice."""


class Combo(QComboBox):
    """`picked(key)` follows the person's choice only; keys may be anything hashable."""

    picked = Signal(object)

    def __init__(
        self,
        look: Look,
        name: str,
        choices: Sequence[tuple[Any, str]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.setAccessibleName(name)
        self.setFont(look.font(Role.VALUE))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaxVisibleItems(18)
        self.activated.connect(lambda _index: self.picked.emit(self.current()))
        look.changed.connect(self.update)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[Any, str]], current: Any = None) -> None:
        """Replace the list of (key, words) without a signal; keeps the key if it is still there."""
        kept = current if current is not None else self.current()
        self.clear()
        for key, words in choices:
            self.addItem(words, key)
        if kept is not None:
            self.set_current(kept)

    def set_groups(self, first: Choices, heading: str, second: Choices, current: Any) -> None:
        """As `set_choices`, with the second part under a heading that cannot be chosen."""
        if not first or not second:
            self.set_choices([*first, *second], current)
            return
        self.set_choices([*first, (None, heading), *second], current)
        # The list as a whole belongs to the box; only its own kind of model knows single items.
        model = self.model()
        if isinstance(model, QStandardItemModel):
            item = model.item(len(first))
            item.setEnabled(False)
            item.setFont(self._look.font(Role.CAPTION))

    def current(self) -> Any:
        """Key of the choice shown; None without one."""
        return self.currentData()

    def set_current(self, key: Any) -> bool:
        """Show `key` without a signal; False when it is not in the list."""
        for row in range(self.count()):
            if self.itemData(row) == key:
                self.setCurrentIndex(row)
                return True
        return False

    @override
    def sizeHint(self) -> QSize:
        """The widest choice and the chevron; Qt's own hint is too small until it is polished."""
        metrics = QFontMetrics(self.font())
        words = (self.itemText(row) for row in range(self.count()))
        widest = max((metrics.horizontalAdvance(text) for text in words), default=0)
        return QSize(max(72, widest + 46), 30)

    @override
    def minimumSizeHint(self) -> QSize:
        """May be squeezed, but what is chosen stays readable unless it is very long."""
        chosen = QFontMetrics(self.font()).horizontalAdvance(self.currentText())
        return QSize(min(max(72, chosen + 46), _READABLE), 30)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, then the chevron."""
        super().paintEvent(event)
        painter = QPainter(self)
        tone = "ink2" if self.isEnabled() else "ink3"
        pixmap = self._look.pixmap("chevron-down", tone, 16, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - 22, (self.height() - 16) // 2, pixmap)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel over a closed box must not change the class by accident."""
        event.ignore()


class Picker(QWidget):
    """A label and a combo in one line: "Lớp [7A2]"; shown only while there is something to pick."""

    def __init__(self, look: Look, label: str, choices: Sequence[tuple[Any, str]] = ()) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(9)
        self._words = Label(look, label, Role.BODY, "ink3")
        self.combo = Combo(look, label, choices)
        self._words.setBuddy(self.combo)
        row.addWidget(self._words)
        row.addWidget(self.combo)
        self._wanted = False
        for changed in (self.combo.model().rowsInserted, self.combo.model().rowsRemoved):
            changed.connect(self._follow)
        self.combo.model().modelReset.connect(self._follow)

    @override
    def setVisible(self, visible: bool) -> None:
        """An empty box beside a word would look broken."""
        self._wanted = visible
        super().setVisible(visible and bool(self.combo.count()))

    def _follow(self) -> None:
        if self._wanted and self.isHidden() is bool(self.combo.count()):
            super().setVisible(bool(self.combo.count()))

    def set_label(self, label: str, *, urgent: bool = False) -> None:
        """Other words before the combo; `urgent` asks to be seen."""
        self._words.setText(label)
        self._words.set_tone("amber" if urgent else "ink3")

    def label(self) -> str:
        """The words before the combo."""
        return self._words.text()
