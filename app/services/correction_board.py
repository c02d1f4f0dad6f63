"""Sửa điểm on screen: the list of cases, one case whole, and what a declaration starts from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.actor import Actor
from app.clock import Clock
from app.domain.corrections import Correction, CorrectionItem, Step
from app.domain.ids import AccountId, AssessmentId, ClassId, CorrectionId, PupilId, SchoolYearId
from app.domain.locks import lock_chip
from app.domain.marks import EMPTY, cell_text
from app.domain.periods import Period, period_of
from app.domain.pupils import RosterEntry
from app.domain.roles import Role
from app.domain.school import Account, SchoolClass, term_of_day
from app.domain.subjects import Subject, column_title
from app.errors import AppError
from app.ports import Assessment, UnitOfWork, UowFactory
from app.readmodels.correction_case import (
    CaseActs,
    CaseCell,
    CaseRow,
    CaseView,
    DeclarationDraft,
    DraftCell,
    Party,
    Turn,
)
from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.correction_checks import cutoff_setting, declarable
from app.services.correction_effects import knock_on
from app.services.corrections import MINUTES_SETTING, UNLOCK_MINUTES
from app.services.sheet_facts import load_sheet, may_enter
from app.vault import RECOVERY_UID

CHECKERS = (Role.SECRETARY, Role.DEPARTMENT_HEAD)
"""Whose task list a declared case joins, besides the class's GVCN; anybody else may check too."""
_OVERSEERS = (
    Role.PRINCIPAL,
    Role.VICE_PRINCIPAL,
    Role.ADMINISTRATOR,
    Role.SECRETARY,
    Role.DEPARTMENT_HEAD,
)
_PROPOSED_WITNESSES = 3
_TURNS = {Step.DECLARED: Turn.CHECK, Step.CHECKED: Turn.DECIDE, Step.APPROVED: Turn.APPLY}


