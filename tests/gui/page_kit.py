"""Real services over a real encrypted file, and a window with one page of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from app.domain.ids import ClassId
from app.domain.periods import Period, Term
from app.domain.subjects import SubjectKind
from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.conduct_entry import ConductEntry
from app.services.entry_control import EntryControl
from app.services.mark_entry import MarkEntry
from app.services.period_close import PeriodClosing
from app.workspace import Toolbox, Workspace, open_workspace
from db.keys.passwords import check_password
from exports.batch import ParallelBooks
from exports.press import Paper, Tables
from exports.seal.bag import write_bag
from exports.seal.checker import check_bag
from exports.seal.disc import write_image
from exports.seal.drives_folder import FolderDrives
from exports.seal.repair import repair_bag
from exports.signing.pdf_signatures import PadesSignatures
from exports.xlsx.reader import TableFileReader
from tests.support.school import TestSchool
from ui.navigation import PageSpec, SessionInfo

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.media import BagWriter, Drives
    from ui.main_window import MainWindow
    from ui.navigation import PageContext

LEVELS = ("T", "K", "Đ", "T", "K", "T")


def workspace(
    school: TestSchool,
    who: str,
    *,
    drives: Drives | None = None,
    bag_writer: BagWriter = write_bag,
) -> Workspace:
    """Every service, with `who` signed in."""
    tools = Toolbox(
        files=lambda clock: school.files,
        paper=Paper(),
        batch=ParallelBooks(),
        tables=Tables(),
        signatures=PadesSignatures(),
        sheets=TableFileReader(),
        drives=drives or FolderDrives(),
        folder_drives=FolderDrives(),
        write_bag=bag_writer,
        write_image=write_image,
        check_bag=check_bag,
        repair_bag=repair_bag,
        check_password=check_password,
    )
    session = replace(school.session, actor=school.actor(who))
    return open_workspace(tools, school.file, session, school.clock)


@dataclass
class Shown:
    """A window with one page open in it."""

    window: MainWindow
    page: Any

    @property
    def said(self) -> str:
        """What a toast or a popover says now."""
        from ui.widgets.popover import Popover

        open_now = [p for p in self.window.findChildren(Popover) if p.isVisible()]
        return " ".join([self.window.sentence, *(p.accessibleDescription() for p in open_now)])


def show_page(
    window: MainWindow,
    qtbot: Any,
    school: TestSchool,
    who: str,
    page_id: str,
    title: str,
    make: Callable[[PageContext, Workspace], QWidget],
    work: Workspace | None = None,
    more: tuple[PageSpec, ...] = (),
) -> Shown:
    """Sign `who` in and open the page."""
    services = work or workspace(school, who)
    actor = services.session.actor
    session = SessionInfo(
        actor.uid, actor.name, "", frozenset(r.value for r in actor.roles), "Trường THCS",
        "Đồng Xuân", actor,
    )  # fmt: skip
    icon = {"conduct": "conduct", "results": "sum", "prints": "printer", "sealing": "archive"}
    spec = PageSpec(
        page_id, title, icon.get(page_id, "history"), 1, frozenset(), lambda c: make(c, services)
    )
    window.open_session(session, [spec, *more])
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return Shown(window, window.current_page())


def open_windows(school: TestSchool) -> None:
    """Both terms may be typed on every day of the year."""
    control = EntryControl(school.uow, school.clock)
    who = school.actor("principal")
    for period in (Period.HK1, Period.HK2):
        control.open_window(
            who, school.year_id, period, date(2026, 8, 1), date(2027, 6, 30), "10/QĐ-THCS",
            date(2026, 8, 1),
        )  # fmt: skip


def fill_conduct(school: TestSchool, terms: tuple[Term, ...] = tuple(Term)) -> None:
    """Levels, buổi nghỉ and comments for everybody, several levels."""
    conduct = ConductEntry(school.uow, school.clock)
    edits = {}
    for at, pupil in enumerate(school.pupils):
        for term in terms:
            edits[pupil, f"{term}.level"] = LEVELS[at % len(LEVELS)]
            edits[pupil, f"{term}.excused"] = str(at % 4)
            edits[pupil, f"{term}.unexcused"] = str(at % 2)
            edits[pupil, f"{term}.comment"] = "Ngoan, có ý thức giúp bạn trong học tập."
    conduct.set_cells(school.actor("homeroom"), school.class_id, edits, "import")


def fill_marks(school: TestSchool, terms: tuple[Term, ...] = tuple(Term)) -> None:
    """Every mark of every subject, from weak to very good pupils."""
    marks = MarkEntry(school.uow, school.clock)
    for at, (code, subject) in enumerate(school.subjects.items()):
        sheet = SheetId(ClassId(school.class_id), subject)
        actor = school.actor(code)
        view = marks.open(actor, sheet)
        edits: dict[CellKey, str] = {}
        for row, pupil in enumerate(view.rows):
            for place, column in enumerate(view.columns):
                if column.computed or column.is_comment or column.term not in terms:
                    continue
                if view.kind is SubjectKind.COMMENTS:
                    text = "CĐ" if row == 3 and at % 5 == 0 else "Đ"
                else:
                    tenths = min(100, 45 + (row * 7) % 50 + (place * 3 + at * 2) % 11)
                    text = f"{tenths // 10},{tenths % 10}"
                edits[CellKey(pupil.pupil_id, column.key)] = text
        if edits:
            marks.set_cells(actor, sheet, edits, "import")


def close_all(school: TestSchool, class_id: ClassId | None = None) -> None:
    """Chốt both terms of a class, with a reason for whatever is missing."""
    closing = PeriodClosing(school.uow, school.clock)
    signer = school.signer("principal")
    for period in (Period.HK1, Period.HK2):
        closing.close(signer, class_id or school.class_id, period, "57/QĐ-THCS", "Lớp mẫu")
