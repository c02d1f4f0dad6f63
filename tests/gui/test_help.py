"""Trợ giúp: every screen has its chapter, F1 finds it, words are found without signs."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextTable

from app.errors import EnvironmentProblem
from tests.gui.keyboard import press
from ui.dialogs.help_dialog import HelpDialog
from ui.pages.catalogue import page_specs
from ui.pages.help import manual
from ui.pages.help.leaf import leaf_document
from ui.pages.help.page import HelpPage
from ui.pages.help.view import HelpView
from ui.theme.tokens import Mode


@pytest.fixture
def view(qtbot: Any, look: Any) -> HelpView:
    shown = HelpView(look)
    qtbot.addWidget(shown)
    shown.resize(1100, 600)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def test_every_page_of_the_rail_has_its_chapter() -> None:
    work = SimpleNamespace(setup=SimpleNamespace(school=lambda: None))
    pages = {spec.id for spec in page_specs(work)}  # type: ignore[arg-type]
    assert pages <= set(manual.CHAPTERS)
    assert {path.stem for path in manual.FOLDER.glob("*.md")} == set(manual.CHAPTERS)


@pytest.mark.parametrize("chapter", manual.manual(), ids=lambda each: each.id)
def test_a_chapter_has_title_lead_and_tasks(chapter: manual.Chapter) -> None:
    assert chapter.title
    assert chapter.lead.endswith((".", "…")), "one whole sentence says what the page is for"
    assert len(chapter.tasks) >= 3
    assert all(task.title and task.text for task in chapter.tasks)
    assert len(chapter.text.encode()) < 8_000


def test_words_are_found_without_signs() -> None:
    hits = manual.search("sua diem da khoa")
    assert (hits[0].chapter.id, hits[0].task) == ("corrections", "Sửa điểm đã khóa")


def test_every_word_must_occur() -> None:
    assert manual.search("dán excel zzz") == ()
    found = manual.search("dán excel")
    assert "marks" in {hit.chapter.id for hit in found}


def test_no_words_list_every_chapter() -> None:
    assert [hit.chapter.id for hit in manual.search("  ")] == list(manual.CHAPTERS)


def test_a_missing_file_is_said(monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.setattr(manual, "FOLDER", tmp_path)
    with pytest.raises(EnvironmentProblem, match=r"marks\.md"):
        manual._read("marks")


def test_a_search_opens_the_task(view: HelpView) -> None:
    view.field.setText("mở bổ sung")
    assert view.chapter_id() == "lock_control"
    assert "Mở bổ sung" in view.leaf.toPlainText()
    view.field.setText("không có chữ này đâu")
    assert not view.list.isVisible()


def test_arrows_walk_the_list_from_the_field(view: HelpView) -> None:
    view.show_chapter("start")
    view.field.setFocus()
    press(view.field, Qt.Key.Key_Down)
    assert view.chapter_id() == "sign_in"


def test_the_leaf_follows_the_theme(view: HelpView, look: Any) -> None:
    view.show_chapter("marks")

    def ink() -> str:
        shown = view.leaf.document()
        block = shown.begin()
        return block.begin().fragment().charFormat().foreground().color().name()

    assert ink() == look.tokens.ink
    look.set_mode(Mode.DARK)
    assert ink() == look.tokens.ink
    assert view.chapter_id() == "marks"


def test_paper_is_always_ink_on_white(view: HelpView, look: Any) -> None:
    look.set_mode(Mode.DARK)
    view.show_chapter("marks")
    paper = view.document()
    block = paper.begin()
    assert block.begin().fragment().charFormat().foreground().color().lightness() < 80


def test_keys_stand_in_tables(look: Any) -> None:
    document = leaf_document(manual.chapter("help"), look, look.tokens)
    tables = [f for f in document.rootFrame().childFrames() if isinstance(f, QTextTable)]
    assert len(tables) == 3


def test_f1_and_back(qtbot: Any, page_context: Any, opened: list[Any]) -> None:
    page = HelpPage(page_context, Outlets())
    qtbot.addWidget(page)
    page.go_to(chapter="backups", back="administration")
    assert page.view.chapter_id() == "backups"
    page.back.click()
    assert opened == ["administration"]


def test_printing_hands_the_chapter_over(qtbot: Any, page_context: Any) -> None:
    outlets = Outlets()
    page = HelpPage(page_context, outlets)
    qtbot.addWidget(page)
    page.go_to(chapter="printing")
    page.view.print_button.click()
    assert outlets.asked == ["In sổ"]


def test_the_dialog_of_a_gate(qtbot: Any, look: Any, window: Any) -> None:
    dialog = HelpDialog(look, "sign_in", window)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.view.chapter_id() == "sign_in"
    assert not dialog.view.print_button.isVisible()


class Outlets:
    """Remembers what was to be printed."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def choose_printer(self, parent: Any, title: str, pages: int, on_chosen: Any) -> None:
        self.asked.append(title)


@pytest.fixture
def opened() -> list[Any]:
    return []


@pytest.fixture
def page_context(look: Any, opened: list[Any]) -> Any:
    from types import SimpleNamespace

    return SimpleNamespace(
        look=look,
        open_page=lambda page_id: opened.append(page_id),
        frame=SimpleNamespace(toast=lambda *words: None),
    )
