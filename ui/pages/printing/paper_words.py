"""Words of the paper board: a run's name, where its paper is, whom it waits for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.domain.paper_life import PaperEvent, PaperStep
from app.domain.paper_life import StepState as LifeState
from app.domain.periods import Period
from app.domain.print_runs import (
    BOOK_KINDS,
    BOOKLET_KINDS,
    BOOKLET_RETURNS,
    BOOKS,
    CLASS_BOOK,
    CLASS_BOOK_ATTENDANCE,
    CLASS_BOOK_CONFIRMATION,
    CLASS_BOOK_MARKS,
    CLASS_BOOK_OPENING,
    LOAN_SLIP,
    PRIMARY_SUMMARY,
    TEACHER_BOOK_BLANK,
    YEAR_LISTS,
)
from app.text import date_vn
from ui.pages.printing.book_choice import PART_WORDS
from ui.widgets.steps import StepState

if TYPE_CHECKING:
    from app.ports import PrintRun
    from app.readmodels.paper_board import PaperBoard, PaperRow

STATES = {
    LifeState.NONE: StepState.NONE,
    LifeState.TODO: StepState.TODO,
    LifeState.CURRENT: StepState.HALF,
    LifeState.DONE: StepState.DONE,
}


_SHORT = {
    CLASS_BOOK: "Sổ lớp {name}",
    CLASS_BOOK_OPENING: "Mở đầu sổ {name}",
    CLASS_BOOK_ATTENDANCE: "Chuyên cần {name}",
    CLASS_BOOK_MARKS: "Ghi điểm {name}",
    CLASS_BOOK_CONFIRMATION: "Xác nhận {name}",
    PRIMARY_SUMMARY: "Tổng hợp {name}",
}
"""Books in the narrow column of the board."""


_NOT_COMPARED = {
    YEAR_LISTS: "danh sách",
    TEACHER_BOOK_BLANK: "sổ ghi tay",
    BOOKLET_RETURNS: "sổ ký nhận",
    LOAN_SLIP: "phiếu ký nhận",
}
"""What stands instead of a comparison with today's data."""


def not_compared(kind: str) -> str:
    """What a paper is that cannot differ from the data."""
    return tr(_NOT_COMPARED.get(kind, "biên bản"))


def tr(text: str) -> str:
    """The words of this file on the program's language."""
    return QCoreApplication.translate("PaperBoard", text)


def run_title(run: PrintRun, class_name: str) -> str:
    """Short name of a run in a list: "Sổ lớp 6A, phần ghi điểm học kì I"."""
    if run.kind in BOOKLET_KINDS and run.pupil_id is None:
        return tr("Học bạ lớp {name}, {part}").format(name=class_name, part=PART_WORDS[run.kind])
    if run.kind not in BOOK_KINDS | BOOKS:
        return run.title
    if run.kind == PRIMARY_SUMMARY:
        return tr("Bảng tổng hợp lớp {name}, {period}").format(
            name=class_name, period=Period(run.period).words
        )
    part, period = PART_WORDS[run.kind], run.period
    words = [word for word in (part, Period(period).words if period else "") if word]
    return tr("Sổ lớp {name}, {part}").format(name=class_name, part=" ".join(words))


def short_title(run: PrintRun, class_name: str) -> str:
    """The same for a narrow column; the whole title is in its tooltip."""
    if run.kind in _SHORT:
        words = tr(_SHORT[run.kind]).format(name=class_name)
        period = Period(run.period).words if run.period else ""
        if run.period == Period.HK2:
            period = tr("học kì II") if run.kind == CLASS_BOOK_MARKS else tr("cả năm")
        return f"{words}, {period}" if period else words
    title = run_title(run, class_name)
    for long, short in (
        (tr("Học bạ lớp "), tr("Học bạ ")),
        (tr("Danh sách học sinh "), tr("Danh sách ")),
        (tr("Sổ của giáo viên, lớp "), tr("Sổ GV ")),
        (tr("cuối năm học"), tr("cuối năm")),
        (tr(", lớp "), ", "),
    ):
        title = title.replace(long, short)
    return title


def run_note(row: PaperRow) -> str:
    """Under its name: "bản số 2, 07/01, 46 trang"."""
    words = tr("bản số {n}, {day}, {pages} trang").format(
        n=row.run.number, day=f"{row.run.made_at:%d/%m}", pages=row.run.pages
    )
    if row.run.copies > 1:
        words += tr(", {n} bản giấy").format(n=row.run.copies)
    return words


def where(row: PaperRow, *, differs: bool) -> str:
    """Where the paper is, or who has it to sign."""
    life = row.life
    if life.discarded is not None:
        return tr("Đã hủy bản giấy")
    if row.replaced_by:
        return tr("Đã in lại, bản số {n}").format(n=row.replaced_by)
    if life.loan is not None:
        return tr("{who} mượn").format(who=life.loan.people)
    if differs:
        return tr("Khác bản in")
    if life.place and not life.waits:
        return life.place
    return waits_for(row)


