"""Kỳ sau hè: results of kiểm tra, đánh giá lại and of rèn luyện, only for the listed (HE)."""

from __future__ import annotations

from collections.abc import Mapping

from app.actor import Actor
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.ids import ClassId, PupilId, SubjectId
from app.domain.marks import parse_entry, value_text
from app.domain.periods import Period
from app.domain.subjects import Subject
from app.domain.trail import TrailDraft
from app.domain.year_end import Reassessment, SummerConduct, YearStage
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.services.conduct_entry import parse_level
from app.services.sheet_facts import entry_kind
from app.services.standing import standing
from app.services.summer_rules import ABSENT_WORDS, is_late, why_not
from app.services.year_end_state import YearEndState, load_state
from app.services.year_lists import summer_result
from app.text import clean, fold

_TOPICS = frozenset({Topic.RESULTS})
LONGEST_DOCUMENT = 200


class SummerResults:
    """Writes one result at a time; an empty text takes a result back."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def set_reassessment(
        self,
        actor: Actor,
        class_id: ClassId,
        pupil_id: PupilId,
        subject_id: SubjectId,
        text: str,
        document: str = "",
        *,
        code: str = "",
    ) -> CommandResult:
        """One number 0 to 10 (or Đ/CĐ), or "không dự" with the reason in `document` (Điều 14).

        `code`: the column of a primary subject that is assessed again (TT27/2020, Điều 11).
        """
        paper = _document(document)
        with self._uows.write() as uow:
            state, person = self._permitted(uow, actor, class_id, pupil_id, subject_id, code)
            subject = next(s for s in state.facts.subjects if s.id == subject_id)
            before = summer_result(state.facts.summer, pupil_id, subject_id, code)
            late = is_late(state.locks, self._clock.today())
            after = _result(pupil_id, subject, code, text, paper, late=late, state=state)
            old, new = _said(before, subject), _said(after, subject)
            if before == after:
                return self._nothing(uow, class_id)
            now = self._clock.now()
            if after is None:
                uow.year_end.clear_reassessment(class_id, pupil_id, subject_id, code)
            else:
                uow.year_end.put_reassessment(class_id, after, person.account_id, now)
            name = state.item_name(subject_id, code)
            detail = {"subject": name, "old": old, "new": new, "document": paper}
            return self._done(uow, person, state, pupil_id, "summer.reassess", detail, subject_id)

    def set_conduct(
        self, actor: Actor, class_id: ClassId, pupil_id: PupilId, level: str, document: str = ""
    ) -> CommandResult:
        """The level after rèn luyện trong kì nghỉ hè, with the report it rests on (Điều 13)."""
        paper = _document(document)
        with self._uows.write() as uow:
            state, person = self._permitted(uow, actor, class_id, pupil_id, None)
            before = state.facts.summer.conduct.get(pupil_id)
            reached = parse_level(level, state.facts.regulation.conduct_levels)
            late = is_late(state.locks, self._clock.today())
            after = SummerConduct(pupil_id, reached, paper, late) if reached else None
            if after is not None and not paper:
                raise RuleRefused(
                    "document_required",
                    f"Chưa ghi giấy tờ nên chưa lưu kết quả rèn luyện sau hè của "
                    f"{state.pupil_name(pupil_id)}; hãy ghi báo cáo có chữ ký phụ huynh (Điều 13).",
                )
            if before == after:
                return self._nothing(uow, class_id)
            now = self._clock.now()
            if after is None:
                uow.year_end.clear_summer_conduct(class_id, pupil_id)
            else:
                uow.year_end.put_summer_conduct(class_id, after, person.account_id, now)
            detail = {
                "old": before.level if before else "",
                "new": reached,
                "document": paper,
            }
            return self._done(uow, person, state, pupil_id, "summer.conduct", detail, None)

    def _permitted(
        self,
        uow: UnitOfWork,
        actor: Actor,
        class_id: ClassId,
        pupil_id: PupilId,
        subject_id: SubjectId | None,
        code: str = "",
    ) -> tuple[YearEndState, Actor]:
        today = self._clock.today()
        person = standing(uow, actor, today)
        state = load_state(uow, class_id)
        stopped = why_not(state, person, pupil_id, subject_id, today, code)
        if stopped is not None:
            raise stopped
        return state, person

    def _nothing(self, uow: UnitOfWork, class_id: ClassId) -> CommandResult:
        head, _ = uow.trail.head()
        return CommandResult(frozenset(), head, "Không có gì thay đổi", class_id)

    def _done(
        self,
        uow: UnitOfWork,
        person: Actor,
        state: YearEndState,
        pupil_id: PupilId,
        kind: str,
        detail: Mapping[str, object],
        subject_id: SubjectId | None,
    ) -> CommandResult:
        """Void what rested on the former result, write the entry, commit."""
        class_id, now = state.facts.klass.id, self._clock.now()
        name = state.pupil_name(pupil_id)
        why = f"Kết quả sau hè của {name} thay đổi"
        voided = uow.year_end.void_lists(class_id, [YearStage.SUMMER], now, why)
        voided += uow.reviews.void_sign_offs(class_id, Period.HE, now, why)
        said: dict[str, object] = {"class": state.name, "name": name, **detail}
        if voided:
            said["voided"] = voided
        seq = uow.trail.append(TrailDraft(kind, said, class_id, subject_id), person, now)
        uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã ghi kết quả sau hè của {name}", class_id)


def _document(text: str) -> str:
    paper = clean(text)
    if len(paper) > LONGEST_DOCUMENT:
        raise RuleRefused(
            "document_too_long",
            f"Tên giấy tờ dài {len(paper)} chữ, quá {LONGEST_DOCUMENT}; hãy ghi ngắn lại, thí dụ "
            "“Biên bản kiểm tra lại ngày 12/8”.",
        )
    return paper


def _result(
    pupil: PupilId,
    subject: Subject,
    code: str,
    text: str,
    paper: str,
    *,
    late: bool,
    state: YearEndState,
) -> Reassessment | None:
    typed = clean(text)
    if not typed:
        return None
    if fold(typed) == fold(ABSENT_WORDS):
        if not paper:
            raise RuleRefused(
                "document_required",
                f"{state.pupil_name(pupil)} không dự đánh giá lại "
                f"{state.item_name(subject.id, code)} nhưng chưa ghi lý do hay giấy tờ nên chưa "
                "lưu; hãy ghi, thí dụ đơn của phụ huynh.",
            )
        return Reassessment(pupil, subject.id, None, paper, late, code)
    kind = entry_kind(state.facts.klass.regulation, subject, code)
    return Reassessment(pupil, subject.id, parse_entry(typed, kind).value, paper, late, code)


def _said(result: Reassessment | None, subject: Subject) -> str:
    if result is None:
        return ""
    kind = subject.kind_of(result.code)
    return ABSENT_WORDS if result.value is None else value_text(result.value, kind)
