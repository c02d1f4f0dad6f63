"""Inserts handed straight to the driver: their values stand in the order of the table's columns."""

from __future__ import annotations

import pytest
from sqlalchemy import insert

from app.domain.marks import CellState, MarkCell
from app.ports import StoredMark
from db.rows.base import driver_statement
from db.rows.marks import mark
from db.rows.trail import trail_cell
from tests.support.record_book import book
from tests.support.school import make_school


def test_every_column_of_the_row_has_its_mark_and_no_other():
    assert driver_statement(insert(trail_cell)).count("?") == len(trail_cell.columns)
    with pytest.raises(ValueError, match="mark"):
        driver_statement(insert(mark).values(assessment_id=1, pupil_id=2))


def test_every_field_of_a_stored_mark_comes_back(tmp_path):
    record = book(make_school(tmp_path, pupils=2))
    school = record.school
    column = record.column_ids("toan", "HK1.gk")[0]
    first = StoredMark(column, school.pupils[0], MarkCell(CellState.MARK, 85))
    for wanted in (
        first,
        StoredMark(column, school.pupils[0], MarkCell(CellState.TRANSFERRED, 90, "Hoa Lư"), True),
        StoredMark(
            column, school.pupils[0], MarkCell(CellState.EXEMPT, None, "QĐ 3"), False, "5,0", 7
        ),
        StoredMark(column, school.pupils[0], MarkCell()),
    ):
        with school.uow.write() as uow:
            uow.marks.put([wanted, StoredMark(column, school.pupils[1], MarkCell())])
            uow.commit()
        with school.uow.read() as uow:
            found = {m.pupil_id: m for m in uow.marks.cells(school.class_id)}
        assert found[school.pupils[0]] == wanted
