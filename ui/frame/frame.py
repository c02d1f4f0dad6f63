"""The frame around the pages: rail, top bar, page area, status strip; built for a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.frame.rail import Rail
from ui.frame.status_strip import StatusStrip
from ui.frame.top_bar import TopBar
from ui.widgets.cards import ground

if TYPE_CHECKING:
    from ui.theme.look import Look


class Frame(QWidget):
    """Layout only; the window connects its parts."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.rail = Rail(look)
        self.top_bar = TopBar(look)
        self.status = StatusStrip(look)
        self.pages = QStackedWidget()
        page_area = QWidget()
        column = QVBoxLayout(page_area)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        ground(self.pages, "desk")
        column.addWidget(self.pages, 1)
        column.addWidget(self.status)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(page_area, 1)
