"""Biên bản niêm phong hồ sơ năm học, in the layout of Nghị định 30/2020/NĐ-CP."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.progress import no_progress
from exports.forms.letterhead import (
    CLOSING_HEIGHT,
    FRAME,
    SIGN_HEIGHT,
    Letter,
    Signer,
    write_letter,
)
from exports.pdf.flow import BODY_BOLD
from exports.pdf.fonts import Face
from exports.pdf.text import Align, TextStyle

if TYPE_CHECKING:
    from app.progress import Progress
    from app.readmodels.class_book import PrintStamp
    from app.readmodels.minutes import Person
    from app.readmodels.rendered_pdf import RenderedPdf
    from app.readmodels.sealing_minutes import SealingMinutes

_LABEL_WIDTH = 52 * mm
_ALIGNS = (Align.LEFT, Align.LEFT)
_SIGNERS_A_ROW = 3


def render_sealing_minutes(
    minutes: SealingMinutes, stamp: PrintStamp, progress: Progress = no_progress
) -> RenderedPdf:
    """The minutes as PDF/A-2u; the same minutes and stamp give the same bytes."""
    title = f"Biên bản niêm phong hồ sơ năm học {minutes.school_year}"
    return write_letter(title, minutes.school, stamp, partial(_write, minutes=minutes), progress)


def _write(letter: Letter, minutes: SealingMinutes) -> None:
    letter.head(minutes.school, minutes.number, minutes.day, minutes.month, minutes.year)
    flow = letter.flow
    flow.centred("BIÊN BẢN", TextStyle(15, Face.BOLD))
    flow.centred(
        f"Về việc niêm phong hồ sơ đánh giá học sinh năm học {minutes.school_year}",
        TextStyle(13.5, Face.BOLD),
    )
    flow.gap(8)
    flow.paragraph(f"Thời gian bắt đầu: {minutes.began}.")
    flow.paragraph(f"Địa điểm: {minutes.venue}.")
    people = (
        f"chủ trì {_named(minutes.chair)}; thư ký {_named(minutes.secretary)}; chứng kiến "
        f"{'; '.join(_named(person) for person in minutes.witnesses)}"
    )
    flow.paragraph(f"Thành phần: {people}.")
    flow.paragraph("1. Vật mang dữ liệu và nội dung niêm phong", BODY_BOLD)
    rows = [
        ["Loại vật mang", minutes.medium_kind],
        ["Nhãn", minutes.medium_label],
        ["Số sê-ri", minutes.medium_serial],
        ["Tên gói niêm phong", minutes.bag_name],
        ["Số tệp, dung lượng", f"{minutes.files} tệp, {minutes.size_text}"],
        ["Nội dung", "; ".join(minutes.contents)],
        ["Mã băm danh sách đã ký (SHA-512)", _grouped(minutes.manifest_digest)],
        ["Dấu vân tay khóa ký", _grouped(minutes.key_fingerprint)],
    ]
    flow.table((_LABEL_WIDTH, FRAME.width - _LABEL_WIDTH), ("Mục", "Ghi nhận"), rows, _ALIGNS)
    flow.paragraph("2. Kiểm tra và bàn giao", BODY_BOLD)
    flow.paragraph(f"Đọc lại sau khi ghi: {minutes.read_back}.")
    flow.paragraph(
        f"Giao cho {_named(minutes.custodian)} lưu giữ tại {minutes.storage}. Khi mở niêm phong "
        "hoặc kiểm tra lại, đối chiếu số sê-ri và dấu vân tay khóa ký với biên bản này."
    )
    signing = 1 + -(-len(minutes.witnesses) // _SIGNERS_A_ROW)
    flow.keep(CLOSING_HEIGHT + signing * SIGN_HEIGHT)
    flow.paragraph(
        f"Biên bản kết thúc lúc {minutes.ended}, lập thành 02 bản có giá trị như nhau, đã đọc cho "
        "mọi người cùng nghe và cùng ký tên dưới đây./."
    )
    flow.gap(6)
    _write_signatures(letter, minutes)
    letter.recipients(("Như thành phần;", "Lưu: VT, kèm vật mang dữ liệu."))


def _write_signatures(letter: Letter, minutes: SealingMinutes) -> None:
    witnesses = [Signer("NGƯỜI CHỨNG KIẾN", person.name) for person in minutes.witnesses]
    for start in range(0, len(witnesses), _SIGNERS_A_ROW):
        letter.sign(witnesses[start : start + _SIGNERS_A_ROW])
    letter.sign(
        (
            Signer("THƯ KÝ", minutes.secretary.name),
            Signer("NGƯỜI LƯU GIỮ", minutes.custodian.name),
            Signer(
                minutes.chair.duty.upper() or "CHỦ TRÌ",
                minutes.chair.name,
                "(Ký, ghi rõ họ tên, đóng dấu)",
            ),
        )
    )


def _named(person: Person) -> str:
    return f"{person.name}, {person.duty}" if person.duty else person.name


def _grouped(digest: str) -> str:
    """Hexadecimal in groups of four, so that two people can read it to each other."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))
