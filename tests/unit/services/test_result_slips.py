"""Phiếu kết quả: what parents are told of a period, who may print it, when it is out of date."""

from __future__ import annotations

import pytest

from app.domain.periods import PRIMARY_TERMS, Period
from app.domain.print_runs import RESULT_SLIP
from app.errors import AccessDenied, RuleRefused
from app.regulations.base import Promotion
from app.services.class_scope import sees_run
from app.services.print_comparing import run_differs
from app.services.result_slip_assembly import assemble_slips
from app.services.result_slips import ResultSlipPrinting, SlipOrder
from exports.press import Paper
from tests.support.primary_school import make_primary
from tests.support.record_book import RecordBook, book
from tests.support.school import TestSchool, make_school


@pytest.fixture
def kept(tmp_path) -> RecordBook:
    """Three pupils, both terms full, nothing closed."""
    kept = book(make_school(tmp_path, pupils=3))
    kept.fill()
    return kept


def press(school: TestSchool) -> ResultSlipPrinting:
    return ResultSlipPrinting(school.uow, school.clock, Paper())


def assembled(school: TestSchool, period: Period, pupil=None):
    with school.uow.read() as uow:
        return assemble_slips(uow, school.class_id, period, school.clock.today(), pupil)


def printed(school: TestSchool, order: SlipOrder, who="homeroom"):
    return press(school).print(school.actor(who), school.class_id, order).payload.run


def test_a_terms_slip_has_each_subject_with_marks_and_result(kept):
    slips = assembled(kept.school, Period.HK1)
    assert slips.title == "PHIẾU KẾT QUẢ HỌC TẬP VÀ RÈN LUYỆN"
    assert slips.period == "Học kì I"
    assert len(slips.slips) == 3
    first = slips.slips[0]
    (table,) = first.tables
    assert table.heads[1:5] == ("ĐĐGtx", "ĐĐGgk", "ĐĐGck", "Học kì I")
    with kept.school.uow.read() as uow:
        names = [one.name for one in uow.school.subjects(kept.school.class_id)]
    assert [row[0] for row in table.rows] == names
    facts = kept.facts("tin_hoc")
    line = next(row for row in table.rows if row[0] == "Tin học")

    def text(key: str) -> str:
        value = facts.cell(facts.columns[key].id, kept.school.pupils[0]).value
        return f"{value // 10},{value % 10}"

    assert line[1] == f"{text('HK1.tx1')}; {text('HK1.tx2')}"
    assert line[2:4] == (text("HK1.gk"), text("HK1.ck"))
    said = dict(first.facts)
    assert said["Kết quả rèn luyện"] == "Tốt"
    assert said["Kết quả học tập"]
    assert said["Số buổi nghỉ học kì I"] == "1 (có phép 1, không phép 0)"
    assert "Cuối năm" not in said


def test_the_years_slip_has_both_terms_and_what_follows(kept):
    slips = assembled(kept.school, Period.HK2)
    assert slips.period == "Cả năm học"
    first = slips.slips[0]
    assert first.tables[0].heads[4:7] == ("Học kì I", "Học kì II", "Cả năm")
    assert all(all(row[4:7]) for row in first.tables[0].rows)
    said = dict(first.facts)
    assert said["Số buổi nghỉ cả năm"] == "2 (có phép 2, không phép 0)"
    assert said["Cuối năm"]
    assert "Danh hiệu, khen thưởng" in said


def test_what_is_not_known_yet_is_said(tmp_path):
    school = make_school(tmp_path, pupils=1)
    said = dict(assembled(school, Period.HK2).slips[0].facts)
    assert said["Kết quả học tập"] == "chưa có"
    assert said["Số buổi nghỉ cả năm"] == "chưa ghi"
    assert said["Cuối năm"] == "chờ xét"
    assert "Danh hiệu, khen thưởng" not in said


def test_comments_of_teachers_and_of_the_gvcn_are_told(kept):
    school = kept.school
    kept.enter("tin_hoc", {(0, "HK1.comment"): "Thực hành tốt."})
    kept.conduct.set_cells(
        school.actor("homeroom"), school.class_id, {(school.pupils[0], "HK1.comment"): "Chăm."}
    )
    first = assembled(school, Period.HK1).slips[0]
    assert first.comment == "Chăm."
    line = next(row for row in first.tables[0].rows if row[0] == "Tin học")
    assert line[-1] == "Thực hành tốt."


