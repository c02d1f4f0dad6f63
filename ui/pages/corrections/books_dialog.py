"""Papers over many cases: the log of some days, the follow-up book of the year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.text import date_vn
from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.typography import Role
from ui.widgets.cards import hairline
from ui.widgets.date_field import DateField
from ui.widgets.fields import LabelledField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.readmodels.correction_log import CorrectionLog
    from ui.theme.look import Look


class BooksDialog(EntryDialog):
    """Two days choose what the log holds; the dialog says at once how much that is."""

    def __init__(
        self,
        look: Look,
        today: date,
        read: Callable[[date, date], CorrectionLog | None],
        print_log: Callable[[date, date], None],
        print_book: Callable[[], None],
        parent: QWidget,
    ) -> None:
        """`print_log` and `print_book` raise AppError when they may not."""
        super().__init__(
            look, self.tr("In nhật ký, sổ theo dõi"), icon="printer", parent=parent, width=560
        )
        self._read = read
        self._print_log = print_log
        self._print_book = print_book
        first, last = last_month(today)
        self.first = DateField(look, self.tr("Từ ngày"), first)
        self.last = DateField(look, self.tr("Đến hết ngày"), last)
        self.body.addWidget(Label(look, self.tr("Nhật ký sửa điểm"), Role.LABEL_TITLE))
        why = self.tr("In trước cuộc họp chuyên môn tháng để kiểm tra và giải trình.")
        self.body.addWidget(Label(look, why, Role.CAPTION, "ink2", wrap=True))
        self.add_field(LabelledField(look, self.tr("Từ ngày"), self.first))
        self.add_field(LabelledField(look, self.tr("Đến hết ngày"), self.last))
        self.found = Label(look, "", Role.STRONG, wrap=True)
        self.body.addWidget(self.found)
        self.body.addWidget(hairline())
        title = self.tr("Sổ theo dõi sử dụng sổ điểm điện tử")
        self.body.addWidget(Label(look, title, Role.LABEL_TITLE))
        said = self.tr("Mỗi hồ sơ của năm học một dòng đánh số, có chỗ người sửa ký tên.")
        self.body.addWidget(Label(look, said, Role.CAPTION, "ink2", wrap=True))
        self.add_refusal_line()
        self.add_safe_button(self.tr("Đóng"), self.reject)
        self.book_button = self.add_button(
            self.tr("In sổ theo dõi"), self._book, kind="secondary", icon="printer"
        )
        self.log_button = self.add_button(self.tr("In nhật ký"), self._log, icon="printer")
        self.finished.connect(self.deleteLater)
        for field in (self.first, self.last):
            field.date_chosen.connect(lambda _day: self._count())
            field.editingFinished.connect(field.commit)
        self._count()

    def _days(self) -> tuple[date, date] | None:
        if not (self.first.commit() and self.last.commit()):
            return None
        first, last = self.first.value(), self.last.value()
        return None if first is None or last is None else (first, last)

    def _count(self) -> None:
        days = self._days()
        log = None if days is None else self._read(*days)
        if log is None or days is None:
            self.found.setText(self.tr("Hãy ghi đủ hai ngày."))
            self.log_button.setEnabled(False)
            return
        self.log_button.setEnabled(log.count > 0)
        if not log.count:
            words = self.tr("Từ {first} đến {last} không có hồ sơ nào xong.")
            self.found.setText(words.format(first=date_vn(days[0]), last=date_vn(days[1])))
            return
        words = self.tr("{n} hồ sơ của {m} người, {k} hồ sơ chưa giải trình.")
        self.found.setText(
            words.format(n=log.count, m=len(log.teachers), k=log.count - log.explained)
        )

    def _log(self) -> None:
        days = self._days()
        if days is not None and self.attempt(lambda: self._print_log(*days)):
            self.accept()

    def _book(self) -> None:
        if self.attempt(self._print_book):
            self.accept()


def last_month(today: date) -> tuple[date, date]:
    """From the first of last month to today: what a monthly meeting looks at."""
    before = today.replace(day=1) - timedelta(days=1)
    return before.replace(day=1), today
