"""Brings a class of a test school to its last approved lists, through the summer if need be."""

from __future__ import annotations

from datetime import timedelta

from app.domain.ids import ClassId
from app.domain.periods import Period
from app.domain.subjects import SubjectKind
from app.domain.year_end import YearStage
from app.services.entry_control import EntryControl
from app.services.summer_results import SummerResults
from app.services.year_end import YearEnd
from app.services.year_end_state import load_state
from tests.support.record_book import book
from tests.support.school import TestSchool, make_school


def settle(school: TestSchool, class_id: ClassId = None) -> None:
    """Decide, propose, approve; whoever must come again passes."""
    class_id = class_id or school.class_id
    year_end = YearEnd(school.uow, school.clock)
    signer = school.signer("principal")
    for end in _state(school, class_id).undecided:
        year_end.decide(
            signer,
            class_id,
            end.entry.pupil_id,
            promoted=True,
            reason="lớp mẫu",
            decision_no="63/QĐ",
        )
    year_end.propose(school.actor("homeroom"), class_id)
    year_end.approve(signer, class_id, "62/QĐ-THCS")
    if _state(school, class_id).stage is YearStage.SUMMER:
        _live_summer(school, class_id)
        year_end.propose(school.actor("homeroom"), class_id)
        year_end.approve(signer, class_id, "80/QĐ-THCS")


def settled_school(folder, *, grade=6, weak=1):
    """A class of four whose year is over: the first `weak` pupils are retained, one has left."""
    school = make_school(folder, pupils=4, grade=grade, class_name=f"{grade}A")
    kept = book(school)
    kept.fill()
    for number in range(weak):
        edits = {
            (school.pupils[number], f"{term}.{name}"): "23"
            for term in ("HK1", "HK2")
            for name in ("excused", "unexcused")
        }
        kept.conduct.set_cells(school.actor("homeroom"), school.class_id, edits)
    kept.close()
    school.rosters.mark_left(
        school.actor("secretary"), school.class_id, school.pupils[3], school.clock.today(), "chuyển"
    )
    settle(school)
    return school


def _state(school: TestSchool, class_id: ClassId):
    with school.uow.read() as uow:
        return load_state(uow, class_id)


def _live_summer(school: TestSchool, class_id: ClassId) -> None:
    today = school.clock.today()
    EntryControl(school.uow, school.clock).open_window(
        school.actor("principal"), school.year_id, Period.HE, today, today + timedelta(days=9),
        "70/QĐ-THCS", today,
    )  # fmt: skip
    summer = SummerResults(school.uow, school.clock)
    state = _state(school, class_id)
    codes = {subject_id: code for code, subject_id in school.subjects.items()}
    kinds = {subject.id: subject.kind for subject in state.facts.subjects}
    for row in state.unsettled:
        if row.subject_id is None:
            summer.set_conduct(
                school.actor("homeroom"), class_id, row.pupil_id, "Đạt", "báo cáo có chữ ký"
            )
            continue
        text = "Đ" if kinds[row.subject_id] is SubjectKind.COMMENTS else "8"
        teacher = school.actor(codes[row.subject_id])
        summer.set_reassessment(teacher, class_id, row.pupil_id, row.subject_id, text, "bài thi")
