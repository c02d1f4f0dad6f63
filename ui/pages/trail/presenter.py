"""Decisions of Nhật ký: what is listed, what is said of one entry, whether the chain holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.errors import AppError
from app.services.class_scope import readable_classes
from app.services.trail_codes import CodeState, CodeVerdict
from app.services.trail_review import REVIEWERS, SignedMark, TrailFilter, TrailLine
from app.text import fold
from ui.errors.messages import Anchor
from ui.jobs.job_runner import Job, Lane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.changes import CommandResult
    from app.domain.ids import ClassId
    from app.domain.trail import ChainState
    from app.workspace import Workspace
    from ui.navigation import PageContext
    from ui.pages.trail.page import TrailPage

PORTION = 500
"""Entries read at a time."""
CHECKED_UNASKED = 20_000
"""A chain of up to so many entries is checked when the page opens; a longer one on request."""

_VERDICTS = {
    CodeState.KEPT: ("shield-check", "green"),
    CodeState.KEPT_BUT_LATER_BAD: ("warning", "amber"),
}


@dataclass(frozen=True, slots=True)
class ChainWords:
    """The chain's state: icon, tone and a sentence."""

    icon: str
    tone: str
    sentence: str


class TrailPresenter(QObject):
    """Reads portions; filters of person, class and kind go to the service, words are matched."""

    def __init__(self, page: TrailPage, context: PageContext, work: Workspace) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._work = work
        self.actor = work.session.actor
        self.reviews_all = self.actor.has(*REVIEWERS)
        self.lines: tuple[TrailLine, ...] = ()
        self.marks: tuple[SignedMark, ...] = ()
        self.class_id: ClassId | None = None
        self.account_id: int | None = None
        self.kind = ""
        self.text = ""
        self._newest = PORTION
        self._stale = False
        self._check: Job | None = None
        self.chain = ChainWords(
            "history", "ink2", self.tr("Chuỗi nhật ký chưa kiểm tra trong phiên này.")
        )

    # --- choices

    def start(self) -> None:
        """Fill the filters, read, and check a short chain unasked."""
        classes = self.class_choices()
        if not self.reviews_all and classes:
            self.class_id = classes[0][0]
        self._page.show_choices(classes, self.person_choices(), self.kind_choices())
        self.reload()
        if self.reviews_all and self.lines and self.lines[0].seq <= CHECKED_UNASKED:
            self.check_chain()
        else:
            self._page.show_chain(self.chain)

    def class_choices(self) -> list[tuple[ClassId | None, str]]:
        """Classes of every year, the newest first; teachers get their own only."""
        years = sorted(self._work.setup.years(), key=lambda year: year.name, reverse=True)
        several = len(years) > 1
        found: list[tuple[ClassId | None, str]] = []
        if self.reviews_all:
            found.append((None, self.tr("Mọi lớp")))
        for year in years:
            for klass in readable_classes(self.actor, self._work.setup.classes(year.id)):
                words = f"{klass.name}, {year.name.replace('-', '–')}" if several else klass.name
                found.append((klass.id, words))
        return found

    def person_choices(self) -> list[tuple[int | None, str]]:
        """Everybody who ever had an account."""
        people = sorted(self._work.accounts.all(), key=lambda account: fold(account.full_name))
        return [
            (None, self.tr("Mọi người")),
            *((int(account.id), account.full_name) for account in people),
        ]

    def kind_choices(self) -> list[tuple[str, str]]:
        """Every kind of entry."""
        return [("", self.tr("Mọi việc")), *self._work.trail.kinds()]

    def set_class(self, class_id: ClassId | None) -> None:
        """Filter by class."""
        self.class_id = class_id
        self._from_the_newest()

    def set_person(self, account_id: int | None) -> None:
        """Filter by person."""
        self.account_id = account_id
        self._from_the_newest()

    def set_kind(self, kind: str) -> None:
        """Filter by kind."""
        self.kind = kind
        self._from_the_newest()

    def set_text(self, text: str) -> None:
        """Filter by words, accents optional; nothing is read again."""
        self.text = text
        self._page.show_lines(self.shown())

    def read_more(self) -> None:
        """Go further back."""
        self._newest += PORTION
        self.reload()

    @property
    def may_have_more(self) -> bool:
        """Whether older entries may have been left unread.

        The service counts before it filters by person, so only the first entry proves the end.
        """
        filtered = self.account_id is not None
        return (filtered or len(self.lines) >= self._newest) and not (
            self.lines and self.lines[-1].seq == 1
        )

    # --- reading

    def reload(self) -> None:
        """Read the newest entries that pass the filters."""
        self._stale = False
        wanted = TrailFilter(account_id=self.account_id, class_id=self.class_id, kind=self.kind)
        if not self.reviews_all and self.class_id is None:
            self._page.show_nothing()
            return
        lines = self._context.commands.ask(
            lambda: self._work.trail.lines(self.actor, wanted, self._newest),
            at=Anchor(self._page),
        )
        if lines is None:
            return
        self.lines = lines
        self._page.show_lines(self.shown())
        if self.reviews_all:
            self.marks = self._context.commands.ask(self._checkpoints) or ()
            self._page.show_marks(self.marks)

    def shown(self) -> tuple[TrailLine, ...]:
        """The lines that hold every word of the search."""
        words = fold(self.text).split()
        if not words:
            return self.lines
        return tuple(line for line in self.lines if _holds(line, words))

    def choose(self, line: TrailLine | None) -> None:
        """Explain one entry."""
        if line is None:
            self._page.show_no_entry()
            return
        cells = self._context.commands.ask(
            lambda: self._work.trail.cells(self.actor, line), at=Anchor(self._page.table)
        )
        self._page.show_entry(line, cells or ())

    def on_changed(self, _result: CommandResult) -> None:
        """Every command writes an entry: read again when somebody looks."""
        self._stale = True
        if self._page.isVisible():
            self.reload()

    def on_shown(self) -> None:
        """The page is looked at again."""
        if self._stale:
            self.reload()

    # --- chain

    def check_chain(self) -> None:
        """Recompute every entry and signature, in a job."""
        if self._check is not None or not self.reviews_all:
            return
        self._tell("hourglass", "ink2", self.tr("Đang kiểm tra chuỗi nhật ký…"))
        self._page.check_button.setEnabled(False)
        self._check = self._context.jobs.submit(
            lambda _progress: self._work.trail.check(self.actor),
            owner=self._page,
            lane=Lane.DATABASE,
            on_success=self._checked,
            on_failure=self._not_checked,
            on_settled=self._settled,
        )

    def compare_code(self, text: str) -> None:
        """Whether this file still holds the checkpoint printed on a paper, in a job."""
        self._page.show_verdict(
            ChainWords("hourglass", "ink2", self.tr("Đang so từng mục với mã trên giấy…"))
        )
        self._context.jobs.submit(
            lambda _progress: self._work.trail_codes.compare(self.actor, text),
            owner=self._page,
            lane=Lane.DATABASE,
            on_success=self._compared,
            on_failure=self._not_compared,
        )

    def _compared(self, verdict: CodeVerdict) -> None:
        icon, tone = _VERDICTS.get(verdict.state, ("warning", "red"))
        self._page.show_verdict(ChainWords(icon, tone, verdict.sentence))

    def _not_compared(self, error: Exception) -> None:
        if isinstance(error, AppError):
            self._page.show_verdict(ChainWords("warning", "amber", error.sentence))
        else:
            self._context.jobs.report_unexpected(error)

    def _checked(self, state: ChainState) -> None:
        if state.problem:
            self._tell("warning", "red", state.problem)
            return
        words = self.tr("Chuỗi nhật ký nguyên vẹn: {entries} mục, {signed} mốc ký").format(
            entries=f"{state.entries:,}".replace(",", "."), signed=state.checkpoints
        )
        if self.marks:
            last = self.marks[0]
            words += self.tr(", mốc cuối {code} ngày {day}").format(
                code=last.code, day=f"{last.at:%d/%m/%Y}"
            )
        self._tell("shield-check", "green", f"{words}.")

    def _not_checked(self, error: Exception) -> None:
        self._tell("warning", "amber", self.tr("Chưa kiểm tra được chuỗi nhật ký."))
        self._context.commands.fail(error)

    def _settled(self) -> None:
        self._check = None
        self._page.check_button.setEnabled(True)

    def _tell(self, icon: str, tone: str, sentence: str) -> None:
        self.chain = ChainWords(icon, tone, sentence)
        self._page.show_chain(self.chain)

    # --- inside

    def _from_the_newest(self) -> None:
        self._newest = PORTION
        self.reload()

    def _checkpoints(self) -> tuple[SignedMark, ...]:
        return self._work.trail.checkpoints(self.actor)


def _holds(line: TrailLine, words: Sequence[str]) -> bool:
    text = fold(f"{line.seq} {line.who} {line.title} {line.class_name} {line.sentence}")
    return all(word in text for word in words)
