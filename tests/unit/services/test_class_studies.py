"""What a class and its pupils study: columns come and go with it, marks stay, the trail says it."""

from __future__ import annotations

import pytest

from app.domain.locks import PeriodClose
from app.domain.marks import CellState, MarkCell
from app.domain.periods import Period, Term
from app.domain.proof_reading import Remark, RemarkState
from app.domain.subjects import PupilChoices
from app.errors import AccessDenied, AppError
from app.ports import StoredMark
from app.readmodels.home import TaskKind
from app.regulations.thpt_choices import ClassChoices
from app.services.tasks import Tasks
from app.services.trail_review import TrailReview
from tests.support.secondary_year import SecondaryYear, secondary_year

SCIENCE = ("vat_li", "hoa_hoc", "sinh_hoc", "tin_hoc")
TOPICS = {"toan": Term.HK2, "vat_li": Term.HK1, "hoa_hoc": Term.HK1}


@pytest.fixture
def year(tmp_path) -> SecondaryYear:
    made = secondary_year(tmp_path, stage="thpt")
    made.add_class("10A", 3, ClassChoices(SCIENCE, TOPICS))
    made.open_entry()
    return made


def choose(year: SecondaryYear, choices: ClassChoices, who: str = "principal"):
    return year.school.studies.choose(year.school.actor(who), year.classes["10A"].id, choices)


def refused(call, *args) -> AppError:
    with pytest.raises(AppError) as caught:
        call(*args)
    assert caught.value.sentence.endswith(".")
    return caught.value


def columns(year: SecondaryYear, code: str) -> list[str]:
    subject = next(s for s in year.school.studies.of_class(1).offered if s.code == code)
    with year.school.uow.read() as uow:
        found = uow.marks.assessments(year.classes["10A"].id, subject.id)
    return [f"{a.term}.{a.code}" for a in found]


def put_mark(year: SecondaryYear, code: str, column: str) -> None:
    with year.school.uow.write() as uow:
        subject = year.subjects("10A")[code]
        found = uow.marks.assessments(year.classes["10A"].id, subject.id)
        at = next(a.id for a in found if f"{a.term}.{a.code}" == column)
        uow.marks.put([StoredMark(at, year.pupils["10A"][0], MarkCell(CellState.MARK, 70))])
        uow.commit()


def last_sentence(year: SecondaryYear) -> str:
    return TrailReview(year.school.uow).lines(year.school.actor("principal"))[0].sentence


def test_a_new_class_has_the_columns_of_what_it_studies(year):
    assert "HK2.tx5" in columns(year, "toan")
    assert "HK1.tx5" not in columns(year, "toan")
    assert "HK1.tx4" in columns(year, "vat_li")
    assert columns(year, "dia_li") == []
    studies = year.school.studies.of_class(year.classes["10A"].id)
    assert set(studies.choices.electives) == set(SCIENCE)
    assert studies.choices.topics == TOPICS
    assert year.school.studies.electives(year.school.year_id) == {
        year.classes["10A"].id: ("Vật lí", "Hóa học", "Sinh học", "Tin học")
    }


def test_another_choice_brings_columns_and_takes_empty_ones_and_the_teacher_with_them(year):
    taught = year.school.actor("teacher").teaches
    gone = year.subjects("10A")["tin_hoc"].id
    assert (year.classes["10A"].id, gone) in taught
    done = choose(year, ClassChoices((*SCIENCE[:3], "dia_li"), TOPICS | {"vat_li": Term.HK2}))
    assert done.summary == "Đã ghi môn học của lớp 10A"
    assert columns(year, "tin_hoc") == []
    assert len(columns(year, "dia_li")) == 10
    assert "HK1.tx4" not in columns(year, "vat_li")
    assert "HK2.tx4" in columns(year, "vat_li")
    assert (year.classes["10A"].id, gone) not in year.school.actor("teacher").teaches
    assert "thêm Địa lí; bỏ Tin học; cụm chuyên đề" in last_sentence(year)
    assert choose(year, year.school.studies.of_class(1).choices).summary == (
        "Môn học của lớp không đổi"
    )


def test_a_subject_or_a_topic_with_marks_stays(year):
    put_mark(year, "tin_hoc", "HK1.tx1")
    put_mark(year, "vat_li", "HK1.tx4")
    error = refused(choose, year, ClassChoices((*SCIENCE[:3], "dia_li"), TOPICS))
    assert error.code == "tx_has_marks"
    assert "Tin học lớp 10A" in error.sentence
    moved = ClassChoices(SCIENCE, TOPICS | {"vat_li": Term.HK2})
    assert refused(choose, year, moved).code == "tx_has_marks"
    assert len(columns(year, "tin_hoc")) == 10
    assert "HK1.tx4" in columns(year, "vat_li")


def test_a_subject_with_comments_stays(year):
    subject, pupil = year.subjects("10A")["tin_hoc"], year.pupils["10A"][0]
    dropped = ClassChoices((*SCIENCE[:3], "dia_li"), TOPICS)

    def comment(text: str) -> None:
        with year.school.uow.write() as uow:
            uow.marks.put_comments(year.classes["10A"].id, subject.id, {(Term.HK1, pupil): text})
            uow.commit()

    comment("Tiến bộ rõ ở phần lập trình.")
    assert refused(choose, year, dropped).code == "subject_has_comments"
    with year.school.uow.read() as uow:
        assert list(uow.marks.comments(year.classes["10A"].id, subject.id).values()) == [
            "Tiến bộ rõ ở phần lập trình."
        ]
    comment("")
    choose(year, dropped)


