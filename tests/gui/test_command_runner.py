"""Results are published and told; refusals are said where the person looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect
from PySide6.QtWidgets import QLabel, QWidget

from app.changes import CommandResult, Topic
from app.errors import AccessDenied, AppError, EnvironmentProblem, RuleRefused, StaleData
from ui.dialogs.problem_dialog import ProblemDialog
from ui.errors.messages import Anchor
from ui.jobs.job_runner import Lane
from ui.widgets.buttons import Button
from ui.widgets.popover import NotePopover

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.change_bus import ChangeBus
    from ui.main_window import MainWindow

RESULT = CommandResult(frozenset({Topic.MARKS}), seq=7, summary="Đã lưu 1 ô")


def refuse(error: AppError) -> CommandResult:
    raise error


def test_a_result_is_published_and_told(signed_in: MainWindow, bus: ChangeBus) -> None:
    heard: list[tuple[CommandResult, object]] = []
    bus.changed.connect(lambda result, who: heard.append((result, who)))
    me = QObject()
    assert signed_in.commands.run(lambda: RESULT, initiator=me) is RESULT
    assert heard == [(RESULT, me)]
    assert signed_in.status.texts()[0] == "Đã lưu 14:03:22"


def test_listeners_hear_others_of_their_topics_only(qapp: object, bus: ChangeBus) -> None:
    me, other = QObject(), QObject()
    heard: list[CommandResult] = []
    bus.listen(me, [Topic.MARKS], heard.append)
    bus.publish(RESULT, me)
    bus.publish(CommandResult(frozenset({Topic.ROSTER}), 8), other)
    assert heard == []
    bus.publish(RESULT, other)
    bus.publish(RESULT)
    assert heard == [RESULT, RESULT]


def test_a_destroyed_listener_hears_nothing(qapp: object, bus: ChangeBus) -> None:
    page = QWidget()
    heard: list[CommandResult] = []
    bus.listen(page, [Topic.MARKS], heard.append)
    page.deleteLater()
    QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
    bus.publish(RESULT)
    assert heard == []


def test_a_refusal_without_a_place_is_a_toast(signed_in: MainWindow, bus: ChangeBus) -> None:
    heard: list[object] = []
    bus.changed.connect(lambda *args: heard.append(args))
    said = "Đợt nhập học kì I đã hết ngày 15/01; hiệu trưởng mở lại được."
    assert signed_in.commands.run(lambda: refuse(RuleRefused("window", said))) is None
    assert signed_in.frame.sentence == said
    assert heard == []


@pytest.mark.parametrize("kind", [RuleRefused, AccessDenied])
def test_a_refusal_with_a_place_points_at_it(signed_in: MainWindow, kind: type[AppError]) -> None:
    page = signed_in.current_page()
    assert page is not None
    cell = Anchor(page, QRect(100, 100, 84, 25))
    signed_in.commands.run(lambda: refuse(kind("locked", "Cột ĐĐGck đã khóa.")), at=cell)
    popover = signed_in.findChild(NotePopover)
    assert popover is not None
    assert popover.isVisible()
    assert "Cột ĐĐGck đã khóa." in [label.text() for label in popover.findChildren(QLabel)]


def test_stale_data_offers_to_reload(signed_in: MainWindow) -> None:
    reloaded: list[bool] = []
    stale = StaleData("stale", "Bảng điểm vừa được người khác sửa.")
    signed_in.commands.run(lambda: refuse(stale), on_reload=lambda: reloaded.append(True))
    button = next(b for b in signed_in.findChildren(Button) if b.text() == "Tải lại")
    button.click()
    assert reloaded == [True]
    assert signed_in.frame.sentence == ""


def test_an_environment_problem_can_be_retried(signed_in: MainWindow) -> None:
    tries: list[int] = []

    def command() -> CommandResult:
        tries.append(1)
        if len(tries) == 1:
            raise EnvironmentProblem("disk_full", "Ổ D đã đầy. Hãy xóa bớt rồi thử lại.")
        return RESULT

    assert signed_in.commands.run(command) is None
    dialog = signed_in.findChild(ProblemDialog)
    assert dialog is not None
    next(b for b in dialog.findChildren(Button) if b.text() == "Thử lại").click()
    assert len(tries) == 2
    assert signed_in.status.texts()[0].startswith("Đã lưu")


def test_our_own_fault_is_not_swallowed(signed_in: MainWindow) -> None:
    with pytest.raises(KeyError):
        signed_in.commands.run(lambda: refuse(KeyError("x")))  # type: ignore[arg-type]


def test_a_question_is_answered_or_refused(signed_in: MainWindow, bus: ChangeBus) -> None:
    assert signed_in.commands.ask(lambda: [1, 2]) == [1, 2]
    denied = AccessDenied("not_yours", "Lớp này do cô Hiền chủ nhiệm.")
    assert signed_in.commands.ask(lambda: refuse(denied)) is None
    assert "cô Hiền" in signed_in.frame.sentence


def test_a_long_command_publishes_when_it_ends(
    qtbot: QtBot, signed_in: MainWindow, bus: ChangeBus
) -> None:
    owner = QObject()
    done: list[CommandResult] = []
    with qtbot.waitSignal(bus.changed):
        signed_in.commands.run_job(
            lambda progress: RESULT, owner=owner, lane=Lane.DATABASE, on_success=done.append
        )
    assert done == [RESULT]


def test_a_long_command_that_is_refused_says_so(qtbot: QtBot, signed_in: MainWindow) -> None:
    owner = QObject()
    error = RuleRefused("sealed", "Năm học đã niêm phong.")
    signed_in.commands.run_job(lambda progress: refuse(error), owner=owner, lane=Lane.DATABASE)
    qtbot.waitUntil(lambda: signed_in.frame.sentence == "Năm học đã niêm phong.")
