"""A photo from a file: looked at before it is decoded, cut to 3x4, made small."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QFile, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

from app.domain.photos import MOST_BYTES
from app.errors import EnvironmentProblem, RuleRefused

if TYPE_CHECKING:
    from pathlib import Path

WIDTH, HEIGHT = 354, 472
"""3 x 4 cm at 300 dpi."""
_MOST_FILE = 20 * 1024 * 1024
_MOST_SIDE = 8000
_FORMATS = (b"jpeg", b"jpg", b"png")
_QUALITIES = (90, 80, 65, 45)
_WHITE = 0xFFFFFFFF
"""Photographic paper, in both themes."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("PupilPhoto", text)


def photo_from_file(path: Path) -> bytes:
    """A 3x4 JPEG of at most 200 KB out of the middle of a picture file.

    Raises EnvironmentProblem for a file that cannot be opened, RuleRefused for one that is too
    big, no JPEG or PNG by its own bytes, or broken.
    """
    file = QFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise EnvironmentProblem(
            "photo_unreadable",
            _tr("Không mở được tệp ảnh {name}; hãy xem tệp còn đó không rồi chọn lại.").format(
                name=path.name
            ),
        )
    if file.size() > _MOST_FILE:
        raise RuleRefused(
            "photo_file_too_big",
            _tr("Tệp ảnh {name} nặng hơn 20 MB; hãy chọn ảnh nhỏ hơn.").format(name=path.name),
        )
    reader = QImageReader(file)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if bytes(reader.format().data()) not in _FORMATS or not size.isValid():
        raise RuleRefused(
            "photo_format",
            _tr("{name} không phải ảnh JPEG hoặc PNG; hãy chọn ảnh khác.").format(name=path.name),
        )
    if max(size.width(), size.height()) > _MOST_SIDE or min(size.width(), size.height()) < 120:
        raise RuleRefused(
            "photo_size",
            _tr("Ảnh {name} có {w}×{h} điểm; hãy chọn ảnh mỗi cạnh từ 120 đến 8000 điểm.").format(
                name=path.name, w=size.width(), h=size.height()
            ),
        )
    image = reader.read()
    if image.isNull():
        raise RuleRefused(
            "photo_broken", _tr("Ảnh {name} bị hỏng; hãy chọn ảnh khác.").format(name=path.name)
        )
    return _small_jpeg(_cut(image))


def _cut(image: QImage) -> QImage:
    """The middle 3x4 of a picture, a little higher than the middle, where the face is."""
    wide, high = image.width(), image.height()
    width = min(wide, high * 3 // 4)
    height = min(high, wide * 4 // 3)
    part = QRect((wide - width) // 2, (high - height) // 3, width, height)
    small = image.copy(part).scaled(
        QSize(WIDTH, HEIGHT),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    # A JPEG has no see-through parts: they would turn black.
    paper = QImage(small.size(), QImage.Format.Format_RGB32)
    paper.fill(_WHITE)
    painter = QPainter(paper)
    painter.drawImage(0, 0, small)
    painter.end()
    return paper


def _small_jpeg(image: QImage) -> bytes:
    content = b""
    for quality in _QUALITIES:
        held = QByteArray()
        buffer = QBuffer(held)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "JPEG", quality)  # type: ignore[call-overload]  # stub wants bytes
        buffer.close()
        content = bytes(held.data())
        if len(content) <= MOST_BYTES:
            break
    return content
