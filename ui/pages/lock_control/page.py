"""Đóng mở sổ: classes x locks, the school's windows, one class at the right. Decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.changes import Topic
from app.domain.periods import EntryTerm, Period, column_term, entry_term
from app.readmodels.lock_board import LockState
from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.lock_board import LockBoard
from ui.pages.lock_control.acts import LockActs
from ui.pages.lock_control.class_panel import ClassPanel
from ui.pages.lock_control.matrix import LockMatrixTable
from ui.pages.lock_control.school_cards import CutoffCard, WindowsCard
from ui.pages.year_picker import YearPicker
from ui.theme.tokens import CARD_GAP, PAGE_MARGIN
from ui.theme.typography import Role
from ui.widgets.buttons import secondary
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import Label
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from app.domain.ids import ClassId
    from app.domain.locks import EntryWindow
    from app.readmodels.lock_board import ClassLockPanel, LockMatrix
    from app.workspace import Workspace
    from ui.navigation import PageContext

_PANEL_WIDTH = 360
_PRIMARY, _SECONDARY = "primary", "secondary"
_TOPICS = (
    Topic.LOCKS,
    Topic.CLASSES,
    Topic.CORRECTIONS,
    Topic.SEALS,
    Topic.SCHOOL,
    Topic.ACCOUNTS,
)


class LockControlPage(QWidget):
    """`go_to(class_id=…, period=…)` shows a class; `late=[CellKey…], sheet=…` opens mở bổ sung."""

    def __init__(self, context: PageContext, work: Workspace) -> None:
        super().__init__()
        self._context = context
        self._work = work
        self._board = LockBoard(work.session.uow, work.clock)
        self._matrix: LockMatrix | None = None
        self._panel_view: ClassLockPanel | None = None
        self.acts = LockActs(context, work, self)
        look = context.look
        self.years = YearPicker(context, work)
        self.years.year_picked.connect(self.refresh)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PAGE_MARGIN, 14, PAGE_MARGIN, 14)
        outer.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(Label(look, self.tr("Đóng mở sổ"), Role.TITLE))
        self._counts = Label(look, "", Role.BODY, "ink2")
        head.addWidget(self._counts)
        # Columns of a primary class and of a secondary one have nothing in common.
        self.kinds = Segmented(
            look,
            [(_PRIMARY, self.tr("Tiểu học")), (_SECONDARY, self.tr("THCS, THPT"))],
            self.tr("Cấp đang xem"),
        )
        self.kinds.chosen.connect(lambda _kind: self._show_kind())
        self.kinds.hide()
        head.addWidget(self.kinds)
        head.addStretch(1)
        self.scope_button = secondary(
            look, self.tr("Khóa, mở cột nhiều lớp…"), self._set_columns_in, "lock-closed"
        )
        self.scope_button.hide()
        head.addWidget(self.scope_button)
        outer.addLayout(head)
        self._stack = QStackedLayout()
        outer.addLayout(self._stack, 1)
        self._stack.addWidget(self._body())
        self._stack.addWidget(
            EmptyState(
                look,
                "lock-closed",
                self.tr("Năm học này chưa có lớp nào"),
                self.tr(
                    "Lập năm học và các lớp trong Quản trị; sau đó mở đợt nhập và chốt sổ ở đây."
                ),
            )
        )
        context.bus.listen(self, _TOPICS, lambda _result: self.refresh())
        self.years.load()
        self.refresh()

    # For the window

    def topbar_widgets(self) -> list[QWidget]:
        """The year."""
        return [self.years]

    def go_to(self, **where: Any) -> None:
        """Show a class and term, or ask for mở bổ sung of cells of a sheet."""
        sheet, late = where.get("sheet"), where.get("late")
        class_id = where.get("class_id")
        if class_id is None and sheet is not None:
            class_id = SheetId(*sheet).class_id
        period = where.get("period")
        term = None if period is None else entry_term(str(period))
        if class_id is not None:
            self.show_class(class_id, term)
        if late and sheet is not None and self._panel_view is not None:
            asked = column_term(CellKey(*late[0]).column)
            self.acts.open_late(self._panel_view, Period(asked.value), SheetId(*sheet).subject_id)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """The chip of the top bar belongs to the page that is shown."""
        super().showEvent(event)
        self._show_lock()

    def refresh(self) -> None:
        """Read every lock again and keep the chosen class."""
        year_id = self.years.year_id
        chosen = self.table.chosen()
        self._matrix = None
        if year_id is not None:
            self._matrix = self._context.commands.ask(lambda: self._board.matrix(year_id))
        matrix = self._matrix
        if matrix is None or not matrix.rows:
            self._stack.setCurrentIndex(1)
            self._counts.setText("")
            self.scope_button.hide()
            self._panel_view = None
            return
        self._stack.setCurrentIndex(0)
        self._fill_tables(matrix)
        self._count()
        keeps = self._may_press()
        self.scope_button.setVisible(keeps)
        self.panel.show_keeper(keeps=keeps)
        self.windows.show_windows(matrix, self._context.clock.today(), keeps=keeps)
        self.cutoffs.show_cutoffs(matrix)
        self._choose(0 if chosen is None else max(self.table.row_of(chosen.class_id), 0))

    def show_class(self, class_id: ClassId, term: EntryTerm | None = None) -> bool:
        """Choose a class of any year; False when there is none."""
        if not self._turn_to(class_id):
            for year in self._work.setup.years():
                if any(klass.id == class_id for klass in self._work.setup.classes(year.id)):
                    self.years.show_year(year.id)
                    self.refresh()
        if not self._turn_to(class_id):
            return False
        self._choose(self.table.row_of(class_id))
        if term is not None and self._panel_view is not None:
            self.panel.show_class(self._panel_view, term)
        return True

    @property
    def panel_view(self) -> ClassLockPanel | None:
        """The class shown at the right."""
        return self._panel_view

    # Inside

    @property
    def table(self) -> LockMatrixTable:
        """The classes on screen: of one kind of assessment."""
        return self._tables[self.kinds.current() == _PRIMARY]

    def _fill_tables(self, matrix: LockMatrix) -> None:
        """Both tables; the one on screen has classes."""
        for primary, table in self._tables.items():
            table.classes.set_records([row for row in matrix.rows if row.primary is primary])
        self.kinds.setVisible(len(matrix.kinds) > 1)
        if self.table.primary not in matrix.kinds:
            self.kinds.set_current(_PRIMARY if matrix.kinds[0] else _SECONDARY)
        self._places.setCurrentWidget(self.table)

    def _count(self) -> None:
        """How far the classes on screen are."""
        rows = self.table.classes.records()
        parts = [self.tr("{n} lớp").format(n=len(rows))]
        for period in rows[0].periods if rows else ():
            closed = sum(r.close(period).state is LockState.SHUT for r in rows)
            words = self.tr("cả năm") if period is Period.HK2 else period.words
            parts.append(self.tr("{n} đã chốt {period}").format(n=closed, period=words))
        self._counts.setText(", ".join(parts))

    def _turn_to(self, class_id: ClassId) -> bool:
        """Show the table that has the class; False when none has."""
        for primary, table in self._tables.items():
            if table.row_of(class_id) >= 0:
                self.kinds.set_current(_PRIMARY if primary else _SECONDARY)
                self._places.setCurrentWidget(table)
                self._count()
                return True
        return False

    def _show_kind(self) -> None:
        """The other kind of classes, at the class that was chosen there."""
        self._places.setCurrentWidget(self.table)
        self._count()
        self._choose(max(self.table.chosen_row(), 0))

    def _choose(self, row: int) -> None:
        """Select a class; said again where it was the current one of its table already."""
        same = self.table.chosen_row() == row
        self.table.selectRow(row)
        if same:
            self._show_chosen()

    def _may_press(self) -> bool:
        """Whether the rules of the year shown let this person press; the services ask again."""
        year_id, actor = self.years.year_id, self._work.session.actor
        return year_id is not None and self._work.control.may_press(actor, year_id)

    def _body(self) -> QWidget:
        look, actor = self._context.look, self._work.session.actor
        body = QWidget()
        across = QHBoxLayout(body)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(CARD_GAP)
        left = QVBoxLayout()
        left.setSpacing(CARD_GAP)
        card = Card(look, flush=True)
        card.body.setContentsMargins(1, 6, 1, 8)
        self._tables = {kind: LockMatrixTable(look, primary=kind) for kind in (True, False)}
        holder = QWidget()
        self._places = QStackedLayout(holder)
        for table in self._tables.values():
            table.selectionModel().currentRowChanged.connect(lambda *_: self._show_chosen())
            self._places.addWidget(table)
        card.body.addWidget(holder)
        left.addWidget(card, 3)
        below = QHBoxLayout()
        below.setSpacing(CARD_GAP)
        self.windows = WindowsCard(look)
        self.windows.opened.connect(self._open_window)
        self.windows.withdrawn.connect(self._withdraw_window)
        self.cutoffs = CutoffCard(look, leads=actor.leads)
        self.cutoffs.asked.connect(self._set_cutoff)
        self.cutoffs.review_asked.connect(self._set_review)
        below.addWidget(self.windows, 3)
        below.addWidget(self.cutoffs, 2)
        left.addLayout(below, 1)
        across.addLayout(left, 1)
        self.panel = ClassPanel(look)
        self.panel.setFixedWidth(_PANEL_WIDTH)
        self.panel.asked.connect(self._on_asked)
        across.addWidget(self.panel)
        return body

    def _show_chosen(self) -> None:
        row = self.table.chosen()
        if row is None:
            return
        view = self._context.commands.ask(lambda: self._board.panel(row.class_id))
        if view is not None:
            self._panel_view = view
            self.panel.show_class(view)
            self._show_lock()

    def _show_lock(self) -> None:
        view = self._panel_view
        if self.isVisible() and view is not None:
            self._context.frame.set_lock(view.lock_chip, is_open=view.chip_open)

    def _open_window(self) -> None:
        if self.years.year_id is not None:
            opened = () if self._matrix is None else self._matrix.windows
            self.acts.open_window(
                self.years.year_id, self._periods_first(), {one.period for one in opened}
            )

    def _periods_first(self) -> list[Period]:
        """Periods of the year's classes, those of the class shown first."""
        shown = () if self._panel_view is None else self._panel_view.periods
        every = () if self._matrix is None else tuple(self._matrix.cutoffs)
        return [*shown, *(p for p in every if p not in shown)]

    def _set_columns_in(self) -> None:
        if self.years.year_id is not None:
            self.acts.set_columns_in(self.years.year_id, self._panel_view)

    def _withdraw_window(self, window: EntryWindow) -> None:
        if self.years.year_id is not None:
            self.acts.withdraw_window(self.years.year_id, window)

    def _set_review(self, period: Period) -> None:
        if self._matrix is not None and self.years.year_id is not None:
            day = self._matrix.reviews[period].day
            self.acts.set_cutoff(self.years.year_id, period, day, review=True)

    def _set_cutoff(self, period: Period) -> None:
        if self.years.year_id is not None and self._matrix is not None:
            day = self._matrix.cutoffs.get(period)
            self.acts.set_cutoff(self.years.year_id, period, day, review=False)

    def _on_asked(self, what: str) -> None:
        view = self._panel_view
        if view is None:
            return
        if what in ("lock", "unlock"):
            ids = self.panel.chosen_ids(locked=what == "unlock")
            self.acts.set_columns(view, ids, lock=what == "lock")
        elif what == "late":
            self.acts.open_late(view, Period(self.panel.term.value))
        elif what == "sign":
            self.acts.sign(view)
        else:
            self.acts.close(view, self._after_close)

    def _after_close(self, period: Period) -> None:
        view = self._panel_view
        if view is None:
            return
        fresh = self._context.commands.ask(lambda: self._board.panel(view.class_id))
        closed = None if fresh is None else fresh.closed.get(period)
        if closed is not None:
            self._context.frame.toast(
                self.tr("Đã chốt {period} lớp {name}: mốc ký {point}, mã dữ liệu {code}.").format(
                    period=period.words,
                    name=view.class_name,
                    point=closed.checkpoint_code,
                    code=closed.digest_code,
                ),
                "green",
            )
