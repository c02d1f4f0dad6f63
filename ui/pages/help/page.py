"""Trợ giúp: F1 opens it at the chapter of the screen that was open; Esc goes back there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.dialogs.paper_outlets import SystemOutlets
from ui.pages.help.view import HelpView
from ui.theme.tokens import PAGE_MARGIN
from ui.theme.typography import Role
from ui.widgets.buttons import secondary
from ui.widgets.focus import pass_focus
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QTextDocument
    from PySide6.QtPrintSupport import QPrinter

    from ui.dialogs.paper_outlets import PaperOutlets
    from ui.navigation import PageContext


class HelpPage(QWidget):
    """The manual within the frame."""

    def __init__(self, context: PageContext, outlets: PaperOutlets | None = None) -> None:
        super().__init__()
        look = context.look
        self._context = context
        self._outlets = outlets or SystemOutlets()
        self._back_to = "home"
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, 16, PAGE_MARGIN, 16)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Label(look, self.tr("Trợ giúp"), Role.TITLE))
        lead = self.tr("F1 ở trang nào thì mở trợ giúp của trang ấy")
        head.addWidget(Label(look, lead, Role.BODY, "ink2"), 1)
        self.back = secondary(look, self.tr("Trở lại (Esc)"), self._go_back, "arrow-left")
        head.addWidget(self.back)
        column.addLayout(head)
        self.view = HelpView(look)
        self.view.print_asked.connect(self._print)
        column.addWidget(self.view, 1)
        pass_focus(self, self.view.field)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._go_back)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def go_to(self, **where: Any) -> None:
        """`chapter`: what to open; `back`: the page to return to."""
        self._back_to = str(where.get("back", self._back_to))
        self.view.show_chapter(str(where.get("chapter", "")))

    def _go_back(self) -> None:
        self._context.open_page(self._back_to)

    def _print(self, title: str, document: QTextDocument) -> None:
        def chosen(printer: QPrinter) -> None:
            document.print_(printer)
            self._context.frame.toast(self.tr("Đã gửi tới máy in."), "green")

        self._outlets.choose_printer(self, title, 1, chosen)
