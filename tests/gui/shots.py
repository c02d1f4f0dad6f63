"""Pictures of widgets as a screen would show them, for the eye and for a smoke test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget


def shoot(widget: QWidget, path: Path | None = None, size: tuple[int, int] | None = None) -> QImage:
    """Grab `widget` at `size` logical pixels; saved as PNG when `path` is given."""
    if size is not None:
        widget.resize(*size)
    widget.show()
    QApplication.processEvents()
    image = widget.grab().toImage()
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        image.save(str(path))
    return image


def colours_in(image: QImage, step: int = 7) -> set[str]:
    """Colours met on a coarse grid: a blank picture has one."""
    return {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), step)
        for y in range(0, image.height(), step)
    }
