"""Sends a PDF to a printer page by page, in a worker thread, with progress and cancel."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from app.errors import EnvironmentProblem
from app.progress import Cancelled, Progress, no_progress

MOST_DPI = 300
"""Finer than this an office printer does not draw; a page stays under 40 MB of memory."""
_POINTS_AN_INCH = 72
_WHITE = 0xFFFFFFFF
"""Paper: no token of the theme, it is white in the dark too."""


def print_pages(content: bytes, printer: QPrinter, progress: Progress = no_progress) -> int:
    """Print what the person chose in the printer's dialog; answers the number of pages sent.

    One page is in memory at a time. Raises `Cancelled` with the printer told to forget the rest,
    and EnvironmentProblem `printer_failed` or `pdf_unreadable`.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    if document.status() is not QPdfDocument.Status.Ready:
        raise EnvironmentProblem(
            "pdf_unreadable",
            "Không đọc được tệp PDF của bản in này nên chưa gửi máy in; bản in vẫn còn trong sổ, "
            "hãy lưu ra đĩa rồi in bằng trình đọc PDF khác.",
        )
    wanted = _wanted(printer, document.pageCount())
    painter = QPainter()
    try:
        _send(document, printer, painter, wanted, progress)
    except Cancelled:
        printer.abort()
        raise
    finally:
        if painter.isActive():
            painter.end()
        document.close()
    return len(wanted)


def _wanted(printer: QPrinter, pages: int) -> range:
    """Page numbers from 0 that the dialog's range asks for; 0 there means all."""
    first, last = printer.fromPage(), printer.toPage()
    if not first and not last:
        return range(pages)
    return range(max(1, first) - 1, min(last or pages, pages))


def _send(
    document: QPdfDocument,
    printer: QPrinter,
    painter: QPainter,
    wanted: range,
    progress: Progress,
) -> None:
    dpi = min(MOST_DPI, printer.resolution())
    printer.setFullPage(True)
    for done, page in enumerate(wanted):
        progress(done, len(wanted), f"Đang gửi trang {page + 1} tới máy in")
        points = document.pagePointSize(page)
        lying = points.width() > points.height()
        layout = QPageLayout.Orientation
        # Before the page begins: a book has standing and lying pages.
        printer.setPageOrientation(layout.Landscape if lying else layout.Portrait)
        started = printer.newPage() if painter.isActive() else painter.begin(printer)
        if not started:
            raise EnvironmentProblem(
                "printer_failed",
                f"Máy in {printer.printerName() or 'đã chọn'} không nhận trang {page + 1}. Hãy xem "
                "máy in có bật, còn giấy và đúng tên không, rồi gửi lại; bản in vẫn còn trong sổ.",
                page=page + 1,
            )
        size = QSize(
            round(points.width() * dpi / _POINTS_AN_INCH),
            round(points.height() * dpi / _POINTS_AN_INCH),
        )
        paper = printer.paperRect(QPrinter.Unit.DevicePixel)
        painter.drawImage(paper, _drawn(document, page, size))
    progress(len(wanted), len(wanted), "Máy in đã nhận đủ trang")


def _drawn(document: QPdfDocument, page: int, size: QSize) -> QImage:
    """The page on white paper: a PDF page itself has no ground."""
    paper = QImage(size, QImage.Format.Format_RGB32)
    paper.fill(_WHITE)
    painter = QPainter(paper)
    painter.drawImage(0, 0, document.render(page, size))
    painter.end()
    return paper
