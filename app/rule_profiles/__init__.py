"""Hồ sơ quy định that come with the program: one module of data a governing paper.

A profile is named by the number and date of its paper, never by a school or a person. A school
chooses one for a school year and changes single rules by its own decisions.
"""

from __future__ import annotations

from app.rule_profiles import (
    district_letter_2023,
    general,
    primary_letter_2018,
    primary_plan_2023,
    secondary_decision_1323,
    upper_decision_1019,
)
from app.rule_profiles.base import RuleProfile

PROFILES: tuple[RuleProfile, ...] = (
    general.PROFILE,
    primary_plan_2023.PROFILE,
    primary_letter_2018.PROFILE,
    district_letter_2023.PROFILE,
    secondary_decision_1323.PROFILE,
    upper_decision_1019.PROFILE,
)
"""In the order they are offered."""
GENERAL = general.PROFILE
BY_CODE = {profile.code: profile for profile in PROFILES}
