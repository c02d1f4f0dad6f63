"""What proof-reading says to a close: open remarks stop it, a missing reading does by rule (M9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.ids import ClassId
from app.domain.periods import Period, period_of
from app.domain.proof_reading import RemarkState
from app.ports import UnitOfWork
from app.services.required_modules import proof_required
from app.services.rules_in_force import rules_of

_SHOWN = 4


@dataclass(frozen=True, slots=True)
class ProofStanding:
    """What stands in the way of a class x period: subjects with remarks, subjects not read."""

    remarks: int
    remarked: tuple[str, ...]
    unconfirmed: tuple[str, ...]

    @property
    def remark_words(self) -> str:
        """As a finding says it; "" when no remark waits."""
        if not self.remarks:
            return ""
        return f"còn {self.remarks} nhận xét chưa giải quyết ({_listed(self.remarked)})"

    @property
    def unconfirmed_words(self) -> str:
        """As a finding says it; "" when every sheet was read, or nobody asks."""
        if not self.unconfirmed:
            return ""
        return f"còn {len(self.unconfirmed)} môn chưa kiểm dò xong ({_listed(self.unconfirmed)})"


def proof_standing(
    uow: UnitOfWork, class_id: ClassId, period: Period, today: date
) -> ProofStanding:
    """The remarks that wait always count; unread sheets only where the school's rules ask."""
    year_id = uow.school.class_(class_id).school_year_id
    subjects = {s.id: s.name for s in uow.school.subjects(class_id)}
    columns = {
        a.id: a.subject_id for a in uow.marks.assessments(class_id) if period_of(a.term) is period
    }
    waiting = [
        columns[r.assessment_id]
        for r in uow.proofs.remarks(year_id, class_id)
        if r.state is not RemarkState.RESOLVED and columns.get(r.assessment_id) in subjects
    ]
    unread: tuple[str, ...] = ()
    if proof_required(rules_of(uow, year_id, today)):
        done = {
            a.subject_id
            for a in uow.proofs.assignments(year_id, period)
            if a.class_id == class_id and a.confirmed_at is not None
        }
        studied = set(columns.values())
        unread = tuple(name for id_, name in subjects.items() if id_ in studied - done)
    return ProofStanding(len(waiting), tuple(dict.fromkeys(subjects[s] for s in waiting)), unread)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names[:_SHOWN]) + ("…" if len(names) > _SHOWN else "")