def test_a_subject_with_a_remark_of_proof_reading_stays_until_it_is_resolved(year):
    """An empty cell may be what the remark is about."""
    klass, subject = year.classes["10A"], year.subjects("10A")["tin_hoc"]
    by = year.school.accounts_by_key["teacher"]
    now = year.school.clock.now()
    dropped = ClassChoices((*SCIENCE[:3], "dia_li"), TOPICS)
    with year.school.uow.write() as uow:
        column = uow.marks.assessments(klass.id, subject.id)[0]
        remark = uow.proofs.add_remark(
            Remark(
                0, klass.id, subject.id, column.id, year.pupils["10A"][0], "", "8",
                "Sổ giấy có 8, ô này trống.", RemarkState.OPEN, by, "", now,
            )
        )  # fmt: skip
        uow.commit()
    assert refused(choose, year, dropped).code == "tx_has_remarks"
    with year.school.uow.write() as uow:
        uow.proofs.resolve(remark, "sổ giấy ghi nhầm", by, now)
        uow.commit()
    choose(year, dropped)


def test_after_a_close_nothing_changes_any_more(year):
    with year.school.uow.write() as uow:
        close = PeriodClose(Period.HK1, year.school.clock.now(), "", "12/QĐ", "d1")
        by = year.school.accounts_by_key["teacher"]
        uow.control.close_period(year.classes["10A"].id, close, by, "")
        uow.commit()
    choices = ClassChoices((*SCIENCE[:3], "dia_li"), TOPICS)
    assert refused(choose, year, choices).code == "tx_after_close"
    special = ClassChoices(SCIENCE, TOPICS, specialised="toan")
    assert refused(choose, year, special).code == "studies_after_close"
    own = PupilChoices(specialised=year.subjects("10A")["toan"].id)
    error = refused(
        year.school.studies.choose_for_pupils,
        year.school.actor("principal"), 1, year.pupils["10A"][:1], own,
    )  # fmt: skip
    assert error.code == "studies_after_close"


def test_pupils_who_differ_are_awaited_nowhere_else(year):
    choose(year, ClassChoices((*SCIENCE, "dia_li"), TOPICS))
    school, studies = year.school, year.school.studies
    principal = school.actor("principal")
    subjects = year.subjects("10A")
    school.assignments.assign(
        principal, 1, subjects["dia_li"].id, school.accounts_by_key["teacher"],
        school.clock.today(),
    )  # fmt: skip
    ada, ben, cam = year.pupils["10A"]
    out = PupilChoices(frozenset({subjects["dia_li"].id}), subjects["toan"].id)
    done = studies.choose_for_pupils(principal, 1, [ada, ben], out)
    assert done.summary == "Đã ghi môn học của 2 học sinh"
    assert studies.of_class(1).pupils == {ada: out, ben: out}
    assert "không học Địa lí; môn chuyên Toán" in last_sentence(year)
    tasks = Tasks(school.uow, school.clock).overview(school.actor("teacher"), school.year_id)
    totals = {t.subject_name: t.total for t in tasks.tasks if t.kind is TaskKind.ENTER}
    per_pupil = len([c for c in columns(year, "dia_li") if c.startswith("HK1")])
    assert totals["Địa lí"] == per_pupil
    # A choice that the class cannot give any more is refused with the pupil's name.
    error = refused(choose, year, ClassChoices((*SCIENCE, "dia_li", "gdkt_pl"), TOPICS))
    assert error.code == "electives_count"
    assert studies.choose_for_pupils(principal, 1, [ada, ben], PupilChoices()).summary
    assert studies.of_class(1).pupils == {}
    put_mark(year, "dia_li", "HK1.tx1")
    error = refused(studies.choose_for_pupils, principal, 1, [ada], out)
    assert error.code == "pupil_has_marks"
    assert refused(studies.choose_for_pupils, principal, 1, [], out).code == "pupil_unknown"
    assert refused(studies.choose_for_pupils, principal, 1, [999], out).code == "pupil_unknown"
    assert cam not in studies.of_class(1).pupils


def test_a_teacher_may_choose_for_nobody(year):
    with pytest.raises(AccessDenied):
        choose(year, ClassChoices(SCIENCE), who="teacher")
    with pytest.raises(AccessDenied):
        year.school.studies.choose_for_pupils(
            year.school.actor("teacher"), 1, year.pupils["10A"], PupilChoices()
        )


def test_a_subject_that_already_has_every_column_of_the_paper_takes_no_topic(year):
    choose(year, ClassChoices(SCIENCE))
    principal, school = year.school.actor("principal"), year.school
    math = year.subjects("10A")["toan"]
    school.plans.set_tx_count(principal, school.year_id, 10, math.id, 9, "Kế hoạch số 5")
    error = refused(choose, year, ClassChoices(SCIENCE, TOPICS))
    assert error.code == "tx_too_many"
