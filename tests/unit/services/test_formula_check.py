"""The worked examples of the circulars: one data for the program, the paper and these tests."""

from dataclasses import replace

import pytest

from app.domain.print_runs import FORMULA_SHEET
from app.errors import AccessDenied, RuleRefused
from app.regulations import (
    worked_primary,
    worked_tt22_2021,
    worked_tt58_2011,
    worked_tt58_first_issue,
)
from app.regulations.registry import CIRCULARS
from app.regulations.worked import Question
from app.services import formula_papers
from app.services.assess import assess
from app.services.formula_check import EXAMPLES, check_example, check_examples
from app.services.formula_papers import FormulaPapers, formula_parts
from app.services.formula_words import place_words, value_words
from exports.press import Paper
from tests.exports.pdf_reading import all_text, assert_archival
from tests.support.school import found_school, make_school


@pytest.mark.parametrize(
    "example", EXAMPLES, ids=[f"{e.circular} {e.number} {n}" for n, e in enumerate(EXAMPLES)]
)
def test_the_program_answers_as_the_circular_says(example):
    checked = check_example(example)
    assert dict(checked.found) == dict(example.expected)
    assert checked.passed


def test_every_example_asks_something_that_an_answer_has():
    """A path that nothing answers would agree with an expected nothing for ever."""
    for example in EXAMPLES:
        assert example.expected
        if example.question is not Question.ASSESS:
            continue
        [result] = assess({"format": "khoaso-assess/1", "cases": [dict(example.case)]})["results"]
        assert result.keys() - {"id", "errors"}, example
        for path, value in example.expected.items():
            first = path.split(".")[0]
            assert first in result or first.endswith("_words"), (example.number, path)
            if value is None and path.endswith("raised_by"):
                assert result["learning"]["year"] is not None


def test_the_numbers_of_the_reference_tables_are_all_there():
    secondary = {e.number for e in (*worked_tt22_2021.EXAMPLES, *worked_tt58_2011.EXAMPLES)}
    numbers = (
        "1 2 3 5 6 7 9 11 12 13 14 15 18 19 20 21 23 25 26 28 29 33 34 36 37 38 40 41 42 44 45 47 "
        "48 49 51 55 58 60 62"
    )
    assert secondary == set(numbers.split())
    first_issue = [e.number for e in worked_tt58_first_issue.EXAMPLES]
    assert first_issue == [f"G{n}" for n in range(1, len(first_issue) + 1)]
    primary = {e.number for e in worked_primary.EXAMPLES}
    numbers = (
        "01 02 03 05 07 08 09 11 12 13 15 18 20 21 23 24 26 27 29 31 32 34 35 38 41 42 43 45 46"
    )
    assert primary == {f"E{n}" for n in numbers.split()}
    assert {e.circular for e in EXAMPLES} == set(CIRCULARS)


def wrong_one(path="subjects.Toán.hk1", value="8,0"):
    return replace(EXAMPLES[0], expected={path: value})


def test_a_wrong_answer_shows_as_wrong():
    [checked] = check_examples([wrong_one()])
    assert not checked.passed
    assert checked.found == {"subjects.Toán.hk1": "7,9"}
    [part] = formula_parts((checked,))
    assert part.failed == 1
    [answer] = part.rows[0].answers
    assert (answer.what, answer.expected, answer.found) == ("Toán, học kì I", "8,0", "7,9")


def test_a_refused_example_is_a_failed_one():
    example = next(e for e in EXAMPLES if e.question is Question.CURRICULUM)
    checked = check_example(replace(example, case={"grade": 4, "year": 1999}))
    assert not checked.passed
    assert "1999" in str(next(iter(checked.found.values())))


def test_no_answer_is_told_by_its_code():
    for example in EXAMPLES:
        for path, value in example.expected.items():
            words = place_words(path) + value_words(path, value)
            assert "_" not in words, words
            assert "." not in place_words(path), path


@pytest.fixture
def school(tmp_path):
    return make_school(tmp_path, pupils=1)


def papers(school):
    return FormulaPapers(school.uow, school.clock, Paper())


def words_of(done):
    assert_archival(done.payload.pdf)
    return " ".join(" ".join(all_text(done.payload.pdf)).split())


def test_the_sheet_is_a_numbered_run_that_names_every_example(school):
    done = papers(school).print_sheet(school.actor("secretary"))
    run = done.payload.run
    assert (run.kind, run.number) == (FORMULA_SHEET, 1)
    text = words_of(done)
    assert f"{len(EXAMPLES)} ví dụ, tất cả đều đúng" in text
    assert "NGƯỜI KIỂM TRA" in text
    assert "SAI" not in text
    for circular in CIRCULARS.values():
        assert circular.number in text
    assert papers(school).check() == (len(EXAMPLES), 0)


def test_a_failing_sheet_says_so_in_words(school, monkeypatch):
    rows = (wrong_one(), *EXAMPLES[1:])
    monkeypatch.setattr(formula_papers, "check_examples", lambda: check_examples(rows))
    good = papers(school)
    assert good.check() == (len(EXAMPLES), 1)
    done = good.print_sheet(school.actor("principal"))
    text = words_of(done)
    assert "1 sai" in text
    assert "KHÔNG ĐẠT" in text
    assert text.count("SAI") == 1


def test_teachers_print_no_sheet_and_a_new_school_has_no_year(school, tmp_path_factory):
    with pytest.raises(AccessDenied):
        papers(school).print_sheet(school.actor("toan"))
    empty = found_school(tmp_path_factory.mktemp("empty"))
    with pytest.raises(RuleRefused, match="năm học"):
        FormulaPapers(empty.uow, empty.clock, Paper()).print_sheet(empty.actor("principal"))
    empty.close()


def test_the_same_answers_have_the_same_digest(school):
    first = papers(school).print_sheet(school.actor("secretary")).payload.run
    second = papers(school).print_sheet(school.actor("secretary")).payload.run
    assert first.data_digest == second.data_digest
    assert (first.number, second.number) == (1, 2)
