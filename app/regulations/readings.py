"""The readings a school settled for a year, as the settings of each circular."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain import rule_readings as of
from app.domain.rules import RuleSet, RuleSpec
from app.regulations.curriculum_2018_primary import SCIENCE_FROM_GRADE_1, SCIENCE_FROM_GRADE_4
from app.regulations.primary_settings import PrimarySettings
from app.regulations.primary_warnings import WarningBounds
from app.regulations.tt22_settings import RaiseReading, Tt22Settings
from app.regulations.tt58_settings import Tt58EntrySettings, Tt58Settings


@dataclass(frozen=True, slots=True)
class Readings:
    """How every circular is read in one school year; `warnings` are those of primary levels."""

    tt22: Tt22Settings = field(default_factory=Tt22Settings)
    tt58: Tt58Settings = field(default_factory=Tt58Settings)
    tt58_entry: Tt58EntrySettings = field(default_factory=Tt58EntrySettings)
    primary: PrimarySettings = field(default_factory=PrimarySettings)
    warnings: WarningBounds = field(default_factory=WarningBounds)


DEFAULT_READINGS = Readings()
"""What `khoaso assess` uses, and a school that has settled nothing."""


def readings_from(rules: RuleSet) -> Readings:
    """The readings a set of rules lays down."""
    flag = rules.flag
    return Readings(
        tt22=Tt22Settings(
            comment_subject_counts_for_raise=flag(of.TT22_COMMENT_RAISES),
            raise_reading=(RaiseReading.REMOVAL if flag(of.TT22_REMOVAL) else RaiseReading.WAIVER),
            principal_decides_when_both_failed=flag(of.TT22_BOTH_FAILED),
            all_listed_must_be_reassessed=flag(of.TT22_ALL_REASSESSED),
            lower_reassessment_replaces=flag(of.TT22_LOWER_REPLACES),
            raise_again_after_reassessment=flag(of.TT22_RAISE_AGAIN),
            optional_subjects_count=flag(of.TT22_OPTIONAL),
            exempt_term_uses_other_term=flag(of.TT22_OTHER_TERM),
        ),
        tt58=Tt58Settings(
            comment_passes_by_two_thirds=flag(of.TT58_TWO_THIRDS),
            comment_final_must_pass=flag(of.TT58_FINAL_PASSES),
            one_term_is_the_year=flag(of.TT58_ONE_TERM),
            kha_row_covers_gioi=flag(of.TT58_KHA_ROW),
            comment_subject_counts_for_raise=flag(of.TT58_COMMENT_RAISES),
            lower_reassessment_replaces=flag(of.TT58_LOWER_REPLACES),
            raise_again_after_reassessment=flag(of.TT58_RAISE_AGAIN),
            optional_subjects_count=flag(of.TT58_OPTIONAL),
        ),
        tt58_entry=Tt58EntrySettings(oral_marks_are_whole=flag(of.TT58_ORAL_WHOLE)),
        primary=PrimarySettings(
            optional_subjects_count=flag(of.PRIMARY_OPTIONAL),
            specific_competences=(
                SCIENCE_FROM_GRADE_1 if flag(of.PRIMARY_SCIENCE) else SCIENCE_FROM_GRADE_4
            ),
            supplementary_only_for_failed=flag(of.PRIMARY_ONLY_FAILED),
            done_at_most_after_supplementary=flag(of.PRIMARY_DONE_AT_MOST),
            plan_may_have_title=flag(of.PRIMARY_PLAN_TITLE),
        ),
        warnings=WarningBounds(
            done_from=_tenths(rules, of.WARN_DONE),
            good_above=_tenths(rules, of.WARN_GOOD),
            good_expected_from=_tenths(rules, of.WARN_EXPECTED),
        ),
    )


def _tenths(rules: RuleSet, spec: RuleSpec) -> int | None:
    number = rules.number(spec)
    return None if number is None else number * 10
