"""What happens to the open file as a whole: keys changed, a backup put in place, practice begun."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from ui.jobs.job_runner import Lane

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.errors import AppError
    from app.restoring import Restored, Restoring
    from app.salvaging import Salvaging
    from app.school_file import SchoolFile, SignedIn
    from ui.file_gate import FileGate
    from ui.jobs.job_runner import JobRunner
    from ui.main_window import MainWindow
    from ui.recent_file import RecentFile
    from ui.theme.look import Look


class FileChanges(QObject):
    """Answers the window's signals about the file; the shell forgets and builds sessions.

    `forget()` drops pages and services; `reopen(file, session)` builds them anew.
    """

    def __init__(
        self,
        look: Look,
        window: MainWindow,
        jobs: JobRunner,
        gate: FileGate,
        recent: RecentFile,
        *,
        forget: Callable[[], None],
        reopen: Callable[[SchoolFile, SignedIn], None],
        choose_file: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._jobs = jobs
        self._gate = gate
        self._recent = recent
        self._forget = forget
        self._reopen = reopen
        self._choose_file = choose_file
        window.session_renewed.connect(self._renewed)
        window.file_requested.connect(lambda path: self._gate.open_file(Path(path)))
        window.file_replaced.connect(self._replaced)
        window.real_book_requested.connect(self._back_to_the_book)

    def restore_at_gate(self, path: Path) -> None:
        """The dialog of restores over the sign-in page; the file may be open, damaged or gone."""
        self._jobs.submit(
            lambda progress: self._gate.restoring(path),
            owner=self,
            lane=Lane.FILES,
            on_success=lambda found: self._open_dialog(path, cast("Restoring", found)),
            on_failure=self._window.commands.fail,
        )

    def salvage_at_gate(self, path: Path) -> None:
        """The dialog of salvage over the sign-in page or the welcome page."""
        self._jobs.submit(
            lambda progress: self._gate.salvaging(path),
            owner=self,
            lane=Lane.FILES,
            on_success=lambda found: self._open_salvage(cast("Salvaging", found)),
            on_failure=self._window.commands.fail,
        )

    def show_ways_out(self, path: Path, error: AppError) -> None:
        """A file that does not open and shows no names: why, and what can be done."""
        from ui.dialogs.ways_out_dialog import WaysOutDialog

        WaysOutDialog(
            self._look,
            error.sentence,
            lambda: self.restore_at_gate(path),
            (lambda: self.salvage_at_gate(path)) if path.exists() else None,
            self._window,
        ).open()

    def _open_salvage(self, salvaging: Salvaging) -> None:
        from ui.dialogs.salvage_dialog import SalvageDialog

        SalvageDialog(self._look, self._jobs, salvaging, self._gate.open_file, self._window).open()

    def _open_dialog(self, path: Path, restoring: Restoring) -> None:
        from ui.dialogs.restore_dialog import RestoreDialog

        def done(restored: Restored) -> None:
            self._gate.show_again(path)
            self._tell(restored)

        folders = [restoring.usual_folder()]
        RestoreDialog(
            self._look,
            self._jobs,
            restoring,
            folders,
            done,
            self._window,
            replaces=path.exists(),
        ).open()

    def _renewed(self, session: SignedIn) -> None:
        """The file has a new key: every service is bound to the old one."""
        file = self._gate.file
        if file is not None:
            self._reopen(file, session)

    def _replaced(self, restored: Restored) -> None:
        self._forget()
        self._gate.show_people()
        self._tell(restored)

    def _tell(self, restored: Restored) -> None:
        words = self.tr("Đã khôi phục. Mời đăng nhập lại bằng mật khẩu lúc sao lưu.")
        if restored.kept is not None:
            words += self.tr(" Tệp bị thay giữ ở thư mục {name}.").format(name=restored.kept.name)
        self._window.frame.toast(words, tone="green")

    def _back_to_the_book(self) -> None:
        path = self._recent.read()
        if path is not None:
            self._gate.open_file(path)
        else:
            self._choose_file()
