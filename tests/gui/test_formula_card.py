"""An toàn shows that the formulas are right, and prints the sheet an inspector signs."""

from __future__ import annotations

import pytest

from app.services import formula_papers
from app.services.formula_check import EXAMPLES
from tests.gui.page_kit import show_page
from tests.support.school import make_school
from ui.dialogs.paper_dialog import PaperDialog
from ui.pages.administration.page import AdministrationPage


@pytest.fixture
def shown(window, qtbot, jobs, tmp_path):
    school = make_school(tmp_path, pupils=1)

    def opener():
        shown = show_page(
            window, qtbot, school, "secretary", "administration", "Quản trị", AdministrationPage
        )
        shown.page.go_to(section="security")
        qtbot.waitUntil(lambda: not jobs._jobs)
        return shown

    yield opener
    school.close()


def test_the_card_counts_the_examples_and_prints_the_sheet(shown, qtbot, jobs):
    page = shown()
    card = page.page.sections["security"].formulas
    assert card.state.text() == f"{len(EXAMPLES)} ví dụ của thông tư, đều đúng"
    card.print_button.click()
    dialog = page.page.findChildren(PaperDialog)[-1]
    assert dialog.isVisible()
    assert not dialog.refusal()
    dialog.reject()
    assert len(page.page._work.printing.runs(page.page.year().id)) == 1


def test_a_wrong_formula_stands_in_red(shown, monkeypatch):
    monkeypatch.setattr(formula_papers.FormulaPapers, "check", lambda _self: (len(EXAMPLES), 2))
    card = shown().page.sections["security"].formulas
    assert card.state.text().endswith("2 sai")
