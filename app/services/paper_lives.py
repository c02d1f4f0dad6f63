"""Reads the lives of printed papers: their events beside who has to sign them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from app.domain.ids import AccountId, ClassId, CorrectionId, PrintRunId, SchoolYearId
from app.domain.paper_life import PaperEvent, PaperLife, PaperSigner, PaperStep, steps_of
from app.domain.periods import Period, entry_term
from app.domain.print_runs import BOOKLET_KINDS, BOOKS, CORRECTION_MINUTES, TEACHER_BOOKS
from app.domain.roles import Assignment, Role
from app.domain.rule_catalogue import SIGN_WAIT
from app.domain.subjects import Subject
from app.ports import PrintRun, UnitOfWork
from app.readmodels.paper_board import PaperBoard, PaperRow
from app.services.rules_in_force import rules_of

_STATIONS = tuple(PaperStep)
_PART_OF_YEAR = (Period.HK1, Period.GK1, Period.CK1, Period.GK2)


def read_board(uow: UnitOfWork, year_id: SchoolYearId, today: date) -> PaperBoard:
    """Every run of a year with its paper."""
    rows = read_rows(uow, year_id, uow.prints.of_year(year_id), today)
    limit = rows[0].wait_limit if rows else 0
    return PaperBoard(tuple(sorted(rows, key=_board_order)), limit)


def read_row(uow: UnitOfWork, run: PrintRun, today: date) -> PaperRow:
    """One run with its paper."""
    rows = read_rows(uow, run.school_year_id, uow.prints.of_year(run.school_year_id), today)
    return next(row for row in rows if row.id == run.id)


def read_rows(
    uow: UnitOfWork, year_id: SchoolYearId, runs: tuple[PrintRun, ...], today: date
) -> list[PaperRow]:
    """The rows of all `runs` of one year, which come newest first."""
    if not runs:
        return []
    facts = _read(uow, year_id, today)
    limit = rules_of(uow, year_id, today).number(SIGN_WAIT) or 0
    newest: dict[object, int] = {}
    rows = []
    for run in runs:
        same = (run.kind, run.class_id, run.pupil_id, run.period, run.correction_id, run.title)
        rows.append(
            PaperRow(
                run,
                "" if run.class_id is None else facts.classes.get(run.class_id, ""),
                facts.life(run),
                today,
                limit,
                facts.homeroom(run),
                facts.principal,
                newest.get(same, 0),
                facts.ends_on,
            )
        )
        newest.setdefault(same, run.number)
    return rows


@dataclass(frozen=True, slots=True)
class _Facts:
    """One reading of everything that papers of a year are judged by."""

    classes: dict[ClassId, str]
    names: dict[AccountId, str]
    principal: str
    posts: dict[ClassId, list[Assignment]]
    subjects: dict[ClassId, tuple[Subject, ...]]
    requesters: dict[CorrectionId, AccountId]
    approved: dict[PrintRunId, date]
    events: dict[PrintRunId, list[PaperEvent]]
    pupils: dict[ClassId, int]
    ends_on: date

    def life(self, run: PrintRun) -> PaperLife:
        """The paper of one run."""
        return PaperLife(
            run.id,
            run.kind,
            run.made_at,
            self._signers(run),
            tuple(self.events.get(run.id, ())),
            # Only the whole book is signed on screen (app.services.sign_off).
            approved_on_screen=run.kind in BOOKS,
            approved_on=self.approved.get(run.id),
            pupils=self._pupils(run),
        )

    def _pupils(self, run: PrintRun) -> int:
        of_class = run.class_id is not None and run.pupil_id is None
        if run.class_id is None or not of_class or run.kind not in BOOKLET_KINDS:
            return 0
        return self.pupils.get(run.class_id, 0)

    def homeroom(self, run: PrintRun) -> str:
        """The GVCN of the day of printing."""
        day = run.made_at.date()
        return next(
            (
                self.names[post.account_id]
                for post in self._posts(run)
                if post.subject_id is None and post.covers(day)
            ),
            "",
        )

    def _posts(self, run: PrintRun) -> list[Assignment]:
        return [] if run.class_id is None else self.posts.get(run.class_id, [])

    def _signers(self, run: PrintRun) -> tuple[PaperSigner, ...]:
        """Whose names stand on the sheets: the teachers of the day of printing, each once."""
        people: list[AccountId] = []
        if run.kind == CORRECTION_MINUTES and run.correction_id is not None:
            people = [self.requesters[run.correction_id]]
        elif run.kind in TEACHER_BOOKS:
            day = run.made_at.date()
            people = [
                post.account_id
                for post in self._posts(run)
                if post.subject_id == run.subject_id and post.covers(day)
            ]
        elif run.class_id is not None and PaperStep.TEACHERS in steps_of(run.kind):
            day = run.made_at.date()
            teaching = {p.subject_id: p.account_id for p in self._posts(run) if p.covers(day)}
            # Everything else shows the whole year.
            term = entry_term(run.period) if run.period in _PART_OF_YEAR else None
            people = [
                teaching[subject.id]
                for subject in self.subjects.get(run.class_id, ())
                if subject.id in teaching and (term is None or term in subject.terms)
            ]
        return tuple(PaperSigner(one, self.names[one]) for one in dict.fromkeys(people))


def _read(uow: UnitOfWork, year_id: SchoolYearId, today: date) -> _Facts:
    accounts = uow.accounts.all(today)
    classes = uow.school.classes(year_id)
    posts: dict[ClassId, list[Assignment]] = defaultdict(list)
    for post in uow.accounts.assignments():
        posts[post.class_id].append(post)
    events: dict[PrintRunId, list[PaperEvent]] = defaultdict(list)
    for event in uow.paper_lives.of_year(year_id):
        events[event.run_id].append(event)
    return _Facts(
        classes={klass.id: klass.name for klass in classes},
        names={account.id: account.full_name for account in accounts},
        principal=next((a.full_name for a in accounts if Role.PRINCIPAL.value in a.roles), ""),
        posts=posts,
        subjects=dict(uow.studies.of_classes(year_id)),
        requesters={case.id: case.requested_by for case in uow.corrections.of_year(year_id)},
        approved={
            signed.print_run_id: signed.at.date()
            for signed in uow.reviews.sign_offs_of_prints(year_id)
            if signed.print_run_id is not None and signed.stands
        },
        events=events,
        pupils=uow.progress.pupils(year_id),
        ends_on=uow.school.year(year_id).ends_on,
    )


def _board_order(row: PaperRow) -> tuple[int, int, int, int]:
    """What waits, by station and length; then what is kept; what is replaced or put aside last."""
    aside = bool(row.replaced_by) or row.life.discarded is not None
    if row.is_open and row.life.current is not None:
        return 0, _STATIONS.index(row.life.current), -row.days, -row.run.number
    return (2 if aside else 1), 0, 0, -row.run.number
