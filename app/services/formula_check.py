"""Phiếu kiểm tra công thức: the worked examples asked of the program as it runs here (M154)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.periods import Period
from app.errors import AppError
from app.regulations import (
    worked_primary,
    worked_tt22_2021,
    worked_tt58_2011,
    worked_tt58_first_issue,
)
from app.regulations.base import Promotion
from app.regulations.primary_year_end import programme_words
from app.regulations.registry import CIRCULARS, primary_regulation, regulation, regulation_id
from app.regulations.worked import Question, WorkedExample
from app.services.assess import INPUT_FORMAT, assess
from app.services.assess_tt58 import assess_tt58

EXAMPLES: tuple[WorkedExample, ...] = (
    *worked_tt22_2021.EXAMPLES,
    *worked_tt58_2011.EXAMPLES,
    *worked_tt58_first_issue.EXAMPLES,
    *worked_primary.EXAMPLES,
)
"""Every example, circular by circular."""


@dataclass(frozen=True, slots=True)
class CheckedExample:
    """An example and what the program answered; both by path, in the example's order."""

    example: WorkedExample
    found: Mapping[str, object]

    @property
    def passed(self) -> bool:
        """Whether every answer is the expected one."""
        return dict(self.found) == dict(self.example.expected)


def check_examples(
    examples: Iterable[WorkedExample] = EXAMPLES,
) -> tuple[CheckedExample, ...]:
    """Ask them all; a wrong answer is a result here, never an error."""
    return tuple(check_example(example) for example in examples)


def check_example(example: WorkedExample) -> CheckedExample:
    """Ask one and read the answers it expects."""
    try:
        by_year = example.question is Question.CURRICULUM
        answers = _curriculum(example) if by_year else _assessed(example)
    except AppError as refused:
        # A program that refuses a lawful example fails it; the inspector reads why.
        return CheckedExample(example, dict.fromkeys(example.expected, refused.sentence))
    return CheckedExample(example, {path: _at(answers, path) for path in example.expected})


def _assessed(example: WorkedExample) -> dict[str, object]:
    """The result of the case, with its outcome in words."""
    if example.question is Question.FIRST_ISSUE:
        result = assess_tt58(example.case, regulation(example.circular))
    else:
        found = assess({"format": INPUT_FORMAT, "cases": [dict(example.case)]})["results"]
        result = dict(found[0]) if isinstance(found, list) else {}
    grade = example.case["grade"]
    promotion, completed = result.get("promotion"), result.get("completed")
    if isinstance(grade, int) and "completed" in result:
        done = completed if isinstance(completed, bool) else None
        result["programme_words"] = programme_words(done, grade)
    elif isinstance(grade, int) and isinstance(promotion, str):
        result["promotion_words"] = CIRCULARS[str(example.case["regulation"])].promotion_label(
            Promotion(promotion), grade
        )
    return result


def _curriculum(example: WorkedExample) -> dict[str, object]:
    """What applies to a grade of primary school in a school year."""
    grade, year = int(str(example.case["grade"])), int(str(example.case["year"]))
    circular = regulation_id(grade, year)
    rules = primary_regulation(circular)
    names = {s.code: s.short_name for s in rules.curriculum.subjects(grade, optional=True)}

    def due(period: Period, *, special: bool) -> list[str]:
        codes = rules.curriculum.tests_due(grade, period, special_class=special)
        return [name for code, name in names.items() if code in codes]

    return {
        "circular": circular,
        "has": {name: name in names.values() for name in ("Kĩ thuật", "HĐTN")},
        "traits": Counter(trait.group.value.lower() for trait in rules.traits(grade)),
        "tests": {p.value: due(p, special=False) for p in rules.circular.periods},
        "special_tests": {p.value: due(p, special=True) for p in rules.circular.periods},
        "retests": [period.value for period in rules.retest_periods],
    }


def _at(answers: object, path: str) -> object:
    """The value at a path, None where there is none; numbers count places of a list."""
    value = answers
    for part in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, list) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        else:
            return None
    return value
