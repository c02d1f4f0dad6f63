"""Sửa môn, thêm môn: one subject of a grade before marks rest on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.periods import Term
from app.domain.subjects import SubjectKind
from app.errors import RuleRefused
from app.services.column_counts import MOST_PERIODIC
from app.services.subject_plans import (
    MOST_PERIODS,
    SubjectFacts,
    circular_count,
    usual_dk_count,
)
from app.text import clean
from ui.dialogs.entry_dialog import EntryDialog
from ui.widgets.checks import CheckBox
from ui.widgets.combos import Combo
from ui.widgets.fields import LabelledField, TextField, side_by_side

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.domain.school import SchoolYear
    from app.domain.subjects import Subject
    from ui.theme.look import Look

_BY_CIRCULAR = 0
_TERMS = {"both": frozenset(Term), "HK1": frozenset({Term.HK1}), "HK2": frozenset({Term.HK2})}


class SubjectDialog(EntryDialog):
    """`save(facts)`; `remove()` asks whether an existing one leaves the grade."""

    def __init__(
        self,
        look: Look,
        year: SchoolYear,
        grade: int,
        subject: Subject | None,
        save: Callable[[SubjectFacts], None],
        remove: Callable[[], None],
        parent: QWidget,
    ) -> None:
        title = parent.tr("Thêm môn học") if subject is None else parent.tr("Sửa môn học")
        super().__init__(
            look, title, note=parent.tr("khối {n}, năm học {year}").format(n=grade, year=year.name),
            icon="mark-book", parent=parent, width=560,
        )  # fmt: skip
        self._year, self._grade, self._subject, self._save = year, grade, subject, save
        self._build_names()
        self._build_lessons()
        self._build_count()
        self.optional = CheckBox(look, self.tr("Môn tự chọn: từng lớp, từng em có thể không học"))
        self.body.addWidget(self.optional)
        self.add_refusal_line()
        self.body.addStretch(1)
        if subject is not None:
            self.remove_button = self.add_foot_link(
                self.tr("Bỏ môn khỏi khối {n}").format(n=grade),
                lambda: self._leave_for(remove),
                "close",
            )
        self.add_safe_button(self.tr("Để sau"), self.reject)
        words = self.tr("Thêm môn") if subject is None else self.tr("Lưu môn học")
        self.save_button = self.add_button(words, self._submit, icon="check")
        self.finished.connect(self.deleteLater)
        self._show(subject)
        self.name.setFocus()

    def _build_names(self) -> None:
        look = self.look
        self.name = TextField(look, self.tr("Tên môn"), self.tr("Giáo dục kinh tế và pháp luật"))
        self.short = TextField(look, self.tr("Tên viết tắt"), self.tr("GDKT&PL"))
        self.body.addLayout(
            side_by_side(
                LabelledField(look, self.tr("Tên môn, như in trên sổ"), self.name),
                LabelledField(look, self.tr("Tên viết tắt, cho cột hẹp"), self.short),
            )
        )

    def _build_lessons(self) -> None:
        look = self.look
        self.kind = Combo(
            look,
            self.tr("Đánh giá bằng"),
            [
                (SubjectKind.MARKS.value, self.tr("nhận xét và điểm số")),
                (SubjectKind.COMMENTS.value, self.tr("nhận xét (Đ, CĐ)")),
            ],
        )
        self.terms = Combo(
            look,
            self.tr("Dạy ở"),
            [
                ("both", self.tr("cả hai học kì")),
                ("HK1", self.tr("chỉ học kì I")),
                ("HK2", self.tr("chỉ học kì II")),
            ],
        )
        self.periods = TextField(look, self.tr("Số tiết cả năm"), "70")
        self.body.addLayout(
            side_by_side(
                LabelledField(look, self.tr("Đánh giá bằng"), self.kind),
                LabelledField(look, self.tr("Dạy ở"), self.terms),
            )
        )
        self._periods_field = LabelledField(
            look, self.tr("Số tiết cả năm, không kể chuyên đề"), self.periods
        )

    def _build_count(self) -> None:
        look = self.look
        self.count = Combo(look, self.tr("Số ĐĐGtx mỗi học kì"))
        self.body.addLayout(
            side_by_side(
                self._periods_field,
                LabelledField(look, self.tr("Số ĐĐGtx mỗi học kì"), self.count),
            )
        )
        self.periodic = Combo(
            look, self.tr("Số KTđk mỗi học kì"),
            [(n, str(n)) for n in range(1, MOST_PERIODIC + 1)],
        )  # fmt: skip
        self._periodic_field = self.add_field(
            LabelledField(
                look,
                self.tr("Số bài kiểm tra từ 1 tiết (KTđk) mỗi học kì, theo kế hoạch dạy học"),
                self.periodic,
            )
        )
        self.reason = TextField(look, self.tr("Căn cứ"))
        self._reason_field = self.add_field(
            LabelledField(
                look,
                self.tr("Căn cứ khi số ĐĐGtx khác thông tư"),
                self.reason,
                self.tr("Thí dụ: kế hoạch giáo dục của nhà trường số …"),
            )
        )
        self.kind.picked.connect(lambda _kind: self._count_choices())
        self.periods.textChanged.connect(lambda _text: self._count_choices())
        self.count.picked.connect(lambda _n: self._show_reason())

    def _show(self, subject: Subject | None) -> None:
        if subject is None:
            self.periods.setText("35")
            self._count_choices()
            self._show_periodic(self._usual_periodic())
            self._show_reason()
            return
        self.name.setText(subject.name)
        self.short.setText(subject.short_name)
        self.kind.set_current(subject.kind.value)
        self.terms.set_current(next(key for key, t in _TERMS.items() if t == subject.terms))
        self.periods.setText(str(subject.periods))
        self._count_choices()
        self.count.set_current(subject.tx_count if subject.tx_reason else _BY_CIRCULAR)
        self._show_periodic(subject.dk_count)
        self.reason.setText(subject.tx_reason)
        self.optional.setChecked(subject.optional)
        self.optional.setVisible(not subject.elective)
        self._show_reason()

    def _count_choices(self) -> None:
        """The circular's number follows lessons and kind as they are typed."""
        lessons = self._lessons()
        if lessons is None:
            words = self.tr("theo thông tư")
        else:
            number = circular_count(self._year, self._grade, self._kind(), lessons)
            words = self.tr("theo thông tư: {n}").format(n=number)
        own = [(n, self.tr("trường đặt: {n}").format(n=n)) for n in range(2, 10)]
        self.count.set_choices([(_BY_CIRCULAR, words), *own])

    def _usual_periodic(self) -> int:
        return usual_dk_count(self._year, self._grade, self._lessons() or 1)

    def _show_periodic(self, count: int) -> None:
        """Only years before TT26/2020 have several KTđk."""
        self._periodic_field.setVisible(count > 0)
        if count:
            self.periodic.set_current(count)

    def _show_reason(self) -> None:
        self._reason_field.setVisible(self.count.current() != _BY_CIRCULAR)

    def _kind(self) -> SubjectKind:
        # Qt hands a string enum back as its text.
        return SubjectKind(self.kind.current())

    def _lessons(self) -> int | None:
        typed = clean(self.periods.text())
        read = typed.isascii() and typed.isdigit() and len(typed) <= len(str(MOST_PERIODS))
        return int(typed) if read else None

    def _facts(self) -> SubjectFacts:
        lessons = self._lessons()
        if lessons is None:
            raise RuleRefused(
                "periods_not_a_number",
                f"“{clean(self.periods.text())[:24]}” không phải số tiết; hãy ghi số nguyên, thí "
                "dụ 70.",
            )
        count = self.count.current()
        return SubjectFacts(
            name=self.name.text(),
            short_name=self.short.text(),
            kind=self._kind(),
            periods=lessons,
            terms=_TERMS[self.terms.current()],
            tx_count=None if count == _BY_CIRCULAR else count,
            tx_reason="" if count == _BY_CIRCULAR else self.reason.text(),
            optional=self.optional.isChecked(),
            dk_count=self.periodic.current() if self._usual_periodic() else None,
        )

    def _submit(self) -> None:
        if self.attempt(lambda: self._save(self._facts())):
            self.accept()

    def _leave_for(self, act: Callable[[], None]) -> None:
        self.reject()
        act()
