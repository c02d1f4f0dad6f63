"""Beside the backups: going back to one, rehearsing it, the recovery sheet, practising."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.practice import Practice
from app.domain.roles import Role as Office
from app.errors import AppError
from app.services.backups import BACKERS
from app.services.restores import RESTORERS
from ui.dialogs.confirm_dialog import confirm
from ui.dialogs.restore_dialog import RestoreDialog
from ui.jobs.job_runner import Lane
from ui.jobs.progress_dialog import run_with_progress
from ui.pages.administration.rehearsal_dialog import RehearsalDialog
from ui.recovery_flow import prove_sheet
from ui.theme.tokens import CARD_GAP
from ui.theme.typography import Role
from ui.widgets.buttons import link, secondary
from ui.widgets.cards import Card, clear
from ui.widgets.labels import IconText, Label

if TYPE_CHECKING:
    from pathlib import Path

    from app.changes import CommandResult
    from app.progress import Progress
    from app.restoring import Restored
    from ui.pages.administration.section import Section


class SafetyCards(QWidget):
    """Four cards in a column; the acts belong to the section they stand in."""

    def __init__(self, section: Section) -> None:
        super().__init__(section)
        self._section = section
        self._context, self._work = section.context, section.work
        look = section.look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(CARD_GAP)
        self.restore_button = secondary(look, self.tr("Khôi phục…"), self.restore, "history")
        words = self.tr("Việc của hiệu trưởng hoặc người quản trị hệ thống")
        self.restorer = IconText(look, "key", words, "ink2", Role.VALUE, wrap=True)
        column.addWidget(
            self._card(
                self.tr("Khôi phục"),
                self.tr("Đưa sổ về một bản sao lưu; xem trước sẽ mất gì, tệp bị thay được giữ."),
                self.restorer,
                self.restore_button,
            )
        )
        self.rehearsed = IconText(look, "hourglass", "", "ink2", Role.VALUE, wrap=True)
        self.rehearse_button = secondary(look, self.tr("Diễn tập…"), self.rehearse, "shield-check")
        column.addWidget(
            self._card(
                self.tr("Diễn tập khôi phục"),
                self.tr("Mỗi học kì mở thử một lần bằng mật khẩu hoặc mã trên phiếu."),
                self.rehearsed,
                self.rehearse_button,
            )
        )
        self.sheet = IconText(look, "key", "", "ink2", Role.VALUE, wrap=True)
        self.code_button = secondary(look, self.tr("Lập mã mới…"), self.renew_code, "key")
        column.addWidget(
            self._card(
                self.tr("Phiếu khôi phục"),
                self.tr("Mã trên giấy, mở được sổ khi mọi người đều quên mật khẩu."),
                self.sheet,
                self.code_button,
            )
        )
        self.practice_button = secondary(look, self.tr("Tập trên bản sao"), self.practise, "flask")
        self.practice_card = self._card(
            self.tr("Tập trên bản sao"),
            self.tr("Chép sổ thành một bản tập có dải vàng; làm gì cũng không đụng tới sổ thật."),
            None,
            self.practice_button,
        )
        self.copies = QVBoxLayout()
        self.copies.setSpacing(2)
        self.practice_card.body.addLayout(self.copies)
        column.addWidget(self.practice_card)
        column.addStretch(1)

    def refresh(self) -> None:
        """State of each card for who is signed in."""
        actor = self._work.session.actor
        self.restore_button.setVisible(actor.has(*RESTORERS))
        self.restorer.setVisible(not actor.has(*RESTORERS))
        self.rehearse_button.setVisible(actor.has(*BACKERS))
        self.code_button.setVisible(actor.has(Office.PRINCIPAL))
        self.practice_card.setVisible(self._work.practising.kind() is not Practice.COPY)
        self._show_copies(may_remove=actor.has(*BACKERS))
        last = self._work.restores.last_rehearsal()
        if last is None:
            self.rehearsed.set_state("warning", self.tr("Chưa diễn tập lần nào"), "amber")
        elif last.problem:
            words = self.tr("{at}: không dùng được").format(at=f"{last.at:%d/%m/%Y}")
            self.rehearsed.set_state("warning", words, "red")
        else:
            words = self.tr("{at}, {who}: dùng được").format(at=f"{last.at:%d/%m/%Y}", who=last.who)
            self.rehearsed.set_state("check-disc", words, "green")
        at = self._work.recovery.confirmed_at()
        if at is None:
            self.sheet.set_state("warning", self.tr("Chưa ai xác nhận đang giữ phiếu"), "red")
        else:
            words = self.tr("Xác nhận đang giữ phiếu {at}").format(at=f"{at:%d/%m/%Y}")
            self.sheet.set_state("check-disc", words, "green")

    # --- acts

    def restore(self) -> None:
        """Khôi phục: nobody is signed in afterwards."""
        work = self._work
        folders = list(dict.fromkeys((work.backups.folder(), work.backups.default_folder())))

        def done(restored: Restored) -> None:
            if self._context.file is not None:
                self._context.file.replaced(restored)

        RestoreDialog(
            self._section.look, self._context.jobs, work.restores.restoring, folders, done,
            self._section,
        ).open()  # fmt: skip

    def rehearse(self) -> None:
        """Diễn tập khôi phục with one's own password or the printed code."""
        work, actor = self._work, self._work.session.actor

        def run(uid: str, secret: str, progress: Progress) -> CommandResult:
            return work.restores.rehearse(actor, uid, secret, progress=progress)

        RehearsalDialog(self._context, actor.uid, actor.name, run, self._section).open()

    def renew_code(self) -> None:
        """Lập mã khôi phục mới, print, prove; the old sheet is void from the first moment."""
        actor = self._work.session.actor

        def renewed(result: CommandResult) -> None:
            self._section.done(result)
            words = self.tr("Phiếu mới chưa được xác nhận; mã cũ đã hết hiệu lực.")
            prove_sheet(
                self._section.look,
                self._section,
                self._work,
                self._context.commands,
                str(result.payload),
                lambda: self._context.frame.toast(words, "amber"),
            )

        def renew() -> None:
            self._context.jobs.submit(
                lambda progress: self._work.accounts.renew_recovery_code(actor),
                owner=self,
                lane=Lane.DATABASE,
                on_success=renewed,
                on_failure=self._context.commands.fail,
            )

        confirm(
            self._section.look,
            self._section,
            self.tr("Lập mã khôi phục mới"),
            self.tr("Mã đang in trên phiếu cũ hết hiệu lực ngay khi mã mới được lập."),
            self.tr("Lập mã mới và in phiếu"),
            renew,
            points=(
                self.tr("Có sẵn máy in, hoặc giấy bút để chép tay."),
                self.tr("Bản sao lưu làm trước lúc này vẫn mở bằng mã cũ: giữ phiếu cũ cho đến "
                        "khi các bản ấy được thay."),
            ),
            dangerous=True,
        )  # fmt: skip

    def practise(self) -> None:
        """Tập trên bản sao: copy, then go to the copy's sign-in page."""
        actor = self._work.session.actor

        def made(result: CommandResult) -> None:
            self._section.done(result)
            if self._context.file is not None:
                self._context.file.open_file(cast("Path", result.payload))

        def failed(error: Exception) -> None:
            if isinstance(error, AppError):
                self._context.commands.fail(error)
            else:
                self._context.jobs.report_unexpected(error)

        run_with_progress(
            self._context.jobs, self._section.look, self._section, self.tr("Đang chép bản tập"),
            lambda progress: self._work.practising.make_copy(actor, progress),
            lane=Lane.DATABASE, on_success=made, on_failure=failed,
        )  # fmt: skip

    def _show_copies(self, *, may_remove: bool) -> None:
        """A line a copy with what it takes; each may be deleted."""
        look = self._section.look
        clear(self.copies)
        for copy in self._context.commands.ask(self._work.practising.copies) or ():
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            words = self.tr("Bản tập {at}, {size} MB").format(
                at=f"{copy.made_at:%d/%m/%Y %H:%M}",
                size=f"{copy.bytes / 1e6:.1f}".replace(".", ","),
            )
            row.addWidget(Label(look, words, Role.CAPTION, "ink2"))
            row.addStretch(1)
            if may_remove:
                row.addWidget(
                    link(look, self.tr("Xóa…"), partial(self.remove_copy, copy.name), "trash")
                )
            self.copies.addWidget(line)

    def remove_copy(self, name: str) -> None:
        """Ask, then delete an old copy: it holds the pupils' data as the real file does."""
        actor = self._work.session.actor

        def remove() -> None:
            result = self._context.commands.run(
                lambda: self._work.practising.remove_copy(actor, name), initiator=self._section
            )
            if result is not None:
                self._section.done(result)
                self.refresh()

        confirm(
            self._section.look,
            self._section.window(),
            self.tr("Xóa bản tập này?"),
            self.tr("Sổ thật không bị đụng tới. Bản tập xóa rồi không lấy lại được."),
            self.tr("Xóa bản tập"),
            remove,
            dangerous=True,
        )

    def _card(self, title: str, words: str, state: QWidget | None, button: QWidget) -> Card:
        card = Card(self._section.look, title)
        card.head.addWidget(button)
        if state is not None:
            card.body.addWidget(state)
        line = Label(self._section.look, words, Role.CAPTION, "ink3", wrap=True)
        card.body.addWidget(line)
        return card
