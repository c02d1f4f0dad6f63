"""Bảng giấy, the other road: sign with a key file, file what came back, see how it is believed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pypdf
import pytest

from app.domain.signed_papers import SignCorner, SignPlace, Verdict
from app.readmodels.class_book import BookPart, BookScope
from app.services.printing import Printing
from app.services.trust_roots import TrustRoots
from app.signing_ports import Keystore
from exports.press import Paper, Tables
from exports.signing.pdf_signatures import PadesSignatures
from tests.gui.page_kit import show_page
from tests.gui.shots import colours_in, shoot
from tests.support.certificates import FILE_PASSWORD, Authority
from tests.support.record_book import book
from tests.support.school import TestSchool, make_school
from ui.pages.printing.page import PAPERS, PrintingPage
from ui.pages.printing.paper_dialogs import ReasonDialog
from ui.pages.printing.sign_places import places_to_sign

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow

AUTHORITY = Authority()
PRINCIPAL = AUTHORITY.issue("Lê Văn Khải")


@pytest.fixture
def school(tmp_path: Path) -> TestSchool:
    """6A filled and closed, its marks printed once."""
    kept = book(make_school(tmp_path, pupils=2))
    kept.fill()
    kept.close()
    made = kept.school
    press = Printing(made.uow, made.clock, Paper(), Tables())
    press.print_class_book(
        made.actor("secretary"), made.class_id, BookScope.YEAR, part=BookPart.MARKS
    )
    return made


def opened(window: MainWindow, qtbot: QtBot, school: TestSchool, who: str = "principal") -> Any:
    shown = show_page(window, qtbot, school, who, "prints", "In sổ", PrintingPage)
    shown.page.go_to(tab=PAPERS)
    return shown


def trust(school: TestSchool) -> None:
    TrustRoots(school.uow, school.clock, PadesSignatures()).install(
        school.actor("principal"), AUTHORITY.der
    )


def outside(school: TestSchool, folder: Path) -> Path:
    """A file signed on another PC."""
    content = Printing(school.uow, school.clock, Paper(), Tables()).content(1)
    store = Keystore(PRINCIPAL.pkcs12(), FILE_PASSWORD)
    path = folder / "da-ky.pdf"
    path.write_bytes(PadesSignatures().sign(content, store, SignPlace(), school.clock.now()))
    return path


def test_signing_here_asks_for_file_and_password_and_shows_the_result(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    trust(school)
    papers = opened(window, qtbot, school).page.presenter.papers
    view = papers.view
    assert view.sign_button.isVisible()
    assert not view.signed_link.isVisible()
    dialog = papers.signed.sign(view.chosen(), view)
    qtbot.waitUntil(dialog.isVisible)
    dialog.confirm.click()
    assert "Chưa chọn tệp chứng thư" in dialog.refusal()
    dialog.take_key("hieu-truong.p12", PRINCIPAL.pkcs12())
    dialog.password.setText("sai")
    dialog.confirm.click()
    assert "Mật khẩu của tệp chứng thư không đúng" in dialog.refusal()
    dialog.password.setText(FILE_PASSWORD)
    assert dialog.corner.currentText().startswith("Dưới “HIỆU TRƯỞNG”, trang ")
    assert not dialog.page.isEnabled()
    place = dialog.corner.current()
    dialog.corner.set_current(SignCorner.RIGHT)
    dialog.page.setText("99")
    dialog.confirm.click()
    assert "không có trang" in dialog.refusal()
    dialog.corner.set_current(place)
    assert len(colours_in(shoot(dialog))) > 6
    dialog.confirm.click()
    assert not dialog.isVisible()
    assert dialog.password.text() == ""
    assert view.signed_link.text() == "Bản ký số (1): tin cậy"
    assert len(colours_in(shoot(window))) > 8


def test_a_returned_file_is_looked_at_before_it_is_filed(
    window: MainWindow, qtbot: QtBot, school: TestSchool, tmp_path: Path
) -> None:
    papers = opened(window, qtbot, school, "secretary").page.presenter.papers
    view = papers.view
    dialog = papers.signed.judge(view.chosen(), view, outside(school, tmp_path))
    assert dialog is not None
    assert dialog.verdict.text() == Verdict.UNKNOWN_SOURCE.words
    assert papers.signed.filed(view.chosen()) == ()
    shoot(dialog)
    dialog.confirm.click()
    assert view.signed_link.text() == "Bản ký số (1): chưa rõ nguồn"
    files = papers.signed.files(view.chosen(), view)
    assert files is not None
    trust(school)
    files.check_button.click()
    assert Verdict.TRUSTED.words in files.said.text()
    shoot(files)
    files.reject()


def test_a_changed_file_cannot_be_filed_and_another_is_refused(
    window: MainWindow, qtbot: QtBot, school: TestSchool, tmp_path: Path
) -> None:
    shown = opened(window, qtbot, school, "secretary")
    papers = shown.page.presenter.papers
    view = papers.view
    path = outside(school, tmp_path)
    content = path.read_bytes()
    at = content.rindex(b"/SigFlags") + len(b"/SigFlags ")
    path.write_bytes(content[:at] + b"1" + content[at + 1 :])
    dialog = papers.signed.judge(view.chosen(), view, path)
    assert dialog is not None
    assert dialog.verdict.text() == Verdict.FALSE.words
    assert not hasattr(dialog, "confirm")
    dialog.reject()
    path.write_bytes(b"%PDF-1.7 nothing")
    assert papers.signed.judge(view.chosen(), view, path) is None
    assert papers.signed.judge(view.chosen(), view, tmp_path / "khong-co.pdf") is None
    assert papers.signed.filed(view.chosen()) == ()


def test_the_principal_decides_whom_the_school_believes(
    window: MainWindow, qtbot: QtBot, school: TestSchool, tmp_path: Path
) -> None:
    papers = opened(window, qtbot, school).page.presenter.papers
    path = tmp_path / "goc.cer"
    path.write_bytes(AUTHORITY.der)
    papers.signed.install(path, papers.view)
    roots = papers.signed.roots(papers.view)
    assert roots is not None
    assert [one.facts.name for one in roots.model.records()] == [AUTHORITY.name]
    shoot(roots)
    roots.foot.itemAt(roots.foot.count() - 2).widget().click()
    reason = next(d for d in papers.view.findChildren(ReasonDialog) if d.isVisible())
    reason.reason.setText("Thôi dùng")
    reason.confirm.click()
    again = papers.signed.roots(papers.view)
    assert again is not None
    assert again.model.records() == ()
    again.reject()


def test_a_teacher_sees_signed_files_and_is_offered_nothing(
    window: MainWindow, qtbot: QtBot, school: TestSchool, tmp_path: Path
) -> None:
    papers = opened(window, qtbot, school, "homeroom").page.presenter.papers
    view = papers.view
    assert not view.sign_button.isVisible()
    assert not view.receive_button.isVisible()
    roots = papers.signed.roots(view)
    assert roots is not None
    assert roots.foot.count() == 3  # links, room, Đóng
    roots.reject()


def test_the_picture_stands_in_the_room_under_the_title_and_a_place_is_for_one(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    papers = opened(window, qtbot, school).page.presenter.papers
    view = papers.view
    content = Printing(school.uow, school.clock, Paper(), Tables()).content(1)
    first = next(one for one in places_to_sign(content) if one.title == "HIỆU TRƯỞNG")
    for refusal in ("", "đã có chữ ký số"):
        dialog = papers.signed.sign(view.chosen(), view)
        dialog.take_key("a.p12", PRINCIPAL.pkcs12())
        dialog.password.setText(FILE_PASSWORD)
        dialog.confirm.click()
        assert refusal in dialog.refusal()
        dialog.reject()
    (paper,) = papers.signed.filed(view.chosen())
    service = papers.signed._work.signed_papers
    signed = service.content(school.actor("principal"), paper.id)
    page = pypdf.PdfReader(io.BytesIO(signed)).pages[first.page - 1]
    left, foot, right, top = map(float, page["/Annots"][0].get_object()["/Rect"])
    assert ((left + right) / 2, top) == first.under
    assert foot > 0
    assert places_to_sign(b"no pdf") == ()
