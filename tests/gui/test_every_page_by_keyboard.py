"""Every page, every part of it and the dialogs behind its buttons: named, reachable, Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QDialog,
    QPushButton,
    QWidget,
)

from tests.gui.page_kit import fill_conduct, fill_marks, open_windows, workspace
from tests.gui.test_qt_words import english, texts_of
from tests.support.school import TestSchool, make_school
from ui.navigation import HasTopbar
from ui.pages.catalogue import page_specs
from ui.session_info import session_info
from ui.widgets.chips import KeyCap
from ui.widgets.segmented import Segmented

DIALOGS = {"principal": 20, "secretary": 15, "homeroom": 3, "ngu_van": 2}
"""Who walks, and how many kinds of dialog they open at least."""
_OPENERS = (
    "Nhập từ Excel", "Thêm học sinh", "Đối chiếu", "Lịch năm học", "Lập lớp", "Thêm tài khoản",
    "Từ Excel", "Dán từ Excel", "Thêm căn cứ", "Ghi văn bản", "Lập năm học khác", "Sửa ngày",
    "Đổi số ĐĐGtx", "Sửa hồ sơ", "In bản chính thức", "Chốt danh sách", "Ngày của cột…",
)  # fmt: skip
"""Buttons that open a dialog without three dots in their words."""
_NOT_OPENED = {"Gửi máy in…", "In trang này…"}
"""The system's printer dialog: `test_qt_words` reads it."""


@pytest.fixture(scope="module")
def school(tmp_path_factory: Any) -> Iterator[TestSchool]:
    made = make_school(tmp_path_factory.mktemp("school"))
    open_windows(made)
    fill_marks(made)
    fill_conduct(made)
    yield made
    made.close()


@pytest.mark.parametrize("who", DIALOGS)
def test_every_widget_has_a_name_and_a_turn(
    who: str, school: TestSchool, window: Any, qtbot: Any, jobs: Any
) -> None:
    work = workspace(school, who)
    window.open_session(session_info(work.session), page_specs(work))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    faults: list[str] = []
    opened: set[str] = set()
    for page_id in window.rail.items():
        window.open_page(page_id)
        settle(qtbot, jobs)
        for part in parts(window, qtbot, jobs):
            place = f"{page_id}/{part}"
            faults += judge(window, place, window)
            faults += dialogs(window, place, opened, qtbot, jobs)
    window.close_session()
    assert faults == [], "\n".join(["", *faults])
    assert len(opened) >= DIALOGS[who], sorted(opened)


def parts(window: Any, qtbot: Any, jobs: Any) -> Iterator[str]:
    page = window.current_page()
    row = next((each for each in page.findChildren(Segmented) if each.isVisible()), None)
    if row is None:
        yield ""
        return
    for button in row.findChildren(QPushButton):
        if button.isVisible() and button.isEnabled():
            button.click()
            settle(qtbot, jobs)
            yield button.text()


def dialogs(window: Any, place: str, opened: set[str], qtbot: Any, jobs: Any) -> list[str]:
    page = window.current_page()
    bar: object = page
    around = list(bar.topbar_widgets()) if isinstance(bar, HasTopbar) else []
    faults = []
    for button in [b for w in (page, *around) for b in w.findChildren(QPushButton)]:
        words = button.text().replace("&", "")
        opens = words.endswith("…") or words in _OPENERS
        if not opens or words in _NOT_OPENED or not button.isVisible() or not button.isEnabled():
            continue
        button.click()
        settle(qtbot, jobs)
        for dialog in shown(window):
            opened.add(type(dialog).__name__)
            faults += judge(dialog, f"{place}/{words}", dialog)
            dialog.reject()
        settle(qtbot, jobs)
    return faults


def shown(window: QWidget) -> list[QDialog]:
    return [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]


def judge(root: QWidget, place: str, window: QWidget) -> list[str]:
    wanted = [w for w in root.findChildren(QWidget) if has_a_turn(w) and w.window() is window]
    faults = [f"{place}: {kind(w)} has no name" for w in wanted if not spoken(w)]
    reached = walk(window, len(wanted) * 3 + 30)
    faults += [
        f"{place}: Tab never comes to {kind(w)} “{spoken(w)}”" for w in wanted if w not in reached
    ]
    keys = {cap.text() for cap in root.findChildren(KeyCap)}
    faults += [
        f"{place}: English in “{text}”"
        for text in texts_of(root)
        if text not in keys and english(text) - {"excel"}
    ]
    return faults


def has_a_turn(widget: QWidget) -> bool:
    if not (widget.isVisible() and widget.isEnabled()):
        return False
    if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.focusProxy() is not None:
        return False
    if isinstance(widget, QAbstractButton):
        group = widget.group()
        # Arrows walk inside a group of choices; Tab comes to the chosen one.
        return group is None or not group.exclusive() or widget.isChecked()
    return not isinstance(widget.parent(), QAbstractSpinBox)


def walk(window: QWidget, most: int) -> set[QWidget]:
    reached: set[QWidget] = set()
    window.activateWindow()
    QApplication.processEvents()
    for _ in range(most):
        window.focusNextPrevChild(True)
        widget = QApplication.focusWidget()
        if widget is not None:
            reached.add(widget)
    return reached


def spoken(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    name = interface.text(QAccessible.Text.Name) if interface is not None else ""
    if name or not isinstance(widget, QAbstractScrollArea):
        return name
    return widget.accessibleName()


def kind(widget: QWidget) -> str:
    chain = []
    each: QWidget | None = widget
    while each is not None and len(chain) < 4:
        chain.append(type(each).__name__)
        each = each.parentWidget()
    return " in ".join(chain)


def settle(qtbot: Any, jobs: Any) -> None:
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not jobs.is_working, timeout=20_000)
    QApplication.processEvents()
