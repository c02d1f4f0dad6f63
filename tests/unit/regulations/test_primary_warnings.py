from __future__ import annotations

import pytest

from app.domain.primary_levels import SubjectLevel
from app.regulations.primary_warnings import WarningBounds, level_warning

T, H, C = SubjectLevel


@pytest.mark.parametrize(
    ("level", "odd"),
    [
        (T, {0, 1, 2, 3, 4, 5, 6}),
        (H, {0, 1, 2, 3, 4, 9, 10}),
        (C, {5, 6, 7, 8, 9, 10}),
    ],
)
def test_scores_that_look_odd_beside_a_level(level: SubjectLevel, odd: set[int]):
    found = {
        score
        for score in range(11)
        if level_warning("Toán", level, score * 10, WarningBounds()) is not None
    }
    assert found == odd


def test_a_warning_names_subject_level_and_score():
    found = level_warning("Toán", T, 40, WarningBounds())
    assert found == (
        "Môn Toán: mức T (Hoàn thành tốt) với điểm KTĐK 4; "
        "hãy xem lại mức hoặc điểm, nếu đúng thì giữ nguyên."
    )


def test_nothing_is_said_of_what_is_missing_or_switched_off():
    off = WarningBounds(done_from=None, good_above=None, good_expected_from=None)
    for level in (T, H, C):
        assert level_warning("Toán", level, None, WarningBounds()) is None
        assert all(level_warning("Toán", level, score, off) is None for score in range(0, 101, 10))
    assert level_warning("Toán", None, 0, WarningBounds()) is None
