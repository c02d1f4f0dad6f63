"""Which tables a damaged file has, and the rows of each, around the damaged pages."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from db.salvaging.records import Record, Tree, free_pages, leaf_kind, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.salvaging.pages import Pages
    from db.salvaging.shapes import Shape

_SCHEMA_ROOT: Final = 1
_SCHEMA_COLUMNS: Final = 5
_TYPES: Final = frozenset({"table", "index", "trigger", "view"})
_VERSION_AT: Final = 60


@dataclass(frozen=True, slots=True)
class Made:
    """One line of the schema: `type` table, index, trigger or view; `root` its first page."""

    type: str
    name: str
    table: str
    root: int
    sql: str

    @property
    def by_key(self) -> bool:
        """A table kept by its key, without row numbers."""
        return bool(re.search(r"WITHOUT\s+ROWID", self.sql, re.IGNORECASE))


@dataclass(slots=True)
class Contents:
    """Everything found: schema lines, the rows of each table, pages nobody can place.

    `schema_number` is None when the first page is damaged.
    """

    schema_number: int | None
    made: list[Made]
    trees: dict[str, Tree] = field(default_factory=dict)
    unplaced: list[int] = field(default_factory=list)
    schema_damaged: bool = False


def read_contents(
    pages: Pages, complete: Callable[[Contents], None], shapes: Callable[[Contents], list[Shape]]
) -> Contents:
    """Walk the schema, every table and index, then place leaves whose parents are damaged.

    `complete` adds what a damaged schema lacks; `shapes` tells the columns of the tables.
    """
    first = pages.page(_SCHEMA_ROOT)
    schema = Tree()
    walk(pages, _SCHEMA_ROOT, schema)
    number = None if first is None else struct.unpack_from(">I", first, _VERSION_AT)[0]
    found = Contents(number, _schema_lines(schema.records), schema_damaged=bool(schema.lost))
    if schema.lost:
        _look_for_schema(pages, found, schema)
        complete(found)
    indexes = Tree()
    for one in found.made:
        if one.type == "table":
            tree = found.trees[one.name] = Tree()
            if one.root:
                walk(pages, one.root, tree)
            else:
                tree.lost.append(0)
        elif one.type == "index" and one.root:
            walk(pages, one.root, indexes)
            # Only their pages count: an index is built anew.
            indexes.records.clear()
    if indexes.lost or any(tree.lost for tree in found.trees.values()):
        _place_orphans(pages, found, schema.seen | indexes.seen, shapes(found))
    return found


def _schema_lines(records: list[Record]) -> list[Made]:
    lines: dict[str, Made] = {}
    for record in records:
        if len(record.values) != _SCHEMA_COLUMNS or record.values[0] not in _TYPES:
            continue
        kind, name, table, root, sql = record.values
        if isinstance(root, int | None) and isinstance(sql, str | None):
            lines[str(name)] = Made(str(kind), str(name), str(table), root or 0, sql or "")
    return list(lines.values())


def _look_for_schema(pages: Pages, found: Contents, schema: Tree) -> None:
    """The first page or one below it is gone: its leaves are recognised by what stands in them."""
    known = {one.name for one in found.made}
    for number in range(2, pages.count + 1):
        if number in schema.seen:
            continue
        page = pages.page(number)
        if page is None or not leaf_kind(page, number):
            continue
        leaf = Tree()
        walk(pages, number, leaf)
        lines = _schema_lines(leaf.records)
        if lines and len(lines) == len(leaf.records):
            schema.seen.add(number)
            found.made += [one for one in lines if one.name not in known]
            known |= {one.name for one in lines}


def _place_orphans(
    pages: Pages, found: Contents, reached: set[int], shapes: Sequence[Shape]
) -> None:
    """Leaves below a damaged page: theirs when one damaged table only can hold such rows."""
    reached = reached.union(free_pages(pages), *(tree.seen for tree in found.trees.values()))
    for number in range(2, pages.count + 1):
        page = None if number in reached else pages.page(number)
        by_number = None if page is None else leaf_kind(page, number)
        if by_number is None:
            continue
        leaf = Tree()
        walk(pages, number, leaf)
        reached |= leaf.seen
        takers = [
            shape.table
            for shape in shapes
            if found.trees[shape.table].lost and shape.fits(leaf.records, by_number=by_number)
        ]
        if len(takers) == 1 and leaf.records:
            tree = found.trees[takers[0]]
            tree.records += leaf.records
            tree.seen |= leaf.seen
            tree.cut_rows += leaf.cut_rows
        elif leaf.records and (takers or by_number):
            found.unplaced.append(number)
