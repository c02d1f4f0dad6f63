"""Where a class stands between the close of the year and its seal; read once, asked many times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.digests import DataDigest, data_digest
from app.domain.ids import ClassId, PupilId, SubjectId
from app.domain.locks import ClassLocks
from app.domain.periods import Period
from app.domain.subjects import column_words
from app.domain.year_end import ListKind, ListRow, YearList, YearStage, standing_list
from app.errors import RuleRefused
from app.ports import UnitOfWork
from app.regulations.primary_columns import TRAIT_NAMES
from app.regulations.registry import year_period
from app.services.class_results import ClassFacts, load_class
from app.services.result_records import result_texts
from app.services.year_lists import (
    PupilYearEnd,
    has_summer,
    list_rows,
    rule_digest,
    undecided,
    unsettled,
    year_ends,
)


@dataclass(frozen=True)
class YearEndState:
    """One class in one snapshot."""

    facts: ClassFacts
    locks: ClassLocks
    lists: tuple[YearList, ...]
    ends: tuple[PupilYearEnd, ...]

    @property
    def name(self) -> str:
        """The class's name."""
        return self.facts.klass.name

    @property
    def year_period(self) -> Period:
        """The period that closes the class's year."""
        return year_period(self.facts.klass.regulation)

    @property
    def year_closed(self) -> bool:
        """Whether the year is closed."""
        return self.year_period in self.locks.closes

    @property
    def stage(self) -> YearStage:
        """Whose lists are next: SUMMER once the year's lists stand and send somebody into it."""
        approved = self.approved(YearStage.YEAR)
        sends = approved is not None and has_summer(approved.rows)
        return YearStage.SUMMER if sends else YearStage.YEAR

    def standing(self, stage: YearStage) -> YearList | None:
        """Lists of a stage that no change voided, stale or not."""
        return standing_list(self.lists, stage)

    def is_stale(self, standing: YearList) -> bool:
        """Whether the circular says something else than when the lists were proposed."""
        return standing.rule_digest != rule_digest(self.ends, standing.stage)

    def approved(self, stage: YearStage) -> YearList | None:
        """The lists of a stage that the principal signed and that are still true."""
        found = self.standing(stage)
        return found if found and found.approved and not self.is_stale(found) else None

    @property
    def summer_rows(self) -> tuple[ListRow, ...]:
        """Lines that the summer is open for; () before the year's lists are approved."""
        approved = self.approved(YearStage.YEAR)
        kinds = (ListKind.REASSESS, ListKind.SUMMER_CONDUCT)
        return tuple(r for r in approved.rows if r.kind in kinds) if approved else ()

    @property
    def unsettled(self) -> tuple[ListRow, ...]:
        """Summer results that have not come."""
        return unsettled(self.facts, self.summer_rows)

    @property
    def undecided(self) -> tuple[PupilYearEnd, ...]:
        """Pupils that wait for the principal."""
        return undecided(self.ends)

    @property
    def final(self) -> bool:
        """Whether every pupil's year is over and signed for: the last lists are approved.

        A class without pupils has nothing to sign for.
        """
        if not self.ends:
            return True
        return self.approved(self.stage) is not None and not any(e.pending for e in self.ends)

    @property
    def approved_stage(self) -> YearStage | None:
        """The last stage whose lists the principal signed and that are still true."""
        later = [s for s in (YearStage.SUMMER, YearStage.YEAR) if self.approved(s) is not None]
        return later[0] if later else None

    def rows(self, stage: YearStage | None = None) -> tuple[ListRow, ...]:
        """Lines of every list at a stage, the present one if none is given."""
        return list_rows(self.ends, stage or self.stage)

    def listed(self, pupil: PupilId, subject: SubjectId | None, code: str = "") -> bool:
        """Whether the summer is open for a pupil's subject or column (None: rèn luyện)."""
        return any(
            (r.pupil_id, r.subject_id, r.note) == (pupil, subject, code) for r in self.summer_rows
        )

    def pupil_name(self, pupil: PupilId) -> str:
        """A pupil by name."""
        return next(
            (e.profile.full_name for e in self.facts.entries if e.pupil_id == pupil), "Học sinh lạ"
        )

    def subject_name(self, subject: SubjectId) -> str:
        """A subject by name."""
        return next((s.name for s in self.facts.subjects if s.id == subject), "Môn lạ")

    def item_name(self, subject: SubjectId, code: str) -> str:
        """A subject, or the column of a primary subject that is assessed again."""
        name = self.subject_name(subject)
        if not code:
            return name
        return TRAIT_NAMES.get(code) or f"{name}: {column_words(code)}"

    def named(self, rows: Sequence[ListRow]) -> str:
        """The first three lines in words."""
        said = [
            self.pupil_name(r.pupil_id)
            + ("" if r.subject_id is None else f" ({self.item_name(r.subject_id, r.note)})")
            for r in rows[:3]
        ]
        return ", ".join(said) + ("…" if len(rows) > 3 else "")


def load_state(uow: UnitOfWork, class_id: ClassId) -> YearEndState:
    """Read a class's year end."""
    return state_of(uow, load_class(uow, class_id))


def state_of(uow: UnitOfWork, facts: ClassFacts) -> YearEndState:
    """The year end of a class that was read already.

    A pupil whose approved subjects have not all their results waits as at the end of the year,
    whatever the first results would come to.
    """
    class_id = facts.klass.id
    state = YearEndState(
        facts, uow.control.class_locks(class_id), uow.year_end.lists(class_id), year_ends(facts)
    )
    waiting = {row.pupil_id for row in state.unsettled}
    if not waiting:
        return state
    ends = tuple(
        replace(end, now=end.at_close) if end.entry.pupil_id in waiting else end
        for end in state.ends
    )
    return replace(state, ends=ends)


def refuse_unless_open(state: YearEndState) -> None:
    """Nothing is decided before the year's close, nothing after the seal."""
    if state.locks.seal is not None:
        raise RuleRefused(
            "sealed",
            f"Năm học của lớp {state.name} đã niêm phong ngày "
            f"{state.locks.seal.sealed_at:%d/%m/%Y} nên danh sách và kết quả sau hè không đổi được "
            "nữa; muốn đổi phải có quyết định mở niêm phong.",
        )
    if not state.year_closed:
        raise RuleRefused(
            "year_not_closed",
            f"Lớp {state.name} chưa chốt {state.year_period.words} nên chưa xét cuối năm được; hãy "
            "chốt ở trang Đóng mở sổ trước.",
        )


def summer_digest(state: YearEndState) -> DataDigest:
    """d1 of everything the close of the summer freezes."""
    facts = state.facts
    texts = result_texts(facts, Period.HE)
    summer = facts.summer
    return data_digest(
        {
            "class": facts.klass.name,
            "year": facts.year.name,
            "regulation": facts.klass.regulation,
            "period": Period.HE.value,
            "pupils": [
                {
                    "position": end.entry.position,
                    "name": end.entry.profile.full_name,
                    "results": dict(texts[end.entry.pupil_id]),
                    "outcome": end.outcome.value,
                }
                for end in state.ends
            ],
            "reassessed": [
                [state.pupil_name(r.pupil_id), state.subject_name(r.subject_id), r.value,
                 r.document, r.late]
                for r in summer.reassessed.values()
            ] + [
                [state.pupil_name(r.pupil_id), state.item_name(r.subject_id, r.code), r.value,
                 r.document, r.late]
                for r in summer.supplementary.values()
            ],
            "conduct": [
                [state.pupil_name(r.pupil_id), r.level, r.document, r.late]
                for r in summer.conduct.values()
            ],
        }
    )  # fmt: skip
