"""Decisions of ký số on the paper board: which file goes where, and who is offered what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.errors import AppError
from app.services.trust_roots import TRUSTERS
from ui.dialogs.chosen_bytes import read_chosen
from ui.dialogs.file_dialogs import open_file
from ui.pages.printing import paper_words
from ui.pages.printing.paper_dialogs import ReasonDialog
from ui.pages.printing.sign_places import TITLES, places_to_sign
from ui.pages.printing.signed_dialogs import (
    ReturnedDialog,
    SignedFilesDialog,
    SignHereDialog,
    TrustRootsDialog,
)

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.changes import CommandResult
    from app.domain.signed_papers import SignedPaper, SignPlace, TrustRoot
    from app.readmodels.paper_board import PaperRow
    from app.signing_ports import Keystore
    from app.workspace import Workspace
    from ui.dialogs.paper_outlets import PaperOutlets
    from ui.navigation import PageContext


class SignedPresenter(QObject):
    """`owner` is the board that the dialogs stand over; `show` one run at a time."""

    def __init__(
        self, context: PageContext, work: Workspace, outlets: PaperOutlets, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._work = work
        self._outlets = outlets
        self._actor = work.session.actor

    def filed(self, row: PaperRow) -> tuple[SignedPaper, ...]:
        """The signed files of a run, the oldest first."""
        found = self._context.commands.ask(
            lambda: self._work.signed_papers.of_run(self._actor, row.id)
        )
        return found or ()

    def sign(self, row: PaperRow, owner: QWidget) -> SignHereDialog:
        """Ký số: with a key file, here; the room under the principal's title is offered first."""
        content = self._context.commands.ask(lambda: self._work.printing.content(row.id)) or b""
        places = sorted(places_to_sign(content), key=lambda one: TITLES.index(one.title))

        def write(keystore: Keystore, place: SignPlace) -> None:
            self._told(self._work.signed_papers.sign_here(self._actor, row.id, keystore, place))

        dialog = SignHereDialog(
            self._context.look,
            owner,
            _name(row),
            row.run.pages,
            places,
            lambda: choose(),
            write,
        )

        def choose() -> None:
            kinds = self.tr("Tệp chứng thư PKCS#12 (*.p12 *.pfx)")
            open_file(dialog, self.tr("Chọn tệp chứng thư"), kinds, take)

        def take(path: Path) -> None:
            try:
                dialog.take_key(path.name, read_chosen(path))
            except AppError as error:
                dialog.say(error.sentence)

        dialog.open()
        return dialog

    def receive(self, row: PaperRow, owner: QWidget) -> None:
        """Nhận bản đã ký: which file."""
        open_file(
            owner,
            self.tr("Chọn tệp PDF đã ký"),
            self.tr("Tệp PDF (*.pdf)"),
            lambda path: self.judge(row, owner, path),
        )

    def judge(self, row: PaperRow, owner: QWidget, path: Path) -> ReturnedDialog | None:
        """What the file says; None when it was refused, and said so."""
        service = self._work.signed_papers
        content = self._context.commands.ask(lambda: read_chosen(path))
        if content is None:
            return None
        facts = self._context.commands.ask(lambda: service.examine(self._actor, row.id, content))
        if facts is None:
            return None
        dialog = ReturnedDialog(
            self._context.look, owner, _name(row), path.name, facts,
            lambda: self._told(service.receive(self._actor, row.id, content)),
            lambda: self.roots(owner),
        )  # fmt: skip
        dialog.open()
        return dialog

    def files(self, row: PaperRow, owner: QWidget) -> SignedFilesDialog | None:
        """The signed files of a run; None while there is none."""
        papers = self.filed(row)
        if not papers:
            return None
        people = self._context.commands.ask(
            lambda: {int(a.id): a.full_name for a in self._work.accounts.all()}
        )
        ask, service = self._context.commands.ask, self._work.signed_papers
        dialog = SignedFilesDialog(
            self._context.look, owner, _name(row), papers, people or {},
            open_file=lambda paper: self._open(row, paper),
            save_file=lambda paper: self._save(row, paper, owner),
            check=lambda paper: ask(lambda: service.check_again(self._actor, paper.id)),
            roots=lambda: self.roots(owner),
        )  # fmt: skip
        dialog.open()
        return dialog

    def roots(self, owner: QWidget) -> TrustRootsDialog | None:
        """Whom the school believes; the principal and the administrator may change it."""
        found = self._context.commands.ask(self._work.trust_roots.all)
        if found is None:
            return None
        may = self._actor.has(*TRUSTERS)
        dialog = TrustRootsDialog(
            self._context.look, owner, found,
            install=(lambda: self._choose_root(owner)) if may else None,
            remove=(lambda root: self._remove(root, owner)) if may else None,
        )  # fmt: skip
        dialog.open()
        return dialog

    def install(self, path: Path, owner: QWidget) -> None:
        """Believe the authority of a certificate file from now on."""
        content = self._context.commands.ask(lambda: read_chosen(path))
        if content is not None:
            self._context.commands.run(lambda: self._work.trust_roots.install(self._actor, content))
            self.roots(owner)

    # --- inside

    def _choose_root(self, owner: QWidget) -> None:
        open_file(
            owner,
            self.tr("Chọn chứng thư của nơi cấp"),
            self.tr("Chứng thư số (*.cer *.crt *.pem *.der)"),
            lambda path: self.install(path, owner),
        )

    def _remove(self, root: TrustRoot, owner: QWidget) -> None:
        ReasonDialog(
            self._context.look, owner, self.tr("Gỡ nguồn chứng thư"), root.facts.name,
            self.tr("Chữ ký đã kiểm giữ kết quả cũ; chữ ký kiểm từ nay thì không rõ nguồn."),
            lambda why: self._told(self._work.trust_roots.remove(self._actor, root.id, why)),
        ).open()  # fmt: skip

    def _open(self, row: PaperRow, paper: SignedPaper) -> None:
        service = self._work.signed_papers
        self._context.commands.ask(
            lambda: self._outlets.open_in_reader(
                _file_name(row, paper), service.content(self._actor, paper.id)
            )
        )

    def _save(self, row: PaperRow, paper: SignedPaper, owner: QWidget) -> None:
        def chosen(path: Path) -> None:
            def write() -> bool:
                content = self._work.signed_papers.content(self._actor, paper.id)
                self._work.tables.save(path, content)
                return True

            if self._context.commands.ask(write):
                said = self.tr("Đã lưu {name} vào {folder}.")
                self._context.frame.toast(said.format(name=path.name, folder=path.parent), "green")

        self._outlets.choose_file(owner, _file_name(row, paper), chosen)

    def _told(self, result: CommandResult) -> None:
        self._context.commands.publish(result)


def _name(row: PaperRow) -> str:
    return f"{paper_words.run_title(row.run, row.class_name)}, bản in số {row.run.number:04d}"


def _file_name(row: PaperRow, paper: SignedPaper) -> str:
    return f"ban-in-{row.run.number:04d}_ky-so-{paper.id}.pdf"
