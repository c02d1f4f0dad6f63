"""The bound book at the left of sign-in and welcome: cloth, stitches, nhãn vở."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.theme.typography import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QPaintEvent

    from ui.theme.look import Look

_WIDE, _SLIM = 452, 400
_CLOTH, _LEFT = 35, 80
_LABEL_WIDTH, _LABEL_TOP, _ROW = 300, 232, 36


class BookSpine(QWidget):
    """Painted whole; `facts` are the lines of the label (Năm học, Sổ mở, Hiệu trưởng, Sao lưu)."""

    def __init__(
        self,
        look: Look,
        title: str = "",
        facts: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._title = title
        self._facts = dict(facts or {})
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFixedWidth(_WIDE)
        look.changed.connect(self.update)
        self._speak()

    def fit(self, window_width: int) -> None:
        """Give way when the window is narrow; logical pixels."""
        self.setFixedWidth(_WIDE if window_width >= 1200 else _SLIM)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Cloth, spine, wordmark, label, promise."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._look.color("spine"))
        painter.fillRect(0, 0, _CLOTH, self.height(), self._look.color("cloth"))
        painter.setPen(QPen(self._look.color("stitch"), 2))
        for top in range(35, self.height(), 52):
            painter.drawLine(QLineF(17, top, 17, min(top + 22, self.height())))
        logo = self._look.picture("logo", 46, self.devicePixelRatioF())
        painter.drawPixmap(_LEFT - 1, 65, logo)
        self._text(painter, QRectF(142, 58, 290, 60), self.tr("Khóa Sổ"), Role.WORDMARK, "spine_t")
        motto = self.tr("Sổ điểm của trường, giữ như giữ sổ giấy.")
        self._text(painter, QRectF(_LEFT, 136, 360, 26), motto, Role.LEAD, "spine_n")
        if self._title:
            self._label(painter)
        lock = self._look.pixmap("lock-closed", "spine_m", 16, self.devicePixelRatioF())
        foot = self.height() - 58
        painter.drawPixmap(_LEFT, foot - 8, lock)
        promise = self.tr("Tệp được mã hóa và chỉ nằm trên máy này.")
        area = QRectF(_LEFT + 24, foot - 12, 320, 24)
        self._text(painter, area, promise, Role.CAPTION, "spine_m")

    def _label(self, painter: QPainter) -> None:
        height = 94 + _ROW * max(1, len(self._facts))
        top = min(_LABEL_TOP, max(176, self.height() - height - 90))
        box = QRectF(_LEFT, top, _LABEL_WIDTH, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("page"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setBrush(self._look.color("label"))
        painter.setPen(QPen(self._look.color("label_blue"), 1.5))
        painter.drawRoundedRect(box.adjusted(8, 8, -8, -8), 3, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._look.color("label_red"), 1.2))
        painter.drawRoundedRect(box.adjusted(12, 12, -12, -12), 2, 2)
        head = QRectF(box.left() + 16, box.top() + 24, box.width() - 32, 28)
        self._text(painter, head, self._title, Role.LABEL_TITLE, "label_ink", centred=True)
        for row, (label, value) in enumerate(self._facts.items()):
            line = box.top() + 62 + row * _ROW
            where = QRectF(box.left() + 30, line + 4, 74, 26)
            self._text(painter, where, label, Role.CAPTION, "label_ink2")
            ink = QRectF(box.left() + 106, line, box.width() - 134, 30)
            self._text(painter, ink, value, Role.NAME, "clasp")
            pen = QPen(self._look.color("label_dots"), 1.2)
            pen.setDashPattern([0.9, 1.8])
            painter.setPen(pen)
            painter.drawLine(QLineF(box.left() + 104, line + 31, box.right() - 28, line + 31))

    def _text(
        self,
        painter: QPainter,
        area: QRectF,
        text: str,
        role: Role,
        tone: str,
        *,
        centred: bool = False,
    ) -> None:
        painter.setFont(self._look.font(role))
        painter.setPen(self._look.color(tone))
        shown = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(area.width())
        )
        side = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter), shown)

    def _speak(self) -> None:
        lines = [f"{label}: {value}" for label, value in self._facts.items()]
        self.setAccessibleName("; ".join([self._title, *lines]).strip("; "))
