"""A result that a correction changed after the close stands with both its values."""

import pytest

from app.readmodels.results_table import ResultsPeriod
from app.services.changed_results import ChangedResults
from tests.support.record_book import book
from tests.support.school import make_school


@pytest.fixture
def kept(tmp_path):
    made = book(make_school(tmp_path, pupils=2))
    made.fill()
    return made


def changed(kept, period):
    found = ChangedResults(kept.school.uow).of_class(kept.school.class_id, period)
    return {pupil: [one.sentence for one in told] for pupil, told in found.items()}


def test_an_open_class_and_an_untouched_one_have_nothing_to_tell(kept):
    assert changed(kept, ResultsPeriod.HK1) == {}
    kept.close()
    for period in ResultsPeriod:
        assert changed(kept, period) == {}


def test_both_values_stand_for_the_term_and_for_the_year(kept):
    kept.close()
    kept.corrected("toan", {(0, "HK2.ck"): "10"})
    pupil = kept.school.pupils[0]
    year = changed(kept, ResultsPeriod.YEAR)
    assert list(year) == [pupil]
    assert [text.split(":")[0] for text in year[pupil]][:2] == ["Toán, học kì", "Toán, cả năm"]
    assert all("lúc chốt" in text and ", nay " in text for text in year[pupil])
    assert changed(kept, ResultsPeriod.HK2) == year
    assert changed(kept, ResultsPeriod.HK1) == {}
