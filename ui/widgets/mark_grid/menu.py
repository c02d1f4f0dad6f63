"""The context menu of a selection, and what can be chosen in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.marks import CellState
from ui.theme.look import Look


def _tr(text: str) -> str:
    return QCoreApplication.translate("MarkMenu", text)


STATE_ACTIONS = (
    (CellState.PENDING_MAKEUP, "Chờ kiểm tra bù…", "hourglass"),
    (CellState.ZERO_ABSENT, "0 vì vắng…", "person-cross"),
    (CellState.EXEMPT, "Miễn…", "dash"),
    (CellState.TRANSFERRED, "Điểm trường cũ…", "transfer"),
    (CellState.EMPTY, "Bỏ trạng thái, để ô trống…", "trash"),
)
"""State, words and icon of each choice under "Trạng thái ô"."""

_CLIPBOARD = (
    ("cut", "Cắt", "Ctrl+X"),
    ("copy", "Chép", "Ctrl+C"),
    ("paste", "Dán", "Ctrl+V"),
    ("fill_down", "Điền xuống", "Ctrl+D"),
    ("clear", "Xóa nội dung", "Delete"),
)


def dates_words() -> str:
    """What opens ngày kiểm tra, ngày trả bài and hạn vào điểm of a column."""
    return _tr("Ngày của cột…")


def column_menu(
    look: Look,
    parent: QWidget,
    choose_column: Callable[[], object],
    ask_dates: Callable[[], object] | None,
) -> QMenu:
    """Menu of a column's head."""
    menu = QMenu(parent)
    if ask_dates is not None:
        menu.addAction(look.icon("calendar", "ink2", 16), dates_words(), ask_dates)
    menu.addAction(_tr("Chọn cả cột"), choose_column)
    return menu


def mark_menu(
    look: Look,
    parent: QWidget,
    *,
    gestures: Mapping[str, Callable[[], object]],
    set_state: Callable[[CellState], None],
    ask_history: Callable[[], None],
    ask_why: Callable[[], None],
    editable: bool,
    one_cell: bool,
    ask_dates: Callable[[], object] | None = None,
    phrases: Sequence[str] = (),
    use_phrase: Callable[[str], object] = bool,
) -> QMenu:
    """Menu for the selection; `editable` says that the active cell accepts typing.

    `ask_dates`: only where the column's dates can be set.
    `phrases`: comments this sheet already uses, to be put into every selected comment cell.
    """
    menu = QMenu(parent)
    for name, words, keys in _CLIPBOARD:
        action = menu.addAction(_tr(words) + "\t" + keys, gestures[name])
        action.setEnabled(editable or name == "copy")
        action.setObjectName(name)
    menu.addSeparator()
    if phrases:
        bank = menu.addMenu(_tr("Nhận xét hay dùng"))
        bank.setEnabled(editable)
        bank.setObjectName("phrases")
        for phrase in phrases:
            action = bank.addAction(phrase)
            action.triggered.connect(lambda _checked=False, phrase=phrase: use_phrase(phrase))
    states = menu.addMenu(_tr("Trạng thái ô"))
    states.setEnabled(editable)
    for state, words, icon in STATE_ACTIONS:
        action = states.addAction(look.icon(icon, "ink2", 16), _tr(words))
        action.triggered.connect(lambda _checked=False, state=state: set_state(state))
        action.setObjectName(f"state_{state.name}")
    menu.addSeparator()
    history = menu.addAction(look.icon("history", "ink2", 16), _tr("Xem lịch sử ô"), ask_history)
    history.setEnabled(one_cell)
    if ask_dates is not None:
        dates = menu.addAction(look.icon("calendar", "ink2", 16), dates_words(), ask_dates)
        dates.setObjectName("dates")
    if not editable:
        why = menu.addAction(
            look.icon("lock-closed", "ink2", 16), _tr("Vì sao không sửa được?"), ask_why
        )
        why.setObjectName("why")
    return menu
