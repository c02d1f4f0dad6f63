"""The program's window from start to end: which gate, which session, F12, lock, close.

Answers the signals of `MainWindow`; the composition root hands it the toolbox.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, QSettings, QStandardPaths, QTimer
from PySide6.QtWidgets import QFileDialog

from app.clock import Clock, SystemClock
from app.commands.sample import Sample, make_sample
from app.domain.roles import Role
from app.domain.school import School
from app.errors import AppError
from app.progress import Progress
from app.school_file import Founded, SchoolFile, SignedIn
from app.workspace import Toolbox, Workspace, open_workspace
from ui.application import Screen, start_screen
from ui.change_bus import ChangeBus
from ui.dialogs.password_dialogs import ChangePasswordDialog, NewPasswordDialog
from ui.dialogs.recovery_code_dialog import RecoveryCodeDialog
from ui.errors.boundary import ErrorBoundary
from ui.errors.crash_dialog import CrashDialog
from ui.frame.idle_lock import IdleLock
from ui.jobs.job_runner import JobRunner, Lane
from ui.jobs.progress_dialog import run_with_progress
from ui.main_window import MainWindow
from ui.navigation import SessionInfo
from ui.pages.catalogue import page_specs
from ui.pages.sign_in.page import SignInPage
from ui.pages.sign_in.people import SignInFacts, SignInPeople
from ui.pages.sign_in.presenter import SignInPresenter
from ui.pages.welcome.draft import PasswordVerdict, SchoolDraft
from ui.pages.welcome.page import WelcomePage
from ui.recent_file import RecentFile
from ui.recovery_printing import print_recovery_sheet

VERSION = "0.1.0"
_HEAD_EVERY_MS = 60_000


def run_window(tools: Callable[[], Toolbox], path: Path | None) -> int:
    """Open the window and stay until it is closed; the exit code."""
    screen = start_screen(sys.argv[:1])
    shell = Shell(screen, tools(), SystemClock(), _settings())
    shell.start(path)
    return screen.app.exec()


def _settings() -> QSettings:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)
    return QSettings(str(Path(folder) / "khoaso.ini"), QSettings.Format.IniFormat)


class Shell(QObject):
    """Joins window, file and services; holds at most one open file and one session."""

    def __init__(self, screen: Screen, tools: Toolbox, clock: Clock, settings: QSettings) -> None:
        super().__init__()
        self._screen = screen
        self._look = screen.look
        self._tools = tools
        self._clock = clock
        self._recent = RecentFile(settings)
        self._file: SchoolFile | None = None
        self._work: Workspace | None = None
        self._leaving = False
        logs = Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
        )
        self.boundary = ErrorBoundary(logs, clock, VERSION, self._show_fault)
        self.bus = ChangeBus()
        self.jobs = JobRunner(self.boundary.report)
        self.window = MainWindow(screen.look, self.jobs, self.bus, clock)
        self.window.switch_user_requested.connect(self.switch_user)
        self.window.password_change_requested.connect(self._change_password)
        self.window.set_close_guard(self._may_close)
        self._idle = IdleLock(screen.app)
        self._idle.idle_reached.connect(self._lock)
        self._head_timer = QTimer(self)
        self._head_timer.setInterval(_HEAD_EVERY_MS)
        self._head_timer.timeout.connect(self._note_head)

    # ---- start

    def start(self, path: Path | None) -> None:
        """Show the window with the file asked for, the last one, or the welcome page."""
        self.boundary.install()
        self.window.resize(1366, 768)
        chosen = path or self._recent.read()
        if chosen is None or not self._open_file(chosen):
            self._show_welcome()
        self.window.show()

    @property
    def work(self) -> Workspace | None:
        """The session's services; None while nobody is signed in."""
        return self._work

    # ---- welcome: create, open, sample

    def _show_welcome(self) -> None:
        self.window.show_gate(
            WelcomePage(
                self._look,
                judge_password=self._judge_password,
                on_create=self._create,
                on_open=self._choose_file,
                on_try_sample=self._try_sample,
            )
        )

    def _judge_password(self, password: str) -> PasswordVerdict:
        try:
            self._tools.check_password(password)
        except AppError as error:
            return PasswordVerdict(is_good=False, sentence=error.sentence)
        return PasswordVerdict(is_good=True, sentence=self.tr("Mật khẩu dùng được."))

    def _create(self, draft: SchoolDraft) -> None:
        start = Path.home() / f"{draft.school_name.replace('/', '-')}.khoaso"
        name, _ = QFileDialog.getSaveFileName(
            self.window,
            self.tr("Nơi đặt tệp sổ của trường"),
            str(start),
            self.tr("Sổ của trường (*.khoaso)"),
        )
        if name:
            self.create_school(draft, Path(name).with_suffix(".khoaso"))

    def create_school(self, draft: SchoolDraft, path: Path) -> None:
        """Make the file in a worker, then print and prove the recovery code."""
        school = School(draft.school_name, "thcs", draft.authority, draft.commune, draft.province)

        def work(progress: Progress) -> Founded:
            progress(0, 1, self.tr("Tạo tệp mã hóa"))
            files = self._tools.files(self._clock)
            return files.create(path, school, draft.principal_name, draft.password)

        self._run_long(self.tr("Tạo sổ cho trường"), work, self._founded)

    def _founded(self, result: object) -> None:
        founded = cast("Founded", result)
        self._leave_file()
        self._file = founded.file
        self._recent.write(founded.file.path)
        dialog = RecoveryCodeDialog(
            self._look,
            founded.recovery_code,
            lambda: self._print_recovery(founded),
            self.window,
        )
        dialog.confirmed.connect(lambda: self._signed_in(founded.signed_in))
        dialog.rejected.connect(lambda: self._signed_in(founded.signed_in))
        dialog.open()

    def _print_recovery(self, founded: Founded) -> None:
        print_recovery_sheet(self.window, self._tools, self._clock, founded)

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self.window,
            self.tr("Chọn tệp sổ của trường"),
            str(Path.home()),
            self.tr("Sổ của trường (*.khoaso)"),
        )
        if name:
            self._open_file(Path(name))

    def _try_sample(self) -> None:
        place = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.AppLocalDataLocation
        )
        folder = Path(place) / "truong-mau"
        if (folder / "school.khoaso").exists():
            self._open_file(folder / "school.khoaso")
            return

        def work(progress: Progress) -> Sample:
            folder.mkdir(parents=True, exist_ok=True)
            return make_sample(self._tools, self._clock, folder, progress=progress)

        self._run_long(self.tr("Dựng trường mẫu"), work, self._sample_ready)

    def _sample_ready(self, result: object) -> None:
        sample = cast("Sample", result)
        if self._open_file(sample.path):
            words = self.tr("Trường mẫu: mật khẩu của mọi tài khoản là {password}")
            self.window.frame.toast(words.format(password=sample.password))

    # ---- sign in

    def _open_file(self, path: Path) -> bool:
        if self._file is not None and self._file.path.resolve() == path.resolve():
            self._show_sign_in()
            return True
        file = self.window.commands.ask(lambda: self._tools.files(self._clock).open(path))
        if file is None:
            return False
        self._leave_file()
        self._file = file
        self._recent.write(path)
        self._show_sign_in()
        return True

    def _show_sign_in(self, start_with: str = "") -> None:
        file = self._file
        if file is None:
            self._show_welcome()
            return
        page = SignInPage(self._look, _facts(file))
        SignInPresenter(
            self._look,
            page,
            SignInPeople(tuple(person for person in file.people() if person.active)),
            self.jobs,
            on_sign_in=lambda uid, password: self._enter(file, uid, password),
            on_signed_in=lambda session: self._signed_in(cast("SignedIn", session)),
            on_recover=lambda code: (file.vault.unlock_by_recovery(code), code)[1],
            on_recovered=lambda code: self._recovered(cast("str", code)),
            on_choose_file=self._choose_file,
            start_with=start_with,
        )
        if start_with:
            self.window.lock(page)
        else:
            self.window.show_gate(page)

    def _enter(self, file: SchoolFile, uid: str, password: str) -> SignedIn:
        session = file.session
        if session is not None:
            if session.actor.uid == uid:
                file.decider(uid, password)
                return session
            file.switch_user()
        return file.sign_in(uid, password)

    def _signed_in(self, session: SignedIn) -> None:
        file = self._file
        if file is None:
            return
        if self._work is not None and self._work.session is session and self.window.has_session:
            self.window.unlock()
            self._idle.watch(self.window.windowHandle())
            return
        self._work = open_workspace(self._tools, file, session, self._clock)
        self.window.open_session(_session_info(session), page_specs(self._work))
        self._idle.watch(self.window.windowHandle())
        self._head_timer.start()
        self._show_backup_age()
        for warning in session.warnings:
            self.window.frame.toast(warning, tone="amber")

    def _recovered(self, code: str) -> None:
        file = self._file
        if file is None:
            return
        people = [(p.uid, f"{p.display_name} ({p.note})") for p in file.people() if p.active]
        dialog = NewPasswordDialog(
            self._look,
            people,
            self._judge_password,
            lambda uid, password: self._run_long(
                self.tr("Mở sổ bằng mã khôi phục"),
                lambda progress: file.recover(code, uid, password),
                lambda session: self._signed_in(cast("SignedIn", session)),
            ),
            self.window,
        )
        dialog.open()

    # ---- switch, lock, close

    def switch_user(self) -> None:
        """F12: save the open cell, end the session, show the names."""
        if self._file is None or not self.window.commit_pending():
            return
        self._end_session()
        self._show_sign_in()

    def _lock(self) -> None:
        if self._work is None or not self.window.in_frame:
            return
        self._idle.rest()
        self._show_sign_in(self._work.session.actor.uid)

    def _end_session(self) -> None:
        self._idle.rest()
        self._head_timer.stop()
        self.window.close_session()
        self._work = None
        if self._file is not None and self._file.session is not None:
            self._file.switch_user()

    def _leave_file(self) -> None:
        if self._file is None:
            return
        self._end_session()
        self._file.close()
        self._file = None

    def _may_close(self) -> bool:
        if self._leaving:
            return True
        work = self._work
        changed = work is not None and work.backups.changed_since_last()
        if work is None or not changed:
            self._leave()
            return True

        def back_up(progress: Progress) -> object:
            return work.backups.make_at_close(work.session.actor, progress)

        self._run_long(self.tr("Sao lưu trước khi đóng"), back_up, self._close_now)
        return False

    def _close_now(self, _: object = None) -> None:
        self._leave()
        self._leaving = True
        self.window.close()

    def _leave(self) -> None:
        self._idle.rest()
        self._leave_file()
        self.jobs.shutdown()
        self.boundary.uninstall()

    def _note_head(self) -> None:
        if self._file is not None and self._work is not None:
            self._file.note_head()

    def _show_backup_age(self) -> None:
        if self._work is None:
            return
        age = self._work.backups.age()
        checked = None if age.facts is None else age.facts.checked_at
        self.window.frame.set_backup(checked, self._clock.now())

    def _change_password(self) -> None:
        work = self._work
        if work is None:
            return
        ChangePasswordDialog(
            self._look,
            self._judge_password,
            lambda old, new: self.window.commands.run_job(
                lambda progress: work.accounts.change_own_password(work.session.actor, old, new),
                owner=self,
                lane=Lane.FILES,
            ),
            self.window,
        ).open()

    # ---- helpers

    def _run_long(
        self,
        title: str,
        work: Callable[[Progress], object],
        on_success: Callable[[object], None],
    ) -> None:
        run_with_progress(
            self.jobs,
            self._look,
            self.window,
            title,
            work,
            lane=Lane.FILES,
            on_success=on_success,
            on_failure=self.window.commands.fail,
        )

    def _show_fault(self, report: Path | None, headline: str) -> None:
        CrashDialog(self._look, report, headline, self.window).open()


def _session_info(session: SignedIn) -> SessionInfo:
    actor = session.actor
    held = [role.label for role in Role if role in actor.roles]
    kind, _, name = session.school.name.rpartition("THCS ")
    return SessionInfo(
        uid=actor.uid,
        display_name=actor.name,
        role_text=held[0] if held else "",
        roles=frozenset(role.value for role in actor.roles),
        school_kind=f"{kind}THCS".strip() if kind else "",
        school_name=name or session.school.name,
        actor=actor,
    )


def _facts(file: SchoolFile) -> SignInFacts:
    label = file.label()
    size = file.path.stat().st_size
    megabytes = f"{size // 100_000 / 10:.1f}".replace(".", ",")
    shown = {
        "Năm học": label.get("year", "").replace("-", "–"),
        "Sổ mở": f"{label.get('classes', '0')} lớp",
        "Hiệu trưởng": label.get("principal", ""),
    }
    return SignInFacts(
        label.get("school_name", ""),
        {name: text for name, text in shown.items() if text},
        file.path.name,
        f"{file.path.parent}. {megabytes} MB",
    )
