"""The recovery sheet goes to the printer only, never to a file."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from app.clock import Clock
from app.readmodels.class_book import SchoolLines
from app.readmodels.recovery_sheet import RecoverySheet
from app.school_file import Founded
from app.workspace import Toolbox

_DPI = 300


def print_recovery_sheet(parent: QWidget, tools: Toolbox, clock: Clock, founded: Founded) -> bool:
    """Ask for a printer and print the sheet; False when the person gave up."""
    school = founded.signed_in.school
    sheet = RecoverySheet(
        SchoolLines(school.authority, school.name, school.commune, school.province),
        founded.file.path.name,
        clock.now(),
        tuple(founded.recovery_code.split("-")),
        founded.signed_in.actor.name,
    )
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(
        QCoreApplication.translate("RecoverySheet", "Phiếu khôi phục tệp dữ liệu Khóa Sổ")
    )
    if QPrintDialog(printer, parent).exec() != QPrintDialog.DialogCode.Accepted:
        return False
    _paint(tools.paper.recovery_sheet(sheet).content, printer)
    return True


def _paint(content: bytes, printer: QPrinter) -> None:
    """The pages as pictures: QtPdf draws images only."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument(buffer)
    document.load(buffer)
    painter = QPainter(printer)
    for page in range(document.pageCount()):
        if page:
            printer.newPage()
        points = document.pagePointSize(page)
        pixels = QSize(round(points.width() * _DPI / 72), round(points.height() * _DPI / 72))
        image = document.render(page, pixels)
        painter.drawImage(QRectF(painter.viewport()), image)
    painter.end()
    document.close()
