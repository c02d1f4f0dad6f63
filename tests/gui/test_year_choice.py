"""The year in the top bar turns the whole program; a page follows when it comes to the front."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from app.readmodels.roll_over import RollOverChoice
from tests.gui.page_kit import show_page, workspace
from tests.support.year_end import settled_school
from ui.pages.catalogue import page_specs

PAGES = (
    "home", "roster", "marks", "attendance", "conduct", "results", "corrections", "lock_control",
    "printing", "letters", "sealing", "administration",
)  # fmt: skip


class Empty(QWidget):
    """The page of the beginning."""

    def __init__(self, school):
        super().__init__()
        self.school = school


@pytest.fixture
def years(tmp_path, window, qtbot, jobs):
    """A school in its second year, the secretary's window over every page."""
    school = settled_school(tmp_path)
    work = workspace(school, "secretary")
    done = work.roll_over.run(work.session.actor, school.year_id, RollOverChoice({})).payload
    school.clock.move_to(school.clock.now().replace(year=2027))
    shown = show_page(
        window, qtbot, school, "secretary", "empty", "Trống", lambda _c, _w: Empty(school), work,
        tuple(page_specs(work)),
    )  # fmt: skip
    yield shown.window, school.year_id, done.year.id
    qtbot.waitUntil(lambda: not jobs.is_busy)
    school.close()


def picker(window):
    return window.top_bar.pickers()[0]


def test_a_year_chosen_on_one_page_is_the_year_of_all(years, qtbot, jobs):
    window, old, new = years
    for page_id in PAGES:
        assert window.open_page(page_id), page_id
        assert picker(window).year_id == new, page_id
    picker(window).combo.picked.emit(old)
    for page_id in PAGES:
        window.open_page(page_id)
        assert picker(window).year_id == old, page_id
        assert picker(window).combo.current() == old, page_id
    qtbot.waitUntil(lambda: not jobs.is_busy)
    window.open_page("results")
    assert window.current_page().presenter.table.class_name == "6A"
    assert len(window.current_page().presenter.table.rows) == 4
    window.open_page("marks")
    assert window.current_page().presenter.sheet is not None


def test_a_place_in_an_old_year_takes_the_program_there(years, qtbot, jobs):
    window, old, _ = years
    with window.current_page().school.uow.read() as uow:
        klass = uow.school.classes(old)[0]
        subject = uow.school.subjects(klass.id)[0]
    window.open_page("roster")
    for page_id, where in (
        ("roster", {}), ("results", {}), ("conduct", {}), ("printing", {}), ("lock_control", {}),
        ("marks", {"subject_id": subject.id}),
    ):  # fmt: skip
        window.years.choose(years[2])
        window.open_page(page_id, class_id=klass.id, **where)
        assert window.years.year_id == old, page_id
        assert picker(window).year_id == old, page_id
    qtbot.waitUntil(lambda: not jobs.is_busy)


def test_an_old_year_says_that_it_is_old(years, qtbot):
    window, old, new = years
    window.open_page("roster")
    assert picker(window).label() == "Năm học"
    picker(window).combo.picked.emit(old)
    assert picker(window).label() == "Năm học cũ"
    picker(window).combo.picked.emit(new)
    assert picker(window).label() == "Năm học"
