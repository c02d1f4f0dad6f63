"""Mười câu hỏi của thanh tra on screen, as an inspector opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.domain.inquiries import Question
from app.domain.roles import Role
from tests.gui.page_kit import Shown, show_page, workspace
from tests.support.record_book import RecordBook
from tests.support.school import PASSWORD, TestSchool, make_school
from ui.dialogs.paper_dialog import PaperDialog
from ui.pages.inquiry.page import InquiryPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow


class Saved:
    """Answers where to save without a window."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "out.xlsx"
        self.name = ""

    def choose_table_file(
        self, parent: QWidget, name: str, on_chosen: Callable[[Path], None]
    ) -> None:
        self.name = name
        on_chosen(self.path)


@pytest.fixture
def school(tmp_path: Path) -> TestSchool:
    made = make_school(tmp_path, pupils=2)
    book = RecordBook(made)
    book.open_entry()
    book.enter("tin_hoc", {(0, "HK1.tx1"): "8"})
    book.enter("tin_hoc", {(0, "HK1.tx1"): "9"})
    added = made.accounts.add(
        made.actor("principal"), "Đoàn Kiểm Tra", PASSWORD, roles=(Role.INSPECTOR,)
    )
    made.uids["inspector"] = added.payload.uid
    return made


def opened(window: MainWindow, qtbot: QtBot, school: TestSchool) -> Shown:
    shown = show_page(window, qtbot, school, "inspector", "inquiry", "Thanh tra", InquiryPage)
    qtbot.waitUntil(lambda: Question.AFTER_CLOSE in shown.page.presenter.answers)
    return shown


def test_the_first_question_is_answered_at_once_the_others_when_chosen(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school).page
    assert page.title.text().startswith("Câu 1. ")
    assert page.chip.text() == "Không có gì phải xem"
    page.go_to(question=7)
    qtbot.waitUntil(lambda: Question.ENDED_DIFFERENT in page.presenter.answers)
    assert page.title.text().startswith("Câu 7. ")
    assert page.chip.text() == "Có chỗ cần xem"
    assert "1 ô sau cùng khác ban đầu" in page.sentences.text()
    model = page.facts.model()
    assert model.rowCount() == 1
    assert [model.index(0, column).data() for column in (0, 3, 4)] == ["6A", "8,0", "9,0"]


def test_the_list_says_what_each_question_came_to(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school).page
    page.all_button.click()
    qtbot.waitUntil(lambda: len(page.presenter.answers) == len(Question))
    assert page._verdict(Question.ENDED_DIFFERENT) == "có chỗ cần xem"
    assert page._verdict(Question.FILE_WHOLE) == "không có gì phải xem"


def test_one_class_is_asked_about_alone_and_the_answers_are_new(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    other = school.add_class("6B", pupils=1)
    page = opened(window, qtbot, school).page
    page.go_to(class_id=other, question=7)
    qtbot.waitUntil(lambda: Question.ENDED_DIFFERENT in page.presenter.answers)
    assert page.classes.current() == other
    assert page.facts.model().rowCount() == 0


def test_an_answer_falls_when_something_is_written(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school).page
    page.go_to(question=7)
    qtbot.waitUntil(lambda: Question.ENDED_DIFFERENT in page.presenter.answers)
    RecordBook(school).enter("tin_hoc", {(0, "HK1.tx1"): "8"})
    page.presenter.forget()
    qtbot.waitUntil(lambda: Question.ENDED_DIFFERENT in page.presenter.answers)
    assert page.facts.model().rowCount() == 0
    assert page.chip.text() == "Không có gì phải xem"


@pytest.mark.parametrize("which", ["print_button", "print_all_button"])
def test_an_inspector_prints(
    window: MainWindow, qtbot: QtBot, school: TestSchool, which: str
) -> None:
    page = opened(window, qtbot, school).page
    before = len(school.trail_kinds())
    kept = page.presenter.answers[Question.AFTER_CLOSE]
    getattr(page, which).click()
    qtbot.waitUntil(lambda: bool(window.findChildren(PaperDialog)))
    assert school.trail_kinds()[before:] == ["print.run"]
    (paper,) = window.findChildren(PaperDialog)
    paper.reject()
    assert page.presenter.answers[Question.AFTER_CLOSE] is kept  # a print changes no mark


def test_an_inspector_takes_a_workbook_and_it_is_told(
    window: MainWindow, qtbot: QtBot, school: TestSchool, tmp_path: Path
) -> None:
    page = opened(window, qtbot, school).page
    saved = Saved(tmp_path)
    page.presenter._tables = saved
    page.export_button.click()
    qtbot.waitUntil(lambda: "data.exported" in school.trail_kinds())
    qtbot.waitUntil(saved.path.is_file)
    assert saved.name == "muoi-cau-hoi-toan-truong-2026-2027.xlsx"


def test_the_rail_offers_it_to_inspectors_and_the_office_only(school: TestSchool) -> None:
    from ui.pages.catalogue import page_specs

    spec = next(s for s in page_specs(workspace(school, "principal")) if s.id == "inquiry")
    assert {"inspector", "principal", "secretary"} <= spec.roles
    assert "subject_teacher" not in spec.roles
