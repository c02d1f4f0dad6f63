"""Sổ đăng ký văn bản đi: numbers that may wait until văn thư fills them in (M18).

Numbers begin again at 01 with every calendar year, a series a kind (Nghị định 30/2020/NĐ-CP, Điều
15). A number once given is never taken back: a wrong one is struck on paper like any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.accounts import refuse_too_long
from app.domain.ids import AccountId, PrintRunId, SchoolYearId
from app.domain.papers import OUTGOING, DocumentKind, OutgoingDocument
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.services.school_setup import SETTERS
from app.services.settings import SYMBOL
from app.services.standing import require_standing
from app.text import clean, date_vn

_TOPICS = frozenset({Topic.SETTINGS, Topic.TRAIL})
_SUMMARY_LIMIT, _SYMBOL_LIMIT, _MOST_NUMBER = 400, 30, 9999
_WHAT = "ghi sổ đăng ký văn bản đi"


@dataclass(frozen=True, slots=True)
class NumberProposal:
    """What the dialog starts from: the next free number of the kind, the symbol, today."""

    number: int
    symbol: str
    issued_on: date


class DocumentRegister:
    """Reads and fills the register of a year."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def of_year(self, year_id: SchoolYearId) -> tuple[OutgoingDocument, ...]:
        """Every paper of the school year, the newest first."""
        with self._uows.read() as uow:
            return uow.papers.documents(year_id)

    def propose(self, document: OutgoingDocument) -> NumberProposal:
        """The next number of the paper's kind in today's calendar year."""
        today = self._clock.today()
        with self._uows.read() as uow:
            number = uow.papers.last_number(document.kind, today.year) + 1
            school = uow.school.setting(SYMBOL)
        parts = (document.kind.sign, school)
        return NumberProposal(number, "-".join(part for part in parts if part), today)

    def draft(
        self, actor: Actor, year_id: SchoolYearId, kind: DocumentKind, summary: str
    ) -> CommandResult:
        """Enter a paper the program did not print; its number may wait."""
        require(actor, _WHAT, *SETTERS)
        about = clean(summary)
        if kind not in OUTGOING:
            raise RuleRefused(
                "document_kind",
                f"Trường không tự ban hành {kind.label.lower()}; hãy chọn loại văn bản khác.",
            )
        if not about:
            raise RuleRefused(
                "summary_missing", "Trích yếu còn trống; hãy ghi văn bản nói về việc gì."
            )
        refuse_too_long(about, "Trích yếu", _SUMMARY_LIMIT)
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), _WHAT, *SETTERS)
            uow.school.year(year_id)
            now = self._clock.now()
            document_id = register_draft(uow, year_id, kind, about, actor.account_id, now)
            detail = {"kind": kind.value, "summary": about}
            seq = uow.trail.append(TrailDraft("document.drafted", detail), actor, now)
            uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã ghi {kind.label.lower()}", payload=document_id)

    def give_number(
        self, actor: Actor, document_id: int, number: int, symbol: str, issued_on: date
    ) -> CommandResult:
        """Văn thư fills number, symbol and day; refused when another paper has the number."""
        require(actor, _WHAT, *SETTERS)
        sign = clean(symbol).replace(" ", "")
        refuse_too_long(sign, "Ký hiệu", _SYMBOL_LIMIT)
        if not 1 <= number <= _MOST_NUMBER:
            raise RuleRefused(
                "document_number",
                f"Số văn bản {number} không dùng được; hãy ghi từ 1 đến {_MOST_NUMBER}.",
                number=number,
            )
        with self._uows.write() as uow:
            today = self._clock.today()
            actor = require_standing(uow, actor, today, _WHAT, *SETTERS)
            document = uow.papers.document(document_id)
            _refuse_number(uow, document, number, issued_on, today)
            now = self._clock.now()
            uow.papers.number_document(document_id, number, sign, issued_on, actor.account_id, now)
            done = uow.papers.document(document_id)
            detail = {
                "kind": document.kind.value,
                "summary": document.summary,
                "code": done.code,
                "issued_on": issued_on.isoformat(),
            }
            seq = uow.trail.append(TrailDraft("document.numbered", detail), actor, now)
            uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã ghi số {done.code}", payload=done)


def register_draft(
    uow: UnitOfWork,
    year_id: SchoolYearId,
    kind: DocumentKind,
    summary: str,
    by: AccountId,
    at: datetime,
    run_id: PrintRunId | None = None,
) -> int:
    """A line without a number, inside the caller's transaction and told by the caller's entry."""
    return uow.papers.add_document(OutgoingDocument(0, year_id, kind, summary, at, by, run_id))


def _refuse_number(
    uow: UnitOfWork, document: OutgoingDocument, number: int, issued_on: date, today: date
) -> None:
    if document.number is not None:
        raise RuleRefused(
            "document_numbered",
            f"Văn bản này đã mang số {document.code} ngày {date_vn(document.issued_on)}; số đã cấp "
            "không đổi, hãy ghi văn bản khác.",
        )
    if issued_on < document.drafted_at.date() or issued_on > today:
        raise RuleRefused(
            "document_day",
            f"Ngày {date_vn(issued_on)} không nằm từ ngày lập {date_vn(document.drafted_at)} đến "
            f"hôm nay {date_vn(today)}; hãy ghi lại ngày của văn bản.",
        )
    holder = uow.papers.number_holder(document.kind, issued_on.year, number)
    if holder is not None:
        free = uow.papers.last_number(document.kind, issued_on.year) + 1
        raise RuleRefused(
            "number_taken",
            f"Số {number:02d} năm {issued_on.year} đã cấp cho {document.kind.label.lower()} “"
            f"{holder.summary}”; số tiếp theo chưa dùng là {free:02d}.",
            free=free,
        )
