"""Danh sách lớp: the roster as a grid, a profile panel, and what may be done with both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.changes import Topic
from app.readmodels.roster import RosterLine
from app.text import date_vn
from ui.pages.roster.movements_section import MovementsSection
from ui.pages.roster.presenter import BY_BOOK, BY_NAME, RosterPresenter
from ui.pages.roster.profile_panel import ProfilePanel
from ui.pages.roster.quality_section import QualitySection
from ui.pages.roster.section_presenter import MOVEMENTS, QUALITY, ROSTER
from ui.theme.tokens import CARD_GAP, PAGE_MARGIN
from ui.theme.typography import Role
from ui.widgets.buttons import primary, secondary
from ui.widgets.cards import Card
from ui.widgets.checks import CheckBox
from ui.widgets.empty_state import EmptyState
from ui.widgets.fields import SearchField
from ui.widgets.labels import IconText, Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.segmented import Segmented
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.ids import PupilId
    from app.readmodels.roster import RosterView
    from app.workspace import Workspace
    from ui.navigation import PageContext

_TOPICS = (Topic.ROSTER, Topic.CLASSES, Topic.SCHOOL, Topic.SEALS)
_PANEL = 340
_ROW = 29
_SENSITIVE_COLUMNS = (5, 6, 8, 9, 10, 11)


class RosterPage(QWidget):
    """Layout only; `presenter` decides."""

    def __init__(self, context: PageContext, work: Workspace) -> None:
        super().__init__()
        self._look = context.look
        self.presenter = RosterPresenter(self, context, work)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PAGE_MARGIN, 14, PAGE_MARGIN, 16)
        outer.setSpacing(10)
        outer.addLayout(self._head())
        outer.addLayout(self._tabs())
        self._stack = QStackedLayout()
        outer.addLayout(self._stack, 1)
        self._main = self._build_main()
        self._stack.addWidget(self._main)
        self.movements = MovementsSection(self._look)
        self.movements.month_picked.connect(self.presenter.parts.choose_month)
        self.movements.export_asked.connect(self.presenter.parts.export_month)
        self.quality = QualitySection(self._look)
        self.quality.opened.connect(self.presenter.open_finding)
        self.quality.scope_chosen.connect(self.presenter.parts.choose_scope)
        self.quality.export_asked.connect(self.presenter.parts.export_quality)
        for section in (self.movements, self.quality):
            self._stack.addWidget(section)
        self._empty: QWidget | None = None
        context.bus.listen(self, _TOPICS, self.presenter.on_changed)
        self.presenter.start()

    # --- for the window

    def topbar_widgets(self) -> list[QWidget]:
        """Year and class."""
        return self.presenter.pickers.widgets()

    def go_to(self, **where: Any) -> None:
        """`class_id`, and perhaps `pupil_id`; the list itself comes to the front."""
        if "class_id" in where:
            self.to_roster()
            self.presenter.show(where["class_id"], where.get("pupil_id"))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was saved while another page was in front."""
        super().showEvent(event)
        self.presenter.on_shown()

    # --- for the presenter

    def show_no_class(self) -> None:
        """No class that this person may look at."""
        words = self.tr(
            "Văn phòng lập lớp và phân công trong Quản trị; sau đó danh sách lớp hiện ở đây."
        )
        self.sections.hide()
        self._show_empty("roster", self.tr("Chưa có lớp nào để xem"), words)
        for button in (
            self.import_button,
            self.add_button,
            self.freeze_button,
            self.check_button,
        ):
            button.hide()
        self.state.hide()
        self.counts.setText("")

    def show_view(self, view: RosterView) -> None:
        """Head, buttons and panel of a class."""
        total = len(view.lines)
        words = self.tr("{n} học sinh, {g} nữ").format(n=view.here, g=view.girls)
        if view.here < total:
            words += self.tr(", {n} đã rời lớp").format(n=total - view.here)
        self.counts.setText(words if total else "")
        if view.frozen_at is not None:
            at = self.tr("Đã chốt danh sách {day}").format(day=date_vn(view.frozen_at))
            self.state.set_state("lock-closed", at, "ink2")
        else:
            self.state.set_state("lock-open", self.tr("Chưa chốt danh sách"), "amber")
        self.state.setVisible(bool(total))
        self.sections.show()
        self.sections.set_shown(QUALITY, shown=view.shows_sensitive)
        if not view.shows_sensitive and self.presenter.parts.section == QUALITY:
            self.to_roster()
        self.check_button.setVisible(view.shows_sensitive and bool(total))
        self.import_button.setVisible(view.may_edit and bool(total))
        self.add_button.setVisible(view.may_edit)
        self.freeze_button.setVisible(view.may_freeze and view.here > 0)
        self.freeze_button.setText(self.tr("Chốt danh sách {name}").format(name=view.class_name))
        for column in _SENSITIVE_COLUMNS:
            self.table.setColumnHidden(column, not view.shows_sensitive)
        self._fill_front(view)

    def show_section(self, section: str) -> None:
        """Bring one of the three to the front."""
        self.sections.set_current(section)
        if self.presenter.view is not None:
            self._fill_front(self.presenter.view)

    def to_roster(self) -> None:
        """The list itself."""
        if self.presenter.parts.section != ROSTER:
            self.presenter.parts.choose_section(ROSTER)

    def _fill_front(self, view: RosterView) -> None:
        section = self.presenter.parts.section
        if section == MOVEMENTS:
            self._stack.setCurrentWidget(self.movements)
        elif section == QUALITY and view.lines:
            self._stack.setCurrentWidget(self.quality)
        elif view.lines:
            self._stack.setCurrentWidget(self._main)
        else:
            self._show_empty_class(view)

    def show_lines(self, lines: Sequence[RosterLine]) -> None:
        """The rows of the grid; keeps the pupil chosen if it is still there."""
        chosen = self.chosen()
        self.model.set_records(lines)
        if chosen is None or not self.choose(chosen.pupil_id):
            self.table.clearSelection()
            self._show_panel()
        self.shown.setText(self.tr("Không dòng nào khớp") if not lines else "")

    def chosen(self) -> RosterLine | None:
        """The pupil of the selected row."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.record(rows[0].row()) if rows else None

    def choose(self, pupil_id: PupilId) -> bool:
        """Select a pupil's row; False when it is not shown."""
        for row, line in enumerate(self.model.records()):
            if line.pupil_id == pupil_id:
                self.table.selectRow(row)
                self._show_panel()
                return True
        return False

    # --- inside

    def _head(self) -> QHBoxLayout:
        look = self._look
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Label(look, self.tr("Danh sách lớp"), Role.TITLE))
        self.counts = Label(look, "", Role.BODY, "ink2")
        row.addWidget(self.counts)
        self.state = IconText(look, "lock-open", "", "amber", Role.VALUE)
        row.addWidget(self.state)
        row.addStretch(1)
        self.import_button = secondary(
            look, self.tr("Nhập từ Excel"), lambda: self._open_import(), "excel"
        )
        self.add_button = secondary(look, self.tr("Thêm học sinh"), self.presenter.add, "plus")
        self.freeze_button = primary(
            look, self.tr("Chốt danh sách"), self.presenter.freeze, "lock-closed"
        )
        self.check_button = secondary(
            look, self.tr("Đối chiếu"), lambda: self._open_check(), "not-equal"
        )
        for button in (
            self.check_button,
            self.import_button,
            self.add_button,
            self.freeze_button,
        ):
            row.addWidget(button)
        return row

    def _tabs(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.sections = Segmented(
            self._look,
            [
                (ROSTER, self.tr("Danh sách")),
                (MOVEMENTS, self.tr("Biến động")),
                (QUALITY, self.tr("Chất lượng dữ liệu")),
            ],
            self.tr("Phần của trang"),
        )
        self.sections.chosen.connect(self.presenter.parts.choose_section)
        row.addWidget(self.sections)
        row.addStretch(1)
        return row

    def _open_check(self) -> None:
        self.presenter.open_cross_check()

    def _open_import(self) -> None:
        self.presenter.open_import()

    def _build_main(self) -> QWidget:
        look = self._look
        main = QWidget()
        across = QHBoxLayout(main)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(CARD_GAP)
        card = Card(look, flush=True)
        card.body.setContentsMargins(1, 10, 1, 8)
        card.body.addLayout(self._filters())
        self.model = RecordModel(self._columns(), self)
        self.table = TableView(look, self.tr("Danh sách lớp"), row_height=_ROW)
        self.table.setModel(self.model)
        widths = (50, 178, 104, 54, 104, 118, 72, 120, 190, 150, 150, 104, 260)
        self.table.set_widths(dict(enumerate(widths)), whole=[1, 9, 10])
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_panel())
        self.table.activated.connect(lambda _index: self._on_line("edit"))
        card.body.addWidget(self.table, 1)
        across.addWidget(card, 1)
        self.panel = ProfilePanel(look)
        self.panel.setFixedWidth(_PANEL)
        self.panel.edit_asked.connect(lambda: self._on_line("edit"))
        self.panel.correct_asked.connect(lambda: self._on_line("correct"))
        self.panel.absences_asked.connect(lambda: self._on_line("absences"))
        self.panel.pack_asked.connect(lambda: self._on_line("pack"))
        self.panel.leave_asked.connect(lambda: self._on_line("leave"))
        self.panel.return_asked.connect(lambda: self._on_line("come_back"))
        self.panel.move_asked.connect(lambda: self._on_line("move"))
        self.panel.former_asked.connect(lambda: self._on_line("former"))
        self.panel.carry_asked.connect(lambda: self._on_line("carry"))
        self.panel.photo_asked.connect(lambda: self._on_line("photo"))
        self.panel.photo_unwanted.connect(lambda: self._on_line("unphoto"))
        across.addWidget(self.panel)
        return main

    def _filters(self) -> QHBoxLayout:
        look = self._look
        row = QHBoxLayout()
        row.setContentsMargins(15, 0, 15, 0)
        row.setSpacing(14)
        self.search = SearchField(
            look, self.tr("Tìm trong lớp"), self.tr("Tìm tên, mã, điện thoại")
        )
        self.search.setFixedWidth(230)
        self.search.textChanged.connect(self._on_search)
        row.addWidget(self.search)
        self.order = Segmented(
            look,
            [(BY_BOOK, self.tr("Theo sổ")), (BY_NAME, self.tr("Sắp theo tên"))],
            self.tr("Thứ tự trên màn hình"),
        )
        self.order.chosen.connect(self._on_order)
        row.addWidget(self.order)
        self.missing = CheckBox(look, self.tr("Chỉ em còn thiếu thông tin"))
        self.missing.toggled.connect(self._on_missing)
        row.addWidget(self.missing)
        self.shown = Label(look, "", Role.BODY, "ink3")
        row.addWidget(self.shown)
        row.addStretch(1)
        return row

    def _columns(self) -> list[Column[RosterLine]]:
        def tone(line: RosterLine) -> str:
            return "ink" if line.is_here else "ink3"

        def plain(title: str, name: str) -> Column[RosterLine]:
            return Column(title, lambda x: getattr(x.profile, name), tone=tone,
                          tip=lambda x: getattr(x.profile, name))  # fmt: skip

        return [
            Column(self.tr("STT"), lambda x: str(x.position), number=True, tone=lambda _x: "ink3"),
            Column(self.tr("Họ và tên"), lambda x: x.profile.full_name, role=Role.VALUE, tone=tone,
                   icon=lambda x: "" if x.is_here else "users-out",
                   tip=lambda x: x.profile.full_name),
            Column(self.tr("Ngày sinh"), lambda x: date_vn(x.profile.birth_date), tone=tone),
            plain(self.tr("Giới"), "sex"),
            plain(self.tr("Mã Bộ"), "ministry_code"),
            plain(self.tr("Số định danh"), "personal_id"),
            plain(self.tr("Dân tộc"), "ethnicity"),
            plain(self.tr("Nơi sinh"), "birthplace"),
            plain(self.tr("Chỗ ở hiện nay"), "address"),
            plain(self.tr("Cha"), "father"),
            plain(self.tr("Mẹ"), "mother"),
            plain(self.tr("Điện thoại"), "phone"),
            Column(self.tr("Ghi chú"), self._note, tone=self._note_tone,
                   icon=lambda x: "warning" if x.is_here and (x.missing or x.warning) else "",
                   tip=self._note),
        ]  # fmt: skip

    def _note(self, line: RosterLine) -> str:
        if not line.is_here:
            return self.tr("Rời lớp {day}: {why}").format(
                day=date_vn(line.left_on), why=line.left_reason
            )
        if line.warning:
            return line.warning
        if line.missing:
            return self.tr("thiếu {what}").format(what=line.missing_words)
        return line.profile.note

    def _note_tone(self, line: RosterLine) -> str:
        return "amber" if line.is_here and (line.missing or line.warning) else "ink2"

    def _show_panel(self) -> None:
        view = self.presenter.view
        if view is None:
            return
        line = self.chosen()
        if line is None:
            self.panel.show_completeness(view)
        else:
            acts = self.presenter.acts
            self.panel.show_line(line, view, acts.photo(view, line), acts.history(view, line))

    def _on_line(self, act: str) -> None:
        line, view = self.chosen(), self.presenter.view
        if line is None or view is None or (act == "edit" and not view.may_edit):
            return
        acts = self.presenter.acts
        {
            "former": self.presenter.former_marks,
            "correct": self.presenter.correct,
            "absences": self.presenter.former_absences,
            "pack": lambda one: acts.transfer_pack(view, one),
            "carry": lambda one: acts.carry(view, one),
            "photo": lambda one: acts.ask_photo(view, one),
            "unphoto": lambda one: acts.remove_photo(view, one),
            "edit": self.presenter.edit,
            "leave": self.presenter.leave,
            "come_back": self.presenter.come_back,
            "move": self.presenter.move,
        }[act](line)

    def _on_search(self, words: str) -> None:
        self.presenter.words = words
        self.presenter.filter()

    def _on_order(self, order: str) -> None:
        self.presenter.order = order
        self.presenter.filter()

    def _on_missing(self, on: object) -> None:
        self.presenter.only_missing = bool(on)
        self.presenter.filter()

    def _show_empty_class(self, view: RosterView) -> None:
        title = self.tr("Lớp {name} chưa có học sinh").format(name=view.class_name)
        if view.may_edit:
            words = self.tr(
                "Nhập từ tệp Excel của trường: chương trình đoán các cột, báo từng dòng có vấn đề "
                "và chỉ ghi khi thầy cô nhận. Cũng có thể thêm từng em."
            )
            self._show_empty("roster", title, words, self.tr("Nhập danh sách từ Excel"))
        else:
            self._show_empty(
                "roster", title, self.tr("Văn thư hoặc GVCN nhập danh sách rồi lớp hiện ở đây.")
            )

    def _show_empty(self, icon: str, title: str, words: str, action: str = "") -> None:
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.deleteLater()
        self._empty = EmptyState(
            self._look, icon, title, words, action=action, on_action=self._open_import,
            action_icon="excel",
        )  # fmt: skip
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)
