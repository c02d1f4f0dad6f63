"""Dialogs of Quy định: choose a profile, change one rule; each names its decision and first day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.domain.rules import BETWEEN, RuleKind
from app.services.rule_book import RuleAct
from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.typography import Role
from ui.widgets.checks import CheckBox
from ui.widgets.combos import Combo
from ui.widgets.date_field import DateField
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import date

    from app.readmodels.rule_table import ProfileChoice, RuleLine
    from ui.theme.look import Look

_SHOWN = 8
_DAYS = tuple(range(1, 32))
_MONTHS = (8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7)
"""A school year runs from August to July."""


class _DecisionRow(QWidget):
    """Số quyết định, ngày quyết định, có hiệu lực từ; `act()` reads them."""

    def __init__(self, look: Look, today: date) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        self.number = TextField(look, _tr("Số quyết định"), "41/QĐ-THCS")
        self.decided_on = DateField(look, _tr("Ngày quyết định"), today)
        self.starts_on = DateField(look, _tr("Có hiệu lực từ"), today)
        row.addWidget(LabelledField(look, _tr("Số quyết định của hiệu trưởng"), self.number), 4)
        row.addWidget(LabelledField(look, _tr("Ngày quyết định"), self.decided_on), 3)
        row.addWidget(LabelledField(look, _tr("Có hiệu lực từ"), self.starts_on), 3)

    def act(self, note: str = "") -> RuleAct:
        """What was typed; RuleRefused when a date is no day."""
        return RuleAct(self.number.text(), self.decided_on.value(), self.starts_on.value(), note)


class ProfileDialog(EntryDialog):
    """Chọn hồ sơ quy định: what each would change is read before it is taken."""

    def __init__(
        self,
        look: Look,
        choices: Sequence[ProfileChoice],
        today: date,
        save: Callable[[str, RuleAct], None],
        parent: QWidget,
    ) -> None:
        """`save(profile code, act)` writes and raises AppError when it may not."""
        super().__init__(look, _tr("Chọn hồ sơ quy định"), icon="file", parent=parent, width=720)
        self._save = save
        self._choices = {choice.code: choice for choice in choices}
        self.profile = Combo(
            look, _tr("Hồ sơ quy định"), [(choice.code, choice.title) for choice in choices]
        )
        self.add_field(LabelledField(look, _tr("Hồ sơ quy định"), self.profile))
        self.about = Label(look, "", Role.BODY, "ink2", wrap=True)
        self.body.addWidget(self.about)
        self.differs = Label(look, "", Role.BODY, wrap=True)
        self.body.addWidget(self.differs)
        self.decision = _DecisionRow(look, today)
        self.body.addWidget(self.decision)
        self.body.addStretch(1)
        self.add_refusal_line()
        self.add_safe_button(_tr("Để sau"), self.reject)
        self.save_button = self.add_button(_tr("Áp dụng hồ sơ này"), self._submit, icon="check")
        self.guard(self.save_button)
        self.profile.picked.connect(lambda _code: self._tell())
        self.finished.connect(self.deleteLater)
        self._tell()

    def _tell(self) -> None:
        choice = self._choices[self.profile.current()]
        paper = _tr(" Theo {paper}.").format(paper=choice.paper) if choice.paper else ""
        self.about.setText(choice.about + paper)
        if not choice.differs:
            text = _tr("Không đổi quy định nào so với hiện nay.")
        else:
            shown = "\n".join(f"• {line}" for line in choice.differs[:_SHOWN])
            hidden = len(choice.differs) - _SHOWN
            more = "\n" + _tr("và {n} quy định nữa").format(n=hidden) if hidden > 0 else ""
            head = _tr("Sẽ đổi {n} quy định:").format(n=len(choice.differs))
            text = f"{head}\n{shown}{more}"
        self.differs.setText(text)
        if self.isVisible():
            self._fit()

    def _submit(self) -> None:
        if self.attempt(lambda: self._save(self.profile.current(), self.decision.act())):
            self.accept()


class RuleDialog(EntryDialog):
    """Đổi một quy định."""

    def __init__(
        self,
        look: Look,
        line: RuleLine,
        today: date,
        save: Callable[[dict[str, str], RuleAct], None],
        parent: QWidget,
        named: RuleLine | None = None,
    ) -> None:
        """`save(values by key, act)` writes and raises AppError when it may not.

        `named`: the rule that names people of the offices in `line`; both are settled at once.
        """
        super().__init__(
            look, _tr("Đổi quy định"), note=line.spec.title, icon="pencil", parent=parent, width=640
        )
        self._save = save
        self._line = line
        self.body.addWidget(
            Label(look, _tr("Đang là: {words}").format(words=line.words), Role.BODY, "ink2",
                  wrap=True)
        )  # fmt: skip
        self.value = _editor(look, line)
        self.body.addWidget(self.value)
        self.editors = {line.spec.key: self.value}
        if named is not None:
            words = _tr("Chỉ những người sau (không chọn ai: ai giữ chức vụ ấy cũng duyệt được)")
            self.body.addWidget(Label(look, words, Role.BODY, "ink2", wrap=True))
            people = _ChecksEditor(look, line.people, _uids(named.value))
            self.body.addWidget(people)
            self.editors[named.spec.key] = people
        self.decision = _DecisionRow(look, today)
        self.body.addWidget(self.decision)
        self.note = TextField(look, _tr("Ghi chú"))
        self.add_field(LabelledField(look, _tr("Ghi chú (không bắt buộc)"), self.note))
        self.body.addStretch(1)
        self.add_refusal_line()
        self.add_safe_button(_tr("Để sau"), self.reject)
        self.save_button = self.add_button(_tr("Đổi quy định"), self._submit, icon="check")
        self.guard(self.save_button)
        self.finished.connect(self.deleteLater)

    def _submit(self) -> None:
        act = self.decision.act
        values = {key: editor.text() for key, editor in self.editors.items()}
        if self.attempt(lambda: self._save(values, act(self.note.text()))):
            self.accept()


class ValueEditor(QWidget):
    """Edits the value of a rule; `text()` is the value as it is stored."""

    def text(self) -> str:
        """The value chosen; "" when nothing is laid down."""
        raise NotImplementedError


class _ComboEditor(ValueEditor):
    """A number or a yes and no, chosen from a list."""

    def __init__(self, look: Look, line: RuleLine, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.combo = Combo(look, line.spec.title, choices)
        self.combo.set_current(line.value)
        row.addWidget(LabelledField(look, line.spec.title, self.combo))
        row.addStretch(1)

    def text(self) -> str:
        """The value chosen."""
        return str(self.combo.current())


class _ChecksEditor(ValueEditor):
    """Offices, items or people, ticked."""

    def __init__(
        self, look: Look, choices: Sequence[tuple[str, str]], chosen: Collection[str]
    ) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        self.boxes: dict[str, CheckBox] = {}
        for at, (code, words) in enumerate(choices):
            box = CheckBox(look, words[0].upper() + words[1:])
            box.setChecked(code in chosen)
            self.boxes[code] = box
            grid.addWidget(box, at // 2, at % 2)

    def text(self) -> str:
        """Codes ticked."""
        return ",".join(code for code, box in self.boxes.items() if box.isChecked())


class _DayEditor(ValueEditor):
    """One day of the school year, or two (a span); an empty box means that none is laid down."""

    def __init__(self, look: Look, line: RuleLine, titles: Sequence[str]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        parts = line.value.split("/") if line.value else [""] * len(titles)
        none = ("", _tr("không ấn định"))
        self.pairs: list[tuple[Combo, Combo]] = []
        for title, part in zip(titles, parts, strict=True):
            days = [(f"{day:02d}", str(day)) for day in _DAYS]
            months = [(f"{month:02d}", _tr("tháng {n}").format(n=month)) for month in _MONTHS]
            day = Combo(look, _tr("{title}: ngày").format(title=title), [none, *days])
            month = Combo(look, _tr("{title}: tháng").format(title=title), months)
            day.set_current(part[3:])
            month.set_current(part[:2])
            row.addWidget(LabelledField(look, title, day))
            row.addWidget(LabelledField(look, _tr("Tháng"), month))
            self.pairs.append((day, month))
        row.addStretch(1)

    def text(self) -> str:
        """The day or days."""
        parts = [f"{month.current()}-{day.current()}" for day, month in self.pairs if day.current()]
        return "/".join(parts)


def _editor(look: Look, line: RuleLine) -> ValueEditor:
    spec = line.spec
    match spec.kind:
        case RuleKind.NUMBER:
            numbers = [str(n) for n in range(spec.low, spec.high + 1)]
            choices = [(n, spec.value_words(n)) for n in numbers]
            return _ComboEditor(look, line, [("", spec.none), *choices] if spec.none else choices)
        case RuleKind.FLAG:
            yes, no = spec.say.split("|")
            return _ComboEditor(look, line, [("1", yes), ("0", no)])
        case RuleKind.OFFICES | RuleKind.ITEMS:
            return _ChecksEditor(look, spec.choices, line.value.split(","))
        case RuleKind.PEOPLE:
            return _ChecksEditor(look, line.people, _uids(line.value))
        case RuleKind.DAY:
            return _DayEditor(look, line, [_tr("Ngày")])
        case RuleKind.SPAN:
            return _DayEditor(look, line, [_tr("Từ ngày"), _tr("Đến ngày")])


def _uids(value: str) -> set[str]:
    """Sign-in names in the value of a rule about people."""
    return {one.partition(BETWEEN)[0] for one in value.split(",")}


def _tr(text: str) -> str:
    return QCoreApplication.translate("RuleDialogs", text)
