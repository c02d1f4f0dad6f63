"""Words of the page Kiểm dò that more than one of its parts says."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.domain.proof_reading import RemarkState
from app.readmodels.proof_reading import AssignmentLine, CellProof, ProofColumn

ICONS = {
    CellProof.RIGHT: ("check", "green"),
    CellProof.REMARKED: ("comment", "red"),
    CellProof.ANSWERED: ("comment", "amber"),
}
"""Icon and tone of a cell; a cell still to be read has none."""
REMARK_TONES = {
    RemarkState.OPEN: "red",
    RemarkState.ANSWERED: "amber",
    RemarkState.RESOLVED: "green",
}
REMARK_ICONS = {
    RemarkState.OPEN: "comment",
    RemarkState.ANSWERED: "clock",
    RemarkState.RESOLVED: "check",
}


def tr(text: str) -> str:
    """One context for the words of all parts."""
    return QCoreApplication.translate("Proofs", text)


def cell_state(state: CellProof) -> str:
    """The state of a cell in words."""
    return {
        CellProof.UNREAD: tr("chưa dò"),
        CellProof.RIGHT: tr("khớp sổ giấy"),
        CellProof.REMARKED: tr("có nhận xét, chờ giáo viên trả lời"),
        CellProof.ANSWERED: tr("giáo viên đã trả lời, chờ xem lại"),
        CellProof.EMPTY: tr("ô trống"),
        CellProof.OUT: tr("không phải dò"),
    }[state]


def line_state(line: AssignmentLine) -> tuple[str, str, str]:
    """(words, tone, icon) of a sheet in the table of assignments."""
    given = line.assignment
    if given is None:
        return tr("chưa phân công"), "ink3", "ring-empty"
    if line.waiting:
        return tr("{n} nhận xét chưa giải quyết").format(n=line.waiting), "red", "comment"
    if given.confirmed_at is not None:
        return (
            tr("đã xác nhận {day}").format(day=f"{given.confirmed_at:%d/%m/%Y}"),
            "green",
            "check",
        )
    if given.voided_at is not None:
        return tr("phải dò lại: {why}").format(why=given.voided_why.lower()), "amber", "warning"
    return tr("đang dò"), "ink2", "ring-half"


def column_state(column: ProofColumn) -> str:
    """Who compared a column with the paper book."""
    if column.proved_at is None or column.how is None:
        return tr("{title}: chưa đối chiếu sổ giấy").format(title=column.title)
    return tr("{title}: {name} đã đối chiếu sổ giấy ngày {day}, {how}").format(
        title=column.title,
        name=column.proved_by,
        day=f"{column.proved_at:%d/%m/%Y}",
        how=column.how.words,
    )
