"""What the buttons of Văn bản do: preview, edit, board, Word file, official print."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from app.domain.letters import Board, LetterKind
from app.services.data_exports import ExportNote
from app.services.letter_fields import board_of
from app.services.school_setup import SETTERS
from ui.dialogs.file_dialogs import save_file
from ui.dialogs.paper_dialog import PaperDialog
from ui.dialogs.paper_outlets import SystemOutlets
from ui.jobs.job_runner import Lane
from ui.pages.letters.dossier_acts import DossierActs
from ui.pages.letters.members_dialog import MembersDialog
from ui.pages.letters.text_dialog import TextDialog

if TYPE_CHECKING:
    from pathlib import Path

    from app.actor import Actor
    from app.changes import CommandResult
    from app.domain.ids import SchoolYearId
    from app.domain.letters import BoardMember, LetterWords
    from app.readmodels.letter import LetterDraft
    from app.readmodels.rendered_pdf import RenderedPdf
    from app.services.print_keeping import Printed
    from app.workspace import Workspace
    from ui.dialogs.paper_outlets import PaperOutlets
    from ui.navigation import PageContext
    from ui.pages.letters.page import LettersPage


class LettersPresenter(QObject):
    """Bound to one page; `dossier` decides for its second part."""

    def __init__(
        self,
        page: LettersPage,
        context: PageContext,
        work: Workspace,
        outlets: PaperOutlets | None,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._work = work
        self._asked = 0
        self.outlets: PaperOutlets = outlets or SystemOutlets()
        self.dossier = DossierActs(page, context, work, self.outlets)

    @property
    def may_set(self) -> bool:
        """Whether this person words letters and settles boards; the service asks again."""
        return self._work.session.actor.has(*SETTERS)

    def board_of(self, kind: LetterKind) -> Board | None:
        """The board that a letter lists."""
        return board_of(kind)

    def start(self) -> None:
        """Read the years and show the first letter."""
        self._page.years.load()
        self._page.show_tab("letters")
        self.refresh()

    def refresh(self) -> None:
        """Read again what is shown."""
        self._page.years.load()
        year = self._page.years.year
        self._page.show_tab(self._page.tabs.current())
        if year is not None:
            self._page.show_lines(self._work.letters.lines(self._actor, year.id))
            self.chosen()

    def tab_shown(self, *, dossier: bool) -> None:
        """The checklist is read while somebody looks at it."""
        if dossier:
            self.dossier.look_at()

    def chosen(self) -> None:
        """Draw the letter of the current row; only the last one asked for is shown."""
        self._page.show_buttons()
        line, year_id = self._page.chosen(), self._year_id()
        if line is None or year_id is None:
            return
        self._asked += 1
        asked, kind, actor = self._asked, line.kind, self._actor

        def draw() -> tuple[LetterDraft, RenderedPdf]:
            draft = self._work.letters.draft(actor, year_id, kind)
            return draft, self._work.letters.preview(draft)

        def show(found: tuple[LetterDraft, RenderedPdf]) -> None:
            if asked != self._asked:
                return
            draft, pdf = found
            note = self.tr("bản làm việc, {pages} trang").format(pages=pdf.pages)
            self._page.show_letter(kind.label, note, draft.gaps, pdf.content)

        self._context.jobs.submit(
            lambda _progress: draw(),
            owner=self._page,
            lane=Lane.DATABASE,
            on_success=show,
            on_failure=self._failed,
            quiet=True,
        )

    def edit(self) -> None:
        """Sửa nội dung of the letter chosen."""
        line, year_id = self._page.chosen(), self._year_id()
        if line is None or year_id is None:
            return
        letters, actor, kind = self._work.letters, self._actor, line.kind

        def look(words: LetterWords) -> tuple[LetterDraft, bytes]:
            draft = letters.draft(actor, year_id, kind, words)
            return draft, letters.preview(draft).content

        def save(words: LetterWords) -> None:
            self._context.commands.publish(letters.save_text(actor, kind, words))

        TextDialog(self._context.look, letters.versions(kind), look, save, self._page).open()

    def members(self) -> None:
        """Thành viên of the board that the letter lists."""
        line, year_id = self._page.chosen(), self._year_id()
        board = None if line is None else board_of(line.kind)
        if board is None or year_id is None:
            return
        boards, actor = self._work.letter_boards, self._actor

        def save(members: tuple[BoardMember, ...]) -> None:
            self._context.commands.publish(boards.set_members(actor, year_id, board, members))

        MembersDialog(
            self._context.look,
            board,
            boards.members(year_id, board),
            boards.propose_members(board),
            boards.people(),
            save,
            self._page,
        ).open()

    def save_word(self) -> None:
        """Lưu tệp Word of the letter as it is now; the file is told in the trail."""
        line, year_id = self._page.chosen(), self._year_id()
        if line is None or year_id is None:
            return
        letters, actor, kind = self._work.letters, self._actor, line.kind

        def chosen(path: Path) -> None:
            note = ExportNote(kind.label, confidential=False)

            def save() -> CommandResult:
                content = letters.word_file(letters.draft(actor, year_id, kind))
                return self._work.exports.save(actor, path, content, note)

            if self._context.commands.run(save) is not None:
                said = self.tr("Đã lưu {name} vào {folder}.")
                self._context.frame.toast(said.format(name=path.name, folder=path.parent), "green")

        save_file(
            self._page,
            self.tr("Lưu tệp Word"),
            self.tr("Tài liệu Word (*.docx)"),
            chosen,
            f"{kind.value.replace('_', '-')}.docx",
        )

    def print_letter(self) -> None:
        """One numbered run of the letter chosen."""
        line, year_id = self._page.chosen(), self._year_id()
        if line is None or year_id is None:
            return
        actor, kind = self._actor, line.kind
        result = self._context.commands.run(
            lambda: self._work.letters.print_letter(actor, year_id, kind)
        )
        if result is None:
            return
        printed = cast("Printed", result.payload)
        PaperDialog(
            self._context,
            self._work,
            self.outlets,
            printed.run,
            printed.pdf.content,
            kind.label,
            self.tr(
                "Đúng tệp đã lưu trong sổ. In ra, hiệu trưởng ký, văn thư ghi số ở Quản trị, "
                "Căn cứ và số, rồi đóng dấu."
            ),
            "van-ban",
            self._page,
        ).open()

    # --- inside

    @property
    def _actor(self) -> Actor:
        return self._work.session.actor

    def _year_id(self) -> SchoolYearId | None:
        return self._page.years.year_id

    def _failed(self, error: Exception) -> None:
        self._context.commands.fail(error)
