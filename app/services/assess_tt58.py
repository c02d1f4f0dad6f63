"""TT58/2011 cases of `khoaso assess`: the three subjects of Điều 13 and the môn chuyên."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.domain.subjects import SubjectKind
from app.regulations.base import PupilYear, Regulation
from app.services.assess_secondary import assess_secondary
from app.services.assess_values import bad_case, trimmed

CORE_NAMES = {"toan": "Toán", "ngu_van": "Ngữ văn", "ngoai_ngu": "Ngoại ngữ"}
"""Names in a file of the subjects of which Điều 13 may want one, by code."""


def assess_tt58(case: Mapping[str, object], regulation: Regulation) -> dict[str, object]:
    """The result of one case, without its id. Raises RuleRefused "bad_case" for a bad shape."""
    chosen = case.get("specialised_subject")
    names = [name for code, name in CORE_NAMES.items() if code in regulation.core_codes]

    def complete(pupil: PupilYear) -> PupilYear:
        subjects = tuple(replace(subject, core=subject.name in names) for subject in pupil.subjects)
        if not any(subject.core for subject in subjects):
            count = {2: "hai", 3: "ba"}[len(names)]
            raise bad_case(
                "subjects",
                f"Không có môn nào trong {count} môn {', '.join(names)} mà TT58/2011, Điều 13 "
                "cần để xếp loại học lực.",
            )
        return replace(
            pupil,
            subjects=subjects,
            specialised=None if chosen is None else _specialised(pupil, chosen),
        )

    return assess_secondary(case, regulation, complete)


def _specialised(pupil: PupilYear, chosen: object) -> str:
    """Key of the môn chuyên; refused when it is absent, exempt or has no marks."""
    at = "specialised_subject"
    if not isinstance(chosen, str):
        raise bad_case(at, "Môn chuyên phải là tên một môn học, hoặc null.")
    for subject in pupil.subjects:
        if subject.name != trimmed(chosen):
            continue
        if subject.exempt is not None:
            raise bad_case(at, f"Môn chuyên “{subject.name}” không thể được miễn học.")
        if subject.kind is not SubjectKind.MARKS:
            raise bad_case(at, f"Môn chuyên “{subject.name}” phải là môn có điểm.")
        return subject.key
    raise bad_case(at, f"Môn chuyên “{trimmed(chosen)}” không có trong danh sách môn học.")
