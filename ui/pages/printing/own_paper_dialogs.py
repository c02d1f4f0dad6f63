"""What is asked before a teacher's own book or phiếu kết quả is shown or printed."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.periods import Period
from app.services.result_slip_assembly import slip_period_words
from app.services.result_slips import SlipOrder
from app.services.teacher_book_assembly import TeacherBookOrder
from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.typography import Role
from ui.widgets.combos import Combo
from ui.widgets.fields import LabelledField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from app.domain.ids import PupilId, SubjectId
    from app.services.teacher_books import BookSubject
    from ui.theme.look import Look

_BLANK = ""
_EVERYBODY = 0
MOST_COPIES = 3


class BookReach(StrEnum):
    """How many books are printed at once."""

    ONE = "one"
    CLASS = "class"
    SCHOOL = "school"


class _OwnPaperDialog(EntryDialog):
    """Choices above two ways on: the bản làm việc, or a numbered run."""

    def __init__(self, look: Look, parent: QWidget, title: str, about: str) -> None:
        super().__init__(look, title, icon="printer", parent=parent, width=540)
        self.body.addWidget(Label(look, about, Role.CARD_TITLE, wrap=True))

    def _choice(self, label: str, choices: Sequence[tuple[object, str]], hint: str = "") -> Combo:
        combo = Combo(self.look, label, choices)
        self.add_field(LabelledField(self.look, label, combo, hint))
        return combo

    def _copies(self) -> Combo:
        counts = [(n, self.tr("{n} bản").format(n=n)) for n in range(1, MOST_COPIES + 1)]
        return self._choice(self.tr("Số bản giấy sẽ in"), counts)

    def _end(self, preview: Callable[[], object], official: Callable[[], object]) -> None:
        self.body.addStretch(1)
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.preview_button = self.add_button(
            self.tr("Xem bản làm việc"), self._closing(preview), kind="secondary", icon="eye"
        )
        self.official_button = self.add_button(
            self.tr("Cấp số và in"), self._closing(official), icon="printer"
        )
        self.guard(self.official_button)
        self.finished.connect(self.deleteLater)

    def _closing(self, act: Callable[[], object]) -> Callable[[], None]:
        def close_and_act() -> None:
            self.accept()
            act()

        return close_and_act


class TeacherBookDialog(_OwnPaperDialog):
    """Sổ của giáo viên: which subject, empty or filled, for whom."""

    def __init__(
        self,
        look: Look,
        parent: QWidget,
        class_name: str,
        subjects: Sequence[BookSubject],
        periods: Sequence[Period],
        on_preview: Callable[[TeacherBookOrder], object],
        on_print: Callable[[TeacherBookOrder, BookReach], object],
        *,
        of_office: bool = False,
        subject_id: SubjectId | None = None,
    ) -> None:
        """`of_office` may print the books of a class or of the school at once."""
        about = self.tr("Sổ của giáo viên, lớp {name}").format(name=class_name)
        super().__init__(look, parent, self.tr("In sổ của giáo viên"), about)
        self._periods = tuple(periods)
        self.subjects = self._choice(self.tr("Môn"), [(one.id, one.name) for one in subjects])
        if subject_id is not None:
            self.subjects.set_current(subject_id)
        contents = [(_BLANK, self.tr("Để trống, ghi tay trong năm"))]
        contents += [
            (period.value, self.tr("Đã ghi đến {period}").format(period=period.words))
            for period in periods
        ]
        self.contents = self._choice(
            self.tr("Nội dung"),
            contents,
            self.tr("Sổ trống in sau khi chốt danh sách; sổ đã ghi in sau khi chốt kì."),
        )
        self.reach: Combo | None = None
        if of_office:
            self.reach = self._choice(
                self.tr("In cho"),
                [
                    (BookReach.ONE, self.tr("Môn đã chọn")),
                    (BookReach.CLASS, self.tr("Mọi môn của lớp, mỗi môn một sổ")),
                    (BookReach.SCHOOL, self.tr("Mọi môn của mọi lớp, mỗi môn một sổ")),
                ],
            )
            self.reach.picked.connect(lambda _reach: self._follow())
        self.copies = self._copies()
        self._end(lambda: on_preview(self.order), lambda: on_print(self.order, self.reached))

    @property
    def order(self) -> TeacherBookOrder:
        """What is chosen."""
        chosen = self.contents.current()
        blank = chosen == _BLANK
        until = self._periods[-1] if blank else Period(chosen)
        copies = int(self.copies.current())
        return TeacherBookOrder(self.subjects.current(), until, blank, copies)

    @property
    def reached(self) -> BookReach:
        """How many books; one for a teacher."""
        return BookReach.ONE if self.reach is None else BookReach(self.reach.current())

    def _follow(self) -> None:
        one = self.reached is BookReach.ONE
        for widget in (self.subjects, self.copies, self.preview_button):
            widget.setEnabled(one)


class ResultSlipDialog(_OwnPaperDialog):
    """Phiếu kết quả: of which period, of the class or of one pupil."""

    def __init__(
        self,
        look: Look,
        parent: QWidget,
        class_name: str,
        periods: Sequence[Period],
        pupils: Sequence[tuple[PupilId, str]],
        on_preview: Callable[[SlipOrder], object],
        on_print: Callable[[SlipOrder], object],
    ) -> None:
        about = self.tr("Phiếu kết quả cho cha mẹ học sinh, lớp {name}").format(name=class_name)
        super().__init__(look, parent, self.tr("In phiếu kết quả"), about)
        self.periods = self._choice(
            self.tr("Kì"), [(period.value, slip_period_words(period)) for period in periods]
        )
        everybody: list[tuple[int, str]] = [(_EVERYBODY, self.tr("Cả lớp, mỗi em một tờ"))]
        self.pupils = self._choice(
            self.tr("Của"),
            [*everybody, *pupils],
            self.tr("Kết quả của em nào chỉ đưa cho em ấy và cha mẹ, người giám hộ."),
        )
        self.copies = self._copies()
        self._end(lambda: on_preview(self.order), lambda: on_print(self.order))

    @property
    def order(self) -> SlipOrder:
        """What is chosen."""
        pupil = self.pupils.current()
        return SlipOrder(
            Period(self.periods.current()),
            None if pupil == _EVERYBODY else pupil,
            int(self.copies.current()),
        )
