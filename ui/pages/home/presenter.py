"""Decisions of Bàn làm việc: which year, what to show, where each row leads."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.changes import Topic
from app.domain.periods import EntryTerm, Term
from app.domain.practice import Practice
from app.domain.roles import Role
from app.readmodels.home import ClassLine, Duty, MyTask, SetupStep, SubjectLine, TaskKind
from app.readmodels.mark_sheet import SheetId
from app.services.backups import BACKERS, BackupAge, BackupLamp
from app.services.school_setup import SETTERS
from ui.errors.messages import Anchor
from ui.jobs.job_runner import Lane
from ui.pages.home.boards import BoardStep
from ui.pages.home.words import HomeWords, case_is_open, grouped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.changes import CommandResult
    from app.progress import Progress
    from app.readmodels.home import HomeView
    from app.workspace import Workspace
    from ui.navigation import PageContext
    from ui.pages.home.page import HomePage

_SECTION = {
    SetupStep.YEAR: "year",
    SetupStep.SUBJECTS: "year",
    SetupStep.CLASSES: "year",
    SetupStep.ACCOUNTS: "accounts",
    SetupStep.ASSIGNMENTS: "assignments",
}
_SOON_DAYS = 3


class HomePresenter(QObject):
    """Reads one view and hands the page words; opens other pages."""

    def __init__(self, page: HomePage, context: PageContext, work: Workspace) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._work = work
        self._words = HomeWords(self)
        self._rows: list[tuple[MyTask, ...]] = []
        self._backup: BackupAge | None = None
        self.view: HomeView | None = None
        self._stale = False

    def start(self) -> None:
        """Read for the first time; the age of the backup comes later, from a job."""
        self.refresh()
        self._ask_backup()

    def refresh(self) -> None:
        """Read everything again."""
        self._stale = False
        self._page.years.load()
        year_id = self._page.years.year_id
        if year_id is None:
            self.view = None
            self._page.show_no_year(may_set_up=self.may_set_up)
            return
        actor = self._work.session.actor
        view = self._context.commands.ask(
            lambda: self._work.tasks.overview(actor, year_id), at=Anchor(self._page)
        )
        if view is None:
            return
        self.view = view
        self._rows = grouped(view.tasks)
        rows = [self._words.row(at, row, view.today) for at, row in enumerate(self._rows)]
        self._page.show_head(
            self._words.greeting(actor.name), self._words.lead(view), self._main_action(view)
        )
        self._page.show_tasks(rows)
        self._page.show_alerts(self._alerts(view))
        self._show_board(view)
        self._tell_window(view)

    def on_changed(self, result: CommandResult) -> None:
        """Something was saved; a hidden page reads again only when it is shown."""
        if Topic.BACKUPS in result.topics:
            self._ask_backup()
        if self._page.isVisible():
            self.refresh()
        else:
            self._stale = True

    def on_shown(self) -> None:
        """The page came to the front."""
        if self._stale:
            self.refresh()

    @property
    def may_set_up(self) -> bool:
        """Whether this person sets the school up."""
        return self._work.session.actor.has(*SETTERS)

    def open_task(self, key: int) -> None:
        """One click to the exact place."""
        if not 0 <= key < len(self._rows):
            return
        task = self._rows[key][0]
        match task.kind:
            case TaskKind.SET_UP:
                self.open_setup(task.step or SetupStep.YEAR)
            case TaskKind.OPEN_SUMMER:
                self._go("lock_control")
            case TaskKind.OPEN_WINDOW | TaskKind.CLOSE:
                self._go("lock_control", class_id=task.class_id, period=task.term.value)
            case TaskKind.LEFT_OPEN if task.class_id in self._work.session.actor.homeroom:
                self._go("results", class_id=task.class_id, period=task.term.value, confirm=True)
            case TaskKind.LEFT_OPEN:
                self._go("lock_control", class_id=task.class_id, period=task.term.value)
            case TaskKind.ENTER | TaskKind.CONFIRM:
                self._open_sheet(task)
            case TaskKind.CONDUCT:
                self._go("conduct", class_id=task.class_id, term=task.term.value)
            case TaskKind.ATTENDANCE:
                self._go("attendance", class_id=task.class_id, month=task.month)
            case TaskKind.CONFIRM_CLASS:
                self._go("results", class_id=task.class_id, period=task.term.value, confirm=True)
            case TaskKind.PROPOSE_LISTS | TaskKind.APPROVE_LISTS | TaskKind.DECIDE_PLAN:
                self._go("results", class_id=task.class_id, tab="lists")
            case TaskKind.REASSESS | TaskKind.SUMMER_CONDUCT:
                self._go("results", class_id=task.class_id, tab="summer")
            case TaskKind.PROOF_READ:
                self._go("proofs", class_id=task.class_id, subject_id=task.subject_id,
                         period=task.term.value)  # fmt: skip
            case TaskKind.PROOF_ANSWER | TaskKind.PROOF_RESOLVE:
                self._go("proofs", tab="remarks", class_id=task.class_id,
                         subject_id=task.subject_id)  # fmt: skip
            case TaskKind.PRINT:
                scope = task.term.value
                if isinstance(task.term, Term):
                    scope = "HK1" if task.term is Term.HK1 else "CN"
                self._go("printing", class_id=task.class_id, scope=scope)
            case TaskKind.SIGN_AGAIN:
                self._go("lock_control", class_id=task.class_id)
            case TaskKind.MISPLACED | TaskKind.FREEZE:
                self._go("roster", class_id=task.class_id)
            case TaskKind.REMEDY | TaskKind.LOOK_AGAIN:
                self._go("departments", tab="checks")
            case TaskKind.SIGN_PAPERS | TaskKind.CHASE_PAPERS | TaskKind.CHASE_LOANS:
                self._go("printing", tab="papers", number=task.papers[0])
            case TaskKind.HAND_IN:
                self._go("letters", tab="dossier")
            case TaskKind.DUTY:
                self._open_duty(task)
            case _:
                self._go("corrections", case_id=task.case_id)

    def _open_duty(self, task: MyTask) -> None:
        """Where a duty of the school's rules is done."""
        match task.duty:
            case Duty.PROFILES:
                self._go("roster", class_id=task.class_id)
            case Duty.ALLOCATION:
                self._go("roster")
            case Duty.CORRECTION_LOG | Duty.EXPLAIN:
                self._go("corrections")
            case _:
                self._go("printing")

    def open_setup(self, step: SetupStep) -> None:
        """The place where a step of a new school is done."""
        if step is SetupStep.ROSTERS:
            self._go("roster")
        else:
            self._go("administration", section=_SECTION[step])

    def open_line(self, line: SubjectLine | ClassLine, step: BoardStep) -> None:
        """Where a step of a row is done: the first missing cell, the class, the book."""
        view = self.view
        if view is None:
            return
        if isinstance(line, SubjectLine):
            self._open_gap([SheetId(line.class_id, line.subject_id)], line.term)
        elif step is BoardStep.ENTRY:
            subjects = self._context.commands.ask(partial(self._work.setup.subjects, line.class_id))
            sheets = [SheetId(line.class_id, s.id) for s in subjects or () if line.term in s.terms]
            self._open_gap(sheets, line.term)
        elif step is BoardStep.SEAL:
            self._go("sealing", year_id=self._page.years.year_id)
        elif step is BoardStep.PRINT:
            scope = line.term.value
            if isinstance(line.term, Term):
                scope = "HK1" if line.term is Term.HK1 else "CN"
            self._go("printing", class_id=line.class_id, scope=scope)
        else:
            page = {BoardStep.CLASS: "roster", BoardStep.CONFIRM: "results"}
            self._go(page.get(step, "lock_control"), class_id=line.class_id)

    def _open_gap(self, sheets: Sequence[SheetId], term: EntryTerm) -> None:
        for sheet in sheets:
            key = self._context.commands.ask(partial(self._work.tasks.first_gap, sheet, term))
            if key is not None:
                self._go("marks", class_id=sheet.class_id, subject_id=sheet.subject_id,
                         pupil_id=key.pupil_id, column=key.column)  # fmt: skip
                return
        if sheets:
            self._go("marks", class_id=sheets[0].class_id, subject_id=sheets[0].subject_id)

    def main_action(self) -> None:
        """What the filled button does."""
        view = self.view
        if view is None or not view.subjects:
            self._go("lock_control")
            return
        line = next((x for x in view.subjects if x.filled < x.wanted), view.subjects[0])
        mine = [x for x in view.subjects if (x.class_id, x.subject_id) in self._teaches()]
        first = next((x for x in mine if x.filled < x.wanted), mine[0] if mine else line)
        self._go("marks", class_id=first.class_id, subject_id=first.subject_id)

    def _teaches(self) -> frozenset[tuple[int, int]]:
        return self._work.session.actor.teaches

    def _main_action(self, view: HomeView) -> tuple[str, str]:
        """(words, icon) of the filled button; no words when there is nothing to open."""
        if view.subjects:
            return self.tr("Mở sổ điểm"), "mark-book"
        leads = self._work.session.actor.leads
        return (self.tr("Đóng mở sổ"), "lock-open") if leads and view.classes else ("", "")

    def _open_sheet(self, task: MyTask) -> None:
        if task.class_id is None or task.subject_id is None:
            return
        sheet = SheetId(task.class_id, task.subject_id)
        key = self._context.commands.ask(
            lambda: self._work.tasks.first_gap(sheet, task.term, task.column)
        )
        place = {} if key is None else {"pupil_id": key.pupil_id, "column": key.column}
        self._go("marks", class_id=sheet.class_id, subject_id=sheet.subject_id, **place)

    def _go(self, page_id: str, **where: object) -> None:
        wanted = {name: value for name, value in where.items() if value is not None}
        if not self._context.open_page(page_id, **wanted):
            self._context.frame.toast(
                self.tr("Tài khoản này không mở được trang ấy; hãy đổi người dùng (F12)."), "amber"
            )

    def _show_board(self, view: HomeView) -> None:
        if view.subjects and view.homeroom:
            title = self.tr("Tiến độ lớp {name}, {term}").format(
                name=view.homeroom, term=view.subjects[0].term.words
            )
            self._page.show_subjects(title, view.subjects, self._words.subject_steps(view),
                                     one_class=True)  # fmt: skip
        elif view.subjects:
            title = self.tr("Các sổ tôi dạy, {term}").format(term=view.term_words)
            self._page.show_subjects(title, view.subjects, [], one_class=False)
        elif view.classes:
            title = self.tr("Tiến độ toàn trường, {term}").format(term=view.term_words)
            self._page.show_classes(title, view.classes, self._words.class_steps(view))
        else:
            self._page.show_no_board(may_set_up=self.may_set_up)

    def _alerts(self, view: HomeView) -> list[tuple[str, str, str, str, str, str]]:
        """(icon, title, line, tone, action words, page id) of each alert, the gravest first."""
        found: list[tuple[str, str, str, str, str, str]] = []
        if self._lacks_recovery_sheet():
            title = self.tr("Chưa ai xác nhận đang giữ phiếu khôi phục")
            line = self.tr("Quên mật khẩu thì không còn cách nào mở sổ; lập mã mới và in phiếu")
            found.append(("key", title, line, "red", self.tr("Lập phiếu"), "recovery"))
        real = self._work.practising.kind() is not Practice.COPY
        if real and self._backup is not None and self._backup.lamp is not BackupLamp.FRESH:
            tone = "red" if self._backup.lamp is BackupLamp.RED else "amber"
            line = self.tr("Sao lưu ra ổ ngoài để không mất công khi máy hỏng")
            found.append(("drive", self._backup.words, line, tone, self.tr("Sao lưu"), "backups"))
        if view.undecidable:
            found.append(self._undecidable_alert(view))
        for case in view.open_cases:
            if case_is_open(case.step) and case.unlocked_until is not None:
                title = self.tr("Hồ sơ sửa điểm số {n} đang mở ô").format(n=f"{case.number:02d}")
                line = self.tr("{subject}, lớp {name}. Tự khóa lại lúc {at}").format(
                    subject=case.subject_name,
                    name=case.class_name,
                    at=f"{case.unlocked_until:%H:%M}",
                )
                page = "corrections"
                found.append(("lock-open", title, line, "accent", self.tr("Xem hồ sơ"), page))
        for one in view.running:
            if one.until is None or (one.until - view.today).days > _SOON_DAYS:
                continue
            title = self.tr("Đợt nhập {term} đóng ngày {day}").format(
                term=one.term.words, day=f"{one.until:%d/%m}"
            )
            line = self.tr("Sau ngày ấy ô trống phải xin mở bổ sung")
            found.append(("clock", title, line, "amber", "", ""))
        if self._lacks_window(view):
            # Never opened or past already: the view does not say which.
            title = self.tr("Không có đợt nhập {term} đang mở").format(term=view.term_words)
            line = self.tr("Sổ điểm chỉ xem được; ô trống nhờ hiệu trưởng mở đợt, mở bổ sung")
            found.append(("lock-closed", title, line, "amber", "", ""))
        if view.absent:
            found.append(self._absent_alert(view))
        if view.unfrozen:
            title = self.tr("{n} lớp chưa chốt danh sách").format(n=len(view.unfrozen))
            line = ", ".join(view.unfrozen)
            found.append(("roster", title, line, "amber", self.tr("Danh sách lớp"), "roster"))
        return found

    def _undecidable_alert(self, view: HomeView) -> tuple[str, str, str, str, str, str]:
        acts = ", ".join(kind.act for kind in view.undecidable)
        title = self.tr("Không còn ai duyệt được hồ sơ {acts}").format(acts=acts)
        line = self.tr("Người được nêu trong quy định đã thôi chức vụ hoặc đã khóa tài khoản")
        return "person-cross", title, line, "red", self.tr("Đổi quy định"), "rules"

    def _lacks_window(self, view: HomeView) -> bool:
        """Whether a teacher has cells to fill and nothing is open to fill them in."""
        gaps = any(line.filled < line.wanted for line in view.subjects)
        over = all(one.over for one in view.running)
        return view.next_to_end is None and not over and not view.classes and gaps

    def _absent_alert(self, view: HomeView) -> tuple[str, str, str, str, str, str]:
        over = [line for line in view.absent if line.total > line.limit]
        limit = view.absent[0].limit
        title = self.tr("{n} học sinh nghỉ gần {limit} buổi").format(
            n=len(view.absent), limit=limit
        )
        if over:
            title = self.tr("{n} học sinh nghỉ quá {limit} buổi").format(n=len(over), limit=limit)
        shown = over or list(view.absent)
        line = ", ".join(f"{one.name} ({one.class_name}) {one.total}" for one in shown[:3])
        if len(shown) > 3:
            line += self.tr(" và {n} em nữa").format(n=len(shown) - 3)
        tone = "red" if over else "amber"
        return "person-cross", title, line, tone, self.tr("Điểm danh"), "attendance"

    def _lacks_recovery_sheet(self) -> bool:
        """Only the principal makes one; a school to practise on needs none."""
        if not self._work.session.actor.has(Role.PRINCIPAL):
            return False
        real = self._work.practising.kind() is Practice.NONE
        return real and self._work.recovery.confirmed_at() is None

    def open_alert(self, page_id: str) -> None:
        """Where an alert's link leads."""
        if page_id == "recovery":
            self._go("administration", section="backups", act="recovery")
            return
        if page_id == "attendance" and self.view is not None and self.view.absent:
            self._go(page_id, class_id=self.view.absent[0].class_id, near=True)
            return
        if page_id in ("backups", "rules"):
            self._go("administration", section=page_id)
        else:
            self._go(page_id)

    def _tell_window(self, view: HomeView) -> None:
        first, words = view.next_to_end, ""
        if first is not None and first.until is not None:
            words = self.tr("Đợt nhập {term}: còn {n} ngày").format(
                term=first.term.words, n=(first.until - view.today).days
            )
        self._context.frame.set_entry_window(words)

    def _ask_backup(self) -> None:
        if not self._work.session.actor.has(*BACKERS):
            return

        def read(progress: Progress) -> BackupAge:
            return self._work.backups.age()

        self._context.jobs.submit(
            read, owner=self, lane=Lane.FILES, on_success=self._backup_known,
            on_failure=self._context.commands.fail, quiet=True,
        )  # fmt: skip

    def _backup_known(self, age: BackupAge) -> None:
        changed = self._backup is None or self._backup.lamp is not age.lamp
        self._backup = age
        if changed and self.view is not None:
            self._page.show_alerts(self._alerts(self.view))
