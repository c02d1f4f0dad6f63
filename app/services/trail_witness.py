"""What the chain alone cannot prove: the signatures, the keys, the guards and the marks agree.

Whoever holds the database key can rewrite the chain to its end and take away what contradicts it.
These checks ask the other way round: whether everything the trail promises is still there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from app.domain.accounts import fingerprint
from app.domain.trail import TrailEntry
from app.ports import UnitOfWork
from app.services.checkpoints import CheckpointReason
from app.services.untold_marks import untold_marks

SIGNED_ACTS = {
    "school.founded": CheckpointReason.FOUNDING,
    "period.close": CheckpointReason.CLOSE,
    "correction.approve": CheckpointReason.APPROVAL,
    "correction.refuse": CheckpointReason.APPROVAL,
    "roster.correction.approve": CheckpointReason.APPROVAL,
    "roster.correction.refuse": CheckpointReason.APPROVAL,
    "year.seal": CheckpointReason.SEAL,
    "session.sign_out": CheckpointReason.END_OF_DAY,
}
"""Kinds that are never written without their author's signature in the same transaction."""

_KEY_BEARERS = ("school.founded", "account.added", "account.password_reset", "account.recovered")
_KEY_SETTLED = "account.key_settled"
_WHAT_TO_DO = "Giữ nguyên tệp, đối chiếu với bản sao lưu và báo hiệu trưởng."


def witness_problem(uow: UnitOfWork) -> tuple[str, int | None]:
    """The first thing that is missing or differs, and its entry; ("", None) when all agree."""
    for found in (_unsigned_act(uow), _unnamed_key(uow), _lost_guard(uow), _untold_mark(uow)):
        if found is not None:
            return found
    return "", None


def _unsigned_act(uow: UnitOfWork) -> tuple[str, int | None] | None:
    """A signed act whose signature was taken away with everything that named it."""
    signed = {(p.seq, p.account_id, p.reason) for p in uow.trail.checkpoints()}
    for entry in _of_kinds(uow, SIGNED_ACTS):
        reason = SIGNED_ACTS[entry.kind]
        if (entry.seq, entry.account_id, reason.value) not in signed:
            return (
                f"Mục {entry.seq} của nhật ký ({reason.label}, {entry.actor}) phải có mốc ký nhưng "
                f"mốc ấy không còn. {_WHAT_TO_DO}",
                entry.seq,
            )
    return None


def _unnamed_key(uow: UnitOfWork) -> tuple[str, int | None] | None:
    """A signing key in the file that no entry ever announced for that account."""
    named = {
        (_bearer(entry, detail), detail.get("key"))
        for entry in _of_kinds(uow, (*_KEY_BEARERS, _KEY_SETTLED))
        for detail in (_detail(entry),)
    }
    for account_id, key, _ in uow.accounts.keys():  # noqa: SIM118 - a repository, not a dict
        if (account_id, fingerprint(key)) not in named:
            return (
                f"Khóa ký {fingerprint(key)[:19]}… của tài khoản số {account_id} có trong tệp "
                "nhưng nhật ký chưa từng ghi: khóa bị thêm từ bên ngoài chương trình. "
                f"{_WHAT_TO_DO}",
                None,
            )
    return None


def _detail(entry: TrailEntry) -> dict[str, object]:
    """The detail of an entry; one that is no longer an object announces nothing."""
    try:
        found = json.loads(entry.detail)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _bearer(entry: TrailEntry, detail: dict[str, object]) -> object:
    """Whose key an entry announces: the account it names, else its own author."""
    return detail.get("account", entry.account_id)


def _lost_guard(uow: UnitOfWork) -> tuple[str, int | None] | None:
    strange = uow.trail.strange_guards()
    if not strange:
        return None
    return (
        f"Chốt chặn của tệp ({', '.join(strange)}) bị gỡ hoặc bị thay: có người đã mở tệp bằng "
        f"công cụ khác. {_WHAT_TO_DO}",
        None,
    )


def _untold_mark(uow: UnitOfWork) -> tuple[str, int | None] | None:
    """A mark cell that holds something else than its last entry says."""
    first = next(untold_marks(uow), None)
    if first is None:
        return None
    return (
        f"Ô điểm {first.subject}, {first.column} của {first.pupil} lớp {first.class_name} trong sổ "
        f"là “{first.stored}” nhưng nhật ký ghi “{first.told}”: điểm bị sửa ngoài chương trình. "
        f"{_WHAT_TO_DO}",
        None,
    )


def _of_kinds(uow: UnitOfWork, kinds: Iterable[str]) -> Iterable[TrailEntry]:
    return uow.trail.of_kinds(tuple(kinds))
