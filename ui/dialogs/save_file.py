"""Puts bytes into a file the person chooses; a half-written file never takes the name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSaveFile
from PySide6.QtWidgets import QFileDialog

from app.errors import EnvironmentProblem

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def ask_where(parent: QWidget, title: str, name: str, kind: str) -> Path | None:
    """The file chosen ("PDF (*.pdf)" is a `kind`); None when the person changed their mind."""
    chosen, _ = QFileDialog.getSaveFileName(parent, title, name, kind)
    return Path(chosen) if chosen else None


def save_bytes(path: Path, content: bytes) -> None:
    """Write all or nothing; EnvironmentProblem with a sentence when the disk says no."""
    file = QSaveFile(str(path))
    written = file.open(QSaveFile.OpenModeFlag.WriteOnly) and file.write(content) == len(content)
    if not written or not file.commit():
        why = file.errorString()
        sentence = QCoreApplication.translate(
            "SaveFile",
            "Chưa lưu được tệp {name} vào {folder} ({why}). Tệp có thể đang mở trong chương trình "
            "khác, hoặc ổ đầy, ổ chỉ đọc; hãy đóng tệp ấy hoặc chọn chỗ khác rồi lưu lại.",
        ).format(name=path.name, folder=path.parent, why=why)
        raise EnvironmentProblem("save_failed", sentence, path=path)
