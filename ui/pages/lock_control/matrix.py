"""Classes and their four locks: a glyph and words in every cell."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.domain.periods import PRIMARY_TERMS, Period, short_term
from app.readmodels.lock_board import LockState
from ui.pages.lock_control import words
from ui.pages.lock_control.words import COLUMN_ICONS, SEAL_ICONS, WINDOW_ICONS
from ui.pages.lock_control.words import translate as tr
from ui.theme.typography import Role
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from app.readmodels.lock_board import ClassLockRow, LockFact
    from ui.theme.look import Look

_WIDTHS = {0: 62, 1: 130, 2: 108, 3: 122, 4: 132, 5: 108, 6: 80}
_PRIMARY_WIDTHS = {0: 62, 1: 112, 2: 112, 3: 112, 4: 112, 5: 100, 6: 80}


class LockMatrixTable(TableView):
    """One class a row, chosen whole."""

    def __init__(self, look: Look, *, primary: bool) -> None:
        """`primary`: four kỳ, each by the harder of its two facts."""
        super().__init__(look, tr("Khóa của từng lớp"), row_height=look.measures.board_row)
        self.primary = primary
        self.classes: RecordModel[ClassLockRow] = RecordModel(
            _primary_columns() if primary else _columns(), self
        )
        self.setModel(self.classes)
        self.set_widths(_PRIMARY_WIDTHS if primary else _WIDTHS)
        look.changed.connect(self._fit_rows)

    def _fit_rows(self) -> None:
        self.set_row_height(self.look.measures.board_row)

    def row_of(self, class_id: int) -> int:
        """Where a class stands; -1 when it is not shown."""
        rows = enumerate(self.classes.records())
        return next((at for at, row in rows if row.class_id == class_id), -1)

    def chosen(self) -> ClassLockRow | None:
        """The class of the current row."""
        at = self.chosen_row()
        return self.classes.record(at) if 0 <= at < self.classes.rowCount() else None


def _columns() -> list[Column[ClassLockRow]]:
    return [
        Column(tr("Lớp"), lambda r: r.class_name, role=Role.STRONG),
        _fact(tr("Đợt nhập HK I"), lambda r: r.window(Period.HK1), WINDOW_ICONS),
        _fact(tr("Chốt HK I"), lambda r: r.close(Period.HK1), WINDOW_ICONS),
        _fact(tr("Khóa cột"), lambda r: r.columns, COLUMN_ICONS),
        _fact(tr("Đợt nhập HK II"), lambda r: r.window(Period.HK2), WINDOW_ICONS),
        _fact(tr("Chốt cả năm"), lambda r: r.close(Period.HK2), WINDOW_ICONS),
        _fact(tr("Niêm phong"), lambda r: r.seal, SEAL_ICONS),
    ]


def _primary_columns() -> list[Column[ClassLockRow]]:
    return [
        Column(tr("Lớp"), lambda r: r.class_name, role=Role.STRONG),
        *(
            _fact(short_term(period), partial(_harder, period), WINDOW_ICONS)
            for period in PRIMARY_TERMS
        ),
        _fact(tr("Khóa cột"), lambda r: r.columns, COLUMN_ICONS),
        _fact(tr("Niêm phong"), lambda r: r.seal, SEAL_ICONS),
    ]


def _harder(period: Period, row: ClassLockRow) -> LockFact:
    """The close once there is one, else the window."""
    close = row.close(period)
    return close if close.state is LockState.SHUT else row.window(period)


def _fact(
    title: str,
    of: Callable[[ClassLockRow], LockFact],
    icons: dict[LockState, tuple[str, str]],
) -> Column[ClassLockRow]:
    return Column(
        title,
        lambda r: of(r).words,
        icon=lambda r: icons[of(r).state][0],
        tone=lambda r: icons[of(r).state][1],
        tip=lambda r: words.tip(of(r)),
    )
