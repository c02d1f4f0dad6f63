"""Paints the cells of the attendance grid; decides no rule."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QBrush, QFont, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from app.domain.attendance import Absence, Nearness, nearness
from app.readmodels.mark_sheet import SheetRow
from ui.delegates.mark_paint import MarkPainter
from ui.models.attendance_grid_model import AttendanceGridModel, Total
from ui.models.mark_grid_model import NAME, STT, Index
from ui.theme.look import Look
from ui.theme.tokens import MARK_ROW
from ui.theme.typography import Role

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_CLOCK = 9
_NEAR_TONES = {Nearness.NEAR: "amber", Nearness.AT_LIMIT: "amber", Nearness.OVER: "red"}


class AttendanceDelegate(QStyledItemDelegate):
    """Colours, fonts and glyphs are made once a theme and scale by `prepare`."""

    def __init__(self, model: AttendanceGridModel, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self.selected: frozenset[tuple[int, int]] = frozenset()
        self.current: tuple[int, int] = (-1, -1)
        self.today = -1
        """Model column of today, if it is shown."""

    def prepare(self, ratio: float) -> None:
        """Make pens, brushes and glyphs for the theme and scale in force."""
        look = self._look
        self.names = MarkPainter(look, ratio, MARK_ROW)
        self._pens = {tone: QPen(look.color(tone)) for tone in ("ink", "ink3", "red", "amber")}
        self._strong: QFont = look.font(Role.STRONG)
        self._body: QFont = look.font(Role.BODY)
        self._quiet: QFont = look.font(Role.CAPTION)
        self._clock: QPixmap = look.pixmap("clock", "amber", _CLOCK, ratio)
        self._away: QPixmap = look.pixmap("person-cross", "ink2", 14, ratio)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, column = index.row(), index.column()
        rect = option.rect
        if column in (STT, NAME):
            self._paint_pupil(painter, rect, row, column)
        elif self._model.total_at(column) is not None:
            painter.fillRect(rect, self.names.locked)
            self._paint_total(painter, rect, row, column)
        else:
            painter.fillRect(rect, self._ground(row, column))
            self._paint_day(painter, rect, row, column)

    def _paint_pupil(self, p: QPainter, rect: QRect, row: int, column: int) -> None:
        here = row == self.current[0]
        p.fillRect(rect, self.names.tint if here else self.names.paper)
        pupil = self._model.row_at(row)
        shown = SheetRow(pupil.pupil_id, pupil.position, pupil.name, pupil.left_on)
        if column == NAME:
            self.names.paint_name(p, rect, shown, here=here)
        else:
            self.names.paint_stt(p, rect, shown)

    def _ground(self, row: int, column: int) -> QBrush:
        at = (row, column)
        if at in self.selected and (at != self.current or len(self.selected) > 1):
            return self.names.paper if at == self.current else self.names.tint
        sheet, day = self._model.sheet, self._model.day_at(column)
        if day is None or not self._model.is_taught(row, column):
            return self.names.locked
        # For those who only look, and for days to come, a lock says nothing new.
        shut = sheet.may_enter and day.day <= sheet.today and not self._model.is_open(row, column)
        return self.names.locked if shut else self.names.paper

    def _paint_day(self, p: QPainter, rect: QRect, row: int, column: int) -> None:
        sign = self._model.sign(row, column)
        words = self._model.in_words
        if not sign:
            if words and self._model.is_open(row, column):
                p.setFont(self._body)
                p.setPen(self._pens["ink3"])
                p.drawText(rect.adjusted(38, 0, 0, -1), _LEFT, self.tr("có mặt"))
            return
        kind = Absence(sign)
        # Red is kept for what is wrong: the weight tells the two signs apart, as on paper.
        p.setFont(self._strong if kind is Absence.UNEXCUSED else self._body)
        p.setPen(self._pens["ink"])
        late = self._model.is_late(row, column)
        if words:
            p.drawPixmap(QPoint(rect.left() + 14, rect.top() + 5), self._away)
            said = f"{sign}   {self.tr('nghỉ {kind}').format(kind=kind.label)}"
            p.drawText(rect.adjusted(38, 0, 0, -1), _LEFT, said)
        else:
            p.drawText(rect.adjusted(0, 0, -1, -1), _CENTRE, sign)
        if late:
            place = QPoint(rect.right() - _CLOCK - 1, rect.top() + 2)
            p.drawPixmap(place, self._clock)

    def _paint_total(self, p: QPainter, rect: QRect, row: int, column: int) -> None:
        figure = self._model.figure(row, column)
        of_year = self._model.total_at(column) is Total.YEAR
        if not figure and not of_year:
            return
        tone = "ink" if figure else "ink3"
        limit = self._model.sheet.limit
        if of_year and limit is not None:
            tone = _NEAR_TONES.get(nearness(figure, limit), tone)
        p.setFont(self._strong if figure else self._quiet)
        p.setPen(self._pens[tone])
        align = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        p.drawText(rect.adjusted(0, 0, -9, -1), align, str(figure))
