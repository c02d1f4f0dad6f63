"""Tab Thống kê: counts by subject of the class, or by class of the school."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.subjects import SubjectKind
from app.readmodels.figures import Figures, Measure, MeasureKind, PupilGroup
from app.readmodels.statistics import BANDS, ClassStat, StatHeads, SubjectStat, reached_words, share
from ui.pages.results.year_end_tables import average_text
from ui.theme.typography import Role
from ui.widgets.buttons import secondary
from ui.widgets.cards import Card
from ui.widgets.focus import pass_focus
from ui.widgets.labels import Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.segmented import Segmented
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.theme.look import Look

BY_SUBJECT, BY_CLASS, BY_GRADE, BY_GROUP = "subject", "class", "grade", "group"

STATS_KINDS = (BY_SUBJECT, BY_CLASS, BY_GRADE, BY_GROUP)


class GroupRow(NamedTuple):
    """A group of pupils of one class, grade or circular."""

    scope: Figures
    group: PupilGroup


class StatsTab(QWidget):
    """`asked(name)`: a kind to read, "excel_stats" or "excel_figures" to export."""

    asked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._card = Card(look, " ", flush=True)
        self.kinds = Segmented(
            look,
            [
                (BY_SUBJECT, self.tr("Theo môn")),
                (BY_CLASS, self.tr("Theo lớp")),
                (BY_GRADE, self.tr("Theo khối")),
                (BY_GROUP, self.tr("Theo đối tượng")),
            ],
            self.tr("Cách thống kê"),
        )
        self.kinds.chosen.connect(self.asked.emit)
        self.excel_button = secondary(
            look, self.tr("Xuất Excel…"), lambda: self.asked.emit("excel_stats"), "excel"
        )
        self._card.head.addWidget(self.kinds)
        self.all_button = secondary(
            look, self.tr("Xuất đủ số liệu…"), lambda: self.asked.emit("excel_figures"), "download"
        )
        self._card.head.addWidget(self.excel_button)
        self._card.head.addWidget(self.all_button)
        self._place = QVBoxLayout()
        self._card.body.addLayout(self._place, 1)
        self.note = Label(look, "", Role.CAPTION, "ink3")
        self.note.setContentsMargins(15, 4, 15, 0)
        self._card.body.addWidget(self.note)
        column.addWidget(self._card)
        self.table: TableView | None = None

    def show_subjects(self, title: str, stats: Sequence[SubjectStat]) -> None:
        """One row a subject."""
        if any(stat.kind.is_primary for stat in stats):
            self._show_primary(title, stats)
            return
        columns: list[Column[SubjectStat]] = [
            Column(self.tr("Môn học"), lambda r: r.subject, role=Role.VALUE,
                   tip=lambda r: r.subject),
            Column(self.tr("Giáo viên"), lambda r: r.teacher or self.tr("chưa phân công"),
                   tone=lambda r: "ink2" if r.teacher else "amber", tip=lambda r: r.teacher),
            *(
                Column(band, _band(n), number=True, tone=_quiet(_band(n)))
                for n, band in enumerate(BANDS)
            ),
            Column("Đ", _level(0), number=True, tone=_quiet(_level(0))),
            Column("CĐ", _level(1), number=True, tone=_quiet(_level(1))),
            Column(self.tr("Chưa có"), lambda r: str(r.missing), number=True,
                   tone=lambda r: "amber" if r.missing else "ink3"),
            Column(self.tr("Trung bình"), average_text, number=True),
            Column(self.tr("Đạt yêu cầu"), reached_words, number=True,
                   role=Role.STRONG),
            Column("", lambda r: ""),
        ]  # fmt: skip
        widths = {
            0: 186,
            1: 150,
            **dict.fromkeys(range(2, 7), 74),
            7: 52,
            8: 52,
            9: 72,
            10: 84,
            11: 96,
        }
        self._show(columns, stats, widths, title)
        self.note.setText(self.tr("Đạt yêu cầu: trung bình môn từ 5,0, hoặc mức Đ."))

    def _show_primary(self, title: str, stats: Sequence[SubjectStat]) -> None:
        """One row a subject or trait: levels instead of bands, no mean."""

        def level(n: int) -> Callable[[SubjectStat], str]:
            return lambda r: str(r.counts[n])

        columns: list[Column[SubjectStat]] = [
            Column(self.tr("Môn, phẩm chất, năng lực"), lambda r: r.subject, role=Role.VALUE,
                   tip=lambda r: r.subject),
            Column(self.tr("Giáo viên"), lambda r: r.teacher or self.tr("chưa phân công"),
                   tone=lambda r: "ink2" if r.teacher else "amber", tip=lambda r: r.teacher),
            *(
                Column(words, level(n), number=True, tone=_quiet(level(n)))
                for n, words in enumerate(("T", "H, Đ", "C"))
            ),
            Column(self.tr("Chưa có"), lambda r: str(r.missing), number=True,
                   tone=lambda r: "amber" if r.missing else "ink3"),
            Column(self.tr("Đạt yêu cầu"), reached_words, number=True,
                   role=Role.STRONG),
            Column("", lambda r: ""),
        ]  # fmt: skip
        widths = {0: 250, 1: 190, 2: 70, 3: 70, 4: 70, 5: 80, 6: 110}
        self._show(columns, stats, widths, title)
        self.note.setText(
            self.tr("Đạt yêu cầu: mức T, H của môn học; T, Đ của phẩm chất, năng lực.")
        )

    def show_groups(self, title: str, rows: Sequence[GroupRow]) -> None:
        """Nữ, dân tộc thiểu số, hòa nhập beside all pupils: class, grade, school."""
        levels = [(m, n) for m in _summed(rows) for n in range(len(m.levels))]
        columns: list[Column[GroupRow]] = [
            Column(self.tr("Phạm vi"), _scope_name, role=Role.VALUE, tip=lambda r: r.scope.name),
            Column(self.tr("Đối tượng"), lambda r: r.group.label),
            Column(self.tr("Số em"), lambda r: str(r.scope.pupils[r.group]), number=True,
                   role=Role.STRONG),
            *(_group_column(measure, n) for measure, n in levels),
            Column("", lambda r: ""),
        ]  # fmt: skip
        widths = {0: 168, 1: 152, 2: 66} | dict.fromkeys(range(3, 3 + len(levels)), 98)
        self._show(columns, rows, widths, title)
        self.note.setText(
            self.tr("Số em và phần trăm trong đối tượng. HT: học tập; RL: rèn luyện.")
        )

    def show_classes(
        self, title: str, heads: StatHeads, stats: Sequence[ClassStat], first: str = ""
    ) -> None:
        """One row a class, or a sum under the words `first`: level, then share."""
        columns: list[Column[ClassStat]] = [
            Column(
                first or self.tr("Lớp"),
                lambda r: r.class_name,
                role=Role.VALUE,
                tip=lambda r: r.class_name,
            ),
            Column(self.tr("Sĩ số"), lambda r: str(r.pupils), number=True),
            *_counted(self.tr("HT {x}"), heads.learning, lambda r: r.learning),
            *_counted(self.tr("RL {x}"), heads.conduct, lambda r: r.conduct),
            *_counted("{x}", heads.outcomes, lambda r: r.outcomes),
            *_counted("{x}", heads.titles, lambda r: r.titles),
            Column("", lambda r: ""),
        ]
        many = len(columns)
        first_outcome = 2 + len(heads.learning) + len(heads.conduct)
        widths = {0: 190 if first else 62, 1: 58} | dict.fromkeys(range(2, first_outcome), 94)
        widths |= dict.fromkeys(range(first_outcome, many), 124)
        self._show(columns, stats, widths, title)
        self.note.setText(
            self.tr("HT: kết quả học tập; RL: kết quả rèn luyện. Học sinh đã rời lớp không tính.")
        )

    def _show(
        self,
        columns: Sequence[Column[object]]
        | Sequence[Column[SubjectStat]]
        | Sequence[Column[GroupRow]]
        | Sequence[Column[ClassStat]],
        records: Sequence[object],
        widths: dict[int, int],
        title: str,
    ) -> None:
        self._card.set_title(title)
        former = self.table
        model: RecordModel[object] = RecordModel(columns, self)  # type: ignore[arg-type]
        model.set_records(records)
        self.table = TableView(self._look, title, row_height=29)
        self.table.setModel(model)
        self.table.set_widths(widths)
        self._place.addWidget(self.table)
        pass_focus(self._card, self.table)
        if former is not None:
            self._place.removeWidget(former)
            former.hide()
            former.deleteLater()


def _scope_name(row: GroupRow) -> str:
    """Once for the groups of one class, grade or school."""
    return row.scope.name if row.group is PupilGroup.ALL else ""


def _summed(rows: Sequence[GroupRow]) -> list[Measure]:
    """Results that have levels, in the order of the paper; subjects are a table of their own."""
    kinds = (MeasureKind.LEARNING, MeasureKind.CONDUCT, MeasureKind.OUTCOME)
    found = [rows[0].scope.of(kind) for kind in kinds] if rows else []
    return [measure for measure in found if measure is not None]


_SHORT = {MeasureKind.LEARNING: "HT ", MeasureKind.CONDUCT: "RL "}


def _group_column(measure: Measure, n: int) -> Column[GroupRow]:
    def text(row: GroupRow) -> str:
        mine = row.scope.of(measure.kind)
        if mine is None:
            return ""
        count = mine.counts[row.group][n]
        return f"{count} · {share(count, row.scope.pupils[row.group])}" if count else "0"

    title = _SHORT.get(measure.kind, "") + measure.levels[n]
    return Column(title, text, number=True, tone=lambda r: "ink3" if text(r) == "0" else "ink")


def _band(n: int) -> Callable[[SubjectStat], str]:
    return lambda r: str(r.counts[n]) if r.kind is SubjectKind.MARKS else ""


def _level(n: int) -> Callable[[SubjectStat], str]:
    return lambda r: str(r.counts[n]) if r.kind is SubjectKind.COMMENTS else ""


def _quiet(text: Callable[[SubjectStat], str]) -> Callable[[SubjectStat], str]:
    return lambda r: "ink3" if text(r) == "0" else "ink"


def _counted(
    words: str, names: Sequence[str], counts: Callable[[ClassStat], tuple[int, ...]]
) -> list[Column[ClassStat]]:
    def text(n: int) -> Callable[[ClassStat], str]:
        return lambda r: str(counts(r)[n])

    def tip(n: int, name: str) -> Callable[[ClassStat], str]:
        return lambda r: f"{name}: {counts(r)[n]}/{r.pupils}, {share(counts(r)[n], r.pupils)}"

    return [
        Column(words.format(x=name), text(n), number=True, tip=tip(n, name))
        for n, name in enumerate(names)
    ]
