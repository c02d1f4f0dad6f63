"""Văn bản on screen: read, word anew, settle a board, print, gather the dossier."""

from datetime import date

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from app.domain.dossiers import DossierPart
from app.domain.letters import LetterKind, Seat
from app.domain.papers import BasisUse, DocumentKind
from app.services.legal_bases import BasisDraft
from tests.gui.page_kit import show_page, workspace
from tests.support.school import make_school
from ui.dialogs.paper_dialog import PaperDialog
from ui.pages.letters.dossier_dialogs import EnclosureDialog, HandInDialog, PlanDialog
from ui.pages.letters.members_dialog import MembersDialog
from ui.pages.letters.page import LettersPage
from ui.pages.letters.preview_dialog import PreviewDialog
from ui.pages.letters.text_dialog import TextDialog
from ui.widgets.labels import Label

FAULTS = QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.fixture
def school(tmp_path):
    made = make_school(tmp_path, pupils=2)
    work = workspace(made, "secretary")
    ground = BasisDraft(
        DocumentKind.CIRCULAR, "22/2021/TT-BGDĐT", date(2021, 7, 20), "Bộ Giáo dục và Đào tạo",
        "quy định về đánh giá học sinh", list(BasisUse),
    )  # fmt: skip
    work.bases.add(made.actor("secretary"), made.year_id, ground)
    yield made
    made.close()


@pytest.fixture
def show(window, qtbot, school, jobs):
    def open_page(who="secretary", kind=None):
        page = show_page(window, qtbot, school, who, "letters", "Văn bản", LettersPage).page
        if kind is not None:
            page.choose(kind)
        settle(qtbot, jobs)
        return page

    return open_page


def settle(qtbot, jobs):
    qtbot.waitUntil(lambda: not jobs.is_working, timeout=20_000)
    QApplication.processEvents()


def dialog(page, kind):
    found = page.findChildren(kind)
    assert found, kind
    return found[-1]


def test_a_letter_is_on_screen_with_what_it_lacks(show):
    page = show(kind=LetterKind.BOARD)
    QAbstractItemModelTester(page.lines, FAULTS)
    assert len(page.lines.records()) == len(LetterKind)
    assert "chưa có thành viên ban" in page.gaps.sentence
    assert not page.print_button.isEnabled()
    assert page.pane.position_words().startswith("trang 1")
    assert page.members_button.isVisible()


def test_a_board_is_settled_and_its_decision_printed(show, qtbot, jobs, school):
    page = show(kind=LetterKind.BOARD)
    page.presenter.members()
    form = dialog(page, MembersDialog)
    seats = [member.seat for member in form.rows.records()]
    assert seats[0] is Seat.HEAD
    assert Seat.SECRETARY in seats
    form.table.selectRow(0)
    form.drop()
    assert len(form.rows.records()) == len(seats) - 1
    form.propose()
    names = [member.full_name for member in form._people]
    form.person.set_current(names.index("Nguyễn Thị Bình"))
    form.duty.setText("Ghi biên bản họp")
    form.add_one()
    form._submit()
    settle(qtbot, jobs)
    assert page.gaps.sentence == ""
    page.presenter.print_letter()
    settle(qtbot, jobs)
    paper = dialog(page, PaperDialog)
    assert any("hiệu trưởng ký" in label.text() for label in paper.findChildren(Label))
    assert page.chosen().kind is LetterKind.BOARD
    assert page.chosen().state == "đã in, chờ số"
    assert school.trail_kinds()[-2:] == ["board.set", "print.run"]


def test_new_words_are_a_version_and_a_strange_field_is_refused(show, qtbot, jobs):
    page = show(kind=LetterKind.PLAN)
    page.presenter.edit()
    form = dialog(page, TextDialog)
    form.text.setPlainText("Một dòng có {{nam hoc}}.")
    form.draw()
    assert "{{năm học}}" in form.refusal()
    form.text.setPlainText("Kế hoạch riêng của trường./.")
    form.field.set_current("bảng lớp")
    form.insert()
    form.draw()
    assert "{{bảng lớp}}" in form.text.toPlainText().splitlines()
    form._submit()
    settle(qtbot, jobs)
    assert page.chosen().version == 1
    page.presenter.edit()
    again = dialog(page, TextDialog)
    assert again.version.current() == 1
    again.version.set_current(0)
    again.show_version()
    assert again.text.toPlainText().startswith("{{căn cứ}}")


def test_the_dossier_from_the_first_part_to_the_handing_in(show, qtbot, jobs, school):
    work, actor = workspace(school, "secretary"), school.actor("secretary")
    page = show()
    page.show_tab("dossier")
    view = page.dossier
    QAbstractItemModelTester(view.lines, FAULTS)
    assert "chưa ghi hạn nộp" in view.deadline.text()
    assert not view.print_button.isEnabled()
    page.presenter.dossier.plan()
    plan = dialog(page, PlanDialog)
    plan.receiver.setText("Phòng Văn hóa - Xã hội")
    plan.due.set_value(date(2026, 11, 30))
    plan._submit()
    assert "còn 7 ngày" in view.deadline.text()
    for row, part in enumerate(DossierPart):
        view.table.selectRow(row)
        page.presenter.dossier.enclose()
        form = dialog(page, EnclosureDialog)
        form.paper.setText(f"Giấy tờ {part.value}")
        form._submit()
        assert "số tờ" in form.refusal()
        form.sheets.setText("2")
        form._submit()
    assert view.print_button.isEnabled()
    page.presenter.dossier.preview()
    settle(qtbot, jobs)
    assert dialog(page, PreviewDialog).pane.position_words()
    page.presenter.dossier.print_dossier()
    assert dialog(page, PaperDialog).pane.position_words()
    page.presenter.dossier.hand_in()
    hand = dialog(page, HandInDialog)
    hand.day.clear()
    hand._submit()
    assert "Chưa ghi ngày nộp" in hand._day_field.error()
    hand.day.set_value(date(2026, 11, 23))
    hand._submit()
    assert "đã nộp ngày 23/11/2026" in view.deadline.text()
    assert work.dossiers.board(actor, school.year_id).days_left is None


def test_the_page_goes_where_it_is_told(show):
    page = show(who="principal")
    assert page.edit_button.isVisible()
    page.go_to(tab="dossier")
    assert not page.edit_button.isVisible()
    page.go_to(tab="letters", kind="meeting")
    assert page.chosen().kind is LetterKind.MEETING
