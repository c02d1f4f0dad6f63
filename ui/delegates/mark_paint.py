"""Paints mark cells from colours, fonts and glyphs prepared once a theme and screen scale."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QPainter, QPen, QPixmap, QStaticText

from app.domain.marks import CellState
from app.readmodels.mark_sheet import CellView, SheetColumn, SheetRow
from ui.theme.look import Look
from ui.theme.typography import Role

FIGURE_END = 11
"""Figures end so many px before the right edge of their cell."""
GLYPH_LEFT, GLYPH_WIDTH = 9, 13
TEXT_LEFT = 11
"""Where comments and names begin, px from the left edge."""

_MISSING_BOX = QRect(-64, 3, 60, 18)
"""Place of the dashed box: x from the right edge, y from the top, width, height."""
_CACHE_LIMIT = 4000


@dataclass(frozen=True, slots=True)
class Ink:
    """A font with its colour; `top` is the y of a text's box that centres it in a row."""

    font: QFont
    pen: QPen
    metrics: QFontMetrics
    top: int


class MarkPainter:
    """Draws one cell; nothing is looked up, measured or rendered twice."""

    def __init__(self, look: Look, ratio: float, row_height: int) -> None:
        self._height = row_height
        self.paper = QBrush(look.color("paper"))
        self.locked = QBrush(look.color("locked"))
        self.tint = QBrush(look.color("tint"))
        self.line = QPen(look.color("line"), 1)
        self.strong_line = QPen(look.color("line2"), 1)
        self.accent = look.color("accent")
        self._figure = self._ink(look, Role.BODY, "ink")
        self._total = self._ink(look, Role.STRONG, "ink")
        self._corrected = self._ink(look, Role.STRONG, "red")
        self._by_case = self._ink(look, Role.STRONG, "accent")
        self._exempt = self._ink(look, Role.EXEMPT, "ink3")
        self._pending = self._ink(look, Role.BODY, "amber")
        self._missing = self._ink(look, Role.CAPTION_STRONG, "red")
        self._struck = self._ink(look, Role.CAPTION, "ink2")
        self._comment = self._ink(look, Role.BODY, "ink2")
        self._name = self._ink(look, Role.BODY, "ink")
        self._name_here = self._ink(look, Role.STRONG, "ink")
        self._gone = self._ink(look, Role.BODY, "ink3")
        self._stt = self._ink(look, Role.CAPTION, "ink3")
        self._strike = QPen(look.color("red"), 1)
        self._gone_strike = QPen(look.color("ink3"), 1)
        self._underline = QPen(look.color("ink"), 1)
        self._dashed = QPen(look.color("red"), 1)
        self._dashed.setDashPattern([4, 2.4])
        self._case_frame = QPen(self.accent, 1.5)
        self._glyphs: dict[str, QPixmap] = {
            "odd": look.pixmap("warning", "amber", GLYPH_WIDTH, ratio),
            "late": look.pixmap("clock", "amber", GLYPH_WIDTH, ratio),
            "transferred": look.pixmap("transfer", "ink2", GLYPH_WIDTH, ratio),
            "absent": look.pixmap("person-cross", "red", GLYPH_WIDTH, ratio),
            "pending": look.pixmap("hourglass", "amber", GLYPH_WIDTH, ratio),
            "case": look.pixmap("lock-open", "accent", GLYPH_WIDTH, ratio),
        }
        self._texts: dict[tuple[int, str], tuple[QStaticText, int]] = {}
        self._elided: dict[tuple[int, str, int], tuple[QStaticText, int]] = {}

    def ground(self, column: SheetColumn, cell: CellView) -> QBrush:
        """What an unselected cell lies on."""
        if cell.open_by_case:
            return self.paper
        return self.locked if column.locked or column.computed else self.paper

    def paint_cell(self, p: QPainter, rect: QRect, column: SheetColumn, cell: CellView) -> None:
        """The content of a mark, average or comment cell; the ground is already painted."""
        if column.is_comment:
            if cell.text:
                self._left(p, rect, cell.text, self._comment, TEXT_LEFT)
            return
        text = cell.text
        if not text:
            if cell.missing:
                self._paint_missing(p, rect)
            return
        if column.computed:
            self._right(p, rect, text, self._total)
            return
        if cell.state is CellState.MARK and not (
            cell.late or cell.corrected_from or cell.open_by_case or cell.odd
        ):
            self._right(p, rect, text, self._figure)
            return
        self._paint_special(p, rect, cell)

    def paint_stt(self, p: QPainter, rect: QRect, pupil: SheetRow) -> None:
        """The roster number."""
        self._right(p, rect, str(pupil.position), self._stt, 9)

    def paint_name(self, p: QPainter, rect: QRect, pupil: SheetRow, *, here: bool) -> None:
        """The pupil's name; struck when the pupil left."""
        if pupil.left_on is None:
            ink = self._name_here if here else self._name
            # Who chose another subject stands in the list all the same, without a place to type.
            self._left(p, rect, pupil.name, ink if pupil.taken else self._gone, 10)
            return
        width = self._left(p, rect, pupil.name, self._gone, 10)
        y = rect.top() + self._height // 2 + 1
        p.setPen(self._gone_strike)
        p.drawLine(rect.left() + 10, y, rect.left() + 10 + width, y)

    # --- inside

    def _ink(self, look: Look, role: Role, tone: str) -> Ink:
        font = look.font(role)
        metrics = QFontMetrics(font)
        # Rows end with a 1-px line, so the text is centred in one pixel less.
        top = (self._height - 1 - metrics.height()) // 2
        return Ink(font, QPen(look.color(tone)), metrics, top)

    def _paint_special(self, p: QPainter, rect: QRect, cell: CellView) -> None:
        ink, glyph = self._figure, ""
        match cell.state:
            case CellState.EXEMPT:
                ink = self._exempt
            case CellState.PENDING_MAKEUP:
                ink, glyph = self._pending, "pending"
            case CellState.ZERO_ABSENT:
                ink, glyph = self._total, "absent"
            case CellState.TRANSFERRED:
                glyph = "transferred"
            case _:
                glyph = "odd" if cell.odd else "late" if cell.late else ""
        if cell.corrected_from:
            ink, glyph = self._corrected, ""
            self._paint_struck(p, rect, cell.corrected_from)
        if cell.open_by_case:
            ink, glyph = self._by_case, "case"
            p.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            p.setPen(self._case_frame)
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRoundedRect(QRectF(rect).adjusted(1.75, 1.75, -2.75, -2.75), 3, 3)
            p.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        width = self._right(p, rect, cell.text, ink)
        if glyph:
            top = rect.top() + (self._height - 1 - GLYPH_WIDTH) // 2
            p.drawPixmap(QPoint(rect.left() + GLYPH_LEFT, top), self._glyphs[glyph])
        if cell.state is CellState.ZERO_ABSENT:
            right = rect.right() + 1 - FIGURE_END
            y = rect.top() + ink.top + ink.metrics.ascent() + 3
            p.setPen(self._underline)
            p.drawLine(right - width, y, right, y)

    def _paint_missing(self, p: QPainter, rect: QRect) -> None:
        box = _MISSING_BOX.translated(rect.right() + 1, rect.top())
        p.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        p.setPen(self._dashed)
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        p.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        ink = self._missing
        text, width = self._static(ink, "thiếu")
        p.setPen(ink.pen)
        p.setFont(ink.font)
        p.drawStaticText(box.left() + (box.width() - width) // 2, rect.top() + ink.top, text)

    def _paint_struck(self, p: QPainter, rect: QRect, old: str) -> None:
        ink = self._struck
        text, width = self._static(ink, old)
        left = rect.left() + GLYPH_LEFT + 2
        p.setPen(ink.pen)
        p.setFont(ink.font)
        p.drawStaticText(left, rect.top() + ink.top, text)
        p.setPen(self._strike)
        y = rect.top() + self._height // 2
        p.drawLine(left - 2, y, left + width + 2, y)

    def _right(self, p: QPainter, rect: QRect, words: str, ink: Ink, gap: int = FIGURE_END) -> int:
        text, width = self._static(ink, words)
        p.setPen(ink.pen)
        p.setFont(ink.font)
        p.drawStaticText(
            QPointF(rect.left() + rect.width() - gap - width, rect.top() + ink.top), text
        )
        return width

    def _left(self, p: QPainter, rect: QRect, words: str, ink: Ink, gap: int) -> int:
        room = rect.width() - gap - 4
        cached = self._elided.get((id(ink), words, room))
        if cached is None:
            shown = ink.metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            cached = self._static(ink, shown)
            if len(self._elided) > _CACHE_LIMIT:
                self._elided.clear()
            self._elided[id(ink), words, room] = cached
        text, width = cached
        p.setPen(ink.pen)
        p.setFont(ink.font)
        p.drawStaticText(QPointF(rect.left() + gap, rect.top() + ink.top), text)
        return width

    def _static(self, ink: Ink, words: str) -> tuple[QStaticText, int]:
        cached = self._texts.get((id(ink), words))
        if cached is None:
            text = QStaticText(words)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            text.prepare(font=ink.font)
            cached = (text, ink.metrics.horizontalAdvance(words))
            if len(self._texts) > _CACHE_LIMIT:
                self._texts.clear()
            self._texts[id(ink), words] = cached
        return cached
