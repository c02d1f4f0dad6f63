"""The program's window from start to end: which gate, which session, F12, lock, close.

Answers the signals of `MainWindow`. The sign-in page is shown from a light look at the keyfile;
services, database and pages are imported behind it, so nothing heavy is imported up here.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QSettings, QSize, QStandardPaths, QTimer

from app.changes import Topic
from app.clock import SystemClock
from app.errors import AppError
from app.version import VERSION
from ui.application import start_screen, window_icon
from ui.change_bus import ChangeBus
from ui.errors.boundary import ErrorBoundary
from ui.file_changes import FileChanges
from ui.file_gate import FileGate
from ui.frame.idle_lock import IdleLock
from ui.jobs.job_runner import JobRunner, Lane
from ui.main_window import MainWindow
from ui.opening import ToolsOnce
from ui.recent_file import RecentFile
from ui.remembered_theme import RememberedTheme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QApplication

    from app.clock import Clock
    from app.progress import Progress
    from app.school_file import Founded, SchoolFile, SignedIn
    from app.sign_in_peek import PeekAtFile
    from app.vault import PersonEntry
    from app.workspace import Toolbox, Workspace
    from ui.application import Screen
    from ui.backup_watch import BackupWatch
    from ui.finder_provider import FinderProvider
    from ui.first_steps import FirstSteps
    from ui.navigation import PageSpec, SessionInfo

_NORMAL_SIZE = QSize(1366, 768)
_HEAD_EVERY_MS = 60_000
_BREATH_MS = 20
"""Between the first painting and the loading, so that the screen really shows the window."""


def open_window(
    make_tools: Callable[[], Toolbox],
    peek: PeekAtFile,
    path: Path | None,
    settings: QSettings | None = None,
) -> Shell:
    """The program's window, shown; run the event loop of its `app` next."""
    kept = settings or _settings()
    screen = start_screen(sys.argv[:1], RememberedTheme(kept).read())
    shell = Shell(screen, make_tools, peek, SystemClock(), kept)
    shell.start(path)
    return shell


def _fills(available: QSize) -> bool:
    return available.width() <= _NORMAL_SIZE.width() or available.height() <= _NORMAL_SIZE.height()


def _settings() -> QSettings:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)
    return QSettings(str(Path(folder) / "khoaso.ini"), QSettings.Format.IniFormat)


