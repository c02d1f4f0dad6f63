"""The append-only trail: chain, cells, checkpoints, and their checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, RowMapping, desc, insert, select, text

from app.actor import Actor
from app.domain.ids import AssessmentId, ClassId, PupilId, SubjectId
from app.domain.inspection import refuse_inspector
from app.domain.trail import (
    GENESIS,
    CellChange,
    ChainState,
    Checkpoint,
    TrailDraft,
    TrailEntry,
    cells_digest,
    chain,
    entry_hash,
    statement,
    statement_digest,
)
from db.rows.base import driver_statement
from db.rows.marks import assessment
from db.rows.roster import enrolment
from db.rows.school import setting
from db.rows.trail import checkpoint, trail, trail_cell, trigger_statements

_HEAD = select(trail.c.seq, trail.c.hash).order_by(desc(trail.c.seq)).limit(1)
_INSERT = insert(trail)
_INSERT_CELLS = driver_statement(insert(trail_cell))
_ENTRY = tuple(TrailEntry.__dataclass_fields__)
_PART = 10_000
"""Rows fetched at once."""
_CHECKPOINT = tuple(Checkpoint.__dataclass_fields__)


class SqlTrail:
    """Fulfils `app.ports.TrailStore`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def append(self, draft: TrailDraft, actor: Actor | None, at: datetime) -> int:
        refuse_inspector(actor, draft.kind)
        seq, prev = self.head()
        entry = chain(
            draft,
            seq=seq + 1,
            at=at,
            account_id=None if actor is None else actor.account_id,
            actor="" if actor is None else actor.name,
            prev=prev,
        )
        self._db.execute(_INSERT, {name: getattr(entry, name) for name in _ENTRY})
        if draft.cells:
            self._db.exec_driver_sql(
                _INSERT_CELLS,
                [
                    (entry.seq, ordinal, cell.pupil_id, cell.assessment_id, cell.old, cell.new)
                    for ordinal, cell in enumerate(draft.cells)
                ],
            )
        return entry.seq

    def head(self) -> tuple[int, bytes]:
        row = self._db.execute(_HEAD).first()
        return (0, GENESIS) if row is None else (int(row[0]), bytes(row[1]))

    def sheet_version(self, class_id: ClassId, subject_id: SubjectId) -> int:
        found = self._db.execute(
            select(trail.c.seq)
            .where(trail.c.class_id == class_id, trail.c.subject_id == subject_id)
            .order_by(desc(trail.c.seq))
            .limit(1)
        ).scalar()
        return int(found or 0)

    def entries(
        self, *, newest: int = 500, class_id: ClassId | None = None, kind: str = ""
    ) -> tuple[TrailEntry, ...]:
        query = select(trail).order_by(desc(trail.c.seq)).limit(newest)
        if class_id is not None:
            query = query.where(trail.c.class_id == class_id)
        if kind:
            query = query.where(trail.c.kind.startswith(kind, autoescape=True))
        return tuple(_entry(row) for row in self._db.execute(query).mappings())

    def all_entries(self) -> Iterator[TrailEntry]:
        rows = self._db.execute(select(*(trail.c[name] for name in _ENTRY)).order_by(trail.c.seq))
        for part in rows.partitions(_PART):
            for row in part:
                yield TrailEntry(*row)

    def of_kinds(self, kinds: Sequence[str]) -> Iterator[TrailEntry]:
        query = select(trail).where(trail.c.kind.in_(kinds)).order_by(trail.c.seq)
        for row in self._db.execute(query).mappings():
            yield _entry(row)

    def cells_of(self, seq: int) -> tuple[tuple[int, int, str, str], ...]:
        rows = self._db.execute(
            select(
                trail_cell.c.pupil_id,
                trail_cell.c.assessment_id,
                trail_cell.c.old,
                trail_cell.c.new,
            )
            .where(trail_cell.c.seq == seq)
            .order_by(trail_cell.c.ordinal)
        )
        return tuple((r[0], r[1], r[2], r[3]) for r in rows)

    def history(
        self, pupil_id: PupilId, assessment_id: AssessmentId
    ) -> tuple[tuple[TrailEntry, str, str], ...]:
        rows = self._db.execute(
            select(trail, trail_cell.c.old, trail_cell.c.new)
            .join(trail_cell, trail_cell.c.seq == trail.c.seq)
            .where(trail_cell.c.pupil_id == pupil_id, trail_cell.c.assessment_id == assessment_id)
            .order_by(trail.c.seq)
        ).mappings()
        return tuple((_entry(r), r["old"], r["new"]) for r in rows)

    def all_cells(self) -> Iterator[tuple[int, int, int, str, str]]:
        rows = self._db.execute(
            select(
                trail_cell.c.seq,
                trail_cell.c.pupil_id,
                trail_cell.c.assessment_id,
                trail_cell.c.old,
                trail_cell.c.new,
            ).order_by(trail_cell.c.seq, trail_cell.c.ordinal)
        )
        for part in rows.partitions(_PART):
            yield from part

    def last_told(self, class_id: ClassId) -> dict[tuple[AssessmentId, PupilId], str]:
        last = (
            select(trail_cell.c.new)
            .where(
                trail_cell.c.pupil_id == enrolment.c.pupil_id,
                trail_cell.c.assessment_id == assessment.c.id,
            )
            .order_by(desc(trail_cell.c.seq), desc(trail_cell.c.ordinal))
            .limit(1)
            .scalar_subquery()
        )
        rows = self._db.execute(
            select(assessment.c.id, enrolment.c.pupil_id, last)
            .join(enrolment, enrolment.c.class_id == assessment.c.class_id)
            .where(assessment.c.class_id == class_id)
        )
        return {(r[0], r[1]): r[2] for r in rows if r[2] is not None}

    def strange_guards(self) -> tuple[str, ...]:
        rows = self._db.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        found = {row[0]: _plain(row[1]) for row in rows}
        wanted = {sql.split()[2]: _plain(sql) for sql in trigger_statements()}
        names = sorted(wanted.keys() | found.keys())
        return tuple(name for name in names if found.get(name) != wanted.get(name))

    def check(self, pinned_keys: Mapping[int, Sequence[bytes]] | None = None) -> ChainState:
        heads, state = self._check_chain()
        if state.problem:
            return state
        return self._check_checkpoints(heads, state, pinned_keys)

    def add_checkpoint(self, new: Checkpoint) -> None:
        self._db.execute(insert(checkpoint), {name: getattr(new, name) for name in _CHECKPOINT})

    def last_checkpoint(self) -> Checkpoint | None:
        row = (
            self._db.execute(select(checkpoint).order_by(desc(checkpoint.c.id)).limit(1))
            .mappings()
            .first()
        )
        return None if row is None else _checkpoint(row)

    def checkpoints(self) -> tuple[Checkpoint, ...]:
        rows = self._db.execute(select(checkpoint).order_by(checkpoint.c.id)).mappings()
        return tuple(_checkpoint(row) for row in rows)

    def database_id(self) -> str:
        found = self._db.execute(
            select(setting.c.value).where(setting.c.key == "database_id")
        ).scalar()
        return str(found or "")

    def _check_chain(self) -> tuple[dict[int, bytes], ChainState]:
        """Recompute every hash and every cell digest, reading both tables once and in order."""
        heads: dict[int, bytes] = {}
        cells = _Groups(self.all_cells())
        prev, seq = GENESIS, 0
        for entry in self.all_entries():
            orphan = cells.skipped_before(entry.seq)
            if orphan is not None:
                return heads, _orphan(seq, prev, orphan)
            mine = cells.take(entry.seq)
            honest = (
                entry.seq == seq + 1
                and entry.prev == prev
                and entry_hash(entry) == entry.hash
                and cells_digest(mine) == entry.cells_digest
                and len(mine) == entry.cell_count
            )
            if not honest:
                problem = (
                    f"Nhật ký bị thay đổi ở mục {entry.seq}: chuỗi mã không khớp. Giữ nguyên tệp, "
                    "đối chiếu với bản sao lưu và báo hiệu trưởng."
                )
                return heads, ChainState(seq, prev, 0, problem, entry.seq)
            prev, seq = entry.hash, entry.seq
            heads[seq] = prev
        orphan = cells.skipped_before(None)
        if orphan is not None:
            return heads, _orphan(seq, prev, orphan)
        return heads, ChainState(seq, prev, 0)

    def _check_checkpoints(
        self,
        heads: Mapping[int, bytes],
        state: ChainState,
        pinned_keys: Mapping[int, Sequence[bytes]] | None,
    ) -> ChainState:
        count, previous, database = 0, GENESIS, self.database_id()
        for point in self.checkpoints():
            count += 1
            trusted = pinned_keys is None or point.public_key in pinned_keys.get(
                point.account_id, ()
            )
            said = statement(
                database_id=database,
                seq=point.seq,
                head=point.head,
                at=point.at,
                signer=point.signer,
                reason=point.reason,
                previous=previous,
            )
            honest = (
                trusted
                and heads.get(point.seq) == point.head
                and said == point.statement
                and _signature_holds(point)
            )
            if not honest:
                problem = (
                    f"Mốc ký ở mục {point.seq} của {point.signer} không khớp với nhật ký. Giữ "
                    "nguyên tệp, đối chiếu với bản sao lưu và báo hiệu trưởng."
                )
                return ChainState(state.entries, state.head, count, problem, point.seq)
            previous = statement_digest(point.statement)
        return ChainState(state.entries, state.head, count)


