"""Dialogs of the year: a new one, its subjects, classes, and a grade's number of ĐĐGtx."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.domain.school import year_name_is_valid
from app.domain.school_levels import Level
from app.errors import RuleRefused
from app.services.curriculum_filling import offered_subjects
from app.services.school_setup import clean_class_name, default_dates
from app.text import clean, fold
from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.typography import Role
from ui.widgets.checks import CheckBox
from ui.widgets.date_field import DateField
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from app.domain.school import SchoolYear
    from ui.theme.look import Look

_SPLIT = re.compile(r"[,;\n]+")
_GRADE = re.compile(r"(?:lop )?(\d{1,2})")


class YearDialog(EntryDialog):
    """`save(name, starts, term2, ends)`; dates follow the name until somebody changes them."""

    def __init__(
        self,
        look: Look,
        name: str,
        save: Callable[[str, date | None, date | None, date | None], None],
        parent: QWidget,
    ) -> None:
        super().__init__(look, parent.tr("Lập năm học"), icon="calendar", parent=parent, width=480)
        self._save = save
        self.name = TextField(look, self.tr("Năm học"), self.tr("2026-2027"))
        self.add_field(LabelledField(look, self.tr("Năm học"), self.name))
        self.days: list[DateField] = []
        self._chosen = False
        for title in (
            self.tr("Ngày khai giảng"),
            self.tr("Ngày đầu học kì II"),
            self.tr("Ngày kết thúc năm học"),
        ):
            day = DateField(look, title)
            day.date_chosen.connect(lambda _day: setattr(self, "_chosen", True))
            self.days.append(day)
            self.add_field(LabelledField(look, title, day))
        note = self.tr("Ngày theo khung của Bộ; sửa theo kế hoạch của Sở.")
        self.body.addWidget(Label(look, note, Role.CAPTION, "ink3", wrap=True))
        self.add_refusal_line()
        self.name.textChanged.connect(self._suggest)
        self.name.setText(name)
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button(self.tr("Lập năm học"), self._submit, icon="plus")
        self.finished.connect(self.deleteLater)
        self.name.setFocus()

    def _suggest(self, text: str) -> None:
        name = clean(text).replace("–", "-").replace(" ", "")
        self.save_button_text(name)
        if self._chosen or not year_name_is_valid(name):
            return
        for field, day in zip(self.days, default_dates(name), strict=True):
            field.set_value(day)

    def save_button_text(self, name: str) -> None:
        """The filled button names the year."""
        if hasattr(self, "save_button"):
            self.save_button.setText(self.tr("Lập năm học {name}").format(name=name))

    def _submit(self) -> None:
        def act() -> None:
            starts, term2, ends = (field.value() for field in self.days)
            self._save(self.name.text(), starts, term2, ends)

        if self.attempt(act):
            self.accept()


class YearDatesDialog(EntryDialog):
    """`save(starts, term2, ends)` of a year that exists."""

    def __init__(
        self,
        look: Look,
        year: SchoolYear,
        save: Callable[[date, date, date], None],
        parent: QWidget,
    ) -> None:
        super().__init__(
            look, parent.tr("Sửa ngày của năm học"), note=year.name.replace("-", "–"),
            icon="calendar", parent=parent, width=480,
        )  # fmt: skip
        self._save = save
        self.days: list[DateField] = []
        for title, day in (
            (self.tr("Ngày khai giảng"), year.starts_on),
            (self.tr("Ngày đầu học kì II"), year.term2_starts_on),
            (self.tr("Ngày kết thúc năm học"), year.ends_on),
        ):
            field = DateField(look, title, day)
            self.days.append(field)
            self.add_field(LabelledField(look, title, field))
        note = self.tr(
            "Theo kế hoạch thời gian năm học của tỉnh. Kỳ đã chốt và ngày đã điểm danh giữ nguyên."
        )
        self.body.addWidget(Label(look, note, Role.CAPTION, "ink3", wrap=True))
        self.add_refusal_line()
        self.body.addStretch(1)
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button(self.tr("Lưu ngày"), self._submit, icon="check")
        self.finished.connect(self.deleteLater)

    def _submit(self) -> None:
        def act() -> None:
            starts, term2, ends = (field.value() for field in self.days)
            if starts is None or term2 is None or ends is None:
                raise RuleRefused(
                    "year_dates_missing", "Còn ngày để trống; hãy ghi đủ ba ngày của năm học."
                )
            self._save(starts, term2, ends)

        if self.attempt(act):
            self.accept()


class SubjectsDialog(EntryDialog):
    """`save(codes of optional subjects)`."""

    def __init__(
        self,
        look: Look,
        year: SchoolYear,
        grades: Sequence[int],
        save: Callable[[list[str]], None],
        parent: QWidget,
    ) -> None:
        """`grades` are those without subjects, at least one."""
        super().__init__(
            look, parent.tr("Lập danh mục môn học"), note=year.name, icon="mark-book",
            parent=parent, width=540,
        )  # fmt: skip
        self._save = save
        offered = {
            level: found
            for level in Level
            if (found := offered_subjects(year, [g for g in grades if g in level.grades]))
        }
        several = len(offered) > 1
        programmes: list[str] = []
        optional: dict[str, str] = {}
        for level, found in offered.items():
            own = ", ".join(dict.fromkeys(s.name for s in found if not s.optional))
            programmes.append(f"{level.label}: {own}" if several else own)
            for code, name in {s.code: s.name for s in found if s.optional}.items():
                optional.setdefault(code, f"{name} ({level.short})" if several else name)
        names = "; ".join(programmes)
        lead = self.tr(
            "Lấy các môn của chương trình từng khối {first} đến {last} trong năm học này, kèm số "
            "đánh giá thường xuyên theo thông tư: {names}."
        ).format(first=grades[0], last=grades[-1], names=names)
        self.body.addWidget(Label(look, lead, Role.BODY, "ink2", wrap=True))
        self.boxes: dict[str, CheckBox] = {}
        if optional:
            title = self.tr("Môn tự chọn trường có dạy")
            self.body.addWidget(Label(look, title, Role.VALUE, "ink2"))
        for code, name in optional.items():
            self.boxes[code] = CheckBox(look, name)
            self.body.addWidget(self.boxes[code])
        self.add_refusal_line()
        self.body.addStretch(1)
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button(
            self.tr("Lập danh mục môn học"), self._submit, icon="check"
        )
        self.finished.connect(self.deleteLater)

    def _submit(self) -> None:
        chosen = [code for code, box in self.boxes.items() if box.isChecked()]
        if self.attempt(lambda: self._save(chosen)):
            self.accept()


class ClassesDialog(EntryDialog):
    """Several classes at once: "6A, 6B, 7A"; `save([(grade, name), …])`."""

    def __init__(
        self,
        look: Look,
        year: str,
        save: Callable[[list[tuple[int, str]]], None],
        parent: QWidget,
    ) -> None:
        super().__init__(
            look, parent.tr("Lập lớp"), note=year, icon="people", parent=parent, width=520
        )
        self._save = save
        self.names = TextField(look, self.tr("Tên các lớp"), self.tr("6A, 6B, 7A, 7B"))
        self._field = self.add_field(
            LabelledField(
                look,
                self.tr("Tên các lớp"),
                self.names,
                self.tr("Cách nhau bằng dấu phẩy; tên bắt đầu bằng khối"),
            )
        )
        self.body.addStretch(1)
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button(self.tr("Lập các lớp"), self._submit, icon="plus")
        self.names.textChanged.connect(self._count)
        self.finished.connect(self.deleteLater)
        self._count("")
        self.names.setFocus()

    def _count(self, text: str) -> None:
        count = len([part for part in _SPLIT.split(text) if clean(part)])
        self.save_button.setText(self.tr("Lập {n} lớp").format(n=count))
        self.save_button.setEnabled(count > 0)

    def _submit(self) -> None:
        self._field.set_error("")
        if self.attempt(lambda: self._save(read_class_names(self.names.text())), self._field):
            self.accept()


def read_class_names(text: str) -> list[tuple[int, str]]:
    """(grade, name) of each; the first that is no class name refuses all of them."""
    found: list[tuple[int, str]] = []
    for part in _SPLIT.split(text):
        name = clean(part)
        if not name:
            continue
        grade = _GRADE.match(fold(name))
        if grade is None:
            raise RuleRefused(
                "class_name_invalid",
                f"“{name}” không bắt đầu bằng khối; hãy ghi tên lớp như 6A hoặc 6A1.",
                name=name,
            )
        cleaned = clean_class_name(name, int(grade[1]))
        if any(cleaned == other for _, other in found):
            raise RuleRefused(
                "class_name_twice", f"Lớp {cleaned} được ghi hai lần; hãy bỏ một.", name=cleaned
            )
        found.append((int(grade[1]), cleaned))
    return found
