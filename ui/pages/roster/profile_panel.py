"""The panel beside the roster: one pupil's profile, or how complete the whole class is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.pupils import FIELD_TITLES
from app.readmodels.roster import SENSITIVE
from app.text import date_vn
from ui.theme.typography import Role
from ui.widgets.buttons import secondary
from ui.widgets.cards import Card, ScrollPane, clear, hairline
from ui.widgets.labels import IconText, Label
from ui.widgets.progress import ThinBar

if TYPE_CHECKING:
    from app.readmodels.roster import RosterLine, RosterView
    from ui.theme.look import Look


class ProfilePanel(Card):
    """Signals of its buttons; shows what it is given."""

    edit_asked = Signal()
    leave_asked = Signal()
    return_asked = Signal()
    move_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, " ", flush=True, parent=parent)
        self._look = look
        pane = ScrollPane()
        pane.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._column: QVBoxLayout = pane.body
        self._column.setContentsMargins(15, 4, 15, 8)
        self._column.setSpacing(8)
        self.body.addWidget(pane, 1)
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(8)
        foot.addWidget(hairline())
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setContentsMargins(15, 0, 15, 0)
            row.setSpacing(8)
        self.edit_button = secondary(look, self.tr("Sửa hồ sơ"), self.edit_asked.emit, "pencil")
        self.move_button = secondary(look, self.tr("Chuyển lớp"), self.move_asked.emit, "move")
        self.leave_button = secondary(
            look, self.tr("Ghi rời lớp"), self.leave_asked.emit, "users-out"
        )
        self.return_button = secondary(
            look, self.tr("Ghi trở lại lớp"), self.return_asked.emit, "undo"
        )
        first.addWidget(self.edit_button)
        first.addStretch(1)
        second.addWidget(self.leave_button)
        second.addWidget(self.return_button)
        second.addWidget(self.move_button)
        second.addStretch(1)
        foot.addLayout(first)
        foot.addLayout(second)
        self.body.addWidget(self._foot)

    def show_line(self, line: RosterLine, view: RosterView) -> None:
        """One pupil."""
        self.set_title(line.profile.full_name)
        clear(self._column)
        where = self.tr("Số thứ tự {n}, lớp {name}").format(n=line.position, name=view.class_name)
        self._column.addWidget(Label(self._look, where, Role.CAPTION, "ink3"))
        if not line.is_here:
            left = self.tr("Rời lớp {day}: {why}").format(
                day=date_vn(line.left_on), why=line.left_reason
            )
            words = IconText(self._look, "users-out", left, "amber", Role.VALUE)
            self._column.addWidget(words)
        elif line.missing:
            words = IconText(
                self._look,
                "warning",
                self.tr("Còn thiếu {n} mục").format(n=len(line.missing)),
                "amber",
                Role.VALUE,
            )
            self._column.addWidget(words, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._facts(line, view))
        if not view.shows_sensitive:
            note = self.tr("Địa chỉ, cha mẹ, điện thoại chỉ văn phòng và GVCN của lớp xem được.")
            self._column.addWidget(Label(self._look, note, Role.CAPTION, "ink3", wrap=True))
        self._column.addStretch(1)
        self.edit_button.setVisible(view.may_edit)
        self.leave_button.setVisible(view.may_move and line.is_here)
        self.move_button.setVisible(view.may_move and line.is_here)
        self.return_button.setVisible(view.may_move and not line.is_here)
        self._foot.setVisible(view.may_edit or view.may_move)

    def show_completeness(self, view: RosterView) -> None:
        """The whole class: field by field how many pupils have it."""
        self.set_title(self.tr("Mức đầy đủ hồ sơ"))
        clear(self._column)
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(9)
        grid.setHorizontalSpacing(10)
        grid.setColumnStretch(0, 1)
        for row, (name, (filled, total)) in enumerate(view.completeness().items()):
            full = filled >= total
            grid.addWidget(Label(self._look, FIELD_TITLES[name], Role.BODY), row, 0)
            bar = ThinBar(self._look, tone="green" if full else "amber")
            bar.setFixedWidth(64)
            bar.set_share(filled, total)
            grid.addWidget(bar, row, 1)
            tone, role = ("ink2", Role.BODY) if full else ("amber", Role.STRONG)
            count = Label(self._look, f"{filled}/{total}", role, tone)
            count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(count, row, 2)
        self._column.addWidget(box)
        hint = self.tr("Chọn một học sinh để xem hồ sơ. Cha hoặc mẹ, có một là đủ.")
        self._column.addWidget(Label(self._look, hint, Role.CAPTION, "ink3", wrap=True))
        self._column.addStretch(1)
        self._foot.hide()

    def _facts(self, line: RosterLine, view: RosterView) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        row = 0
        for name, title in FIELD_TITLES.items():
            if name == "full_name" or (name in SENSITIVE and not view.shows_sensitive):
                continue
            value = getattr(line.profile, name)
            text = date_vn(value) if name == "birth_date" else str(value)
            missing = name in line.missing
            if not text and not missing:
                continue
            grid.addWidget(
                Label(self._look, title, Role.BODY, "ink3", wrap=True), row, 0,
                Qt.AlignmentFlag.AlignTop,
            )  # fmt: skip
            shown = text or self.tr("còn thiếu")
            grid.addWidget(
                Label(self._look, shown, Role.VALUE, "amber" if missing else "ink", wrap=True),
                row,
                1,
            )
            row += 1
        joined = self.tr("Vào lớp")
        grid.addWidget(Label(self._look, joined, Role.BODY, "ink3"), row, 0)
        grid.addWidget(Label(self._look, date_vn(line.joined_on), Role.VALUE), row, 1)
        grid.setColumnMinimumWidth(0, 112)
        return box
