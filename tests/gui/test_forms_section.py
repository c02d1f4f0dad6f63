"""Mẫu sổ on screen: what a form lets adjust, the page beside it, the decision, back as shipped."""

import pytest

from app.domain.form_settings import SPECS, BookForm, SignerForm, shipped
from app.domain.print_runs import PaperSize
from tests.gui.page_kit import show_page
from tests.support.school import make_school
from ui.pages.administration.form_dialog import FormDecisionDialog
from ui.pages.administration.page import AdministrationPage
from ui.pages.printing.book_choice import BookChoice


@pytest.fixture
def school(tmp_path):
    made = make_school(tmp_path, pupils=1)
    yield made
    made.close()


@pytest.fixture
def show(window, qtbot, school):
    def open_section(who="secretary"):
        page = show_page(
            window, qtbot, school, who, "administration", "Quản trị", AdministrationPage
        ).page
        page.show_section("forms")
        section = page.sections["forms"]
        qtbot.waitUntil(lambda: section.pane.preview.pages > 0)
        return section

    return open_section


def choose(section, form):
    section.forms.set_current(form)
    section.refresh()


def decide(section, number="41/QĐ-THCS"):
    section.apply()
    dialog = section.findChildren(FormDecisionDialog)[-1]
    dialog.decision.number.setText(number)
    dialog._submit()
    return dialog


def test_a_change_is_seen_at_once_and_kept_by_a_decision(show, school, qtbot):
    section = show()
    fields = section.shown
    assert section.pane.position_words() == "trang 7 trên 8"
    assert not section.save_button.isEnabled()
    assert not section.reset_button.isEnabled()
    fields.rows.set_current(30)
    fields.columns.set_current(1)
    fields.columns.picked.emit(1)
    assert fields.tail[0].isVisibleTo(section)
    assert not fields.tail[1].isVisibleTo(section)
    fields.tail[0].setText("Ky nhan")
    fields.signer.set_current(SignerForm.DEPUTY)
    fields.signer.picked.emit(SignerForm.DEPUTY)
    qtbot.waitUntil(lambda: section.pane.preview.pages == 12)
    assert section.pane.position_words() == "trang 9 trên 12", "the list stays in sight"
    assert "form.set" not in school.trail_kinds(), "nothing is kept yet"
    assert decide(section, "").refusal().startswith("Chưa ghi số và ngày quyết định")
    decide(section)
    assert school.trail_kinds()[-1] == "form.set"
    kept = section.work.forms.in_force(BookForm.CLASS_BOOK)
    assert (kept.rows, kept.tail, kept.signer) == (30, ("Ky nhan",), SignerForm.DEPUTY)
    assert "41/QĐ-THCS" in section.state.text()
    assert not section.save_button.isEnabled()
    section.reset()
    assert section.shown.settings().rows == 55
    decide(section, "52/QĐ-THCS")
    assert section.work.forms.in_force(BookForm.CLASS_BOOK) == shipped(BookForm.CLASS_BOOK)
    assert "Các bản trước: 1" in section.state.text()


def test_every_form_shows_only_what_it_lets_adjust(show, qtbot):
    section = show()
    for spec in section.work.forms.forms():
        choose(section, spec.form)
        fields = section.shown
        for widget, shown in (
            (fields.paper, len(spec.papers) > 1),
            (fields.rows, bool(spec.rows[1])),
            (fields.columns, spec.tail > 0),
            (fields.place, spec.place),
            (fields.dated, spec.dated),
            (fields.signer_name, False),
        ):
            assert widget.isVisibleTo(section) is shown, (spec.form, widget.accessibleName())
        assert tuple(fields.captions) == spec.captions
        assert fields.settings().signer is SignerForm.PRINCIPAL
        assert section.work.forms.check(spec.form, fields.settings()) == shipped(spec.form)
        qtbot.waitUntil(lambda form=spec.form: section._drawn_form is form)
    assert set(section.fields) == set(SPECS) - {BookForm.PRIMARY_SUMMARY}


def test_a_refusal_is_said_beside_the_fields_and_goes_away(show, qtbot):
    section = show()
    choose(section, BookForm.LETTER)
    fields = section.shown
    fields.signer.set_current(SignerForm.ON_ORDER)
    fields.signer.picked.emit(SignerForm.ON_ORDER)
    qtbot.waitUntil(lambda: not section.refusal.isHidden())
    assert "chức danh" in section.refusal.text()
    section.apply()
    assert not section.findChildren(FormDecisionDialog)
    fields.signer_title.setText("Van thu")
    fields.signer_title.textEdited.emit("Van thu")
    qtbot.waitUntil(section.refusal.isHidden)


def test_others_only_look(show):
    section = show("toan")
    assert not section.save_button.isVisible()
    assert not section.shown.rows.isEnabled()
    assert section.shown.place.isReadOnly()


def test_books_are_printed_on_the_schools_paper_to_begin_with(look, qtbot):
    choice = BookChoice(look, paper=PaperSize.A3_SPREAD)
    qtbot.addWidget(choice)
    assert choice.order.paper is PaperSize.A3_SPREAD
