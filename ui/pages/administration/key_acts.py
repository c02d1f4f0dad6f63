"""What the accounts page does with keys and papers: lists, slips, revocation, handover."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from app.changes import CommandResult, Topic
from app.errors import AppError
from app.readmodels.class_book import SchoolLines
from app.readmodels.password_slips import PasswordSlip, PasswordSlips
from app.services.print_keeping import Printed
from app.services.staff_import import StaffMade
from ui.dialogs.paper_dialog import PaperDialog
from ui.dialogs.paper_outlets import SystemOutlets
from ui.jobs.job_runner import Lane
from ui.pages.administration.account_key_dialogs import (
    EditAccountDialog,
    HandoverDialog,
    RevokeDialog,
)
from ui.pages.administration.delegations_dialog import DelegationsDialog
from ui.pages.administration.staff_dialog import FirstPasswordsDialog, StaffDialog
from ui.recovery_printing import print_secret

if TYPE_CHECKING:
    from datetime import date

    from app.domain.ids import AccountId
    from app.progress import Progress
    from app.school_file import SignedIn
    from app.services.staff_import import FirstPassword, StaffLine
    from ui.dialogs.paper_outlets import PaperOutlets
    from ui.pages.administration.accounts_section import AccountsSection


class KeyActs(QObject):
    """Commands of one accounts section on the person chosen there."""

    def __init__(self, section: AccountsSection) -> None:
        super().__init__(section)
        self._section = section
        self._context = section.context
        self._work = section.work
        self.outlets: PaperOutlets = SystemOutlets()

    def edit(self) -> None:
        """Sửa tên, tổ."""
        person = self._section.chosen()
        if person is None:
            return
        actor = self._work.session.actor
        units = sorted({a.department for a in self._work.accounts.all() if a.department})

        def save(name: str, unit: str) -> None:
            self._section.done(self._work.accounts.edit(actor, person.id, name, unit))

        EditAccountDialog(self._context.look, person, units, save, self._section).open()

    def add_staff(self) -> None:
        """Thêm từ Excel: many accounts at once."""
        actor, staff = self._work.session.actor, self._work.staff

        def accept(lines: tuple[StaffLine, ...], progress: Progress) -> StaffMade:
            return staff.accept(actor, lines, progress)

        StaffDialog(
            self._context, self._work.sheets, staff.read, accept, self._staff_made, self._section
        ).open()

    def print_list(self) -> None:
        """In danh sách tài khoản."""
        actor = self._work.session.actor
        result = self._section.run(lambda: self._work.account_papers.print_account_list(actor))
        if result is not None:
            title = self.tr("Danh sách tài khoản")
            line = self.tr("Đúng tệp đã lưu trong sổ. In ra, hiệu trưởng ký rồi lưu.")
            self._show_paper(result, title, line, "danh-sach-tai-khoan")

    def open_delegations(self) -> None:
        """Ủy quyền."""
        actor = self._work.session.actor

        def show_paper(delegation_id: int) -> None:
            result = self._section.run(
                lambda: self._work.authority_papers.print_delegation(actor, delegation_id)
            )
            if result is not None:
                title = self.tr("Giấy ủy quyền")
                line = self.tr("In hai bản; người ủy quyền và người được ủy quyền cùng ký.")
                self._show_paper(result, title, line, "giay-uy-quyen")

        DelegationsDialog(
            self._context, self._work, self._section.done, show_paper, self._section
        ).open()

    def print_duties(self) -> None:
        """In bảng phân công nhiệm vụ."""
        actor = self._work.session.actor
        result = self._section.run(lambda: self._work.authority_papers.print_duties(actor))
        if result is not None:
            title = self.tr("Bảng phân công nhiệm vụ")
            line = self.tr("Đúng tệp đã lưu trong sổ. In ra, hiệu trưởng ký, phát cho các bộ phận.")
            self._show_paper(result, title, line, "phan-cong-nhiem-vu")

    def print_sheet(self) -> None:
        """Phiếu phân quyền of the person chosen."""
        person = self._section.chosen()
        if person is None:
            return
        actor = self._work.session.actor
        result = self._section.run(
            lambda: self._work.account_papers.print_permission_sheet(actor, person.id)
        )
        if result is not None:
            title = self.tr("Phiếu phân quyền")
            line = self.tr("In hai bản; người được giao và hiệu trưởng cùng ký.")
            self._show_paper(result, title, line, f"phieu-phan-quyen-{person.uid}")

    def revoke(self) -> None:
        """Thu hồi: closed first, then the slot is taken away and the file gets a new key."""
        person = self._section.chosen()
        if person is None:
            return
        work, actor, account_id = self._work, self._work.session.actor, person.id
        is_open = person.disabled_on is None

        def job(progress: Progress) -> SignedIn:
            if is_open:
                work.accounts.disable(actor, account_id)
            return work.revoke(account_id)

        def begin(dialog: RevokeDialog) -> None:
            def done(session: SignedIn) -> None:
                dialog.set_busy(False)
                dialog.accept()
                if self._context.file is not None:
                    self._context.file.renewed(session)

            def failed(error: Exception) -> None:
                dialog.set_busy(False)
                self._section.refresh()
                if isinstance(error, AppError):
                    dialog.say(error.sentence)
                else:
                    self._context.jobs.report_unexpected(error)

            dialog.set_busy(True)
            self._context.jobs.submit(
                job, owner=dialog, lane=Lane.DATABASE, on_success=done, on_failure=failed
            )

        RevokeDialog(self._context.look, person, begin, self._section).open()

    def hand_over(self) -> None:
        """Bàn giao chức hiệu trưởng to somebody else."""
        actor = self._work.session.actor
        people = [
            (account.id, account.full_name)
            for account in self._work.accounts.all()
            if account.disabled_on is None and account.id != actor.account_id
        ]

        def save(account_id: int, day: date | None) -> None:
            target = cast("AccountId", account_id)
            self._section.done(self._work.accounts.change_principal(actor, target, day))

        HandoverDialog(
            self._context.look, actor.name, people, self._work.clock.today(), save, self._section
        ).open()

    def _staff_made(self, made: StaffMade) -> None:
        topics = frozenset({Topic.ACCOUNTS, Topic.TRAIL})
        words = self.tr("Đã lập {n} tài khoản").format(n=len(made.people))
        self._section.done(CommandResult(topics, 0, words))
        self._show_slips(made)

    def hand_slips(self, people: tuple[FirstPassword, ...]) -> None:
        """Show and print the slip of a password that was set anew."""
        self._show_slips(StaffMade(people, 0, ""))

    def _show_slips(self, made: StaffMade) -> None:
        school = self._work.session.school
        lines = SchoolLines(school.authority, school.name, school.commune, school.province)
        slips = PasswordSlips(
            lines,
            self._work.clock.now(),
            tuple(PasswordSlip(p.name, p.department, p.uid, p.password) for p in made.people),
        )

        def print_slips() -> bool:
            title = self.tr("Phiếu mật khẩu ban đầu")
            press = self._work.paper
            return print_secret(dialog, title, lambda: press.password_slips(slips).content)

        dialog = FirstPasswordsDialog(self._context.look, made, print_slips, self._section)
        dialog.open()

    def _show_paper(self, result: CommandResult, title: str, line: str, stem: str) -> None:
        printed = cast("Printed", result.payload)
        PaperDialog(
            self._context, self._work, self.outlets, printed.run, printed.pdf.content, title, line,
            stem, self._section,
        ).open()  # fmt: skip
