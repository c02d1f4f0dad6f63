"""The program from start to end over a real file: gate, session, F12, lock, close, first steps."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from shiboken6 import isValid

from app.commands.sample_school import PASSWORD as SAMPLE_PASSWORD
from app.errors import EnvironmentProblem
from app.readmodels.mark_sheet import CellKey, SheetId
from tests.gui.desk import Desk, cheap_toolbox, sit_down, type_into
from tests.gui.keyboard import press, type_text
from tests.gui.page_kit import open_windows
from tests.support.school import OFFICE, PASSWORD, TEACHERS, TestSchool, make_school
from ui.dialogs.confirm_dialog import ConfirmDialog
from ui.dialogs.help_dialog import HelpDialog
from ui.dialogs.password_dialogs import ChangePasswordDialog, NewPasswordDialog
from ui.dialogs.recovery_code_dialog import RecoveryCodeDialog
from ui.dialogs.ways_out_dialog import WaysOutDialog
from ui.pages.sign_in.recovery_dialog import RecoveryDialog
from ui.pages.welcome.draft import SchoolDraft
from ui.pages.welcome.page import WelcomePage
from ui.remembered_theme import RememberedTheme
from ui.theme.tokens import Mode
from ui.widgets.popover import NotePopover

Key = Qt.Key
NEW_PASSWORD = "con đò nhỏ chở trăng về"
RESET_PASSWORD = "phiếu của văn phòng số bảy"
LEADER, CLERK, TEACHER, OTHER = (
    OFFICE["principal"], OFFICE["secretary"], TEACHERS["tin_hoc"], TEACHERS["khtn"]
)  # fmt: skip
DRAFT = SchoolDraft(
    "Trường THCS Bình Minh", "UBND xã Bình Minh", "xã Bình Minh", "tỉnh Nghệ An", "Lê Thị Sáng",
    PASSWORD,
)  # fmt: skip
Start = Callable[..., Desk]


@pytest.fixture
def school(tmp_path: Any) -> TestSchool:
    """A closed file whose windows are open for typing."""
    made = make_school(tmp_path)
    open_windows(made)
    made.close()
    return made


@pytest.fixture
def start(qtbot: Any, look: Any, tmp_path: Any, monkeypatch: Any, request: Any) -> Iterator[Start]:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    desks: list[Desk] = []

    def begin(school: TestSchool | None = None, path: Any = None, **options: Any) -> Desk:
        clock = school.clock if school is not None else options.pop("clock")
        chosen = path or (school.path if school is not None else None)
        desks.append(sit_down(qtbot, look, clock, tmp_path, chosen, **options))
        return desks[-1]

    yield begin
    for desk in desks:
        desk.shell._leave()
        desk.window.hide()
        desk.window.deleteLater()
        assert not desk.shell.boundary._seen, "a fault reached the error boundary"


def maths_cell(school: TestSchool, pupil: int = 0, subject: str = "tin_hoc") -> dict[str, Any]:
    return {
        "class_id": school.class_id,
        "subject_id": school.subjects[subject],
        "pupil_id": school.pupils[pupil],
        "column": "HK1.tx1",
    }


def half_type(desk: Desk, school: TestSchool, text: str = "8,5") -> Any:
    """Open the first cell of the teacher's sheet and type without Enter; the page's grid."""
    assert desk.window.open_page("marks", **maths_cell(school))
    grid = desk.page.grid
    grid.table.setFocus()
    type_text(None, text)
    return grid


def stored(school: TestSchool) -> str:
    """What the file itself says of that cell; opens the closed file for a moment."""
    school.reopen()
    try:
        from app.services.mark_entry import MarkEntry

        view = MarkEntry(school.uow, school.clock).open(
            school.actor("tin_hoc"), SheetId(school.class_id, school.subjects["tin_hoc"])
        )
        column = next(at for at, one in enumerate(view.columns) if one.key == "HK1.tx1")
        return view.cells[0][column].text
    finally:
        school.close()


def trail(school: TestSchool) -> list[str]:
    school.reopen()
    try:
        return school.trail_kinds()
    finally:
        school.close()


# --- start


def test_the_gate_has_the_real_names_before_anything_is_loaded(
    start: Start, school: TestSchool
) -> None:
    waits = threading.Event()

    def slow_tools() -> Any:
        assert waits.wait(20)
        return cheap_toolbox()

    desk = start(school, make_tools=slow_tools)
    try:
        assert desk.shell.file is None
        assert set(desk.names) == {*OFFICE.values(), *TEACHERS.values()}
        assert "Trường THCS Đồng Xuân" in desk.gate._spine.accessibleName()
        type_text(desk.gate.search, "ngoc")
        assert desk.gate.names.names() == [TEACHER]
        desk.choose(TEACHER)
        desk.type_password()
        assert not desk.gate.open_button.isEnabled()
        assert desk.gate.open_button.text() == "Đang mở…"
    finally:
        waits.set()
    desk.until(lambda: desk.window.in_frame)
    assert desk.shell.work.session.actor.name == TEACHER


def test_disabled_people_are_not_listed(start: Start, tmp_path: Any) -> None:
    made = make_school(tmp_path)
    made.accounts.disable(made.actor("principal"), made.accounts_by_key["gddp"])
    made.close()
    desk = start(made)
    assert TEACHERS["gddp"] not in desk.names


def test_the_last_file_is_opened_again_and_a_lost_one_leads_to_the_welcome_page(
    start: Start, school: TestSchool, tmp_path: Any
) -> None:
    desk = start(school)
    desk.until_open()
    desk.shell._leave()
    again = start(clock=school.clock)
    assert again.gate is not None
    again.until_open()
    assert again.shell.file.path == school.path
    again.shell._leave()
    school.path.rename(tmp_path / "chuyển đi.khoaso")
    lost = start(clock=school.clock)
    assert isinstance(lost.window.centralWidget().currentWidget(), WelcomePage)
    ways = lost.dialog(WaysOutDialog)
    assert "đã bị chuyển, đổi tên hoặc xóa" in ways.sentence
    assert not [b for b in ways.findChildren(type(ways.restore_button)) if "Cứu" in b.text()]
    assert "Máy này chưa mở sổ nào" not in lost.words()
    ways.reject()


def test_a_sample_school_thrown_away_is_no_lost_book(start: Start, school: TestSchool) -> None:
    desk = start(school)
    desk.until_open()
    desk.shell._leave()
    gone = desk.shell.first_steps.sample_folder / "school.khoaso"
    desk.shell._recent.write(gone)
    again = start(clock=school.clock)
    again.until_quiet()
    assert "Máy này chưa mở sổ nào" in again.words()
    assert not again.window.findChildren(WaysOutDialog)


def test_a_second_window_on_the_same_file_gets_the_sentence(
    start: Start, school: TestSchool
) -> None:
    first = start(school)
    first.until_open()
    second = start(school)
    second.until(lambda: second.gate.trouble())
    assert school.path.name in second.gate.trouble()
    second.choose(LEADER)
    second.type_password()
    second.until(lambda: second.gate.open_button.isEnabled())
    assert "đang" in second.gate.trouble()
    assert not second.window.in_frame
    first.shell._leave()
    second.type_password()
    second.until(lambda: second.window.in_frame)
    assert second.gate is None


@pytest.mark.parametrize("damage", ["database", "keyfile", "newer"])
def test_a_damaged_file_says_so_where_the_person_looks(
    start: Start, school: TestSchool, damage: str
) -> None:
    keyfile = school.path.with_name(school.path.name + ".khoaso-key")
    if damage == "database":
        content = bytearray(school.path.read_bytes())
        content[5000:9000] = bytes(4000)
        school.path.write_bytes(content)
        desk = start(school)
        desk.until_open()
        desk.choose(LEADER)
        desk.type_password()
        desk.until(lambda: desk.gate.trouble())
        assert "bản sao lưu" in desk.gate.trouble()
        return
    text = keyfile.read_text(encoding="utf-8")
    changed = text.replace('"version": 1', '"version": 9') if damage == "newer" else text[:-40]
    keyfile.write_text(changed, encoding="utf-8")
    desk = start(school)
    assert isinstance(desk.window.centralWidget().currentWidget(), WelcomePage)
    from ui.dialogs.problem_dialog import ProblemDialog

    said = desk.dialog(WaysOutDialog if damage == "keyfile" else ProblemDialog)
    assert keyfile.name in desk.words()
    said.reject()


def test_closing_while_the_file_is_being_opened_asks_nothing(
    start: Start, school: TestSchool
) -> None:
    desk = start(school)
    assert desk.shell.file is None
    assert desk.window.close()
    school.reopen()  # the lock was let go
    school.close()


# --- sign in


def test_wrong_password_says_why_and_the_right_one_opens_the_pages_of_the_roles(
    start: Start, school: TestSchool
) -> None:
    desk = start(school)
    desk.choose(TEACHER)
    desk.type_password("sai mật khẩu rồi")
    desk.until(lambda: desk.gate.message())
    assert "ật khẩu" in desk.gate.message()
    assert not desk.window.in_frame
    desk.type_password()
    desk.until(lambda: desk.window.in_frame)
    pages = {spec.id for spec in desk.window._navigator.specs}
    assert {"home", "roster", "marks", "corrections"} <= pages
    assert pages.isdisjoint({"administration", "sealing", "lock_control"})
    assert not desk.window.open_page("administration")
    desk.window._switch_user()
    desk.sign_in(LEADER)
    pages = {spec.id for spec in desk.window._navigator.specs}
    assert {"administration", "sealing", "lock_control", "trail"} <= pages


def test_keys_are_never_derived_on_the_thread_of_the_window(
    start: Start, school: TestSchool, monkeypatch: Any
) -> None:
    import db.keys.slots as slots

    threads: list[Any] = []
    monkeypatch.setattr(slots, "Argon2id", _watching(slots.Argon2id, threads))
    desk = start(school)
    desk.sign_in(LEADER)
    desk.shell._change_password()
    dialog = desk.dialog(ChangePasswordDialog)
    dialog.old.setText(PASSWORD)
    dialog.new.setText(NEW_PASSWORD)
    dialog.again.setText(NEW_PASSWORD)
    dialog.change_button.click()
    desk.until_quiet()
    assert threads
    assert threading.main_thread() not in threads


def _watching(real: Any, threads: list[Any]) -> Any:
    def make(*args: Any, **options: Any) -> Any:
        threads.append(threading.current_thread())
        return real(*args, **options)

    return make


def test_tab_from_the_search_keeps_the_person(start: Start, school: TestSchool) -> None:
    desk = start(school)
    desk.gate.search.setText("ngoc")
    chosen = desk.gate.names.chosen_uid()
    assert chosen
    desk.gate.departments.setFocus(Qt.FocusReason.TabFocusReason)
    assert desk.gate.departments.hasFocus()
    assert desk.gate.names.chosen_uid() == chosen
    press(desk.gate.departments, Key.Key_Down)
    assert desk.gate.names.chosen_uid() == ""


# --- F12


def test_f12_saves_the_open_cell_ends_the_session_and_shows_the_names(
    start: Start, school: TestSchool
) -> None:
    desk = start(school)
    desk.sign_in(TEACHER)
    half_type(desk, school)
    press(desk.page.grid.table, Key.Key_F12)
    desk.window._switch_user()
    assert desk.gate is not None
    assert desk.shell.work is None
    assert desk.shell.file.session is None
    desk.shell._leave()
    assert stored(school) == "8,5"
    assert "session.sign_out" in trail(school)


def test_a_refused_cell_keeps_its_person(start: Start, school: TestSchool) -> None:
    desk = start(school)
    desk.sign_in(TEACHER)
    half_type(desk, school, "10,5")
    desk.window._switch_user()
    assert desk.window.in_frame
    assert desk.shell.file.session is not None
    assert not desk.window.close()
    press(None, Key.Key_Escape)


def test_nothing_of_the_former_person_is_left(start: Start, school: TestSchool) -> None:
    from ui.pages.marks.page import MarksPage

    desk = start(school)
    desk.sign_in(TEACHER)
    assert desk.window.open_page("marks", **maths_cell(school))
    pickers = desk.page.topbar_widgets()
    desk.window.frame.toast("Điểm của An đã lưu")
    desk.window._switch_user()
    desk.sign_in(OTHER)
    desk.until(lambda: not desk.window.findChildren(MarksPage))
    desk.until(lambda: not any(isValid(picker) for picker in pickers))
    assert "Điểm của An" not in desk.words()
    assert TEACHER not in desk.words()
    assert desk.window.open_page("marks")
    assert [choice.subject_name for choice in desk.page._choices] == ["Khoa học tự nhiên"]


def test_f12_waits_for_running_work(start: Start, school: TestSchool) -> None:
    desk = start(school)
    desk.sign_in(LEADER)
    desk.until_quiet()
    from ui.jobs.job_runner import Lane

    go_on = threading.Event()
    desk.shell.jobs.submit(lambda _: go_on.wait(10), owner=desk.shell, lane=Lane.FILES)
    desk.window._switch_user()
    assert desk.window.in_frame
    assert "đợi việc ấy xong" in desk.window.sentence
    desk.shell.lock()
    assert desk.window.in_frame
    go_on.set()
    desk.until_quiet()


# --- the automatic lock


def test_the_same_person_comes_back_to_the_same_cell_and_typing(
    start: Start, school: TestSchool
) -> None:
    desk = start(school)
    desk.sign_in(TEACHER)
    grid = half_type(desk, school, "8,")
    desk.shell._idle.idle_reached.emit()
    assert desk.gate is not None
    assert desk.gate.password.hasFocus()
    desk.type_password()
    desk.until(lambda: desk.window.in_frame)
    assert desk.page.grid is grid
    assert grid.active_key() == CellKey(school.pupils[0], "HK1.tx1")
    type_text(None, "5\n")
    desk.shell._leave()
    assert stored(school) == "8,5"
    assert trail(school).count("session.sign_out") == trail(school).count("session.sign_in") - 2


def test_another_person_gets_a_session_of_their_own_after_the_lock(
    start: Start, school: TestSchool
) -> None:
    desk = start(school)
    desk.sign_in(TEACHER)
    half_type(desk, school, "3")
    desk.shell.lock()
    desk.choose(OTHER)
    desk.type_password("không phải mật khẩu này")
    desk.until(lambda: desk.gate.message())
    assert desk.shell.file.session.actor.name == TEACHER, "a stranger's guess ended the session"
    desk.type_password()
    desk.until(lambda: desk.window.in_frame)
    assert desk.shell.work.session.actor.name == OTHER
    assert desk.shell.file.session is desk.shell.work.session
    desk.shell._leave()
    assert stored(school) == "", "what was half typed is nobody's mark"


def test_dialogs_and_popovers_wait_out_of_sight(start: Start, school: TestSchool) -> None:
    desk = start(school)
    desk.sign_in(LEADER)
    desk.shell._change_password()
    dialog = desk.dialog(ChangePasswordDialog)
    note = NotePopover(desk.window._look, "Ô đã khóa", "Điểm của An là 8,5.", desk.window)
    note.point_at(desk.window.rail)
    desk.shell.lock()
    assert not dialog.isVisible()
    assert not note.isVisible()
    assert "Điểm của An" not in desk.words()
    desk.type_password()
    desk.until(lambda: desk.window.in_frame)
    assert dialog.isVisible()
    assert note.isVisible()
    desk.shell.lock()
    desk.sign_in(CLERK)
    desk.until(lambda: not desk.window.findChildren(ChangePasswordDialog))


# --- close


def test_closing_saves_the_open_cell_and_backs_up_what_changed(
    start: Start, school: TestSchool
) -> None:
    desk = start(school)
    desk.sign_in(TEACHER)
    half_type(desk, school)
    desk.window.close()
    desk.until(lambda: not desk.window.isVisible())
    assert stored(school) == "8,5"
    assert trail(school)[-4:-2].count("backup.made") or "backup.made" in trail(school)
    assert list((school.path.parent / "sao-luu").iterdir())


def test_closing_without_changes_makes_no_backup(start: Start, school: TestSchool) -> None:
    desk = start(school)
    desk.sign_in(LEADER)
    desk.window.close()
    desk.until(lambda: not desk.window.isVisible())
    made = trail(school).count("backup.made")
    again = start(school)
    again.sign_in(LEADER)
    assert again.window.close()
    assert trail(school).count("backup.made") == made


def test_a_failed_backup_keeps_nobody_at_school(
    start: Start, school: TestSchool, monkeypatch: Any
) -> None:
    desk = start(school)
    desk.sign_in(TEACHER)
    half_type(desk, school)
    press(None, Key.Key_Return)

    def no_room(*_: object) -> Any:
        raise EnvironmentProblem("disk_full", "Ổ đĩa đã đầy nên chưa sao lưu được.")

    from app.services.backups import Backups

    monkeypatch.setattr(Backups, "make_at_close", no_room)
    assert not desk.window.close()
    asked = desk.dialog(ConfirmDialog)
    assert "Ổ đĩa đã đầy" in desk.words()
    asked.reject()
    assert desk.window.isVisible()
    assert not desk.window.close()
    asked = desk.dialog(ConfirmDialog)
    asked.action_button.click()
    desk.until(lambda: not desk.window.isVisible())
    monkeypatch.undo()
    assert stored(school) == "8,5"


def test_a_backup_put_off_shows_at_the_next_sign_in(
    start: Start, school: TestSchool, monkeypatch: Any
) -> None:
    from app.progress import Cancelled
    from app.services.backups import Backups

    school.reopen()
    Backups(school.uow, school.clock, school.session.backups).make_now(school.actor("principal"))
    school.close()
    desk = start(school)
    desk.sign_in(TEACHER)
    desk.until_quiet()
    assert "Sao lưu đã thử mở: hôm nay" in desk.window.status.texts()[1]
    half_type(desk, school)

    def put_off(*_: object) -> Any:
        raise Cancelled

    with monkeypatch.context() as patch:
        patch.setattr(Backups, "make_at_close", put_off)
        desk.window.close()
        desk.until(lambda: not desk.window.isVisible())
    again = start(school)
    again.sign_in(LEADER)
    again.until_quiet()
    assert "có việc chưa sao lưu" in again.window.status.texts()[1]


# --- recovery, passwords, theme


def test_the_recovery_code_sets_a_leaders_password_and_signs_in(
    start: Start, school: TestSchool
) -> None:
    desk = start(school)
    desk.gate.forgotten.emit()
    recovery = desk.dialog(RecoveryDialog)
    type_into(recovery.code, "AAAA-BBBB")
    recovery.open_button.click()
    desk.until(lambda: recovery.open_button.isEnabled())
    assert recovery.isVisible()
    type_into(recovery.code, school.recovery_code)
    recovery.open_button.click()
    dialog = desk.dialog(NewPasswordDialog)
    offered = {dialog.who.itemText(at).split(" (")[0] for at in range(dialog.who.count())}
    assert offered == {OFFICE["principal"], OFFICE["admin"]}
    dialog.new.setText(NEW_PASSWORD)
    dialog.again.setText(NEW_PASSWORD)
    dialog.set_button.click()
    desk.until(lambda: desk.window.in_frame)
    desk.shell._leave()
    again = start(school)
    again.sign_in(LEADER, NEW_PASSWORD)
    with again.shell.work.session.uow.read() as uow:
        assert "account.recovered" in [entry.kind for entry in uow.trail.all_entries()]


def test_changing_ones_own_password(start: Start, school: TestSchool) -> None:
    desk = start(school)
    desk.sign_in(TEACHER)
    desk.window.password_change_requested.emit()
    dialog = desk.dialog(ChangePasswordDialog)
    dialog.old.setText(PASSWORD)
    dialog.new.setText("ngắn")
    dialog.again.setText("ngắn")
    dialog.change_button.click()
    assert dialog.isVisible(), "a weak password is refused where it is typed"
    dialog.new.setText(NEW_PASSWORD)
    dialog.again.setText(NEW_PASSWORD)
    dialog.change_button.click()
    desk.until_quiet()
    desk.window._switch_user()
    desk.choose(TEACHER)
    desk.type_password(PASSWORD)
    desk.until(lambda: desk.gate.message())
    desk.type_password(NEW_PASSWORD)
    desk.until(lambda: desk.window.in_frame)


def reset(school: TestSchool) -> None:
    """The administrator sets the teacher's password anew; the file is closed again."""
    school.reopen()
    teacher = school.accounts_by_key["tin_hoc"]
    school.accounts.reset_password(school.actor("admin"), teacher, RESET_PASSWORD)
    school.close()


