"""Văn bản: the papers a school cites as its grounds, and those it sends out under a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.ids import AccountId, PrintRunId, SchoolYearId

FIRST_DAY, LAST_DAY = date(1945, 9, 2), date(2199, 12, 31)


class DocumentKind(StrEnum):
    """Kinds of paper (Nghị định 30/2020/NĐ-CP, Điều 7 and Phụ lục III)."""

    DECISION = "decision"
    MINUTES = "minutes"
    PLAN = "plan"
    NOTICE = "notice"
    REPORT = "report"
    LETTER = "letter"
    LAW = "law"
    CIRCULAR = "circular"
    DECREE = "decree"
    RULES = "rules"
    SUBMISSION = "submission"

    @property
    def label(self) -> str:
        """The kind's name as written in a sentence."""
        return {
            DocumentKind.DECISION: "Quyết định",
            DocumentKind.MINUTES: "Biên bản",
            DocumentKind.PLAN: "Kế hoạch",
            DocumentKind.NOTICE: "Thông báo",
            DocumentKind.REPORT: "Báo cáo",
            DocumentKind.LETTER: "Công văn",
            DocumentKind.LAW: "Luật",
            DocumentKind.CIRCULAR: "Thông tư",
            DocumentKind.DECREE: "Nghị định",
            DocumentKind.RULES: "Quy chế",
            DocumentKind.SUBMISSION: "Tờ trình",
        }[self]

    @property
    def sign(self) -> str:
        """Its abbreviation in the symbol of a paper; a letter and a law have none."""
        return {
            DocumentKind.DECISION: "QĐ",
            DocumentKind.MINUTES: "BB",
            DocumentKind.PLAN: "KH",
            DocumentKind.NOTICE: "TB",
            DocumentKind.REPORT: "BC",
            DocumentKind.CIRCULAR: "TT",
            DocumentKind.DECREE: "NĐ",
            DocumentKind.RULES: "QC",
            DocumentKind.SUBMISSION: "TTr",
        }.get(self, "")


OUTGOING = (
    DocumentKind.DECISION,
    DocumentKind.MINUTES,
    DocumentKind.PLAN,
    DocumentKind.NOTICE,
    DocumentKind.REPORT,
    DocumentKind.LETTER,
    DocumentKind.SUBMISSION,
)
"""Kinds a school issues itself."""


class BasisUse(StrEnum):
    """Which of the school's own papers print a basis as a "Căn cứ" line."""

    MINUTES = "minutes"
    DECISIONS = "decisions"
    PLANS = "plans"

    @property
    def label(self) -> str:
        """Words on screen."""
        return {
            BasisUse.MINUTES: "biên bản",
            BasisUse.DECISIONS: "quyết định",
            BasisUse.PLANS: "kế hoạch",
        }[self]


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """One ground of a school year: số, ký hiệu, ngày, cơ quan, trích yếu (M2)."""

    id: int
    school_year_id: SchoolYearId
    kind: DocumentKind
    number: str
    symbol: str
    issued_on: date
    issuer: str
    summary: str
    uses: frozenset[BasisUse]

    @property
    def code(self) -> str:
        """As cited: "1539/GDĐT-HV"."""
        return "/".join(part for part in (self.number, self.symbol) if part)

    @property
    def line(self) -> str:
        """The "Căn cứ" line (Nghị định 30/2020/NĐ-CP, Phụ lục I), without its final sign."""
        day = self.issued_on
        month = f"{day.month:02d}" if day.month < 3 else str(day.month)
        about = self.summary[:1].lower() + self.summary[1:] if self.summary else ""
        about = about if about.startswith(("về ", "ban hành ", "quy định ")) else f"về {about}"
        return (
            f"Căn cứ {self.kind.label} số {self.code} ngày {day.day:02d} tháng {month} năm "
            f"{day.year} của {self.issuer} {about}"
        )


@dataclass(frozen=True, slots=True)
class OutgoingDocument:
    """One line of Sổ đăng ký văn bản đi; number and day are blank until văn thư fills them (M18).

    `print_run_id` is the printed paper the number belongs to, if the program printed it.
    """

    id: int
    school_year_id: SchoolYearId
    kind: DocumentKind
    summary: str
    drafted_at: datetime
    drafted_by: AccountId
    print_run_id: PrintRunId | None = None
    number: int | None = None
    symbol: str = ""
    issued_on: date | None = None

    @property
    def code(self) -> str:
        """As on the paper: "03/BB-THCSĐX"; blank while it has no number."""
        if self.number is None:
            return ""
        return f"{self.number:02d}/{self.symbol}" if self.symbol else f"{self.number:02d}"
