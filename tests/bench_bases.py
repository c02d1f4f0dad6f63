"""What the same work costs without the program: the bases of design §6, reviewed like a test.

Each base does the smallest honest form of the work on the same encrypted file, the same canvas or
the same widget: no rules, no dataclasses, no digests, statements and rows prepared beforehand.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QTableView
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import Connection, Engine, insert, select

from app.domain.ids import ClassId, SchoolYearId
from app.readmodels.mark_sheet import SheetId
from app.readmodels.rendered_pdf import RenderedPdf
from db.engine import Database, connect
from db.rows.marks import assessment, mark
from db.rows.trail import trail, trail_cell
from exports.pdf.page import Paper, PDFACanvas
from exports.pdf.pdfa import DocumentInfo

# --- reading


SHEET_CELLS = """
    SELECT m.assessment_id, m.pupil_id, m.state, m.value, m.reason, m.late, m.corrected_from,
           m.correction_id
    FROM mark m JOIN assessment a ON a.id = m.assessment_id
    WHERE a.class_id = ? AND a.subject_id = ?
"""
YEAR_MARKS = """
    SELECT m.assessment_id, m.pupil_id, m.state, m.value
    FROM mark m
    JOIN assessment a ON a.id = m.assessment_id
    JOIN class c ON c.id = a.class_id
    WHERE c.school_year_id = ?
"""
_CORE_CELLS = select(
    mark.c.assessment_id,
    mark.c.pupil_id,
    mark.c.state,
    mark.c.value,
    mark.c.reason,
    mark.c.late,
    mark.c.corrected_from,
    mark.c.correction_id,
).join(assessment, assessment.c.id == mark.c.assessment_id)


def raw_of(connection: Connection) -> Any:
    """The DBAPI connection behind a Core connection: same file, same key, same page cache."""
    return connection.connection.dbapi_connection


def read_sheet(raw: Any, sheet: SheetId) -> list[tuple[Any, ...]]:
    """One SELECT of the sheet's cells, by the driver alone."""
    found: list[tuple[Any, ...]] = raw.execute(
        SHEET_CELLS, (sheet.class_id, sheet.subject_id)
    ).fetchall()
    return found


def read_sheet_by_core(connection: Connection, sheet: SheetId) -> Sequence[Any]:
    """The same SELECT by SQLAlchemy Core, for comparison only."""
    return connection.execute(
        _CORE_CELLS.where(
            assessment.c.class_id == ClassId(sheet.class_id),
            assessment.c.subject_id == sheet.subject_id,
        )
    ).all()


def read_year(raw: Any, year_id: SchoolYearId) -> list[tuple[Any, ...]]:
    """Every mark of a school year: what is needed to compute, in one SELECT."""
    found: list[tuple[Any, ...]] = raw.execute(YEAR_MARKS, (year_id,)).fetchall()
    return found


# --- writing


_UPSERT = """
    INSERT INTO mark (assessment_id, pupil_id, state, value, reason, late, corrected_from,
                      correction_id)
    VALUES (?, ?, 1, ?, '', 0, '', NULL)
    ON CONFLICT (assessment_id, pupil_id) DO UPDATE SET
        state = excluded.state, value = excluded.value, reason = excluded.reason,
        late = excluded.late, corrected_from = excluded.corrected_from,
        correction_id = excluded.correction_id
"""
_ENTRY = """
    INSERT INTO trail (seq, at, account_id, actor, kind, class_id, subject_id, detail, cell_count,
                       cells_digest, prev, hash)
    VALUES (?, '2026-11-23T08:30:00+07:00', 5, 'Nguyễn Thị Bình', 'mark.set', ?, ?,
            '{"class":"6A","gesture":"key","subject":"Toán"}', ?, ?, ?, ?)
"""
_CELL = """
    INSERT INTO trail_cell (seq, ordinal, pupil_id, assessment_id, old, new)
    VALUES (?, ?, ?, ?, '8,5', '7,5')
"""


