"""Cách hiểu thông tư: every setting of every circular is a rule the school can see and change."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from app.domain.rule_catalogue import CATALOGUE
from app.domain.rule_readings import READINGS
from app.domain.rules import RuleGroup, RuleKind, RuleSet, RuleSpec
from app.regulations.base import ConductYear, Promotion
from app.regulations.curriculum_2018_primary import SCIENCE_FROM_GRADE_4
from app.regulations.readings import DEFAULT_READINGS, Readings, readings_from
from app.regulations.registry import primary_regulation, regulation
from app.regulations.tt22_settings import RaiseReading
from tests.unit.regulations.pupils import pupil


def single(readings: Readings) -> dict[str, object]:
    """Every setting by "circular.field"."""
    return {
        f"{part.name}.{one.name}": getattr(getattr(readings, part.name), one.name)
        for part in fields(Readings)
        for one in fields(getattr(readings, part.name))
    }


def changed(spec: RuleSpec) -> Readings:
    other = {"1": "0", "0": "1"}.get(spec.default, "")
    if spec.kind is RuleKind.NUMBER:
        other = "3"
    return readings_from(RuleSet({spec.key: other}))


DEFAULTS = {
    # the column "Default proposed" of the list of uncertain points
    "tt22.comment_subject_counts_for_raise": True,  # U7
    "tt22.raise_reading": RaiseReading.REMOVAL,  # U8
    "tt22.principal_decides_when_both_failed": True,  # U9
    "tt22.all_listed_must_be_reassessed": False,  # U10
    "tt22.lower_reassessment_replaces": True,  # U11
    "tt22.raise_again_after_reassessment": True,  # U11
    "tt22.optional_subjects_count": True,  # U22
    "tt22.exempt_term_uses_other_term": False,
    "tt58.comment_passes_by_two_thirds": True,  # U12
    "tt58.comment_final_must_pass": True,  # U12
    "tt58.one_term_is_the_year": True,  # U12
    "tt58.kha_row_covers_gioi": True,  # U13
    "tt58.comment_subject_counts_for_raise": True,
    "tt58.lower_reassessment_replaces": True,
    "tt58.raise_again_after_reassessment": True,
    "tt58.optional_subjects_count": True,  # U22
    "tt58_entry.oral_marks_are_whole": True,
    "primary.optional_subjects_count": True,  # U6
    "primary.specific_competences": SCIENCE_FROM_GRADE_4,  # U7 of the primary paper
    "primary.supplementary_only_for_failed": True,
    "primary.done_at_most_after_supplementary": True,  # U8
    "primary.plan_may_have_title": True,  # U15
    "warnings.done_from": 50,
    "warnings.good_above": 60,
    "warnings.good_expected_from": 90,
}


def test_the_defaults_are_those_the_papers_propose():
    assert single(DEFAULT_READINGS) == DEFAULTS


def test_a_school_that_settled_nothing_has_the_default_readings():
    assert readings_from(RuleSet()) == DEFAULT_READINGS


@pytest.mark.parametrize("spec", READINGS, ids=lambda spec: spec.key)
def test_each_rule_moves_one_setting(spec: RuleSpec):
    before, after = single(DEFAULT_READINGS), single(changed(spec))
    assert len([name for name in before if before[name] != after[name]]) == 1


def test_every_setting_has_its_rule():
    before = single(DEFAULT_READINGS)
    reached = {
        name for spec in READINGS for name in before if single(changed(spec))[name] != before[name]
    }
    assert reached == set(before)


def test_the_rules_are_in_the_catalogue_under_their_own_heading():
    assert [one for one in CATALOGUE if one.group is RuleGroup.READINGS] == list(READINGS)


def test_a_warning_may_be_switched_off():
    for spec in READINGS:
        if spec.kind is RuleKind.NUMBER:
            assert None in single(readings_from(RuleSet({spec.key: ""}))).values()


def test_a_circular_is_judged_by_the_readings_it_is_given():
    failed = pupil([30] * 8, conduct=ConductYear("Chưa đạt", "Chưa đạt"))
    assert regulation("TT22/2021").results(failed).promotion is Promotion.PRINCIPAL_DECIDES
    literal = replace(
        DEFAULT_READINGS,
        tt22=replace(DEFAULT_READINGS.tt22, principal_decides_when_both_failed=False),
    )
    assert regulation("TT22/2021", literal).results(failed).promotion is Promotion.RETAINED
    early = readings_from(RuleSet({"reading.primary.science_from_1": "1"}))
    assert len(primary_regulation("TT27/2020").traits(1)) == 12
    assert len(primary_regulation("TT27/2020", early).traits(1)) == 13
