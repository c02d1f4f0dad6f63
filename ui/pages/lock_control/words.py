"""How a lock looks: a glyph and a tone beside the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.readmodels.lock_board import LockState

if TYPE_CHECKING:
    from app.readmodels.lock_board import LockFact

WINDOW_ICONS = {
    LockState.OPEN: ("lock-open", "green"),
    LockState.SHUT: ("lock-closed", "ink2"),
    LockState.WAITING: ("clock", "amber"),
    LockState.NONE: ("dash", "ink3"),
}
COLUMN_ICONS = {**WINDOW_ICONS, LockState.WAITING: ("lock-closed", "amber")}
SEAL_ICONS = {**WINDOW_ICONS, LockState.SHUT: ("archive", "ink2")}


def translate(text: str) -> str:
    """The text in the language of the screen."""
    return QCoreApplication.translate("LockControl", text)


def tip(fact: LockFact) -> str:
    """Words and whose decision, for the tooltip."""
    return f"{fact.words}. {fact.note}" if fact.note else fact.words
