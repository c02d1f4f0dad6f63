"""Chuyển năm học of a primary class: the principal's word, the last grade, a late correction."""

from datetime import date

import pytest

from app.domain.periods import Period
from app.domain.roll_over import Fate
from app.errors import RuleRefused
from app.readmodels.mark_sheet import CellKey
from app.readmodels.roll_over import RollOverChoice
from app.services.backups import Backups
from app.services.roll_over import RollOver
from tests.support.primary_school import make_primary

WITNESSES = ("Nguyễn Thị Bình", "Mai Thị Quỳnh")


def office_of(school) -> RollOver:
    backups = Backups(school.uow, school.clock, school.session.backups)
    return RollOver(school.uow, school.clock, backups, school.directory)


def run(primary, *entering: str):
    school = primary.school
    return office_of(school).run(
        school.actor("secretary"), school.year_id, RollOverChoice({}, entering)
    )


def approve(primary, number: str) -> None:
    school = primary.school
    year_end = primary.work("principal").year_end
    year_end.propose(school.actor("homeroom"), school.class_id)
    year_end.approve(school.signer("principal"), school.class_id, number)


def weak_year(tmp_path, grade: int):
    """Three pupils: one excellent, two who fail Toán again in the summer."""
    primary = make_primary(tmp_path, grade=grade, pupils=3)
    primary.live(until=Period.GK2)
    primary.fill(Period.CN)
    primary.enter("toan", {(at, "CN.muc"): "C" for at in (1, 2)})
    primary.work("homeroom").marks.confirm(
        primary.school.actor("homeroom"), primary.sheet("toan"), Period.CN
    )
    primary.close(Period.CN)
    approve(primary, "45/QĐ-TH")
    school = primary.school
    primary.work("principal").control.open_window(
        school.actor("principal"), school.year_id, Period.HE, date(2026, 11, 1),
        date(2027, 8, 1), "50/QĐ-TH", date(2026, 11, 1),
    )  # fmt: skip
    for at in (1, 2):
        primary.work("homeroom").summer.set_reassessment(
            school.actor("homeroom"), school.class_id, primary.pupil(at),
            school.subjects["toan"], "C", "biên bản 25/7", code="muc",
        )  # fmt: skip
    return primary


def decide(primary, at: int, *, promoted: bool) -> None:
    school = primary.school
    primary.work("principal").year_end.decide(
        school.signer("principal"), school.class_id, primary.pupil(at), promoted=promoted,
        reason="Hội đồng thống nhất", decision_no=f"4{at}/QĐ-TH",
    )  # fmt: skip


def names_after(primary, year_id):
    with primary.school.uow.read() as uow:
        return {entry.pupil_id: name for _, name, entry in uow.roster.everyone(year_id)}


def test_the_principals_word_decides_who_goes_on(tmp_path):
    primary = weak_year(tmp_path, 4)
    assert [item.problem for item in office_of(primary.school).board(
        primary.school.actor("secretary"), primary.school.year_id
    ).classes] != [""]  # fmt: skip
    with pytest.raises(RuleRefused) as refused:
        run(primary)
    assert refused.value.code == "year_not_settled"
    decide(primary, 1, promoted=True)
    decide(primary, 2, promoted=False)
    approve(primary, "58/QĐ-TH")
    done = run(primary, "1A").payload
    assert done.fates == {Fate.MOVES_UP: 2, Fate.STAYS: 1, Fate.COMPLETES: 0, Fate.LEFT: 0}
    assert names_after(primary, done.year.id) == {
        primary.pupil(0): "5A",
        primary.pupil(1): "5A",
        primary.pupil(2): "4A",
    }
    with primary.school.uow.read() as uow:
        assert {k.name: k.regulation for k in uow.school.classes(done.year.id)} == {
            "1A": "TT27/2020",
            "4A": "TT27/2020",
            "5A": "TT27/2020",
        }


def test_the_fifth_grade_goes_out_and_the_retained_stay(tmp_path):
    primary = weak_year(tmp_path, 5)
    decide(primary, 1, promoted=True)
    decide(primary, 2, promoted=False)
    approve(primary, "58/QĐ-TH")
    done = run(primary).payload
    assert done.fates == {Fate.MOVES_UP: 0, Fate.STAYS: 1, Fate.COMPLETES: 2, Fate.LEFT: 0}
    assert names_after(primary, done.year.id) == {primary.pupil(2): "5A"}


def test_a_correction_after_the_lists_stops_the_roll_over(tmp_path):
    primary = make_primary(tmp_path, grade=4, pupils=2)
    primary.live()
    approve(primary, "45/QĐ-TH")
    school, work = primary.school, primary.work("homeroom")
    key = CellKey(primary.pupil(0), "CN.muc")
    case = work.corrections.declare(
        school.actor("homeroom"), primary.sheet("toan"), {key: "C"}, "Ghi nhầm cột.", "trang 3",
        "bài kiểm tra",
    ).payload  # fmt: skip
    work.corrections.register(school.actor("secretary"), case.id, "01/ĐN-SĐ")
    work.corrections.check(school.actor("am_nhac"), case.id, "khớp")
    work.corrections.approve(school.signer("principal"), case.id, WITNESSES)
    work.corrections.apply(school.actor("homeroom"), case.id)
    with pytest.raises(RuleRefused) as refused:
        run(primary)
    assert refused.value.code == "year_not_settled"
