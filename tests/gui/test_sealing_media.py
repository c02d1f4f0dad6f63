"""Niêm phong: discs, the register of media, and mending a damaged one, on screen."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

from app.domain.media_events import MediumAct, MediumState
from app.media import DiscSize
from exports.seal.checker import check_bag
from tests.gui.test_sealing_page import (
    LATE,
    drive,
    fill_in,
    opened,
    ready,
    school,
    seal,
    to_drives,
)
from ui.pages.sealing.dialogs import VerdictDialog
from ui.pages.sealing.medium_dialog import MediumDialog
from ui.pages.sealing.presenter import Stage
from ui.pages.sealing.register_dialogs import PlaceDialog, ResealDialog, UnsealDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.support.school import TestSchool
    from ui.main_window import MainWindow

__all__ = ["drive", "ready", "school"]


def button(dialog, words: str):
    return next(one for one in dialog.findChildren(type(dialog.confirm)) if words in one.text())


def lead_on(page, words: str) -> None:
    """A button of the register's dialog, which closes it."""
    page.register_button.click()
    dialog = page.findChild(MediumDialog)
    assert dialog is not None
    kind = type(page.register_button)
    next(one for one in dialog.findChildren(kind) if words in one.text()).click()
    dialog.setParent(None)


def test_a_year_goes_into_a_disc_image(
    window: MainWindow, qtbot: QtBot, ready: TestSchool, drive: Path, tmp_path: Path
) -> None:
    images = tmp_path / "ảnh đĩa"
    images.mkdir()
    page = opened(window, qtbot, ready, drive, folder=images).page
    to_drives(qtbot, page)
    page.drives.kind.set_current(DiscSize.CD.name)
    page.drives.kind.chosen.emit(DiscSize.CD.name)
    fill_in(page)
    assert not page.seal_button.isEnabled()
    page.presenter.choose_other()
    assert page.drives.folder == images
    assert page.seal_button.isEnabled()
    assert "CD 700 MB" in page.seal_button.text()
    page.seal_button.click()
    qtbot.waitUntil(lambda: page.presenter.stage is Stage.RESULT, timeout=LATE)
    (image,) = images.iterdir()
    assert image.name == f"{page.presenter.record.bag_name}.iso"
    assert page.presenter.record.medium == "disc"
    assert page.media.model().rowCount() == 1


def test_the_register_takes_place_unsealing_and_check(
    window: MainWindow, qtbot: QtBot, ready: TestSchool, drive: Path
) -> None:
    page = opened(window, qtbot, ready, drive).page
    assert not page.register_button.isEnabled()
    seal(qtbot, page)
    lead_on(page, "Ghi nơi cất")
    place = page.findChild(PlaceDialog)
    place.confirm.click()
    assert "nơi cất" in place.refusal()
    place.place.setText("Tủ số 2")
    place.confirm.click()
    lead_on(page, "Mở niêm phong")
    unseal = page.findChild(UnsealDialog)
    for field in (unseal.decision, unseal.reason, unseal.people):
        field.setText("12/QĐ")
    unseal.confirm.click()
    lead_on(page, "Niêm phong lại")
    reseal = page.findChild(ResealDialog)
    reseal.people.setText("Hiệu trưởng")
    reseal.confirm.click()
    lead_on(page, "Đọc kiểm tra")
    qtbot.waitUntil(lambda: page.findChild(VerdictDialog) is not None, timeout=LATE)
    page.findChild(VerdictDialog).reject()
    (medium,) = page.presenter.media.media
    assert [event.act for event in medium.history.events] == [
        MediumAct.PLACED,
        MediumAct.OPENED,
        MediumAct.CLOSED,
        MediumAct.CHECKED,
    ]
    assert medium.history.last_check.state is MediumState.INTACT
    assert medium.history.place == "Tủ số 2"


def test_a_medium_nobody_read_for_a_year_is_called_late(
    window: MainWindow, qtbot: QtBot, ready: TestSchool, drive: Path
) -> None:
    page = opened(window, qtbot, ready, drive).page
    seal(qtbot, page)
    assert page.late.isHidden()
    ready.clock.advance(timedelta(days=366))
    page.presenter.media.load(ready.year_id)
    assert "bản 1 năm học 2026-2027" in page.late.text()
    assert not page.late.isHidden()


def test_a_sealed_year_is_supplemented_only_by_decision(
    window: MainWindow, qtbot: QtBot, ready: TestSchool, drive: Path
) -> None:
    shown = opened(window, qtbot, ready, drive)
    page = shown.page
    to_drives(qtbot, page)
    assert page.drives.decision_line.isHidden()
    page.presenter.again()
    qtbot.waitUntil(lambda: page.presenter.ready is not None, timeout=LATE)
    seal(qtbot, page)
    page.again_button.click()
    qtbot.waitUntil(lambda: page.presenter.ready is not None, timeout=LATE)
    to_drives(qtbot, page)
    assert not page.drives.decision_line.isHidden()
    page.drives.decision.setText("15/QĐ-THCS")
    assert "bổ sung" in page.seal_button.text()
    fill_in(page)
    page.seal_button.click()
    qtbot.waitUntil(lambda: "không có bản in mới" in shown.said, timeout=LATE)
    assert len(page.presenter.media.seals) == 1


def test_a_damaged_medium_is_mended_into_another_folder(
    window: MainWindow, qtbot: QtBot, ready: TestSchool, drive: Path, tmp_path: Path
) -> None:
    asked: list[Path] = []
    page = opened(window, qtbot, ready, drive).page
    seal(qtbot, page)
    bag = drive / page.presenter.record.bag_name
    (bag / "data/so-ban-in.csv").unlink()
    into = tmp_path / "máy tính"
    into.mkdir()
    answers = [drive, into]

    starts: list[str] = []

    def answer(_parent, _title, chosen, start) -> None:
        asked.append(answers[len(asked)])
        starts.append(start)
        chosen(asked[-1])

    page.presenter.folders._choose = answer
    page.check_button.click()
    qtbot.waitUntil(lambda: page.findChild(VerdictDialog) is not None, timeout=LATE)
    dialog = page.findChild(VerdictDialog)
    assert dialog.sentence.startswith("Hỏng")
    dialog.repair.click()
    qtbot.waitUntil((into / bag.name).is_dir, timeout=LATE)
    assert asked == [drive, into]
    assert starts == [str(drive), ""], "the medium was sealed there; the mended copy is elsewhere"
    assert check_bag(into / bag.name).exit_code == 0
    assert check_bag(bag).exit_code == 1
    shutil.rmtree(into)
