"""Vì sao: every condition of the clause, met or not, with its numbers and the clause."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme.typography import Role
from ui.widgets.cards import Card, ScrollPane, clear, hairline
from ui.widgets.labels import Glyph, Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readmodels.results_table import ResultRow
    from app.regulations.base import Condition, Reason
    from app.services.changed_results import ChangedResult
    from ui.theme.look import Look

_MARKS = {
    True: ("check", "green", "đạt"),
    False: ("close", "red", "không đạt"),
    None: ("hourglass", "amber", "chưa đủ dữ liệu"),
}


class ReasonsPanel(Card):
    """The right side of Tổng kết."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, " ", flush=True)
        self._look = look
        self.set_title(self.tr("Vì sao?"))
        self._pane = ScrollPane(self.tr("Vì sao có kết quả này"))
        self._pane.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pane.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lines = self._pane.body
        self._lines.setContentsMargins(15, 4, 15, 8)
        self._lines.setSpacing(5)
        self.body.addWidget(self._pane, 1)
        self.spoken: tuple[str, ...] = ()
        """What is shown, line by line, for a screen reader and for tests."""

    def show_nothing(self, sentence: str) -> None:
        """No pupil is chosen."""
        self.set_title(self.tr("Vì sao?"))
        clear(self._lines)
        self.spoken = (sentence,)
        self._lines.addWidget(Label(self._look, sentence, Role.BODY, "ink2", wrap=True))
        self._lines.addStretch(1)

    def show_reasons(
        self, row: ResultRow, reasons: Sequence[Reason], changed: Sequence[ChangedResult] = ()
    ) -> None:
        """One pupil's reasons in reading order, under what differs from the close."""
        self.set_title(self.tr("Vì sao?"), row.name)
        clear(self._lines)
        said: list[str] = []
        for one in changed:
            self._lines.addWidget(self._changed(one))
            said.append(one.sentence)
        if changed:
            self._lines.addSpacing(4)
            self._lines.addWidget(hairline())
        for at, reason in enumerate(reasons):
            if at:
                self._lines.addSpacing(4)
                self._lines.addWidget(hairline())
                self._lines.addSpacing(2)
            self._lines.addWidget(self._heading(reason))
            said.append(f"{reason.heading}: {reason.outcome}")
            for (clause, about), group in groupby(reason.conditions, lambda c: (c.clause, c.about)):
                title = ". ".join(part for part in (about, clause) if part)
                self._lines.addWidget(Label(self._look, title, Role.CAPTION, "ink3", wrap=True))
                for condition in group:
                    self._lines.addWidget(self._condition(condition))
                    word = _MARKS[condition.met][2]
                    said.append(f"{word}: {condition.sentence} ({condition.clause})")
        self.spoken = tuple(said)
        self._pane.setAccessibleDescription("; ".join(said))
        self._lines.addStretch(1)
        self._pane.verticalScrollBar().setValue(0)

    def _heading(self, reason: Reason) -> QWidget:
        box = QFrame()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(self._look, reason.heading, Role.CAPTION, "ink2", wrap=True))
        column.addWidget(Label(self._look, reason.outcome, Role.CARD_TITLE, wrap=True))
        return box

    def _changed(self, changed: ChangedResult) -> QWidget:
        """Both values: what was signed for, and what a correction made of it."""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Glyph(self._look, "not-equal", "amber", 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(self._look, changed.sentence, Role.BODY, "amber", wrap=True), 1)
        return line

    def _condition(self, condition: Condition) -> QWidget:
        icon, tone, word = _MARKS[condition.met]
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        glyph = Glyph(self._look, icon, tone, 16)
        glyph.setToolTip(word)
        row.addWidget(glyph, 0, Qt.AlignmentFlag.AlignTop)
        text = condition.text[:1].upper() + condition.text[1:]
        if condition.met is not True:
            text = f"{text}. {word[:1].upper()}{word[1:]}."
        row.addWidget(Label(self._look, text, Role.BODY, "ink", wrap=True), 1)
        return line
