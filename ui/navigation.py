"""Pages by id: what each needs, who may open it, and when it is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from ui.year_choice import YearChoice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtWidgets import QWidget

    from app.clock import Clock
    from ui.change_bus import ChangeBus
    from ui.command_runner import CommandRunner
    from ui.jobs.job_runner import JobRunner
    from ui.theme.look import Look


HELP = "help"
"""Id of the manual's page."""


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """Who is signed in, as the frame shows it; `actor` is handed through to services untouched."""

    uid: str
    display_name: str
    role_text: str
    roles: frozenset[str]
    school_kind: str
    school_name: str
    actor: Any = None


class FramePort(Protocol):
    """What a page may ask of the window around it."""

    def set_lock(self, text: str, *, is_open: bool) -> None:
        """The lock chip of the top bar; an empty text hides it."""
        ...

    def toast(
        self,
        sentence: str,
        tone: str = "accent",
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """One sentence over the page."""
        ...

    def set_badge(self, page_id: str, count: int) -> None:
        """Number beside a page's word in the rail; 0 hides it."""
        ...

    def set_entry_window(self, text: str) -> None:
        """Countdown in the status strip; an empty text hides it."""
        ...

    def refresh_topbar(self) -> None:
        """Ask the current page for its top bar widgets again."""
        ...


class FileSignals(Protocol):
    """What a page tells the window when the file as a whole changed."""

    def renewed(self, session: object) -> None:
        """The file has a new key; services and pages are to be built from `session`."""
        ...

    def replaced(self, restored: object) -> None:
        """A backup took the file's place: nobody is signed in any more."""
        ...

    def open_file(self, path: object) -> None:
        """Go to the sign-in page of another file."""
        ...


@dataclass(frozen=True, slots=True)
class PageContext:
    """Everything a page gets; its services are bound by the factory of its `PageSpec`."""

    look: Look
    session: SessionInfo
    commands: CommandRunner
    jobs: JobRunner
    bus: ChangeBus
    frame: FramePort
    open_page: Callable[..., bool]
    clock: Clock
    file: FileSignals | None = None
    years: YearChoice = field(default_factory=YearChoice)


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page of the rail; `group` draws a rule where it changes; empty `roles`: everybody."""

    id: str
    title: str
    icon: str
    group: int
    roles: frozenset[str]
    factory: Callable[[PageContext], QWidget]

    def is_for(self, roles: Iterable[str]) -> bool:
        """True when one of `roles` may open it."""
        return not self.roles or not self.roles.isdisjoint(roles)


@runtime_checkable
class CommitsPending(Protocol):
    """A page with an editor that may be open."""

    def commit_pending(self) -> bool:
        """Save what is half typed; False when it was refused and the person must look."""
        ...


@runtime_checkable
class GoesTo(Protocol):
    """A page that can show an exact place (a class, a pupil, a cell)."""

    def go_to(self, **where: Any) -> None:
        """Show the place; unknown keys are ignored by the page."""
        ...


@runtime_checkable
class HasTopbar(Protocol):
    """A page with pickers of its own."""

    def topbar_widgets(self) -> Sequence[QWidget]:
        """Pickers from left to right; the page keeps them, the bar only shows them."""
        ...


@runtime_checkable
class HoldsDraft(Protocol):
    """A page whose half-typed cell survives the automatic lock."""

    def hold_draft(self) -> object:
        """Close the open editor without saving and hand over what was typed; None: nothing."""
        ...

    def return_draft(self, draft: object) -> None:
        """Open the editor again as it was."""
        ...


@runtime_checkable
class HasHelp(Protocol):
    """A page of several parts, each with a chapter of its own in the manual."""

    def help_chapter(self) -> str:
        """Id of the chapter for what is shown now."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of the finder (Ctrl+K): a pupil, class, page, case or printed book."""

    title: str
    note: str
    icon: str
    page_id: str
    where: tuple[tuple[str, Any], ...] = ()


class Navigator:
    """The pages of one session: makes each when it is first opened."""

    def __init__(self, specs: Sequence[PageSpec], context: PageContext) -> None:
        """Keeps only the pages that the session's roles may open."""
        self.specs = tuple(spec for spec in specs if spec.is_for(context.session.roles))
        self._by_id = {spec.id: spec for spec in self.specs}
        self._context = context
        self._pages: dict[str, QWidget] = {}
        self.current_id = ""

    def knows(self, page_id: str) -> bool:
        """True when this session has the page."""
        return page_id in self._by_id

    def spec(self, page_id: str) -> PageSpec:
        """The page's entry; KeyError when this session has none."""
        return self._by_id[page_id]

    def page(self, page_id: str) -> QWidget:
        """The page, made now if nobody opened it before."""
        if page_id not in self._pages:
            self._pages[page_id] = self._by_id[page_id].factory(self._context)
        return self._pages[page_id]

    def made(self) -> tuple[QWidget, ...]:
        """Every page made so far."""
        return tuple(self._pages.values())

    def commit_pending(self) -> bool:
        """Save the open editor of the current page; False when it must not be left."""
        # `object`: a checker holds that no QWidget is a Protocol by accident.
        page: object = self._pages.get(self.current_id)
        return page.commit_pending() if isinstance(page, CommitsPending) else True
