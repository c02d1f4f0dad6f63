"""Sổ của giáo viên, phiếu kết quả, sổ trả học bạ: asked for, made in a job, shown as printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from app.domain.print_runs import (
    BOOKLET_RETURNS,
    PAPER_NAMES,
    RESULT_SLIP,
    TEACHER_BOOK,
    TEACHER_BOOK_BLANK,
)
from app.services.class_scope import sees_profiles
from app.services.print_keeping import Printed
from app.services.printing import PRINTERS
from app.services.teacher_books import BooksPrinted
from ui.dialogs.paper_dialog import PaperDialog
from ui.dialogs.paper_outlets import PaperOutlets, SystemOutlets
from ui.errors.messages import Anchor
from ui.jobs.job_runner import Lane
from ui.jobs.progress_dialog import run_with_progress
from ui.pages.printing.own_paper_dialogs import (
    BookReach,
    ResultSlipDialog,
    TeacherBookDialog,
)
from ui.theme.typography import Role
from ui.widgets.buttons import secondary

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.changes import CommandResult
    from app.domain.ids import SubjectId
    from app.domain.school import SchoolClass
    from app.progress import Progress
    from app.readmodels.rendered_pdf import RenderedPdf
    from app.services.result_slips import SlipOrder
    from app.services.teacher_book_assembly import TeacherBookOrder
    from app.workspace import Workspace
    from ui.navigation import PageContext
    from ui.widgets.buttons import Button

_T = TypeVar("_T")


class OwnPapers(QObject):
    """Bound to one page; dialogs open over `parent`, refusals point at it."""

    def __init__(
        self,
        parent: QWidget,
        context: PageContext,
        work: Workspace,
        outlets: PaperOutlets | None = None,
    ) -> None:
        super().__init__(parent)
        self._parent = parent
        self._context = context
        self._work = work
        self._outlets = outlets or SystemOutlets()
        self._actor = work.session.actor
        self.of_office = self._actor.has(*PRINTERS)
        self.dialog: TeacherBookDialog | ResultSlipDialog | PaperDialog | None = None

    # --- what this person may ask for

    def may_books(self, klass: SchoolClass) -> bool:
        """Whether there is a subject of the class whose book this person prints."""
        taught = any(class_id == klass.id for class_id, _ in self._actor.teaches)
        return self.of_office or taught

    def may_slips(self, klass: SchoolClass) -> bool:
        """GVCN of the class, or the office."""
        return sees_profiles(self._actor, klass.id)

    def menu_button(self, klass: Callable[[], SchoolClass | None]) -> Button:
        """A button that offers the papers of the class `klass()` names at that moment."""
        button = secondary(self._context.look, self.tr("Giấy khác…"), lambda: None, "file")
        button.clicked.connect(lambda: self._open_menu(button, klass()))
        return button

    def menu(self, klass: SchoolClass, parent: QWidget) -> QMenu:
        """The papers this person may ask for."""
        menu = QMenu(parent)
        menu.setFont(self._context.look.font(Role.BODY))
        for words, may, act in (
            (self.tr("Sổ của giáo viên…"), self.may_books(klass), self.ask_book),
            (self.tr("Phiếu kết quả cho cha mẹ…"), self.may_slips(klass), self.ask_slips),
            (self.tr("Sổ theo dõi trả học bạ"), self.of_office, self.print_returns),
        ):
            action = menu.addAction(words)
            action.setEnabled(may)
            action.triggered.connect(lambda _checked=False, act=act: act(klass))
        return menu

    def _open_menu(self, button: Button, klass: SchoolClass | None) -> None:
        if klass is None:
            return
        menu = self.menu(klass, button)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    # --- sổ của giáo viên

    def ask_book(self, klass: SchoolClass, subject_id: SubjectId | None = None) -> None:
        """Which book of a class, then show or print it."""
        work, actor = self._work, self._actor
        subjects = self._context.commands.ask(
            lambda: work.teacher_books.subjects(actor, klass.id), at=Anchor(self._parent)
        )
        if subjects is None:
            return
        if not subjects or subject_id not in (None, *(one.id for one in subjects)):
            words = self.tr("Sổ này của người dạy môn ấy ở lớp {name}; nhờ người dạy in.")
            self._context.frame.toast(words.format(name=klass.name), "amber")
            return
        self.dialog = TeacherBookDialog(
            self._context.look,
            self._parent,
            klass.name,
            subjects,
            work.teacher_books.periods(klass.id),
            lambda order: self._preview_book(klass, order),
            lambda order, reach: self._print_book(klass, order, reach),
            of_office=self.of_office,
            subject_id=subject_id,
        )
        self.dialog.open()

    def _preview_book(self, klass: SchoolClass, order: TeacherBookOrder) -> None:
        stem = PAPER_NAMES[TEACHER_BOOK_BLANK if order.blank else TEACHER_BOOK]
        self._run(
            self.tr("Đang dựng bản làm việc"),
            lambda _progress: self._work.teacher_books.preview(self._actor, klass.id, order),
            lambda pdf: self._show_draft(pdf, self.tr("Sổ của giáo viên"), stem),
        )

    def _print_book(self, klass: SchoolClass, order: TeacherBookOrder, reach: BookReach) -> None:
        if reach is not BookReach.ONE:
            self._print_books(klass, order, reach)
            return
        stem = PAPER_NAMES[TEACHER_BOOK_BLANK if order.blank else TEACHER_BOOK]
        line = self.tr("In ra, giáo viên và hiệu trưởng ký, đóng dấu; cuối năm nộp về văn phòng.")
        self._run(
            self.tr("Đang in sổ của giáo viên"),
            lambda _progress: self._work.teacher_books.print(self._actor, klass.id, order),
            lambda result: self._show_printed(result, self.tr("Sổ của giáo viên"), line, stem),
        )

    def _print_books(self, klass: SchoolClass, order: TeacherBookOrder, reach: BookReach) -> None:
        class_id = klass.id if reach is BookReach.CLASS else None

        def made(progress: Progress) -> CommandResult:
            return self._work.teacher_books.print_all(
                self._actor,
                klass.school_year_id,
                order.until,
                blank=order.blank,
                class_id=class_id,
                progress=progress,
            )

        def done(result: CommandResult) -> None:
            self._context.commands.publish(result)
            printed = result.payload
            if not isinstance(printed, BooksPrinted):
                return
            said = self.tr("Đã in {n} sổ của giáo viên; mở từng bản trong In sổ để gửi máy in.")
            words = said.format(n=len(printed.runs))
            if printed.skipped:
                words += " " + self.tr("Bỏ qua {n} lớp: {why}").format(
                    n=len(printed.skipped), why=printed.skipped[0]
                )
            self._context.frame.toast(words, "amber" if printed.skipped else "green")

        self._run(self.tr("Đang in sổ của giáo viên"), made, done)

    # --- phiếu kết quả

    def ask_slips(self, klass: SchoolClass) -> None:
        """Which slips of a class, then show or print them."""
        work = self._work
        pupils = self._context.commands.ask(
            lambda: work.booklets.pupils(klass.id), at=Anchor(self._parent)
        )
        if pupils is None:
            return
        self.dialog = ResultSlipDialog(
            self._context.look,
            self._parent,
            klass.name,
            work.result_slips.periods(klass.id),
            pupils,
            lambda order: self._preview_slips(klass, order),
            lambda order: self._print_slips(klass, order),
        )
        self.dialog.open()

    def _preview_slips(self, klass: SchoolClass, order: SlipOrder) -> None:
        self._run(
            self.tr("Đang dựng bản làm việc"),
            lambda _progress: self._work.result_slips.preview(self._actor, klass.id, order),
            lambda pdf: self._show_draft(pdf, self.tr("Phiếu kết quả"), PAPER_NAMES[RESULT_SLIP]),
        )

    def _print_slips(self, klass: SchoolClass, order: SlipOrder) -> None:
        line = self.tr("In ra, ký, đóng dấu rồi đưa từng tờ cho đúng cha mẹ học sinh.")
        self._run(
            self.tr("Đang in phiếu kết quả"),
            lambda _progress: self._work.result_slips.print(self._actor, klass.id, order),
            lambda result: self._show_printed(
                result, self.tr("Phiếu kết quả"), line, PAPER_NAMES[RESULT_SLIP]
            ),
        )

    # --- sổ theo dõi trả học bạ

    def print_returns(self, klass: SchoolClass) -> None:
        """The register of a class as a numbered run."""
        line = self.tr("In ra; mỗi người nhận học bạ ký vào dòng của em mình nhận.")
        self._run(
            self.tr("Đang in sổ theo dõi trả học bạ"),
            lambda _progress: self._work.booklet_returns.print(self._actor, klass.id),
            lambda result: self._show_printed(
                result,
                self.tr("Sổ theo dõi trả học bạ"),
                line,
                PAPER_NAMES[BOOKLET_RETURNS],
            ),
        )

    # --- inside

    def _run(self, title: str, work: Callable[[Progress], _T], done: Callable[[_T], None]) -> None:
        run_with_progress(
            self._context.jobs,
            self._context.look,
            self._parent,
            title,
            work,
            lane=Lane.DATABASE,
            on_success=done,
            on_failure=lambda error: self._context.commands.fail(error, Anchor(self._parent)),
        )

    def _show_draft(self, pdf: RenderedPdf, title: str, stem: str) -> None:
        line = self.tr("Để xem và đối chiếu; bản chính thức mới có số và được giữ.")
        self.dialog = PaperDialog(
            self._context, self._work, self._outlets, None, pdf.content, title, line, stem,
            self._parent,
        )  # fmt: skip
        self.dialog.open()

    def _show_printed(self, result: CommandResult, title: str, line: str, stem: str) -> None:
        self._context.commands.publish(result)
        printed = result.payload
        if not isinstance(printed, Printed):
            return
        self.dialog = PaperDialog(
            self._context, self._work, self._outlets, printed.run, printed.pdf.content, title,
            line, stem, self._parent,
        )  # fmt: skip
        self.dialog.open()
