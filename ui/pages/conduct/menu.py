"""The context menu of the rèn luyện grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ui.theme.look import Look
    from ui.widgets.mark_grid.gestures import GridGestures


def _tr(text: str) -> str:
    return QCoreApplication.translate("ConductMenu", text)


def conduct_menu(
    look: Look,
    parent: QWidget,
    gestures: GridGestures,
    *,
    editable: bool,
    ask_history: Callable[[], None],
    ask_why: Callable[[], None],
) -> QMenu:
    """Clipboard and fill; history of the cell; why it is locked, when it is."""
    menu = QMenu(parent)
    rows: tuple[tuple[str, str, Callable[[], object]], ...] = (
        (_tr("Cắt"), "Ctrl+X", gestures.cut),
        (_tr("Chép"), "Ctrl+C", gestures.copy),
        (_tr("Dán"), "Ctrl+V", gestures.paste),
        (_tr("Điền xuống"), "Ctrl+D", gestures.fill_down),
        (_tr("Xóa nội dung"), "Delete", gestures.clear),
    )
    for words, keys, gesture in rows:
        action = menu.addAction(f"{words}\t{keys}", gesture)
        action.setEnabled(editable or keys == "Ctrl+C")
    menu.addSeparator()
    menu.addAction(look.icon("history", "ink2", 16), _tr("Xem lịch sử ô"), ask_history)
    if not editable:
        menu.addAction(look.icon("lock-closed", "ink2", 16), _tr("Vì sao không sửa được?"), ask_why)
    return menu
