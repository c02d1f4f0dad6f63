"""The dialogs of Đóng mở sổ, each joined to its service; results go to everybody by the bus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.domain.lock_scopes import LockScope
from app.domain.locks import LateOpening
from app.domain.periods import Period, Term
from app.domain.school import term_of_day
from ui.dialogs.signed_dialog import Asked, SignedDialog
from ui.pages.lock_control.close_dialog import CloseDialog
from ui.pages.lock_control.control_dialogs import (
    CutoffDialog,
    DecisionDialog,
    OpeningDialog,
)
from ui.pages.lock_control.scope_dialogs import ScopeLockDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from app.changes import CommandResult
    from app.domain.ids import AssessmentId, SchoolYearId, SubjectId
    from app.domain.locks import EntryWindow
    from app.domain.periods import EntryTerm
    from app.domain.school import SchoolYear
    from app.readmodels.lock_board import ClassLockPanel
    from app.services.period_close import Finding
    from app.vault import Signer
    from app.workspace import Workspace
    from ui.navigation import PageContext


class LockActs(QObject):
    """Opens a dialog over `page`; the services decide, record and refuse."""

    def __init__(self, context: PageContext, work: Workspace, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._look = context.look
        self._work = work
        self._page = page

    def open_window(
        self, year_id: SchoolYearId, periods: Sequence[Period], opened: Collection[Period] = ()
    ) -> None:
        """Mở đợt nhập of one of `periods`; suggests the first that is not among `opened`."""
        offered = (*periods, Period.HE)

        def act(dialog: OpeningDialog) -> None:
            opens, closes, decided = dialog.dates()
            self._done(
                self._work.control.open_window(
                    self._work.session.actor, year_id, dialog.chosen_period, opens, closes,
                    dialog.number.text(), decided, dialog.chosen_scope,
                )
            )  # fmt: skip

        OpeningDialog(
            self._look,
            self.tr("Mở đợt nhập"),
            self.tr(
                "Trong các ngày này giáo viên gõ được điểm của kỳ, ở các lớp chưa chốt thuộc phạm "
                "vi. Đợt đã qua ghi lại được, với đúng ngày của quyết định."
            ),
            self.tr("Mở đợt nhập"),
            self._work.clock.today(),
            act,
            self._page,
            periods=offered,
            period=next((one for one in offered if one not in opened), None),
            scopes=self._work.control.scopes(year_id),
            ruled=lambda period: self._work.control.ruled_days(year_id, period),
        ).open()

    def withdraw_window(self, year_id: SchoolYearId, window: EntryWindow) -> None:
        """Thu lại."""
        name = self.tr("{period}, {opens} đến {closes}").format(
            period=window.period.words,
            opens=window.opens_on.strftime("%d/%m"),
            closes=window.closes_on.strftime("%d/%m/%Y"),
        )
        DecisionDialog(
            self._look,
            self.tr("Thu lại đợt nhập"),
            self.tr("Đợt {name} hết hiệu lực ngay; điểm đã gõ trong đợt vẫn giữ nguyên.").format(
                name=name
            ),
            self.tr("Thu lại đợt này"),
            lambda number, day: self._done(
                self._work.control.withdraw_window(
                    self._work.session.actor, year_id, window.id, number, day
                )
            ),
            self._work.clock.today(),
            self._page,
            danger=True,
        ).open()

    def open_late(
        self, view: ClassLockPanel, period: Period, subject_id: SubjectId | None = None
    ) -> None:
        """Mở bổ sung for one class."""

        def act(dialog: OpeningDialog) -> None:
            opens, closes, decided = dialog.dates()
            self._done(
                self._work.control.open_late_in(
                    self._work.session.actor, year_id, dialog.chosen_scope,
                    LateOpening(0, dialog.subject.current(), dialog.chosen_period, opens, closes,
                                dialog.number.text()),
                    decided,
                )
            )  # fmt: skip

        year_id = view.school_year_id
        own = LockScope(class_id=view.class_id, class_name=view.class_name)
        scopes = [own, *(s for s in self._work.control.scopes(year_id) if s != own)]
        every = self.tr("Mọi môn và rèn luyện")
        subjects: list[tuple[SubjectId | None, str]] = [(None, every)]
        subjects += [(s.subject_id, s.name) for s in view.subjects]
        OpeningDialog(
            self._look,
            self.tr("Mở bổ sung"),
            self.tr("Chỉ ô còn trống gõ được; ô đã có điểm vẫn phải lập hồ sơ sửa điểm."),
            self.tr("Mở bổ sung"),
            self._work.clock.today(),
            act,
            self._page,
            subjects=subjects,
            periods=(*view.periods, Period.HE),
            scopes=scopes,
            period=period,
            subject_id=subject_id,
        ).open()

    def set_columns(self, view: ClassLockPanel, ids: Sequence[AssessmentId], *, lock: bool) -> None:
        """Khóa or mở khóa cột."""
        count = len(ids)
        if lock:
            title = self.tr("Khóa {n} cột lớp {name}").format(n=count, name=view.class_name)
            sentence = self.tr("Ô trong cột chỉ còn đổi được bằng hồ sơ sửa điểm.")
        else:
            title = self.tr("Mở khóa {n} cột lớp {name}").format(n=count, name=view.class_name)
            sentence = self.tr("Đợt nhập, chốt và niêm phong giữ nguyên; chỉ khóa cột được gỡ.")
        control, actor = self._work.control, self._work.session.actor
        change = control.lock_columns if lock else control.unlock_columns
        DecisionDialog(
            self._look,
            title,
            sentence,
            title,
            lambda number, day: self._done(change(actor, view.class_id, ids, number, day)),
            self._work.clock.today(),
            self._page,
        ).open()

    def set_columns_in(self, year_id: SchoolYearId, view: ClassLockPanel | None) -> None:
        """Khóa or mở the same columns in many classes; subjects of the class shown to choose."""
        control, actor = self._work.control, self._work.session.actor

        def act(dialog: ScopeLockDialog) -> None:
            decided = dialog.decided_on.value() or self._work.clock.today()
            self._done(
                control.set_columns_in(
                    actor, year_id, dialog.chosen_scope, dialog.columns, dialog.number.text(),
                    decided, lock=bool(dialog.what.current()),
                )
            )  # fmt: skip

        subjects: list[tuple[SubjectId | None, str]] = [(None, self.tr("Mọi môn"))]
        subjects += [] if view is None else [(s.subject_id, s.name) for s in view.subjects]
        year = next(y for y in self._work.setup.years() if y.id == year_id)
        today = self._work.clock.today()
        ScopeLockDialog(
            self._look, control.scopes(year_id), subjects, _half(view, year, today), today, act,
            self._page,
        ).open()  # fmt: skip

    def set_cutoff(
        self, year_id: SchoolYearId, period: Period, day: date | None, *, review: bool
    ) -> None:
        """Hạn lập hồ sơ sửa điểm; `review`: of what the review meeting settles."""

        def act(last: date) -> None:
            actor = self._work.session.actor
            self._done(
                self._work.corrections.set_cutoff(actor, year_id, period, last, review=review)
            )

        CutoffDialog(self._look, period.words, day, act, self._page, review=review).open()

    def close(self, view: ClassLockPanel, after: Callable[[Period], None]) -> None:
        """Chốt the next period of a class."""
        period = view.next_close()
        if period is None:
            return
        report = self._context.commands.ask(
            lambda: self._work.closing.report(view.class_id, period)
        )
        review = self._context.commands.ask(
            lambda: self._work.closing_reviews.review(view.class_id, period)
        )
        if report is None or review is None:
            return

        def close(signer: Signer, number: str, reason: str) -> CommandResult:
            return self._work.closing.close(signer, view.class_id, period, number, reason)

        dialog = CloseDialog(
            self._context,
            report,
            view.closers,
            self._work.decide,
            close,
            lambda finding: self._open_finding(view, period, finding),
            self._page,
            review,
            lambda subject, pupil, column: self._open_mark(view, subject, pupil, column),
        )
        dialog.accepted.connect(lambda: after(period))
        dialog.open()

    def sign(self, view: ClassLockPanel) -> None:
        """Ký duyệt the last closed period that is not signed."""
        period = view.next_sign()
        if period is None:
            return
        name = self.tr("{period} lớp {name}").format(period=period.words, name=view.class_name)
        review = self._context.commands.ask(
            lambda: self._work.closing_reviews.review(view.class_id, period)
        )
        if review is None:
            return
        points = [*review.tampered]
        unexplained = [d for d in review.differences if not d.cause]
        if unexplained:
            points.append(
                self.tr("{n} kết quả tính lại khác lúc chốt mà không có hồ sơ sửa điểm.").format(
                    n=len(unexplained)
                )
            )

        def act(signer: Signer, values: Mapping[str, str]) -> CommandResult:
            return self._work.sign_offs.sign_period(signer, view.class_id, period, values["remark"])

        SignedDialog(
            self._context,
            self.tr("Ký duyệt {name}").format(name=name),
            self.tr(
                "Khóa ký của hiệu trưởng ký vào nhật ký cùng mã dữ liệu của kỳ. Ai đổi một ô sau "
                "đó thì chữ ký này hết hiệu lực và nêu lý do."
            ),
            self.tr("Ký duyệt {name}").format(name=name),
            view.closers,
            self._work.decide,
            act,
            self._page,
            points=points,
            fields=[
                Asked("remark", self.tr("Nhận xét"), self.tr("Sổ sạch, đủ, đúng quy định"),
                      self.tr("Có thể để trống."))
            ],
        ).open()  # fmt: skip

    def _open_mark(
        self, view: ClassLockPanel, subject_id: int, pupil_id: int | None, column: str
    ) -> None:
        where: dict[str, object] = {"class_id": view.class_id, "subject_id": subject_id}
        if pupil_id is not None:
            where |= {"pupil_id": pupil_id, "column": column}
        self._context.open_page("marks", **where)

    def _open_finding(self, view: ClassLockPanel, period: Period, finding: Finding) -> None:
        subject = next((s for s in view.subjects if s.name == finding.subject), None)
        if subject is None and view.primary:
            # Without rèn luyện what is missed beside the sheets is điểm danh.
            self._context.open_page("attendance", class_id=view.class_id)
        elif subject is None:
            self._context.open_page("conduct", class_id=view.class_id, term=period.value)
        else:
            self._context.open_page("marks", class_id=view.class_id, subject_id=subject.subject_id)

    def _done(self, result: CommandResult) -> None:
        self._context.commands.publish(result)
        self._context.frame.toast(f"{result.summary}.", "green")


def _half(view: ClassLockPanel | None, year: SchoolYear, today: date) -> EntryTerm:
    """The term of the class shown that ends the half year of today."""
    term = term_of_day(year, today)
    if view is None or not view.primary:
        return term
    return Period.CK1 if term is Term.HK1 else Period.CN
