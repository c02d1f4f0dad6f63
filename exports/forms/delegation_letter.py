"""Giấy ủy quyền: who acts for whom, in what, from which day to which day; both sign."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.progress import no_progress
from exports.forms.letterhead import Letter, Signer, write_letter

if TYPE_CHECKING:
    from app.readmodels.authority_papers import DelegationLetter
    from app.readmodels.class_book import PrintStamp
    from app.readmodels.rendered_pdf import RenderedPdf


def render_delegation_letter(letter: DelegationLetter, stamp: PrintStamp) -> RenderedPdf:
    """The letter as PDF/A-2u; the same letter and stamp give the same bytes."""
    write = partial(_write, paper=letter)
    return write_letter("Giấy ủy quyền", letter.school, stamp, write, no_progress)


def _write(letter: Letter, paper: DelegationLetter) -> None:
    letter.head(paper.school, paper.decision, paper.day, paper.month, paper.year)
    letter.title("Về việc sử dụng sổ điểm điện tử", "GIẤY ỦY QUYỀN")
    for line in (
        f"Người ủy quyền: {paper.giver}, {paper.giver_office.lower()}.",
        f"Người được ủy quyền: {paper.taker}, {paper.taker_office.lower()}.",
        f"Nội dung: {paper.power}.",
        f"Thời hạn: từ ngày {paper.since} đến hết ngày {paper.until}; hết thời hạn ủy quyền tự "
        "chấm dứt.",
    ):
        letter.flow.paragraph(line)
    letter.conclude(
        "Hai bên cam kết",
        (
            "Người được ủy quyền dùng tài khoản của chính mình, không ủy quyền tiếp cho người "
            "khác, không tự duyệt việc do mình đề nghị hoặc kiểm dò.",
            "Người ủy quyền có thể thu lại trước thời hạn; việc thu lại ghi vào nhật ký của sổ.",
        ),
        f"Ủy quyền này ghi trong sổ theo văn bản số {paper.decision} ngày {paper.decision_on}./.",
        [
            (
                Signer("NGƯỜI ĐƯỢC ỦY QUYỀN", paper.taker),
                Signer("NGƯỜI ỦY QUYỀN", paper.giver, stamped=True),
            )
        ],
        ("Người được ủy quyền;", "Lưu: VT."),
    )
