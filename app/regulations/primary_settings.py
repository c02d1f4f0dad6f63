"""Choices the primary circulars leave open, each a named setting with a default to start from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.regulations.curriculum_2018_primary import SCIENCE_FROM_GRADE_4, SpecificCompetences


def _default_competences() -> Mapping[int, tuple[str, ...]]:
    return SCIENCE_FROM_GRADE_4


@dataclass(frozen=True, slots=True)
class PrimarySettings:
    """Readings of TT27/2020 and TT22/2016 where their text is silent or has two meanings.

    - `optional_subjects_count`: môn tự chọn (Ngoại ngữ 1 of lớp 1-2, Tiếng dân tộc) count in "các
      môn học, hoạt động giáo dục".
    - `specific_competences`: năng lực đặc thù assessed in each grade; whether Khoa học is one
      before lớp 4 is disputed (TT27/2020 only).
    - `supplementary_only_for_failed`: đánh giá bổ sung is about what was not reached; a new value
      of anything else is ignored. Otherwise every new value replaces.
    - `done_at_most_after_supplementary`: the result after đánh giá bổ sung is Hoàn thành, however
      good the new values are (TT27/2020 only).
    - `plan_may_have_title`: a pupil under kế hoạch giáo dục cá nhân may have a title.
    """

    optional_subjects_count: bool = True
    specific_competences: SpecificCompetences = field(default_factory=_default_competences)
    supplementary_only_for_failed: bool = True
    done_at_most_after_supplementary: bool = True
    plan_may_have_title: bool = True
