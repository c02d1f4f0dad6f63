"""The very bytes of a printed paper, page under page; nothing is drawn again for the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.errors import EnvironmentProblem

if TYPE_CHECKING:
    from ui.theme.look import Look

_PAGE_GAP = 12


class PdfPreview(QWidget):
    """Scrolls through a PDF fitted to its width; the paper stays white in both themes."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._document = QPdfDocument(self)
        self._buffer: QBuffer | None = None
        self._view = QPdfView(self)
        self._view.setAccessibleName(name)
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._view.setPageSpacing(_PAGE_GAP)
        self._view.setDocument(self._document)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._view)
        self.setFocusProxy(self._view)
        look.changed.connect(self._tint)
        self._tint()

    def show_bytes(self, content: bytes) -> int:
        """Show a PDF and answer its number of pages; EnvironmentProblem when it is none."""
        self._document.close()
        buffer = QBuffer(self)
        buffer.setData(QByteArray(content))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(buffer)
        if self._buffer is not None:
            self._buffer.deleteLater()
        self._buffer = buffer
        if self._document.status() is not QPdfDocument.Status.Ready:
            raise EnvironmentProblem(
                "pdf_unreadable",
                "Tệp PDF của bản in này không mở ra xem được trên máy; bản in vẫn còn trong sổ, "
                "hãy lưu ra đĩa rồi mở bằng trình xem PDF khác.",
            )
        return self._document.pageCount()

    def _tint(self) -> None:
        # The ground behind the pages; the view takes it from the palette, not the style sheet.
        palette = self._view.palette()
        for role in (QPalette.ColorRole.Dark, QPalette.ColorRole.Window, QPalette.ColorRole.Base):
            palette.setColor(role, self._look.color("well"))
        self._view.setPalette(palette)
