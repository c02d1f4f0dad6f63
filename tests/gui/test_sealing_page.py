"""Niêm phong: from open work to minutes, with every refusal on the way."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from app.domain.print_runs import SEALING_MINUTES
from app.media import BoundDrive, DriveFacts, DriveSource, SealReport, SealRequest
from app.progress import Progress, no_progress
from app.readmodels.class_book import BookScope
from app.services.printing import Printing
from app.services.sealing import OpenItem, OpenWork
from exports.press import Paper, Tables
from exports.seal.bag import write_bag
from exports.seal.drives_folder import FolderDrives
from tests.gui.page_kit import Shown, close_all, show_page, workspace
from tests.gui.sample_pages import TypingPage
from tests.support.school import PASSWORD, TestSchool, make_school
from tests.support.year_end import settle
from ui.navigation import PageSpec
from ui.pages.sealing.dialogs import MinutesDialog, VerdictDialog
from ui.pages.sealing.page import SealingPage
from ui.pages.sealing.presenter import Stage
from ui.pages.sealing.progress_state import Phase, SealProgress
from ui.pages.sealing.words import grouped
from ui.widgets.buttons import Button

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow

NOBODY: frozenset[str] = frozenset()
LATE = 20_000


class PluggedDrives(FolderDrives):
    """One good folder and one that is the database's own disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def candidates(self, database_path: Path) -> list[DriveFacts]:
        good = replace(
            self.inspect(self.folder, database_path), label="HSHS-A", serial="WX21A77K5810"
        )
        bad = replace(
            good, label="Đĩa C", source=DriveSource.DRIVE, same_disk_as_database=True,
            mount=self.folder.parent,
        )  # fmt: skip
        return [bad, good]


class HeldWriter:
    """A bag writer that waits until the test lets it go on."""

    def __init__(self) -> None:
        self.started, self.go_on = threading.Event(), threading.Event()

    def __call__(
        self,
        request: SealRequest,
        drive: BoundDrive,
        target_folder: Path,
        progress: Progress = no_progress,
    ) -> SealReport:
        progress(1, 300, "Đang ghi")
        self.started.set()
        self.go_on.wait(20)
        progress(2, 300, "Đang ghi")
        return write_bag(request, drive, target_folder, progress)


@pytest.fixture
def school(tmp_path: Path) -> TestSchool:
    return make_school(tmp_path, pupils=2)


@pytest.fixture
def ready(school: TestSchool) -> TestSchool:
    close_all(school)
    settle(school)
    Printing(school.uow, school.clock, Paper(), Tables()).print_class_book(
        school.actor("secretary"), school.class_id, BookScope.YEAR
    )
    return school


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    folder = tmp_path / "ổ rời"
    folder.mkdir()
    return folder


def opened(
    window: MainWindow,
    qtbot: QtBot,
    school: TestSchool,
    drive: Path,
    *,
    who: str = "secretary",
    folder: Path | None = None,
    writer: Any = write_bag,
) -> Shown:
    work = workspace(school, who, drives=PluggedDrives(drive), bag_writer=writer)
    more = tuple(
        PageSpec(name, name, "home", 2, NOBODY, TypingPage) for name in ("lock_control", "printing")
    )
    shown = show_page(
        window, qtbot, school, who, "sealing", "Niêm phong",
        lambda c, w: SealingPage(
            c, w, lambda _parent, _title, chosen, _start: chosen(folder or drive)
        ),
        work, more,
    )  # fmt: skip
    qtbot.waitUntil(lambda: shown.page.presenter.ready is not None, timeout=LATE)
    return shown


def to_drives(qtbot: QtBot, page: SealingPage) -> None:
    page.next_button.click()
    qtbot.waitUntil(lambda: page.drives.model.rowCount() > 0, timeout=LATE)


def fill_in(page: SealingPage, password: str = PASSWORD) -> None:
    page.drives.witnesses.setText("Phạm Thị Hồng Nhung, Phó hiệu trưởng")
    page.drives.keeper.setText("Trần Thị Mai, Văn thư")
    page.drives.decider.password.setText(password)


def seal(qtbot: QtBot, page: SealingPage) -> None:
    to_drives(qtbot, page)
    fill_in(page)
    page.seal_button.click()
    qtbot.waitUntil(lambda: page.presenter.stage is Stage.RESULT, timeout=LATE)


