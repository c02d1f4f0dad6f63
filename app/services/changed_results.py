"""Kết quả đã đổi sau chốt: what a closed period signed for, beside what it comes to today."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.ids import ClassId, PupilId
from app.domain.periods import Period
from app.domain.year_end import Basis
from app.ports import UnitOfWork, UowFactory
from app.readmodels.results_table import ResultsPeriod
from app.services.class_results import ClassFacts, load_class
from app.services.result_records import differences, field_words, from_stored, result_texts

_PERIODS = {
    ResultsPeriod.HK1: (Period.HK1,),
    ResultsPeriod.HK2: (Period.HK2,),
    ResultsPeriod.YEAR: (Period.HK2, Period.HE),
    ResultsPeriod.GK1: (Period.GK1,),
    ResultsPeriod.CK1: (Period.CK1,),
    ResultsPeriod.GK2: (Period.GK2,),
    ResultsPeriod.CN: (Period.CN, Period.HE),
}
_NOTHING = "chưa có"


@dataclass(frozen=True, slots=True)
class ChangedResult:
    """One result as it was at the close and as it is; texts never empty."""

    what: str
    closed: str
    now: str

    @property
    def sentence(self) -> str:
        """Both values in one line."""
        return f"{self.what}: lúc chốt {self.closed}, nay {self.now}"


class ChangedResults:
    """Reads; a class that was never closed has nothing to compare with."""

    def __init__(self, uows: UowFactory) -> None:
        self._uows = uows

    def of_class(
        self, class_id: ClassId, period: ResultsPeriod
    ) -> dict[PupilId, tuple[ChangedResult, ...]]:
        """Pupils with a result of the period that a correction changed after its close."""
        with self._uows.read() as uow:
            closed = [p for p in _PERIODS[period] if p in uow.control.class_locks(class_id).closes]
            if not closed:
                return {}
            facts = load_class(uow, class_id)
            found: dict[PupilId, list[ChangedResult]] = {}
            for one in closed:
                _compare(uow, facts, one, found)
        return {pupil: tuple(changed) for pupil, changed in found.items()}


def _compare(
    uow: UnitOfWork,
    facts: ClassFacts,
    period: Period,
    found: dict[PupilId, list[ChangedResult]],
) -> None:
    stored = uow.reviews.stored_results(facts.klass.id, period, Basis.CLOSE)
    if not stored:
        return  # closed by a version that kept none
    for changed in differences(from_stored(stored), result_texts(facts, period)):
        found.setdefault(changed.pupil_id, []).append(
            ChangedResult(
                field_words(facts, changed.field),
                changed.before or _NOTHING,
                changed.now or _NOTHING,
            )
        )
