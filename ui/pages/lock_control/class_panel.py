"""One class: what is closed, what is opened late, every column's padlock, and the acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.periods import (
    PRIMARY_TERMS,
    EntryTerm,
    Period,
    Term,
    entry_term,
    short_term,
)
from ui.pages.lock_control.column_grid import ColumnGrid
from ui.pages.lock_control.words import translate as tr
from ui.theme.tokens import CARD_PADDING
from ui.theme.typography import Role
from ui.widgets.buttons import link, primary, secondary
from ui.widgets.cards import clear, frame, hairline
from ui.widgets.labels import Glyph, IconText, Label
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.ids import AssessmentId
    from app.readmodels.lock_board import ClassLockPanel
    from ui.theme.look import Look


class ClassPanel(QFrame):
    """Shows a class; its buttons only ask. `asked(name)`: lock, unlock, late, close, sign."""

    asked = Signal(str)

    def __init__(self, look: Look) -> None:
        """The buttons of who keeps locks are hidden until `show_keeper`."""
        super().__init__()
        self._look = look
        self._panel: ClassLockPanel | None = None
        self.setProperty("kind", "card")
        self.setAccessibleName(tr("Lớp đang chọn"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 1, 1)
        outer.setSpacing(0)
        outer.addLayout(self._head())
        outer.addWidget(hairline())
        self.grid = ColumnGrid(look)
        self.grid.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        outer.addWidget(self.grid, 1)
        outer.addWidget(self._legend())
        outer.addWidget(self._foot())

    def show_keeper(self, *, keeps: bool) -> None:
        """Offer what locks and unlocks, or hide it: the rules of each year say who may press."""
        for button in (self.late_button, self.lock_button, self.unlock_button):
            button.setVisible(keeps)

    @property
    def term(self) -> EntryTerm:
        """The term whose columns are shown."""
        return entry_term(self._choice().current())

    def _choice(self) -> Segmented:
        """Two học kì, or the four kỳ of a primary class."""
        return self._kys if self._panel is not None and self._panel.primary else self._terms

    def show_class(self, panel: ClassLockPanel, term: EntryTerm | None = None) -> None:
        """Fill everything anew; columns selected before stay selected in the same class."""
        same = self._panel is not None and self._panel.class_id == panel.class_id
        kept = {c.assessment_id for c in self.grid.chosen()} if same and term is None else set()
        self._panel = panel
        self._title.setText(tr("Lớp {name}").format(name=panel.class_name))
        self._kys.setVisible(panel.primary)
        self._terms.setVisible(not panel.primary)
        if term is not None:
            self._choice().set_current(term.value)
        clear(self._facts)
        summer = (Period.HE,) if Period.HE in panel.closed else ()
        for period in (*panel.periods, *summer):
            self._add_close(panel, period)
            self._add_signature(panel, period)
        for opening in panel.openings:
            names = {s.subject_id: s.name for s in panel.subjects}
            text = tr("Mở bổ sung {subject}, {period} đến {day}, QĐ {number}").format(
                subject="mọi môn"
                if opening.subject_id is None
                else names.get(opening.subject_id, ""),  # type: ignore[call-overload]
                period=opening.period.words,
                day=opening.closes_on.strftime("%d/%m"),
                number=opening.decision_no,
            )
            self._add_fact("clock", "amber", text)
        self._show_columns()
        self._select(kept)
        period_to_close = panel.next_close()
        self._close_button.setVisible(period_to_close is not None and not panel.sealed)
        if period_to_close is not None:
            self._close_button.setText(
                tr("Chốt {period} lớp {name}…").format(
                    period=period_to_close.words, name=panel.class_name
                )
            )

        to_sign = panel.next_sign()
        self.sign_button.setVisible(to_sign is not None)
        if to_sign is not None:
            self.sign_button.setText(
                tr("Ký duyệt {period} lớp {name}…").format(
                    period=to_sign.words, name=panel.class_name
                )
            )

    def chosen_ids(self, *, locked: bool) -> list[AssessmentId]:
        """Chosen columns that are locked, or that are open."""
        return [c.assessment_id for c in self.grid.chosen() if c.locked is locked]

    def _head(self) -> QVBoxLayout:
        look = self._look
        head = QVBoxLayout()
        head.setContentsMargins(CARD_PADDING, 12, CARD_PADDING, 10)
        head.setSpacing(6)
        top = QHBoxLayout()
        self._title = Label(look, "", Role.CARD_TITLE)
        top.addWidget(self._title)
        top.addStretch(1)
        self.late_button = link(look, tr("Mở bổ sung…"), lambda: self.asked.emit("late"))
        self.late_button.hide()
        top.addWidget(self.late_button)
        top.addSpacing(8)
        self._terms = self._term_choice(tuple(Term))
        top.addWidget(self._terms)
        head.addLayout(top)
        self._kys = self._term_choice(PRIMARY_TERMS)
        self._kys.hide()
        head.addWidget(self._kys, 0, Qt.AlignmentFlag.AlignLeft)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(3)
        head.addLayout(self._facts)
        return head

    def _term_choice(self, terms: Sequence[EntryTerm]) -> Segmented:
        choice = Segmented(
            self._look, [(t.value, short_term(t)) for t in terms], tr("Học kì của các cột")
        )
        choice.chosen.connect(lambda _key: self._show_columns())
        return choice

    def _legend(self) -> QWidget:
        look = self._look
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(CARD_PADDING, 6, CARD_PADDING, 6)
        row.setSpacing(16)
        row.addWidget(IconText(look, "lock-open", tr("đang mở"), "green", Role.CAPTION, 15))
        row.addWidget(IconText(look, "lock-closed", tr("đã khóa"), "ink", Role.CAPTION, 15))
        row.addStretch(1)
        self._count = Label(look, "", Role.CAPTION, "ink3")
        row.addWidget(self._count)
        return box

    def _foot(self) -> QWidget:
        look = self._look
        foot = frame("dialogfoot")
        column = QVBoxLayout(foot)
        column.setContentsMargins(CARD_PADDING, 10, CARD_PADDING, 14)
        column.setSpacing(8)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        self.lock_button = secondary(look, "", lambda: self.asked.emit("lock"), "lock-closed")
        self.unlock_button = secondary(look, "", lambda: self.asked.emit("unlock"), "lock-open")
        for button in (self.lock_button, self.unlock_button):
            button.hide()
            acts.addWidget(button)
        acts.addStretch(1)
        column.addLayout(acts)
        self._close_button = primary(look, "", lambda: self.asked.emit("close"), "lock-closed")
        column.addWidget(self._close_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.sign_button = secondary(look, "", lambda: self.asked.emit("sign"), "signature")
        column.addWidget(self.sign_button, 0, Qt.AlignmentFlag.AlignLeft)
        return foot

    @property
    def close_button(self) -> QWidget:
        """Chốt: hidden once both periods are closed."""
        return self._close_button

    def _add_close(self, panel: ClassLockPanel, period: Period) -> None:
        closed = panel.closed.get(period)
        if closed is None:
            self._add_fact("dash", "ink3", tr("{period}: chưa chốt").format(period=period.label))
            return
        text = tr("{period}: đã chốt {on}, QĐ {number}").format(
            period=closed.period.label, on=closed.on[:10], number=closed.decision_no
        )
        point = tr("Mốc ký {point}").format(point=closed.checkpoint_code)
        digest = tr("Mã dữ liệu {code}").format(code=closed.digest_code)
        codes = f"{point}, {digest[0].lower()}{digest[1:]}" if closed.checkpoint_code else digest
        tip = tr("{by} chốt và ký ngày {on}").format(by=closed.by, on=closed.on)
        self._add_fact("lock-closed", "ink", text, codes, tip)

    def _add_signature(self, panel: ClassLockPanel, period: Period) -> None:
        signed = panel.signed.get(period)
        if signed is None:
            return
        if signed.stands:
            text = tr("Đã ký duyệt {on}").format(on=f"{signed.at:%d/%m/%Y}")
            self._add_fact("signature", "green", text, signed.remark, signed.by)
            return
        text = tr("Chữ ký duyệt {on} hết hiệu lực").format(on=f"{signed.at:%d/%m}")
        self._add_fact("warning", "amber", text, signed.voided_why, signed.by)

    def _add_fact(self, icon: str, tone: str, text: str, second: str = "", tip: str = "") -> None:
        box = QWidget()
        box.setToolTip(tip)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Glyph(self._look, icon, tone, 16), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Label(self._look, text, Role.BODY, wrap=True))
        if second:
            column.addWidget(Label(self._look, second, Role.CAPTION, "ink2", wrap=True))
        row.addLayout(column, 1)
        self._facts.addWidget(box)

    def _show_columns(self) -> None:
        if self._panel is not None:
            self.grid.show_term(self._panel.subjects, self.term)
        self._show_chosen()

    def _select(self, ids: set[AssessmentId]) -> None:
        model, chosen = self.grid.columns, self.grid.selectionModel()
        for row in range(model.rowCount()):
            for column in range(1, model.columnCount()):
                state = model.state(row, column)
                if state is not None and state.assessment_id in ids:
                    chosen.select(model.index(row, column), chosen.SelectionFlag.Select)

    def _show_chosen(self) -> None:
        to_lock, to_unlock = self.chosen_ids(locked=False), self.chosen_ids(locked=True)
        sealed = self._panel is not None and self._panel.sealed
        self.lock_button.setText(_counted(tr("Khóa"), len(to_lock)))
        self.unlock_button.setText(_counted(tr("Mở khóa"), len(to_unlock)))
        self.lock_button.setEnabled(bool(to_lock) and not sealed)
        self.unlock_button.setEnabled(bool(to_unlock) and not sealed)
        self.late_button.setEnabled(not sealed)
        count = len(to_lock) + len(to_unlock)
        self._count.setText(
            tr("đang chọn {n} cột").format(n=count) if count else tr("chọn cột để khóa, mở")
        )


def _counted(verb: str, count: int) -> str:
    return tr("{verb} {n} cột…").format(verb=verb, n=count) if count else f"{verb}…"
