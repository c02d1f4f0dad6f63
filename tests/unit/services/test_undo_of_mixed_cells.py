"""One gesture over marks and states is taken back, and put back, by one entry each."""

from __future__ import annotations

from app.domain.marks import CellState
from app.services.bound_mark_sheet import BoundMarkSheet
from tests.support.record_book import book
from tests.support.school import make_school


def test_what_a_gesture_replaced_comes_back_in_one_entry_states_and_reasons_included(tmp_path):
    kept = book(make_school(tmp_path, pupils=5))
    school, sheet = kept.school, kept.sheet("toan")
    port = BoundMarkSheet(kept.marks, school.actor("toan"), sheet)
    port.load()
    keys = [kept.key(n, "HK1.gk") for n in range(5)]
    port.set_cells({keys[0]: "8,5"}, "key")
    port.set_state([keys[1]], CellState.ZERO_ABSENT, "bỏ kiểm tra, hiệu trưởng cho phép")
    port.set_state([keys[2]], CellState.TRANSFERRED, "THCS Hoa Lư, học bạ số 7", "9,0")
    port.set_state([keys[3]], CellState.EXEMPT, "QĐ 30")

    def cells():
        return [kept.cell("toan", n, "HK1.gk") for n in range(5)]

    before = cells()
    changed = port.set_state(keys, CellState.PENDING_MAKEUP, "Ốm cả lớp")
    after = cells()
    kinds = len(school.trail_kinds())
    undone = port.set_cells(changed.previous, "undo")
    assert cells() == before
    redone = port.set_cells(undone.previous, "redo")
    assert cells() == after
    port.set_cells(redone.previous, "undo")
    assert cells() == before
    assert len(school.trail_kinds()) == kinds + 3
