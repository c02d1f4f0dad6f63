"""Mốc ký: somebody's signature under the whole trail as it stands."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from app.actor import Actor
from app.domain.trail import GENESIS, Checkpoint, statement, statement_digest
from app.errors import AccessDenied
from app.ports import UnitOfWork
from app.services.key_changes import newest_key
from app.vault import Signer


class CheckpointReason(StrEnum):
    """Why the trail was signed."""

    FOUNDING = "founding"
    CLOSE = "close"
    APPROVAL = "approval"
    SIGN_OFF = "sign_off"
    SEAL = "seal"
    END_OF_DAY = "end_of_day"

    @property
    def label(self) -> str:
        """Words on screen and paper."""
        return {
            CheckpointReason.FOUNDING: "Lập sổ",
            CheckpointReason.CLOSE: "Chốt",
            CheckpointReason.APPROVAL: "Duyệt hồ sơ sửa điểm",
            CheckpointReason.SIGN_OFF: "Ký duyệt",
            CheckpointReason.SEAL: "Niêm phong",
            CheckpointReason.END_OF_DAY: "Hết phiên làm việc",
        }[self]


def sign_checkpoint(
    uow: UnitOfWork, signer: Signer, actor: Actor, reason: CheckpointReason, at: datetime
) -> Checkpoint:
    """Sign the trail's head in the open transaction and store the signature; does not commit.

    Call it after the last `trail.append` of the transaction: it signs what is there. Raises
    AccessDenied for a key that is not the one last recorded for the account: what it signs would be
    worth nothing, and the act goes with its signature.
    """
    if signer.uid != actor.uid:
        raise ValueError(f"{signer.uid} cannot sign for {actor.uid}")
    if signer.public_key != newest_key(uow, actor.account_id):
        raise AccessDenied(
            "key_not_recorded",
            f"Khóa ký của {actor.name} không phải khóa đã ghi trong nhật ký nên chữ ký không có "
            "giá trị, việc này chưa được làm. Hãy đổi người dùng (F12) và đăng nhập lại; nếu vẫn "
            "vậy, hãy báo hiệu trưởng.",
        )
    previous = uow.trail.last_checkpoint()
    before = GENESIS if previous is None else statement_digest(previous.statement)
    when = at.isoformat(timespec="seconds")
    seq, head = uow.trail.head()
    text = statement(
        database_id=uow.trail.database_id(),
        seq=seq,
        head=head,
        at=when,
        signer=actor.name,
        reason=reason.value,
        previous=before,
    )
    checkpoint = Checkpoint(
        seq=seq,
        head=head,
        at=when,
        account_id=actor.account_id,
        signer=actor.name,
        public_key=signer.public_key,
        reason=reason.value,
        statement=text,
        signature=signer.sign(text.encode()),
    )
    uow.trail.add_checkpoint(checkpoint)
    return checkpoint