class Shell(QObject):
    """Joins window, file and services; holds at most one file and one session."""

    def __init__(
        self,
        screen: Screen,
        make_tools: Callable[[], Toolbox],
        peek: PeekAtFile,
        clock: Clock,
        settings: QSettings,
    ) -> None:
        """`make_tools` imports what is heavy; it is called once, in a worker if possible."""
        super().__init__()
        self._screen = screen
        self._look = screen.look
        self._tools = ToolsOnce(make_tools)
        self._clock = clock
        self._recent = RecentFile(settings)
        self._theme = RememberedTheme(settings)
        self._work: Workspace | None = None
        self._leaving = False
        self._first_steps: FirstSteps | None = None
        self._finder: FinderProvider | None = None
        self._backups: BackupWatch | None = None
        logs = Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
        )
        self.boundary = ErrorBoundary(logs, clock, VERSION, self._show_fault)
        self.bus = ChangeBus()
        self.jobs = JobRunner(self.boundary.report)
        self.window = MainWindow(screen.look, self.jobs, self.bus, clock)
        self.window.switch_user_requested.connect(self.switch_user)
        self.window.password_change_requested.connect(self._change_password)
        self.window.help_requested.connect(self._show_help)
        self.window.theme_switched.connect(self._theme.write)
        self.window.set_close_guard(self._may_close)
        self._gate = FileGate(
            screen.look,
            self.window,
            self.jobs,
            self._tools,
            peek,
            clock,
            on_leave=self._forget_session,
            on_opened=self._opened,
            on_signed_in=self._signed_in,
            on_recovered=self._recovered,
            on_choose_file=lambda: self.first_steps.choose_file(),
            on_restore=lambda path: self._changes.restore_at_gate(path),
            on_salvage=lambda path: self._changes.salvage_at_gate(path),
            on_damaged=lambda path, error: self._changes.show_ways_out(path, error),
        )
        self._changes = FileChanges(
            screen.look,
            self.window,
            self.jobs,
            self._gate,
            self._recent,
            forget=self._forget_session,
            reopen=self._reopened,
            choose_file=lambda: self.first_steps.choose_file(),
        )
        self.bus.listen(self, (Topic.SETTINGS,), lambda _result: self._apply_settings())
        self._idle = IdleLock(screen.app)
        self._idle.idle_reached.connect(self.lock)
        self._head_timer = QTimer(self)
        self._head_timer.setInterval(_HEAD_EVERY_MS)
        self._head_timer.timeout.connect(self._note_head)

    # ---- start

    def start(self, path: Path | None) -> None:
        """Show the window with the file asked for, the last one, or the welcome page."""
        crash = self.boundary.install()
        self.window.resize(_NORMAL_SIZE)
        chosen = path or self._last_file()
        if chosen is None or not self._gate.show_before_opening(chosen):
            self.first_steps.show(first_time=chosen is None)
        # A window as large as the screen would lose its lower edge behind the task bar.
        if _fills(self.window.screen().availableSize()):
            self.window.showMaximized()
        else:
            self.window.show()
        # Painting comes first: imports in a worker would hold the interpreter in between.
        QTimer.singleShot(_BREATH_MS, self, lambda: self._after_first_paint(chosen, crash))

    def _last_file(self) -> Path | None:
        """What this PC opened last; a sample school that was thrown away is no loss."""
        last = self._recent.read()
        if last is None or last.exists() or last.parent != self.first_steps.sample_folder.resolve():
            return last
        return None

    def _after_first_paint(self, chosen: Path | None, crash: Path | None) -> None:
        if self._leaving:
            return
        if self._gate.is_waiting:
            self._gate.load()
        elif chosen is not None:
            self._gate.open_file(chosen)
        else:
            self.jobs.submit(lambda _: self._tools(), owner=self, lane=Lane.FILES, quiet=True)
        self.app.setWindowIcon(window_icon(self._look))
        if crash is not None:
            self._show_fault(crash, self.tr("Lần trước chương trình bị tắt ngang."))

    @property
    def app(self) -> QApplication:
        """The running application."""
        return self._screen.app

    @property
    def file(self) -> SchoolFile | None:
        """The file this window holds the lock of."""
        return self._gate.file

    @property
    def work(self) -> Workspace | None:
        """The session's services; None while nobody is signed in."""
        return self._work

    @property
    def first_steps(self) -> FirstSteps:
        """The welcome gate and its three ways."""
        if self._first_steps is None:
            from ui.first_steps import FirstSteps

            self._first_steps = FirstSteps(
                self._look,
                self.window,
                self.jobs,
                self._tools,
                self._clock,
                on_file=self._gate.open_file,
                on_founded=self._founded,
            )
        return self._first_steps

    # ---- the file

    def _opened(self, path: Path) -> None:
        if self._backups is not None:
            self._backups.forget_file()
        file = self._gate.file
        if file is None or file.label().get("practice") != "copy":
            # A practice copy is left behind when the program is closed.
            self._recent.write(path)
        if path.parent == self.first_steps.sample_folder:
            from app.commands.sample_school import PASSWORD

            words = self.tr("Trường mẫu: mật khẩu của mọi tài khoản là {password}")
            self.window.frame.toast(words.format(password=PASSWORD))

    def _founded(self, founded: Founded) -> None:
        from ui.recovery_flow import prove_sheet

        file = founded.file
        self._gate.adopt(file)
        self._recent.write(file.path)
        self._signed_in(file, founded.signed_in)
        if self._work is None:
            return
        words = self.tr(
            "Phiếu khôi phục chưa được xác nhận. Hãy vào Quản trị in phiếu mới và cất giữ."
        )
        prove_sheet(
            self._look,
            self.window,
            self._work,
            self.window.commands,
            founded.recovery_code,
            lambda: self.window.frame.toast(words, tone="amber"),
        )

    # ---- sign in

    def _signed_in(self, file: SchoolFile, session: SignedIn) -> None:
        from app.workspace import open_workspace
        from ui.backup_watch import BackupWatch
        from ui.pages.catalogue import page_specs
        from ui.session_info import session_info

        if self._work is not None and self._work.session is session and self.window.has_session:
            self.window.unlock()
        else:
            self._work = open_workspace(self._tools(), file, session, self._clock)
            info, specs = session_info(session), page_specs(self._work)
            self.window.set_practice(self._work.practising.kind().band)
            self.window.open_session(info, specs, _first_page(self._work, info, specs))
            self._apply_settings()
            self._find_in(self._work, [spec for spec in specs if spec.is_for(info.roles)])
            self._head_timer.start()
            if self._backups is None:
                self._backups = BackupWatch(self.window, self.jobs, self.bus, self._clock)
            self._backups.show(self._work)
            for warning in session.warnings:
                self.window.frame.toast(warning, tone="amber")
        self._idle.watch(self.window.windowHandle())
        self._ask_new_password()

    def _reopened(self, file: SchoolFile, session: SignedIn) -> None:
        """The same person goes on with services of the file's new key."""
        self._forget_session()
        self._signed_in(file, session)
        self.window.open_page("administration", section="accounts")

    def _apply_settings(self) -> None:
        from app.services.settings import IDLE

        if self._work is not None:
            self._idle.set_minutes(self._work.settings.number(IDLE))

    def _find_in(self, work: Workspace, specs: Sequence[PageSpec]) -> None:
        from ui.finder_provider import FinderProvider

        self._finder = FinderProvider(
            specs, work, self.jobs, self.bus, self.window.commands, self.window.years, self.window
        )
        self.window.set_finder(self._finder)

    def _recovered(self, file: SchoolFile, code: str, leaders: tuple[PersonEntry, ...]) -> None:
        from ui.dialogs.password_dialogs import NewPasswordDialog

        NewPasswordDialog(
            self._look,
            [(person.uid, f"{person.display_name} ({person.note})") for person in leaders],
            self.first_steps.judge,
            lambda uid, password: self._run_long(
                self.tr("Mở sổ bằng mã khôi phục"),
                lambda progress: file.recover(code, uid, password),
                lambda session: self._signed_in(file, cast("SignedIn", session)),
            ),
            self.window,
        ).open()

    # ---- switch, lock, close

    def switch_user(self) -> None:
        """F12: save the open cell, end the session, show the names."""
        file = self._gate.file
        if file is None or not self.window.commit_pending():
            return
        if self.jobs.is_busy:
            words = self.tr("Đang làm dở một việc; đợi việc ấy xong rồi đổi người dùng.")
            self.window.frame.toast(words, tone="amber")
            return
        self.jobs.stop_all()
        self._forget_session()
        try:
            if file.session is not None:
                file.switch_user()
        except AppError as error:
            self.window.commands.fail(error)
        self._gate.show_people()

    def lock(self) -> None:
        """Nobody has touched anything for a while: cover the session, keep what is half typed."""
        if self._work is None or not self.window.in_frame:
            return
        if self.jobs.is_busy:
            self._idle.watch(self.window.windowHandle())
            return
        self._idle.rest()
        self._gate.show_people(self._work.session.actor.uid)

    def _forget_session(self) -> None:
        """Pages and services of the session go; the file is told by the caller."""
        self._idle.rest()
        self._head_timer.stop()
        self.window.close_session()
        if self._backups is not None:
            self._backups.show(None)
        self._work = None
        if self._finder is not None:
            self.window.set_finder(lambda words: ())
            self._finder.deleteLater()
            self._finder = None

    def _may_close(self) -> bool:
        work, file = self._work, self._gate.file
        if self._leaving or work is None or file is None or file.session is not work.session:
            return self._leave()
        try:
            changed = work.backups.changed_since_last()
        except AppError as error:
            self._ask_without_backup(error)
            return False
        if not changed:
            return self._leave()
        self._run_long(
            self.tr("Sao lưu trước khi đóng"),
            lambda progress: work.backups.make_at_close(work.session.actor, progress),
            lambda _: self._close_now(),
            self._close_now,
            self._ask_without_backup,
        )
        return False

    def _ask_without_backup(self, error: Exception) -> None:
        """A backup that fails must not keep anybody at school."""
        if not isinstance(error, AppError):
            self.jobs.report_unexpected(error)
            return
        from ui.dialogs.confirm_dialog import confirm

        confirm(
            self._look,
            self.window,
            self.tr("Chưa sao lưu được"),
            error.sentence,
            self.tr("Đóng, sao lưu lần sau"),
            self._close_now,
        )

    def _close_now(self) -> None:
        self._leaving = True
        self.window.close()

    def _leave(self) -> bool:
        """End everything; False when the last words could not be written, which is said once."""
        self._leaving = True
        self.jobs.stop_all()
        self._forget_session()
        try:
            self._gate.leave()
        except AppError as error:
            self.first_steps.show()
            self.window.commands.fail(error)
            return False
        self.jobs.shutdown()
        self.boundary.uninstall()
        return True

    # ---- helpers

    def _note_head(self) -> None:
        file = self._gate.file
        if file is None or self._work is None or file.session is not self._work.session:
            return
        try:
            file.note_head()
        except AppError as error:
            self._head_timer.stop()
            self.window.commands.fail(error)

    def _ask_new_password(self) -> None:
        """A password that another person set is changed before anything else."""
        from ui.dialogs.password_dialogs import ChangePasswordDialog

        work = self._work
        if work is None or not work.accounts.must_change_password(work.session.actor):
            return
        dialog = ChangePasswordDialog(
            self._look,
            self.first_steps.judge,
            lambda old, new: self.window.commands.run_job(
                lambda progress: work.accounts.change_own_password(work.session.actor, old, new),
                owner=self,
                lane=Lane.FILES,
                # A refused one leaves the old password: the question comes again.
                on_settled=self._ask_new_password,
            ),
            self.window,
            because=self.tr(
                "Mật khẩu này do người quản trị đặt nên có hai người biết. Hãy đổi thành mật khẩu "
                "chỉ thầy cô biết rồi làm việc."
            ),
        )
        dialog.rejected.connect(self.switch_user)
        dialog.open()

    def _change_password(self) -> None:
        from ui.dialogs.password_dialogs import ChangePasswordDialog

        work = self._work
        if work is None:
            return
        ChangePasswordDialog(
            self._look,
            self.first_steps.judge,
            lambda old, new: self.window.commands.run_job(
                lambda progress: work.accounts.change_own_password(work.session.actor, old, new),
                owner=self,
                lane=Lane.FILES,
            ),
            self.window,
        ).open()

    def _show_help(self, chapter: str) -> None:
        """F1 at a gate."""
        from ui.dialogs.help_dialog import HelpDialog
        from ui.pages.sign_in.page import SignInPage

        gate = "sign_in" if self.window.findChild(SignInPage) is not None else "start"
        HelpDialog(self._look, chapter or gate, self.window).open()

    def _run_long(
        self,
        title: str,
        work: Callable[[Progress], object],
        on_success: Callable[[object], None],
        on_cancelled: Callable[[], None] = lambda: None,
        on_failure: Callable[[Exception], None] | None = None,
    ) -> None:
        from ui.jobs.progress_dialog import run_with_progress

        run_with_progress(
            self.jobs,
            self._look,
            self.window,
            title,
            work,
            lane=Lane.FILES,
            on_success=on_success,
            on_failure=on_failure or self.window.commands.fail,
            on_cancelled=on_cancelled,
        )

    def _show_fault(self, report: Path | None, headline: str) -> None:
        from ui.errors.crash_dialog import CrashDialog

        dialog = CrashDialog(self._look, report, headline, self.window)
        dialog.close_requested.connect(self.window.close)
        dialog.open()


def _first_page(work: Workspace, info: SessionInfo, specs: Sequence[PageSpec]) -> str:
    """Administration in a new school: nothing else can be done before it has a year and classes."""
    keeps = any(spec.id == "administration" and spec.is_for(info.roles) for spec in specs)
    return "administration" if keeps and work.current_year() is None else ""
