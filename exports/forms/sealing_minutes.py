"""Biên bản niêm phong hồ sơ năm học, in the layout of Nghị định 30/2020/NĐ-CP."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.progress import no_progress
from exports.forms.letterhead import FRAME, Letter, Signer, rows_of, write_letter
from exports.pdf.flow import BODY_BOLD
from exports.pdf.text import Align

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.progress import Progress
    from app.readmodels.class_book import PrintStamp
    from app.readmodels.minutes import Person
    from app.readmodels.rendered_pdf import RenderedPdf
    from app.readmodels.sealing_minutes import SealingMinutes

_LABEL_WIDTH = 52 * mm
_ALIGNS = (Align.LEFT, Align.LEFT)


def render_sealing_minutes(
    minutes: SealingMinutes, stamp: PrintStamp, progress: Progress = no_progress
) -> RenderedPdf:
    """The minutes as PDF/A-2u; the same minutes and stamp give the same bytes."""
    title = f"Biên bản niêm phong hồ sơ năm học {minutes.school_year}"
    return write_letter(title, minutes.school, stamp, partial(_write, minutes=minutes), progress)


def _write(letter: Letter, minutes: SealingMinutes) -> None:
    letter.head(minutes.school, minutes.number, minutes.day, minutes.month, minutes.year)
    flow = letter.flow
    letter.title(f"Về việc niêm phong hồ sơ đánh giá học sinh năm học {minutes.school_year}")
    letter.grounds(minutes.bases)
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
    texts = (
        f"Đọc lại sau khi ghi: {minutes.read_back}.",
        f"Giao cho {_named(minutes.custodian)} lưu giữ tại {minutes.storage}. Khi mở niêm phong "
        "hoặc kiểm tra lại, đối chiếu số sê-ri và dấu vân tay khóa ký với biên bản này.",
    )
    closing = (
        f"Biên bản kết thúc lúc {minutes.ended}, lập thành 02 bản có giá trị như nhau, đã đọc cho "
        "mọi người cùng nghe và cùng ký tên dưới đây./."
    )
    recipients = ("Như thành phần;", "Lưu: VT, kèm vật mang dữ liệu.")
    letter.conclude("2. Kiểm tra và bàn giao", texts, closing, _signers(minutes), recipients)


def _signers(minutes: SealingMinutes) -> list[Sequence[Signer]]:
    chair = minutes.chair
    return [
        *rows_of([Signer("NGƯỜI CHỨNG KIẾN", person.name) for person in minutes.witnesses]),
        (
            Signer("THƯ KÝ", minutes.secretary.name),
            Signer("NGƯỜI LƯU GIỮ", minutes.custodian.name),
            Signer(chair.duty.upper() or "CHỦ TRÌ", chair.name, stamped=True, decided=True),
        ),
    ]


def _named(person: Person) -> str:
    return f"{person.name}, {person.duty}" if person.duty else person.name


def _grouped(digest: str) -> str:
    """Hexadecimal in groups of four, so that two people can read it to each other."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))
