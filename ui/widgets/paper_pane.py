"""A paper on screen with its page number, zoom and keys: what In sổ shows beside its lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSizeF, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme.typography import Role
from ui.widgets.buttons import icon_button, link
from ui.widgets.labels import Label
from ui.widgets.pdf_preview import PdfPreview

if TYPE_CHECKING:
    from ui.theme.look import Look

_ZOOM_STEP = 1.25
_LEAST_ZOOM, _MOST_ZOOM = 0.2, 5.0


class PagedPreview(PdfPreview):
    """`page_shown(page)` counts from 1; zoom is a factor of the paper's own size."""

    page_shown = Signal(int)

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(look, name, parent)
        # A bound method, not a lambda: the view still speaks while the widget is destroyed.
        self._view.pageNavigator().currentPageChanged.connect(self._on_page)

    @property
    def pages(self) -> int:
        """How many pages the paper has; 0 without one."""
        return self._document.pageCount()

    @property
    def paper_points(self) -> QSizeF:
        """Width and height of the first sheet, in points."""
        return self._document.pagePointSize(0)

    @property
    def page(self) -> int:
        """The page in sight, from 1."""
        return self._view.pageNavigator().currentPage() + 1

    @property
    def zoom(self) -> float:
        """The factor in force."""
        return float(self._view.zoomFactor())

    @property
    def fits_width(self) -> bool:
        """Whether the paper follows the width of the pane."""
        return self._view.zoomMode() is QPdfView.ZoomMode.FitToWidth

    def go_to_page(self, page: int) -> None:
        """Show a page; one beyond the ends is the end."""
        if self.pages:
            inside = min(max(page, 1), self.pages)
            self._view.pageNavigator().jump(inside - 1, QPointF(), 0)

    def scale(self, factor: float) -> None:
        """Multiply the zoom."""
        wanted = min(max(self._shown_factor() * factor, _LEAST_ZOOM), _MOST_ZOOM)
        self._view.setZoomMode(QPdfView.ZoomMode.Custom)
        self._view.setZoomFactor(wanted)

    def fit_width(self) -> None:
        """Follow the pane's width."""
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def fit_page(self) -> None:
        """One whole page in sight."""
        self._view.setZoomMode(QPdfView.ZoomMode.FitInView)

    def take_away(self) -> None:
        """Show no paper."""
        self._document.close()

    def _on_page(self, page: int) -> None:
        self.page_shown.emit(page + 1)

    def _shown_factor(self) -> float:
        if self._view.zoomMode() is QPdfView.ZoomMode.Custom or not self.pages:
            return self.zoom
        # In the fitting modes Qt keeps the factor to itself; it follows from the page's size.
        size = self._document.pagePointSize(self._view.pageNavigator().currentPage())
        margins = self._view.documentMargins()
        room = self._view.viewport().size()
        wide = (room.width() - margins.left() - margins.right()) / size.width()
        tall = (room.height() - margins.top() - margins.bottom()) / size.height()
        fitted = wide if self.fits_width else min(wide, tall)
        return float(fitted * 72 / self._view.logicalDpiX())


class PaperPane(QWidget):
    """The preview under a row of page and zoom controls."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.preview = PagedPreview(look, name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.preview, 1)
        column.addWidget(self._controls())
        self.preview.page_shown.connect(self._tell)
        self.setFocusProxy(self.preview)
        for keys, act in (
            ("Ctrl++", lambda: self.preview.scale(_ZOOM_STEP)),
            ("Ctrl+=", lambda: self.preview.scale(_ZOOM_STEP)),
            ("Ctrl+-", lambda: self.preview.scale(1 / _ZOOM_STEP)),
            ("Ctrl+0", self.preview.fit_width),
            ("Alt+Left", lambda: self.turn(-1)),
            ("Alt+Right", lambda: self.turn(1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._tell()

    def show_bytes(self, content: bytes) -> int:
        """Show a PDF from its first page; EnvironmentProblem when it is none."""
        pages = self.preview.show_bytes(content)
        self.preview.go_to_page(1)
        self._tell()
        return pages

    def take_away(self) -> None:
        """Show no paper."""
        self.preview.take_away()
        self._tell()

    def turn(self, pages: int) -> None:
        """Leaf forth or back."""
        self.preview.go_to_page(self.preview.page + pages)

    def position_words(self) -> str:
        """The page in words (trang 4 trên 46); empty without a paper."""
        return self._position.text()

    def _controls(self) -> QWidget:
        look = self._look
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(10, 5, 10, 5)
        row.setSpacing(4)
        self._back = icon_button(
            look, "chevron-left", self.tr("Trang trước"), lambda: self.turn(-1)
        )
        self._forth = icon_button(look, "chevron-right", self.tr("Trang sau"), lambda: self.turn(1))
        self._position = Label(look, "", Role.BODY, "ink2")
        less = icon_button(
            look, "minus", self.tr("Thu nhỏ"), lambda: self.preview.scale(1 / _ZOOM_STEP)
        )
        more = icon_button(
            look, "plus", self.tr("Phóng to"), lambda: self.preview.scale(_ZOOM_STEP)
        )
        width = link(look, self.tr("Vừa bề ngang"), self.preview.fit_width)
        page = link(look, self.tr("Cả trang"), self.preview.fit_page)
        row.addWidget(self._back)
        row.addWidget(self._position)
        row.addWidget(self._forth)
        row.addStretch(1)
        self._zoomers = (less, more, width, page)
        for widget in self._zoomers:
            row.addWidget(widget)
        return box

    def _tell(self) -> None:
        page, pages = self.preview.page, self.preview.pages
        words = self.tr("trang {page} trên {pages}").format(page=page, pages=pages)
        self._position.setText(words if pages else "")
        self._back.setEnabled(bool(pages) and page > 1)
        self._forth.setEnabled(page < pages)
        for widget in self._zoomers:
            widget.setEnabled(bool(pages))
