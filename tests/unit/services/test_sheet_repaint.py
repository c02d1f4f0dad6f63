"""What a gesture repaints is what reading the sheet anew would show, red due dates included."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from app.domain.locks import ClassLocks
from app.domain.marks import CellState
from app.errors import RuleRefused
from app.services.bound_mark_sheet import BoundMarkSheet
from app.services.mark_sheet import build_view
from tests.support.record_book import RecordBook, book
from tests.support.school import make_school

SUBJECT = "tin_hoc"
COLUMNS = ("HK1.tx1", "HK1.gk", "HK2.ck")


@pytest.fixture
def kept(tmp_path) -> RecordBook:
    """Three pupils; HK1.gk was due yesterday."""
    record = book(make_school(tmp_path, pupils=3))
    teacher, sheet = record.school.actor(SUBJECT), record.sheet(SUBJECT)
    record.marks.set_dates(teacher, sheet, "HK1.gk", date(2026, 11, 9), date(2026, 11, 23))
    record.school.clock.advance(timedelta(days=1))
    return record


def shown(kept: RecordBook, who: str = SUBJECT):
    return kept.marks.open(kept.school.actor(who), kept.sheet(SUBJECT))


def overdue(view) -> set[str]:
    return {column.key for column in view.columns if column.overdue}


def test_the_last_missing_mark_clears_the_red_due_date_and_an_emptied_one_brings_it_back(kept):
    port = BoundMarkSheet(kept.marks, kept.school.actor(SUBJECT), kept.sheet(SUBJECT))
    assert overdue(port.load()) == {"HK1.gk"}
    first = port.set_cells({kept.key(0, "HK1.gk"): "8", kept.key(1, "HK1.gk"): "7"}, "paste")
    assert first.columns == ()
    last = port.set_cells({kept.key(2, "HK1.gk"): "6"}, "key")
    assert [(c.key, c.overdue) for c in last.columns] == [("HK1.gk", False)]
    assert (last.missing_count, last.late_count, last.corrected_count) == (0, 3, 0)
    assert overdue(shown(kept)) == set()
    again = port.set_cells({kept.key(1, "HK1.gk"): ""}, "clear")
    assert [(c.key, c.overdue) for c in again.columns] == [("HK1.gk", True)]
    assert again.cells[kept.key(1, "HK1.gk")].missing
    assert again.missing_count == 1


def test_a_thousand_gestures_keep_the_sheet_that_would_be_read_anew(kept):
    """Marks, comments, states, clears and undos in any order, over a column that is overdue."""
    random, school, sheet = Random(22), kept.school, kept.sheet(SUBJECT)
    port = BoundMarkSheet(kept.marks, school.actor(SUBJECT), sheet)
    port.load()
    previous = {}
    for _ in range(150):
        keys = random.sample(
            [kept.key(n, c) for n in range(3) for c in COLUMNS], random.randint(1, 4)
        )
        state = random.choice(list(CellState))
        try:
            match random.randint(0, 4):
                case 0:
                    change = port.set_state(keys, state, "lý do", "9,0")
                case 1:
                    change = port.set_cells(previous, "undo")
                case 2:
                    change = port.set_cells(dict.fromkeys(keys, ""), "clear")
                case 3:
                    words = {kept.key(0, "HK1.comment"): random.choice(["", "Chăm chỉ."])}
                    change = port.set_cells(words, "key")
                case _:
                    change = port.set_cells(
                        {key: f"{random.randint(0, 10)},0" for key in keys}, "paste"
                    )
        except RuleRefused:
            continue
        previous = change.previous
        fresh = build_view(kept.facts(SUBJECT), can_enter=True)
        assert shown(kept) == fresh
        counts = (fresh.missing_count, fresh.late_count, fresh.corrected_count)
        assert (change.missing_count, change.late_count, change.corrected_count) == counts
        for column in change.columns:
            assert column in fresh.columns


def test_who_may_only_read_sees_the_gesture_and_opens_nothing(kept):
    assert not any(cell.editable for row in shown(kept, "vice").cells for cell in row)
    shown(kept)
    kept.enter(SUBJECT, {(0, "HK1.gk"): "8,5"})
    reader = shown(kept, "vice")
    assert reader == build_view(kept.facts(SUBJECT), can_enter=False)
    at = [column.key for column in reader.columns].index("HK1.gk")
    assert reader.cells[0][at].text == "8,5"


def test_a_sheet_never_opened_answers_a_gesture_as_an_open_one_does(kept):
    done = kept.enter(SUBJECT, {(0, "HK1.gk"): "8,5", (1, "HK1.gk"): "7,5"})
    assert (done.missing_delta, done.late_delta, done.corrected_delta) == (-2, 2, 0)
    assert done.change.cells[kept.key(0, "HK1.gk")].late
    assert set(done.change.cells) == {kept.key(0, "HK1.gk"), kept.key(1, "HK1.gk")}


def test_other_locks_are_asked_anew(kept):
    """What was remembered of one moment's locks is not carried into another's."""
    facts = kept.facts(SUBJECT)
    assert facts.stop("HK1.gk", is_empty=True) is None
    shut = replace(facts, locks=ClassLocks())
    assert "Chưa có đợt nhập" in shut.stop("HK1.gk", is_empty=True).sentence
