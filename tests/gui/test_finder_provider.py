"""Ctrl+K over a real file: what it finds, where it leads, and that it follows changes."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.corrections import Corrections
from app.services.entry_control import EntryControl
from tests.gui.desk import Desk
from tests.gui.keyboard import press, type_text
from tests.gui.page_kit import fill_marks, open_windows
from tests.gui.test_shell import CLERK, TEACHER, Start
from tests.gui.test_shell import start as start
from tests.support.school import TestSchool, invented_pupil, make_school
from ui.finder_provider import FinderProvider
from ui.frame.finder import Finder
from ui.navigation import Found

Key = Qt.Key


@pytest.fixture
def school(tmp_path: Any) -> TestSchool:
    """Marks typed, one column locked, one case declared."""
    made = make_school(tmp_path)
    open_windows(made)
    fill_marks(made)
    control = EntryControl(made.uow, made.clock)
    columns = [
        column.id
        for subject, of_subject in control.columns(made.class_id)
        for column in of_subject
        if column.code == "tx1"
    ]
    control.lock_columns(made.actor("principal"), made.class_id, columns, "31/QĐ-THCS")
    sheet = SheetId(made.class_id, made.subjects["tin_hoc"])
    Corrections(made.uow, made.clock).declare(
        made.actor("tin_hoc"), sheet, {CellKey(made.pupils[0], "HK1.tx1"): "9,5"},
        "Chép nhầm từ sổ điểm cá nhân.", "trang 3", "bài kiểm tra thường xuyên",
    )  # fmt: skip
    made.close()
    return made


def provider(desk: Desk) -> FinderProvider:
    found: FinderProvider = desk.shell._finder
    desk.until(lambda: not found.is_reading)
    return found


def titles(found: list[Found]) -> list[str]:
    return [one.title for one in found]


def test_pupils_classes_pages_sheets_and_cases(start: Start, school: TestSchool) -> None:
    desk = start(school)
    desk.sign_in(CLERK)
    find = provider(desk)
    name = invented_pupil(0).full_name
    assert name in titles(find("6a"))
    assert titles(find("lop 6a")) == ["Lớp 6A"]
    assert "Nhật ký" in titles(find("nhat"))
    assert "Toán 6A" in titles(find("toan"))
    assert titles(find("ho so 01")) == ["Hồ sơ sửa điểm số 01"]
    assert find("không có ai như thế") == []


def test_a_teacher_is_offered_no_page_that_is_not_theirs(start: Start, school: TestSchool) -> None:
    desk = start(school)
    desk.sign_in(TEACHER)
    find = provider(desk)
    assert "Quản trị" not in titles(find("quan"))
    assert {one.page_id for one in find("")} <= {s.id for s in desk.window._navigator.specs}


def test_enter_leads_to_the_exact_place(start: Start, school: TestSchool) -> None:
    desk = start(school)
    desk.sign_in(TEACHER)
    provider(desk)
    desk.window._open_finder()
    finder = desk.dialog(Finder)
    given = invented_pupil(0).full_name.split()[-1]
    type_text(finder.field, f"{given} 6a")
    assert finder.titles()
    press(finder.field, Key.Key_Return)
    assert desk.window._navigator.current_id == "roster"
    desk.window._open_finder()
    finder = desk.dialog(Finder)
    type_text(finder.field, "tin hoc 6a")
    press(finder.field, Key.Key_Return)
    assert desk.window._navigator.current_id == "marks"
    assert desk.page.presenter.sheet == SheetId(school.class_id, school.subjects["tin_hoc"])


def test_it_follows_changes_and_ends_with_the_session(start: Start, school: TestSchool) -> None:
    desk = start(school)
    desk.sign_in(CLERK)
    find = provider(desk)
    assert titles(find("hoai thuong")) == []
    work = desk.shell.work
    newcomer = invented_pupil(99)
    from dataclasses import replace

    desk.window.commands.run(
        lambda: work.rosters.add_pupil(
            work.session.actor, school.class_id, replace(newcomer, full_name="Lê Hoài Thương")
        )
    )
    desk.until(lambda: not find.is_reading)
    assert titles(find("hoai thuong")) == ["Lê Hoài Thương"]
    desk.window._switch_user()
    assert desk.shell._finder is None
    assert list(desk.window._provider("hoai thuong")) == []


def test_a_new_school_finds_its_pages(start: Start, tmp_path: Any) -> None:
    from tests.support.school import OFFICE, found_school

    new = found_school(tmp_path)
    new.close()
    desk = start(new)
    desk.sign_in(OFFICE["principal"])
    assert titles(provider(desk)("quan tri")) == ["Quản trị"]
