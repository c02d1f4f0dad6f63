"""Biên bản sửa điểm, in the layout of Nghị định 30/2020/NĐ-CP (Mẫu 1.9)."""

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
    from app.readmodels.correction_minutes import CorrectionMinutes
    from app.readmodels.minutes import Person
    from app.readmodels.rendered_pdf import RenderedPdf

_WIDTHS = (14 * mm, 56 * mm, 33 * mm, 28 * mm)
_ALIGNS = (Align.CENTER, Align.LEFT, Align.CENTER, Align.CENTER, Align.CENTER)


def render_correction_minutes(
    minutes: CorrectionMinutes, stamp: PrintStamp, progress: Progress = no_progress
) -> RenderedPdf:
    """The minutes as PDF/A-2u; the same minutes and stamp give the same bytes."""
    title = f"Biên bản {_matter(minutes)}"
    return write_letter(title, minutes.school, stamp, partial(_write, minutes=minutes), progress)


def _write(letter: Letter, minutes: CorrectionMinutes) -> None:
    letter.head(minutes.school, minutes.number, minutes.day, minutes.month, minutes.year)
    period = f", {minutes.period}" if minutes.period else ""
    letter.title(f"Về việc {_matter(minutes)}{period}, năm học {minutes.school_year}")
    letter.grounds(minutes.bases)
    _write_meeting(letter, minutes)
    _write_content(letter, minutes)
    _conclude(letter, minutes)


def _matter(minutes: CorrectionMinutes) -> str:
    subject = f" môn {minutes.subject}" if minutes.subject else ""
    return f"{minutes.act}{subject}, lớp {minutes.class_name}"


def _column(minutes: CorrectionMinutes) -> str:
    return "Cột điểm" if minutes.subject else "Mục"


def _named(person: Person) -> str:
    return f"{person.name}, {person.duty}" if person.duty else person.name


def _write_meeting(letter: Letter, minutes: CorrectionMinutes) -> None:
    flow = letter.flow
    flow.paragraph(f"Thời gian bắt đầu: {minutes.began}.")
    flow.paragraph(f"Địa điểm: {minutes.venue}.")
    flow.paragraph("Thành phần tham dự:")
    flow.paragraph(f"- Chủ trì: {_named(minutes.chair)};")
    flow.paragraph(f"- Thư ký: {_named(minutes.secretary)};")
    last = len(minutes.attendees) - 1
    for index, person in enumerate(minutes.attendees):
        flow.paragraph(f"- {_named(person)}{'.' if index == last else ';'}")


def _write_content(letter: Letter, minutes: CorrectionMinutes) -> None:
    flow = letter.flow
    flow.keep(80)
    flow.paragraph("1. Nội dung sửa", BODY_BOLD)
    widths = (*_WIDTHS, FRAME.width - sum(_WIDTHS))
    rows = [
        [str(value.position), value.pupil, value.column, value.old, value.new]
        for value in minutes.values
    ]
    flow.table(
        widths,
        ("Số TT", "Họ và tên học sinh", _column(minutes), "Đã ghi", "Sửa thành"),
        rows,
        _ALIGNS,
    )
    flow.paragraph("2. Lý do và minh chứng", BODY_BOLD)
    flow.paragraph(f"Người đề nghị: {_named(minutes.requester)}, khai báo {minutes.declared}.")
    if minutes.registered:
        flow.paragraph(f"Văn thư vào sổ {minutes.registered}.")
    flow.paragraph(f"Lý do: {_stopped(minutes.reason)}")
    flow.paragraph(f"Minh chứng đã xem: {_stopped('; '.join(minutes.evidence))}")
    flow.paragraph(f"Người kiểm dò: {_named(minutes.checker)}. {_stopped(minutes.check_result)}")


def _conclude(letter: Letter, minutes: CorrectionMinutes) -> None:
    texts = [
        f"{_named(minutes.approver)} quyết định {minutes.decided}: {_stopped(minutes.decision)}"
    ]
    if minutes.exception:
        texts.append(f"Quyết định ngoài thời hạn sửa điểm: {_stopped(minutes.exception)}")
    witnesses = "; ".join(_named(person) for person in minutes.witnesses)
    code = f", mã nhật ký {minutes.checkpoint_code}" if minutes.checkpoint_code else ""
    texts += [
        f"Mở khóa lúc {minutes.unlocked}; chỉ các giá trị đã duyệt được ghi; khóa lại lúc "
        f"{minutes.relocked}.",
        f"Người chứng kiến: {_stopped(witnesses)}",
        f"Nhật ký của sổ điểm: mục {minutes.trail_entries}{code}.",
    ]
    closing = (
        f"Biên bản kết thúc lúc {minutes.ended}, đã đọc cho mọi người cùng nghe, nhất trí và "
        "cùng ký tên dưới đây./."
    )
    recipients = ("Như thành phần;", f"Lưu: VT, hồ sơ sửa điểm số {minutes.case_number}.")
    letter.conclude("3. Quyết định và thực hiện", texts, closing, _signers(minutes), recipients)


def _signers(minutes: CorrectionMinutes) -> list[Sequence[Signer]]:
    approver = minutes.approver
    return [
        (
            Signer("NGƯỜI ĐỀ NGHỊ", minutes.requester.name),
            Signer("NGƯỜI KIỂM DÒ", minutes.checker.name),
        ),
        *rows_of([Signer("NGƯỜI CHỨNG KIẾN", person.name) for person in minutes.witnesses]),
        (
            Signer("THƯ KÝ", minutes.secretary.name),
            Signer(
                approver.duty.upper() or "NGƯỜI DUYỆT", approver.name, stamped=True, decided=True
            ),
        ),
    ]


def _stopped(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
