"""A subject as a secondary programme (CT GDPT 2006, CT GDPT 2018) lays it down for one grade."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.periods import Term
from app.domain.subjects import SubjectKind

BOTH_TERMS = frozenset(Term)


@dataclass(frozen=True, slots=True)
class CurriculumSubject:
    """A subject as one grade studies it.

    `name` as printed, `short_name` for narrow columns of the summary pages, `periods` lessons a
    year without cụm chuyên đề, `position` from 1 in the customary order (a form may group by
    `kind`). `optional`: môn tự chọn. `elective`: môn lựa chọn, of which a class takes some.
    """

    code: str
    name: str
    short_name: str
    kind: SubjectKind
    periods: int
    position: int
    optional: bool = False
    elective: bool = False
    terms: frozenset[Term] = BOTH_TERMS
