"""What only sổ gọi tên và ghi điểm tells: danh hiệu of each term, what the summer is to bring."""

from __future__ import annotations

from dataclasses import replace

from app.domain.periods import Term
from app.readmodels.class_book import BookPeriod, SummerWork, TermTitle
from app.services.class_results import StudyFacts
from app.services.roll_book_facts import roll_book_facts
from tests.unit.services.test_tt58_class import facts


def told(marks: dict[str, int], *terms: Term, conduct: str = "Tốt"):
    of = replace(facts(marks), studies=StudyFacts(year_conduct={1: conduct}))
    return roll_book_facts(of, of.results(), terms or tuple(Term))


def test_a_good_pupil_has_the_title_of_each_term_and_nothing_to_do():
    found = told({})
    assert found.titles == (
        TermTitle(BookPeriod.TERM_1, 1, "HSG"),
        TermTitle(BookPeriod.TERM_2, 1, "HSG"),
        TermTitle(BookPeriod.YEAR, 1, "HSG"),
    )
    assert found.summer == ()


def test_a_book_of_the_first_term_knows_neither_the_second_nor_the_summer():
    found = told({"toan": 20, "ngu_van": 20}, Term.HK1)
    assert all(one.period is BookPeriod.TERM_1 for one in found.titles)
    assert found.summer == ()


def test_a_weak_year_is_tested_again_and_weak_conduct_works_in_the_summer():
    weak = dict.fromkeys(("toan", "vat_li", "hoa_hoc", "ngu_van", "lich_su"), 30)
    assert told(weak).summer == (SummerWork(1, "KT lại"),)
    assert told(weak).titles == ()
    assert told({}, conduct="Yếu").summer == (SummerWork(1, "RL hè"),)


def test_a_year_that_is_lost_is_repeated():
    assert told({"toan": 5, "ngu_van": 5, "vat_li": 5, "hoa_hoc": 5, "sinh_hoc": 5},
                conduct="Yếu").summer == (SummerWork(1, "Ở lại"),)  # fmt: skip
