"""Rà soát: recompute everything, list differences and anomalies, say who confirmed (M25, M123)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from app.clock import Clock
from app.domain.corrections import Correction, Step
from app.domain.ids import ClassId, PupilId, SubjectId
from app.domain.periods import EntryTerm, Period, period_of
from app.domain.year_end import Basis, SignOff, YearStage
from app.ports import UnitOfWork, UowFactory
from app.readmodels.closing_review import ClosingReview, ConfirmationLine, Difference
from app.regulations.registry import closing_periods, year_period
from app.services.anomalies import anomalies
from app.services.case_targets import fact_term
from app.services.class_results import ClassFacts, load_class
from app.services.period_digests import digest_of
from app.services.result_records import (
    differences,
    field_subject,
    field_words,
    from_stored,
    result_texts,
    results_digest,
)
from app.year_end_ports import ConfirmationRecord

_KINDS = {Basis.CLOSE: "period.close", Basis.CONFIRM: "class.confirm"}
_OCCASIONS = {Basis.CLOSE: "lúc chốt", Basis.CONFIRM: "lúc giáo viên chủ nhiệm xác nhận"}


class ClosingReviews:
    """Reads one class at one moment; blocks nothing."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def review(self, class_id: ClassId, period: Period) -> ClosingReview:
        """Everything about a period, and about the periods closed before it."""
        with self._uows.read() as uow:
            facts = load_class(uow, class_id)
            found: list[Difference] = []
            tampered: list[str] = []
            compared: list[str] = []
            cases = uow.corrections.of_class(class_id, [Step.APPLIED])
            for about, basis in _comparisons(uow, class_id, period):
                stored = uow.reviews.stored_results(class_id, about, basis)
                since = f"{_OCCASIONS[basis]} {about.words}"
                compared.append(since)
                if not _is_as_signed(uow, class_id, about, basis, stored):
                    tampered.append(
                        f"Kết quả lưu {since} không còn là kết quả đã ghi trong nhật ký: tệp dữ "
                        "liệu đã bị sửa ngoài chương trình."
                    )
                found += _differences(facts, cases, about, stored, since)
            homeroom, subjects = self._confirmations(uow, facts, period)
            signed = [s for s in uow.reviews.sign_offs(class_id) if _is_of_period(s, period)]
            last = signed[-1] if signed else None
            stale = (
                last is not None
                and last.stands
                and last.data_digest != digest_of(uow, facts, period).hex
            )
            return ClosingReview(
                class_id,
                facts.klass.name,
                period,
                tuple(found),
                () if period is Period.HE else anomalies(facts, period),
                homeroom,
                subjects,
                last,
                stale,
                tuple(compared),
                tuple(tampered),
            )

    def _confirmations(
        self, uow: UnitOfWork, facts: ClassFacts, period: Period
    ) -> tuple[ConfirmationLine, tuple[ConfirmationLine, ...]]:
        today = self._clock.today()
        names = {a.id: a.full_name for a in uow.accounts.all(today)}
        people: dict[SubjectId | None, list[str]] = {}
        for given in uow.accounts.assignments(facts.klass.id):
            if given.covers(today) and given.account_id in names:
                people.setdefault(given.subject_id, []).append(names[given.account_id])
        last: dict[SubjectId | None, ConfirmationRecord] = {
            record.subject_id: record
            for record in uow.reviews.confirmation_history(facts.klass.id, period)
        }

        def line(subject_id: SubjectId | None, subject: str) -> ConfirmationLine:
            person = ", ".join(people.get(subject_id, ()))
            record = last.get(subject_id)
            if record is None:
                return ConfirmationLine(subject_id, subject, person)
            why = "" if record.voided_at is None else record.voided_why or "Số liệu đã đổi"
            return ConfirmationLine(subject_id, subject, person, record.name, record.at, why)

        asked = year_period(facts.klass.regulation) if period is Period.HE else period
        studied = tuple(
            line(s.id, s.name)
            for s in facts.subjects
            if any(period_of(term) is asked for term in s.terms)
        )
        return line(None, "Giáo viên chủ nhiệm"), studied


def _comparisons(
    uow: UnitOfWork, class_id: ClassId, period: Period
) -> Iterator[tuple[Period, Basis]]:
    """What was stored up to a period: every close, and the confirmation of an open period."""
    closes = uow.control.class_locks(class_id).closes
    klass = uow.school.class_(class_id)
    for about in (*closing_periods(klass.regulation), Period.HE):
        if about in closes and uow.reviews.stored_results(class_id, about, Basis.CLOSE):
            yield about, Basis.CLOSE
        elif about is period and uow.reviews.stored_results(class_id, about, Basis.CONFIRM):
            yield about, Basis.CONFIRM
        if about is period:
            return


def _is_as_signed(
    uow: UnitOfWork,
    class_id: ClassId,
    period: Period,
    basis: Basis,
    stored: Mapping[PupilId, str],
) -> bool:
    """Whether the stored rows are those whose digest the trail's newest such entry holds."""
    kind = "lists.approve" if period is Period.HE else _KINDS[basis]
    wanted = YearStage.SUMMER.value if period is Period.HE else period.value
    for entry in uow.trail.entries(class_id=class_id, kind=kind):
        said = json.loads(entry.detail)
        if said.get("stage" if period is Period.HE else "period") == wanted:
            return bool(said.get("results_digest") == results_digest(stored))
    return False


def _differences(
    facts: ClassFacts,
    cases: tuple[Correction, ...],
    about: Period,
    stored: Mapping[PupilId, str],
    since: str,
) -> Iterator[Difference]:
    names = {e.pupil_id: e.profile.full_name for e in facts.entries}
    for changed in differences(from_stored(stored), result_texts(facts, about)):
        yield Difference(
            changed.pupil_id,
            names.get(changed.pupil_id, "Học sinh đã chuyển lớp"),
            field_subject(changed.field),
            field_words(facts, changed.field),
            changed.before,
            changed.now,
            since,
            _cause(facts, cases, about, changed.pupil_id),
            about,
        )


def _cause(facts: ClassFacts, cases: tuple[Correction, ...], about: Period, pupil: PupilId) -> str:
    """The applied cases that changed something of this pupil which the period rests on."""
    terms = {a.id: a.term for a in facts.assessments}
    numbers = sorted(
        {
            case.number
            for case in cases
            for who, term in (
                *((i.pupil_id, terms[i.assessment_id]) for i in case.items),
                *((f.pupil_id, fact_term(case.kind, f.field, facts.year)) for f in case.facts),
            )
            if who == pupil and (term is None or _rests_on(about, term))
        }
    )
    return "; ".join(f"hồ sơ sửa điểm số {number:02d}" for number in numbers)


def _rests_on(about: Period, term: EntryTerm) -> bool:
    """Whether results of a period follow from what belongs to a term: a year's from both học kì."""
    column = period_of(term)
    return about is column or about is Period.HE or (about is Period.HK2 and column is Period.HK1)


def _is_of_period(signed: SignOff, period: Period) -> bool:
    return signed.period is period and signed.print_run_id is None
