"""Căn cứ: the documents a school year rests on, cited by its minutes and decisions (M2, M20)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.accounts import refuse_too_long
from app.domain.ids import SchoolYearId
from app.domain.papers import FIRST_DAY, LAST_DAY, BasisUse, DocumentKind, LegalBasis
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.services.school_setup import SETTERS
from app.services.standing import require_standing
from app.text import clean, date_vn, fold

_TOPICS = frozenset({Topic.SETTINGS, Topic.TRAIL})
_CODE_LIMIT, _ISSUER_LIMIT, _SUMMARY_LIMIT = 40, 150, 400
_WHAT = "ghi căn cứ pháp lý"


@dataclass(frozen=True, slots=True)
class BasisDraft:
    """A basis as typed; `number` may hold the whole "1539/GDĐT-HV"."""

    kind: DocumentKind
    number: str
    issued_on: date | None
    issuer: str
    summary: str
    uses: Collection[BasisUse] = ()


class LegalBases:
    """Reads and changes the library of a year."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def of_year(self, year_id: SchoolYearId) -> tuple[LegalBasis, ...]:
        """Every basis of the year, the oldest first."""
        with self._uows.read() as uow:
            return uow.papers.bases(year_id)

    def twin(self, year_id: SchoolYearId, draft: BasisDraft) -> LegalBasis | None:
        """Another number of the same day and issuer: most likely one of the two is mistyped."""
        with self._uows.read() as uow:
            return _twin(uow, _checked(year_id, draft))

    def add(
        self, actor: Actor, year_id: SchoolYearId, draft: BasisDraft, *, twin_is_right: bool = False
    ) -> CommandResult:
        """Enter a basis. Refused `basis_twin` for another number of the same day and issuer, until
        somebody says that both exist; `basis_exists` for one that is there already.
        """
        require(actor, _WHAT, *SETTERS)
        basis = _checked(year_id, draft)
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), _WHAT, *SETTERS)
            for other in uow.papers.bases(year_id):
                if _same(other, basis) and fold(other.code) == fold(basis.code):
                    raise RuleRefused(
                        "basis_exists",
                        f"{basis.kind.label} số {basis.code} ngày {date_vn(basis.issued_on)} của "
                        f"{basis.issuer} đã có trong năm học này; không cần ghi lại.",
                    )
            twin = _twin(uow, basis)
            if twin is not None and not twin_is_right:
                raise RuleRefused(
                    "basis_twin",
                    f"Cùng ngày {date_vn(basis.issued_on)}, {basis.issuer} đã có {twin.kind.label} "
                    f"số {twin.code}, khác số {basis.code} vừa ghi; hãy xem lại số trên văn bản, "
                    "nếu đúng là hai văn bản thì xác nhận.",
                    twin=twin,
                )
            uow.papers.add_basis(basis, actor.account_id, self._clock.now())
            detail = {**_detail(basis), "uses": sorted(use.value for use in basis.uses)}
            seq = uow.trail.append(TrailDraft("basis.added", detail), actor, self._clock.now())
            uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã ghi căn cứ {basis.code}")

    def withdraw(self, actor: Actor, year_id: SchoolYearId, basis_id: int) -> CommandResult:
        """Take a basis out of the library; papers already printed keep it."""
        require(actor, _WHAT, *SETTERS)
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), _WHAT, *SETTERS)
            basis = next((b for b in uow.papers.bases(year_id) if b.id == basis_id), None)
            if basis is None:
                raise RuleRefused(
                    "not_found", "Căn cứ này không còn trong năm học; hãy tải lại trang."
                )
            uow.papers.withdraw_basis(basis_id, self._clock.now())
            draft = TrailDraft("basis.withdrawn", _detail(basis))
            seq = uow.trail.append(draft, actor, self._clock.now())
            uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã bỏ căn cứ {basis.code}")


def citing(uow: UnitOfWork, year_id: SchoolYearId, use: BasisUse) -> tuple[str, ...]:
    """The "Căn cứ" lines of one kind of paper, by day; the caller sets ";" and "." behind them."""
    return tuple(basis.line for basis in uow.papers.bases(year_id) if use in basis.uses)


def _checked(year_id: SchoolYearId, draft: BasisDraft) -> LegalBasis:
    number, _, symbol = clean(draft.number).replace(" ", "").partition("/")
    issuer, summary = clean(draft.issuer), clean(draft.summary)
    blank = [
        name
        for name, text in (("số", number), ("cơ quan ban hành", issuer), ("trích yếu", summary))
        if not text
    ]
    if draft.issued_on is None:
        blank.insert(1, "ngày ban hành")
    if blank or draft.issued_on is None:
        raise RuleRefused(
            "basis_incomplete",
            f"Căn cứ còn thiếu {', '.join(blank)}; hãy ghi đủ như trên văn bản.",
            blank=blank,
        )
    if not FIRST_DAY <= draft.issued_on <= LAST_DAY:
        raise RuleRefused(
            "basis_day",
            f"Ngày {date_vn(draft.issued_on)} không thể là ngày của văn bản; hãy ghi lại.",
        )
    refuse_too_long(f"{number}/{symbol}", "Số, ký hiệu", _CODE_LIMIT)
    refuse_too_long(issuer, "Cơ quan ban hành", _ISSUER_LIMIT)
    refuse_too_long(summary, "Trích yếu", _SUMMARY_LIMIT)
    return LegalBasis(
        0,
        year_id,
        draft.kind,
        number,
        symbol,
        draft.issued_on,
        issuer,
        summary.rstrip(".;"),
        frozenset(draft.uses),
    )


def _same(one: LegalBasis, other: LegalBasis) -> bool:
    return one.issued_on == other.issued_on and fold(one.issuer) == fold(other.issuer)


def _twin(uow: UnitOfWork, basis: LegalBasis) -> LegalBasis | None:
    return next(
        (
            other
            for other in uow.papers.bases(basis.school_year_id)
            if _same(other, basis) and fold(other.code) != fold(basis.code)
        ),
        None,
    )


def _detail(basis: LegalBasis) -> dict[str, object]:
    return {
        "kind": basis.kind.value,
        "code": basis.code,
        "issued_on": basis.issued_on.isoformat(),
        "issuer": basis.issuer,
        "summary": basis.summary,
    }
