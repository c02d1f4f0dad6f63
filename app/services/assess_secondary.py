"""Secondary cases of `khoaso assess`: read, judge, write, for circulars with two semesters."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.domain.marks import mark_text, value_text
from app.domain.subjects import SubjectKind
from app.regulations.base import (
    ConductYear,
    Exemption,
    LearningResult,
    PupilResults,
    PupilYear,
    Regulation,
    SubjectResult,
    SubjectYear,
    TermMarks,
)
from app.services.assess_values import (
    Faults,
    as_list,
    as_object,
    as_whole,
    bad_case,
    read_count,
    read_level,
    read_result,
    trimmed,
)

KINDS = (SubjectKind.MARKS, SubjectKind.COMMENTS)
"""How a file may say that a subject is judged; the other kinds belong to primary schools."""

MANY_LESSONS = 1000
"""More lessons a year than any subject has."""


def assess_secondary(
    case: Mapping[str, object],
    regulation: Regulation,
    complete: Callable[[PupilYear], PupilYear] | None = None,
) -> dict[str, object]:
    """The result of one case, without its id. Raises RuleRefused "bad_case" for a bad shape.

    `complete` checks the pupil read and adds what only this circular wants.
    """
    faults = Faults()
    pupil = _read_pupil(case, regulation, faults)
    if complete is not None:
        pupil = complete(pupil)
    return {"errors": faults.found, **_written(pupil, regulation.results(pupil))}


def _read_pupil(case: Mapping[str, object], regulation: Regulation, faults: Faults) -> PupilYear:
    grade = as_whole(case.get("grade"), "grade")
    if grade not in regulation.circular.grades:
        raise bad_case("grade", f"{regulation.circular.id} không áp dụng cho lớp {grade}.")
    subjects: list[SubjectYear] = []
    seen: set[str] = set()
    for index, raw in enumerate(as_list(case.get("subjects"), "subjects")):
        at = f"subjects[{index}]"
        entry = as_object(raw, at)
        name = entry.get("name")
        if not isinstance(name, str) or not trimmed(name):
            raise bad_case(f"{at}.name", f"Môn thứ {index + 1} không có tên.")
        if trimmed(name) in seen:
            raise bad_case(f"{at}.name", f"Môn “{trimmed(name)}” có tên trùng với một môn khác.")
        seen.add(trimmed(name))
        subjects.append(_read_subject(entry, name, regulation, faults))
    return PupilYear(
        subjects=tuple(subjects),
        conduct=_read_conduct(case.get("conduct"), regulation, faults),
        absences=read_count(case.get("absences"), "absences", faults),
    )


def _read_subject(
    entry: Mapping[str, object], name: str, regulation: Regulation, faults: Faults
) -> SubjectYear:
    kind_text, exempt_text = entry.get("kind"), entry.get("exempt")
    if kind_text not in KINDS:
        raise bad_case(f"{name}.kind", f"Môn “{name}”: kind phải là marks hoặc comments.")
    if exempt_text is not None and exempt_text not in tuple(Exemption):
        raise bad_case(f"{name}.exempt", f"Môn “{name}”: exempt phải là null, hk1, hk2 hoặc year.")
    kind = SubjectKind(str(kind_text))
    required = _required_tx(entry, name, kind, regulation)
    return SubjectYear(
        key=name,
        name=trimmed(name),
        kind=kind,
        hk1=_read_term(entry.get("hk1"), f"{name}.hk1", kind, required, regulation, faults),
        hk2=_read_term(entry.get("hk2"), f"{name}.hk2", kind, required, regulation, faults),
        exempt=None if exempt_text is None else Exemption(str(exempt_text)),
        reassessed=read_result(kind, entry.get("reassessed"), f"{name}.reassessed", faults),
    )


def _required_tx(
    entry: Mapping[str, object], name: str, kind: SubjectKind, regulation: Regulation
) -> int:
    """The number of ĐĐGtx: the school's own when given, else the circular's."""
    own = entry.get("tx_required")
    if own is not None:
        return as_whole(own, f"{name}.tx_required")
    periods = entry.get("periods")
    if periods is None and not _follows_lessons(kind, regulation):
        periods = 0
    return regulation.tx_count(kind, as_whole(periods, f"{name}.periods"))


def _follows_lessons(kind: SubjectKind, regulation: Regulation) -> bool:
    """Whether the circular's number of ĐĐGtx differs between few and many lessons a year."""
    return regulation.tx_count(kind, 0) != regulation.tx_count(kind, MANY_LESSONS)


