"""Primary cases of `khoaso assess`: read, judge, write, for circulars with levels and Điểm KTĐK."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.domain.periods import Period
from app.domain.primary_levels import SubjectLevel, TraitLevel
from app.regulations.primary import (
    Assessment,
    PrimaryRegulation,
    PrimaryYear,
    ScoreEntry,
    SubjectEntry,
    TraitEntry,
)
from app.services.assess_values import (
    Faults,
    as_object,
    as_whole,
    bad_case,
    read_level,
    read_score,
    trimmed,
)

_SUBJECT_LETTERS = tuple(level.value for level in SubjectLevel)
_TRAIT_LETTERS = tuple(level.value for level in TraitLevel)


def assess_primary(case: Mapping[str, object], regulation: PrimaryRegulation) -> dict[str, object]:
    """The result of one case, without its id. Raises RuleRefused "bad_case" for a bad shape."""
    faults = Faults()
    found = regulation.results(_read_pupil(case, regulation, faults))
    return {
        "errors": faults.found,
        "result": None if found.result is None else found.result.value,
        "completed": found.completed,
        "promotion": found.promotion.value,
        "title": found.title,
    }


def _read_pupil(
    case: Mapping[str, object], regulation: PrimaryRegulation, faults: Faults
) -> PrimaryYear:
    grade = as_whole(case.get("grade"), "grade")
    if grade not in regulation.circular.grades:
        raise bad_case("grade", f"{regulation.circular.id} không áp dụng cho lớp {grade}.")
    reader = _Reader(regulation, grade, faults)
    parts = {part: as_object(case.get(part), part) for part in ("levels", "traits", "tests")}
    again = case.get("supplementary")
    return PrimaryYear(
        final=reader.assessment(parts, ""),
        supplementary=None if again is None else reader.supplementary(again),
        standout=_flag(case, "standout") is True,
        class_recognised=_flag(case, "class_recognised") is True,
        principal_promotes=_flag(case, "principal_promotes"),
    )


def _flag(case: Mapping[str, object], key: str) -> bool | None:
    value = case.get(key)
    if value is None or isinstance(value, bool):
        return value
    raise bad_case(key, f"Khóa {key} phải là true, false hoặc null.")


class _Reader:
    """Reads the three parts of a case; names are compared after NFC and trimming."""

    def __init__(self, regulation: PrimaryRegulation, grade: int, faults: Faults) -> None:
        self._regulation = regulation
        self._grade = grade
        self._faults = faults
        self._due = regulation.curriculum.tests_due(grade, Period.CN)

    def supplementary(self, raw: object) -> Assessment:
        """Results of đánh giá bổ sung; a part that is absent or null is empty."""
        again = as_object(raw, "supplementary")
        parts: dict[str, Mapping[str, object]] = {}
        for part in ("levels", "traits", "tests"):
            values = again.get(part)
            parts[part] = {} if values is None else as_object(values, f"supplementary.{part}")
        return self.assessment(parts, "supplementary.")

    def assessment(self, parts: Mapping[str, Mapping[str, object]], prefix: str) -> Assessment:
        """The three parts under a path prefix; a faulty value is a missing one."""
        return Assessment(
            levels=tuple(
                SubjectEntry(name, name, None if letter is None else SubjectLevel(letter))
                for name, letter in self._letters(parts, prefix, "levels", _SUBJECT_LETTERS)
            ),
            traits=tuple(
                TraitEntry(name, name, None if letter is None else TraitLevel(letter))
                for name, letter in self._letters(parts, prefix, "traits", _TRAIT_LETTERS)
            ),
            scores=tuple(self._scores(parts, prefix)),
        )

    def _letters(
        self,
        parts: Mapping[str, Mapping[str, object]],
        prefix: str,
        part: str,
        letters: tuple[str, ...],
    ) -> Iterator[tuple[str, str | None]]:
        for name, raw, at in _named(parts[part], f"{prefix}{part}"):
            yield name, read_level(raw, letters, at, self._faults)

    def _scores(
        self, parts: Mapping[str, Mapping[str, object]], prefix: str
    ) -> Iterator[ScoreEntry]:
        zero_allowed = self._regulation.zero_allowed
        for name, raw, at in _named(parts["tests"], f"{prefix}tests"):
            score = read_score(raw, at, self._faults, zero_allowed=zero_allowed)
            if score is not None and not self._is_due(name):
                self._faults.add(
                    at,
                    "test_not_due",
                    f"Môn {name} không có bài kiểm tra định kì cuối năm ở lớp {self._grade}; "
                    "điểm này không được tính.",
                )
                continue
            yield ScoreEntry(name, name, score)

    def _is_due(self, name: str) -> bool:
        code = self._regulation.curriculum.code_named(self._grade, name)
        return code is None or code in self._due


def _named(values: Mapping[str, object], at: str) -> Iterator[tuple[str, object, str]]:
    """Name, value and path of each key. Raises RuleRefused for an empty or repeated name."""
    seen: set[str] = set()
    for key, raw in values.items():
        name = trimmed(key)
        if not name or name in seen:
            problem = "bị trùng" if name else "để trống"
            raise bad_case(f"{at}.{key}", f"Tên “{name}” ở {at} {problem}.")
        seen.add(name)
        yield name, raw, f"{at}.{key}"
