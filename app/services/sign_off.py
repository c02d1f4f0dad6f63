"""Ký duyệt: the principal signs a closed class x period, or a printed book (M101)."""

from __future__ import annotations

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.ids import ClassId, PrintRunId, SchoolYearId
from app.domain.periods import Period
from app.domain.print_runs import BOOKS
from app.domain.roles import Role
from app.domain.trail import TrailDraft
from app.domain.year_end import SignOff
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.services.book_printing import book_differs
from app.services.checkpoints import CheckpointReason, sign_checkpoint
from app.services.class_results import load_class
from app.services.period_digests import digest_of
from app.text import clean
from app.vault import Signer

_TOPICS = frozenset({Topic.LOCKS, Topic.PRINTS})


class SignOffs:
    """One standing signature a class x period and a printed book; a later change voids it."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def of_class(self, class_id: ClassId) -> tuple[SignOff, ...]:
        """Every signature of a class, voided ones with their reason, oldest first."""
        with self._uows.read() as uow:
            return uow.reviews.sign_offs(class_id)

    def of_runs(self, year_id: SchoolYearId) -> dict[PrintRunId, SignOff]:
        """The last signature on each printed book of a year."""
        with self._uows.read() as uow:
            return {
                signed.print_run_id: signed
                for signed in uow.reviews.sign_offs_of_prints(year_id)
                if signed.print_run_id is not None
            }

    def signers(self) -> tuple[tuple[str, str], ...]:
        """Whose signature approves today: (sign-in name, name)."""
        today = self._clock.today()
        with self._uows.read() as uow:
            return tuple(
                (account.uid, account.full_name)
                for account in uow.accounts.all(today)
                if account.disabled_on is None and Role.PRINCIPAL.value in account.roles
            )

    def sign_period(
        self, signer: Signer, class_id: ClassId, period: Period, remark: str = ""
    ) -> CommandResult:
        """Sign a closed period as its data are now; refused before the close, and twice."""
        said = clean(remark)
        with self._uows.write() as uow:
            actor = self._principal(uow, signer)
            facts = load_class(uow, class_id)
            name = f"{period.words} lớp {facts.klass.name}"
            if period not in uow.control.class_locks(class_id).closes:
                raise RuleRefused(
                    "not_closed",
                    f"{name[:1].upper()}{name[1:]} chưa chốt nên chưa ký duyệt; hãy chốt trước.",
                )
            digest = digest_of(uow, facts, period).hex
            standing = _standing(uow, class_id, period, None)
            if standing is not None and standing.data_digest == digest:
                raise _twice(name, standing)
            detail: dict[str, object] = {
                "class": facts.klass.name,
                "period": period.value,
                "data_digest": digest,
                "remark": said,
            }
            return self._sign(
                uow, signer, actor, class_id, period, None, digest, said, detail, name
            )

    def sign_print(self, signer: Signer, run_id: PrintRunId, remark: str = "") -> CommandResult:
        """Sign an official printed book; refused when its data are no longer those printed."""
        said = clean(remark)
        with self._uows.write() as uow:
            actor = self._principal(uow, signer)
            run = uow.prints.get(run_id)
            if run.kind not in BOOKS or run.class_id is None:
                raise RuleRefused(
                    "not_a_book", f"“{run.title}” không phải sổ của lớp nên không ký duyệt ở đây."
                )
            name = f"bản in số {run.number:04d}"
            if book_differs(uow, run):
                raise RuleRefused(
                    "print_differs",
                    f"Số liệu đã khác {name} nên không ký duyệt bản này; hãy in lại và ký bản mới.",
                )
            period = Period(run.period)
            standing = _standing(uow, run.class_id, period, run_id)
            if standing is not None:
                raise _twice(name, standing)
            detail: dict[str, object] = {
                "number": run.number,
                "title": run.title,
                "data_digest": run.data_digest,
                "file_digest": run.file_digest,
                "remark": said,
            }
            return self._sign(
                uow, signer, actor, run.class_id, period, run_id, run.data_digest, said, detail,
                name,
            )  # fmt: skip

    def _principal(self, uow: UnitOfWork, signer: Signer) -> Actor:
        actor = uow.accounts.actor(signer.uid, self._clock.today())
        require(actor, "ký duyệt", Role.PRINCIPAL)
        return actor

    def _sign(
        self,
        uow: UnitOfWork,
        signer: Signer,
        actor: Actor,
        class_id: ClassId,
        period: Period,
        run_id: PrintRunId | None,
        digest: str,
        remark: str,
        detail: dict[str, object],
        name: str,
    ) -> CommandResult:
        now = self._clock.now()
        uow.reviews.add_sign_off(class_id, period, run_id, digest, remark, actor.account_id, now)
        kind = "sign_off.period" if run_id is None else "sign_off.print"
        seq = uow.trail.append(TrailDraft(kind, detail, class_id), actor, now)
        sign_checkpoint(uow, signer, actor, CheckpointReason.SIGN_OFF, now)
        uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã ký duyệt {name}", class_id)


def _standing(
    uow: UnitOfWork, class_id: ClassId, period: Period, run_id: PrintRunId | None
) -> SignOff | None:
    found = [
        signed
        for signed in uow.reviews.sign_offs(class_id)
        if signed.stands and signed.period is period and signed.print_run_id == run_id
    ]
    return found[-1] if found else None


def _twice(name: str, standing: SignOff) -> RuleRefused:
    return RuleRefused(
        "already_signed",
        f"{standing.by} đã ký duyệt {name} ngày {standing.at:%d/%m/%Y} và chưa có gì thay đổi; "
        "không ký lại.",
    )