class BareBook:
    """Marks, entries and trail rows written by the driver alone, on a connection of its own.

    The table's triggers want the true number and the true previous hash; both are kept from commit
    to commit. The hashes are noise of the right length: nothing is computed.
    """

    def __init__(self, database: Database, sheet: SheetId) -> None:
        self._raw = connect(database.path, database.key)
        self._sheet = sheet
        seq, head = self._raw.execute(
            "SELECT seq, hash FROM trail ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        self._seq: int = seq
        self._head: bytes = head
        self._next: bytes = os.urandom(32)
        self._digest = "5f" * 32

    def close(self) -> None:
        """Let the connection go."""
        self._raw.close()

    def save(self, cells: Sequence[tuple[int, int, int]]) -> None:
        """One commit: upsert of the (assessment, pupil, tenths), one entry, one trail row each."""
        raw, seq = self._raw, self._seq + 1
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(_UPSERT, cells)
        raw.execute(
            _ENTRY,
            (seq, *self._ids, len(cells), self._digest, self._head, self._next),
        )
        raw.executemany(
            _CELL, [(seq, at, pupil, column) for at, (column, pupil, _) in enumerate(cells)]
        )
        raw.execute("COMMIT")
        self._seq, self._head = seq, self._next
        self._next = os.urandom(32)

    @property
    def _ids(self) -> tuple[int, int]:
        return self._sheet.class_id, self._sheet.subject_id


def read_workbook(path: Path) -> list[tuple[Any, ...]]:
    """Every value of the first sheet by openpyxl.

    In full mode: for a file of one class it is no slower than read_only, and merged headers, which
    any import of such files needs, are known only there.
    """
    with closing(load_workbook(path, data_only=True)) as book:
        return list(book.worksheets[0].iter_rows(values_only=True))


Commit = tuple[list[dict[str, Any]], dict[str, Any], list[dict[str, Any]]]
"""Mark rows, the entry, the trail rows of one commit."""


def commits_of(connection: Connection, first_seq: int) -> list[Commit]:
    """What a first filling wrote since an entry, as rows; each cell must have been written once."""
    marks = {(m["assessment_id"], m["pupil_id"]): dict(m) for m in _rows(connection, select(mark))}
    cells: dict[int, list[dict[str, Any]]] = {}
    for cell in _rows(connection, select(trail_cell).where(trail_cell.c.seq >= first_seq)):
        cells.setdefault(cell["seq"], []).append(dict(cell))
    entries = _rows(connection, select(trail).where(trail.c.seq >= first_seq).order_by(trail.c.seq))
    return [
        (
            [marks[cell["assessment_id"], cell["pupil_id"]] for cell in cells[entry["seq"]]],
            dict(entry),
            cells[entry["seq"]],
        )
        for entry in entries
    ]


def chained_after(connection: Connection, commits: Iterable[Commit]) -> list[Commit]:
    """The commits renumbered and chained to the last entry of another copy of the file."""
    seq, head = trail_head(connection)
    found: list[Commit] = []
    for marks, entry, cells in commits:
        seq += 1
        found.append(
            (marks, {**entry, "seq": seq, "prev": head}, [{**cell, "seq": seq} for cell in cells])
        )
        head = entry["hash"]
    return found


def trail_head(connection: Connection) -> tuple[int, bytes]:
    """Number and hash of the last entry."""
    last = connection.execute(
        select(trail.c.seq, trail.c.hash).order_by(trail.c.seq.desc()).limit(1)
    ).one()
    return int(last.seq), bytes(last.hash)


def write_commits(engine: Engine, commits: Iterable[Commit]) -> None:
    """The same rows by Core, one transaction a sheet."""
    new_mark, new_entry, new_cell = insert(mark), insert(trail), insert(trail_cell)
    for marks, entry, cells in commits:
        with engine.begin() as connection:
            connection.execute(new_mark, marks)
            connection.execute(new_entry, entry)
            connection.execute(new_cell, cells)


def _rows(connection: Connection, query: Any) -> Sequence[Mapping[str, Any]]:
    return connection.execute(query).mappings().all()


# --- paper


_Call = tuple[int, str, tuple[Any, ...], dict[str, Any], int]
"""Receiver, method, arguments, what comes back; receivers are numbered, the canvas is 0."""


class _Made:
    """A text object or path that the canvas made; stands in arguments for the replayed one."""

    def __init__(self, number: int, thing: Any, tape: Tape) -> None:
        self.number, self.thing, self._tape = number, thing, tape

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.thing, name)
        if not callable(value):
            return value

        def call(*args: Any, **words: Any) -> Any:
            self._tape.calls.append((self.number, name, args, words, -1))
            return value(*args, **words)

        return call


