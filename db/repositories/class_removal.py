"""What holds a class, and taking one away that nothing holds."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Column, Connection, Table, delete, select

from app.domain.ids import ClassId
from db.rows.base import metadata
from db.rows.control import column_lock
from db.rows.marks import assessment, mark
from db.rows.proofs import proof_column
from db.rows.school import klass

_SETTINGS = ("assessment", "assignment", "late_opening", "proof_assignment")
"""Tables that only say how a class is set up, beside those named "class_…"; they go with it."""


def class_holdings(connection: Connection, class_id: ClassId) -> tuple[str, ...]:
    """Names of the tables that keep something of the class, what matters most first."""
    columns = select(assessment.c.id).where(assessment.c.class_id == class_id)
    found = [
        table.name
        for table, column in _references()
        if not _is_setting(table)
        and connection.execute(select(column).where(column == class_id).limit(1)).first()
    ]
    if connection.execute(
        select(mark.c.pupil_id).where(mark.c.assessment_id.in_(columns)).limit(1)
    ).first():
        found.append(mark.name)
    return tuple(sorted(dict.fromkeys(found), key=_weight))


def remove_class(connection: Connection, class_id: ClassId) -> None:
    """Delete a class that `class_holdings` is empty for, with its settings."""
    columns = select(assessment.c.id).where(assessment.c.class_id == class_id)
    for held in (column_lock, proof_column):
        connection.execute(delete(held).where(held.c.assessment_id.in_(columns)))
    for table, column in _references():
        if _is_setting(table):
            connection.execute(delete(table).where(column == class_id))
    connection.execute(delete(klass).where(klass.c.id == class_id))


def _references() -> Iterator[tuple[Table, Column[object]]]:
    """Every column of the file that names a class."""
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column is klass.c.id:
                yield table, key.parent


def _is_setting(table: Table) -> bool:
    return table.name in _SETTINGS or table.name.startswith("class_")


def _weight(name: str) -> int:
    order = ("enrolment", "mark", "print_run", "correction")
    return order.index(name) if name in order else len(order)
