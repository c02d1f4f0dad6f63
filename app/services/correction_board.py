"""Sửa điểm on screen: the list of cases, one case whole, and what a declaration starts from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from app.actor import Actor
from app.clock import Clock
from app.domain.case_rules import REGISTRARS, CaseRule
from app.domain.corrections import UNDECIDED, CaseAbout, CaseKind, Correction, Step
from app.domain.ids import AccountId, CorrectionId, SchoolYearId
from app.domain.locks import lock_chip
from app.domain.periods import Period
from app.domain.roles import Role
from app.domain.school import Account
from app.errors import AppError
from app.ports import UnitOfWork, UowFactory
from app.readmodels.correction_case import (
    CaseActs,
    CaseCell,
    CaseRow,
    CaseView,
    DeclarationDraft,
    DraftCell,
    Party,
    ScanLine,
    Turn,
)
from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.case_rules import case_rule, case_rules, last_day
from app.services.case_target import CaseTarget
from app.services.case_targets import load_target
from app.services.class_periods import current_period, periods_of_year
from app.services.correction_checks import cutoff_of
from app.services.correction_effects import knock_on
from app.services.witness_rule import BOARD, LEADERS
from app.vault import RECOVERY_UID

_OVERSEERS = (
    Role.PRINCIPAL,
    Role.VICE_PRINCIPAL,
    Role.ADMINISTRATOR,
    Role.SECRETARY,
    Role.DEPARTMENT_HEAD,
    Role.INSPECTOR,
)
_PROPOSED_WITNESSES = 3
_TURNS = {
    Step.DECLARED: Turn.REGISTER,
    Step.REGISTERED: Turn.CHECK,
    Step.CHECKED: Turn.DECIDE,
    Step.APPROVED: Turn.APPLY,
}


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
            shelf = _Shelf(uow, year_id, self._clock.now())
            return tuple(
                shelf.row(case, actor)
                for case in uow.corrections.of_year(year_id)
                if may_see(case, actor)
            )

    def case(self, actor: Actor, case_id: CorrectionId) -> CaseView:
        """One case with people, results that follow, and what may be done."""
        today = self._clock.today()
        with self._uows.read() as uow:
            case = uow.corrections.get(case_id)
            klass = uow.school.class_(case.class_id)
            year = uow.school.year(klass.school_year_id)
            shelf = _Shelf(uow, year.id, self._clock.now())
            rule = case_rule(uow, case.kind, year.id, self._clock.today())
            locks = uow.control.class_locks(klass.id)
            period = current_period(klass.regulation, year, locks, today)
            chip, is_open = lock_chip(locks, period, today)
            approvers = shelf.approvers(case, actor)
            return CaseView(
                row=shelf.row(case, actor),
                case=case,
                year_name=year.name,
                requester=shelf.requester(case),
                registrar=shelf.party_or_none(case.registered_by),
                checker=shelf.party_or_none(case.checked_by),
                approver=shelf.party_or_none(case.decided_by),
                knock_on=knock_on(uow, case),
                may=_acts(case, actor, rule, can_decide=bool(approvers)),
                approvers=approvers,
                witnesses=shelf.witnesses(case, approvers),
                people=shelf.everybody(),
                unlock_minutes=rule.unlock_minutes,
                lock_chip=chip,
                chip_open=is_open,
                proofs=(rule.proofs[0].name, rule.proofs[1].name),
                least_witnesses=rule.least_witnesses,
                register_proposal=f"{case.number:02d}/ĐN-SĐ",
                scans=shelf.scans(case),
            )

    def draft(
        self, actor: Actor, about: CaseAbout | SheetId, keys: Iterable[CellKey]
    ) -> DeclarationDraft:
        """The cells a declaration is wanted for, each with what stands in its way."""
        if isinstance(about, SheetId):
            about = CaseAbout(CaseKind.MARKS, *about)
        with self._uows.read() as uow:
            target = load_target(uow, about, self._clock.now())
            known = {entry.pupil_id for entry in target.at.entries}
            asked = [key for key in dict.fromkeys(keys) if key.pupil_id in known]
            cells = [self._draft_cell(uow, target, actor, key) for key in asked]
            usable = [cell.key for cell in cells if not cell.problem]
            cutoff = cutoff_of(uow, target, usable)
            rule = case_rule(uow, about.kind, target.at.year.id, target.at.today)
        return DeclarationDraft(
            about,
            target.at.klass.name,
            target.matter,
            target.hint,
            rule.proofs,
            tuple(cells),
            cutoff,
            past_cutoff=cutoff is not None and target.at.today > cutoff,
        )

    @staticmethod
    def _draft_cell(uow: UnitOfWork, target: CaseTarget, actor: Actor, key: CellKey) -> DraftCell:
        entry = target.entry(key)
        problem = ""
        try:
            target.refuse_stranger(actor)
            target.refuse_undeclarable(uow, actor, key)
        except AppError as refusal:
            problem = refusal.sentence
        # A column that no case knows has neither a title nor a content to show.
        strange = not target.knows(key.column)
        return DraftCell(
            key,
            entry.position,
            entry.profile.full_name,
            key.column if strange else target.title(key.column),
            None if strange else target.term(key.column),
            "" if strange else target.shown(key.column, target.stored(key)),
            problem,
            is_mark=target.is_short(key.column),
        )

    def cutoffs(self, year_id: SchoolYearId) -> dict[Period, date | None]:
        """Last ordinary day before the final test of each closing period; None where unset."""
        with self._uows.read() as uow:
            return {
                period: last_day(uow, year_id, period, review=False, marks=True)
                for period in periods_of_year(uow, year_id)
            }


@dataclass(slots=True)
class _Shelf:
    """What several cases of one year share, read once each."""

    uow: UnitOfWork
    year_id: SchoolYearId
    now: datetime
    _accounts: dict[AccountId, Account] = field(default_factory=dict)
    _targets: dict[CaseAbout, CaseTarget] = field(default_factory=dict)
    _rules: dict[CaseKind, CaseRule] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._accounts = {a.id: a for a in self.uow.accounts.all(self.now.date())}
        self._rules = case_rules(self.uow, self.year_id, self.now.date())

    def row(self, case: Correction, actor: Actor) -> CaseRow:
        """The line of a case."""
        target = self.target(case)
        rule = self._rules[case.kind]
        turn = _TURNS.get(case.step, Turn.NOBODY)
        if turn is Turn.REGISTER and not rule.registered:
            turn = Turn.CHECK
        cells = self._cells(case)
        return CaseRow(
            case.id,
            case.number,
            case.step,
            turn,
            target.at.klass.name,
            target.matter,
            cells,
            self._name(case.requested_by),
            case.requested_at,
            cutoff_of(self.uow, target, [cell.key for cell in cells]),
            case.unlocked_until,
            case.ended_at,
            mine=case.requested_by == actor.account_id,
            for_me=_waits_for(case, turn, actor, rule),
            kind=case.kind,
            explained=bool(case.explanation),
        )

    def target(self, case: Correction) -> CaseTarget:
        """What the case works on, read once."""
        if case.about not in self._targets:
            self._targets[case.about] = load_target(self.uow, case.about, self.now)
        return self._targets[case.about]

    def requester(self, case: Correction) -> Party:
        """Who asked, as teacher of the subject or of the class."""
        if case.kind is CaseKind.MARKS:
            return self.party(case.requested_by, f"Giáo viên {self.target(case).matter}")
        return self.party(case.requested_by, "Giáo viên chủ nhiệm")

    def scans(self, case: Correction) -> tuple[ScanLine, ...]:
        """Scanned evidence without its bytes."""
        return tuple(
            ScanLine(scan.id, scan.name, scan.media, self._name(scan.added_by), scan.added_at)
            for scan in self.uow.corrections.scans(case.id)
        )

    def party(self, account_id: AccountId, duty: str = "Giáo viên") -> Party:
        """A person with the first of their offices, or with `duty`."""
        account = self._accounts.get(account_id)
        if account is None:
            return Party(account_id, "", f"tài khoản số {account_id}", "")
        held = next((Role(r).label for r in account.roles), duty)
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
        rule = self._rules[case.kind]
        leaders = [
            a
            for a in self._accounts.values()
            if a.disabled_on is None
            and rule.decides(a.id, a.uid, frozenset(map(Role, a.roles)))
            and a.id not in (case.requested_by, case.checked_by)
        ]
        leaders.sort(key=lambda a: (a.id != actor.account_id, Role.PRINCIPAL.value not in a.roles))
        return tuple(self.party(a.id) for a in leaders)

    def witnesses(self, case: Correction, approvers: tuple[Party, ...]) -> tuple[Party, ...]:
        """Proposal: another leader, the office (ban quản trị), the requester (M65)."""
        deciding = approvers[0].account_id if approvers else None
        proposed: dict[AccountId, Party] = {}
        for roles in (LEADERS, BOARD):
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
            proposed.setdefault(case.requested_by, self.requester(case))
        return tuple(proposed.values())[:_PROPOSED_WITNESSES]

    def _cells(self, case: Correction) -> tuple[CaseCell, ...]:
        return tuple(
            CaseCell(
                cell.key,
                cell.position,
                cell.pupil,
                cell.column,
                cell.term,
                cell.old,
                cell.new,
                moved=cell.moved and case.step.is_open,
            )
            for cell in self.target(case).cells(case)
        )

    def _name(self, account_id: AccountId) -> str:
        return self.party(account_id).name


def may_see(case: Correction, actor: Actor) -> bool:
    """Leaders and the office see every case; others own ones and those of own classes."""
    return (
        actor.has(*_OVERSEERS)
        or actor.account_id in (case.requested_by, case.checked_by, case.decided_by)
        or case.class_id in actor.homeroom
        or (case.class_id, case.subject_id) in actor.teaches
    )


def _waits_for(case: Correction, turn: Turn, actor: Actor, rule: CaseRule) -> bool:
    match turn:
        case Turn.REGISTER:
            return actor.has(Role.SECRETARY)
        case Turn.CHECK:
            return case.requested_by != actor.account_id and (
                # Whose list it joins: văn thư, the tổ trưởng of the subject, the class's GVCN.
                # Anybody else may check too.
                actor.has(Role.SECRETARY)
                or actor.heads(case.subject_id)
                or case.class_id in actor.homeroom
            )
        case Turn.DECIDE:
            own = actor.account_id in (case.requested_by, case.checked_by)
            return rule.allows(actor) and not own
        case Turn.APPLY:
            return case.requested_by == actor.account_id
    return False


def _acts(case: Correction, actor: Actor, rule: CaseRule, *, can_decide: bool) -> CaseActs:
    mine = case.requested_by == actor.account_id
    unregistered = case.step is Step.DECLARED and rule.registered
    return CaseActs(
        register=unregistered and actor.has(*REGISTRARS),
        check=case.step in (Step.DECLARED, Step.REGISTERED) and not unregistered and not mine,
        decide=case.step is Step.CHECKED and can_decide,
        apply=case.step is Step.APPROVED and mine,
        withdraw=case.step in UNDECIDED and mine,
        explain=mine and case.step is not Step.WITHDRAWN and not case.step.is_open,
        add_scan=case.step in UNDECIDED and (mine or actor.has(*REGISTRARS)),
        print_minutes=case.step is Step.APPLIED,
    )
