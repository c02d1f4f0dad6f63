"""Bảng giấy: notes what happens to a printed run after the printer (M52, M62, M226, M229).

Văn thư and the leaders write here what was done on paper. The principal's own signature on a class
book is given on screen (`app.services.sign_off`) and only read here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from app.actor import Actor
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.accounts import refuse_too_long
from app.domain.ids import AccountId, PrintRunId, PupilId, SchoolYearId
from app.domain.paper_life import (
    PaperAct,
    PaperEvent,
    PaperLife,
    PaperStep,
)
from app.domain.paper_rules import (
    permit_discard,
    permit_loan,
    permit_move,
    permit_restore,
    permit_return,
    permit_step,
    permit_take_back,
)
from app.domain.print_runs import BOOKLET_KINDS
from app.domain.roles import Role
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.readmodels.paper_board import PaperBoard, PaperRow
from app.services.class_scope import OVERSEERS, sees_run
from app.services.keeper_rule import check_keeper
from app.services.paper_lives import read_board, read_row
from app.services.print_comparing import run_differs
from app.services.standing import require_standing, standing
from app.text import clean, date_vn

RECORDERS = (Role.SECRETARY, Role.PRINCIPAL, Role.VICE_PRINCIPAL)
"""Who writes down what was done on paper."""
TEXT_LIMIT = 200
_WHAT = "ghi bảng giấy"
_PRINTS = frozenset({Topic.PRINTS})
_KINDS = {
    PaperAct.DONE: "paper.done",
    PaperAct.TAKEN_BACK: "paper.taken_back",
    PaperAct.MOVED: "paper.moved",
    PaperAct.LENT: "paper.lent",
    PaperAct.CAME_BACK: "paper.came_back",
    PaperAct.DISCARDED: "paper.discarded",
    PaperAct.RESTORED: "paper.restored",
}
_Permit = Callable[[PaperLife, str], None]


class PaperBoards:
    """Reads and appends to the lives of papers; nothing in them is ever changed."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def board(self, actor: Actor, year_id: SchoolYearId) -> PaperBoard:
        """The papers of a year that this person may see: the office all, teachers their own."""
        today = self._clock.today()
        with self._uows.read() as uow:
            actor = standing(uow, actor, today)
            found = read_board(uow, year_id, today)
        if actor.has(*OVERSEERS):
            return found
        return PaperBoard(
            tuple(row for row in found.rows if concerns(row, actor)), found.wait_limit
        )

    def note_step(
        self,
        actor: Actor,
        run_id: PrintRunId,
        step: PaperStep,
        on: date,
        *,
        persons: Sequence[AccountId] = (),
        people: str = "",
        place: str = "",
        note: str = "",
        pupil: PupilId | None = None,
    ) -> CommandResult:
        """Note a step taken on paper on the day `on`.

        `persons` are the teachers who signed; `people` and `place` the keeper and the place of
        STORE, or the recipient of HAND_OUT; `pupil` whose học bạ of a whole class's was handed out.
        Refused out of order, twice, before the print, after
        today, and (for signatures and the seal) when the book's data are no longer those printed.
        """
        people, place, note = clean(people), clean(place), clean(note)
        _refuse_incomplete(step, people, place)
        with self._uows.write() as uow:
            actor, row = self._begin(uow, actor, run_id)
            self._refuse_day(row, on)
            if step is PaperStep.STORE:
                check_keeper(uow, row.run.school_year_id, people, self._clock.today())
            names = {one.account_id: one.name for one in row.life.signers}
            by_name = step is PaperStep.TEACHERS and names and persons
            wanted: Sequence[AccountId | None] = tuple(dict.fromkeys(persons)) if by_name else ()
            events = []
            whose = _pupil_name(uow, row, step, pupil)
            for person in wanted or (None,):
                permit_step(row.life, row.name, step, person, people, pupil)
                who = people or _signs(row, step) if person is None else names[person]
                event = self._event(
                    actor, run_id, PaperAct.DONE, on, step, person, who, place, note
                )
                events.append(replace(event, pupil=pupil))
            if (step.is_signature or step is PaperStep.STAMP) and run_differs(uow, row.run):
                raise RuleRefused(
                    "print_differs",
                    f"Số liệu đã khác {_lower(row.name)} nên không ghi thêm chữ ký, dấu vào bản "
                    "này; hãy in lại và ký bản mới.",
                )
            return self._keep(uow, actor, row, events, f"Đã ghi {step.words}", whose)

    def take_back(
        self,
        actor: Actor,
        run_id: PrintRunId,
        step: PaperStep,
        reason: str,
        person: AccountId | None = None,
    ) -> CommandResult:
        """Gỡ a step noted wrongly, with a reason; the last one first. `person`: only that name."""
        why = _reason(reason, "gỡ một bước đã ghi")

        def permit(life: PaperLife, name: str) -> None:
            permit_take_back(life, name, step, person)

        return self._append(
            actor, run_id, PaperAct.TAKEN_BACK, permit, f"Đã gỡ {step.words}",
            step=step, person=person, note=why,
        )  # fmt: skip

    def move(self, actor: Actor, run_id: PrintRunId, keeper: str, place: str) -> CommandResult:
        """Another keeper or another place from today on."""
        keeper, place = clean(keeper), clean(place)
        _refuse_incomplete(PaperStep.STORE, keeper, place)
        return self._append(
            actor, run_id, PaperAct.MOVED, permit_move, "Đã ghi nơi lưu mới",
            step=PaperStep.STORE, people=keeper, place=place,
        )  # fmt: skip

    def lend(
        self, actor: Actor, run_id: PrintRunId, borrower: str, due_on: date | None, purpose: str
    ) -> CommandResult:
        """Cho mượn: to whom, until when, what for."""
        borrower, purpose = clean(borrower), clean(purpose)
        if not borrower or due_on is None:
            raise RuleRefused(
                "loan_incomplete",
                "Chưa ghi người mượn hoặc ngày hẹn trả nên chưa cho mượn; hãy ghi đủ cả hai.",
            )
        if due_on < self._clock.today():
            raise RuleRefused(
                "loan_due_past",
                f"Ngày hẹn trả {date_vn(due_on)} đã qua; hãy chọn từ hôm nay trở đi.",
            )
        return self._append(
            actor, run_id, PaperAct.LENT, permit_loan, f"Đã cho {borrower} mượn",
            people=borrower, note=purpose, due_on=due_on,
        )  # fmt: skip

    def bring_back(self, actor: Actor, run_id: PrintRunId, note: str = "") -> CommandResult:
        """Nhận trả; `note` says in what state it came back."""
        return self._append(
            actor, run_id, PaperAct.CAME_BACK, permit_return, "Đã ghi nhận trả", note=clean(note)
        )

    def discard(self, actor: Actor, run_id: PrintRunId, reason: str) -> CommandResult:
        """Hủy bản giấy: spoilt or printed by mistake; its record and its PDF stay."""
        return self._append(
            actor, run_id, PaperAct.DISCARDED, permit_discard, "Đã ghi hủy bản giấy",
            note=_reason(reason, "hủy bản giấy"),
        )  # fmt: skip

    def restore(self, actor: Actor, run_id: PrintRunId, reason: str) -> CommandResult:
        """Back into use after it was put aside by mistake."""
        return self._append(
            actor, run_id, PaperAct.RESTORED, permit_restore, "Đã ghi dùng lại bản giấy",
            note=_reason(reason, "dùng lại bản giấy"),
        )  # fmt: skip

    # --- inside

    def _append(
        self,
        actor: Actor,
        run_id: PrintRunId,
        act: PaperAct,
        permit: _Permit,
        summary: str,
        *,
        step: PaperStep | None = None,
        person: AccountId | None = None,
        people: str = "",
        place: str = "",
        note: str = "",
        due_on: date | None = None,
    ) -> CommandResult:
        with self._uows.write() as uow:
            actor, row = self._begin(uow, actor, run_id)
            if act is PaperAct.MOVED:
                check_keeper(uow, row.run.school_year_id, people, self._clock.today())
            permit(row.life, row.name)
            if person is not None:
                people = next(s.name for s in row.life.signers if s.account_id == person)
            event = self._event(
                actor, run_id, act, self._clock.today(), step, person, people, place, note, due_on
            )
            return self._keep(uow, actor, row, [event], summary)

    def _begin(self, uow: UnitOfWork, actor: Actor, run_id: PrintRunId) -> tuple[Actor, PaperRow]:
        today = self._clock.today()
        actor = require_standing(uow, actor, today, _WHAT, *RECORDERS)
        return actor, read_row(uow, uow.prints.get(run_id), today)

    def _event(
        self,
        actor: Actor,
        run_id: PrintRunId,
        act: PaperAct,
        on: date,
        step: PaperStep | None,
        person: AccountId | None,
        people: str,
        place: str,
        note: str,
        due_on: date | None = None,
    ) -> PaperEvent:
        for text, what in ((people, "Họ tên"), (place, "Nơi để"), (note, "Lời ghi")):
            refuse_too_long(text, what, TEXT_LIMIT)
        return PaperEvent(
            run_id, act, self._clock.now(), actor.account_id, on, step, person, people, place,
            note, due_on,
        )  # fmt: skip

    def _keep(
        self,
        uow: UnitOfWork,
        actor: Actor,
        row: PaperRow,
        events: Sequence[PaperEvent],
        summary: str,
        pupil: str = "",
    ) -> CommandResult:
        for event in events:
            uow.paper_lives.add(event)
        first = events[0]
        detail: dict[str, object] = {
            "number": row.run.number,
            "title": row.run.title,
            "step": "" if first.step is None else first.step.value,
            "on": first.on.isoformat(),
            "people": ", ".join(dict.fromkeys(e.people for e in events if e.people)),
            "place": first.place,
            "note": first.note,
            "due_on": "" if first.due_on is None else first.due_on.isoformat(),
        }
        if pupil:
            detail["pupil"] = pupil
        draft = TrailDraft(_KINDS[first.act], detail, row.run.class_id)
        seq = uow.trail.append(draft, actor, first.at)
        uow.commit()
        words = f"{summary}, {_lower(row.name)}"
        return CommandResult(_PRINTS, seq, words, row.run.class_id, tuple(events))

    def _refuse_day(self, row: PaperRow, on: date) -> None:
        printed = row.run.made_at.date()
        if not printed <= on <= self._clock.today():
            raise RuleRefused(
                "paper_day_wrong",
                f"Ngày {date_vn(on)} không được: {_lower(row.name)} in ngày {date_vn(printed)}, "
                "việc đã làm phải từ ngày ấy đến hôm nay; hãy chọn lại ngày.",
            )


