"""Words of digital signatures on the paper board: tone and icon of a verdict, one line a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.domain.signed_papers import SignCorner, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.signed_papers import SignedPaper
    from ui.pages.printing.sign_places import FoundPlace

_MOST_PLACES = 12
"""As many as a list shows without scrolling long."""


def tr(text: str) -> str:
    """The words of this file on the program's language."""
    return QCoreApplication.translate("SignedPapers", text)


def look_of(verdict: Verdict) -> tuple[str, str]:
    """Icon and tone of a verdict."""
    if verdict is Verdict.TRUSTED:
        return "shield-check", "green"
    return ("warning", "amber") if verdict.intact else ("close", "red")


def places(found: Sequence[FoundPlace]) -> list[tuple[FoundPlace | SignCorner, str]]:
    """Where a signature may be shown: nowhere, where the paper leaves room, at a foot."""
    under = tr("Dưới “{title}”, trang {page}")
    return [
        (SignCorner.HIDDEN, tr("Không hiện trên trang")),
        *((one, under.format(title=one.title, page=one.page)) for one in found[:_MOST_PLACES]),
        (SignCorner.LEFT, tr("Cuối trang, bên trái")),
        (SignCorner.MIDDLE, tr("Cuối trang, ở giữa")),
        (SignCorner.RIGHT, tr("Cuối trang, bên phải")),
    ]


def run_line(papers: Sequence[SignedPaper]) -> str:
    """The button of a run that has signed files: how many, and the newest one's verdict."""
    short = {
        Verdict.TRUSTED: tr("tin cậy"),
        Verdict.UNKNOWN_SOURCE: tr("chưa rõ nguồn"),
        Verdict.EXPIRED: tr("ngoài thời hạn"),
        Verdict.REVOKED: tr("chứng thư bị thu hồi"),
        Verdict.UNFIT: tr("chứng thư không hợp"),
        Verdict.WEAK: tr("thuật toán yếu"),
        Verdict.CHANGED: tr("nội dung đã đổi"),
        Verdict.FALSE: tr("chữ ký không đúng"),
    }[papers[-1].verdict]
    return tr("Bản ký số ({n}): {verdict}").format(n=len(papers), verdict=short)
