"""The file as a whole at one desk: restores at the gate, practice, revoked keys, settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QSettings

from app.services.backups import Backups
from app.services.settings import BACKUP_HOURS, IDLE, Settings
from db.keys.keyfile import keyfile_path
from db.salvaging.pages import PAGE, Pages
from db.salvaging.shapes import shapes_of
from db.salvaging.tables import read_contents
from tests.gui.desk import Desk, sit_down
from tests.support.school import OFFICE, PASSWORD, TEACHERS, TestSchool, make_school
from ui.dialogs.problem_dialog import ProblemDialog
from ui.dialogs.restore_dialog import RestoreDialog
from ui.dialogs.salvage_dialog import SalvageDialog
from ui.dialogs.ways_out_dialog import WaysOutDialog
from ui.pages.administration.account_key_dialogs import RevokeDialog
from ui.widgets.labels import Label

LEADER, CLERK = OFFICE["principal"], OFFICE["secretary"]
Start = Callable[..., Desk]


@pytest.fixture
def school(tmp_path: Any) -> TestSchool:
    """A closed file with one backup and work after it."""
    made = make_school(tmp_path)
    Backups(made.uow, made.clock, made.session.backups).make_now(made.actor("principal"))
    made.clock.advance(timedelta(minutes=10))
    made.rosters.freeze(made.actor("secretary"), made.class_id)
    made.close()
    return made


@pytest.fixture
def start(qtbot: Any, look: Any, tmp_path: Any, monkeypatch: Any) -> Iterator[Start]:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    desks: list[Desk] = []

    def begin(school: TestSchool, path: Any = None) -> Desk:
        desks.append(sit_down(qtbot, look, school.clock, tmp_path, path or school.path))
        return desks[-1]

    yield begin
    for desk in desks:
        desk.shell._leave()
        desk.window.hide()
        desk.window.deleteLater()
        assert not desk.shell.boundary._seen, "a fault reached the error boundary"


def frozen(desk: Desk, school: TestSchool) -> bool:
    return desk.shell.work.setup.classes(school.year_id)[0].roster_frozen_at is not None


def restore(desk: Desk, school: TestSchool) -> None:
    box = desk.dialog(RestoreDialog)
    box.who.set_current(school.uid("principal"))
    box.secret.setText(PASSWORD)
    box.look_button.click()
    desk.until(lambda: box.plan is not None)
    box.restore_button.click()
    desk.until(lambda: "Đã khôi phục" in desk.window.sentence)


def test_a_book_is_restored_before_anybody_signs_in(start: Start, school: TestSchool) -> None:
    desk = start(school)
    desk.until_open()
    desk.gate.restore_requested.emit()
    restore(desk, school)
    assert "da-thay" in desk.window.sentence
    desk.sign_in(LEADER)
    assert not frozen(desk, school)


def test_a_damaged_book_too(start: Start, school: TestSchool) -> None:
    keyfile_path(school.path).write_bytes(b"broken" * 20)
    desk = start(school)
    desk.until(lambda: [d for d in desk.window.findChildren(WaysOutDialog) if d.isVisible()])
    ways = desk.dialog(WaysOutDialog)
    assert "Tệp khóa" in ways.sentence or "tệp khóa" in ways.sentence
    ways.restore_button.click()
    restore(desk, school)
    desk.until(lambda: desk.gate is not None)
    desk.sign_in(LEADER)
    assert not frozen(desk, school)


def test_a_book_with_damaged_pages_is_salvaged_from_its_sign_in_page(
    start: Start, school: TestSchool
) -> None:
    key = school.session.unlocked.database_key
    pages = Pages(school.path, key)
    contents = read_contents(pages, lambda found: None, shapes_of)
    pages.close()
    (leaf,) = sorted(contents.trees["print_run"].seen)[-1:]
    with school.path.open("r+b") as file:
        file.seek((leaf - 1) * PAGE + 40)
        file.write(b"scratched")
    desk = start(school)
    desk.until_open()
    desk.choose(LEADER)
    desk.type_password()
    desk.until(lambda: "không qua được kiểm tra" in desk.gate.trouble())
    desk.gate.salvage_button.click()
    box = desk.dialog(SalvageDialog)
    box.who.set_current(school.uid("principal"))
    box.secret.setText("một câu sai hẳn")
    box.start_button.click()
    desk.until(lambda: "chưa đúng" in box.secret_field.error())
    box.secret.setText(PASSWORD)
    box.start_button.click()
    desk.until(lambda: box.made is not None)
    assert [one.name for one in box.made.damaged] == ["print_run"]
    assert box.made.list_path.exists()
    box.open_button.click()
    desk.until(lambda: desk.shell.file is not None and desk.shell.file.path == box.made.path)
    desk.sign_in(LEADER)
    assert frozen(desk, school)


def test_restoring_from_inside_signs_everybody_out(start: Start, school: TestSchool) -> None:
    desk = start(school)
    desk.sign_in(LEADER)
    assert frozen(desk, school)
    desk.window.open_page("administration", section="backups")
    desk.page.sections["backups"].safety.restore()
    restore(desk, school)
    assert not desk.window.has_session
    assert desk.shell.work is None
    desk.sign_in(LEADER)
    assert not frozen(desk, school)


def test_an_empty_pc_gets_the_book_from_the_welcome_page(
    start: Start, school: TestSchool, tmp_path: Any
) -> None:
    desk = start(school)
    desk.until_open()
    steps = desk.shell.first_steps
    steps.restore_into(school.path.parent / "sao-luu", school.path)
    desk.until(lambda: "đã có tệp" in desk.words())
    desk.dialog(ProblemDialog).reject()
    target = tmp_path / "máy mới" / "Sổ.khoaso"
    target.parent.mkdir()
    steps.restore_into(school.path.parent / "sao-luu", target)
    box = desk.dialog(RestoreDialog)
    assert box.safe_button.text() == "Để sau"
    assert box.look_button.text() == "Mở thử bản này"
    box.who.set_current(school.uid("principal"))
    box.secret.setText(PASSWORD)
    box.look_button.click()
    desk.until(lambda: box.plan is not None)
    assert box.plan.lost.entries == 0
    said = [label.text() for label in box.findChildren(Label)]
    assert any("Máy này chưa có sổ" in text for text in said)
    assert not any("Tệp đang dùng" in text for text in said)
    box.restore_button.click()
    desk.until(lambda: desk.shell.file is not None and desk.shell.file.path == target)
    desk.sign_in(LEADER)
    assert not frozen(desk, school)


def test_practice_is_marked_and_left_again(start: Start, school: TestSchool, tmp_path: Any) -> None:
    desk = start(school)
    desk.sign_in(LEADER)
    assert desk.window.menuWidget() is None
    desk.window.open_page("administration", section="backups")
    desk.page.sections["backups"].safety.practise()
    desk.until(lambda: desk.gate is not None and desk.shell.file is not None)
    desk.until(lambda: desk.shell.file.path != school.path)
    assert "ĐANG TẬP" in desk.window.windowTitle()
    assert desk.window.menuWidget().isVisible()
    settings = QSettings(str(tmp_path / "khoaso.ini"), QSettings.Format.IniFormat)
    assert settings.value("last_file") == str(school.path.resolve())
    desk.sign_in(CLERK)
    assert desk.window.menuWidget().isVisible()
    desk.window.menuWidget().back_button.click()
    desk.until(lambda: desk.shell.file is not None and desk.shell.file.path == school.path)
    assert desk.window.menuWidget() is None
    assert desk.window.windowTitle() == "Khóa Sổ"
    desk.sign_in(LEADER)


def test_after_a_revocation_the_session_goes_on(start: Start, school: TestSchool) -> None:
    desk = start(school)
    desk.sign_in(LEADER)
    desk.window.open_page("administration", section="accounts")
    section = desk.page.sections["accounts"]
    for row, account in enumerate(section.model.records()):
        if account.full_name == TEACHERS["gdtc"]:
            section.table.selectRow(row)
    section.keys.revoke()
    box = desk.dialog(RevokeDialog)
    box.agreed.setChecked(True)
    before = desk.shell.work
    box.revoke_button.click()
    desk.until(lambda: desk.shell.work is not None and desk.shell.work is not before)
    assert desk.page.tabs.current() == "accounts"
    assert desk.shell.work.backups.changed_since_last()
    desk.window.switch_user_requested.emit()
    desk.until(lambda: desk.gate is not None)
    assert TEACHERS["gdtc"] not in desk.names
    desk.sign_in(CLERK)


def test_the_lock_and_the_backups_follow_the_settings(start: Start, school: TestSchool) -> None:
    desk = start(school)
    desk.sign_in(LEADER)
    desk.until_quiet()
    work = desk.shell.work
    assert desk.shell._idle._minutes == 10
    actor = work.session.actor
    desk.window.commands.run(lambda: work.settings.set_number(actor, IDLE, 3))
    assert desk.shell._idle._minutes == 3
    watch = desk.shell._backups
    watch.back_up_if_due()
    desk.until_quiet()
    assert len(work.restores.shelf()) == 1, "no interval, no backup"
    desk.window.commands.run(lambda: work.settings.set_number(actor, BACKUP_HOURS, 2))
    watch.back_up_if_due()
    desk.until_quiet()
    assert len(work.restores.shelf()) == 1, "the last one is ten minutes old"
    school.clock.advance(timedelta(hours=2))
    watch.back_up_if_due()
    desk.until_quiet()
    assert len(work.restores.shelf()) == 2
    school.clock.advance(timedelta(hours=2))
    watch.back_up_if_due()
    desk.until_quiet()
    assert len(work.restores.shelf()) == 2, "nothing changed since"


def test_nobody_holds_the_sheet_until_the_principal_says_so(
    start: Start, school: TestSchool
) -> None:
    desk = start(school)
    desk.sign_in(CLERK)
    desk.until_quiet()
    assert "phiếu khôi phục" not in desk.words()
    desk.window.switch_user_requested.emit()
    desk.until(lambda: desk.gate is not None)
    desk.sign_in(LEADER)
    desk.until(lambda: "Lập phiếu" in desk.words())
    work = desk.shell.work
    actor = work.session.actor
    desk.window.commands.run(lambda: work.recovery.confirm(actor, printed=True))
    desk.until(lambda: "Lập phiếu" not in desk.words())


def test_settings_survive_a_restart(school: TestSchool) -> None:
    school.reopen()
    Settings(school.uow, school.clock).set_number(school.actor("principal"), IDLE, 5)
    school.close()
    school.reopen()
    assert Settings(school.uow, school.clock).number(IDLE) == 5
    school.close()
