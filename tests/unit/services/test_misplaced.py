"""A result of the old year that changes after chuyển năm học is told until the place agrees."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.errors import RuleRefused
from app.readmodels.home import TaskKind
from app.readmodels.mark_sheet import CellKey
from app.services.misplaced import misplaced
from tests.support.primary_school import make_primary
from tests.unit.services.test_roll_over_primary import (
    WITNESSES,
    approve,
    decide,
    office_of,
    run,
    weak_year,
)


def correct(primary, at: int, text: str) -> None:
    """Toán of cuối năm of one pupil by a whole case."""
    school, work = primary.school, primary.work("homeroom")
    key = CellKey(primary.pupil(at), "CN.muc")
    case = work.corrections.declare(
        school.actor("homeroom"), primary.sheet("toan"), {key: text}, "Ghi nhầm.", "trang 3",
        "bài kiểm tra",
    ).payload  # fmt: skip
    work.corrections.register(school.actor("secretary"), case.id, f"0{at}-{text}/ĐN-SĐ")
    work.corrections.check(school.actor("am_nhac"), case.id, "khớp")
    work.corrections.approve(school.signer("principal"), case.id, WITNESSES)
    work.corrections.apply(school.actor("homeroom"), case.id)


def told(primary, year):
    with primary.school.uow.read() as uow:
        return misplaced(uow, uow.school.year(year.id))


def tasks(primary, who: str, year):
    view = primary.work(who).tasks.overview(primary.school.actor(who), year.id)
    return [task for task in view.tasks if task.kind is TaskKind.MISPLACED]


@pytest.fixture
def rolled(tmp_path):
    """4A all promoted and gone on to 5A."""
    primary = make_primary(tmp_path, grade=4, pupils=2)
    primary.live()
    approve(primary, "45/QĐ-TH")
    return primary, run(primary, "4A").payload.year


def test_a_promoted_pupil_who_is_to_be_assessed_again(rolled):
    primary, year = rolled
    school = primary.school
    assert told(primary, year) == ()
    correct(primary, 0, "C")
    (one,) = told(primary, year)
    assert (one.pupil_id, one.class_name, one.old_class) == (primary.pupil(0), "5A", "4A")
    assert "đang học lớp 5A" in one.sentence
    assert "Đánh giá bổ sung" in one.sentence
    for who in ("principal", "secretary"):
        (task,) = tasks(primary, who, year)
        assert task.people == (one.name,)
        assert task.class_name == "5A"
    assert tasks(primary, "homeroom", year) == []
    assert tasks(primary, "vice", year) == []
    board = office_of(school).board(school.actor("secretary"), school.year_id)
    assert board.changed == (one.sentence,)
    view = primary.work("secretary").rosters.view(school.actor("secretary"), one.class_id)
    assert [line.warning for line in view.lines if line.warning] == [one.sentence]
    correct(primary, 0, "T")
    assert told(primary, year) == ()
    assert office_of(school).board(school.actor("secretary"), school.year_id).changed == ()


def test_moving_the_pupil_ends_it(rolled):
    primary, year = rolled
    school = primary.school
    correct(primary, 1, "C")
    (one,) = told(primary, year)
    assert one.grade == 4
    with school.uow.read() as uow:
        fourth = next(k for k in uow.school.classes(year.id) if k.name == "4A")
    school.clock.advance(timedelta(days=301))
    rosters = primary.work("secretary").rosters
    with pytest.raises(RuleRefused) as caught:
        rosters.move_class(
            school.actor("secretary"), one.class_id, fourth.id, primary.pupil(0),
            date(2027, 9, 20), "Nguyện vọng",
        )  # fmt: skip
    assert caught.value.code == "move_target"
    rosters.move_class(
        school.actor("secretary"), one.class_id, fourth.id, one.pupil_id, date(2027, 9, 20),
        "Theo kết quả đã sửa",
    )  # fmt: skip
    assert told(primary, year) == ()


def test_a_retained_pupil_who_should_go_on_and_one_who_went_out_too_early(tmp_path):
    primary = weak_year(tmp_path, 5)
    decide(primary, 1, promoted=False)
    decide(primary, 2, promoted=True)
    approve(primary, "58/QĐ-TH")
    year = run(primary).payload.year
    assert told(primary, year) == ()
    decide(primary, 1, promoted=True)
    decide(primary, 2, promoted=False)
    stays, out = told(primary, year)
    assert (stays.class_name, out.class_name) == ("5A", "")
    assert "đã ra trường" in out.sentence
    assert "hãy ghi em trở lại lớp" in out.sentence
    assert {task.class_name for task in tasks(primary, "principal", year)} == {
        "5A",
        "5A năm học 2026–2027",
    }


def test_a_year_without_a_roll_over_before_it_is_not_asked(tmp_path):
    primary = make_primary(tmp_path, pupils=1)
    with primary.school.uow.read() as uow:
        assert misplaced(uow, uow.school.year(primary.school.year_id)) == ()
