"""Every page of a session: its place in the rail, who may open it, and how it is made.

Pages are imported when they are first opened: the window starts without them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.domain.roles import Role
from app.domain.school_levels import Level
from app.services.school_facts import levels_here
from ui.navigation import HELP, PageContext, PageSpec

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.workspace import Workspace

_LEADERS = frozenset({Role.PRINCIPAL.value, Role.VICE_PRINCIPAL.value})
_OFFICE = _LEADERS | {Role.SECRETARY.value, Role.ADMINISTRATOR.value, Role.INSPECTOR.value}
_CLASS_KEEPERS = _OFFICE | {Role.HOMEROOM_TEACHER.value}
_EVERYBODY: frozenset[str] = frozenset()


def page_specs(work: Workspace) -> list[PageSpec]:
    """The rail from top to bottom; a group is parted from the next by a rule."""

    def home(context: PageContext) -> QWidget:
        from ui.pages.home.page import HomePage

        return HomePage(context, work)

    def roster(context: PageContext) -> QWidget:
        from ui.pages.roster.page import RosterPage

        return RosterPage(context, work)

    def marks(context: PageContext) -> QWidget:
        from ui.pages.marks.binding import bound_marks_page

        return bound_marks_page(context, work)

    def attendance(context: PageContext) -> QWidget:
        from ui.pages.attendance.page import AttendancePage

        return AttendancePage(context, work)

    def conduct(context: PageContext) -> QWidget:
        from ui.pages.conduct.page import ConductPage

        return ConductPage(context, work)

    def results(context: PageContext) -> QWidget:
        from ui.pages.results.page import ResultsPage

        return ResultsPage(context, work)

    def proofs(context: PageContext) -> QWidget:
        from ui.pages.proofs.page import ProofsPage

        return ProofsPage(context, work)

    def corrections(context: PageContext) -> QWidget:
        from ui.pages.corrections.page import CorrectionsPage

        return CorrectionsPage(context, work)

    def lock_control(context: PageContext) -> QWidget:
        from ui.pages.lock_control.page import LockControlPage

        return LockControlPage(context, work)

    def printing(context: PageContext) -> QWidget:
        from ui.pages.printing.page import PrintingPage

        return PrintingPage(context, work)

    def letters(context: PageContext) -> QWidget:
        from ui.pages.letters.page import LettersPage

        return LettersPage(context, work)

    def sealing(context: PageContext) -> QWidget:
        from ui.pages.sealing.page import SealingPage

        return SealingPage(context, work)

    def trail(context: PageContext) -> QWidget:
        from ui.pages.trail.page import TrailPage

        return TrailPage(context, work)

    def departments(context: PageContext) -> QWidget:
        from ui.pages.departments.page import DepartmentsPage

        return DepartmentsPage(context, work)

    def inquiry(context: PageContext) -> QWidget:
        from ui.pages.inquiry.page import InquiryPage

        return InquiryPage(context, work)

    def administration(context: PageContext) -> QWidget:
        from ui.pages.administration.page import AdministrationPage

        return AdministrationPage(context, work)

    def manual(context: PageContext) -> QWidget:
        from ui.pages.help.page import HelpPage

        return HelpPage(context)

    say = _say
    levels = levels_here(work)
    specs = [
        PageSpec("home", say("Bàn làm việc"), "home", 0, _EVERYBODY, home),
        PageSpec("roster", say("Danh sách lớp"), "roster", 1, _EVERYBODY, roster),
        PageSpec(
            "marks",
            _marks_title(levels),
            "mark-book",
            1,
            _EVERYBODY,
            marks,
        ),
        PageSpec("attendance", say("Điểm danh"), "attendance", 1, _CLASS_KEEPERS, attendance),
        PageSpec("conduct", say("Rèn luyện"), "conduct", 1, _CLASS_KEEPERS, conduct),
        PageSpec("results", say("Tổng kết"), "sum", 1, _EVERYBODY, results),
        PageSpec("proofs", say("Kiểm dò"), "eye", 2, _EVERYBODY, proofs),
        PageSpec("departments", say("Tổ chuyên môn"), "people", 2, _EVERYBODY, departments),
        PageSpec("corrections", say("Sửa điểm"), "pencil", 2, _EVERYBODY, corrections),
        PageSpec("lock_control", say("Đóng mở sổ"), "lock-closed", 2, _OFFICE, lock_control),
        PageSpec("printing", say("In sổ"), "printer", 2, _CLASS_KEEPERS, printing),
        PageSpec("letters", say("Văn bản"), "file", 2, _OFFICE, letters),
        PageSpec("sealing", say("Niêm phong"), "archive", 2, _OFFICE, sealing),
        PageSpec("trail", say("Nhật ký"), "history", 2, _CLASS_KEEPERS, trail),
        PageSpec("inquiry", say("Thanh tra"), "search", 2, _OFFICE, inquiry),
        PageSpec("administration", say("Quản trị"), "key", 3, _OFFICE, administration),
        PageSpec(HELP, say("Trợ giúp"), "help", 3, _EVERYBODY, manual),
    ]
    # Rèn luyện is a thing of secondary classes; phẩm chất, năng lực have their own sheet.
    return [spec for spec in specs if spec.id != "conduct" or levels != (Level.PRIMARY,)]


def _marks_title(levels: tuple[Level, ...]) -> str:
    """Primary classes are assessed by levels, secondary ones by marks."""
    if levels == (Level.PRIMARY,):
        return _say("Đánh giá")
    return _say("Điểm, đánh giá") if Level.PRIMARY in levels else _say("Sổ điểm")


def _say(words: str) -> str:
    return QCoreApplication.translate("Pages", words)