def test_open_work_is_listed_and_leads_to_its_page(
    window: MainWindow, qtbot: QtBot, school: TestSchool, drive: Path
) -> None:
    page = opened(window, qtbot, school, drive).page
    assert "Lớp 6A chưa chốt cả năm." in page.readiness.links()
    assert not page.next_button.isEnabled()
    (way,) = page.readiness.findChildren(Button)
    way.click()
    assert window.current_page() is not page


def test_a_page_of_other_people_is_said(
    window: MainWindow, qtbot: QtBot, school: TestSchool, drive: Path
) -> None:
    shown = opened(window, qtbot, school, drive)
    shown.page.presenter.open_item(OpenItem(OpenWork.CLASSES, "Năm học chưa có lớp nào."))
    assert "F12" in shown.said


def test_unfit_drives_say_why_and_cannot_be_sealed(
    window: MainWindow, qtbot: QtBot, ready: TestSchool, drive: Path
) -> None:
    page = opened(window, qtbot, ready, drive).page
    to_drives(qtbot, page)
    assert page.drives.chosen().facts.label == "HSHS-A"
    fill_in(page)
    assert page.seal_button.isEnabled()
    assert "HSHS-A" in page.seal_button.text()
    page.drives.table.selectRow(0)
    assert "đĩa đang chứa tệp dữ liệu" in page.drives.why.text()
    assert not page.seal_button.isEnabled()


def test_the_button_waits_for_witnesses_keeper_and_password(
    window: MainWindow, qtbot: QtBot, ready: TestSchool, drive: Path
) -> None:
    page = opened(window, qtbot, ready, drive).page
    to_drives(qtbot, page)
    fill_in(page)
    for field in (page.drives.witnesses, page.drives.keeper, page.drives.decider.password):
        kept = field.text()
        field.setText("")
        assert not page.seal_button.isEnabled()
        field.setText(kept)
        assert page.seal_button.isEnabled()


def test_a_whole_seal_with_its_minutes(
    window: MainWindow, qtbot: QtBot, ready: TestSchool, drive: Path
) -> None:
    shown = opened(window, qtbot, ready, drive)
    page = shown.page
    seal(qtbot, page)
    record = page.presenter.record
    assert (drive / record.bag_name / "bagit.txt").exists()
    assert page.result.fingerprint.text() == grouped(record.fingerprint)
    assert page.result.digest.text().replace(" ", "").replace("\n", "").lower() == (
        record.tagmanifest_sha512
    )
    assert page.drives.decider.password.text() == ""
    assert page.media.model().rowCount() == 1
    page.minutes_button.click()
    dialog = page.findChild(MinutesDialog)
    dialog.confirm.click()
    assert "Chưa ghi nơi lưu giữ" in dialog._storage_line.error()
    dialog.storage.setText("Tủ số 2, phòng Văn thư")
    dialog.confirm.click()
    assert "bản in số 0002" in shown.said
    with ready.uow.read() as uow:
        assert uow.prints.of_year(ready.year_id)[0].kind == SEALING_MINUTES
    assert ready.trail_kinds()[-3:] == ["year.seal", "medium.placed", "print.run"]
    (medium,) = page.presenter.media.media
    assert medium.history.place == "Tủ số 2, phòng Văn thư"
    page.minutes_button.click()
    again = [d for d in page.findChildren(MinutesDialog) if d.isVisible()][-1]
    assert again.storage.text() == "Tủ số 2, phòng Văn thư"
    again.storage.setText("Kho lưu trữ của xã")
    again.confirm.click()
    assert ready.trail_kinds()[-2:] == ["print.run", "print.run"], "a reprint moves no medium"


def test_a_wrong_password_seals_nothing_and_keeps_the_names(
    window: MainWindow, qtbot: QtBot, ready: TestSchool, drive: Path
) -> None:
    shown = opened(window, qtbot, ready, drive)
    page = shown.page
    to_drives(qtbot, page)
    fill_in(page, "sai mật khẩu rồi")
    page.seal_button.click()
    qtbot.waitUntil(lambda: page.presenter.stage is Stage.DRIVE, timeout=LATE)
    qtbot.waitUntil(lambda: bool(shown.said.strip()), timeout=LATE)
    assert "ật khẩu" in shown.said
    assert page.drives.keeper.text() == "Trần Thị Mai, Văn thư"
    assert page.drives.decider.password.text() == ""
    assert list(drive.iterdir()) == []
    assert page.presenter.media.seals == ()


