"""Quy định: every rule of the year in words, whose it is, and all versions it had."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.domain.rule_catalogue import APPROVER_OF, NAMED_OF
from app.domain.rules import Keeping, RuleGroup
from app.services.account_papers import PRINTERS
from app.text import date_vn
from ui.dialogs.paper_dialog import PaperDialog
from ui.dialogs.paper_outlets import SystemOutlets
from ui.pages.administration.rule_dialogs import ProfileDialog, RuleDialog
from ui.pages.administration.section import Section
from ui.theme.tokens import CARD_GAP
from ui.theme.typography import Role
from ui.widgets.buttons import secondary
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.sentence_strip import SentenceStrip
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.rules import RuleVersion
    from app.domain.school import SchoolYear
    from app.readmodels.rule_table import RuleBoard, RuleLine
    from app.services.print_keeping import Printed
    from app.services.rule_book import RuleAct
    from app.workspace import Workspace
    from ui.dialogs.paper_outlets import PaperOutlets
    from ui.navigation import PageContext

_ROW, _SIDE = 29, 360


class RulesSection(Section):
    """A table of rules; at its right the rule chosen, whole, and the versions of the year."""

    def __init__(
        self,
        context: PageContext,
        work: Workspace,
        year: Callable[[], SchoolYear | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, work, year, parent)
        self.outlets: PaperOutlets = SystemOutlets()
        self._board: RuleBoard | None = None
        self._shown: RuleVersion | None = None
        self._stack = QStackedLayout()
        self.column.addLayout(self._stack, 1)
        self._main = QWidget()
        down = QVBoxLayout(self._main)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(CARD_GAP)
        self.undecidable = SentenceStrip(self.look)
        down.addWidget(self.undecidable)
        across = QHBoxLayout()
        across.setSpacing(CARD_GAP)
        down.addLayout(across, 1)
        across.addWidget(self._table_card(), 1)
        side = QVBoxLayout()
        side.setSpacing(CARD_GAP)
        side.addWidget(self._rule_card())
        side.addWidget(self._versions_card(), 1)
        across.addLayout(side)
        self._stack.addWidget(self._main)
        self._empty = EmptyState(
            self.look,
            "file",
            self.tr("Trường chưa có năm học"),
            self.tr("Lập năm học trước; mỗi năm học giữ quy định đang có hiệu lực của năm ấy."),
        )
        self._stack.addWidget(self._empty)

    def refresh(self) -> None:
        """The year's rules of today again."""
        year = self.year()
        self._stack.setCurrentWidget(self._empty if year is None else self._main)
        if year is None:
            return
        board = self.work.rules.board(self.work.session.actor, year.id)
        self._board = board
        self.choose_button.setVisible(board.may_change)
        self.change_button.setVisible(board.may_change)
        self.print_button.setVisible(self.work.session.actor.has(*PRINTERS))
        self.versions.set_records(board.versions)
        self.versions_table.setVisible(bool(board.versions))
        self.no_versions.setVisible(not board.versions)
        paper = f" ({board.profile_paper})" if board.profile_paper else ""
        self.profile.setText(f"{board.profile_title}{paper}")
        self.profile.setVisible(bool(board.versions))
        acts = ", ".join(kind.act for kind in board.undecidable)
        words = self.tr(
            "Không còn ai duyệt được hồ sơ {acts}: người được nêu tên đã thôi chức vụ hoặc tài "
            "khoản đã khóa. Hiệu trưởng đổi người duyệt, hoặc bỏ tên, bằng một quyết định."
        )
        self.undecidable.say(words.format(acts=acts) if acts else "")
        self._show(board.version)

    def choose_profile(self) -> None:
        """Chọn hồ sơ quy định."""
        year = self.year()
        if year is None:
            return
        actor, rules = self.work.session.actor, self.work.rules

        def save(profile: str, act: RuleAct) -> None:
            self.done(rules.choose(actor, year.id, profile, act))

        today = self.work.clock.today()
        ProfileDialog(self.look, rules.choices(year.id), today, save, self).open()

    def change_rule(self) -> None:
        """Đổi the rule chosen."""
        year, line = self.year(), self.chosen()
        if year is None or line is None or self._board is None or not self._board.may_change:
            return
        actor, rules = self.work.session.actor, self.work.rules

        def save(values: dict[str, str], act: RuleAct) -> None:
            self.done(rules.change(actor, year.id, values, act))

        today = self.work.clock.today()
        RuleDialog(self.look, line, today, save, self, self._named(line)).open()

    def _named(self, line: RuleLine) -> RuleLine | None:
        """The rule that names people of the offices in a rule; None for any other rule."""
        kind = next((k for k, spec in APPROVER_OF.items() if spec.key == line.spec.key), None)
        if kind is None:
            return None
        return next(x for x in self.lines.records() if x.spec.key == NAMED_OF[kind].key)

    def print_table(self) -> None:
        """In bảng quy định đang áp dụng."""
        year = self.year()
        if year is None:
            return
        actor = self.work.session.actor
        result = self.run(lambda: self.work.rule_papers.print_table(actor, year.id))
        if result is None:
            return
        printed = cast("Printed", result.payload)
        PaperDialog(
            self.context, self.work, self.outlets, printed.run, printed.pdf.content,
            self.tr("Bảng quy định đang áp dụng"),
            self.tr("Đúng tệp đã lưu trong sổ. In ra, hiệu trưởng ký, đóng dấu, phát cho các bộ "
                    "phận."),
            "bang-quy-dinh", self,
        ).open()  # fmt: skip

    def chosen(self) -> RuleLine | None:
        """The rule at the current row."""
        row = self.table.chosen_row()
        return self.lines.record(row) if row >= 0 else None

    # --- inside

    def _show(self, version: RuleVersion | None) -> None:
        """The rules of one version; None shows what counts today."""
        board = self._board
        if board is None:
            return
        kept = self.chosen()
        now = version is None or version == board.version
        self._shown = None if now else version
        lines = board.lines if now or version is None else self.work.rules.lines_of(version)
        shown = board.version if version is None else version
        title = self.tr("Quy định đang áp dụng") if now else self.tr("Quy định trước đây, để xem")
        note = self.tr("quy định chung của chương trình")
        if shown is not None:
            note = self.tr("bản {n}, từ {day}").format(n=shown.number, day=date_vn(shown.starts_on))
        self.card.set_title(title, note)
        self.lines.set_records(lines)
        keys = [line.spec.key for line in lines]
        self.table.selectRow(keys.index(kept.spec.key) if kept is not None else 0)
        self._show_rule()

    def _show_rule(self) -> None:
        line = self.chosen()
        if line is None:
            return
        self.rule_card.set_title(line.spec.title)
        self.words.setText(line.words)
        kept = {
            Keeping.PROGRAM: self.tr("Máy tự kiểm: trái quy định thì từ chối, kèm lý do."),
            Keeping.REMINDER: self.tr("Máy đếm việc còn thiếu và nhắc trên bàn làm việc theo hạn."),
            Keeping.SCHOOL: self.tr("Nhà trường tự giữ trên giấy. {why}").format(
                why=line.spec.on_paper
            ),
        }[line.spec.kept]
        if line.spec.group is RuleGroup.READINGS:
            kept = {
                Keeping.PROGRAM: self.tr("Máy tính kết quả của cả năm học theo cách hiểu này."),
                Keeping.REMINDER: self.tr("Máy chỉ nhắc, không từ chối."),
            }[line.spec.kept]
        own = self.tr(" Trường đã đổi khác hồ sơ gốc.") if line.own else ""
        self.kept.setText(kept + own)
        self.source.setText(self.tr("Nguồn: {source}").format(source=line.spec.source))
        board = self._board
        may = board is not None and board.may_change and self._shown is None
        self.change_button.setEnabled(may)

    def _show_version(self) -> None:
        row = self.versions_table.chosen_row()
        if row >= 0 and self._board is not None:
            self._show(self.versions.record(row))

    def _table_card(self) -> Card:
        look = self.look
        self.card = Card(look, self.tr("Quy định đang áp dụng"), " ", flush=True)
        self.print_button = secondary(
            look, self.tr("In bảng quy định"), self.print_table, "printer"
        )
        self.choose_button = secondary(look, self.tr("Chọn hồ sơ…"), self.choose_profile, "file")
        self.card.head.addWidget(self.print_button)
        self.card.head.addWidget(self.choose_button)
        self.lines: RecordModel[RuleLine] = RecordModel(
            [
                Column(self.tr("Nội dung"), lambda r: r.spec.title, role=Role.VALUE,
                       tip=lambda r: r.words),
                Column(self.tr("Đang áp dụng"), _short, tip=lambda r: r.words,
                       tone=lambda r: "ink" if r.value else "ink3"),
                Column(self.tr("Ai giữ"), self._keeper, tone=lambda _r: "ink2"),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, self.tr("Các quy định"), row_height=_ROW)
        self.table.setModel(self.lines)
        self.table.set_widths({0: 300, 1: 350})
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_rule())
        self.table.activated.connect(lambda _index: self.change_rule())
        self.card.body.addWidget(self.table, 1)
        return self.card

    def _rule_card(self) -> Card:
        look = self.look
        self.rule_card = Card(look, " ")
        self.rule_card.setFixedWidth(_SIDE)
        self.words = Label(look, "", Role.BODY, wrap=True)
        self.kept = Label(look, "", Role.CAPTION, "ink2", wrap=True)
        self.source = Label(look, "", Role.CAPTION, "ink3", wrap=True)
        for label in (self.words, self.kept, self.source):
            self.rule_card.body.addWidget(label)
        row = QHBoxLayout()
        self.change_button = secondary(
            look, self.tr("Đổi quy định này…"), self.change_rule, "pencil"
        )
        row.addWidget(self.change_button)
        row.addStretch(1)
        self.rule_card.body.addLayout(row)
        return self.rule_card

    def _versions_card(self) -> Card:
        look = self.look
        card = Card(look, self.tr("Các bản quy định của năm"), flush=True)
        card.setFixedWidth(_SIDE)
        words = self.tr(
            "Chưa chọn hồ sơ nào; đang theo quy định chung. Hiệu trưởng chọn hồ sơ theo văn bản "
            "của Sở, của trường."
        )
        self.no_versions = Label(look, words, Role.BODY, "ink2", wrap=True)
        self.no_versions.setContentsMargins(15, 0, 15, 0)
        card.body.addWidget(self.no_versions, 0, Qt.AlignmentFlag.AlignTop)
        self.profile = Label(look, "", Role.CAPTION, "ink2", wrap=True)
        self.profile.setContentsMargins(15, 0, 15, 0)
        card.body.addWidget(self.profile)
        self.versions: RecordModel[RuleVersion] = RecordModel(
            [
                Column(self.tr("Bản"), lambda v: str(v.number), role=Role.VALUE),
                Column(self.tr("Từ ngày"), lambda v: date_vn(v.starts_on)),
                Column(self.tr("Văn bản"), lambda v: v.decision_no or "–", tip=_version_tip,
                       second=lambda v: v.set_by or v.note),
            ],
            self,
        )  # fmt: skip
        self.versions_table = TableView(look, self.tr("Các bản quy định"), row_height=44)
        self.versions_table.setModel(self.versions)
        self.versions_table.set_widths({0: 52, 1: 104})
        self.versions_table.selectionModel().currentRowChanged.connect(
            lambda *_: self._show_version()
        )
        card.body.addWidget(self.versions_table, 1)
        card.body.addStretch(0)
        return card

    def _keeper(self, line: RuleLine) -> str:
        return {
            Keeping.PROGRAM: self.tr("máy"),
            Keeping.REMINDER: self.tr("máy nhắc"),
            Keeping.SCHOOL: self.tr("trường"),
        }[line.spec.kept]


def _short(line: RuleLine) -> str:
    return line.spec.value_words(line.value) if line.value else line.spec.none


def _version_tip(version: RuleVersion) -> str:
    parts = [version.decision_words, version.note, version.set_by]
    if version.set_at is not None:
        parts.append(f"ghi {version.set_at:%d/%m/%Y, %H:%M}")
    return " · ".join(part for part in parts if part)
