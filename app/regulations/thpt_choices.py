"""Môn lựa chọn, cụm chuyên đề, môn tự chọn and môn chuyên: what a class or a pupil may study.

CT GDPT 2018, cấp THPT: four of nine môn lựa chọn, three cụm chuyên đề. A class may offer more when
its pupils differ; each pupil studies four all the same. Môn chuyên: TT58/2011, Điều 13.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from app.domain.periods import Term
from app.domain.subjects import PupilChoices, Subject, SubjectKind
from app.errors import RuleRefused
from app.regulations.curriculum_2018_thpt import GRADES, TOPIC_CODES
from app.regulations.tt22_2021 import TT22_2021

ELECTIVES_TAKEN = 4
"""Môn lựa chọn a pupil takes, of the nine."""
TOPIC_CLUSTERS = 3
"""Cụm chuyên đề học tập a pupil takes, each in a subject of its own."""


@dataclass(frozen=True, slots=True)
class ClassChoices:
    """What a class studies besides the compulsory subjects, by subject code.

    `optional` None: every môn tự chọn the school has in the grade. `topics`: the term in which
    the cụm chuyên đề of a subject gives its one ĐĐGtx (TT22/2021, Điều 6, khoản 3).
    """

    electives: Collection[str] = ()
    topics: Mapping[str, Term] = field(default_factory=dict)
    optional: Collection[str] | None = None
    specialised: str = ""


NO_CHOICES = ClassChoices()


def studied(offered: Collection[Subject], choices: ClassChoices) -> tuple[Subject, ...]:
    """The subjects of a class out of those of its grade, with what the class adds to them.

    Raises RuleRefused for a code the grade does not offer, fewer than four môn lựa chọn (none at
    all means not chosen yet), fewer than three cụm chuyên đề, one in a subject the class does not
    study, and a môn chuyên without marks.
    """
    _refuse_electives(choices.electives, offered)
    _refuse_optional(choices.optional or (), offered)
    taken = [
        subject
        for subject in offered
        if (not subject.elective or subject.code in choices.electives)
        and (not subject.optional or choices.optional is None or subject.code in choices.optional)
    ]
    _refuse_topics(choices.topics, taken)
    _refuse_specialised(choices.specialised, taken)
    return tuple(
        replace(
            subject,
            # A comment subject has two ĐĐGtx whatever it teaches (Điều 6, khoản 2, điểm a).
            topics=choices.topics.get(subject.code) if _by_marks(subject) else None,
            specialised=subject.code == choices.specialised,
        )
        for subject in taken
    )


def electives_wanted(grade: int, circular_id: str) -> int:
    """Môn lựa chọn a pupil of the grade must study under CT GDPT 2018; 0 where there are none.

    The programme came to each grade with TT22/2021, so the circular tells.
    """
    return ELECTIVES_TAKEN if grade in GRADES and circular_id == TT22_2021.id else 0


def refuse_pupil(name: str, studied_here: Collection[Subject], choices: PupilChoices) -> None:
    """Refuse choices of a pupil that the class cannot give or the programme does not allow."""
    of_class = {subject.id: subject for subject in studied_here}
    for subject_id in choices.not_taken:
        subject = of_class.get(subject_id)
        if subject is None or not subject.chosen:
            raise RuleRefused(
                "subject_compulsory",
                f"{name} không bỏ được môn {'này' if subject is None else subject.name}: chỉ môn "
                "lựa chọn và môn tự chọn của lớp mới để riêng từng em chọn.",
            )
    electives = [s for s in studied_here if s.elective and s.id not in choices.not_taken]
    if any(s.elective for s in studied_here) and len(electives) != ELECTIVES_TAKEN:
        raise RuleRefused(
            "electives_count",
            f"{name} phải học đúng {ELECTIVES_TAKEN} môn lựa chọn trong các môn của lớp, ở đây là "
            f"{len(electives)}; hãy chọn lại.",
            count=len(electives),
        )
    if choices.specialised is not None:
        special = of_class.get(choices.specialised)
        if special is None or choices.specialised in choices.not_taken or not _by_marks(special):
            raise RuleRefused(
                "specialised_wrong",
                f"Môn chuyên của {name} phải là một môn em học và có điểm; hãy chọn lại.",
            )


def _by_marks(subject: Subject) -> bool:
    return subject.kind is SubjectKind.MARKS


def _refuse_electives(codes: Collection[str], offered: Collection[Subject]) -> None:
    known = {subject.code: subject.name for subject in offered if subject.elective}
    unknown = sorted(set(codes) - set(known))
    if unknown:
        raise RuleRefused(
            "elective_unknown",
            f"Khối này không có môn lựa chọn mang mã {', '.join(unknown)}; "
            + (
                f"hãy chọn trong các môn {', '.join(known.values())}."
                if known
                else "chương trình của khối không có môn lựa chọn."
            ),
            codes=unknown,
        )
    if codes and len(set(codes)) < ELECTIVES_TAKEN:
        raise RuleRefused(
            "electives_count",
            f"Lớp phải học ít nhất {ELECTIVES_TAKEN} môn lựa chọn, ở đây có {len(set(codes))}; hãy "
            "chọn thêm.",
            count=len(set(codes)),
        )


def _refuse_optional(codes: Collection[str], offered: Collection[Subject]) -> None:
    unknown = sorted(set(codes) - {subject.code for subject in offered if subject.optional})
    if unknown:
        raise RuleRefused(
            "subject_unknown",
            f"Khối này không có môn tự chọn mang mã {', '.join(unknown)}; hãy chọn lại trong danh "
            "mục môn học.",
            codes=unknown,
        )


def _refuse_topics(codes: Collection[str], taken: Collection[Subject]) -> None:
    allowed = {subject.code: subject.name for subject in taken if subject.code in TOPIC_CODES}
    wrong = sorted(set(codes) - set(allowed))
    if wrong:
        raise RuleRefused(
            "topics_without_subject",
            f"Không có cụm chuyên đề cho mã {', '.join(wrong)} ở lớp này; hãy chọn trong các môn "
            f"lớp học có chuyên đề: {', '.join(allowed.values())}.",
            codes=wrong,
        )
    if codes and len(set(codes)) < TOPIC_CLUSTERS:
        raise RuleRefused(
            "topics_count",
            f"Lớp phải học ít nhất {TOPIC_CLUSTERS} cụm chuyên đề ở {TOPIC_CLUSTERS} môn khác "
            f"nhau, ở đây có {len(set(codes))}; hãy chọn thêm.",
            count=len(set(codes)),
        )


def _refuse_specialised(code: str, taken: Collection[Subject]) -> None:
    if code and not any(s.code == code and _by_marks(s) for s in taken):
        raise RuleRefused(
            "specialised_wrong",
            f"Môn chuyên mang mã {code} không phải môn có điểm mà lớp học; hãy chọn lại.",
            specialised=code,
        )
