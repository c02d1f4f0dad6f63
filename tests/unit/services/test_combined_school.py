"""Schools of several levels: set up, grown by a level, opened and counted class by class."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.attendance import Month
from app.domain.lock_scopes import LockScope
from app.domain.locks import LateOpening
from app.domain.periods import Period, Term
from app.domain.school_levels import Level
from app.domain.subjects import SubjectKind
from app.errors import RuleRefused
from app.readmodels.class_book import BookScope
from app.readmodels.home import TaskKind
from app.readmodels.mark_sheet import CellKey, SheetId
from app.regulations.tt58_first_issue import TT58_FIRST_ISSUE
from app.services.batch_printing import BatchPrinting
from app.services.book_printing import BookOrder
from app.services.entry_control import EntryControl
from app.services.subject_plans import SubjectFacts
from app.services.tasks import Tasks
from tests.support.combined_school import make_combined
from tests.support.primary_school import make_primary

LATE = (date(2026, 11, 20), date(2026, 12, 20))
CIRCULARS_2023 = {
    **dict.fromkeys((1, 2, 3, 4), "TT27/2020"),
    5: "TT22/2016",
    **dict.fromkeys((6, 7, 8, 10, 11), "TT22/2021"),
    **dict.fromkeys((9, 12), "TT58/2011"),
}


def refused(act, *args, **more):
    with pytest.raises(RuleRefused) as caught:
        act(*args, **more)
    return caught.value


def test_every_grade_of_2023_has_its_own_circular_and_subjects(tmp_path):
    """TT27/2020, Điều 2; TT22/2021, Điều 21: four circulars in one school year."""
    made = make_combined(tmp_path, first_year=2023)
    school, principal = made.school, made.school.actor("principal")
    for grade, circular in CIRCULARS_2023.items():
        klass = school.setup.add_class(principal, school.year_id, grade, f"{grade}A").payload
        assert klass.regulation == circular
        kinds = {subject.kind for subject in school.setup.subjects(klass.id)}
        primary = {SubjectKind.LEVELS, SubjectKind.TRAITS}
        assert kinds == (primary if grade <= 5 else {SubjectKind.MARKS, SubjectKind.COMMENTS})


def test_subjects_of_one_name_are_two_in_two_levels(tmp_path):
    made = make_combined(tmp_path, "5A", "6A")
    lower, upper = made.subject("5A", "toan"), made.subject("6A", "toan")
    assert lower.id != upper.id
    assert (lower.kind, upper.kind) == (SubjectKind.LEVELS, SubjectKind.MARKS)
    work, teacher = made.work("teacher"), made.school.actor("teacher")
    with made.school.uow.read() as uow:
        pupils = {n: uow.roster.entries(k.id)[0].pupil_id for n, k in made.classes.items()}
    for name, subject, column, text in (
        ("5A", lower, "GK1.muc", "H"), ("6A", upper, "HK1.tx1", "7,5"),
    ):  # fmt: skip
        sheet, key = SheetId(made.classes[name].id, subject.id), CellKey(pupils[name], column)
        work.marks.set_cells(teacher, sheet, {key: text}, "key")
        view = work.marks.open(teacher, sheet)
        at = next(n for n, one in enumerate(view.columns) if one.key == column)
        assert view.cells[0][at].text == text


def test_a_secondary_grade_may_have_an_own_subject_named_as_a_primary_one(tmp_path):
    made = make_combined(tmp_path, "6A")
    facts = SubjectFacts("Khoa học", "Khoa học", SubjectKind.MARKS, 35)
    school = made.school
    school.plans.add(school.actor("principal"), school.year_id, 6, facts)
    with school.uow.read() as uow:
        kinds = {g: {s.kind for s in uow.studies.of_grade(school.year_id, g)
                     if s.name == "Khoa học"} for g in (5, 6)}  # fmt: skip
    assert kinds == {5: {SubjectKind.LEVELS}, 6: {SubjectKind.MARKS}}


class TestGrowing:
    def grow(self, school, stage):
        with school.uow.read() as uow:
            facts = uow.school.get()
        return school.setup.save_school(school.actor("principal"), replace(facts, stage=stage))

    def test_a_primary_school_takes_a_level_more(self, tmp_path):
        primary = make_primary(tmp_path)
        school, principal = primary.school, primary.school.actor("principal")
        with school.uow.read() as uow:
            before = uow.studies.of_grade(school.year_id, 4)
        self.grow(school, "th_thcs")
        early = refused(school.setup.add_class, principal, school.year_id, 6, "6A")
        assert early.code == "subjects_missing"
        school.setup.fill_subjects(principal, school.year_id)
        klass = school.setup.add_class(principal, school.year_id, 6, "6A").payload
        assert klass.regulation == "TT22/2021"
        with school.uow.read() as uow:
            assert uow.studies.of_grade(school.year_id, 4) == before
        again = refused(school.setup.fill_subjects, principal, school.year_id)
        assert again.code == "subjects_exist"

    def test_grades_of_a_further_level_share_the_subjects_of_the_other(self, tmp_path):
        made = make_combined(tmp_path, "9A", stage="thcs")
        school = made.school
        self.grow(school, "thcs_thpt")
        school.setup.fill_subjects(school.actor("principal"), school.year_id)
        with school.uow.read() as uow:
            ten = {s.code: s for s in uow.studies.of_grade(school.year_id, 10)}
        assert ten["toan"].id == made.subject("9A", "toan").id
        assert ten["toan"].periods == 105

    def test_a_level_with_classes_stays(self, tmp_path):
        made = make_combined(tmp_path, "5A", "6A")
        error = refused(self.grow, made.school, "thcs_thpt")
        assert error.code == "stage_has_classes"
        assert "5A" in error.sentence
        assert "6A" not in error.sentence
        self.grow(made.school, "th_thcs")

    def test_another_kind_of_school_is_unknown(self, tmp_path):
        made = make_combined(tmp_path)
        assert refused(self.grow, made.school, "th_thpt").code == "stage_unknown"


def test_a_year_before_tt26_has_its_grades_under_two_circulars(tmp_path):
    made = make_combined(tmp_path, "3A", "7A", first_year=2018)
    school, principal = made.school, made.school.actor("principal")
    assert made.classes["3A"].regulation == "TT22/2016"
    assert made.classes["7A"].regulation == TT58_FIRST_ISSUE.id
    with school.uow.read() as uow:
        filled = {g for g in range(1, 13) if uow.studies.of_grade(school.year_id, g)}
    assert filled == set(range(1, 13))
    assert refused(school.setup.fill_subjects, principal, school.year_id).code == "subjects_exist"


class TestOpening:
    def test_a_period_is_opened_where_some_class_has_it(self, tmp_path):
        made = make_combined(tmp_path, "5A", "6A")
        school = made.school
        control = EntryControl(school.uow, school.clock)
        principal, day = school.actor("principal"), date(2026, 11, 20)
        lower = LockScope(frozenset(Level.LOWER.grades))
        window = (*LATE, "12/QĐ", day)
        no_kys = refused(control.open_window, principal, school.year_id, Period.GK1, *window, lower)
        assert (no_kys.code, "cấp THCS" in no_kys.sentence) == ("period_not_here", True)
        primary = LockScope(frozenset(Level.PRIMARY.grades))
        no_terms = refused(
            control.open_window, principal, school.year_id, Period.HK1, *window, primary
        )
        assert no_terms.code == "period_not_here"
        for scope, period in ((lower, Period.HK1), (primary, Period.GK1), (lower, Period.HE)):
            control.open_window(principal, school.year_id, period, *window, scope)

    def test_a_late_opening_reaches_the_classes_that_have_the_period(self, tmp_path):
        made = make_combined(tmp_path, "5A", "6A")
        school = made.school
        control = EntryControl(school.uow, school.clock)
        late = LateOpening(0, None, Period.CK1, *LATE, "13/QĐ")
        control.open_late_in(
            school.actor("principal"), school.year_id, LockScope(), late, date(2026, 11, 20)
        )
        opened = {n: control.locks(k.id).late_openings for n, k in made.classes.items()}
        assert ([o.period for o in opened["5A"]], opened["6A"]) == ([Period.CK1], ())


def test_the_desk_tells_the_term_of_each_kind_of_class(tmp_path):
    made = make_combined(tmp_path, "5A", "6A")
    school = made.school
    tasks = Tasks(school.uow, school.clock)
    office = tasks.overview(school.actor("principal"), school.year_id)
    assert [one.term for one in office.running] == [Period.GK1, Term.HK1]
    assert {one.until for one in office.running} == {date(2027, 6, 30)}
    assert office.term_words == "giữa học kì I và học kì I"
    assert [(line.class_name, line.term) for line in office.classes] == [
        ("5A", Period.GK1), ("6A", Term.HK1),
    ]  # fmt: skip
    mine = tasks.overview(school.actor("teacher"), school.year_id).tasks
    entry = {(t.class_name, t.term) for t in mine if t.kind is TaskKind.ENTER}
    assert entry == {("5A", Period.GK1), ("6A", Term.HK1)}
    assert {t.class_name for t in mine if t.kind is TaskKind.CONDUCT} == {"6A"}


def test_the_limit_of_days_absent_is_one_of_secondary_classes(tmp_path):
    made = make_combined(tmp_path, "5A", "6A")
    work, teacher = made.work("teacher"), made.school.actor("teacher")
    limits = {n: work.attendance.open(teacher, k.id, Month(2026, 11)).limit
              for n, k in made.classes.items()}  # fmt: skip
    assert limits == {"5A": None, "6A": 45}


def test_a_whole_schools_print_leaves_out_classes_of_another_form(tmp_path):
    made = make_combined(tmp_path, "5A", "6A")
    batches = made.work("principal").batches
    assert isinstance(batches, BatchPrinting)
    plan = batches.plan(made.school.year_id, BookOrder(BookScope.TERM_1))
    assert (plan.ready, [one.class_name for one in plan.refused]) == ((), ["6A"])
