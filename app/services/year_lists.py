"""Danh sách đề nghị cuối năm, computed: who stands in which list, and what is still open. Pure.

TT22/2021, Điều 12 to 15; a pupil the circular leaves open is the principal's (Điều 11, 12 khoản 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.digests import data_digest
from app.domain.ids import PupilId, SubjectId
from app.domain.pupils import RosterEntry
from app.domain.year_end import (
    ListKind,
    ListRow,
    Reassessment,
    SummerFacts,
    YearDecision,
    YearStage,
)
from app.regulations.base import Promotion, PupilResults
from app.services.class_results import ClassFacts
from app.services.primary_inputs import split_key

_KINDS = {
    Promotion.PROMOTED: ListKind.PROMOTED,
    Promotion.RETAINED: ListKind.RETAINED,
    Promotion.REASSESS: ListKind.REASSESS,
    Promotion.SUMMER_CONDUCT: ListKind.SUMMER_CONDUCT,
    Promotion.PRINCIPAL_DECIDES: ListKind.UNDECIDED,
    Promotion.INCOMPLETE: ListKind.UNDECIDED,
}
PRINCIPALS = (Promotion.PRINCIPAL_DECIDES, Promotion.INCOMPLETE)
"""Outcomes that only a decision of the principal can settle."""
SUMMER_KINDS = (ListKind.REASSESS, ListKind.SUMMER_CONDUCT)


def decided(promotion: Promotion, decision: YearDecision | None) -> Promotion:
    """The principal's outcome where the circular leaves it to him, else the circular's."""
    if promotion not in PRINCIPALS or decision is None:
        return promotion
    return Promotion.PROMOTED if decision.promoted else Promotion.RETAINED


@dataclass(frozen=True, slots=True)
class PupilYearEnd:
    """Where one pupil stands.

    `at_close` is the circular's outcome before the summer, `now` with everything known; `decision`
    counts only while the circular leaves the pupil to the principal.
    """

    entry: RosterEntry
    results: PupilResults
    at_close: Promotion
    now: Promotion
    decision: YearDecision | None

    @property
    def outcome(self) -> Promotion:
        """The final word so far: the principal's where it is his, else the circular's."""
        return decided(self.now, self.decision)

    @property
    def after_summer(self) -> bool:
        """Whether the outcome was reached by what the summer added."""
        return self.at_close in (Promotion.REASSESS, Promotion.SUMMER_CONDUCT) and (
            self.now is not self.at_close
        )

    @property
    def pending(self) -> bool:
        """Whether anything must still happen before the pupil's year is over."""
        return self.outcome not in (Promotion.PROMOTED, Promotion.RETAINED)


def year_ends(facts: ClassFacts) -> tuple[PupilYearEnd, ...]:
    """Every pupil still in the class, in roster order."""
    before, now = facts.before_summer().results(), facts.results()
    return tuple(
        PupilYearEnd(
            e,
            now[e.pupil_id],
            before[e.pupil_id].promotion,
            now[e.pupil_id].promotion,
            facts.summer.decisions.get(e.pupil_id),
        )
        for e in facts.entries
        if e.left_on is None
    )


def list_rows(ends: Sequence[PupilYearEnd], stage: YearStage) -> tuple[ListRow, ...]:
    """The lines of all lists at a stage; a pupil to be assessed again has a line a subject.

    At YEAR a pupil stands where the end of the year put him; at SUMMER where he is now.
    """
    rows: list[ListRow] = []
    for end in ends:
        pupil = end.entry.pupil_id
        outcome = end.outcome
        if stage is YearStage.YEAR and end.at_close not in PRINCIPALS:
            outcome = end.at_close
        kind = _KINDS[outcome]
        if kind is ListKind.REASSESS:
            keys = map(split_key, end.results.reassess)
            rows += [ListRow(kind, pupil, subject, code) for subject, code in keys]
        else:
            rows.append(ListRow(kind, pupil))
        if end.results.titles.year:
            rows.append(ListRow(ListKind.AWARD, pupil, None, end.results.titles.year))
    return tuple(rows)


def rule_digest(ends: Sequence[PupilYearEnd], stage: YearStage) -> str:
    """SHA-256 (hex) of what the circular alone says; the principal's decisions leave it alone."""
    said = [
        {
            "pupil": end.entry.pupil_id,
            "outcome": (end.at_close if stage is YearStage.YEAR else end.now).value,
            "reassess": list(end.results.reassess),
            "title": end.results.titles.year or "",
        }
        for end in ends
    ]
    return data_digest({"stage": stage.value, "pupils": said}).hex


def undecided(ends: Sequence[PupilYearEnd]) -> tuple[PupilYearEnd, ...]:
    """Pupils that wait for the principal."""
    return tuple(end for end in ends if end.now in PRINCIPALS and end.decision is None)


def unsettled(facts: ClassFacts, rows: Sequence[ListRow]) -> tuple[ListRow, ...]:
    """Lines of the approved lists whose summer result has not come."""
    summer = facts.summer
    here = {entry.pupil_id for entry in facts.entries if entry.left_on is None}
    return tuple(
        row
        for row in rows
        if row.pupil_id in here
        and (
            (
                row.kind is ListKind.REASSESS
                and row.subject_id is not None
                and summer_result(summer, row.pupil_id, row.subject_id, row.note) is None
            )
            or (row.kind is ListKind.SUMMER_CONDUCT and row.pupil_id not in summer.conduct)
        )
    )


def summer_result(
    summer: SummerFacts, pupil: PupilId, subject: SubjectId, code: str
) -> Reassessment | None:
    """What the summer brought of a subject, or (`code`) of one column of a primary subject."""
    if code:
        return summer.supplementary.get((pupil, subject, code))
    return summer.reassessed.get((pupil, subject))


def has_summer(rows: Sequence[ListRow]) -> bool:
    """Whether approved lists send anybody into the summer."""
    return any(row.kind in SUMMER_KINDS for row in rows)
