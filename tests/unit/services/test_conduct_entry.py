"""Rèn luyện: the GVCN's grid, its locks, its trail and what it refuses."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from app.domain.periods import Period
from app.errors import AppError
from app.ports import Confirmation
from app.readmodels.mark_sheet import CellKey
from app.services.bound_conduct_sheet import BoundConductSheet
from tests.support.record_book import RecordBook, Statements, book
from tests.support.school import make_school


@pytest.fixture
def kept(tmp_path) -> RecordBook:
    return book(make_school(tmp_path, pupils=3))


def write(kept: RecordBook, cells: dict[tuple[int, str], str], who: str = "homeroom"):
    edits = {(kept.school.pupils[n], key): text for (n, key), text in cells.items()}
    return kept.conduct.set_cells(kept.school.actor(who), kept.school.class_id, edits)


def texts(kept: RecordBook, n: int = 0) -> dict[str, str]:
    sheet = kept.conduct.open(kept.school.actor("homeroom"), kept.school.class_id)
    return sheet.rows[n].texts


def refused(call) -> AppError:
    with pytest.raises(AppError) as caught:
        call()
    assert caught.value.sentence.endswith(".")
    return caught.value


def test_levels_and_days_are_read_as_people_type_them(kept):
    typed = {"t": "Tốt", "KHÁ": "Khá", "đ": "Đạt", "cđ": "Chưa đạt", "chưa  đạt": "Chưa đạt"}
    for text, level in typed.items():
        write(kept, {(0, "HK1.level"): text})
        assert texts(kept)["HK1.level"] == level
    write(kept, {(0, "HK1.excused"): "0", (0, "HK1.unexcused"): "12", (0, "HK2.excused"): "1"})
    assert texts(kept)["YEAR.absences"] == "–"
    write(kept, {(0, "HK2.unexcused"): "2", (0, "HK2.level"): "t"})
    assert texts(kept)["YEAR.absences"] == "15"
    assert texts(kept)["YEAR.level"] == "Khá"


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("HK1.level", "giỏi", "not_a_level"),
        ("HK1.excused", "-1", "not_a_count"),
        ("HK1.excused", "2,5", "not_a_count"),
        ("HK1.excused", "201", "not_a_count"),
        ("HK1.excused", "٣", "not_a_count"),
        ("HK1.excused", "9" * 5000, "not_a_count"),
        ("HK1.comment", "x" * 121, "comment_too_long"),
        ("YEAR.level", "t", "computed"),
        ("x", "t", "computed"),
        ("HK1.x", "t", "computed"),
    ],
)
def test_what_is_refused_changes_nothing(kept, key, text, code):
    with Statements(kept.school) as counted:
        error = refused(lambda: write(kept, {(0, "HK2.level"): "t", (0, key): text}))
    assert error.code == code
    assert len(error.sentence) < 250
    assert counted.writes == []
    assert texts(kept)["HK2.level"] == ""


def test_only_the_homeroom_teacher_writes(kept):
    for who in ("tin_hoc", "principal", "secretary"):
        assert refused(lambda who=who: write(kept, {(0, "HK1.level"): "t"}, who)).code == (
            "not_homeroom"
        )
    school = kept.school
    secretary, day = school.actor("secretary"), date(2026, 11, 20)
    school.rosters.mark_left(secretary, school.class_id, school.pupils[0], day, "chuyển")
    assert refused(lambda: write(kept, {(0, "HK1.level"): "t"})).code == "pupil_left"


def test_the_trail_keeps_zero_apart_from_nothing(kept):
    write(kept, {(0, "HK1.excused"): "0"})
    write(kept, {(0, "HK1.excused"): ""})
    with kept.school.uow.read() as uow:
        entries = uow.trail.entries(kind="conduct.set")
    changes = [json.loads(e.detail)["changes"][0][2:] for e in reversed(entries)]
    assert changes == [["", "0"], ["0", ""]]
    history = kept.conduct.history(kept.school.class_id, kept.school.pupils[0], "HK1.excused")
    assert [line.split(": ")[1] for line in history] == ["trống → 0", "0 → trống"]


def test_one_gesture_is_one_commit_and_no_change_writes_nothing(kept):
    cells = {(n, f"HK1.{f}"): t for n in range(3) for f, t in (("level", "t"), ("excused", "0"))}
    with Statements(kept.school) as counted:
        write(kept, cells)
    assert counted.commits == 1
    with Statements(kept.school) as counted:
        done = write(kept, cells)
    assert (counted.commits, counted.writes, done.topics) == (0, [], frozenset())


def test_a_late_opening_of_the_class_fills_empty_cells_only(kept):
    school = kept.school
    write(kept, {(0, "HK1.level"): "t"})
    kept.close(Period.HK1, reason="còn thiếu")
    assert refused(lambda: write(kept, {(1, "HK1.level"): "t"})).code == "locked"
    secretary, day = school.actor("secretary"), school.clock.today()
    of_a_subject = (secretary, school.class_id, school.subjects["toan"], Period.HK1, day, day)
    kept.control.open_late(*of_a_subject, "70/QĐ", day)
    assert refused(lambda: write(kept, {(1, "HK1.level"): "t"})).code == "locked"
    kept.control.open_late(secretary, school.class_id, None, Period.HK1, day, day, "71/QĐ", day)
    port = BoundConductSheet(kept.conduct, school.actor("homeroom"), school.class_id, school.clock)
    view = port.load()
    at = [c.key for c in view.columns].index("HK1.level")
    assert [view.cells[n][at].editable for n in range(3)] == [False, True, True]
    key = CellKey(school.pupils[1], "HK1.level")
    assert "gõ được" in port.why(key).sentence
    change = port.set_cells({key: "k"}, "key")
    assert not change.cells[key].editable
    assert "đã chốt" in port.why(key).sentence
    for n in (0, 1):
        assert refused(lambda n=n: write(kept, {(n, "HK1.level"): ""})).code == "locked"
    school.clock.advance(timedelta(days=1))
    assert refused(lambda: write(kept, {(2, "HK1.level"): "t"})).code == "locked"


def test_a_change_voids_the_homeroom_confirmation_of_its_term_only(kept):
    school = kept.school

    def confirm(period: Period, subject: str | None) -> None:
        with school.uow.write() as uow:
            uow.control.add_confirmation(
                Confirmation(
                    school.class_id,
                    None if subject is None else school.subjects[subject],
                    period,
                    school.accounts_by_key["homeroom"],
                    "",
                    school.clock.now(),
                )
            )
            uow.commit()

    confirm(Period.HK1, None)
    confirm(Period.HK2, None)
    confirm(Period.HK1, "toan")
    write(kept, {(0, "HK1.level"): "t"})
    with school.uow.read() as uow:
        standing = uow.control.confirmations(school.class_id)
    assert [(c.period, c.subject_id) for c in standing] == [
        (Period.HK2, None),
        (Period.HK1, school.subjects["toan"]),
    ]
