"""What pages may set in the window around them: the `FramePort` of `ui.navigation`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ui.frame.rail import Rail
    from ui.frame.status_strip import StatusStrip
    from ui.frame.top_bar import TopBar
    from ui.widgets.toast import ToastHost


class FrameSlots:
    """Lock chip, badges, countdown, toasts and backup age in one small object."""

    def __init__(
        self,
        rail: Rail,
        top_bar: TopBar,
        status: StatusStrip,
        toasts: ToastHost,
        on_refresh: Callable[[], None],
    ) -> None:
        self._rail = rail
        self._top_bar = top_bar
        self._status = status
        self._toasts = toasts
        self._on_refresh = on_refresh

    def set_lock(self, text: str, *, is_open: bool) -> None:
        """The lock chip of the top bar; an empty text hides it."""
        self._top_bar.set_lock(text, is_open=is_open)

    def toast(
        self,
        sentence: str,
        tone: str = "accent",
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """One sentence over the page."""
        self._toasts.show_message(sentence, tone, action)

    def set_badge(self, page_id: str, count: int) -> None:
        """Number beside a page's word in the rail; 0 hides it."""
        self._rail.set_badge(page_id, count)

    def set_entry_window(self, text: str) -> None:
        """Countdown in the status strip; an empty text hides it."""
        self._status.set_entry_window(text)

    def refresh_topbar(self) -> None:
        """Ask the current page for its top bar widgets again."""
        self._on_refresh()

    def set_backup(
        self, verified_at: datetime | None, now: datetime, *, owed: bool = False
    ) -> None:
        """Age of the last verified backup in the status strip; both times aware.

        `owed`: the program was closed last time without backing up what had changed.
        """
        self._status.set_backup(verified_at, now, owed=owed)

    @property
    def sentence(self) -> str:
        """The toast shown now; empty when there is none."""
        return self._toasts.sentence
