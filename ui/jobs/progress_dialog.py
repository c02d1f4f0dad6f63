"""Progress of long work: shown only after 400 ms, with a count, what is done, and Hủy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from typing_extensions import override

from ui.dialogs.form_dialog import FormDialog
from ui.jobs.job_runner import Job, JobRunner, Lane
from ui.theme.typography import Role
from ui.widgets.labels import Label
from ui.widgets.progress import ThinBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.progress import Progress
    from ui.theme.look import Look

SHOW_AFTER_MS = 400


class ProgressDialog(FormDialog):
    """Belongs to one job; closing it means Hủy, and it closes with the job's ending."""

    def __init__(self, look: Look, title: str, parent: QWidget) -> None:
        super().__init__(look, title, icon="hourglass", parent=parent, width=460)
        self._job: Job | None = None
        self._note = Label(look, self.tr("Đang chuẩn bị…"), Role.BODY, tone="ink2", wrap=True)
        self._bar = ThinBar(look, self)
        self._count = Label(look, "", Role.CAPTION, tone="ink3")
        self.body.addWidget(self._note)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._count)
        self.body.addStretch(1)
        self._stop = self.add_safe_button(self.tr("Hủy"), self.reject)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOW_AFTER_MS)
        self._timer.timeout.connect(self.open)

    def follow(self, job: Job) -> None:
        """Start waiting; the dialog opens if `job` is still running after 400 ms."""
        self._job = job
        if not job.is_settled:
            self._timer.start()

    def show_progress(self, done: int, total: int, note: str) -> None:
        """A report of the work; `total` 0 means that nobody knows how much is left."""
        if note:
            self._note.setText(note)
        self._bar.set_share(done, total)
        self._count.setText(
            self.tr("{done}/{total}").format(done=done, total=total) if total else ""
        )

    def finish(self) -> None:
        """The job has ended: close without asking anything."""
        self._timer.stop()
        self._job = None
        super().done(0)
        self.deleteLater()

    @override
    def reject(self) -> None:
        """Hủy, Esc or the close button: ask the work to stop and wait for its ending."""
        if self._job is None:
            super().reject()
            return
        self._job.cancel()
        self._stop.setEnabled(False)
        self._note.setText(self.tr("Đang dừng lại, chưa ghi gì dở dang…"))


def run_with_progress(
    runner: JobRunner,
    look: Look,
    parent: QWidget,
    title: str,
    work: Callable[[Progress], Any],
    *,
    lane: Lane,
    on_success: Callable[[Any], None],
    on_failure: Callable[[Exception], None] | None = None,
    on_cancelled: Callable[[], None] = lambda: None,
) -> ProgressDialog:
    """Submit `work` and show its progress over `parent` when it takes longer than 400 ms."""
    dialog = ProgressDialog(look, title, parent)

    def ended_then(call: Callable[..., None]) -> Callable[..., None]:
        def ending(*values: Any) -> None:
            dialog.finish()
            call(*values)

        return ending

    failed = on_failure or runner.report_unexpected
    job = runner.submit(
        work,
        owner=dialog,
        lane=lane,
        on_progress=dialog.show_progress,
        on_success=ended_then(on_success),
        on_failure=ended_then(failed),
        on_cancelled=ended_then(on_cancelled),
    )
    dialog.follow(job)
    return dialog
