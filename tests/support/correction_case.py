"""A locked column and the steps of a case about it, for the tests of Sửa điểm."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import AppError
from tests.support.record_book import RecordBook, book
from tests.support.school import make_school

WITNESSES = ["Phạm Thị Hồng Nhung", "Đỗ Quang Huy"]
GK = (0, "HK1.gk")


def locked_book(folder: Path) -> RecordBook:
    """Two marks of Tin học in a locked column; everything else open."""
    kept = book(make_school(folder))
    kept.enter("tin_hoc", {GK: "8", (1, "HK1.gk"): "7", (0, "HK1.tx1"): "6"}, "paste")
    lock(kept, "HK1.gk")
    return kept


def lock(kept: RecordBook, *columns: str) -> None:
    ids = kept.column_ids("tin_hoc", *columns)
    secretary = kept.school.actor("secretary")
    kept.control.lock_columns(secretary, kept.school.class_id, ids, "60/QĐ")


def state(kept: RecordBook) -> tuple[object, ...]:
    """Everything a refused step could have touched."""
    with kept.school.uow.read() as uow:
        return (
            uow.trail.head(),
            uow.corrections.of_year(kept.school.year_id),
            uow.marks.cells(kept.school.class_id),
            len(uow.trail.checkpoints()),
        )


def refused(kept: RecordBook, call, *arguments, **named) -> AppError:
    before = state(kept)
    with pytest.raises(AppError) as caught:
        call(*arguments, **named)
    assert state(kept) == before
    assert caught.value.sentence.endswith(".")
    return caught.value


def checked(kept: RecordBook, cells=None):
    case = kept.registered("tin_hoc", cells or {GK: "9"})
    return kept.cases.check(kept.school.actor("ngu_van"), case.id, "khớp").payload


def approved(kept: RecordBook, cells=None, note: str = ""):
    case = checked(kept, cells)
    return kept.cases.approve(kept.school.signer("principal"), case.id, WITNESSES, note).payload
