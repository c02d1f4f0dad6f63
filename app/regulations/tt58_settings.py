"""Choices TT58/2011 leaves open, each a named setting with the default the school starts from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tt58Settings:
    """Readings of TT58/2011, both before and after TT26/2020, where it is silent or uncertain.

    - `comment_passes_by_two_thirds`: a comment subject passes a semester with 2/3 of its
      assessments Đ; otherwise every one must be Đ (Điều 10, khoản 2).
    - `comment_final_must_pass`: the cuối kì assessment must be among those that are Đ.
    - `one_term_is_the_year`: the only semester that is taught, or not exempt, gives the year's
      result (Điều 10, khoản 3; Điều 12); otherwise the year stays open.
    - `kha_row_covers_gioi`: a mean that reaches Giỏi also reaches Khá, so that a fall to Kém
      becomes Yếu (Điều 13, khoản 6 has no row for Giỏi to Kém).
    - `comment_subject_counts_for_raise`: a comment subject at CĐ may be the "một môn học" of
      Điều 13, khoản 6.
    - `lower_reassessment_replaces`: the new result replaces the old one even when it is lower.
    - `raise_again_after_reassessment`: Điều 13, khoản 6 applies to the new results too.
    - `optional_subjects_count`: môn tự chọn count in ĐTB các môn học and in "từng môn học".
    """

    comment_passes_by_two_thirds: bool = True
    comment_final_must_pass: bool = True
    one_term_is_the_year: bool = True
    kha_row_covers_gioi: bool = True
    comment_subject_counts_for_raise: bool = True
    lower_reassessment_replaces: bool = True
    raise_again_after_reassessment: bool = True
    optional_subjects_count: bool = True


@dataclass(frozen=True, slots=True)
class Tt58EntrySettings:
    """What may be typed before TT26/2020; no result depends on it.

    - `oral_marks_are_whole`: a mark of kiểm tra miệng is an integer, as Điều 8, khoản 4 says of
      KTtx in words (tự luận); a written KTtx may have a part of trắc nghiệm and so one decimal.
    """

    oral_marks_are_whole: bool = True