class _Groups:
    """Cells in the order of their entries, handed out entry by entry."""

    def __init__(self, cells: Iterator[tuple[int, int, int, str, str]]) -> None:
        self._cells = cells
        self._next = next(cells, None)

    def skipped_before(self, seq: int | None) -> int | None:
        """Number of an entry that the next cells belong to, when it comes before `seq`."""
        if self._next is None or (seq is not None and self._next[0] >= seq):
            return None
        return self._next[0]

    def take(self, seq: int) -> list[CellChange]:
        """The cells of entry `seq`."""
        mine: list[CellChange] = []
        while self._next is not None and self._next[0] == seq:
            mine.append(CellChange(*self._next[1:]))
            self._next = next(self._cells, None)
        return mine


def _plain(sql: str) -> str:
    """A statement without its line breaks: the migration and the models break lines apart."""
    return " ".join(sql.split()).replace(" )", ")").rstrip(" ;")


def _orphan(seq: int, head: bytes, orphan: int) -> ChainState:
    problem = (
        f"Nhật ký có ô điểm của mục {orphan} nhưng không có mục ấy. Giữ nguyên tệp, đối chiếu với "
        "bản sao lưu và báo hiệu trưởng."
    )
    return ChainState(seq, head, 0, problem, orphan)


def _signature_holds(point: Checkpoint) -> bool:
    try:
        key = Ed25519PublicKey.from_public_bytes(point.public_key)
        key.verify(point.signature, point.statement.encode())
    except (InvalidSignature, ValueError):
        # ValueError: 32 bytes make a key, any other number does not.
        return False
    return True


def _entry(row: RowMapping) -> TrailEntry:
    return TrailEntry(**{name: row[name] for name in _ENTRY})


def _checkpoint(row: RowMapping) -> Checkpoint:
    return Checkpoint(**{name: row[name] for name in _CHECKPOINT})
