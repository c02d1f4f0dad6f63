"""Asks for a file or a folder, in our own words, without stopping the window.

Qt's dialog, not the system's: it speaks Vietnamese on an English Windows, and the automatic lock
can cover it. `on_chosen` is called once something was chosen, never on a cancel.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDir, QSize, QStandardPaths, QUrl
from PySide6.QtWidgets import QFileDialog, QLineEdit, QListView, QSplitter, QTreeView

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

_SIZE = QSize(860, 520)
_SIDE_WIDTH = 170
_COMPUTER = QUrl("file:")
"""Every drive, a USB stick too."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("FileDialogs", text)


def open_file(
    parent: QWidget, title: str, filters: str, on_chosen: Callable[[Path], object], start: str = ""
) -> None:
    """An existing file; `start` is the folder shown first, empty for the last one used."""
    dialog = _dialog(parent, title, start, filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _show(dialog, on_chosen)


def save_file(
    parent: QWidget, title: str, filters: str, on_chosen: Callable[[Path], object], name: str
) -> None:
    """A place for a new file, first offered as `name` (with or without a folder).

    The ending of the first filter is added when the person types none; an existing file is
    replaced only after a question.
    """
    dialog = _dialog(parent, title, str(Path(name).parent), filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(filters.partition("*.")[2].partition(")")[0].partition(" ")[0])
    dialog.selectFile(Path(name).name)
    _show(dialog, on_chosen)


def choose_folder(
    parent: QWidget, title: str, on_chosen: Callable[[Path], object], start: str = ""
) -> None:
    """An existing folder."""
    dialog = _dialog(parent, title, start, "")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, _tr("Chọn thư mục"))
    _show(dialog, on_chosen)


def _dialog(parent: QWidget, title: str, start: str, filters: str) -> QFileDialog:
    dialog = QFileDialog(parent, title, start, filters)
    if start in ("", ".") and dialog.directory() == QDir.current():
        # Nothing was chosen yet: Qt shows the program's own folder, where no school keeps files.
        dialog.setDirectory(_papers())
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setSidebarUrls([_COMPUTER, *(QUrl.fromLocalFile(place) for place in _places())])
    dialog.resize(_SIZE)
    splitter = dialog.findChild(QSplitter)
    if splitter is not None:
        splitter.setSizes([_SIDE_WIDTH, _SIZE.width() - _SIDE_WIDTH])
    return dialog


def _papers() -> str:
    """Documents, or home where there is no such folder."""
    kinds = QStandardPaths.StandardLocation
    documents = QStandardPaths.writableLocation(kinds.DocumentsLocation)
    home = QStandardPaths.writableLocation(kinds.HomeLocation)
    return documents if documents and Path(documents).is_dir() else home


def _places() -> list[str]:
    """Desktop, documents and home, each where it exists."""
    kinds = QStandardPaths.StandardLocation
    wanted = (kinds.DesktopLocation, kinds.DocumentsLocation, kinds.HomeLocation)
    found = dict.fromkeys(QStandardPaths.writableLocation(kind) for kind in wanted)
    return [place for place in found if place and Path(place).is_dir()]


def _show(dialog: QFileDialog, on_chosen: Callable[[Path], object]) -> None:
    for field in dialog.findChildren(QLineEdit):
        field.setAccessibleName(_tr("Tên tệp hoặc thư mục"))
    for view in (*dialog.findChildren(QListView), *dialog.findChildren(QTreeView)):
        view.setAccessibleName(view.accessibleName() or _tr("Tệp và thư mục"))
    dialog.fileSelected.connect(lambda path: on_chosen(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
