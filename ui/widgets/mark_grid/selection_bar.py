"""The bar under the grid: what is selected, its figures, and what the glyphs mean."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from app.domain.periods import short_term
from app.domain.subjects import SubjectKind
from app.readmodels.mark_sheet import SheetColumn
from app.readmodels.selection_figures import SelectionFigures, shown
from ui.models.mark_grid_model import MarkGridModel, Section
from ui.theme.look import Look
from ui.theme.tokens import GRID_MARGIN, SELECTION_BAR
from ui.theme.typography import Role
from ui.widgets.buttons import link
from ui.widgets.labels import Glyph, Label
from ui.widgets.mark_grid.blocks import Block

_LEGEND = (
    ("clock", "amber", "vào muộn"),
    ("transfer", "ink2", "trường cũ"),
    ("person-cross", "red", "0 vì vắng"),
    ("hourglass", "amber", "chờ bù"),
    ("lock-open", "accent", "mở theo hồ sơ"),
)


class SelectionBar(QFrame):
    """Column and STT range, count, mean, lowest, highest, then the legend.

    `dates_asked`: the dates of the selected column.
    """

    dates_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "selectionbar")
        self.setFixedHeight(SELECTION_BAR)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID_MARGIN, 0, GRID_MARGIN, 0)
        row.setSpacing(7)
        self._line = _FiguresLine(look)
        row.addWidget(self._line, 1)
        # The mnemonic works from inside the grid, where Tab walks cells.
        self.dates = link(look, self.tr("&Ngày của cột…"), self.dates_asked.emit, "calendar")
        self.dates.setToolTip(self.tr("Ngày kiểm tra và hạn vào điểm của cột đang chọn (Alt+N)"))
        self.dates.hide()
        row.addWidget(self.dates)
        row.addSpacing(16)
        for icon, tone, words in _LEGEND:
            row.addWidget(Glyph(look, icon, tone, 14))
            row.addWidget(Label(look, words, Role.CAPTION, "ink2"))
            row.addSpacing(9)

    def show_figures(self, place: str, figures: SelectionFigures, kind: SubjectKind) -> None:
        """`place` is the block in words; the figures are those of its cells."""
        pairs: list[tuple[str, str]] = []
        if figures.cells:
            pairs.append((self.tr("Số ô"), str(figures.cells)))
            if kind.is_primary:
                # No mean: Điểm KTĐK compare nobody (TT27/2020, Điều 4).
                pairs += [(letter, str(n)) for letter, n in figures.levels.items()]
            elif kind is SubjectKind.COMMENTS:
                pairs += [
                    (self.tr("Đạt"), str(figures.levels.get("Đ", 0))),
                    (self.tr("Chưa đạt"), str(figures.levels.get("CĐ", 0))),
                ]
            else:
                pairs += [
                    (self.tr("Trung bình"), shown(figures.mean)),
                    (self.tr("Thấp nhất"), shown(figures.lowest)),
                    (self.tr("Cao nhất"), shown(figures.highest)),
                ]
        self._line.show_pairs(place, pairs)

    def figures_in_words(self) -> str:
        """Everything the bar says, for a screen reader and for tests."""
        return self._line.accessibleName()


class _FiguresLine(QWidget):
    """Painted, not built from labels: it changes with every arrow key."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._place = ""
        self._pairs: list[tuple[str, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)

    def show_pairs(self, place: str, pairs: list[tuple[str, str]]) -> None:
        if (place, pairs) != (self._place, self._pairs):
            self._place, self._pairs = place, pairs
            said = [f"{name} {value}" for name, value in pairs]
            self.setAccessibleName(", ".join([place, *said]))
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        strong, plain = self._look.font(Role.STRONG), self._look.font(Role.BODY)
        ink, quiet = self._look.color("ink"), self._look.color("ink3")
        base = (self.height() + painter.fontMetrics().capHeight()) // 2
        words = [(self._place, strong, ink, 16)]
        for name, value in self._pairs:
            words += [(name, plain, quiet, 7), (value, strong, ink, 15)]
        left = 0
        for text, font, color, gap in words:
            painter.setFont(font)
            painter.setPen(color)
            width = painter.fontMetrics().horizontalAdvance(text)
            if left + width > self.width():
                break
            painter.drawText(QPoint(left, base), text)
            left += width + gap


def place_in_words(model: MarkGridModel, blocks: Sequence[Block]) -> str:
    """Columns and STT range, "ĐĐGck, STT 10 đến 13"; several blocks are only counted."""
    if not blocks:
        return ""
    if len(blocks) > 1:
        return f"{len(blocks)} khối ô"
    block = blocks[0]
    first, last = model.column_at(block.left), model.column_at(block.right)
    if first is None or last is None:
        return ""
    titles = [_title(model, column) for column in (first, last)]
    columns = titles[0] if first == last else f"{titles[0]} đến {titles[1]}"
    top, bottom = model.pupil(block.top).position, model.pupil(block.bottom).position
    rows = f"STT {top}" if top == bottom else f"STT {top} đến {bottom}"
    return f"{columns}, {rows}"


def _title(model: MarkGridModel, column: SheetColumn) -> str:
    if model.section is Section.YEAR and column.term is not None:
        return f"{column.title} {short_term(column.term)}"
    return column.title
