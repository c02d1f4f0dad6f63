"""The panel beside the roster: one pupil's profile, or how complete the whole class is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.movements import MovementKind
from app.domain.personal_id import personal_id_doubts
from app.domain.pupils import DATE_FIELDS, FIELD_TITLES
from app.readmodels.roster import SENSITIVE
from app.text import date_vn
from ui.theme.tokens import SIDE_PANEL
from ui.theme.typography import Role
from ui.widgets.buttons import link, secondary
from ui.widgets.cards import Card, ScrollPane, clear, ground, hairline
from ui.widgets.labels import Glyph, IconText, Label
from ui.widgets.progress import ThinBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readmodels.pupil_history import MovementLine
    from app.readmodels.roster import RosterLine, RosterView
    from ui.theme.look import Look

_PHOTO = (84, 112)
_TEXT_WIDTH = SIDE_PANEL - 36
_NOT_LISTED = ("full_name", "personal_id_verified_on")


class ProfilePanel(Card):
    """Signals of its buttons; shows what it is given."""

    edit_asked = Signal()
    leave_asked = Signal()
    return_asked = Signal()
    move_asked = Signal()
    former_asked = Signal()
    carry_asked = Signal()
    correct_asked = Signal()
    absences_asked = Signal()
    pack_asked = Signal()
    photo_asked = Signal()
    photo_unwanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, " ", flush=True, parent=parent)
        self._look = look
        pane = ScrollPane(self.tr("Hồ sơ học sinh"))
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
        self.former_button = secondary(
            look, self.tr("Điểm trường cũ…"), self.former_asked.emit, "transfer"
        )
        self.carry_button = secondary(
            look, self.tr("Chép điểm lớp cũ"), self.carry_asked.emit, "transfer"
        )
        first.addWidget(self.edit_button)
        first.addWidget(self.former_button)
        first.addStretch(1)
        second.addWidget(self.leave_button)
        second.addWidget(self.return_button)
        self.pack_button = secondary(
            look, self.tr("Gói chuyển trường…"), self.pack_asked.emit, "printer"
        )
        second.addWidget(self.pack_button)
        second.addWidget(self.move_button)
        second.addStretch(1)
        third = QHBoxLayout()
        third.setContentsMargins(15, 0, 15, 0)
        third.addWidget(self.carry_button)
        self.absences_button = secondary(
            look, self.tr("Buổi nghỉ trường cũ…"), self.absences_asked.emit, "attendance"
        )
        third.addWidget(self.absences_button)
        self.correct_button = secondary(
            look, self.tr("Lập hồ sơ sửa thông tin…"), self.correct_asked.emit, "signature"
        )
        fourth = QHBoxLayout()
        fourth.setContentsMargins(15, 0, 15, 0)
        fourth.setSpacing(8)
        fourth.addWidget(self.correct_button)
        fourth.addStretch(1)
        third.addStretch(1)
        foot.addLayout(first)
        foot.addLayout(second)
        foot.addLayout(third)
        foot.addLayout(fourth)
        self.body.addWidget(self._foot)

    def show_line(
        self,
        line: RosterLine,
        view: RosterView,
        photo: bytes | None = None,
        history: Sequence[MovementLine] = (),
    ) -> None:
        """One pupil, with the photo's bytes and how the pupil came and went."""
        self.set_title(line.profile.full_name)
        clear(self._column)
        self._column.addWidget(self._top(line, view, photo))
        if line.warning:
            doubt = Label(self._look, line.warning, Role.BODY, "amber", wrap=True)
            # A pane gives lines that wrap no height of their own.
            doubt.setMinimumHeight(doubt.heightForWidth(_TEXT_WIDTH))
            self._column.addWidget(doubt)
        self._column.addWidget(self._facts(line, view))
        if not view.shows_sensitive:
            note = self.tr("Địa chỉ, cha mẹ, điện thoại chỉ văn phòng và GVCN của lớp xem được.")
            self._column.addWidget(Label(self._look, note, Role.CAPTION, "ink3", wrap=True))
        if history:
            self._column.addWidget(self._history(history))
        self._column.addStretch(1)
        came = any(step.kind is MovementKind.MOVED_IN for step in history)
        self.former_button.setVisible(view.may_add_former_marks and line.is_here)
        self.absences_button.setVisible(view.may_add_former_marks and line.is_here)
        self.carry_button.setVisible(view.may_move and line.is_here and came)
        self.edit_button.setVisible(view.may_edit)
        self.leave_button.setVisible(view.may_move and line.is_here)
        self.move_button.setVisible(view.may_move and line.is_here)
        self.return_button.setVisible(view.may_move and not line.is_here)
        self.pack_button.setVisible(view.may_move and not line.is_here)
        self.correct_button.setVisible(view.may_correct and line.is_here)
        self._foot.setVisible(
            view.may_edit or view.may_move or view.may_add_former_marks or view.may_correct
        )

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
        hint = self.tr("Chọn một học sinh để xem hồ sơ. Cha, mẹ hoặc người giám hộ, có một là đủ.")
        self._column.addWidget(Label(self._look, hint, Role.CAPTION, "ink3", wrap=True))
        self._column.addStretch(1)
        self._foot.hide()

    def _top(self, line: RosterLine, view: RosterView, photo: bytes | None) -> QWidget:
        """Photo at the left; number, state and xác thực beside it."""
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        if view.shows_sensitive:
            row.addLayout(self._photo(photo, line.profile.full_name))
        words = QVBoxLayout()
        words.setSpacing(6)
        where = self.tr("Số thứ tự {n}, lớp {name}").format(n=line.position, name=view.class_name)
        words.addWidget(Label(self._look, where, Role.CAPTION, "ink3"))
        if not line.is_here:
            left = self.tr("Rời lớp {day}: {why}").format(
                day=date_vn(line.left_on), why=line.left_reason
            )
            words.addWidget(Label(self._look, left, Role.VALUE, "amber", wrap=True))
        elif line.missing:
            lacking = self.tr("Còn thiếu {n} mục").format(n=len(line.missing))
            words.addWidget(
                IconText(self._look, "warning", lacking, "amber", Role.VALUE), 0,
                Qt.AlignmentFlag.AlignLeft,
            )  # fmt: skip
        if view.shows_sensitive and line.profile.personal_id:
            for state in self._verified(line):
                words.addWidget(state, 0, Qt.AlignmentFlag.AlignLeft)
        words.addStretch(1)
        if view.may_edit and view.shows_sensitive:
            words.addLayout(self._photo_links(photo))
        row.addLayout(words, 1)
        return box

    def _photo_links(self, photo: bytes | None) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        words = self.tr("Đổi ảnh…") if photo else self.tr("Thêm ảnh…")
        self.photo_button = link(self._look, words, self.photo_asked.emit)
        row.addWidget(self.photo_button)
        if photo:
            self.unphoto_button = link(self._look, self.tr("Bỏ ảnh"), self.photo_unwanted.emit)
            row.addWidget(self.unphoto_button)
        row.addStretch(1)
        return row

    def _verified(self, line: RosterLine) -> list[QWidget]:
        day = line.profile.personal_id_verified_on
        if day is not None:
            words = self.tr("Đã xác thực {day}").format(day=date_vn(day))
            found: list[QWidget] = [IconText(self._look, "shield-check", words, "green")]
        else:
            found = [IconText(self._look, "ring-empty", self.tr("Chưa xác thực"), "ink3")]
        doubts = personal_id_doubts(line.profile)
        if doubts:
            state = IconText(self._look, "warning", self.tr("Số định danh: xem lại"), "amber")
            state.setToolTip("; ".join(doubts))
            found.append(state)
        return found

    def _photo(self, photo: bytes | None, name: str) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        frame = Label(self._look, "", Role.CAPTION, "ink3")
        frame.setFixedSize(*_PHOTO)
        frame.setAlignment(Qt.AlignmentFlag.AlignCenter)
        image = QImage.fromData(photo) if photo else QImage()
        if image.isNull():
            ground(frame, "well")
            holder = QVBoxLayout(frame)
            holder.addWidget(Glyph(self._look, "user", "ink3", 28), 0, Qt.AlignmentFlag.AlignCenter)
            frame.setAccessibleName(self.tr("Chưa có ảnh của {name}").format(name=name))
        else:
            ratio = self.devicePixelRatioF()
            pixmap = QPixmap.fromImage(image).scaled(
                int(_PHOTO[0] * ratio), int(_PHOTO[1] * ratio),
                Qt.AspectRatioMode.KeepAspectRatioByExpanding,
                Qt.TransformationMode.SmoothTransformation,
            )  # fmt: skip
            pixmap.setDevicePixelRatio(ratio)
            frame.setPixmap(pixmap)
            frame.setAccessibleName(self.tr("Ảnh của {name}").format(name=name))
        column.addWidget(frame)
        column.addStretch(1)
        return column

    def _history(self, history: Sequence[MovementLine]) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        column.addWidget(hairline())
        column.addWidget(Label(self._look, self.tr("Quá trình"), Role.STRONG))
        for step in history:
            head = f"{date_vn(step.on)} · {step.class_name} · {step.words}"
            column.addWidget(Label(self._look, head, Role.VALUE, wrap=True))
            more = "; ".join(text for text in (step.school, step.document, step.reason) if text)
            if more:
                column.addWidget(Label(self._look, more, Role.CAPTION, "ink3", wrap=True))
        return box

    def _facts(self, line: RosterLine, view: RosterView) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        row = 0
        for name, title in FIELD_TITLES.items():
            if name in _NOT_LISTED or (name in SENSITIVE and not view.shows_sensitive):
                continue
            value = getattr(line.profile, name)
            text = date_vn(value) if name in DATE_FIELDS else str(value)
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