def test_a_password_set_by_another_is_changed_before_anything_else(
    start: Start, school: TestSchool
) -> None:
    reset(school)
    desk = start(school)
    desk.sign_in(TEACHER, RESET_PASSWORD)
    dialog = desk.dialog(ChangePasswordDialog)
    assert "hai người biết" in desk.words()
    dialog.old.setText(RESET_PASSWORD)
    for field in (dialog.new, dialog.again):
        field.setText(RESET_PASSWORD)
    dialog.change_button.click()
    desk.until_quiet()
    # The same one again is refused, and the question stays.
    from ui.dialogs.problem_dialog import ProblemDialog

    for box in desk.window.findChildren(ProblemDialog):
        box.reject()
    dialog = desk.dialog(ChangePasswordDialog)
    dialog.old.setText(RESET_PASSWORD)
    for field in (dialog.new, dialog.again):
        field.setText(NEW_PASSWORD)
    dialog.change_button.click()
    desk.until_quiet()
    assert not desk.shell.work.accounts.must_change_password(desk.shell.work.session.actor)
    desk.window._switch_user()
    desk.sign_in(TEACHER, NEW_PASSWORD)
    assert not [d for d in desk.window.findChildren(ChangePasswordDialog) if d.isVisible()]


def test_whoever_does_not_change_such_a_password_is_not_let_in(
    start: Start, school: TestSchool
) -> None:
    reset(school)
    desk = start(school)
    desk.sign_in(TEACHER, RESET_PASSWORD)
    desk.dialog(ChangePasswordDialog).reject()
    desk.until(lambda: not desk.window.in_frame)


