"""Our own icons: SVG in one colour, drawn sharp at every screen scale."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.errors import EnvironmentProblem

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QColor

    from ui.theme.tokens import Tokens

_TOKEN = re.compile(rb"#([a-z][a-z0-9_]*)")


class IconSet:
    """Renders and remembers icons; one per application."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sources: dict[str, bytes] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
        self._icons: dict[tuple[str, str, int, int, str], QIcon] = {}

    def names(self) -> tuple[str, ...]:
        """Every icon in the folder, in alphabetical order."""
        return tuple(sorted(path.stem for path in self._folder.glob("*.svg")))

    def pixmap(self, name: str, color: QColor, size: int, ratio: float = 1.0) -> QPixmap:
        """Icon `name`, `size` logical pixels square, drawn for a screen of `ratio`."""
        key = (name, color.name(), size, ratio)
        if key not in self._pixmaps:
            tinted = self._source(name).replace(b"currentColor", color.name().encode())
            self._pixmaps[key] = _render(_with_visible_stroke(tinted, size), size, ratio)
        return self._pixmaps[key]

    def icon(
        self, name: str, color: QColor, size: int, gap: int = 0, *, disabled: QColor | None = None
    ) -> QIcon:
        """A QIcon with a picture for each screen there is, `gap` empty pixels on the right.

        Scales of screens that are not there would cost the sign-in window 2 ms.
        `disabled` is its colour while the button is: the style would only fade the first one,
        which on a filled button leaves white on grey.
        """
        key = (name, color.name(), size, gap, disabled.name() if disabled else "")
        if key not in self._icons:
            icon = QIcon()
            screens = QGuiApplication.screens()
            for ratio in sorted({1.0, *(screen.devicePixelRatio() for screen in screens)}):
                icon.addPixmap(_widened(self.pixmap(name, color, size, ratio), gap))
                if disabled is not None:
                    faded = _widened(self.pixmap(name, disabled, size, ratio), gap)
                    icon.addPixmap(faded, QIcon.Mode.Disabled)
            self._icons[key] = icon
        return self._icons[key]

    def picture(self, name: str, tokens: Tokens, size: int, ratio: float = 1.0) -> QPixmap:
        """A picture of several colours; its SVG names tokens as `#name`."""
        key = (name, tokens.paper, size, ratio)
        if key not in self._pixmaps:
            tinted = _TOKEN.sub(
                lambda found: str(getattr(tokens, found[1].decode())).encode(), self._source(name)
            )
            self._pixmaps[key] = _render(tinted, size, ratio)
        return self._pixmaps[key]

    def _source(self, name: str) -> bytes:
        if name not in self._sources:
            path = self._folder / f"{name}.svg"
            try:
                self._sources[name] = path.read_bytes()
            except OSError as error:
                raise EnvironmentProblem(
                    "icon_missing",
                    f"Không đọc được hình {path.name} đi kèm chương trình. "
                    "Bản cài đặt bị thiếu tệp; hãy cài lại Khóa Sổ.",
                    file=path.name,
                ) from error
        return self._sources[name]


def _with_visible_stroke(svg: bytes, size: int) -> bytes:
    """Small icons keep a stroke of about 1.35 pixels instead of shrinking it with the picture."""
    if size >= 20:
        return svg
    return svg.replace(b'stroke-width="1.5"', f'stroke-width="{1.35 * 20 / size:.2f}"'.encode())


def _render(svg: bytes, size: int, ratio: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(svg))
    if not renderer.isValid():
        raise EnvironmentProblem(
            "icon_unreadable",
            "Một hình đi kèm chương trình bị hỏng. Hãy cài lại Khóa Sổ.",
        )
    side = round(size * ratio)
    pixmap = QPixmap(QSize(side, side))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _widened(pixmap: QPixmap, gap: int) -> QPixmap:
    """QPushButton has no icon gap, so the picture brings its own."""
    if gap == 0:
        return pixmap
    ratio = pixmap.devicePixelRatio()
    wide = QPixmap(pixmap.width() + round(gap * ratio), pixmap.height())
    wide.setDevicePixelRatio(ratio)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, pixmap)
    painter.end()
    return wide
