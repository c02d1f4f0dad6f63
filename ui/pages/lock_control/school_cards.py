"""What holds for the whole school: entry windows, and the last days of ordinary cases."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.text import date_vn
from ui.pages.lock_control.words import translate as tr
from ui.theme.typography import Role
from ui.widgets.buttons import link
from ui.widgets.cards import Card, ScrollPane, clear, hairline
from ui.widgets.labels import ElidedLabel, Glyph, Label

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from app.domain.locks import EntryWindow
    from app.readmodels.lock_board import LockMatrix
    from ui.theme.look import Look


_CUTOFFS, _INDENT = (330, 212), 14
"""Four lines and their note: what a secondary school has. Of primary schools the rest scrolls."""


class WindowsCard(Card):
    """Đợt nhập of the year, the latest first. `withdrawn(EntryWindow)`: take one back."""

    withdrawn = Signal(object)
    opened = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("Đợt nhập"), flush=True)
        self._look = look
        self._keeps = False
        self.open_button = link(look, tr("Mở đợt nhập…"), lambda: self.opened.emit())
        self.open_button.hide()
        self.head.addWidget(self.open_button)
        self._pane = ScrollPane(self.tr("Đợt nhập toàn trường"))
        self._pane.body.setContentsMargins(15, 0, 12, 0)
        self.body.addWidget(self._pane)

    def show_windows(self, matrix: LockMatrix, today: date, *, keeps: bool) -> None:
        """Fill the list anew; `keeps`: the signed-in person may press lock and unlock."""
        self._keeps = keeps
        self.open_button.setVisible(keeps)
        clear(self._pane.body)
        windows = sorted(matrix.windows, key=lambda w: (w.opens_on, w.id), reverse=True)
        for window in windows:
            self._pane.body.addWidget(self._line(window, today))
        if not windows:
            text = tr(
                "Chưa có đợt nhập nào, giáo viên chưa gõ điểm được. Mở đợt đầu tiên theo quyết "
                "định của hiệu trưởng."
            )
            self._pane.body.addWidget(Label(self._look, text, Role.BODY, "ink2", wrap=True))
        self._pane.body.addStretch(1)

    def _line(self, window: EntryWindow, today: date) -> QWidget:
        look = self._look
        box = QWidget()
        outer = QVBoxLayout(box)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(0, 5, 0, 5)
        row.setSpacing(9)
        if window.covers(today):
            icon, tone, state = "lock-open", "green", tr("đang mở")
        elif window.opens_on > today:
            icon, tone, state = "clock", "amber", tr("chưa tới")
        else:
            icon, tone, state = "lock-closed", "ink2", tr("đã hết")
        row.addWidget(Glyph(look, icon, tone, 16))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        first = tr("{period}, {scope}").format(scope=window.scope.words, period=window.period.label)
        texts.addWidget(ElidedLabel(look, first, Role.VALUE))
        second = tr("{opens} đến {closes}, {state}; QĐ {number} ngày {on}, {by}").format(
            opens=date_vn(window.opens_on),
            closes=date_vn(window.closes_on),
            state=state,
            number=window.decision_no,
            on=date_vn(window.decision_on),
            by=window.set_by,
        )
        texts.addWidget(ElidedLabel(look, second, Role.CAPTION, "ink3"))
        row.addLayout(texts, 1)
        if self._keeps:
            row.addWidget(link(look, tr("Thu lại…"), partial(self.withdrawn.emit, window)))
        outer.addLayout(row)
        outer.addWidget(hairline())
        return box


class CutoffCard(Card):
    """Hạn lập hồ sơ sửa điểm by period, before the final test and at the review meeting.

    `asked(Period)`, `review_asked(Period)`: set it.
    """

    asked = Signal(object)
    review_asked = Signal(object)

    def __init__(self, look: Look, *, leads: bool) -> None:
        super().__init__(look, tr("Hạn lập hồ sơ sửa điểm"), flush=True)
        self._look = look
        self._leads = leads
        self.setMinimumSize(*_CUTOFFS)
        pane = ScrollPane(tr("Hạn lập hồ sơ sửa điểm"))
        pane.body.setContentsMargins(15, 0, 12, 0)
        pane.body.setSpacing(4)
        self._rows = pane.body
        self.body.addWidget(pane)

    def show_cutoffs(self, matrix: LockMatrix) -> None:
        """Fill both lines anew."""
        clear(self._rows)
        for period, day in matrix.cutoffs.items():
            self._add(period.label, day, "", partial(self.asked.emit, period))
            review = matrix.reviews.get(period)
            if review is not None:
                note = tr("theo quy định") if review.by_rule else ""
                ask = partial(self.review_asked.emit, period)
                self._add(tr("họp xét"), review.day, note, ask, indent=_INDENT)
        note = tr("Sau hạn, hồ sơ phải có lý do ngoại lệ để hiệu trưởng quyết định.")
        self._rows.addWidget(Label(self._look, note, Role.CAPTION, "ink3", wrap=True))
        self._rows.addStretch(1)

    def _add(
        self, title: str, day: date | None, note: str, ask: Callable[[], None], indent: int = 0
    ) -> None:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(indent, 0, 0, 0)
        row.addWidget(Label(self._look, title, Role.BODY, "ink2"))
        row.addStretch(1)
        if note:
            row.addWidget(Label(self._look, note, Role.CAPTION, "ink3"))
        words = tr("chưa đặt") if day is None else date_vn(day)
        tone = "ink3" if day is None else "ink"
        row.addWidget(Label(self._look, words, Role.VALUE, tone))
        if self._leads:
            text = tr("Đặt hạn…") if day is None else tr("Đổi…")
            row.addWidget(link(self._look, text, ask))
        self._rows.addWidget(box)
