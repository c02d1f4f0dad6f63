"""Reads a file that a person chose, without swallowing a disc image by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import EnvironmentProblem, RuleRefused
from app.os_reasons import reason_of

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 128 * 1024 * 1024


def read_chosen(path: Path) -> bytes:
    """The bytes; RuleRefused for an absurd size, EnvironmentProblem when the system refuses."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise RuleRefused(
                "file_too_big",
                f"Tệp “{path.name}” nặng hơn {MOST_BYTES // 1024 // 1024} MB nên không đọc; hãy "
                "chọn đúng tệp.",
            )
        return path.read_bytes()
    except OSError as error:
        raise EnvironmentProblem(
            "file_not_read",
            f"Không đọc được tệp “{path.name}”: {reason_of(error)}; hãy xem lại tệp hoặc ổ đĩa "
            "rồi chọn lại.",
        ) from error