def _read_term(
    raw: object,
    at: str,
    kind: SubjectKind,
    required_tx: int,
    regulation: Regulation,
    faults: Faults,
) -> TermMarks | None:
    if raw is None:
        return None
    term = as_object(raw, at)
    entries = term.get("tx")
    listed = [] if entries is None else as_list(entries, f"{at}.tx")
    if len(listed) > required_tx:
        faults.add(
            f"{at}.tx",
            "too_many_marks",
            f"Có {len(listed)} lần đánh giá thường xuyên trong khi chỉ cần {required_tx}.",
        )
    tx = tuple(
        read_result(kind, one, f"{at}.tx[{index}]", faults) for index, one in enumerate(listed)
    )
    # Several KTđk are a list; no circular of the file format has them.
    periodic = term.get("gk")
    tests = as_list(periodic, f"{at}.gk") if regulation.dk_count(0) else [periodic]
    gk, *more_gk = (read_result(kind, one, f"{at}.gk", faults) for one in tests or [None])
    ck = read_result(kind, term.get("ck"), f"{at}.ck", faults)
    return TermMarks(tx, gk, ck, required_tx, tuple(more_gk))


def _read_conduct(raw: object, regulation: Regulation, faults: Faults) -> ConductYear:
    conduct = {} if raw is None else as_object(raw, "conduct")
    levels = regulation.conduct_levels
    computed = regulation.conduct_year_is_computed
    return ConductYear(
        hk1=read_level(conduct.get("hk1"), levels, "conduct.hk1", faults),
        hk2=read_level(conduct.get("hk2"), levels, "conduct.hk2", faults),
        year=None if computed else read_level(conduct.get("year"), levels, "conduct.year", faults),
        after_summer=read_level(
            conduct.get("after_summer"), levels, "conduct.after_summer", faults
        ),
    )


def _written(pupil: PupilYear, found: PupilResults) -> dict[str, object]:
    return {
        "subjects": {
            subject.key: _subject_text(subject.kind, result)
            for subject, result in zip(pupil.subjects, found.subjects, strict=True)
        },
        "average": {
            "hk1": _average(found.averages.hk1),
            "hk2": _average(found.averages.hk2),
            "year": _average(found.averages.year),
        },
        "learning": {
            "hk1": _learning(found.learning_hk1),
            "hk2": _learning(found.learning_hk2),
            "year": _learning(found.learning_year),
            "after_reassessment": _learning(found.after_reassessment),
        },
        "conduct": {"year": found.conduct_year, "final": found.conduct_final},
        "promotion": found.promotion.value,
        "reassess": list(found.reassess),
        "titles": {
            "hk1": found.titles.hk1,
            "hk2": found.titles.hk2,
            "year": found.titles.year,
        },
    }


def _subject_text(kind: SubjectKind, result: SubjectResult) -> dict[str, str | None]:
    values = {"hk1": result.hk1, "hk2": result.hk2, "year": result.year}
    return {
        period: None if value is None else value_text(value, kind)
        for period, value in values.items()
    }


def _average(tenths: int | None) -> str | None:
    return None if tenths is None else mark_text(tenths)


def _learning(result: LearningResult | None) -> dict[str, str | None] | None:
    if result is None:
        return None
    return {"base": result.base, "final": result.final, "raised_by": result.raised_by}
