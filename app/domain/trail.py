"""Nhật ký: the chain's arithmetic, pure, so that an inspector can recompute it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

GENESIS = bytes(32)
_DOMAIN = b"khoaso-trail-1\x00"


@dataclass(frozen=True, slots=True)
class CellChange:
    """One mark cell of one gesture, old and new in the words of `marks.trail_text`."""

    pupil_id: int
    assessment_id: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class TrailDraft:
    """What a service wants remembered; the store adds number, time, person and chain."""

    kind: str
    detail: Mapping[str, object] = field(default_factory=dict)
    class_id: int | None = None
    subject_id: int | None = None
    cells: Sequence[CellChange] = ()


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One chained entry as stored. `detail` is canonical JSON text."""

    seq: int
    at: str
    account_id: int | None
    actor: str
    kind: str
    class_id: int | None
    subject_id: int | None
    detail: str
    cell_count: int
    cells_digest: str
    prev: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A signed statement that the chain had this head at this number and time.

    `statement` is the exact signed text (canonical JSON); `signature` Ed25519 over its UTF-8 bytes.
    """

    seq: int
    head: bytes
    at: str
    account_id: int
    signer: str
    public_key: bytes
    reason: str
    statement: str
    signature: bytes

    @property
    def code(self) -> str:
        """Short code for prints: number and the first 8 hex digits of the head."""
        return f"{self.seq}-{self.head.hex()[:8]}"


@dataclass(frozen=True, slots=True)
class ChainState:
    """Outcome of checking the chain: `problem` is "" or one Vietnamese sentence."""

    entries: int
    head: bytes
    checkpoints: int
    problem: str = ""
    bad_seq: int | None = None


def canonical(value: object) -> str:
    """Canonical JSON: sorted keys, no spaces, UTF-8 letters kept."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def cells_digest(cells: Iterable[CellChange]) -> str:
    """SHA-256 (hex) of the cells of one entry in their order; "" when there is none."""
    rows = [[c.pupil_id, c.assessment_id, c.old, c.new] for c in cells]
    if not rows:
        return ""
    return hashlib.sha256(canonical(rows).encode()).hexdigest()


def entry_hash(entry: TrailEntry) -> bytes:
    """The hash an honest entry carries: SHA-256 over domain tag, previous hash and its fields.

    The detail goes in by its own digest, so that a copy which leaves personal data out (the seal's)
    still proves the chain.
    """
    fields = [
        entry.seq,
        entry.at,
        entry.account_id,
        entry.actor,
        entry.kind,
        entry.class_id,
        entry.subject_id,
        detail_digest(entry.detail),
        entry.cell_count,
        entry.cells_digest,
    ]
    return chained(entry.prev, fields)


def detail_digest(detail: str) -> str:
    """SHA-256 (hex) of an entry's detail text."""
    return hashlib.sha256(detail.encode()).hexdigest()


def chained(prev: bytes, fields: Sequence[object]) -> bytes:
    """One link: the fields of `entry_hash` in their order, onto the previous hash."""
    return hashlib.sha256(_DOMAIN + prev + canonical(list(fields)).encode()).digest()


def chain(
    draft: TrailDraft, *, seq: int, at: datetime, account_id: int | None, actor: str, prev: bytes
) -> TrailEntry:
    """The entry that follows `prev`."""
    entry = TrailEntry(
        seq=seq,
        at=at.isoformat(timespec="seconds"),
        account_id=account_id,
        actor=actor,
        kind=draft.kind,
        class_id=draft.class_id,
        subject_id=draft.subject_id,
        detail=canonical(dict(draft.detail)),
        cell_count=len(draft.cells),
        cells_digest=cells_digest(draft.cells),
        prev=prev,
        hash=b"",
    )
    return replace(entry, hash=entry_hash(entry))


def statement(
    *,
    database_id: str,
    seq: int,
    head: bytes,
    at: str,
    signer: str,
    reason: str,
    previous: bytes,
) -> str:
    """The text a checkpoint signs; `previous` is the hash of the previous checkpoint's text
    (`statement_digest`), GENESIS for the first; `at` is ISO 8601.
    """
    return canonical(
        {
            "format": "khoaso-checkpoint/1",
            "database": database_id,
            "seq": seq,
            "head": head.hex(),
            "at": at,
            "signer": signer,
            "reason": reason,
            "previous": previous.hex(),
        }
    )


def statement_digest(text: str) -> bytes:
    """What the next checkpoint names as its previous one."""
    return hashlib.sha256(text.encode()).digest()
