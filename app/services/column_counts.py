"""Số đánh giá thường xuyên: what a school's own number must meet, and the columns that follow."""

from __future__ import annotations

from app.domain.school import SchoolClass
from app.domain.subjects import Subject, column_codes
from app.errors import RuleRefused
from app.ports import UnitOfWork

MOST_COLUMNS = 9
"""What the file accepts and the widest page holds."""


def refuse_tx_count(subject: Subject, grade: int, wanted: int, minimum: int, why: str) -> None:
    """Refuse a number below the circular's, beyond the paper, unchanged, or without its reason."""
    if wanted < minimum:
        raise RuleRefused(
            "tx_below_circular",
            f"{subject.name} khối {grade} phải có ít nhất {minimum} đánh giá thường xuyên mỗi học "
            f"kì theo thông tư, không giảm còn {wanted} được; hãy ghi từ {minimum} trở lên.",
            minimum=minimum,
        )
    if wanted > MOST_COLUMNS:
        raise RuleRefused(
            "tx_too_many",
            f"Sổ chỉ in được {MOST_COLUMNS} cột đánh giá thường xuyên, không đặt {wanted} cột cho "
            f"{subject.name} được; hãy ghi từ {minimum} đến {MOST_COLUMNS}.",
        )
    if wanted == subject.tx_count:
        raise RuleRefused(
            "tx_same", f"{subject.name} khối {grade} đang có đúng {wanted} đánh giá thường xuyên."
        )
    if wanted != minimum and not why:
        raise RuleRefused(
            "reason_missing",
            f"Số đánh giá thường xuyên của {subject.name} khác số của thông tư ({minimum}); hãy "
            "ghi căn cứ, thí dụ kế hoạch giáo dục của nhà trường.",
        )


def resize_columns(uow: UnitOfWork, klass: SchoolClass, subject: Subject, tx_count: int) -> None:
    """Add or take away the columns of one class, in the open transaction.

    Refused after a close or the seal, and when a column to be taken away is locked or ever had a
    mark.
    """
    locks = uow.control.class_locks(klass.id)
    if locks.closes or locks.seal is not None:
        raise RuleRefused(
            "tx_after_close",
            f"Lớp {klass.name} đã chốt điểm nên số cột {subject.name} không đổi được nữa; số mới "
            "chỉ dùng được từ năm học sau.",
            class_id=klass.id,
        )
    dropped = [f"tx{n}" for n in range(tx_count + 1, subject.tx_count + 1)]
    if dropped:
        columns = {a.id: a for a in uow.marks.assessments(klass.id, subject.id)}
        for column in columns.values():
            if column.code in dropped and column.id in locks.columns:
                raise RuleRefused(
                    "tx_locked",
                    f"Cột ĐĐG{column.code} {subject.name} lớp {klass.name} đang khóa nên không bỏ "
                    "được; hãy mở khóa cột ở trang Đóng mở sổ trước.",
                    class_id=klass.id,
                )
        for stored in uow.marks.cells(klass.id, subject.id):
            column = columns[stored.assessment_id]
            if column.code in dropped:  # an emptied cell counts: its history hangs on the column
                raise RuleRefused(
                    "tx_has_marks",
                    f"Cột ĐĐG{column.code} {subject.name} lớp {klass.name} ({column.term.label}) "
                    "đã từng có điểm nên không bỏ được; hãy giữ số cột như cũ.",
                    class_id=klass.id,
                )
        uow.marks.remove_assessments(klass.id, subject.id, dropped)
    uow.marks.ensure_assessments(klass.id, subject.id, subject.terms, column_codes(tx_count))
