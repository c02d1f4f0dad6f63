"""Refusals and faults a user may see: a code for programs, one Vietnamese sentence for people."""

from __future__ import annotations


class AppError(Exception):
    """A refusal whose `sentence` says what, where, why and what to do, in Vietnamese.

    `code` is stable and lower_snake_case; `facts` carry ids and values for callers and tests.
    """

    def __init__(self, code: str, sentence: str, **facts: object) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.facts = facts

    def __reduce__(self) -> tuple[object, ...]:
        """From process to process as it is: an exception's own way knows one argument only."""
        return _again, (type(self), self.code, self.sentence, self.facts)


def _again(kind: type[AppError], code: str, sentence: str, facts: dict[str, object]) -> AppError:
    return kind(code, sentence, **facts)


class RuleRefused(AppError):
    """A rule of the circular, the school or the record book says no."""


class AccessDenied(AppError):
    """The signed-in person may not do this."""


class StaleData(AppError):
    """Somebody else changed what is on screen; reload before writing."""


class EnvironmentProblem(AppError):
    """Disk, drive, file or database failed; the program is not to blame."""
