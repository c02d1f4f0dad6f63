"""School, years, subjects, classes, number of columns."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.locks import PeriodClose
from app.domain.marks import CellState, MarkCell
from app.domain.periods import Period, Term
from app.domain.subjects import SubjectKind, column_codes
from app.errors import AccessDenied, RuleRefused
from app.ports import StoredMark
from app.services.school_setup import clean_class_name, default_dates
from tests.support.school import SCHOOL, found_school, make_school


@pytest.fixture
def school(tmp_path):
    return make_school(tmp_path, pupils=1)


@pytest.fixture
def bare(tmp_path):
    return found_school(tmp_path)


def refused(call, *args, **kwargs):
    with pytest.raises(RuleRefused) as refusal:
        call(*args, **kwargs)
    return refusal.value


def last_detail(school):
    with school.uow.read() as uow:
        return json.loads(uow.trail.entries(newest=1)[0].detail)


class TestSchoolFacts:
    def test_a_change_is_stored_clean_and_recorded_with_old_and_new(self, school):
        new = replace(SCHOOL, name="  Trường THCS  Đồng Tâm ")  # decomposed and loose
        school.setup.save_school(school.actor("secretary"), new)
        assert school.setup.school().name == "Trường THCS Đồng Tâm"
        assert last_detail(school) == {"name": [SCHOOL.name, "Trường THCS Đồng Tâm"]}

    def test_a_teacher_may_not_and_blanks_are_refused(self, school):
        with pytest.raises(AccessDenied):
            school.setup.save_school(school.actor("toan"), SCHOOL)
        error = refused(
            school.setup.save_school, school.actor("principal"), replace(SCHOOL, commune=" ")
        )
        assert "Xã, phường" in error.sentence
        assert school.setup.school() == SCHOOL


class TestYears:
    def test_the_usual_dates_are_filled_in(self, bare):
        year = bare.setup.add_year(bare.actor("principal"), " 2026–2027 ").payload
        assert (year.name, year.starts_on) == ("2026-2027", date(2026, 9, 5))
        assert (year.term2_starts_on, year.ends_on) == default_dates("2026-2027")[1:]
        assert bare.setup.years() == (year,)

    @pytest.mark.parametrize("name", ["2026", "2026-2028", "26-27", "năm 2026-2027", ""])
    def test_a_name_that_is_no_year_is_refused(self, bare, name):
        error = refused(bare.setup.add_year, bare.actor("principal"), name)
        assert error.code == "year_name_invalid"

    @pytest.mark.parametrize(
        ("dates", "code"),
        [
            ((date(2026, 9, 5), date(2026, 9, 1), date(2027, 5, 31)), "year_dates_order"),
            ((date(2026, 9, 5), date(2027, 6, 1), date(2027, 5, 31)), "year_dates_order"),
            ((date(2026, 6, 5), date(2027, 1, 10), date(2027, 5, 31)), "year_dates_outside"),
            ((date(2026, 9, 5), date(2027, 1, 10), date(2027, 9, 30)), "year_dates_outside"),
        ],
    )
    def test_impossible_dates_are_refused(self, bare, dates, code):
        error = refused(bare.setup.add_year, bare.actor("principal"), "2026-2027", *dates)
        assert error.code == code
        assert bare.setup.years() == ()

    def test_the_same_year_or_overlapping_days_are_refused(self, bare):
        principal = bare.actor("principal")
        bare.setup.add_year(principal, "2026-2027", ends=date(2027, 8, 20))
        assert refused(bare.setup.add_year, principal, "2026-2027").code == "year_exists"
        error = refused(bare.setup.add_year, principal, "2027-2028", date(2027, 8, 1))
        assert error.code == "year_overlaps"


class TestSubjects:
    def test_the_programme_is_filled_with_the_circulars_counts(self, school):
        found = {subject.code: subject for subject in school.setup.subjects(school.class_id)}
        assert len(found) == 12
        assert sum(s.kind is SubjectKind.MARKS for s in found.values()) == 8
        assert (found["toan"].periods, found["toan"].tx_count) == (140, 4)
        assert (found["tin_hoc"].tx_count, found["gdtc"].tx_count) == (2, 2)

    def test_a_grade_with_more_lessons_has_more_columns(self, school):
        class_9 = school.add_class("9B", 9)
        found = {subject.code: subject for subject in school.setup.subjects(class_9)}
        assert (found["cong_nghe"].periods, found["cong_nghe"].tx_count) == (52, 3)

    def test_optional_subjects_come_only_when_named(self, bare):
        principal = bare.actor("principal")
        year = bare.setup.add_year(principal, "2026-2027").payload
        result = bare.setup.fill_subjects(principal, year.id, optional=("ngoai_ngu_2",))
        assert result.payload == 13
        assert refused(bare.setup.fill_subjects, principal, year.id).code == "subjects_exist"

    def test_an_unknown_optional_subject_is_refused_and_nothing_stored(self, bare):
        principal = bare.actor("principal")
        year = bare.setup.add_year(principal, "2026-2027").payload
        error = refused(bare.setup.fill_subjects, principal, year.id, optional=("la_tinh",))
        assert error.code == "subject_unknown"
        assert bare.setup.fill_subjects(principal, year.id).payload == 12


class TestClasses:
    def test_a_class_gets_its_circular_and_every_column_at_once(self, school):
        class_id = school.add_class("  lớp 7a1 ", 7)
        with school.uow.read() as uow:
            klass = uow.school.class_(class_id)
            assert (klass.name, klass.regulation) == ("7A1", "TT22/2021")
            for subject in uow.school.subjects(class_id):
                columns = uow.marks.assessments(class_id, subject.id)
                wanted = column_codes(subject.tx_count)
                for term in Term:
                    codes = [a.code for a in columns if a.term is term]
                    assert tuple(codes) == wanted

    @pytest.mark.parametrize("name", ["A", "7A", "6", "61", "12A", "6" + "A" * 12])
    def test_a_name_that_is_no_class_of_the_grade_is_refused(self, school, name):
        error = refused(school.setup.add_class, school.actor("secretary"), school.year_id, 6, name)
        assert error.code == "class_name_invalid"

    def test_twins_other_stages_and_missing_subjects_are_refused(self, school, tmp_path):
        secretary = school.actor("secretary")
        again = refused(school.setup.add_class, secretary, school.year_id, 6, "6a")
        assert again.code == "class_exists"
        high = refused(school.setup.add_class, secretary, school.year_id, 10, "10A")
        assert high.code == "grade_outside_stage"
        next_year = school.setup.add_year(secretary, "2027-2028").payload
        early = refused(school.setup.add_class, secretary, next_year.id, 6, "6A")
        assert early.code == "subjects_missing"

    def test_a_teacher_may_not_make_classes(self, school):
        with pytest.raises(AccessDenied):
            school.setup.add_class(school.actor("toan"), school.year_id, 6, "6B")

    @given(st.integers(6, 9), st.text(st.sampled_from("AbĐđ. "), min_size=1, max_size=6))
    def test_a_clean_name_is_stable(self, grade, rest):
        try:
            name = clean_class_name(f"{grade}{rest}", grade)
        except RuleRefused:
            return
        assert clean_class_name(name, grade) == name == name.upper()
        assert name.startswith(str(grade))


class TestColumns:
    def set(self, school, count, reason="Kế hoạch giáo dục số 12", code="tin_hoc", who="vice"):
        return school.plans.set_tx_count(
            school.actor(who), school.year_id, 6, school.subjects[code], count, reason
        )

    def codes(self, school, code="tin_hoc"):
        with school.uow.read() as uow:
            columns = uow.marks.assessments(school.class_id, school.subjects[code])
        return [a.code for a in columns if a.term is Term.HK1]

    def put(self, school, column):
        with school.uow.write() as uow:
            found = uow.marks.assessments(school.class_id, school.subjects["tin_hoc"])
            target = next(a.id for a in found if (a.term, a.code) == (Term.HK1, column))
            uow.marks.put([StoredMark(target, school.pupils[0], MarkCell(CellState.MARK, 80))])
            uow.commit()

    def test_more_columns_appear_before_the_exams_in_every_class_of_the_grade(self, school):
        other = school.add_class("6B")
        self.put(school, "tx1")
        self.set(school, 3)
        assert self.codes(school) == ["tx1", "tx2", "tx3", "gk", "ck"]
        with school.uow.read() as uow:
            subject = uow.school.subject(other, school.subjects["tin_hoc"])
            assert (subject.tx_count, subject.tx_reason) == (3, "Kế hoạch giáo dục số 12")
            assert len(uow.marks.assessments(other, subject.id)) == 10

    def test_back_to_the_circular_needs_no_reason_and_takes_the_empty_columns(self, school):
        self.set(school, 4)
        self.set(school, 2, reason="")
        assert self.codes(school) == ["tx1", "tx2", "gk", "ck"]

    def test_a_column_with_marks_stays(self, school):
        self.set(school, 3)
        self.put(school, "tx3")
        assert refused(self.set, school, 2).code == "tx_has_marks"
        assert self.codes(school) == ["tx1", "tx2", "tx3", "gk", "ck"]

    @pytest.mark.parametrize(
        ("count", "reason", "code"),
        [
            (1, "ít học sinh", "tx_below_circular"),
            (10, "nhiều", "tx_too_many"),
            (3, "  ", "reason_missing"),
            (2, "", "tx_same"),
        ],
    )
    def test_refusals(self, school, count, reason, code):
        assert refused(self.set, school, count, reason).code == code
        assert self.codes(school) == ["tx1", "tx2", "gk", "ck"]

    def test_a_closed_period_keeps_its_columns(self, school):
        with school.uow.write() as uow:
            close = PeriodClose(Period.HK1, school.clock.now(), "", "12/QĐ", "d1")
            uow.control.close_period(
                school.class_id, close, school.accounts_by_key["principal"], ""
            )
            uow.commit()
        assert refused(self.set, school, 3).code == "tx_after_close"

    def test_a_locked_column_is_not_taken_away(self, school):
        self.set(school, 3)
        with school.uow.write() as uow:
            found = uow.marks.assessments(school.class_id, school.subjects["tin_hoc"])
            target = next(a.id for a in found if a.code == "tx3")
            by = school.accounts_by_key["principal"]
            uow.control.lock_column(target, by, school.clock.now(), "12/QĐ", school.clock.today())
            uow.commit()
        assert refused(self.set, school, 2).code == "tx_locked"
        with school.uow.write() as uow:
            uow.control.unlock_column(target, by, school.clock.now(), "13/QĐ", school.clock.today())
            uow.commit()
        self.set(school, 2)
        assert self.codes(school) == ["tx1", "tx2", "gk", "ck"]

    def test_a_teacher_may_not(self, school):
        with pytest.raises(AccessDenied):
            self.set(school, 3, who="tin_hoc")

    def test_a_grade_without_classes_has_its_plan_already(self, school):
        school.plans.set_tx_count(
            school.actor("vice"), school.year_id, 8, school.subjects["tin_hoc"], 3, "x"
        )
        klass = school.add_class("8A", 8)
        with school.uow.read() as uow:
            assert len(uow.marks.assessments(klass, school.subjects["tin_hoc"])) == 10

    def test_a_grade_that_does_not_study_it_is_told(self, school):
        error = refused(
            school.plans.set_tx_count,
            school.actor("vice"),
            school.year_id,
            10,
            school.subjects["tin_hoc"],
            3,
            "x",
        )
        assert error.code == "subject_unknown"
