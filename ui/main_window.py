"""The window: a gate (sign-in, welcome) or the frame with its pages; navigation only.

The frame, its pages and the dialogs are imported and built when a session needs them, so that the
sign-in window is on the screen before.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QMainWindow, QStackedWidget, QWidget
from shiboken6 import isValid
from typing_extensions import override

from ui.command_runner import CommandRunner
from ui.errors.messages import ScreenVoice
from ui.theme.tokens import NARROW_BELOW_WIDTH, Mode
from ui.widgets.toast import ToastHost
from ui.year_choice import YearChoice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from app.clock import Clock
    from ui.change_bus import ChangeBus
    from ui.frame.frame import Frame
    from ui.frame.rail import Rail
    from ui.frame.slots import FrameSlots
    from ui.frame.status_strip import StatusStrip
    from ui.frame.top_bar import TopBar
    from ui.jobs.job_runner import JobRunner
    from ui.navigation import Found, Navigator, PageSpec, SessionInfo
    from ui.theme.look import Look


class MainWindow(QMainWindow):
    """Shows one gate or one session; the composition root answers its signals."""

    switch_user_requested = Signal()
    password_change_requested = Signal()
    help_requested = Signal(str)
    page_opened = Signal(str)
    theme_switched = Signal(object)
    session_renewed = Signal(object)
    file_replaced = Signal(object)
    file_requested = Signal(object)
    real_book_requested = Signal()

    def __init__(self, look: Look, jobs: JobRunner, bus: ChangeBus, clock: Clock) -> None:
        super().__init__()
        self._look = look
        self._jobs = jobs
        self._bus = bus
        self._clock = clock
        self._navigator: Navigator | None = None
        self.years = YearChoice()
        self._draft: object = None
        self._covered: list[QWidget] = []
        self._provider: Callable[[str], Iterable[Found]] = lambda words: ()
        self._may_close: Callable[[], bool] = lambda: True
        self.setWindowTitle(self.tr("Khóa Sổ"))
        self.setMinimumSize(1024, 600)
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self._built: Frame | None = None
        self._toasts = ToastHost(look, self)
        self.commands = CommandRunner(bus, jobs, ScreenVoice(look, self, self._toasts), clock)
        for key, slot in (
            ("Ctrl+K", self._open_finder),
            ("F12", self._switch_user),
            ("F1", self._help),
        ):
            QShortcut(QKeySequence(key), self, slot)

    @property
    def rail(self) -> Rail:
        """Pages of this session, at the left."""
        return self._framed.rail

    @property
    def top_bar(self) -> TopBar:
        """School, pickers, quick find, the person."""
        return self._framed.top_bar

    @property
    def status(self) -> StatusStrip:
        """The foot of the window."""
        return self._framed.status

    @cached_property
    def frame(self) -> FrameSlots:
        """What pages may set in the window around them."""
        from ui.frame.slots import FrameSlots

        return FrameSlots(self.rail, self.top_bar, self.status, self._toasts, self._show_pickers)

    # Gate and session

    def show_gate(self, gate: QWidget) -> None:
        """Fill the window with `gate` (sign-in, welcome); the former gate is destroyed."""
        self._drop_gates(but=gate)
        if self._stack.indexOf(gate) < 0:
            self._stack.addWidget(gate)
        self._stack.setCurrentWidget(gate)
        self._toasts.clear()
        gate.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_session(
        self, session: SessionInfo, specs: Sequence[PageSpec], first_page: str = ""
    ) -> None:
        """Show the frame for one person, with only the pages of that person's roles."""
        from ui.navigation import Navigator, PageContext

        self.close_session()
        self.years = YearChoice()
        context = PageContext(
            look=self._look, session=session, commands=self.commands, jobs=self._jobs,
            bus=self._bus, frame=self.frame, open_page=self.open_page, clock=self._clock,
            file=_FileSignals(self), years=self.years,
        )  # fmt: skip
        self._navigator = Navigator(specs, context)
        self.rail.show_session(self._navigator.specs, session)
        self.top_bar.show_session(session)
        self._stack.setCurrentWidget(self._framed)
        self._drop_gates()
        start = first_page or next((spec.id for spec in self._navigator.specs), "")
        if start:
            self.open_page(start)

    def close_session(self) -> None:
        """Forget the person and destroy the pages; save the open cell before calling."""
        if self._navigator is None:
            return
        from ui.navigation import HasTopbar

        self.top_bar.show_pickers(())
        for widget in (*self._covered, *self._floating()):
            widget.close()
            widget.deleteLater()
        self._covered = []
        self.frame.set_lock("", is_open=True)
        self.frame.set_entry_window("")
        for page in self._navigator.made():
            aim: object = page
            if isinstance(aim, HasTopbar):
                # The top bar adopted them: nobody else would destroy a former person's classes.
                for picker in aim.topbar_widgets():
                    picker.deleteLater()
            self._framed.pages.removeWidget(page)
            page.deleteLater()
        self._navigator = None
        self._draft = None
        self._toasts.clear()

    def lock(self, gate: QWidget) -> None:
        """Cover the session with `gate`; what is half typed waits, unsaved and unseen.

        Open dialogs and popovers wait too: they hold names and marks.
        """
        from ui.navigation import HoldsDraft

        self._covered = self._floating()
        for widget in reversed(self._covered):
            widget.hide()
        page: object = self.current_page()
        self._draft = page.hold_draft() if isinstance(page, HoldsDraft) else None
        self.show_gate(gate)

    def unlock(self) -> None:
        """The same person is back: the same page, dialogs, cell and typing."""
        from ui.navigation import HoldsDraft

        self._stack.setCurrentWidget(self._framed)
        self._drop_gates()
        shown = self.current_page()
        if shown is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)
        page: object = shown
        if self._draft is not None and isinstance(page, HoldsDraft):
            draft, self._draft = self._draft, None
            page.return_draft(draft)
        covered, self._covered = self._covered, []
        for widget in covered:
            if isValid(widget):
                widget.show()

    @property
    def has_session(self) -> bool:
        """True while somebody is signed in, locked or not."""
        return self._navigator is not None

    @property
    def in_frame(self) -> bool:
        """True when the frame is visible, not a gate."""
        return self._built is not None and self._stack.currentWidget() is self._built

    # Pages

    def open_page(self, page_id: str, **where: Any) -> bool:
        """Show a page, at an exact place if it can; False: not this person's, or a cell refused."""
        from ui.navigation import GoesTo

        navigator = self._navigator
        if navigator is None or not navigator.knows(page_id) or not navigator.commit_pending():
            if navigator is not None:
                self.rail.set_current(navigator.current_id)
            return False
        page = navigator.page(page_id)
        if self._framed.pages.indexOf(page) < 0:
            self._framed.pages.addWidget(page)
        changed = navigator.current_id != page_id
        navigator.current_id = page_id
        self._framed.pages.setCurrentWidget(page)
        self.rail.set_current(page_id)
        if changed:
            self.frame.set_lock("", is_open=True)
        self._show_pickers()
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        aim: object = page
        if where and isinstance(aim, GoesTo):
            aim.go_to(**where)
        if changed:
            self.page_opened.emit(page_id)
        return True

    def current_page(self) -> QWidget | None:
        """The page shown; None without a session."""
        if self._navigator is None or not self._navigator.current_id:
            return None
        return self._navigator.page(self._navigator.current_id)

    def commit_pending(self) -> bool:
        """Save the open cell before a switch, a lock or an end; False: it was refused."""
        return self._navigator.commit_pending() if self._navigator is not None else True

    # For the composition root

    def set_finder(self, provider: Callable[[str], Iterable[Found]]) -> None:
        """Who answers Ctrl+K; called with the words typed, answers from memory."""
        self._provider = provider

    def set_practice(self, words: str) -> None:
        """The band over gate and frame and the window's title; empty words: the real book."""
        self.setWindowTitle(self.tr("Khóa Sổ") + (f" – {words}" if words else ""))
        shown = self.menuWidget()
        if not words and shown is None:
            return
        from ui.frame.practice_band import PracticeBand

        if isinstance(shown, PracticeBand) and shown.words.text() == words:
            return
        band = None
        if words:
            band = PracticeBand(self._look, words)
            band.left.connect(self._leave_practice)
        # Qt destroys the former one itself.
        self.setMenuWidget(band)  # type: ignore[arg-type]
        if band is not None:
            band.show()

    def set_close_guard(self, may_close: Callable[[], bool]) -> None:
        """`may_close()` is asked last; it may answer False, work, and call `close()` again."""
        self._may_close = may_close

    @property
    def sentence(self) -> str:
        """The toast shown now; empty when there is none."""
        return self._toasts.sentence

    # Qt

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Save the open cell, ask about running work, then ask the guard."""
        event.ignore()
        if not self.commit_pending():
            return
        if self._jobs.is_busy:
            self._ask_to_stop()
        elif self._may_close():
            event.accept()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow rail and compact rows follow the room there is."""
        super().resizeEvent(event)
        if self._built is not None:
            self._built.rail.set_narrow(self.width() < NARROW_BELOW_WIDTH)
        self._look.fit_height(self.height())

    @cached_property
    def _framed(self) -> Frame:
        from ui.frame.frame import Frame

        self._built = frame = Frame(self._look, self)
        self._stack.addWidget(frame)
        frame.rail.set_narrow(self.width() < NARROW_BELOW_WIDTH)
        self.commands.saved.connect(frame.status.set_saved)
        frame.rail.chosen.connect(self.open_page)
        frame.top_bar.find_requested.connect(self._open_finder)
        frame.top_bar.password_requested.connect(self.password_change_requested)
        frame.top_bar.switch_requested.connect(self._switch_user)
        frame.top_bar.theme_requested.connect(self._switch_theme)
        frame.top_bar.quit_requested.connect(self.close)
        frame.status.help_requested.connect(self._help)
        frame.status.switch_requested.connect(self._switch_user)
        return frame

    def _leave_practice(self) -> None:
        if self.commit_pending() and not self._jobs.is_busy:
            self.real_book_requested.emit()

    def _ask_to_stop(self) -> None:
        from ui.dialogs.confirm_dialog import confirm

        confirm(
            self._look,
            self,
            self.tr("Đang làm dở một việc"),
            self.tr("Dừng bây giờ thì việc ấy bỏ hẳn, không ghi gì dở dang vào sổ."),
            self.tr("Dừng việc và đóng"),
            self._stop_and_close,
            dangerous=True,
        )

    def _stop_and_close(self) -> None:
        if self._jobs.is_busy:
            self._jobs.idle.connect(self.close, Qt.ConnectionType.SingleShotConnection)
            self._jobs.cancel_all()
        else:
            self.close()

    def _show_pickers(self) -> None:
        from ui.navigation import HasTopbar

        page: object = self.current_page()
        own = page.topbar_widgets() if isinstance(page, HasTopbar) else ()
        self.top_bar.show_pickers(tuple(own))

    def _switch_user(self) -> None:
        if self.has_session and self.in_frame and self.commit_pending():
            self.switch_user_requested.emit()

    def _switch_theme(self) -> None:
        dark = self._look.mode is Mode.LIGHT
        self._look.set_mode(Mode.DARK if dark else Mode.LIGHT)
        self.theme_switched.emit(self._look.mode)

    def _help(self) -> None:
        from ui.navigation import HELP, HasHelp

        navigator = self._navigator
        if navigator is None or not navigator.current_id:
            self.help_requested.emit("")
            return
        page: object = self.current_page()
        at = navigator.current_id
        chapter = page.help_chapter() if isinstance(page, HasHelp) else at
        if at != HELP and not self.open_page(HELP, chapter=chapter, back=at):
            self.help_requested.emit(chapter)

    def _open_finder(self) -> None:
        if not self.has_session or not self.in_frame:
            return
        from ui.frame.finder import Finder

        finder = Finder(self._look, self._provider, self)
        finder.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        finder.chosen.connect(lambda found: self.open_page(found.page_id, **dict(found.where)))
        finder.open_under(self.top_bar.quick_find)

    def _floating(self) -> list[QWidget]:
        """What lies over the page, lowest first: popovers, the finder, dialogs.

        Dialogs put their own veil up and down.
        """
        from ui.widgets.scrim import Scrim

        self._toasts.clear()
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        over = [
            child
            for child in self.findChildren(QWidget, options=direct)
            if child.isVisible()
            and not child.isWindow()
            and child is not self._stack
            and not isinstance(child, Scrim)
        ]
        return over + [dialog for dialog in self.findChildren(QDialog) if dialog.isVisible()]

    def _drop_gates(self, but: QWidget | None = None) -> None:
        for at in range(self._stack.count() - 1, -1, -1):
            widget = self._stack.widget(at)
            if widget is not None and widget not in (self._built, but):
                self._stack.removeWidget(widget)
                widget.deleteLater()


class _FileSignals:
    """`ui.navigation.FileSignals` by the window's own signals."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def renewed(self, session: object) -> None:
        """Services and pages anew."""
        self._window.session_renewed.emit(session)

    def replaced(self, restored: object) -> None:
        """Nobody is signed in any more."""
        self._window.file_replaced.emit(restored)

    def open_file(self, path: object) -> None:
        """Another file."""
        self._window.file_requested.emit(path)