class Tape:
    """Every call a form makes of reportlab's canvas, in order, to be played on a fresh canvas."""

    def __init__(self, info: DocumentInfo) -> None:
        self.info = info
        self.calls: list[_Call] = []
        self.made = 0

    def play(self) -> RenderedPdf:
        """The same calls on the same kind of canvas: what drawing alone costs."""
        canvas = PDFACanvas(self.info, Paper.A4)
        things: list[Any] = [canvas] + [None] * self.made
        for receiver, name, args, words, result in self.calls:
            if name == "showPage" and receiver == 0:
                canvas.end_page()
                continue
            real = [things[a.number] if type(a) is _Made else a for a in args]
            back = getattr(things[receiver], name)(*real, **words)
            if result >= 0:
                things[result] = back
        return canvas.finish()


def recording_canvas(tapes: list[Tape]) -> type[PDFACanvas]:
    """A canvas class that puts a tape of its calls into `tapes`; draws all the same."""

    class Recording(PDFACanvas):
        def __init__(self, info: DocumentInfo, paper: Paper = Paper.A4) -> None:
            self._tape: Tape | None = None
            self._depth = 0
            super().__init__(info, paper)
            self._tape = Tape(info)
            tapes.append(self._tape)

        def finish(self) -> RenderedPdf:
            # The replay finishes by itself.
            self._tape = None
            return super().finish()

    for name in dir(Canvas):
        method = getattr(Canvas, name)
        if not name.startswith("_") and callable(method) and not isinstance(method, type):
            setattr(Recording, name, _recorded(name, method))
    return Recording


def _recorded(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
    makes = name in ("beginText", "beginPath")

    def call(self: Any, *args: Any, **words: Any) -> Any:
        tape: Tape | None = self.__dict__.get("_tape")
        real = [a.thing if type(a) is _Made else a for a in args]
        if tape is None or self._depth:
            return method(self, *real, **words)
        self._depth += 1
        try:
            back = method(self, *real, **words)
        finally:
            self._depth -= 1
        if makes:
            tape.made += 1
            tape.calls.append((0, name, args, words, tape.made))
            return _Made(tape.made, back, tape)
        tape.calls.append((0, name, args, words, -1))
        return back

    return call


# --- media


def copy_and_prove(files: Mapping[str, Path], folder: Path) -> dict[str, tuple[str, str]]:
    """Copy + fsync, then read back past the cache, SHA-256 and SHA-512 of every file."""
    for name, source in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as stream:
            stream.write(source.read_bytes())
            stream.flush()
            os.fsync(stream.fileno())
    found: dict[str, tuple[str, str]] = {}
    for name in files:
        with (folder / name).open("rb") as stream:
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            content = stream.read()
        found[name] = (hashlib.sha256(content).hexdigest(), hashlib.sha512(content).hexdigest())
    return found


# --- the screen


BASE_ROWS, BASE_COLUMNS = 45, 16
_NO_PARENT = QModelIndex()


class _ListModel(QAbstractTableModel):
    """A list of lists of texts."""

    def __init__(self) -> None:
        super().__init__()
        self._texts = [["8,5"] * BASE_COLUMNS for _ in range(BASE_ROWS)]

    def rowCount(self, parent: QModelIndex = _NO_PARENT) -> int:  # noqa: N802 - Qt's
        return 0 if parent.isValid() else BASE_ROWS

    def columnCount(self, parent: QModelIndex = _NO_PARENT) -> int:  # noqa: N802 - Qt's
        return 0 if parent.isValid() else BASE_COLUMNS

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._texts[index.row()][index.column()]
        return None

    def setData(  # noqa: N802 - Qt's
        self, index: QModelIndex, value: str, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        self._texts[index.row()][index.column()] = value
        self.dataChanged.emit(index, index)
        return True

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable


def plain_table() -> QTableView:
    """Qt's own table with Qt's own delegate over a list model."""
    view = QTableView()
    view.setModel(_ListModel())
    view.model().setParent(view)
    return view
