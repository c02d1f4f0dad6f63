"""The sample school to try things on: a school year that is running today, nothing sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from app.clock import VIETNAM, Clock, SetClock
from app.commands.invented import Inventor
from app.commands.sample_levels import sample_year
from app.commands.sample_plan import THCS, SamplePlan
from app.commands.sample_school import PASSWORD, SampleYear
from app.domain.marks import CellState
from app.domain.periods import Period
from app.errors import RuleRefused
from app.progress import Progress, no_progress
from app.readmodels.mark_sheet import CellKey
from app.services.practice import mark_sample
from app.workspace import Toolbox, open_workspace


@dataclass(frozen=True, slots=True)
class Sample:
    """A finished sample school: its file, the password of every account, the principal.

    `people` are uids by part: principal, vice, secretary, admin, gv0 (GVCN of the first class),
    gv1, …
    """

    path: Path
    password: str
    principal: str
    people: Mapping[str, str]


def make_sample(
    tools: Toolbox,
    clock: Clock,
    folder: Path,
    *,
    classes: int = 4,
    pupils: int = 35,
    lived: int | None = None,
    invent: Inventor | None = None,
    plan: SamplePlan = THCS,
    progress: Progress = no_progress,
) -> Sample:
    """Build `school.khoaso` in `folder`, lived until today: first term open, one case waiting.

    With `lived` only the first so many classes have pupils and marks. In summer the running year
    is the one that just ended. Raises AppError; `Cancelled` by `progress` leaves a folder that the
    next call refuses to overwrite.
    """
    path = folder / "school.khoaso"
    if path.exists():
        raise RuleRefused(
            "out_not_empty",
            f"Thư mục {folder} đã có trường mẫu nên không ghi đè; hãy mở tệp ấy hoặc xóa thư mục.",
        )
    today = clock.today()
    first_year = today.year if (today.month, today.day) >= (9, 12) else today.year - 1
    moving = SetClock(datetime(first_year, 8, 15, 8, 0, tzinfo=VIETNAM))
    invent = invent or Inventor(2)
    principal = invent.person()
    steps = _Steps(progress)
    steps.next("Tạo tệp mã hóa")
    founded = tools.files(moving).create(path, plan.school, principal, PASSWORD)
    file = founded.file
    try:
        with founded.signed_in.uow.write() as uow:
            mark_sample(uow, founded.signed_in.actor, moving.now())
            uow.commit()
        work = open_workspace(tools, file, founded.signed_in, moving, demo=True)
        sample = sample_year(plan)(work, moving, invent, folder, first_year, plan)
        steps.next("Lập tài khoản")
        sample.appoint(classes)
        sample.work = open_workspace(tools, file, file.refreshed(), moving, demo=True)
        steps.next("Lập năm học, lớp, phân công")
        sample.open_year(classes)
        sample.classes = sample.classes[:lived]
        sample.work = open_workspace(tools, file, file.refreshed(), moving, demo=True)
        steps.next("Nhập danh sách từ Excel")
        sample.enrol(pupils)
        sample.open_windows()
        steps.next("Nhập điểm đến hôm nay")
        sample.live_until(today)
        steps.next("Khóa cột, lập một hồ sơ sửa điểm")
        _lock_and_declare(sample, today)
    finally:
        file.close()
    uids = {part: sample.uids[account] for part, account in sample.people.items()}
    uids["principal"] = founded.signed_in.actor.uid
    return Sample(path, PASSWORD, principal, uids)


@dataclass
class _Steps:
    progress: Progress
    done: int = 0

    def next(self, words: str) -> None:
        self.progress(self.done, 6, words)
        self.done += 1


def _lock_and_declare(sample: SampleYear, today: date) -> None:
    """First columns locked by decision; one teacher asks for a correction."""
    work = sample.work
    klass = sample.classes[0]
    sample.at(max(sample.clock.today(), today - timedelta(days=1)))
    columns = [
        column.id
        for _, subject_columns in work.control.columns(klass.id)
        for column in subject_columns
        if f"{column.term}.{column.code}" in sample.early_columns
    ]
    if columns and Period.HK1 not in _closed(sample):
        work.control.lock_columns(work.session.actor, klass.id, columns, sample.plan.decision(31))
    teacher, sheet = sample.teacher_and_sheet(klass, "toan")
    view = work.marks.open(teacher, sheet)
    index = next(n for n, column in enumerate(view.columns) if column.key == sample.doubted[0])
    for row, cells in zip(view.rows, view.cells, strict=True):
        if cells[index].state is CellState.MARK and cells[index].text != sample.doubted[1]:
            declared = work.corrections.declare(
                teacher,
                sheet,
                {CellKey(row.pupil_id, sample.doubted[0]): sample.doubted[1]},
                f"Chép nhầm từ sổ cá nhân: {sample.doubted[1]} ghi thành {cells[index].text}.",
                "trang 12, dòng 4",
                "bài làm của học sinh trong đợt ấy",
            )
            case_id = getattr(declared.payload, "id")  # noqa: B009 - payload is typed object
            work.corrections.register(sample.actor("secretary"), case_id, "01/ĐN-SĐ")
            return


def _closed(sample: SampleYear) -> set[Period]:
    board = sample.work.control.board(sample.year_id)
    return {period for _, locks, _ in board.classes for period in locks.closes}
