"""TT58/2011, Điều 10 và 12, the same before and after TT26/2020: semester and year results."""

from __future__ import annotations

from app.domain.marks import CHUA_DAT, DAT
from app.domain.subjects import SubjectKind
from app.regulations.averages import term_average, year_average
from app.regulations.base import Exemption, SubjectResult, SubjectYear, TermMarks
from app.regulations.tt58_settings import Tt58Settings


def term_level(marks: TermMarks, settings: Tt58Settings) -> int | None:
    """DAT when 2/3 of the assessments, the last one among them, are Đ (Điều 10, khoản 2).

    None while an entry is missing, or when there are more ĐĐGtx than the semester wants.
    """
    entries = (*marks.tx, marks.gk, *marks.more_gk, marks.ck)
    if len(marks.tx) != marks.required_tx or None in entries:
        return None
    if settings.comment_final_must_pass and marks.ck == CHUA_DAT:
        return CHUA_DAT
    passed = entries.count(DAT)
    if settings.comment_passes_by_two_thirds:
        return DAT if 3 * passed >= 2 * len(entries) else CHUA_DAT
    return DAT if passed == len(entries) else CHUA_DAT


def term_result(kind: SubjectKind, marks: TermMarks, settings: Tt58Settings) -> int | None:
    """ĐTBmhk in tenths (Điều 10, khoản 1) or the semester's level of one subject."""
    if kind is SubjectKind.COMMENTS:
        return term_level(marks, settings)
    return term_average(marks)


def counts_in_hk1(subject: SubjectYear) -> bool:
    """Whether the subject is taught in HK I and the pupil is not exempt then (Điều 12)."""
    return subject.hk1 is not None and subject.exempt not in (Exemption.HK1, Exemption.YEAR)


def counts_in_hk2(subject: SubjectYear) -> bool:
    """Whether the subject is taught in HK II and the pupil is not exempt then (Điều 12)."""
    return subject.hk2 is not None and subject.exempt not in (Exemption.HK2, Exemption.YEAR)


def counts_in_year(subject: SubjectYear) -> bool:
    """Whether the subject takes part in the year: not when exempt from all that is taught."""
    if subject.exempt is None:
        return True
    return counts_in_hk1(subject) or counts_in_hk2(subject)


def subject_result(subject: SubjectYear, settings: Tt58Settings) -> SubjectResult:
    """Semester and year results; one semester alone, taught or not exempt, is the year's.

    The year of a comment subject with both is its second semester (Điều 10, khoản 2).
    """
    hk1 = hk2 = None
    in_hk1, in_hk2 = counts_in_hk1(subject), counts_in_hk2(subject)
    if in_hk1 and subject.hk1 is not None:
        hk1 = term_result(subject.kind, subject.hk1, settings)
    if in_hk2 and subject.hk2 is not None:
        hk2 = term_result(subject.kind, subject.hk2, settings)
    if in_hk1 and in_hk2:
        year = hk2 if subject.kind is SubjectKind.COMMENTS else year_average(hk1, hk2)
    elif settings.one_term_is_the_year:
        year = hk1 if in_hk1 else hk2
    else:
        year = None
    return SubjectResult(hk1, hk2, year)
