"""Học bạ of classes under two circulars in one year: words, averages, miễn học, môn lựa chọn."""

from __future__ import annotations

import pytest

from app.domain.marks import mark_text
from app.domain.subjects import PupilChoices
from app.readmodels.report_booklet import BookletPart
from app.services.booklet_assembly import assemble_booklets
from exports.press import Paper
from tests.exports.pdf_reading import all_text
from tests.exports.sample_booklet import booklet_stamp
from tests.support.secondary_year import SecondaryYear, secondary_year


@pytest.fixture(scope="module")
def lived(tmp_path_factory) -> SecondaryYear:
    """9A under TT58 (one pupil miễn Thể dục), 8A under TT22."""
    year = secondary_year(tmp_path_factory.mktemp("year"))
    year.add_class("9A", 3)
    year.add_class("8A", 2)
    year.open_entry()
    year.fill("9A")
    year.fill("8A")
    year.excuse("9A", year.pupils["9A"][0], "the_duc", "year")
    return year


def booklets(year: SecondaryYear, name: str, part=BookletPart.YEAR):
    klass = year.classes[name]
    with year.school.uow.read() as uow:
        return assemble_booklets(uow, klass.id, part, year.school.clock.today())


def test_the_old_circular_has_averages_and_its_own_words_on_paper(lived):
    paper = booklets(lived, "9A")
    assert paper.circular == "TT58/2011"
    _facts, results = lived.results("9A")
    for booklet, pupil in zip(paper.booklets, lived.pupils["9A"], strict=True):
        (year,) = booklet.years
        means = results[pupil].averages
        assert year.averages == tuple(map(mark_text, (means.hk1, means.hk2, means.year)))
        assert year.page == 9
        assert booklet.pages == 10
        assert year.year.learning == results[pupil].learning_year.final
    text = " ".join(all_text(Paper().report_booklets(paper, booklet_stamp(paper))))
    assert "Học lực" in text
    assert "Kết quả rèn luyện" not in text
    new = booklets(lived, "8A")
    assert new.circular == "TT22/2021"
    assert [b.years[0].averages for b in new.booklets] == [(), ()]
    assert [b.years[0].page for b in new.booklets] == [7, 7]


def test_an_exempt_pupil_has_mien_in_every_column(lived):
    rows = {
        booklet.particulars.name: next(s for s in booklet.years[0].subjects if s.name == "Thể dục")
        for booklet in booklets(lived, "9A").booklets
    }
    first, *others = rows.values()
    assert (first.term_1, first.term_2, first.year) == ("Miễn", "Miễn", "Miễn")
    assert all(row.term_1 in ("Đ", "CĐ") for row in others)


def test_a_subject_that_a_pupil_does_not_take_is_not_on_the_sheet(lived):
    klass, pupil = lived.classes["8A"], lived.pupils["8A"][0]
    subject = lived.subjects("8A")["tin_hoc"]
    with lived.school.uow.write() as uow:
        uow.studies.choose(klass.id, pupil, PupilChoices(not_taken=frozenset({subject.id})))
        uow.commit()
    names = [{s.name for s in b.years[0].subjects} for b in booklets(lived, "8A").booklets]
    assert subject.name not in names[0]
    assert subject.name in names[1]


def test_years_that_were_lived_elsewhere_are_left_to_be_written(lived):
    lines = booklets(lived, "9A", BookletPart.WHOLE).booklets[0].schooling
    assert [line.class_name for line in lines] == ["", "", "", "9A"]
