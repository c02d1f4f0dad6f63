"""Which school file is open or on its way, and the sign-in page in front of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject
from shiboken6 import isValid

from app.damage import is_damage
from app.errors import AppError
from ui.jobs.job_runner import Lane
from ui.opening import Opening
from ui.pages.sign_in.page import SignInPage
from ui.pages.sign_in.people import SignInFacts, SignInPeople
from ui.pages.sign_in.presenter import SignInPresenter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.clock import Clock
    from app.restoring import Restoring
    from app.salvaging import Salvaging
    from app.school_file import SchoolFile, SignedIn
    from app.sign_in_peek import PeekAtFile, PeekedPerson, SignInPeek
    from app.vault import PersonEntry, SchoolLabel
    from ui.jobs.job_runner import JobRunner
    from ui.main_window import MainWindow
    from ui.opening import ToolsOnce
    from ui.theme.look import Look

    Leaders = tuple[PersonEntry, ...]
    Listed = PersonEntry | PeekedPerson


class FileGate(QObject):
    """Holds at most one file; the page comes from a light look, the file from a worker.

    The callbacks run on the window's thread: `on_leave` before a file goes, `on_opened` once it is
    locked, `on_signed_in(file, session)`, `on_recovered(file, code, leaders)`,
    `on_damaged(path, error)` for a file that shows no names.
    """

    def __init__(
        self,
        look: Look,
        window: MainWindow,
        jobs: JobRunner,
        tools: ToolsOnce,
        peek: PeekAtFile,
        clock: Clock,
        *,
        on_leave: Callable[[], None],
        on_opened: Callable[[Path], None],
        on_signed_in: Callable[[SchoolFile, SignedIn], None],
        on_recovered: Callable[[SchoolFile, str, Leaders], None],
        on_choose_file: Callable[[], None],
        on_restore: Callable[[Path], None],
        on_salvage: Callable[[Path], None],
        on_damaged: Callable[[Path, AppError], None],
    ) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._jobs = jobs
        self._tools = tools
        self._peek = peek
        self._clock = clock
        self._on_leave = on_leave
        self._on_opened = on_opened
        self._on_signed_in = on_signed_in
        self._on_recovered = on_recovered
        self._on_choose_file = on_choose_file
        self._on_restore = on_restore
        self._on_salvage = on_salvage
        self._on_damaged = on_damaged
        self._opening: Opening | None = None
        self._file: SchoolFile | None = None
        self._page: SignInPage | None = None

    @property
    def file(self) -> SchoolFile | None:
        """The file this window holds the lock of."""
        return self._file

    @property
    def is_waiting(self) -> bool:
        """True when the page stands and nothing has been opened behind it."""
        return self._opening is not None and self._file is None

    def show_before_opening(self, path: Path) -> bool:
        """The sign-in page of a file by a light look; False when there is nothing to show."""
        seen = self._peek(path)
        if seen is not None:
            self._await(path, seen)
        return seen is not None

    def load(self) -> None:
        """Open, in a worker, the file whose page is shown."""
        if self._opening is not None:
            self._load(self._opening)

    def open_file(self, path: Path) -> None:
        """Go to the sign-in page of a file; a refusal is said where the person looks."""
        file = self._file
        if file is not None and file.path.resolve() == path.resolve():
            self.show_people()
        elif self.show_before_opening(path):
            self.load()
        else:
            # Nothing to show yet: the opening says why in a sentence, or shows the names after all.
            self._load(self._opening_of(path))

    def adopt(self, file: SchoolFile) -> None:
        """A file somebody else opened: a new school."""
        self._let_go()
        self._file = file

    def restoring(self, path: Path) -> Restoring:
        """In a worker: restores of the file on its way, or of a place where none opens."""
        file, opening = self._file, self._opening
        if file is None and opening is not None:
            try:
                file = opening.file()
            except AppError:
                # Damaged or gone is what restores are for.
                return self._tools().files(self._clock).restoring(path)
        if file is None:
            return self._tools().files(self._clock).restoring(path)
        return file.restoring()

    def salvaging(self, path: Path) -> Salvaging:
        """In a worker: salvage of the file on its way, or of one that does not open."""
        file, opening = self._file, self._opening
        if file is None and opening is not None:
            try:
                file = opening.file()
            except AppError:
                # Damaged is what salvage is for.
                return self._tools().files(self._clock).salvaging(path)
        if file is None:
            return self._tools().files(self._clock).salvaging(path)
        return file.salvaging()

    def show_again(self, path: Path) -> None:
        """The sign-in page of a file that was just replaced."""
        if self._file is not None:
            self.show_people()
        else:
            self.open_file(path)

    def leave(self) -> None:
        """Let the file go, ending its session; may raise AppError, with nothing held afterwards."""
        opening, file = self._opening, self._file
        self._opening = self._file = None
        if opening is not None:
            opening.abandon()
        elif file is not None:
            file.close()

    def show_people(self, start_with: str = "") -> None:
        """The names of the open file; `start_with`: whose locked session lies behind the page."""
        file = self._file
        if file is not None:
            self._show(file.path, file.people(), file.label(), start_with)

    def _await(self, path: Path, seen: SignInPeek) -> None:
        self._let_go()
        self._opening = self._opening_of(path)
        self._show(path, seen.people, seen.label, "")

    def _opening_of(self, path: Path) -> Opening:
        return Opening(path, lambda chosen: self._tools().files(self._clock).open(chosen))

    def _load(self, opening: Opening) -> None:
        self._jobs.submit(
            lambda progress: opening.file(),
            owner=self,
            lane=Lane.FILES,
            on_success=lambda file: self._opened(opening, cast("SchoolFile", file)),
            on_failure=lambda error: self._not_opened(opening, error),
            quiet=True,
        )

    def _opened(self, opening: Opening, file: SchoolFile) -> None:
        if opening is not self._opening:
            self._let_go()
            self._opening = opening
            self._file = file
            self.show_people()
        self._file = file
        page = self._shown_page()
        if page is not None:
            page.show_trouble("")
        self._on_opened(file.path)

    def _not_opened(self, opening: Opening, error: Exception) -> None:
        page = self._shown_page()
        if opening is self._opening and page is not None and isinstance(error, AppError):
            page.show_trouble(error.sentence, ways_out=is_damage(error))
        elif isinstance(error, AppError) and is_damage(error):
            self._on_damaged(opening.path, error)
        else:
            self._window.commands.fail(error)

    def _let_go(self) -> None:
        self._on_leave()
        try:
            self.leave()
        except AppError as error:
            self._window.commands.fail(error)

    def _shown_page(self) -> SignInPage | None:
        page = self._page
        return page if page is not None and isValid(page) and not self._window.in_frame else None

    def _show(
        self, path: Path, people: Iterable[Listed], label: SchoolLabel, start_with: str
    ) -> None:
        opening, held = self._opening, self._file

        def ready() -> SchoolFile:
            """In a worker: the file, waiting for its opening."""
            if opening is not None:
                return opening.file()
            if held is None:
                raise RuntimeError("a sign-in page without a file")
            return held

        def recover(code: str) -> tuple[SchoolFile, str, Leaders]:
            file = ready()
            return file, code, file.leaders(code)

        def signed_in(entered: object) -> None:
            file, session = cast("tuple[SchoolFile, SignedIn]", entered)
            # The person may have gone on to another file while the keys were derived.
            if opening is self._opening and held in (None, file):
                self._file = file
                self._on_signed_in(file, session)

        self._window.set_practice(_band(label))
        page = SignInPage(self._look, _facts(path, label))
        page.restore_requested.connect(lambda: self._on_restore(path))
        page.salvage_requested.connect(lambda: self._on_salvage(path))
        SignInPresenter(
            self._look,
            page,
            SignInPeople(tuple(person for person in people if person.active)),
            self._jobs,
            on_sign_in=lambda uid, password: _enter(ready(), uid, password),
            on_signed_in=signed_in,
            on_recover=recover,
            on_recovered=lambda found: self._on_recovered(
                *cast("tuple[SchoolFile, str, Leaders]", found)
            ),
            on_choose_file=self._on_choose_file,
            start_with=start_with,
        )
        self._page = page
        if start_with:
            self._window.lock(page)
        else:
            self._window.show_gate(page)


def _enter(file: SchoolFile, uid: str, password: str) -> tuple[SchoolFile, SignedIn]:
    """In a worker: the same person goes on, anybody else gets a session of their own."""
    session = file.session
    if session is not None and session.actor.uid == uid:
        file.decider(uid, password)
        return file, session
    return file, file.take_over(uid, password)


def _band(label: SchoolLabel) -> str:
    """Words of the band over a file that is not the school's book; "" for the book."""
    mark = label.get("practice", "")
    if not mark:
        return ""
    from app.domain.practice import read_practice

    return read_practice(mark).band


def _facts(path: Path, label: SchoolLabel) -> SignInFacts:
    size = path.stat().st_size if path.exists() else 0
    megabytes = f"{size // 100_000 / 10:.1f}".replace(".", ",")
    practice = {"copy": "Bản tập", "sample": "Trường mẫu"}
    shown = {
        "Loại sổ": practice.get(label.get("practice", ""), ""),
        "Năm học": label.get("year", "").replace("-", "–"),
        "Sổ mở": f"{label.get('classes', '0')} lớp",
        "Hiệu trưởng": label.get("principal", ""),
    }
    return SignInFacts(
        label.get("school_name", ""),
        {name: text for name, text in shown.items() if text},
        path.name,
        f"{path.parent}. {megabytes} MB",
    )