def test_one_pupil_alone(kept):
    school = kept.school
    only = assembled(school, Period.HK1, school.pupils[1])
    assert [slip.position for slip in only.slips] == [2]
    with pytest.raises(RuleRefused) as caught:
        assembled(school, Period.HK1, 4711)
    assert caught.value.code == "no_pupils"


def test_a_period_the_class_does_not_have_is_refused(kept):
    with pytest.raises(RuleRefused) as caught:
        assembled(kept.school, Period.GK1)
    assert caught.value.code == "no_such_form"


def test_a_primary_slip_has_levels_tests_and_traits(tmp_path):
    primary = make_primary(tmp_path, grade=4, pupils=2)
    primary.live()
    school = primary.school
    assert press(school).periods(school.class_id) == PRIMARY_TERMS
    slips = assembled(school, Period.CK1)
    assert slips.title == "PHIẾU KẾT QUẢ ĐÁNH GIÁ GIÁO DỤC"
    subjects, traits = slips.slips[0].tables
    assert subjects.rows[0][:3] == ("Tiếng Việt", "T", "10")
    assert traits.heads == (
        *("Phẩm chất chủ yếu", "Mức"),
        *("Năng lực chung", "Mức"),
        *("Năng lực đặc thù", "Mức"),
    )
    assert sum(cell == "T" for row in traits.rows for cell in row) == 15
    assert slips.slips[0].facts == ()
    said = dict(assembled(school, Period.CN).slips[0].facts)
    assert said["Đánh giá kết quả giáo dục"] == "Hoàn thành xuất sắc"
    assert said["Cuối năm"] == Promotion.PROMOTED.label(4)


# --- who and when


def test_slips_wait_for_the_close_and_the_gvcn_prints_them(kept):
    school = kept.school
    with pytest.raises(RuleRefused) as caught:
        printed(school, SlipOrder(Period.HK1))
    assert caught.value.code == "not_closed"
    kept.close(Period.HK1)
    whole = printed(school, SlipOrder(Period.HK1, copies=2))
    assert (whole.kind, whole.period, whole.pages, whole.copies) == (RESULT_SLIP, "HK1", 3, 2)
    assert whole.title == "Phiếu kết quả lớp 6A, học kì I"
    one = printed(school, SlipOrder(Period.HK1, school.pupils[0]), "secretary")
    assert (one.pages, one.pupil_id) == (1, school.pupils[0])


def test_a_subject_teacher_prints_and_sees_none(kept):
    school = kept.school
    kept.close(Period.HK1)
    for act in (press(school).print, press(school).preview):
        with pytest.raises(AccessDenied) as caught:
            act(school.actor("tin_hoc"), school.class_id, SlipOrder(Period.HK1))
        assert caught.value.code == "not_your_class"


def test_a_preview_of_an_open_term_is_kept_nowhere(kept):
    school = kept.school
    before = school.trail_kinds()
    pdf = press(school).preview(school.actor("homeroom"), school.class_id, SlipOrder(Period.HK1))
    assert pdf.pages == 3
    assert school.trail_kinds() == before


def test_a_correction_makes_the_run_differ_for_that_pupil_only(kept):
    school = kept.school
    kept.close(Period.HK1)
    runs = [printed(school, SlipOrder(Period.HK1, pupil)) for pupil in school.pupils[:2]]
    kept.corrected("tin_hoc", {(0, "HK1.gk"): "9,9"})
    with school.uow.read() as uow:
        assert [run_differs(uow, run) for run in runs] == [True, False]


def test_nobody_but_the_office_and_the_gvcn_leafs_through_printed_slips(kept):
    school = kept.school
    kept.close(Period.HK1)
    run = printed(school, SlipOrder(Period.HK1))
    seen = {who: sees_run(school.actor(who), run) for who in ("secretary", "homeroom", "tin_hoc")}
    assert seen == {"secretary": True, "homeroom": True, "tin_hoc": False}
