"""Biên bản bàn giao học sinh: when, what about whom, to whom."""

from __future__ import annotations

import pytest

from app.domain.periods import Period
from app.errors import AccessDenied, RuleRefused
from app.services.handover_papers import assemble_handover
from app.services.printing import Printed
from exports.press import Paper
from tests.exports.pdf_reading import all_text, assert_archival
from tests.exports.sample_primary_booklet import primary_stamp, sample_primary_booklets
from tests.support.primary_school import make_primary
from tests.unit.services.test_roll_over_primary import approve, decide, run, weak_year


def minutes_of(primary):
    with primary.school.uow.read() as uow:
        return assemble_handover(uow, primary.school.class_id, primary.school.clock.today())


def settled(tmp_path, grade: int):
    primary = weak_year(tmp_path, grade)
    decide(primary, 1, promoted=True)
    decide(primary, 2, promoted=False)
    approve(primary, "58/QĐ-TH")
    return primary


def test_what_is_said_of_each_pupil_and_to_whom_they_go(tmp_path):
    primary = settled(tmp_path, 4)
    before = minutes_of(primary)
    assert (before.receiving_class, before.receiver) == ("", "")
    run(primary, "1A")
    minutes = minutes_of(primary)
    best, lifted, stays = minutes.pupils
    assert (best.result, best.completed) == ("Hoàn thành xuất sắc", "x")
    assert "Học sinh Xuất sắc" in best.strengths
    assert (best.limits, best.support) == ("", "")
    assert (lifted.result, lifted.completed) == ("Chưa hoàn thành", "")
    assert lifted.limits == "Toán"
    assert lifted.support == "Lên lớp theo quyết định 41/QĐ-TH"
    assert stays.support == "Chưa được lên lớp"
    assert minutes.counts[0] == "Số học sinh: 3; hoàn thành chương trình lớp 4: 1."
    assert minutes.counts[1] == "Được lên lớp: 2; chưa được lên lớp: 1."
    assert "Hoàn thành xuất sắc: 1" in minutes.counts[2]
    assert minutes.receiving_class == "5A, năm học 2027–2028"
    assert not minutes.to_secondary
    assert minutes.papers[0] == "Học bạ: 3 quyển;"


def test_the_last_grade_goes_to_a_secondary_school(tmp_path):
    primary = settled(tmp_path, 5)
    done = primary.work("secretary").handovers.print(
        primary.school.actor("secretary"), primary.school.class_id
    )
    assert isinstance(done.payload, Printed)
    assert done.payload.run.kind == "handover"
    text = " ".join(" ".join(all_text(done.payload.pdf)).split())
    for said in (
        "BIÊN BẢN",
        "lên trung học cơ sở",
        "đại diện trường trung học cơ sở",
        "ĐẠI DIỆN TRƯỜNG NHẬN",
        "hoàn thành chương trình tiểu học: 1",
        "Nguyễn Thị Bình",
        "Học bạ: 3 quyển",
    ):
        assert said in text, said
    assert_archival(done.payload.pdf)


def test_not_before_the_lists_are_approved_and_not_by_teachers(tmp_path):
    primary = make_primary(tmp_path, pupils=1)
    school = primary.school
    primary.live()
    with pytest.raises(RuleRefused) as caught:
        primary.work("secretary").handovers.print(school.actor("secretary"), school.class_id)
    assert caught.value.code == "lists_not_approved"
    approve(primary, "45/QĐ-TH")
    with pytest.raises(AccessDenied):
        primary.work("homeroom").handovers.print(school.actor("homeroom"), school.class_id)
    minutes = minutes_of(primary)
    assert [pupil.completed for pupil in minutes.pupils] == ["x"]
    assert Period.HE not in minutes.counts


def test_a_class_under_the_old_circular_has_no_column_of_results(tmp_path):
    primary = make_primary(tmp_path, grade=5, pupils=1, first_year=2022)
    primary.live()
    approve(primary, "45/QĐ-TH")
    minutes = minutes_of(primary)
    assert not minutes.has_result
    stamp = primary_stamp(sample_primary_booklets())
    text = " ".join(all_text(Paper().handover(minutes, stamp)))
    assert "Kết quả giáo dục" not in text
    assert "22/2016" in text
