"""TT22/2021, Điều 6, 7 và 9 khoản 1: number of entries, semester and year results of a subject."""

from __future__ import annotations

from app.domain.marks import CHUA_DAT, DAT
from app.domain.subjects import SubjectKind
from app.regulations.averages import term_average, tx_by_lessons, year_average
from app.regulations.base import Exemption, SubjectResult, SubjectYear, TermMarks
from app.regulations.tt22_settings import Tt22Settings

COMMENT_TX = 2


def tx_count(kind: SubjectKind, periods: int) -> int:
    """ĐĐGtx a semester (Điều 6, khoản 2): comments 2; marks 2 / 3 / 4 for 35 / 70 / more lessons.

    `periods` is the number of lessons a year without cụm chuyên đề học tập.
    """
    if kind is SubjectKind.COMMENTS:
        return COMMENT_TX
    return tx_by_lessons(periods)


def term_level(marks: TermMarks) -> int | None:
    """DAT when every entry of the semester is Đạt (Điều 9, khoản 1, điểm a), else CHUA_DAT.

    None while an entry is missing: only an entered Chưa đạt makes a complete semester Chưa đạt.
    """
    entries = (*marks.tx, marks.gk, marks.ck)
    if len(marks.tx) != marks.required_tx or None in entries:
        return None
    return CHUA_DAT if CHUA_DAT in entries else DAT


def term_result(kind: SubjectKind, marks: TermMarks) -> int | None:
    """ĐTBmhk or the semester's level of one subject."""
    return term_level(marks) if kind is SubjectKind.COMMENTS else term_average(marks)


def subject_result(subject: SubjectYear, settings: Tt22Settings) -> SubjectResult:
    """Semester and year results; the year of a one-semester subject is that semester's.

    The year of a comment subject is its second semester (Điều 9, khoản 1, điểm a).
    """
    hk1_marks, hk2_marks, exempt = subject.hk1, subject.hk2, subject.exempt
    if exempt is not None:
        return _with_exemption(subject, exempt, settings)
    kind = subject.kind
    hk1 = None if hk1_marks is None else term_result(kind, hk1_marks)
    hk2 = None if hk2_marks is None else term_result(kind, hk2_marks)
    if hk2_marks is None:
        return SubjectResult(hk1, hk2, hk1)
    if hk1_marks is None or kind is SubjectKind.COMMENTS:
        return SubjectResult(hk1, hk2, hk2)
    return SubjectResult(hk1, hk2, year_average(hk1, hk2))


def _with_exemption(
    subject: SubjectYear, exempt: Exemption, settings: Tt22Settings
) -> SubjectResult:
    """Results of a subject that a pupil of inclusive education is exempt from (Điều 11)."""
    if exempt is Exemption.YEAR:
        return SubjectResult(None, None, None)
    kind = subject.kind
    hk1 = hk2 = None
    if subject.hk1 is not None and exempt is not Exemption.HK1:
        hk1 = term_result(kind, subject.hk1)
    if subject.hk2 is not None and exempt is not Exemption.HK2:
        hk2 = term_result(kind, subject.hk2)
    studied_hk1 = subject.hk1 is not None
    studied_hk2 = subject.hk2 is not None
    if settings.exempt_term_uses_other_term:
        studied_hk1 = studied_hk1 and exempt is not Exemption.HK1
        studied_hk2 = studied_hk2 and exempt is not Exemption.HK2
    if not studied_hk2:
        return SubjectResult(hk1, hk2, hk1)
    if not studied_hk1 or kind is SubjectKind.COMMENTS:
        return SubjectResult(hk1, hk2, hk2)
    return SubjectResult(hk1, hk2, year_average(hk1, hk2))
