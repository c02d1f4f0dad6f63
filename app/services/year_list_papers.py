"""Puts the five lists of a class on paper: only what the principal approved."""

from __future__ import annotations

from datetime import date

from app.domain.ids import ClassId
from app.domain.school import School, SchoolClass
from app.domain.year_end import FIVE_LISTS, ListKind, YearStage
from app.errors import RuleRefused
from app.ports import UnitOfWork
from app.readmodels.year_lists import ListedPupil, PrintedList, YearLists
from app.regulations.registry import circular, is_primary
from app.services.book_assembly import book_people, school_lines
from app.services.year_end_board import list_label, list_lines
from app.services.year_end_state import YearEndState, load_state
from app.text import date_vn

_ALL = ("learning", "conduct", "absences")
_FIGURES = {
    ListKind.REASSESS: ("conduct",),
    ListKind.SUMMER_CONDUCT: ("learning",),
    ListKind.AWARD: ("learning", "conduct"),
}
_PRIMARY_FIGURES = ("learning", "absences")
_DETAILS = {
    ListKind.AWARD: "Danh hiệu",
}


def assemble_year_lists(uow: UnitOfWork, class_id: ClassId, day: date) -> YearLists:
    """The lists of a class as last approved, with its people as of `day`.

    Refused before their approval: a printed list is a decision.
    """
    state = load_state(uow, class_id)
    stage = state.approved_stage
    approved = None if stage is None else state.approved(stage)
    if stage is None or approved is None or approved.approved_at is None:
        raise RuleRefused(
            "lists_not_approved",
            f"Danh sách {state.stage.words} lớp {state.name} chưa được hiệu trưởng duyệt nên chưa "
            "in bản chính thức; hãy duyệt ở trang Tổng kết trước.",
        )
    school = uow.school.get() or School("", "thcs", "", "", "")
    people = book_people(uow, state.facts, day)
    rules = circular(state.facts.klass.regulation)
    return YearLists(
        school=school_lines(school),
        number="",
        day=day.day,
        month=day.month,
        year=day.year,
        class_name=state.name,
        school_year=state.facts.year.name.replace("-", "–"),
        circular=rules.number,
        occasion=stage.words,
        headcount=len(state.ends),
        lists=_lists(state, stage),
        homeroom_teacher=people.homeroom,
        principal=people.principal,
        decision_no=approved.decision_no,
        approved=f"{approved.approved_by}, ngày {approved.approved_at:%d/%m/%Y}",
        learning_word=rules.learning_word,
        conduct_word=rules.conduct_word,
    )


def _detail(kind: ListKind, klass: SchoolClass) -> str:
    """Heading of the last column: TT58/2011 says kiểm tra lại (Điều 16)."""
    if kind is ListKind.REASSESS:
        return f"Môn {circular(klass.regulation).reassess_word.lower()}"
    return _DETAILS.get(kind, "Ghi chú")


def _lists(state: YearEndState, stage: YearStage) -> tuple[PrintedList, ...]:
    lines = list_lines(state, stage)
    primary = is_primary(state.facts.klass.regulation)
    kinds = [k for k in FIVE_LISTS if not primary or k is not ListKind.SUMMER_CONDUCT]
    profiles = {end.entry.pupil_id: end.entry.profile for end in state.ends}
    return tuple(
        PrintedList(
            list_label(kind, state.facts.klass),
            _PRIMARY_FIGURES if primary else _FIGURES.get(kind, _ALL),
            _detail(kind, state.facts.klass),
            tuple(
                ListedPupil(
                    line.position,
                    line.name,
                    date_vn(profiles[line.pupil_id].birth_date),
                    line.learning,
                    line.conduct,
                    line.absences,
                    line.detail,
                )
                for line in lines[kind]
            ),
        )
        for kind in kinds
    )