def _signs(row: PaperRow, step: PaperStep) -> str:
    """Whose signature a step is where one office signs it, and who hands in the own book."""
    if step is PaperStep.HAND_IN:
        return ", ".join(one.name for one in row.life.signers)
    return {PaperStep.HOMEROOM: row.homeroom, PaperStep.PRINCIPAL: row.principal}.get(step, "")


def _pupil_name(uow: UnitOfWork, row: PaperRow, step: PaperStep, pupil: PupilId | None) -> str:
    """The pupil whose học bạ goes out, by name; "" when the step is nobody's own."""
    if pupil is None:
        return ""
    fits = step is PaperStep.HAND_OUT and row.run.kind in BOOKLET_KINDS
    entries = () if row.run.class_id is None else uow.roster.entries(row.run.class_id)
    found = next((e.profile.full_name for e in entries if e.pupil_id == pupil), None)
    if not fits or found is None or row.run.pupil_id not in (None, pupil):
        raise RuleRefused(
            "paper_pupil_wrong",
            f"{row.name} không có học bạ của học sinh đã chọn nên chưa ghi; hãy chọn lại học sinh.",
        )
    return found


def concerns(row: PaperRow, actor: Actor) -> bool:
    """Whether a teacher sees this paper: of an own class, or with an own line to sign.

    Papers with particulars are the GVCN's only, whoever else signs a page of them.
    """
    if not sees_run(actor, row.run):
        return False
    own = {class_id for class_id, _ in actor.teaches} | actor.homeroom
    signs = any(one.account_id == actor.account_id for one in row.life.signers)
    return row.run.class_id in own or signs


def _refuse_incomplete(step: PaperStep, people: str, place: str) -> None:
    if step is PaperStep.STORE and not (people and place):
        raise RuleRefused(
            "place_incomplete",
            "Chưa ghi người giữ hoặc nơi để nên chưa ghi lưu; hãy ghi đủ để năm sau còn tìm thấy "
            "sổ này.",
        )
    if step is PaperStep.HAND_OUT and not people:
        raise RuleRefused(
            "recipient_required", "Chưa ghi người nhận nên chưa ghi trả; hãy ghi họ tên người nhận."
        )


def _reason(text: str, what: str) -> str:
    why = clean(text)
    if not why:
        raise RuleRefused("reason_required", f"Chưa ghi lý do {what}; hãy ghi một câu.")
    return why


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
