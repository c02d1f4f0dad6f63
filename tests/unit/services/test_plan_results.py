"""Kết quả theo KHGDCN: proposed by the GVCN, decided by the principal, counted once accepted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.periods import Period
from app.domain.pupils import Inclusion
from app.errors import AccessDenied, RuleRefused
from app.readmodels.home import TaskKind
from app.regulations.base import Promotion
from app.regulations.primary import YearResult
from app.services.trail_sentences import WORDINGS, sentence_of
from tests.support.primary_school import PrimarySchool, make_primary
from tests.unit.services.test_roll_over_primary import approve

PAPER = "KHGDCN số 3, biên bản họp 20/5"


def included(primary: PrimarySchool, at: int) -> None:
    """The pupil's profile says hòa nhập."""
    school = primary.school
    with school.uow.read() as uow:
        entry = next(
            e for e in uow.roster.entries(school.class_id) if e.pupil_id == primary.pupil(at)
        )
    school.rosters.edit_profile(
        school.actor("secretary"), school.class_id, primary.pupil(at),
        replace(entry.profile, inclusion=Inclusion.INCLUSIVE.value),
    )  # fmt: skip


def propose(primary, at: int, result: str = "Hoàn thành", who: str = "homeroom", **more):
    said = {"document": PAPER, "reason": "Đạt mục tiêu của kế hoạch", **more}
    return primary.work(who).plan_results.propose(
        primary.school.actor(who), primary.school.class_id, primary.pupil(at), result,
        said["document"], said["reason"],
    )  # fmt: skip


def decide(primary, at: int, *, accepted: bool = True, remark: str = "", number="12/QĐ-TH"):
    return primary.work("principal").plan_results.decide(
        primary.school.signer("principal"), primary.school.class_id, primary.pupil(at),
        accepted=accepted, remark=remark, decision_no=number,
    )  # fmt: skip


def result_of(primary, at: int):
    facts, _ = primary.work("principal").results.of_class(primary.school.class_id)
    return facts.primary.found(primary.pupil(at)).result


def refused(call, *args, **more):
    with pytest.raises(RuleRefused) as caught:
        call(*args, **more)
    return caught.value


@pytest.fixture
def failing(tmp_path):
    """Two pupils; the second fails Toán and is in hòa nhập."""
    primary = make_primary(tmp_path)
    primary.live(until=Period.GK2)
    primary.fill(Period.CN)
    primary.enter("toan", {(1, "CN.muc"): "C", (1, "CN.ktdk"): "3"})
    primary.enter("pc_nl", {(1, "CN.comment"): "Học theo kế hoạch giáo dục cá nhân"})
    for code in ("toan", "pc_nl"):
        primary.work("homeroom").marks.confirm(
            primary.school.actor("homeroom"), primary.sheet(code), Period.CN
        )
    included(primary, 1)
    return primary


def test_only_an_accepted_result_counts(failing):
    assert result_of(failing, 1) is YearResult.NOT_DONE
    propose(failing, 1)
    assert result_of(failing, 1) is YearResult.NOT_DONE
    (task,) = [
        t
        for t in failing.work("principal").tasks.overview(
            failing.school.actor("principal"), failing.school.year_id
        ).tasks
        if t.kind is TaskKind.DECIDE_PLAN
    ]  # fmt: skip
    assert (task.class_name, task.columns) == ("4A", 1)
    decide(failing, 1)
    assert result_of(failing, 1) is YearResult.DONE
    assert failing.results(1).promotion is Promotion.PROMOTED
    (line,) = failing.work("homeroom").plan_results.board(
        failing.school.actor("homeroom"), failing.school.class_id
    ).lines  # fmt: skip
    assert (line.computed, line.accepted) == ("Chưa hoàn thành", "Hoàn thành")
    assert not line.waits
    with failing.school.uow.read() as uow:
        entries = uow.trail.entries(newest=2)
    said = [sentence_of(e.kind, e.detail, e.cell_count, WORDINGS) for e in entries]
    assert any("Hiệu trưởng đồng ý kết quả theo KHGDCN" in one for one in said)


def test_a_refused_proposal_changes_nothing_and_a_new_one_replaces_it(failing):
    propose(failing, 1, "Hoàn thành tốt")
    assert refused(decide, failing, 1, accepted=False).code == "reason_and_number"
    decide(failing, 1, accepted=False, remark="Chưa đủ minh chứng")
    assert result_of(failing, 1) is YearResult.NOT_DONE
    assert refused(decide, failing, 1).code == "nothing_proposed"
    propose(failing, 1, "Hoàn thành tốt")
    propose(failing, 1, "Hoàn thành")
    decide(failing, 1)
    assert result_of(failing, 1) is YearResult.DONE
    propose(failing, 1, "")
    decide(failing, 1)
    assert result_of(failing, 1) is YearResult.NOT_DONE


def test_approved_lists_are_void_after_a_decision(failing):
    failing.close(Period.CN)
    approve(failing, "45/QĐ-TH")
    propose(failing, 1)
    decide(failing, 1)
    board = failing.work("principal").year_end.board(
        failing.school.actor("principal"), failing.school.class_id
    )
    assert board.standing is None
    assert "KHGDCN" in board.voided.voided_why


def test_who_may_and_about_whom(failing, tmp_path):
    with pytest.raises(AccessDenied):
        propose(failing, 1, who="am_nhac")
    with pytest.raises(AccessDenied):
        failing.work("vice").plan_results.decide(
            failing.school.signer("vice"), failing.school.class_id, failing.pupil(1),
            accepted=True, remark="", decision_no="1",
        )  # fmt: skip
    assert refused(propose, failing, 0).code == "no_plan"
    assert refused(propose, failing, 1, "Giỏi").code == "unknown_result"
    assert refused(propose, failing, 1, document=" ").code == "plan_missing"
    assert refused(propose, failing, 1, reason="").code == "plan_missing"


def test_the_old_circular_has_no_overall_result(tmp_path):
    primary = make_primary(tmp_path, grade=5, first_year=2022)
    included(primary, 0)
    assert refused(propose, primary, 0).code == "no_overall_result"
    board = primary.work("homeroom").plan_results.board(
        primary.school.actor("homeroom"), primary.school.class_id
    )
    assert board.lines == ()
