"""Who may touch which cell of a sheet now, and the sentence when nobody may."""

from __future__ import annotations

from app.actor import Actor
from app.domain.locks import WhyLocked
from app.domain.marks import CellState, trail_text
from app.domain.periods import EntryTerm, column_term, in_order, period_of
from app.domain.subjects import is_required
from app.errors import AccessDenied, RuleRefused
from app.readmodels.mark_sheet import CellKey
from app.services.sheet_facts import SheetFacts
from app.text import date_vn


def stop_reason(facts: SheetFacts, actor: Actor, key: CellKey) -> WhyLocked | None:
    """Why this person cannot type into this cell now, or None."""
    entry = facts.entry(key.pupil_id)
    if entry is None:
        return WhyLocked(f"Học sinh này không có trong danh sách lớp {facts.klass.name}.")
    if key.column not in facts.columns and key.column not in facts.comment_columns:
        if key.column.split(".", 1)[-1] == "avg":
            return WhyLocked(
                "Ô này máy tự tính từ các cột điểm nên không gõ được; hãy sửa điểm thành phần."
            )
        return WhyLocked(f"Sổ {facts.subject.name} {facts.klass.name} không có cột này.")
    if not facts.may_write(actor):
        return WhyLocked(
            f"{actor.name} không được phân công dạy {facts.subject.name} lớp {facts.klass.name} "
            "nên chỉ xem; phân công do hiệu trưởng hoặc quản trị ghi ở trang Quản trị.",
            how="Đổi người dùng (F12) hoặc xin phân công",
        )
    if entry.left_on is not None:
        return WhyLocked(
            f"{entry.profile.full_name} đã rời lớp ngày {date_vn(entry.left_on)} nên dòng này chỉ "
            "còn để xem."
        )
    if key.pupil_id in facts.not_taking:
        return WhyLocked(
            f"{entry.profile.full_name} không học {facts.subject.name}: em chọn môn khác; môn học "
            "của từng em do văn thư ghi ở trang Quản trị, mục Năm học và lớp.",
        )
    return _stop_by_lock(facts, key)


def _stop_by_lock(facts: SheetFacts, key: CellKey) -> WhyLocked | None:
    column = facts.columns.get(key.column)
    if column is None:
        term = column_term(key.column)
        is_empty = not facts.comments.get((term, key.pupil_id), "")
        return facts.stop(key.column, is_empty=is_empty)
    held = facts.open_items.get((column.id, key.pupil_id))
    if held is not None:
        case, item = held
        value = trail_text(item.new, facts.subject.kind_of(column.code)) or "ô trống"
        return WhyLocked(
            f"Ô này đang mở theo hồ sơ sửa điểm số {case.number:02d} và chỉ nhận đúng {value}; "
            "người đề nghị bấm “Ghi điểm đã duyệt” trong hồ sơ.",
            how="Mở hồ sơ sửa điểm",
            action="correction",
        )
    return facts.stop(key.column, is_empty=facts.awaits_mark(column.id, key.pupil_id))


def settles_makeup(facts: SheetFacts, key: CellKey) -> bool:
    """Whether a late opening alone lets this cell be written, and it waits for a make-up test.

    After the close the make-up mark is what was still to come (TT22/2021, Điều 7): it is typed over
    the waiting, as an empty cell is filled, by the same decision and without a case.
    """
    column = facts.columns.get(key.column)
    if column is None:
        return False
    waits = facts.cell(column.id, key.pupil_id).state is CellState.PENDING_MAKEUP
    return waits and facts.stop(key.column, is_empty=False) is not None


def not_assigned(facts: SheetFacts, actor: Actor) -> AccessDenied:
    """The refusal of somebody who does not teach this class and subject."""
    return AccessDenied(
        "not_assigned",
        f"{actor.name} không được phân công dạy {facts.subject.name} lớp {facts.klass.name} nên "
        "không ghi được; hãy đổi người dùng (F12) hoặc xin phân công.",
    )


def open_term(facts: SheetFacts) -> EntryTerm:
    """The term whose window is open today; the current one when both are."""
    terms = [
        term
        for term in in_order(facts.subject.terms)
        if facts.locks.window_for(period_of(term), facts.today) is not None
        and period_of(term) not in facts.locks.closes
    ]
    current = facts.current_term
    if not terms:
        raise RuleRefused(
            "no_open_term",
            f"Hiện không có đợt nhập nào mở cho {facts.subject.name} lớp {facts.klass.name} nên "
            "chưa xác nhận được; hãy chờ đợt nhập hoặc hỏi hiệu trưởng.",
        )
    return current if current in terms else terms[0]


def missing_names(facts: SheetFacts, term: EntryTerm) -> list[str]:
    """Pupils still in class with an empty required cell in the term."""
    columns = [c for c in facts.columns.values() if c.term is term and is_required(c.code)]
    return [
        e.profile.full_name
        for e in facts.entries
        if facts.awaits(e) and any(facts.is_empty(column.id, e.pupil_id) for column in columns)
    ]
