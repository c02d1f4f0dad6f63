"""Choices TT22/2021 leaves open, each a named setting with the default the school starts from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RaiseReading(StrEnum):
    """How to read "chỉ do kết quả của duy nhất một môn học" (Điều 9, khoản 3).

    REMOVAL leaves the subject out; WAIVER takes it as meeting every condition, so that it may
    itself be one of the six subjects a level asks for.
    """

    REMOVAL = "removal"
    WAIVER = "waiver"


@dataclass(frozen=True, slots=True)
class Tt22Settings:
    """Readings of TT22/2021 where its text is silent or has two meanings.

    - `comment_subject_counts_for_raise`: a comment subject at Chưa đạt may be the "một môn học"
      of Điều 9, khoản 3.
    - `raise_reading`: see `RaiseReading`.
    - `principal_decides_when_both_failed`: learning and conduct both Chưa đạt is left to the
      principal; otherwise the pupil is retained (Điều 12 to 14 taken literally).
    - `all_listed_must_be_reassessed`: wait until every listed subject has its new result;
      otherwise a subset is accepted (Điều 14).
    - `lower_reassessment_replaces`: the new result replaces the old one even when it is lower.
    - `raise_again_after_reassessment`: Điều 9, khoản 3 applies to the new results too.
    - `optional_subjects_count`: môn tự chọn count in "tất cả các môn" and in "6 môn" (Điều 9).
    - `exempt_term_uses_other_term`: with one semester exempt (Điều 11), the year result is the
      other semester's; otherwise it stays open for the principal.
    """

    comment_subject_counts_for_raise: bool = True
    raise_reading: RaiseReading = RaiseReading.REMOVAL
    principal_decides_when_both_failed: bool = True
    all_listed_must_be_reassessed: bool = False
    lower_reassessment_replaces: bool = True
    raise_again_after_reassessment: bool = True
    optional_subjects_count: bool = True
    exempt_term_uses_other_term: bool = False
