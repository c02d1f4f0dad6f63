"""Cột điểm: what a school's own number of ĐĐGtx must meet, and the columns that follow."""

from __future__ import annotations

from collections.abc import Collection

from app.domain.locks import ClassLocks
from app.domain.periods import EntryTerm, Term
from app.domain.proof_reading import RemarkState
from app.domain.school import SchoolClass
from app.domain.subjects import Subject, column_title
from app.errors import RuleRefused
from app.ports import UnitOfWork
from app.regulations.registry import is_primary
from app.services.primary_setup import ensure_columns
from app.text import date_vn

MOST_COLUMNS = 9
"""What the file accepts and the widest page holds."""

MOST_PERIODIC = 5
"""KTđk a term: more than any phân phối chương trình of those years has."""


def refuse_tx_count(
    subject: Subject, grade: int, wanted: int, minimum: int, why: str, *, refuse_same: bool = True
) -> None:
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
    if refuse_same and wanted == subject.tx_count:
        raise RuleRefused(
            "tx_same", f"{subject.name} khối {grade} đang có đúng {wanted} đánh giá thường xuyên."
        )
    if wanted != minimum and not why:
        raise RuleRefused(
            "reason_missing",
            f"Số đánh giá thường xuyên của {subject.name} khác số của thông tư ({minimum}); hãy "
            "ghi căn cứ, thí dụ kế hoạch giáo dục của nhà trường.",
        )


def refuse_dk_count(subject: Subject, grade: int, wanted: int) -> None:
    """Refuse a number of KTđk that no kế hoạch dạy học has (TT58/2011, Điều 8, khoản 1)."""
    if not 1 <= wanted <= MOST_PERIODIC:
        raise RuleRefused(
            "dk_out_of_range",
            f"{subject.name} khối {grade} phải có từ 1 đến {MOST_PERIODIC} bài kiểm tra từ 1 tiết "
            f"mỗi học kì, không đặt {wanted} được; hãy ghi theo kế hoạch dạy học.",
            most=MOST_PERIODIC,
        )


def reshape_columns(
    uow: UnitOfWork, klass: SchoolClass, before: Subject | None, after: Subject | None
) -> None:
    """Bring one class's columns of a subject from `before` to `after`, in the open transaction.

    None: the class does not study the subject. Refused after a close or the seal, and when a
    column to be taken away is locked or ever had a mark, or a subject to be dropped has comments.
    """
    found = before or after
    if found is None:
        return
    if after is None:
        _refuse_commented(uow, klass, found)
        _refuse_checked(uow, klass, found)
    if is_primary(klass.regulation):
        _reshape_primary(uow, klass, found, comes=before is None, goes=after is None)
        return
    dropped: list[tuple[Term, str]] = []
    added = False
    for term in Term:
        old = () if before is None else before.columns(term)
        new = () if after is None else after.columns(term)
        dropped += [(term, code) for code in old if code not in new]
        added = added or any(code not in old for code in new)
    if not dropped and not added:
        return
    if after is not None and any(len(after.columns(t)) > MOST_COLUMNS + 2 for t in Term):
        raise RuleRefused(
            "tx_too_many",
            f"Sổ chỉ in được {MOST_COLUMNS} cột đánh giá thường xuyên, kể cả cột của cụm chuyên "
            f"đề và bài kiểm tra từ 1 tiết sau bài đầu; hãy bớt số cột của {found.name} trước.",
        )
    locks = _open_locks(
        uow,
        klass,
        f"số cột {found.name} không đổi được nữa; số mới chỉ dùng được từ năm học sau.",
    )
    _refuse_used(uow, klass, found, dropped, locks)
    for term in Term:
        codes = [code for at, code in dropped if at is term]
        if codes:
            uow.marks.remove_assessments(klass.id, found.id, term, codes)
        if after is not None:
            uow.marks.ensure_assessments(klass.id, found.id, (term,), after.columns(term))


