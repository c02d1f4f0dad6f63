"""Secret papers (recovery sheet, first passwords) go to a paper printer, never to a file."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from app.errors import EnvironmentProblem, RuleRefused
from app.presses import PaperPress
from app.readmodels.recovery_sheet import RecoverySheet

_DPI = 300
_FILE_PRINTERS = ("pdf", "xps", "onenote", "fax", "document writer", "image writer")
"""In the names of the printers that write a file or send it away instead of printing it."""


def prints_on_paper(name: str) -> bool:
    """Whether a printer of this name is no known writer of files."""
    folded = name.casefold()
    return bool(folded) and not any(word in folded for word in _FILE_PRINTERS)


def print_sheet(parent: QWidget, paper: PaperPress, sheet: RecoverySheet) -> bool:
    """Ask for a printer and print the sheet; False when the person gave up.

    Raises EnvironmentProblem `no_paper_printer`, RuleRefused `sheet_to_file`.
    """
    title = QCoreApplication.translate("RecoverySheet", "Phiếu khôi phục tệp dữ liệu Khóa Sổ")
    return print_secret(parent, title, lambda: paper.recovery_sheet(sheet).content)


def print_secret(parent: QWidget, title: str, content: Callable[[], bytes]) -> bool:
    """Put a secret paper on paper; `content` is asked for once a printer was chosen.

    Raises as `print_sheet`.
    """
    _refuse_no_printer()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, on=False)
    accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
    if not accepted or not parent.isVisible():
        # The lock may have come while the system's dialog was open: then nobody asked for this.
        return False
    refuse_a_file(printer)
    _paint(content(), printer)
    return True


def _refuse_no_printer() -> None:
    if not any(map(prints_on_paper, QPrinterInfo.availablePrinterNames())):
        raise EnvironmentProblem(
            "no_paper_printer",
            "Máy này chưa nối máy in giấy nào, mà phiếu này chỉ in ra giấy, không lưu thành tệp. "
            "Hãy nối máy in rồi bấm lại, hoặc chép tay vào giấy và cất như phiếu in.",
        )


def refuse_a_file(printer: QPrinter) -> None:
    """RuleRefused `sheet_to_file` unless `printer` puts ink on paper."""
    to_file = bool(printer.outputFileName()) or (
        printer.outputFormat() is not QPrinter.OutputFormat.NativeFormat
    )
    if to_file or not prints_on_paper(printer.printerName()):
        raise RuleRefused(
            "sheet_to_file",
            f"Chưa in: {printer.printerName() or 'lựa chọn vừa rồi'} ghi ra tệp, ai mở được tệp ấy "
            "là mở được sổ của trường. Hãy chọn một máy in giấy, hoặc chép tay mã vào giấy.",
            printer=printer.printerName(),
        )


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
