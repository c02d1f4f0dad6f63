"""Quản trị: what the office sets up, and for a new school in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.changes import Topic
from app.readmodels.home import SetupStep
from app.services.school_setup import SETTERS
from ui.pages.administration.accounts_section import AccountsSection
from ui.pages.administration.assignments_section import AssignmentsSection
from ui.pages.administration.backups_section import BackupsSection
from ui.pages.administration.forms_section import FormsSection
from ui.pages.administration.papers_section import PapersSection
from ui.pages.administration.password_section import PasswordSection
from ui.pages.administration.rules_section import RulesSection
from ui.pages.administration.school_section import SchoolSection
from ui.pages.administration.section import Section
from ui.pages.administration.security_section import SecuritySection
from ui.pages.administration.settings_section import SettingsSection
from ui.pages.administration.year_section import YearSection
from ui.pages.home.words import setup_titles
from ui.pages.year_picker import YearPicker
from ui.theme.tokens import CARD_GAP, PAGE_MARGIN
from ui.theme.typography import Role
from ui.widgets.buttons import primary
from ui.widgets.cards import Card
from ui.widgets.labels import Label
from ui.widgets.segmented import Segmented
from ui.widgets.steps import Step, StepRow, StepState

if TYPE_CHECKING:
    from app.changes import CommandResult
    from app.domain.school import SchoolYear
    from app.workspace import Workspace
    from ui.navigation import PageContext

_TOPICS = (
    Topic.SCHOOL,
    Topic.ACCOUNTS,
    Topic.CLASSES,
    Topic.ROSTER,
    Topic.BACKUPS,
    Topic.SETTINGS,
    Topic.PRINTS,
)
_OF_TOPIC = {
    "school": (Topic.SCHOOL,),
    "year": (Topic.SCHOOL, Topic.CLASSES),
    "accounts": (Topic.ACCOUNTS,),
    "assignments": (Topic.ACCOUNTS, Topic.CLASSES, Topic.SCHOOL),
    "papers": (Topic.SCHOOL, Topic.SETTINGS, Topic.PRINTS),
    "forms": (Topic.SETTINGS, Topic.SCHOOL),
    "rules": (Topic.SETTINGS, Topic.SCHOOL),
    "settings": (Topic.SETTINGS,),
    "backups": (Topic.BACKUPS, Topic.SETTINGS),
    "security": (Topic.BACKUPS, Topic.ACCOUNTS, Topic.SETTINGS),
    "password": (Topic.SETTINGS,),
}

_CHAPTER_OF = {
    "accounts": "accounts",
    "assignments": "accounts",
    "backups": "backups",
    "security": "backups",
}


class AdministrationPage(QWidget):
    """Sections behind a row of choices; each is made when it is first shown."""

    def __init__(self, context: PageContext, work: Workspace) -> None:
        super().__init__()
        self._context = context
        self._work = work
        self._look = context.look
        self._stale: set[str] = set()
        self.sections: dict[str, Section] = {}
        self.years = YearPicker(context, work)
        self.years.year_picked.connect(self._year_picked)
        holder = QWidget(self)
        holder.hide()
        self.years.setParent(holder)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PAGE_MARGIN, 14, PAGE_MARGIN, 16)
        outer.setSpacing(CARD_GAP)
        outer.addLayout(self._head())
        self._steps_card = self._build_steps()
        outer.addWidget(self._steps_card)
        self.stack = QStackedWidget()
        outer.addWidget(self.stack, 1)
        context.bus.listen(self, _TOPICS, self._on_changed)
        self._read_years()
        self._show_steps()
        self.show_section("year" if self._next_step() is not None else "school")

    # --- for the window

    def topbar_widgets(self) -> list[QWidget]:
        """The year, once there is one."""
        return [self.years] if self.years.years else []

    def go_to(self, **where: Any) -> None:
        """`section`: a key of `_OF_TOPIC`; `act` "recovery" starts a new recovery code."""
        if where.get("section") in _OF_TOPIC:
            self.show_section(str(where["section"]))
        backups = self.sections.get("backups")
        if where.get("act") == "recovery" and isinstance(backups, BackupsSection):
            backups.safety.renew_code()

    # --- sections

    def year(self) -> SchoolYear | None:
        """The year chosen in the top bar."""
        return self.years.year

    def help_chapter(self) -> str:
        """Accounts and backups have chapters of their own."""
        return _CHAPTER_OF.get(self.tabs.current(), "administration")

    def show_section(self, key: str) -> None:
        """Show one part, made now if nobody opened it before."""
        if key not in self.sections:
            self.sections[key] = self._make(key)
            self.stack.addWidget(self.sections[key])
            self.sections[key].refresh()
        elif key in self._stale:
            self.sections[key].refresh()
        self._stale.discard(key)
        self.tabs.set_current(key)
        self.stack.setCurrentWidget(self.sections[key])

    def do_next_step(self) -> None:
        """The filled button of a new school."""
        step = self._next_step()
        if step is None:
            return
        if step is SetupStep.ROSTERS:
            self._context.open_page("roster")
            return
        places = {SetupStep.ACCOUNTS: "accounts", SetupStep.ASSIGNMENTS: "assignments"}
        self.show_section(places.get(step, "year"))
        year, accounts = self.sections.get("year"), self.sections.get("accounts")
        posts = self.sections.get("assignments")
        if step is SetupStep.ACCOUNTS and isinstance(accounts, AccountsSection):
            accounts.add()
        elif step is SetupStep.ASSIGNMENTS and isinstance(posts, AssignmentsSection):
            posts.paste()
        elif isinstance(year, YearSection):
            {
                SetupStep.YEAR: year.add_year,
                SetupStep.SUBJECTS: year.subjects.fill_subjects,
                SetupStep.CLASSES: year.add_classes,
            }[step]()

    # --- inside

    def _make(self, key: str) -> Section:
        if key == "security":
            year = self.year
            return SecuritySection(self._context, self._work, year, self, self._open_place)
        kind: type[Section] = {
            "school": SchoolSection,
            "year": YearSection,
            "accounts": AccountsSection,
            "assignments": AssignmentsSection,
            "papers": PapersSection,
            "forms": FormsSection,
            "rules": RulesSection,
            "settings": SettingsSection,
            "backups": BackupsSection,
            "password": PasswordSection,
        }[key]
        return kind(self._context, self._work, self.year, self)

    def _open_place(self, place: str) -> None:
        """Where a line of An toàn is put right."""
        self.show_section({"recovery": "backups"}.get(place, place))

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(Label(self._look, self.tr("Quản trị"), Role.TITLE))
        self.tabs = Segmented(
            self._look,
            [
                ("school", self.tr("Trường")),
                ("year", self.tr("Năm học và lớp")),
                ("accounts", self.tr("Tài khoản")),
                ("assignments", self.tr("Phân công")),
                ("papers", self.tr("Căn cứ và số")),
                ("forms", self.tr("Mẫu sổ")),
                ("rules", self.tr("Quy định")),
                ("settings", self.tr("Thiết lập")),
                ("backups", self.tr("Sao lưu")),
                ("security", self.tr("An toàn")),
                ("password", self.tr("Của tôi")),
            ],
            self.tr("Phần của Quản trị"),
        )
        self.tabs.chosen.connect(self.show_section)
        row.addWidget(self.tabs)
        row.addStretch(1)
        return row

    def _build_steps(self) -> Card:
        card = Card(self._look, self.tr("Việc đầu năm"), self.tr("làm lần lượt từ trái sang phải"))
        row = QHBoxLayout()
        row.setSpacing(16)
        self.step_row = StepRow(self._look)
        row.addWidget(self.step_row, 1)
        self.next_button = primary(self._look, "", self.do_next_step, "arrow-right")
        row.addWidget(self.next_button)
        card.body.addLayout(row)
        return card

    def _steps(self) -> tuple[tuple[SetupStep, bool], ...]:
        year = self.year()
        return self._work.tasks.setup_steps(year.id if year is not None else None)

    def _next_step(self) -> SetupStep | None:
        return next((step for step, done in self._steps() if not done), None)

    def _show_steps(self) -> None:
        steps = self._steps()
        waiting = self._next_step()
        may = self._work.session.actor.has(*SETTERS)
        self._steps_card.setVisible(waiting is not None and may)
        if waiting is None:
            return
        titles = setup_titles(self)
        shown = []
        for step, done in steps:
            state = StepState.DONE if done else StepState.TODO
            if step is waiting:
                state = StepState.HALF
            note = self.tr("xong") if done else (self.tr("làm bây giờ") if step is waiting else "")
            shown.append(Step(_SHORT[step], state, note))
        self.step_row.set_steps(shown)
        self.next_button.setText(titles[waiting])

    def _read_years(self) -> None:
        known = {year.id for year in self.years.years}
        new = [year.id for year in self.years.load() if year.id not in known]
        # A year that was just added is the one people go on with.
        if known and new:
            self.years.show_year(new[0])

    def _year_picked(self) -> None:
        self._stale |= set(self.sections)
        self._show_steps()
        self.show_section(self.tabs.current())

    def _on_changed(self, result: CommandResult) -> None:
        had_year = bool(self.years.years)
        self._read_years()
        self._stale |= {
            key
            for key, topics in _OF_TOPIC.items()
            if key in self.sections and not result.topics.isdisjoint(topics)
        }
        self._show_steps()
        self.show_section(self.tabs.current())
        if bool(self.years.years) is not had_year:
            self._context.frame.refresh_topbar()


_SHORT = {
    SetupStep.YEAR: "Năm học",
    SetupStep.SUBJECTS: "Môn học",
    SetupStep.CLASSES: "Lớp",
    SetupStep.ACCOUNTS: "Tài khoản",
    SetupStep.ASSIGNMENTS: "Phân công",
    SetupStep.ROSTERS: "Danh sách",
}