def _reshape_primary(
    uow: UnitOfWork, klass: SchoolClass, subject: Subject, *, comes: bool, goes: bool
) -> None:
    """Primary columns are the circular's: they come and go with their subject only."""
    if comes == goes:
        return
    locks = _open_locks(
        uow, klass, f"không thêm, bớt môn {subject.name} được nữa; hãy làm việc này ở năm học sau."
    )
    if comes:
        ensure_columns(uow, klass, subject)
        return
    columns = [(a.term, a.code) for a in uow.marks.assessments(klass.id, subject.id)]
    _refuse_used(uow, klass, subject, columns, locks)
    for term in {term for term, _ in columns}:
        codes = [code for at, code in columns if at is term]
        uow.marks.remove_assessments(klass.id, subject.id, term, codes)


def _open_locks(uow: UnitOfWork, klass: SchoolClass, consequence: str) -> ClassLocks:
    """The locks of a class that is neither closed nor sealed anywhere."""
    locks = uow.control.class_locks(klass.id)
    if locks.closes or locks.seal is not None:
        raise RuleRefused(
            "tx_after_close",
            f"Lớp {klass.name} đã chốt điểm nên {consequence}",
            class_id=klass.id,
        )
    return locks


def _refuse_commented(uow: UnitOfWork, klass: SchoolClass, subject: Subject) -> None:
    """Comments hang on no column, and would go with the subject."""
    if any(uow.marks.comments(klass.id, subject.id).values()):
        raise RuleRefused(
            "subject_has_comments",
            f"Lớp {klass.name} đã có nhận xét môn {subject.name} nên không bỏ môn này được; nhận "
            "xét ghi nhầm thì giáo viên xóa trước.",
            class_id=klass.id,
        )


def _refuse_checked(uow: UnitOfWork, klass: SchoolClass, subject: Subject) -> None:
    """A finding of an internal check names its subject for good."""
    for check in uow.departments.checks(klass.school_year_id):
        if any((f.class_id, f.subject_id) == (klass.id, subject.id) for f in check.findings):
            raise RuleRefused(
                "subject_has_findings",
                f"Lần kiểm tra nội bộ ngày {date_vn(check.made_on)} có ghi môn {subject.name} lớp "
                f"{klass.name} nên không bỏ môn này được.",
                class_id=klass.id,
            )


def _refuse_used(
    uow: UnitOfWork,
    klass: SchoolClass,
    subject: Subject,
    dropped: Collection[tuple[EntryTerm, str]],
    locks: ClassLocks,
) -> None:
    columns = {
        a.id: a for a in uow.marks.assessments(klass.id, subject.id) if (a.term, a.code) in dropped
    }
    for column in columns.values():
        if column.id in locks.columns:
            raise RuleRefused(
                "tx_locked",
                f"Cột {column_title(column.code)} {subject.name} lớp {klass.name} đang khóa nên "
                "không bỏ được; hãy mở khóa cột ở trang Đóng mở sổ trước.",
                class_id=klass.id,
            )
    for stored in uow.marks.cells(klass.id, subject.id):
        used = columns.get(stored.assessment_id)
        if used is not None:  # an emptied cell counts: its history hangs on the column
            raise RuleRefused(
                "tx_has_marks",
                f"Cột {column_title(used.code)} {subject.name} lớp {klass.name} "
                f"({used.term.label}) đã từng có điểm nên không bỏ được; hãy giữ số cột như cũ.",
                class_id=klass.id,
            )
    for remark in uow.proofs.remarks(klass.school_year_id, klass.id):
        at = columns.get(remark.assessment_id)
        if at is not None and remark.state is not RemarkState.RESOLVED:
            raise RuleRefused(
                "tx_has_remarks",
                f"Cột {column_title(at.code)} {subject.name} lớp {klass.name} "
                f"({at.term.label}) đang có nhận xét kiểm dò chưa giải quyết nên không bỏ "
                "được; hãy giải quyết nhận xét ấy trước.",
                class_id=klass.id,
            )