def test_stopping_leaves_no_bag_and_no_record(
    window: MainWindow, qtbot: QtBot, ready: TestSchool, drive: Path
) -> None:
    writer = HeldWriter()
    shown = opened(window, qtbot, ready, drive, writer=writer)
    page = shown.page
    to_drives(qtbot, page)
    fill_in(page)
    page.seal_button.click()
    qtbot.waitUntil(writer.started.is_set, timeout=LATE)
    qtbot.waitUntil(lambda: "lượt ghi" in page.writing.figures.text(), timeout=LATE)
    assert not window.open_page("printing")
    assert window.current_page() is page
    assert "Đang niêm phong" in shown.said
    page.stop_button.click()
    writer.go_on.set()
    qtbot.waitUntil(lambda: page.presenter.stage is Stage.DRIVE, timeout=LATE)
    assert "Đã dừng" in shown.said
    assert list(drive.iterdir()) == []
    assert "year.seal" not in ready.trail_kinds()


def test_another_folder_joins_the_list(
    window: MainWindow, qtbot: QtBot, ready: TestSchool, drive: Path, tmp_path: Path
) -> None:
    other = tmp_path / "ổ khác"
    other.mkdir()
    page = opened(window, qtbot, ready, drive, folder=other).page
    to_drives(qtbot, page)
    page.presenter.choose_other()
    qtbot.waitUntil(lambda: page.drives.model.rowCount() == 3, timeout=LATE)
    assert page.drives.chosen().facts.mount == other


@pytest.mark.parametrize("damage", [False, True])
def test_checking_a_medium_tells_the_verdict_in_words(
    window: MainWindow, qtbot: QtBot, ready: TestSchool, drive: Path, damage: bool
) -> None:
    page = opened(window, qtbot, ready, drive).page
    seal(qtbot, page)
    bag = drive / page.presenter.record.bag_name
    if damage:
        victim = next(path for path in (bag / "data").rglob("*") if path.is_file())
        victim.write_bytes(victim.read_bytes() + b"x")
    page.check_button.click()
    qtbot.waitUntil(lambda: page.findChild(VerdictDialog) is not None, timeout=LATE)
    dialog = page.findChild(VerdictDialog)
    assert dialog.sentence.startswith("Hỏng" if damage else "Nguyên vẹn")
    dialog.reject()


def test_a_folder_without_a_bag_is_told_apart(
    window: MainWindow, qtbot: QtBot, ready: TestSchool, drive: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "trống"
    empty.mkdir()
    page = opened(window, qtbot, ready, drive, folder=empty).page
    page.check_button.click()
    qtbot.waitUntil(lambda: page.findChild(VerdictDialog) is not None, timeout=LATE)
    dialog = page.findChild(VerdictDialog)
    assert not dialog.sentence.startswith(("Nguyên vẹn", "Hỏng"))
    dialog.reject()


def test_a_second_copy_gets_the_next_number(
    window: MainWindow, qtbot: QtBot, ready: TestSchool, drive: Path
) -> None:
    page = opened(window, qtbot, ready, drive).page
    seal(qtbot, page)
    page.again_button.click()
    qtbot.waitUntil(lambda: page.presenter.ready is not None, timeout=LATE)
    seal(qtbot, page)
    assert page.presenter.record.copy_no == 2
    assert page.media.model().rowCount() == 2


def test_phases_follow_the_writers_three_passes() -> None:
    state = SealProgress()
    state.feed(1, 2, 0.0)
    assert state.phase is Phase.PREPARE
    seen = []
    for done in (0, 99, 100, 199, 200, 300):
        state.feed(done, 300, 1.0 + done / 100)
        seen.append(state.phase)
    assert seen == [
        Phase.WRITE, Phase.WRITE, Phase.PARITY, Phase.PARITY, Phase.READ_BACK, Phase.READ_BACK,
    ]  # fmt: skip
    assert state.speed == 100
    assert state.share == 100


@pytest.mark.parametrize(("speed", "slow"), [(2_000, True), (50_000, False)])
def test_a_slow_medium_is_called_slow_after_a_while(speed: int, slow: bool) -> None:
    state = SealProgress()
    state.feed(1, 2, 0.0)
    state.feed(0, 10**9, 10.0)
    state.feed(speed * 2, 10**9, 12.0)
    assert not state.is_slow
    state.feed(speed * 6, 10**9, 16.0)
    assert (state.speed, state.is_slow) == (speed, slow)
    assert state.seconds_left == (10**9 - speed * 6) // speed


def test_digests_are_grouped_for_reading_aloud() -> None:
    assert grouped("ab12cd34" * 8) == "\n".join([" ".join(["AB12", "CD34"] * 4)] * 2)
