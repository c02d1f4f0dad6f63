"""Phiếu kết quả rèn luyện, học tập of a primary pupil who changes school: kỳ side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from exports.forms.letterhead import FRAME, Letter, Signer
from exports.pdf.flow import BODY_BOLD
from exports.pdf.text import Align

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readmodels.primary_transfer import PackItem, PrimaryTransferPack

_NAME, _KY = 48 * mm, 21 * mm
_HEADING_AND_ROWS = 64.0
"""Points: a heading stays with the head of its table and a first row."""


def write_primary_pack(letter: Letter, pack: PrimaryTransferPack) -> None:
    """The results, the days absent, what goes along; signatures of GVCN and principal."""
    flow = letter.flow
    state = "; ".join(
        f"{p.title[0].lower()}{p.title[1:]} {'đã chốt' if p.closed else 'chưa chốt'}"
        for p in pack.periods
    )
    flow.paragraph("1. Môn học và hoạt động giáo dục", BODY_BOLD)
    if pack.periods:
        flow.paragraph(
            "Mức đạt được: T Hoàn thành tốt, H Hoàn thành, C Chưa hoàn thành; số trong ngoặc là "
            f"điểm KTĐK. Kết quả tính đến ngày rời lớp: {state}."
        )
        _table(letter, "Môn học", pack.subjects, pack, comments=True)
        flow.keep(_HEADING_AND_ROWS)
        flow.paragraph("2. Phẩm chất, năng lực (T Tốt, Đ Đạt, C Cần cố gắng)", BODY_BOLD)
        _table(letter, "Phẩm chất, năng lực", pack.traits, pack, comments=False)
    else:
        flow.paragraph("Chưa có kết quả nào được ghi.")
    if pack.remark:
        flow.paragraph(f"Nhận xét của giáo viên chủ nhiệm: {pack.remark.rstrip('.')}.")
    absences = [text for text in pack.absences if text]
    said = "; ".join(absences) or "chưa ghi"
    disabled = f" Học sinh khuyết tật, giáo dục {pack.inclusion.lower()}." if pack.inclusion else ""
    flow.paragraph(f"Số ngày nghỉ học: {said}.{disabled}")
    flow.paragraph("3. Hồ sơ kèm theo", BODY_BOLD)
    flow.paragraph(f"{'; '.join(pack.enclosures)}.")
    letter.conclude(
        "4. Xác nhận",
        (
            "Các kết quả trên trích đúng từ Bảng tổng hợp kết quả đánh giá giáo dục của lớp và sổ "
            "của giáo viên.",
        ),
        "Phiếu lập thành 02 bản: một bản gửi trường tiếp nhận, một bản lưu./.",
        [
            (
                Signer("GIÁO VIÊN CHỦ NHIỆM", pack.homeroom_teacher),
                Signer("HIỆU TRƯỞNG", pack.principal, stamped=True),
            )
        ],
        ("Trường tiếp nhận;", "Cha mẹ học sinh;", "Lưu: VT."),
    )


def _table(
    letter: Letter,
    first: str,
    items: Sequence[PackItem],
    pack: PrimaryTransferPack,
    *,
    comments: bool,
) -> None:
    kys = len(pack.periods)
    rest = FRAME.width - _NAME - kys * _KY
    widths = [_NAME if comments else FRAME.width - kys * _KY, *[_KY] * kys]
    heads = [first, *(period.title for period in pack.periods)]
    aligns = [Align.LEFT, *[Align.CENTER] * kys]
    rows = [
        [item.name, *(_shown(*pair) for pair in zip(item.levels, item.scores, strict=True))]
        for item in items
    ]
    if comments:
        widths.append(rest)
        heads.append("Nhận xét")
        aligns.append(Align.LEFT)
        rows = [[*row, item.comment] for row, item in zip(rows, items, strict=True)]
    letter.flow.table(widths, heads, rows, aligns)


def _shown(level: str, score: str) -> str:
    return f"{level} ({score})".strip() if score else level
