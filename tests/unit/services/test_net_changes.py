"""Thay đổi ròng over a real file: what is found, what is counted, who may ask, what is printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.net_change import Direction
from app.domain.print_runs import NET_CHANGE
from app.errors import AccessDenied
from app.services.net_changes import (
    NetChanges,
    export_tables,
    grounds_words,
    summary_sentences,
)
from app.trail_ports import ChangeScope
from exports.press import Paper
from tests.support.changed_after_announcement import WAVES, announced_school
from tests.support.correction_case import approved, locked_book
from tests.support.record_book import RecordBook, book
from tests.support.school import make_school

TX1, TX2 = (0, "HK1.tx1"), (0, "HK1.tx2")


@pytest.fixture
def kept(tmp_path: Path) -> RecordBook:
    return book(make_school(tmp_path))


def service(kept: RecordBook) -> NetChanges:
    return NetChanges(kept.school.uow, kept.school.clock, Paper())


def scope(kept: RecordBook, **more: object) -> ChangeScope:
    return replace(ChangeScope(kept.school.year_id), **more)


def found(kept: RecordBook, **more: object):
    return service(kept).report(kept.school.actor("principal"), scope(kept, **more))


def test_first_values_are_no_changes(kept: RecordBook) -> None:
    kept.enter("toan", {TX1: "8", TX2: "7"})
    report = found(kept)
    assert report.changes == ()
    assert summary_sentences(report) == (
        "Không ô điểm nào đã có giá trị bị sửa trong thời gian này.",
    )


def test_delete_and_type_again_is_found_with_its_first_value(kept: RecordBook) -> None:
    kept.enter("toan", {TX1: "8"})
    kept.enter("toan", {TX1: ""})
    kept.enter("toan", {TX1: "6,5"})
    (change,) = found(kept).changes
    assert (change.first, change.last, change.direction) == ("8,0", "6,5", Direction.DOWN)
    assert len(change.steps) == 2
    assert change.unapproved == 2


def test_the_deletion_may_lie_before_the_days_asked_for(kept: RecordBook) -> None:
    kept.enter("toan", {TX1: "8"})
    kept.enter("toan", {TX1: ""})
    kept.school.clock.advance(timedelta(days=3))
    kept.enter("toan", {TX1: "6,5"})
    today = kept.school.clock.today()
    (change,) = found(kept, since=today, until=today).changes
    assert (change.first, change.last) == ("8,0", "6,5")
    assert found(kept, since=today + timedelta(days=1)).changes == ()
    assert len(found(kept, until=today - timedelta(days=1)).changes) == 1


def test_an_approved_case_is_named_with_its_approver(tmp_path: Path) -> None:
    kept = locked_book(tmp_path)
    case = approved(kept)
    kept.cases.apply(kept.school.actor("tin_hoc"), case.id)
    report = found(kept)
    (change,) = report.changes
    assert (change.first, change.last, change.cases) == ("8,0", "9,0", (case.number,))
    assert change.unapproved == 0
    words = grounds_words(change, {case.number: "Lê Văn Khải"})
    assert words == f"HS {case.number:02d}, Lê Văn Khải duyệt"


def test_a_transferred_copy_is_no_change_but_a_later_one_is(kept: RecordBook) -> None:
    kept.enter("toan", {TX1: "8"})
    kept.enter("toan", {TX1: "5"})
    tables = export_tables(found(kept))
    assert tables[0].rows[1][:8] == (
        "6A", kept_name(kept), "Toán", "ĐĐGtx1 HK I", "8,0", "5,0", "giảm", 1,
    )  # fmt: skip
    assert tables[1].rows[1][7:] == ("8,0", "5,0", "")


def kept_name(kept: RecordBook) -> str:
    with kept.school.uow.read() as uow:
        entries = {e.pupil_id: e for e in uow.roster.entries(kept.school.class_id)}
    return entries[kept.school.pupils[0]].profile.full_name


def test_a_teacher_asks_for_own_classes_only(kept: RecordBook) -> None:
    teacher = kept.school.actor("tin_hoc")
    with pytest.raises(AccessDenied) as refused:
        service(kept).report(teacher, scope(kept))
    assert refused.value.code == "trail_of_own_classes"
    kept.enter("tin_hoc", {TX1: "8"})
    kept.enter("tin_hoc", {TX1: "9"})
    mine = service(kept).report(teacher, scope(kept, class_id=kept.school.class_id))
    assert [c.last for c in mine.changes] == ["9,0"]
    with pytest.raises(AccessDenied):
        service(kept).print(teacher, scope(kept, class_id=kept.school.class_id))


def test_the_paper_is_a_numbered_run_with_its_bytes(kept: RecordBook) -> None:
    kept.enter("toan", {TX1: "8", TX2: "4"})
    kept.enter("toan", {TX1: "6,5", TX2: "5"})
    printed = service(kept).print(kept.school.actor("principal"), scope(kept)).payload
    assert printed.run.kind == NET_CHANGE
    with kept.school.uow.read() as uow:
        (run,) = uow.prints.of_year(kept.school.year_id)
        assert uow.prints.content(run.id) == printed.pdf.content
    assert run.title == "Bảng thay đổi điểm, cả năm học"


def test_filter_by_person_keeps_the_whole_history_of_the_cell(kept: RecordBook) -> None:
    kept.enter("toan", {TX1: "8"})
    kept.enter("toan", {TX1: "6"})
    kept.enter("tin_hoc", {TX1: "8"})
    kept.enter("tin_hoc", {TX1: "9"})
    who = kept.school.accounts_by_key["tin_hoc"]
    report = service(kept).report(kept.school.actor("principal"), scope(kept), who)
    assert [(t.key, t.steps) for t in report.people] == [("Lý Thị Ngọc", 1)]


# --- the case of 2026: 1,299 then 519 changes by 39 teachers over 29 classes


def test_the_case_of_2026_is_answered_from_the_trail_alone(tmp_path: Path) -> None:
    case = announced_school(tmp_path)
    school, principal = case.school, case.school.actor("principal")
    changes = NetChanges(school.uow, school.clock, Paper())
    announced = ChangeScope(school.year_id, since=case.waves_on[0])
    report = changes.report(principal, announced)
    assert report.steps == report.unapproved == sum(WAVES) == 1818
    assert (len(report.people), len(report.classes)) == (39, 29)
    # Exactly which marks ended different, from which value to which.
    told = {(c.place.pupil_id, c.place.class_id, c.place.subject_id, c.place.code): c
            for c in report.changes}  # fmt: skip
    assert told.keys() == case.steps.keys()
    for cell, change in told.items():
        assert change.first == case.began[cell]
        assert change.last == case.ended[cell]
        assert len(change.steps) == case.steps[cell]
    gains = [case.tenths(case.ended, cell) - case.tenths(case.began, cell) for cell in told]
    assert report.up == sum(gain > 0 for gain in gains) > 0
    assert report.down == sum(gain < 0 for gain in gains) > 0
    assert report.same == sum(gain == 0 for gain in gains) > 0
    # The first wave alone, and the second.
    first = changes.report(principal, replace(announced, until=case.waves_on[1] - timedelta(1)))
    second = changes.report(principal, replace(announced, since=case.waves_on[1]))
    assert (first.steps, second.steps) == WAVES
    assert {tally.key for tally in second.hours} == {"20", "21", "22", "23"}
    assert changes.print(principal, announced).payload.run.pages >= 5
    school.close()