class CorrectionBoard:
    """Questions about cases; changes go through `Corrections`."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def rows(self, actor: Actor, year_id: SchoolYearId) -> tuple[CaseRow, ...]:
        """Cases of a year this person may see, newest first.

        Leaders and the office see all; a teacher sees own ones and those of own classes.
        """
        with self._uows.read() as uow:
            shelf = _Shelf(uow, year_id, self._clock.today())
            return tuple(
                shelf.row(case, actor)
                for case in uow.corrections.of_year(year_id)
                if _may_see(case, actor)
            )

    def case(self, actor: Actor, case_id: CorrectionId) -> CaseView:
        """One case with people, results that follow, and what may be done."""
        today = self._clock.today()
        with self._uows.read() as uow:
            case = uow.corrections.get(case_id)
            klass = uow.school.class_(case.class_id)
            year = uow.school.year(klass.school_year_id)
            shelf = _Shelf(uow, year.id, today)
            locks = uow.control.class_locks(klass.id)
            chip, is_open = lock_chip(locks, period_of(term_of_day(year, today)), today)
            approvers = shelf.approvers(case, actor)
            return CaseView(
                row=shelf.row(case, actor, compare=True),
                case=case,
                sheet=SheetId(case.class_id, case.subject_id),
                year_name=year.name,
                requester=shelf.party(case.requested_by, shelf.subject(case).name),
                checker=shelf.party_or_none(case.checked_by),
                approver=shelf.party_or_none(case.decided_by),
                knock_on=knock_on(uow, case),
                may=_acts(case, actor, can_decide=bool(approvers)),
                approvers=approvers,
                witnesses=shelf.witnesses(case, approvers),
                people=shelf.everybody(),
                unlock_minutes=int(uow.school.setting(MINUTES_SETTING, str(UNLOCK_MINUTES))),
                lock_chip=chip,
                chip_open=is_open,
            )

    def draft(self, actor: Actor, sheet: SheetId, keys: Iterable[CellKey]) -> DeclarationDraft:
        """The cells a declaration is wanted for, each with what stands in its way."""
        with self._uows.read() as uow:
            facts = load_sheet(uow, sheet, self._clock.now())
            entries = {entry.pupil_id: entry for entry in facts.entries}
            cells: list[DraftCell] = []
            for key in dict.fromkeys(keys):
                column, entry = facts.columns.get(key.column), entries.get(key.pupil_id)
                if column is None or entry is None:
                    continue
                problem = ""
                try:
                    declarable(uow, facts, actor, key)
                except AppError as refusal:
                    problem = refusal.sentence
                cells.append(
                    DraftCell(
                        key,
                        entry.position,
                        entry.profile.full_name,
                        column_title(column.code),
                        column.term,
                        cell_text(facts.cell(column.id, key.pupil_id), facts.subject.kind),
                        problem,
                    )
                )
            cutoff = _cutoff(uow, facts.year.id, {period_of(cell.term) for cell in cells})
        return DeclarationDraft(
            sheet,
            facts.klass.name,
            facts.subject.name,
            facts.subject.kind,
            tuple(cells),
            cutoff,
            past_cutoff=cutoff is not None and facts.today > cutoff,
        )

    def cutoffs(self, year_id: SchoolYearId) -> dict[Period, date | None]:
        """Last ordinary day of cases of the two closing periods; None where none is set."""
        with self._uows.read() as uow:
            return {p: _cutoff(uow, year_id, {p}) for p in (Period.HK1, Period.HK2)}


@dataclass(slots=True)
class _Shelf:
    """What several cases of one year share, read once each."""

    uow: UnitOfWork
    year_id: SchoolYearId
    today: date
    _accounts: dict[AccountId, Account] = field(default_factory=dict)
    _classes: dict[ClassId, SchoolClass] = field(default_factory=dict)
    _subjects: dict[ClassId, dict[int, Subject]] = field(default_factory=dict)
    _entries: dict[ClassId, dict[PupilId, RosterEntry]] = field(default_factory=dict)
    _columns: dict[ClassId, dict[AssessmentId, Assessment]] = field(default_factory=dict)
    _cutoffs: dict[Period, date | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._accounts = {a.id: a for a in self.uow.accounts.all(self.today)}

    def row(self, case: Correction, actor: Actor, *, compare: bool = False) -> CaseRow:
        """The line of a case; `compare` looks whether its cells still hold the old values."""
        klass = self._class(case.class_id)
        turn = _TURNS.get(case.step, Turn.NOBODY)
        days = [self._cutoff_of(p) for p in self._periods(case)]
        known = [day for day in days if day is not None]
        return CaseRow(
            case.id,
            case.number,
            case.step,
            turn,
            klass.name,
            self.subject(case).name,
            self._cells(case, compare=compare),
            self._name(case.requested_by),
            case.requested_at,
            min(known) if known else None,
            case.unlocked_until,
            case.ended_at,
            mine=case.requested_by == actor.account_id,
            for_me=_waits_for(case, turn, actor),
        )

    def subject(self, case: Correction) -> Subject:
        """The subject of a case."""
        found = self._subjects.setdefault(
            case.class_id, {s.id: s for s in self.uow.school.subjects(case.class_id)}
        )
        return found[case.subject_id]

    def party(self, account_id: AccountId, subject: str = "") -> Party:
        """A person with the first of their offices, or as teacher of `subject`."""
        account = self._accounts.get(account_id)
        if account is None:
            return Party(account_id, "", f"tài khoản số {account_id}", "")
        teacher = f"Giáo viên {subject}" if subject else "Giáo viên"
        held = next((Role(r).label for r in account.roles), teacher)
        return Party(account.id, account.uid, account.full_name, held)

    def party_or_none(self, account_id: AccountId | None) -> Party | None:
        """As `party`; None for nobody."""
        return None if account_id is None else self.party(account_id)

    def everybody(self) -> tuple[Party, ...]:
        """Everybody who has not left."""
        return tuple(
            self.party(a.id)
            for a in self._accounts.values()
            if a.disabled_on is None and a.uid != RECOVERY_UID
        )

    def approvers(self, case: Correction, actor: Actor) -> tuple[Party, ...]:
        """Leaders who may decide this case: who is signed in first, then the principal."""
        if not case.step.is_open:
            return ()
        leaders = [
            a
            for a in self._accounts.values()
            if a.disabled_on is None
            and {Role.PRINCIPAL.value, Role.VICE_PRINCIPAL.value} & set(a.roles)
            and a.id not in (case.requested_by, case.checked_by)
        ]
        leaders.sort(key=lambda a: (a.id != actor.account_id, Role.PRINCIPAL.value not in a.roles))
        return tuple(self.party(a.id) for a in leaders)

    def witnesses(self, case: Correction, approvers: tuple[Party, ...]) -> tuple[Party, ...]:
        """Proposal: another leader, the office (ban quản trị), the requester (M65)."""
        deciding = approvers[0].account_id if approvers else None
        proposed: dict[AccountId, Party] = {}
        for roles in ((Role.VICE_PRINCIPAL, Role.PRINCIPAL), (Role.SECRETARY, Role.ADMINISTRATOR)):
            for role in roles:
                found = [
                    a
                    for a in self._accounts.values()
                    if a.disabled_on is None and role.value in a.roles and a.id != deciding
                ]
                if found:
                    proposed.setdefault(found[0].id, self.party(found[0].id))
                    break
        if case.requested_by != deciding:
            proposed.setdefault(
                case.requested_by, self.party(case.requested_by, self.subject(case).name)
            )
        return tuple(proposed.values())[:_PROPOSED_WITNESSES]

    def _cells(self, case: Correction, *, compare: bool) -> tuple[CaseCell, ...]:
        kind = self.subject(case).kind
        entries = self._entries.setdefault(
            case.class_id, {e.pupil_id: e for e in self.uow.roster.entries(case.class_id)}
        )
        columns = self._columns_of(case.class_id)
        moved = self._moved(case) if compare and case.step.is_open else frozenset()

        def cell(item: CorrectionItem) -> CaseCell:
            entry, column = entries.get(item.pupil_id), columns[item.assessment_id]
            return CaseCell(
                CellKey(item.pupil_id, f"{column.term}.{column.code}"),
                0 if entry is None else entry.position,
                f"học sinh số {item.pupil_id}" if entry is None else entry.profile.full_name,
                column_title(column.code),
                column.term,
                cell_text(item.old, kind),
                cell_text(item.new, kind),
                moved=(item.assessment_id, item.pupil_id) in moved,
            )

        order = {aid: at for at, aid in enumerate(columns)}
        items = sorted(
            case.items,
            key=lambda i: (
                entries[i.pupil_id].position if i.pupil_id in entries else 0,
                order[i.assessment_id],
            ),
        )
        return tuple(cell(item) for item in items)

    def _moved(self, case: Correction) -> frozenset[tuple[AssessmentId, PupilId]]:
        pupils = [item.pupil_id for item in case.items]
        found = self.uow.marks.cells(case.class_id, case.subject_id, pupils)
        now = {(mark.assessment_id, mark.pupil_id): mark.cell for mark in found}
        return frozenset(
            (i.assessment_id, i.pupil_id)
            for i in case.items
            if now.get((i.assessment_id, i.pupil_id), EMPTY) != i.old
        )

    def _periods(self, case: Correction) -> set[Period]:
        columns = self._columns_of(case.class_id)
        return {period_of(columns[item.assessment_id].term) for item in case.items}

    def _cutoff_of(self, period: Period) -> date | None:
        if period not in self._cutoffs:
            self._cutoffs[period] = _cutoff(self.uow, self.year_id, {period})
        return self._cutoffs[period]

    def _class(self, class_id: ClassId) -> SchoolClass:
        if class_id not in self._classes:
            self._classes[class_id] = self.uow.school.class_(class_id)
        return self._classes[class_id]

    def _columns_of(self, class_id: ClassId) -> Mapping[AssessmentId, Assessment]:
        if class_id not in self._columns:
            self._columns[class_id] = {a.id: a for a in self.uow.marks.assessments(class_id)}
        return self._columns[class_id]

    def _name(self, account_id: AccountId) -> str:
        return self.party(account_id).name


def _may_see(case: Correction, actor: Actor) -> bool:
    return (
        actor.has(*_OVERSEERS)
        or actor.account_id in (case.requested_by, case.checked_by, case.decided_by)
        or case.class_id in actor.homeroom
        or may_enter(actor, SheetId(case.class_id, case.subject_id))
    )


def _waits_for(case: Correction, turn: Turn, actor: Actor) -> bool:
    match turn:
        case Turn.CHECK:
            return case.requested_by != actor.account_id and (
                actor.has(*CHECKERS) or case.class_id in actor.homeroom
            )
        case Turn.DECIDE:
            return actor.leads and actor.account_id not in (case.requested_by, case.checked_by)
        case Turn.APPLY:
            return case.requested_by == actor.account_id
    return False


def _acts(case: Correction, actor: Actor, *, can_decide: bool) -> CaseActs:
    mine = case.requested_by == actor.account_id
    return CaseActs(
        check=case.step is Step.DECLARED and not mine,
        decide=case.step is Step.CHECKED and can_decide,
        apply=case.step is Step.APPROVED and mine,
        withdraw=case.step in (Step.DECLARED, Step.CHECKED) and mine,
        print_minutes=case.step is Step.APPLIED,
    )


def _cutoff(uow: UnitOfWork, year_id: SchoolYearId, periods: set[Period]) -> date | None:
    texts = [uow.school.setting(cutoff_setting(year_id, period)) for period in periods]
    days = [date.fromisoformat(text) for text in texts if text]
    return min(days) if days else None