def waits_for(row: PaperRow) -> str:
    """Whose turn it is, by name where somebody signs."""
    names, step = row.awaited, row.life.current
    if not names or step is None:
        return tr("Đã xong")
    first = names[0]
    if step is PaperStep.TEACHERS and len(names) > 1:
        return tr("{name} và {n} giáo viên").format(name=first, n=len(names) - 1)
    if step is PaperStep.TEACHERS:
        return first
    if step is PaperStep.HAND_IN:
        return tr("{name} đang dùng").format(name=first)
    if step is PaperStep.HOMEROOM:
        return tr("{name} (GVCN {klass})").format(name=first, klass=row.class_name)
    if step is PaperStep.PRINCIPAL:
        return tr("{name} (HT)").format(name=first)
    return tr("{who} {what}").format(who=first, what=step.words)


def where_note(row: PaperRow, *, differs: bool) -> str:
    """The line under it: how long, until when, who keeps it."""
    life = row.life
    if life.discarded is not None:
        return life.discarded.note
    if row.replaced_by:
        return tr("không cần ký bản này")
    if life.loan is not None:
        return loan_words(life.loan, overdue=row.loan_overdue, today=row.today)
    if differs:
        return tr("số liệu đã đổi, cần in lại")
    if life.place and not life.waits:
        return tr("{who} giữ").format(who=life.keeper)
    if life.current is None:
        return ""
    if life.with_teacher and not row.is_due_back:
        day = "" if row.year_ends_on is None else f"{row.year_ends_on:%d/%m/%Y}"
        return tr("nộp về văn phòng sau {day}").format(day=day)
    return tr("chờ {n} ngày").format(n=row.days) if row.days else tr("đến tay hôm nay")


def loan_words(loan: PaperEvent, *, overdue: bool, today: date) -> str:
    """Until when a borrower has it."""
    if loan.due_on is None:
        return ""
    if overdue:
        late = (today - loan.due_on).days
        return tr("quá hẹn trả {day}, {n} ngày").format(day=f"{loan.due_on:%d/%m}", n=late)
    return tr("hẹn trả {day}").format(day=date_vn(loan.due_on))


def where_icon(row: PaperRow, *, differs: bool) -> tuple[str, str]:
    """(icon, tone) before where it is: trouble has a shape of its own."""
    if row.life.discarded is not None or row.replaced_by:
        return "minus", "ink3"
    if row.loan_overdue or (row.is_late and row.life.loan is None and not differs):
        return "warning", "red"
    if row.life.loan is not None:
        return "users-out", "amber"
    if differs:
        return "not-equal", "red"
    if row.life.place and not row.life.waits:
        return "archive", "ink2"
    if row.life.with_teacher and not row.is_due_back:
        return "user", "ink2"
    return "clock", "amber"


def printed_state(_row: PaperRow) -> StepState:
    """A run on the board has been printed."""
    return StepState.DONE


def step_tip(row: PaperRow, step: PaperStep) -> str:
    """What a shape of the board stands for, in words."""
    state = row.life.state(step)
    words = step.words[:1].upper() + step.words[1:]
    if state is LifeState.NONE:
        return tr("{step}: loại giấy này không có bước ấy").format(step=words)
    if state is LifeState.TODO:
        return tr("{step}: chưa đến lượt").format(step=words)
    noted = row.life.noted(step)
    if state is LifeState.CURRENT:
        tip = tr("{step}: còn chờ {who}").format(step=words, who=", ".join(row.awaited))
        if noted:
            tip += tr("; đã ký: {who}").format(who=", ".join(e.people for e in noted))
        return tip
    if not noted:
        day = row.life.approved_on
        return tr("{step}: ký duyệt trên máy ngày {day}").format(step=words, day=date_vn(day))
    who = ", ".join(dict.fromkeys(e.people for e in noted if e.people))
    tip = tr("{step}: ngày {day}").format(step=words, day=date_vn(noted[-1].on))
    return f"{tip}; {who}" if who else tip


def figures(board: PaperBoard) -> list[tuple[str, str, str]]:
    """(number, words, tone) over the board; what is nought and worrying is left out."""
    said = [(str(board.waiting), tr("chờ ký, dấu, đóng tập"), "ink")]
    if board.late:
        said.append((str(board.late), tr("chờ quá {n} ngày").format(n=board.wait_limit), "red"))
    said.append((str(board.kept), tr("đã vào nơi lưu"), "ink"))
    if board.lent:
        said.append((str(board.lent), tr("đang cho mượn"), "ink"))
    if board.overdue:
        said.append((str(board.overdue), tr("quá hẹn trả"), "red"))
    return said


NEXT_ACT = {
    PaperStep.TEACHERS: ("Ghi nhận đã ký…", "check"),
    PaperStep.HOMEROOM: ("Ghi nhận đã ký…", "check"),
    PaperStep.PRINCIPAL: ("Ghi nhận đã ký…", "check"),
    PaperStep.STAMP: ("Ghi đã đóng dấu…", "stamp"),
    PaperStep.BIND: ("Ghi đã đóng tập…", "book-new"),
    PaperStep.HAND_IN: ("Ghi đã nộp sổ…", "archive"),
    PaperStep.STORE: ("Ghi nơi lưu…", "archive"),
    PaperStep.HAND_OUT: ("Ghi trả học sinh…", "users-out"),
}
"""Button and icon of the next step."""
