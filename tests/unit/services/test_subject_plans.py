"""A grade's table of subjects: corrected before marks rest on it, refused after."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.ids import SubjectId
from app.domain.locks import PeriodClose
from app.domain.marks import CellState, MarkCell
from app.domain.periods import Period, Term
from app.domain.subjects import Subject, SubjectKind
from app.errors import AccessDenied, AppError
from app.ports import StoredMark
from app.services.subject_plans import SubjectFacts, facts_of
from app.services.trail_review import TrailReview
from tests.support.school import TestSchool, make_school

KOREAN = SubjectFacts("Tiếng  Hàn", "", SubjectKind.MARKS, 70)


@pytest.fixture
def school(tmp_path) -> TestSchool:
    made = make_school(tmp_path)
    yield made
    made.close()


def plan(school: TestSchool, code: str, grade: int = 6) -> Subject:
    found = school.plans.of_grade(school.year_id, grade)
    return next(s for s in found if s.code == code)


def change(school: TestSchool, code: str, who: str = "secretary", grade: int = 6, **new):
    subject = plan(school, code, grade)
    facts = replace(facts_of(subject), **new)
    return school.plans.change(school.actor(who), school.year_id, grade, subject.id, facts)


def add(school: TestSchool, facts: SubjectFacts = KOREAN, grade: int = 6):
    return school.plans.add(school.actor("secretary"), school.year_id, grade, facts)


def refused(call, *args, **more) -> AppError:
    with pytest.raises(AppError) as caught:
        call(*args, **more)
    assert caught.value.sentence.endswith(".")
    return caught.value


def codes(school: TestSchool, subject_id: SubjectId) -> list[str]:
    with school.uow.read() as uow:
        found = uow.marks.assessments(school.class_id, subject_id)
    return [f"{a.term}.{a.code}" for a in found]


def put_mark(school: TestSchool, code: str) -> None:
    with school.uow.write() as uow:
        column = uow.marks.assessments(school.class_id, school.subjects[code])[0].id
        uow.marks.put([StoredMark(column, school.pupils[0], MarkCell(CellState.MARK, 70))])
        uow.commit()


def close(school: TestSchool) -> None:
    with school.uow.write() as uow:
        done = PeriodClose(Period.HK1, school.clock.now(), "", "12/QĐ", "d1")
        uow.control.close_period(school.class_id, done, school.accounts_by_key["principal"], "")
        uow.commit()


def last_sentence(school: TestSchool) -> str:
    return TrailReview(school.uow).lines(school.actor("principal"))[0].sentence


def test_more_lessons_bring_the_circulars_number_of_columns(school):
    change(school, "tin_hoc", periods=70)
    assert plan(school, "tin_hoc").tx_count == 3
    assert "HK2.tx3" in codes(school, school.subjects["tin_hoc"])
    assert plan(school, "tin_hoc", 7).periods == 35
    assert "số tiết 35 → 70; số ĐĐGtx 2 → 3" in last_sentence(school)
    change(school, "tin_hoc", periods=35)
    assert "HK2.tx3" not in codes(school, school.subjects["tin_hoc"])
    assert change(school, "tin_hoc").summary == "Tin học: không có gì thay đổi"


def test_an_own_number_stays_when_the_lessons_change_and_never_falls_below(school):
    change(school, "tin_hoc", tx_count=3, tx_reason="Kế hoạch số 5")
    change(school, "tin_hoc", periods=52)
    found = plan(school, "tin_hoc")
    # The own number is the circular's now, so its reason has gone.
    assert (found.tx_count, found.tx_reason) == (3, "")
    change(school, "tin_hoc", periods=35, tx_count=4, tx_reason="Kế hoạch số 6")
    error = refused(change, school, "tin_hoc", periods=105, tx_count=3, tx_reason="ít")
    assert error.code == "tx_below_circular"


def test_a_subject_of_one_term_loses_the_columns_of_the_other(school):
    change(school, "gddp", terms=frozenset({Term.HK2}))
    assert {code[:3] for code in codes(school, school.subjects["gddp"])} == {"HK2"}
    put_mark(school, "gddp")
    error = refused(change, school, "gddp", terms=frozenset({Term.HK1}))
    assert error.code == "tx_has_marks"
    assert {code[:3] for code in codes(school, school.subjects["gddp"])} == {"HK2"}


def test_an_own_subject_is_studied_by_every_class_of_the_grade(school):
    other = school.add_class("6B")
    done = add(school)
    assert done.summary == "Đã thêm môn Tiếng Hàn cho khối 6"
    for class_id in (school.class_id, other):
        added = school.setup.subjects(class_id)[-1]
        assert (added.name, added.short_name, added.tx_count) == ("Tiếng Hàn", "Tiếng Hàn", 3)
    assert len(codes(school, done.payload)) == 10
    assert "Thêm môn Tiếng Hàn cho khối 6, 70 tiết" in last_sentence(school)
    again = add(school, grade=7)
    assert again.payload == done.payload
    assert refused(add, school).code == "subject_exists"
    kind = replace(KOREAN, kind=SubjectKind.COMMENTS)
    assert refused(add, school, kind, grade=8).code == "subject_kind_differs"


def test_a_subject_leaves_a_grade_until_it_ever_had_a_mark(school):
    who, year = school.actor("secretary"), school.year_id
    school.plans.remove(who, year, 6, school.subjects["gddp"])
    assert "gddp" not in {s.code for s in school.setup.subjects(school.class_id)}
    assert "gddp" in {s.code for s in school.plans.of_grade(year, 7)}
    assert codes(school, school.subjects["gddp"]) == []
    assert (school.class_id, school.subjects["gddp"]) not in school.actor("gddp").teaches
    put_mark(school, "tin_hoc")
    error = refused(school.plans.remove, who, year, 6, school.subjects["tin_hoc"])
    assert error.code == "tx_has_marks"
    error = refused(school.plans.remove, who, year, 6, school.subjects["gddp"])
    assert error.code == "subject_unknown"
    korean = add(school).payload
    school.plans.remove(who, year, 6, korean)
    assert add(school).payload != 0, "a name that no grade has any more is free again"


def test_names_and_kinds_are_the_years_and_rest_with_its_marks(school):
    change(school, "nghe_thuat", name="Nghệ thuật (Âm nhạc, Mĩ thuật)", short_name="NT")
    assert plan(school, "nghe_thuat", 9).short_name == "NT"
    assert refused(change, school, "nghe_thuat", name="Toán").code == "subject_exists"
    change(school, "gddp", kind=SubjectKind.MARKS)
    assert plan(school, "gddp").kind is SubjectKind.MARKS
    put_mark(school, "gddp")
    error = refused(change, school, "gddp", kind=SubjectKind.COMMENTS)
    assert error.code == "subject_has_marks"
    close(school)
    error = refused(change, school, "gddp", name="Địa phương")
    assert error.code == "subject_after_close"
    assert refused(change, school, "gddp", periods=105).code == "tx_after_close"
    # Without another number of columns the lessons may be put right even then.
    change(school, "toan", periods=141)


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ({"name": "  "}, "subject_name_missing"),
        ({"name": "M" * 81}, "text_too_long"),
        ({"short_name": "một tên viết tắt quá dài"}, "text_too_long"),
        ({"short_name": "", "name": "Một tên môn dài hơn mười sáu chữ"}, "subject_name_missing"),
        ({"periods": 0}, "periods_out_of_range"),
        ({"periods": 401}, "periods_out_of_range"),
        ({"terms": frozenset()}, "terms_missing"),
        ({"tx_count": 10, "tx_reason": "nhiều"}, "tx_too_many"),
        ({"tx_count": 4, "tx_reason": " "}, "reason_missing"),
    ],
)
def test_what_cannot_stand_in_the_table_is_refused(school, new, code):
    before = plan(school, "tin_hoc")
    assert refused(change, school, "tin_hoc", **new).code == code
    assert plan(school, "tin_hoc") == before


def test_a_teacher_changes_nothing(school):
    with pytest.raises(AccessDenied):
        change(school, "tin_hoc", who="tin_hoc", periods=70)
    with pytest.raises(AccessDenied):
        school.plans.add(school.actor("tin_hoc"), school.year_id, 6, KOREAN)
    with pytest.raises(AccessDenied):
        school.plans.remove(school.actor("tin_hoc"), school.year_id, 6, school.subjects["gddp"])
