"""Decisions of the sign-in page; keys are derived in the FILES lane, so the window lives.

The recovery dialog is imported when it is asked for: the page itself has to appear at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.damage import is_damage
from app.errors import AppError, EnvironmentProblem
from ui.jobs.job_runner import JobRunner, Lane
from ui.widgets.focus import pass_focus

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.pages.sign_in.page import SignInPage
    from ui.pages.sign_in.people import SignInPeople
    from ui.theme.look import Look


class SignInPresenter(QObject):
    """Joins the page, the people and the callbacks of the composition root.

    `on_sign_in(uid, password)` and `on_recover(code)` run in a worker thread: they return what
    `on_signed_in` / `on_recovered` then get on the window's thread, or raise an `AppError`.
    """

    def __init__(
        self,
        look: Look,
        page: SignInPage,
        people: SignInPeople,
        jobs: JobRunner,
        *,
        on_sign_in: Callable[[str, str], object],
        on_signed_in: Callable[[object], None],
        on_recover: Callable[[str], object],
        on_recovered: Callable[[object], None],
        on_choose_file: Callable[[], None],
        start_with: str = "",
    ) -> None:
        """`start_with`: id of the person whose password is asked at once (automatic lock)."""
        super().__init__(page)
        self._look = look
        self._page = page
        self._people = people
        self._jobs = jobs
        self._on_sign_in = on_sign_in
        self._on_signed_in = on_signed_in
        self._on_recover = on_recover
        self._on_recovered = on_recovered
        self._uid = ""
        page.searched.connect(self._search)
        page.department_chosen.connect(self._show_department)
        page.person_chosen.connect(self._choose)
        page.submitted.connect(self._submit)
        page.forgotten.connect(self._open_recovery)
        page.other_file_requested.connect(on_choose_file)
        departments = people.departments()
        page.show_departments(departments)
        person = people.by_uid(start_with)
        if person is not None:
            page.show_people(people.of(person.department), person.department, person.uid)
            pass_focus(page, page.password)
        elif departments:
            self._show_department(departments[0][0])

    @property
    def uid(self) -> str:
        """Whose password is asked; empty when nobody is marked."""
        return self._uid

    def _search(self, words: str) -> None:
        if words.strip():
            self._page.show_people(self._people.named(words), "", "first")
        else:
            departments = self._people.departments()
            person = self._people.by_uid(self._uid)
            self._show_department(
                person.department if person else departments[0][0] if departments else ""
            )

    def _show_department(self, department: str) -> None:
        self._page.show_people(self._people.of(department), department, self._uid)

    def _choose(self, uid: str) -> None:
        if uid != self._uid:
            self._page.clear_password()
        self._uid = uid
        person = self._people.by_uid(uid)
        self._page.ask_password_of(person.display_name if person else "")

    def _submit(self, password: str) -> None:
        uid = self._uid
        self._page.clear_message()
        self._page.show_trouble("")
        self._page.set_busy(True)
        self._jobs.submit(
            lambda progress: self._on_sign_in(uid, password),
            owner=self._page,
            lane=Lane.FILES,
            on_success=self._opened,
            on_failure=self._refused,
            on_cancelled=lambda: self._page.set_busy(False),
        )

    def _opened(self, session: object) -> None:
        self._page.set_busy(False)
        self._page.clear_password()
        self._on_signed_in(session)

    def _refused(self, error: Exception) -> None:
        self._page.set_busy(False)
        if isinstance(error, EnvironmentProblem):
            self._page.show_trouble(error.sentence, ways_out=is_damage(error))
        elif isinstance(error, AppError):
            self._page.show_failure(error.sentence)
        else:
            self._jobs.report_unexpected(error)

    def _open_recovery(self) -> None:
        from ui.pages.sign_in.recovery_dialog import RecoveryDialog

        RecoveryDialog(
            self._look, self._jobs, self._on_recover, self._on_recovered, self._page
        ).open()
