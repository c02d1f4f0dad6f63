"""Pages of học bạ: fixed by the pupil's year in the stage, whatever year they are printed in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.booklet_pages import STAGES, first_page, page_count, stage_of, year_places

TH, THCS, THPT = STAGES


@pytest.mark.parametrize(
    ("grade", "short"), [(1, "TH"), (5, "TH"), (6, "THCS"), (9, "THCS"), (10, "THPT"), (12, "THPT")]
)
def test_the_stage_of_a_grade(grade, short):
    stage = stage_of(grade)
    assert stage.short == short
    assert stage.is_primary is (grade < 6)


@pytest.mark.parametrize(
    ("stage", "grades", "pages", "count"),
    [
        (TH, [1], [3], 12),
        (TH, [4, 4, 5], [9, 11, 13], 14),
        (THCS, [6], [3], 10),
        (THCS, [6, 7, 8, 9], [3, 5, 7, 9], 10),
        (THPT, [10, 11, 12], [3, 5, 7], 8),
        (THCS, [8], [7], 10),
        (THCS, [6, 6, 7], [3, 5, 7], 12),
        (THCS, [6, 8], [3, 7], 10),
        (THCS, [8, 8, 9], [7, 9, 11], 12),
    ],
)
def test_pages_of_known_years(stage, grades, pages, count):
    places = year_places(stage, grades)
    assert [first_page(place) for place in places] == pages
    assert page_count(stage, places[-1], grades[-1]) == count


@given(st.lists(st.integers(6, 9), min_size=1, max_size=6).map(sorted))
def test_a_later_year_never_moves_an_earlier_sheet(grades):
    places = year_places(THCS, grades)
    for known in range(1, len(grades) + 1):
        assert year_places(THCS, grades[:known]) == places[:known]
    assert list(places) == sorted(set(places))
    fronts = [first_page(place) for place in places]
    # Every year is a sheet of its own: its front is a right-hand page.
    assert all(front % 2 == 1 for front in fronts)
    assert page_count(THCS, places[-1], grades[-1]) > fronts[-1]
