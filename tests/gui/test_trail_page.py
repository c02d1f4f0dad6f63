"""Nhật ký: found by class, person, kind and words; each entry with its cells; the chain checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from app.domain.trail import ChainState
from app.errors import AccessDenied
from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.conduct_entry import ConductEntry
from app.services.mark_entry import MarkEntry
from app.services.trail_review import TrailReview
from tests.gui.page_kit import Shown, close_all, open_windows, show_page, workspace
from tests.support.school import TestSchool, make_school
from ui.pages.trail.page import TrailPage

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow

LATE = 20_000


@pytest.fixture
def school(tmp_path: Path) -> TestSchool:
    made = make_school(tmp_path, pupils=3)
    open_windows(made)
    marks = MarkEntry(made.uow, made.clock)
    sheet = SheetId(made.class_id, made.subjects["toan"])
    who = made.actor("toan")
    pupil = made.pupils[0]
    marks.set_cells(who, sheet, {CellKey(pupil, "HK1.tx1"): "6,5"}, "key")
    marks.set_cells(
        who, sheet,
        {CellKey(pupil, "HK1.tx1"): "8,5", CellKey(pupil, "HK1.comment"): "Chăm chỉ."}, "key",
    )  # fmt: skip
    ConductEntry(made.uow, made.clock).set_cells(
        made.actor("homeroom"),
        made.class_id,
        {(pupil, "HK1.level"): "T", (pupil, "HK1.excused"): "0"},
    )
    return made


def opened(window: MainWindow, qtbot: QtBot, school: TestSchool, who: str = "principal") -> Shown:
    return show_page(window, qtbot, school, who, "trail", "Nhật ký", TrailPage)


def test_a_code_from_a_paper_is_compared_with_the_file(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    school.close()
    school.reopen()
    page = opened(window, qtbot, school).page
    panel = page.panel
    panel.leaves.chosen.emit("marks")
    code = panel.marks_model.record(0).code
    panel.code.setText("chưa phải mã")
    panel.code_button.click()
    qtbot.waitUntil(lambda: "không phải mã nhật ký" in panel.verdict.text())
    panel.code.setText(code)
    panel.code_button.click()
    qtbot.waitUntil(lambda: "còn nguyên mốc này" in panel.verdict.text())
    panel.code.setText(f"99{code}")
    panel.code_button.click()
    qtbot.waitUntil(lambda: "bản cũ hơn tờ giấy" in panel.verdict.text())


def kinds(page: TrailPage) -> list[str]:
    return [line.kind for line in page.model.records()]


def cells(page: TrailPage) -> list[tuple[str, str, str]]:
    return [(c.column, c.old, c.new) for c in page.panel.cells_model.records()]


def choose(page: TrailPage, kind: str, nth: int = 0) -> None:
    rows = [row for row, found in enumerate(kinds(page)) if found == kind]
    page.table.selectRow(rows[nth])


def test_the_newest_entry_comes_first_in_words(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school).page
    assert kinds(page)[:3] == ["conduct.set", "mark.set", "mark.set"]
    assert page.model.index(0, 2).data() == "Nhập rèn luyện lớp 6A: 2 ô"
    assert page.panel.sentence.text() == page.model.index(0, 2).data()
    assert page.panel.title.text() == "Rèn luyện"


def test_an_entry_shows_each_cell_before_and_after(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school).page
    choose(page, "mark.set")
    assert cells(page) == [("ĐĐGtx1 HK I", "6,5", "8,5"), ("Nhận xét HK I", "", "Chăm chỉ.")]
    choose(page, "mark.set", 1)
    assert cells(page) == [("ĐĐGtx1 HK I", "", "6,5")]
    choose(page, "conduct.set")
    assert cells(page) == [("Học kì I", "", "Tốt"), ("Nghỉ có phép HK I", "", "0")]
    choose(page, "window.open")
    assert cells(page) == []
    assert not page.panel.cells.isVisible()


def test_filters_by_class_person_kind_and_words(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school).page
    page.go_to(kind="mark.set")
    assert set(kinds(page)) == {"mark.set"}
    page.presenter.set_kind("")
    page.presenter.set_person(school.accounts_by_key["toan"])
    assert {line.who for line in page.model.records()} == {"Nguyễn Thị Bình"}
    page.presenter.set_person(None)
    page.go_to(class_id=school.class_id)
    assert {line.class_name for line in page.model.records()} == {"6A"}
    page.presenter.set_class(None)
    page.search.setText("ren luyen 6a")
    assert kinds(page) == ["conduct.set"]
    page.search.setText("không hề có")
    assert kinds(page) == []
    assert "Không có mục nào" in page.panel.sentence.text()


def test_the_chain_is_checked_when_the_page_opens(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    close_all(school)
    page = opened(window, qtbot, school).page
    qtbot.waitUntil(lambda: "nguyên vẹn" in page.chain_sentence(), timeout=LATE)
    with school.uow.read() as uow:
        head, _ = uow.trail.head()
        points = uow.trail.checkpoints()
    assert f"{head} mục, {len(points)} mốc ký" in page.chain_sentence()
    assert points[-1].code in page.chain_sentence()
    assert page.panel.marks_model.rowCount() == len(points)
    assert page.check_button.isEnabled()


def test_a_broken_chain_is_said_in_red(
    window: MainWindow, qtbot: QtBot, school: TestSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = "Nhật ký bị thay đổi ở mục 7: chuỗi mã không khớp."
    monkeypatch.setattr(
        TrailReview, "check", lambda _self, _actor: ChainState(6, b"", 1, problem, 7)
    )
    page = opened(window, qtbot, school).page
    qtbot.waitUntil(lambda: page.chain_sentence() == problem, timeout=LATE)
    assert page.presenter.chain.tone == "red"


def test_a_failed_check_says_so(
    window: MainWindow, qtbot: QtBot, school: TestSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Any, _actor: Any) -> ChainState:
        raise AccessDenied("role_required", "Việc này của hiệu trưởng.")

    monkeypatch.setattr(TrailReview, "check", refuse)
    shown = opened(window, qtbot, school)
    qtbot.waitUntil(lambda: "Chưa kiểm tra được" in shown.page.chain_sentence(), timeout=LATE)
    assert "Việc này của hiệu trưởng." in shown.said


def test_a_teacher_sees_own_classes_and_no_chain(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    other = school.add_class("6B", pupils=1)
    page = opened(window, qtbot, school, "tin_hoc").page
    assert page.classes.count() == 1
    assert {line.class_name for line in page.model.records()} == {"6A"}
    assert not page.check_button.isVisible()
    page.go_to(class_id=other)
    assert {line.class_name for line in page.model.records()} == {"6A"}
    work = workspace(school, "tin_hoc")
    line = work.trail.lines(school.actor("principal"))[0]
    with pytest.raises(AccessDenied):
        work.trail.cells(school.actor("tin_hoc"), replace(line, class_id=other))


def test_a_command_elsewhere_shows_up(window: MainWindow, qtbot: QtBot, school: TestSchool) -> None:
    shown = opened(window, qtbot, school)
    work = workspace(school, "homeroom")
    result = work.conduct.set_cells(
        work.session.actor, school.class_id, {(school.pupils[1], "HK1.level"): "K"}
    )
    before = shown.page.model.rowCount()
    shown.window.commands.publish(result)
    assert shown.page.model.rowCount() == before + 1


def test_older_entries_are_read_on_request(
    window: MainWindow, qtbot: QtBot, school: TestSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.pages.trail.presenter.PORTION", 5)
    shown = opened(window, qtbot, school)
    page = shown.page
    page.presenter.set_kind("")
    assert page.model.rowCount() == 5
    assert page.more_button.isVisible()
    page.more_button.click()
    assert page.model.rowCount() == 10
    for _ in range(20):
        page.presenter.read_more()
    assert kinds(page)[-1] == "school.founded"
    assert not page.more_button.isVisible()


def test_a_pupil_who_left_is_still_named(school: TestSchool) -> None:
    school.rosters.mark_left(
        school.actor("secretary"), school.class_id, school.pupils[0], date(2026, 11, 2), "Chuyển"
    )
    review = TrailReview(school.uow)
    principal = school.actor("principal")
    line = next(one for one in review.lines(principal) if one.kind == "conduct.set")
    assert all("số" not in cell.pupil for cell in review.cells(principal, line))


@pytest.mark.parametrize("detail", ["{", "[]", '{"changes": 1}', '{"changes": [[1, "x"]]}'])
def test_a_rewritten_detail_does_not_hide_the_entry(school: TestSchool, detail: str) -> None:
    review = TrailReview(school.uow)
    principal = school.actor("principal")
    line = next(one for one in review.lines(principal) if one.kind == "conduct.set")
    assert review.cells(principal, replace(line, detail=detail)) == ()


def test_the_page_writes_nothing(window: MainWindow, qtbot: QtBot, school: TestSchool) -> None:
    before = school.trail_kinds()
    page = opened(window, qtbot, school).page
    page.presenter.check_chain()
    qtbot.waitUntil(lambda: "nguyên vẹn" in page.chain_sentence(), timeout=LATE)
    assert school.trail_kinds() == before
