"""Bars a primary pupil's year is held against: a level for every subject and trait, a lowest score.

Both circulars share them: TT27/2020, Điều 9, khoản 2, điểm a; TT22/2016, Điều 1, khoản 7 and 9.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.primary_levels import SubjectLevel, TraitLevel
from app.regulations.primary import Assessment, ScoreEntry, SubjectEntry, TraitEntry


@dataclass(frozen=True, slots=True)
class Bar:
    """What all subjects, all traits and all scores (tenths) must reach; none at all reaches it."""

    levels: frozenset[SubjectLevel]
    traits: frozenset[TraitLevel]
    lowest_score: int

    def subjects_below(self, values: Assessment) -> list[SubjectEntry]:
        """Subjects with a known level that is not enough."""
        return [
            item
            for item in values.levels
            if item.level is not None and item.level not in self.levels
        ]

    def traits_below(self, values: Assessment) -> list[TraitEntry]:
        """Traits with a known level that is not enough."""
        return [
            item
            for item in values.traits
            if item.level is not None and item.level not in self.traits
        ]

    def scores_below(self, values: Assessment) -> list[ScoreEntry]:
        """Known scores that are not enough."""
        return [
            item
            for item in values.scores
            if item.score is not None and item.score < self.lowest_score
        ]

    def below(self, values: Assessment) -> Assessment:
        """Everything that is not enough, in the order of the input."""
        return Assessment(
            tuple(self.subjects_below(values)),
            tuple(self.traits_below(values)),
            tuple(self.scores_below(values)),
        )

    def reached(self, values: Assessment) -> bool:
        """Whether complete values reach the bar."""
        return (
            all(item.level in self.levels for item in values.levels)
            and all(item.level in self.traits for item in values.traits)
            and all(
                item.score is not None and item.score >= self.lowest_score for item in values.scores
            )
        )


_ALL_GOOD = frozenset({SubjectLevel.GOOD}), frozenset({TraitLevel.GOOD})

EXCELLENT = Bar(*_ALL_GOOD, 90)
GOOD = Bar(*_ALL_GOOD, 70)
DONE = Bar(
    frozenset({SubjectLevel.GOOD, SubjectLevel.DONE}),
    frozenset({TraitLevel.GOOD, TraitLevel.REACHED}),
    50,
)


def counted(values: Assessment, *, optional_subjects: bool) -> Assessment:
    """The values that count: all, or without the levels and scores of môn tự chọn."""
    if optional_subjects:
        return values
    left_out = {item.key for item in values.levels if item.optional}
    return Assessment(
        tuple([item for item in values.levels if item.key not in left_out]),
        values.traits,
        tuple([item for item in values.scores if item.key not in left_out]),
    )


def overlaid(values: Assessment, new: Assessment, *, only_failed: bool) -> Assessment:
    """Year-end values with those of đánh giá bổ sung in their place.

    Only what is listed in `values` is replaced; with `only_failed` only what is below DONE.
    """
    open_for = DONE.below(values) if only_failed else values
    level_keys = {item.key for item in open_for.levels}
    trait_keys = {item.key for item in open_for.traits}
    score_keys = {item.key for item in open_for.scores}
    levels = {item.key: item.level for item in new.levels if item.key in level_keys}
    traits = {item.key: item.level for item in new.traits if item.key in trait_keys}
    scores = {item.key: item.score for item in new.scores if item.key in score_keys}
    return Assessment(
        tuple([replace(item, level=levels.get(item.key) or item.level) for item in values.levels]),
        tuple([replace(item, level=traits.get(item.key) or item.level) for item in values.traits]),
        tuple([_rescored(item, scores.get(item.key)) for item in values.scores]),
    )


def _rescored(item: ScoreEntry, score: int | None) -> ScoreEntry:
    # 0 is a score, so it cannot be chosen by "or" as the levels are.
    return item if score is None else replace(item, score=score)