def test_the_theme_is_switched_everywhere_and_remembered(
    start: Start, school: TestSchool, look: Any, tmp_path: Any
) -> None:
    kept = RememberedTheme(QSettings(str(tmp_path / "khoaso.ini"), QSettings.Format.IniFormat))
    desk = start(school)
    desk.sign_in(TEACHER)
    assert kept.read() is None, "nobody chose: the system decides"
    desk.window.top_bar.theme_requested.emit()
    assert look.mode is Mode.DARK
    assert kept.read() is Mode.DARK
    desk.window._switch_user()
    assert desk.gate is not None
    desk.sign_in(LEADER)
    desk.window.top_bar.theme_requested.emit()
    assert look.mode is Mode.LIGHT
    assert kept.read() is Mode.LIGHT


def test_f1_at_the_gate_opens_the_manual(start: Start, school: TestSchool) -> None:
    desk = start(school)
    desk.window._help()
    assert desk.dialog(HelpDialog).view.chapter_id() == "sign_in"


# --- first steps


def test_a_new_school_from_the_welcome_page_to_administration(
    start: Start, school: TestSchool, tmp_path: Any
) -> None:
    desk = start(clock=school.clock)
    welcome = desk.window.centralWidget().currentWidget()
    assert isinstance(welcome, WelcomePage)
    verdict = desk.shell.first_steps.judge("123456")
    assert not verdict.is_good
    path = tmp_path / "Bình Minh.khoaso"
    desk.shell.first_steps.create_school(DRAFT, path)
    dialog = desk.dialog(RecoveryCodeDialog)
    dialog.by_hand.click()
    groups = dialog.code_label.text().split()
    assert not dialog.done_button.isEnabled()
    type_into(dialog.answers[0], groups[dialog.asked[0]].lower())
    type_into(dialog.answers[1], "SAI")
    assert not dialog.done_button.isEnabled()
    type_into(dialog.answers[1], groups[dialog.asked[1]])
    dialog.done_button.click()
    assert desk.shell.work.recovery.confirmed_at() is not None
    desk.until(lambda: desk.window.in_frame)
    assert desk.shell.work.session.actor.name == "Lê Thị Sáng"
    assert desk.window._navigator.current_id == "administration"
    settings = QSettings(str(tmp_path / "khoaso.ini"), QSettings.Format.IniFormat)
    assert settings.value("last_file") == str(path.resolve())


