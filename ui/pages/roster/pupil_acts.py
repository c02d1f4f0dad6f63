"""What is done with one pupil besides the profile: photo, marks from elsewhere, history."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.domain.movements import MovementKind
from app.domain.periods import PRIMARY_TERMS, Period, Term
from app.domain.school import term_of_day
from app.errors import AppError
from app.services.print_keeping import Printed
from ui.dialogs.file_dialogs import open_file
from ui.dialogs.paper_outlets import PaperOutlets, SystemOutlets
from ui.errors.messages import Anchor
from ui.pages.roster.former_absences_dialog import FormerAbsencesDialog
from ui.pages.roster.former_marks_dialog import FormerMarksDialog
from ui.pages.roster.photo import photo_from_file
from ui.pages.roster.transfer_pack_dialog import TransferPackDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from app.changes import CommandResult
    from app.domain.ids import SubjectId
    from app.domain.periods import EntryTerm
    from app.domain.school import SchoolYear
    from app.readmodels.former_marks import FormerMarksForm
    from app.readmodels.pupil_history import MovementLine
    from app.readmodels.roster import RosterLine, RosterView
    from app.services.former_marks import FormerSchool
    from app.workspace import Workspace
    from ui.navigation import PageContext


class PupilActs(QObject):
    """Commands on one line of one view; `done` publishes, reads again and tells."""

    def __init__(
        self,
        context: PageContext,
        work: Workspace,
        page: QWidget,
        done: Callable[[CommandResult], None],
    ) -> None:
        super().__init__(page)
        self._context = context
        self._work = work
        self._page = page
        self._done = done
        self.outlets: PaperOutlets = SystemOutlets()

    def photo(self, view: RosterView, line: RosterLine) -> bytes | None:
        """The pupil's photo, None without one or for somebody who may not see it."""
        if not line.has_photo:
            return None
        actor = self._work.session.actor
        return self._context.commands.ask(
            lambda: self._work.photos.photo(actor, view.class_id, line.pupil_id)
        )

    def history(self, view: RosterView, line: RosterLine) -> tuple[MovementLine, ...]:
        """How the pupil came and went, oldest first."""
        actor = self._work.session.actor
        found = self._context.commands.ask(
            lambda: self._work.movements.history(actor, view.class_id, line.pupil_id)
        )
        return found or ()

    def ask_photo(self, view: RosterView, line: RosterLine) -> None:
        """Let the person choose a picture."""
        words = self.tr("Ảnh (*.jpg *.jpeg *.png);;Mọi tệp (*)")
        open_file(
            self._page,
            self.tr("Chọn ảnh"),
            words,
            lambda path: self.put_photo(view, line, path),
        )

    def put_photo(self, view: RosterView, line: RosterLine, path: Path) -> None:
        """Cut and keep a picture file; a refusal is said on the page."""
        actor = self._work.session.actor
        self._run(
            lambda: self._work.photos.put(
                actor, view.class_id, line.pupil_id, photo_from_file(path)
            )
        )

    def remove_photo(self, view: RosterView, line: RosterLine) -> None:
        """Take the photo away; the trail remembers that there was one."""
        actor = self._work.session.actor
        self._run(lambda: self._work.photos.remove(actor, view.class_id, line.pupil_id))

    def former_marks(
        self, view: RosterView, line: RosterLine, year: SchoolYear
    ) -> FormerMarksDialog | None:
        """The dialog Điểm trường cũ."""
        work, actor = self._work, self._work.session.actor
        half = term_of_day(year, work.clock.today())
        terms: tuple[EntryTerm, ...] = tuple(Term)
        term: EntryTerm = half
        if view.is_primary:
            # The kỳ that is most probably over already, so that its levels come on paper.
            terms, term = PRIMARY_TERMS, Period.GK1 if half is Term.HK1 else Period.CK1

        def read(term: EntryTerm) -> FormerMarksForm:
            return work.former_marks.form(actor, view.class_id, line.pupil_id, term)

        def save(
            term: EntryTerm, origin: FormerSchool, texts: Mapping[tuple[SubjectId, str], str]
        ) -> None:
            result = work.former_marks.enter(
                actor, view.class_id, line.pupil_id, term, origin, texts
            )
            self._done(result)

        try:
            dialog = FormerMarksDialog(
                self._context.look,
                line.profile.full_name,
                self.tr("lớp {name}").format(name=view.class_name),
                terms,
                term,
                read,
                save,
                self._page,
            )
        except AppError as error:
            self._context.commands.fail(error, Anchor(self._page))
            return None
        dialog.open()
        return dialog

    def former_absences(
        self, view: RosterView, line: RosterLine, year: SchoolYear
    ) -> FormerAbsencesDialog | None:
        """The dialog Buổi nghỉ ở trường cũ."""
        work, actor = self._work, self._work.session.actor
        form = self._context.commands.ask(
            lambda: work.former_absences.form(actor, view.class_id, line.pupil_id)
        )
        if form is None:
            return None

        def save(term: Term, *texts: str) -> None:
            result = work.former_absences.enter(actor, view.class_id, line.pupil_id, term, *texts)
            self._done(result)

        term = term_of_day(year, work.clock.today())
        dialog = FormerAbsencesDialog(self._context.look, form, term, save, self._page)
        dialog.open()
        return dialog

    def transfer_pack(self, view: RosterView, line: RosterLine) -> TransferPackDialog | None:
        """Print the pack of a pupil who left, to look at, hand over and save."""
        work, actor = self._work, self._work.session.actor
        result = self._context.commands.run(
            lambda: work.transfer_packs.print(actor, view.class_id, line.pupil_id),
            initiator=self._page,
        )
        if result is None or not isinstance(result.payload, Printed):
            return None
        dialog = TransferPackDialog(self._context, work, self.outlets, result.payload, self._page)
        dialog.open()
        return dialog

    def carry(self, view: RosterView, line: RosterLine) -> None:
        """Chép điểm lớp cũ, from the class of the last change of class."""
        came = [
            step
            for step in self.history(view, line)
            if step.kind is MovementKind.MOVED_OUT and step.class_id != view.class_id
        ]
        if not came:
            return
        actor = self._work.session.actor
        self._run(
            lambda: self._work.former_marks.carry(
                actor, came[-1].class_id, view.class_id, line.pupil_id
            )
        )

    def _run(self, command: Callable[[], CommandResult]) -> None:
        result = self._context.commands.run(command, initiator=self._page)
        if result is not None:
            self._done(result)
