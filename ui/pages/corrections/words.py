"""Words of a case on screen: whose turn, until when, which pupil and column."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication

from app.domain.corrections import CaseKind
from app.domain.corrections import Step as CaseStep
from app.domain.periods import short_term
from app.readmodels.correction_case import Turn
from ui.widgets.steps import Step, StepState

if TYPE_CHECKING:
    from app.readmodels.correction_case import CaseCell, CaseRow, CaseView

EMPTY_CELL = "trống"
LONGEST_SIGN = 8
"""Letters of the longest mark, level or state ("Chưa đạt"): more is a text."""


class Due(NamedTuple):
    """The last column of the list: words, tone and icon ("" for none)."""

    words: str
    tone: str
    icon: str


def translate(text: str) -> str:
    """The text in the language of the screen."""
    return QCoreApplication.translate("Corrections", text)


def case_name(number: int) -> str:
    """The case by number: "Hồ sơ số 07"."""
    return translate("Hồ sơ số {number:02d}").format(number=number)


def waiting(row: CaseRow) -> str:
    """Who must act now; empty once the case has ended."""
    return {
        Turn.REGISTER: translate("chờ văn thư"),
        Turn.CHECK: translate("chờ người kiểm dò"),
        Turn.DECIDE: translate("chờ ban giám hiệu"),
        Turn.APPLY: translate("chờ {name}").format(name=row.requester),
        Turn.NOBODY: "",
    }[row.turn]


def due(row: CaseRow, now: datetime) -> Due:
    """Days to the cut-off, the countdown of open cells, or the day the case ended."""
    if row.step is CaseStep.APPROVED and row.unlocked_until is not None:
        left = clock_left(row.unlocked_until, now)
        return Due(translate("còn {left}").format(left=left), "amber", "lock-open")
    if row.ended_at is not None:
        same_year = row.ended_at.year == now.year
        return Due(row.ended_at.strftime("%d/%m" if same_year else "%d/%m/%Y"), "ink2", "")
    if row.cutoff is None:
        return Due(translate("chưa đặt hạn"), "ink3", "")
    days = (row.cutoff - now.date()).days
    if days > 0:
        return Due(translate("còn {n} ngày").format(n=days), "ink", "")
    if days == 0:
        return Due(translate("hết hạn hôm nay"), "amber", "clock")
    return Due(translate("quá hạn {n} ngày").format(n=-days), "red", "warning")


def clock_left(until: datetime, now: datetime) -> str:
    """Minutes and seconds that remain: "12:40"."""
    seconds = max(0, int((until - now).total_seconds()))
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


def spoken_left(until: datetime, now: datetime) -> str:
    """The same in words: "12 phút 40 giây"."""
    seconds = max(0, int((until - now).total_seconds()))
    return translate("{m} phút {s:02d} giây").format(m=seconds // 60, s=seconds % 60)


def value(text: str) -> str:
    """A cell's text; an empty cell has a word."""
    return text or translate(EMPTY_CELL)


def pupils(row: CaseRow) -> str:
    """The pupil, or how many more."""
    names = list(dict.fromkeys(cell.pupil for cell in row.cells))
    if len(names) == 1:
        return names[0]
    return translate("{name} và {n} em khác").format(name=names[0], n=len(names) - 1)


def columns(row: CaseRow) -> str:
    """The column with its term, or how many cells."""
    places = list(dict.fromkeys(cell.place for cell in row.cells))
    if len(places) == 1:
        return places[0]
    return translate("{n} ô, {m} cột").format(n=len(row.cells), m=len(places))


def place(row: CaseRow, cell: CaseCell) -> str:
    """Where a cell is: "Lớp 7A2, số thứ tự 12. Toán, ĐĐGck học kì I"."""
    return translate("Lớp {klass}, số thứ tự {position}. {subject}, {place}").format(
        klass=row.class_name,
        position=cell.position,
        subject=row.subject_name,
        place=cell.place[:1].lower() + cell.place[1:]
        if row.kind is not CaseKind.MARKS
        else cell.place,
    )


def short_place(cell: CaseCell) -> str:
    """Column and term as narrow as a table wants them: "ĐĐGck HK I"."""
    if cell.term is None or cell.place.startswith("Ngày "):
        return cell.column
    return f"{cell.column} {short_term(cell.term)}"


def is_text(cell: CaseCell) -> bool:
    """Whether a change is of words, which need a line each, not of marks and levels."""
    return max(len(cell.old), len(cell.new)) > LONGEST_SIGN


def approve_words(row: CaseRow) -> str:
    """What the approving button does: "Duyệt 5,8 thành 8,5", or the number of cells."""
    if len(row.cells) == 1 and not is_text(row.cells[0]):
        cell = row.cells[0]
        return translate("Duyệt {old} thành {new}").format(old=value(cell.old), new=value(cell.new))
    return translate("Duyệt sửa {n} ô").format(n=len(row.cells))


def apply_words(row: CaseRow) -> str:
    """What the writing button does."""
    if len(row.cells) == 1 and not is_text(row.cells[0]):
        return translate("Ghi {new} và khóa lại").format(new=value(row.cells[0].new))
    return translate("Ghi {n} ô đã duyệt và khóa lại").format(n=len(row.cells))


def timeline(view: CaseView) -> list[Step]:
    """Khai báo, vào sổ, đối chiếu, duyệt, sửa: each with who and when, or who is waited for."""
    case, row = view.case, view.row
    halves = {Turn.REGISTER: 1, Turn.CHECK: 2, Turn.DECIDE: 3, Turn.APPLY: 4}
    now_at = halves.get(row.turn, 5)
    titles = [
        translate("Khai báo"),
        translate("Vào sổ"),
        translate("Đối chiếu"),
        translate("Duyệt"),
        translate("Sửa, khóa lại"),
    ]
    moments = [
        case.requested_at,
        case.registered_at,
        case.checked_at,
        case.decided_at,
        case.applied_at,
    ]
    notes = ["" if at is None else at.strftime("%d/%m %H:%M") for at in moments]
    steps: list[Step] = []
    for at, (title, note) in enumerate(zip(titles, notes, strict=True)):
        skipped = at == 1 and case.registered_at is None and now_at > 1
        if note:
            state = StepState.DONE
        elif skipped:
            state, note = StepState.NONE, translate("không vào sổ")
        elif at == now_at:
            state, note = StepState.HALF, waiting(row)
        elif row.turn is Turn.NOBODY:
            state, note = StepState.NONE, translate("không làm")
        else:
            state, note = StepState.TODO, translate("chưa")
        steps.append(Step(title, state, note))
    if case.step is CaseStep.REFUSED:
        at = 2 if case.decided_at is None else 3
        steps[at] = Step(
            steps[at].title,
            StepState.DONE,
            translate("không khớp") if at == 2 else translate("từ chối"),
        )
    return steps
