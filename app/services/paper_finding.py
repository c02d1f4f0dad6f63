"""From a sheet to its run: is it this file's, are the data still the same, what changed since."""

from __future__ import annotations

import json

from app.actor import Actor
from app.clock import Clock
from app.digests import DataDigest
from app.domain.ids import PrintRunId, SchoolYearId
from app.domain.net_change import NetChange
from app.domain.paper_codes import PaperCode, read_code
from app.domain.print_runs import COMPARED_KINDS
from app.errors import AccessDenied, RuleRefused
from app.ports import PrintRun, UnitOfWork, UowFactory
from app.readmodels.paper_board import FoundPaper, run_name
from app.services.class_scope import OVERSEERS
from app.services.net_changes import net_change_report
from app.services.paper_board import concerns
from app.services.paper_lives import read_row
from app.services.print_comparing import run_differs
from app.services.standing import standing
from app.services.trail_sentences import WORDINGS, sentence_of
from app.trail_ports import ChangeScope

_TOLD = 40
_READ = 1000
"""Entries of a class that are looked through for what happened since a print."""
_ABOUT_PAPER = ("print.", "paper.", "sign_off.")


class PaperFinding:
    """Reads only."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def find(self, actor: Actor, text: str, year_id: SchoolYearId | None = None) -> FoundPaper:
        """The run that a scanned or typed code belongs to.

        A bare number is looked for in `year_id`. Raises RuleRefused when the code cannot be read,
        belongs to no run of this file, or its number and its data do not go together.
        """
        code = read_code(text)
        with self._uows.read() as uow:
            run = _run_of(uow, code, year_id)
            return self._found(uow, actor, run)

    def look(self, actor: Actor, run_id: PrintRunId) -> FoundPaper:
        """The same for a run chosen from the list."""
        with self._uows.read() as uow:
            return self._found(uow, actor, uow.prints.get(run_id))

    def _found(self, uow: UnitOfWork, actor: Actor, run: PrintRun) -> FoundPaper:
        today = self._clock.today()
        actor = standing(uow, actor, today)
        row = read_row(uow, run, today)
        if not actor.has(*OVERSEERS) and not concerns(row, actor):
            raise AccessDenied(
                "not_own_paper",
                f"{row.name} không phải giấy của lớp mình dạy hoặc chủ nhiệm nên không xem được; "
                "hãy nhờ văn thư.",
            )
        year = uow.school.year(run.school_year_id)
        if run.kind not in COMPARED_KINDS:
            return FoundPaper(row, year.name, None)
        differs = run_differs(uow, run)
        if not differs:
            return FoundPaper(row, year.name, False)
        return FoundPaper(row, year.name, True, cells_since(uow, run), _told_since(uow, run))


def _run_of(uow: UnitOfWork, code: PaperCode, year_id: SchoolYearId | None) -> PrintRun:
    if code.is_draft:
        raise RuleRefused(
            "paper_is_draft",
            "Tờ này là bản làm việc, không có số bản in nên không nằm trong sổ theo dõi; bản làm "
            "việc không dùng để ký.",
        )
    years = [year.id for year in uow.school.years()]
    if not code.digest:
        years = [year_id] if year_id is not None else years[:1]
    runs = [run for year in years for run in uow.prints.of_year(year)]
    if not code.digest:
        found = [run for run in runs if run.number == code.number]
        if not found:
            raise RuleRefused(
                "paper_unknown",
                f"Năm học đang chọn không có bản in số {code.number:04d}; hãy xem lại số ở chân "
                "trang hoặc chọn năm học khác.",
            )
        return found[0]
    same = [r for r in runs if DataDigest.of_hex(r.data_digest).base32.startswith(code.digest)]
    found = [run for run in same if run.number == code.number] if code.number else same
    if found:
        return found[0]
    if same:
        raise RuleRefused(
            "paper_number_differs",
            f"Số liệu trên tờ này là của {run_name(same[0]).lower()}, nhưng mã ghi số "
            f"{code.number:04d}: tờ giấy đã bị ghép hoặc sửa; hãy lập biên bản và báo hiệu trưởng.",
        )
    raise RuleRefused(
        "paper_unknown",
        "Không bản in nào của tệp này mang mã ấy: giấy của trường khác, của tệp dữ liệu khác, hoặc "
        "đã bị sửa; hãy so mã ở chân trang rồi tìm theo số bản in.",
    )


def cells_since(uow: UnitOfWork, run: PrintRun) -> tuple[NetChange, ...]:
    """Mark cells whose value is another one now than when the run was printed."""
    printed = _printed_at(uow, run)
    scope = ChangeScope(run.school_year_id, run.made_at.date(), None, run.class_id)
    steps = [step for step in uow.changes.steps(scope) if step.seq > printed]
    return tuple(change for change in net_change_report(steps).changes if change.differs)


def _told_since(uow: UnitOfWork, run: PrintRun) -> tuple[str, ...]:
    """What the trail says of the class since the print, the newest first, without its papers."""
    printed = _printed_at(uow, run)
    told = [
        f"{entry.at[8:10]}/{entry.at[5:7]}, {entry.actor}: "
        + sentence_of(entry.kind, entry.detail, 0, WORDINGS)
        for entry in uow.trail.entries(newest=_READ, class_id=run.class_id)
        if entry.seq > printed and not entry.kind.startswith(_ABOUT_PAPER)
    ]
    return tuple(told[:_TOLD])


def _printed_at(uow: UnitOfWork, run: PrintRun) -> int:
    """The trail's number of the print: what comes after it came after the paper."""
    for entry in uow.trail.entries(newest=_READ, class_id=run.class_id, kind="print.run"):
        if json.loads(entry.detail)["number"] == run.number:
            return entry.seq
    return 0