def test_an_unproved_recovery_sheet_is_not_passed_over_in_silence(
    start: Start, school: TestSchool, tmp_path: Any
) -> None:
    desk = start(clock=school.clock)
    desk.shell.first_steps.create_school(DRAFT, tmp_path / "b.khoaso")
    desk.dialog(RecoveryCodeDialog).reject()
    desk.until(lambda: desk.window.in_frame)
    assert "Phiếu khôi phục chưa được xác nhận" in desk.window.sentence


def test_a_refused_new_school_leaves_the_welcome_page(
    start: Start, school: TestSchool, tmp_path: Any
) -> None:
    from ui.dialogs.problem_dialog import ProblemDialog

    desk = start(clock=school.clock)
    desk.shell.first_steps.create_school(DRAFT, school.path)
    desk.dialog(ProblemDialog).reject()
    assert isinstance(desk.window.centralWidget().currentWidget(), WelcomePage)


def test_the_sample_school(start: Start, school: TestSchool) -> None:
    desk = start(clock=school.clock)
    steps = desk.shell.first_steps
    steps.sample_size = (1, 3)
    steps.try_sample()
    desk.until(lambda: desk.gate is not None)
    desk.until(lambda: SAMPLE_PASSWORD in desk.window.sentence)
    assert desk.names
    desk.sign_in(desk.names[0], SAMPLE_PASSWORD)
    desk.window._switch_user()
    desk.shell._leave()
    again = start(clock=school.clock)
    again.shell.first_steps.try_sample()
    again.until_open()


def test_a_cancelled_sample_leaves_nothing_to_open(
    start: Start, school: TestSchool, monkeypatch: Any
) -> None:
    from app.progress import Cancelled

    desk = start(clock=school.clock)

    def cancelled(*_: object, **__: object) -> Any:
        raise Cancelled

    import app.commands.sample as sample

    monkeypatch.setattr(sample, "make_sample", cancelled)
    desk.shell.first_steps.try_sample()
    desk.until_quiet()
    assert isinstance(desk.window.centralWidget().currentWidget(), WelcomePage)
    folder = desk.shell.first_steps.sample_folder
    assert not folder.exists()
    assert not list(folder.parent.glob("truong-mau*"))
