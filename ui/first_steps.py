"""The welcome gate and where its three ways lead: a new school, an existing file, the sample."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QStandardPaths

from app.errors import AppError, EnvironmentProblem
from app.os_reasons import reason_of
from ui.jobs.job_runner import Lane
from ui.jobs.progress_dialog import run_with_progress
from ui.pages.welcome.draft import PasswordVerdict, SchoolDraft
from ui.pages.welcome.page import WelcomePage

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.clock import Clock
    from app.commands.sample import Sample
    from app.progress import Progress
    from app.school_file import Founded
    from ui.jobs.job_runner import JobRunner
    from ui.main_window import MainWindow
    from ui.opening import ToolsOnce
    from ui.theme.look import Look

_SAMPLE_FILE = "school.khoaso"


def sample_folder() -> Path:
    """Where the sample school of this PC's user lies."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(place) / "truong-mau"


class FirstSteps(QObject):
    """`on_file(path)` gets a file to open, `on_founded(founded)` a new school already open."""

    def __init__(
        self,
        look: Look,
        window: MainWindow,
        jobs: JobRunner,
        tools: ToolsOnce,
        clock: Clock,
        *,
        on_file: Callable[[Path], None],
        on_founded: Callable[[Founded], None],
    ) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._jobs = jobs
        self._tools = tools
        self._clock = clock
        self._on_file = on_file
        self._on_founded = on_founded
        self.sample_folder = sample_folder()
        self.sample_size = (4, 35)
        """Classes and pupils a class of the sample school."""

    def show(self, *, first_time: bool = True) -> None:
        """The welcome page fills the window; not the `first_time` when a book does not open."""
        self._window.set_practice("")
        self._window.show_gate(
            WelcomePage(
                self._look,
                judge_password=self.judge,
                on_create=self._place_new_school,
                on_open=self.choose_file,
                on_try_sample=self.try_sample,
                on_restore=self.restore,
                first_time=first_time,
            )
        )

    def judge(self, password: str) -> PasswordVerdict:
        """What the rule says of a new password."""
        try:
            self._tools().check_password(password)
        except AppError as error:
            return PasswordVerdict(is_good=False, sentence=error.sentence)
        return PasswordVerdict(is_good=True, sentence=self.tr("Mật khẩu dùng được."))

    def choose_file(self) -> None:
        """Ask which file to open."""
        from ui.dialogs.file_dialogs import open_file

        open_file(
            self._window,
            self.tr("Chọn tệp sổ của trường"),
            self.tr("Sổ của trường (*.khoaso)"),
            self._on_file,
            str(Path.home()),
        )

    def restore(self) -> None:
        """Another PC: ask where the backups are and where the book is to lie."""
        from ui.dialogs.file_dialogs import choose_folder, save_file

        def chosen(folder: Path) -> None:
            save_file(
                self._window,
                self.tr("Nơi đặt tệp sổ khôi phục"),
                self.tr("Sổ của trường (*.khoaso)"),
                lambda place: self.restore_into(folder, place.with_suffix(".khoaso")),
                str(Path.home() / self.tr("Sổ của trường.khoaso")),
            )

        title = self.tr("Thư mục chứa các bản sao lưu")
        choose_folder(self._window, title, chosen, str(Path.home()))

    def restore_into(self, folder: Path, target: Path) -> None:
        """Choose among the backups of `folder`; the restored book opens at `target`."""
        if target.exists():
            self._window.commands.fail(_place_taken(target))
            return
        from ui.dialogs.restore_dialog import RestoreDialog

        restoring = self._tools().files(self._clock).restoring(target)
        RestoreDialog(
            self._look,
            self._jobs,
            restoring,
            [folder],
            lambda restored: self._on_file(restored.path),
            self._window,
            replaces=False,
        ).open()

    def create_school(self, draft: SchoolDraft, path: Path) -> None:
        """Make the file in a worker; `on_founded` then prints and proves the recovery code."""

        def work(progress: Progress) -> Founded:
            from app.domain.school import School

            school = School(
                draft.school_name, draft.stage, draft.authority, draft.commune, draft.province
            )
            progress(0, 1, self.tr("Tạo tệp mã hóa"))
            files = self._tools().files(self._clock)
            return files.create(path, school, draft.principal_name, draft.password)

        self._run_long(
            self.tr("Tạo sổ cho trường"),
            work,
            lambda founded: self._on_founded(cast("Founded", founded)),
        )

    def try_sample(self) -> None:
        """Open the sample school of this PC, or build it first."""
        path = self.sample_folder / _SAMPLE_FILE
        if path.exists():
            self._on_file(path)
            return
        self._run_long(
            self.tr("Dựng trường mẫu"), self._build_sample, lambda _: self._on_file(path)
        )

    def _build_sample(self, progress: Progress) -> Sample:
        """Beside its place, and moved there once whole: a cancelled one leaves nothing to open."""
        from app.commands.sample import make_sample

        folder = self.sample_folder
        staging = folder.with_name(f"{folder.name}.dang-dung")
        classes, pupils = self.sample_size
        try:
            if staging.exists():
                shutil.rmtree(staging)
            staging.mkdir(parents=True)
            sample = make_sample(
                self._tools(),
                self._clock,
                staging,
                classes=classes,
                pupils=pupils,
                progress=progress,
            )
            staging.rename(folder)
        except BaseException as error:
            shutil.rmtree(staging, ignore_errors=True)
            if isinstance(error, OSError):
                raise _no_room_for_sample(folder, error) from error
            raise
        return sample

    def _place_new_school(self, draft: SchoolDraft) -> None:
        start = Path.home() / f"{draft.school_name.replace('/', '-')}.khoaso"
        from ui.dialogs.file_dialogs import save_file

        save_file(
            self._window,
            self.tr("Nơi đặt tệp sổ của trường"),
            self.tr("Sổ của trường (*.khoaso)"),
            lambda place: self.create_school(draft, place.with_suffix(".khoaso")),
            str(start),
        )

    def _run_long(
        self,
        title: str,
        work: Callable[[Progress], object],
        on_success: Callable[[object], None],
    ) -> None:
        run_with_progress(
            self._jobs,
            self._look,
            self._window,
            title,
            work,
            lane=Lane.FILES,
            on_success=on_success,
            on_failure=self._window.commands.fail,
        )


def _place_taken(target: Path) -> EnvironmentProblem:
    return EnvironmentProblem(
        "restore_place_taken",
        f"Trong thư mục {target.parent} đã có tệp {target.name}, nên không đặt sổ khôi phục đè lên "
        "từ đây. Hãy chọn tên khác; muốn đưa chính sổ ấy về bản cũ thì mở sổ rồi bấm Khôi phục.",
        path=target,
    )


def _no_room_for_sample(folder: Path, error: OSError) -> EnvironmentProblem:
    return EnvironmentProblem(
        "sample_folder",
        f"Không dựng được trường mẫu trong thư mục {folder} ({reason_of(error)}). "
        "Sổ thật của trường không bị đụng tới. Hãy kiểm tra ổ đĩa còn chỗ và thư mục cho ghi, rồi "
        "thử lại.",
        folder=folder,
    )
