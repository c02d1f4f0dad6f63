"""Ways a paper leaves the program: printer, a PDF file of the person's choice, a PDF reader."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QSizeF, QTemporaryDir, QUrl
from PySide6.QtGui import QDesktopServices, QPageLayout, QPageSize
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog

from app.errors import EnvironmentProblem
from ui.dialogs.file_dialogs import save_file
from ui.dialogs.locked_away import if_still_shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


def _tr(text: str) -> str:
    return QCoreApplication.translate("PaperOutlets", text)


A4_POINTS = QSizeF(595, 842)
_BOUND_FROM = 5
"""Pages from which on a paper is bound like a book."""


def suggest(printer: QPrinter, pages: int, paper: QSizeF) -> None:
    """Paper size, direction and sides before the person changes them."""
    lying = paper.width() > paper.height()
    upright = paper.transposed() if lying else paper
    printer.setPageSize(QPageSize(upright, QPageSize.Unit.Point))
    layout = QPageLayout.Orientation
    printer.setPageOrientation(layout.Landscape if lying else layout.Portrait)
    # A printer that cannot turn paper keeps to one side.
    printer.setDuplex(sides(pages, paper))


def sides(pages: int, paper: QSizeF) -> QPrinter.DuplexMode:
    """Books on both sides, turned over the long edge; short papers on one.

    Lying spreads show the open book, so their backs stay white.
    """
    bound = pages >= _BOUND_FROM and paper.width() <= paper.height()
    return QPrinter.DuplexMode.DuplexLongSide if bound else QPrinter.DuplexMode.DuplexNone


class PaperOutlets(Protocol):
    """What the page asks the system for; tests answer without windows."""

    def choose_printer(
        self,
        parent: QWidget,
        title: str,
        pages: int,
        on_chosen: Callable[[QPrinter], None],
        paper: QSizeF = A4_POINTS,
    ) -> None:
        """Let the person choose printer, pages, sides and copies; nothing is called on a cancel.

        `paper`: the sheet the pages were made for, in points.
        """
        ...

    def choose_file(self, parent: QWidget, name: str, on_chosen: Callable[[Path], None]) -> None:
        """Let the person choose where to save a PDF called `name`."""
        ...

    def open_in_reader(self, name: str, content: bytes) -> None:
        """Open a temporary copy with the system's PDF reader; EnvironmentProblem without one."""
        ...


class SystemOutlets:
    """The real dialogs. Temporary copies are deleted when the program ends."""

    def __init__(self) -> None:
        self._folder: QTemporaryDir | None = None

    def choose_printer(
        self,
        parent: QWidget,
        title: str,
        pages: int,
        on_chosen: Callable[[QPrinter], None],
        paper: QSizeF = A4_POINTS,
    ) -> None:
        """The system's own printer dialog, set to the paper and the sides the pages want."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        suggest(printer, pages, paper)
        dialog = QPrintDialog(printer, parent)
        dialog.setWindowTitle(title)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, pages)
        dialog.accepted.connect(if_still_shown(parent, lambda: on_chosen(printer)))
        dialog.finished.connect(dialog.deleteLater)
        # The binding hides the plain open() behind one with a slot's name.
        QDialog.open(dialog)

    def choose_file(self, parent: QWidget, name: str, on_chosen: Callable[[Path], None]) -> None:
        """Asks before it replaces a file."""
        save_file(parent, _tr("Lưu PDF"), _tr("Tệp PDF (*.pdf)"), on_chosen, name)

    def open_in_reader(self, name: str, content: bytes) -> None:
        """Write the copy beside others of this run and hand it to the system."""
        if self._folder is None:
            self._folder = QTemporaryDir()
        path = Path(self._folder.path()) / name
        try:
            path.write_bytes(content)
        except OSError as error:
            raise EnvironmentProblem(
                "temporary_not_written",
                "Không ghi được bản tạm để mở bằng trình đọc PDF; hãy xem ổ đĩa hệ thống còn chỗ "
                "không, hoặc dùng “Lưu PDF” rồi mở tệp đã lưu.",
            ) from error
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            raise EnvironmentProblem(
                "no_pdf_reader",
                "Máy này chưa có trình đọc PDF mở được tệp; hãy xem ngay trên trang này, hoặc cài "
                "một trình đọc PDF rồi thử lại.",
            )
