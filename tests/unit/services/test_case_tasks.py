"""Việc của tôi about correction cases: who is asked for the next step, and for the minutes."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.clock import VIETNAM
from app.readmodels.home import TaskKind
from app.services.printing import Printing
from app.services.tasks import Tasks
from exports.press import Paper, Tables
from tests.support.correction_case import GK, locked_book


@pytest.fixture
def kept(tmp_path):
    kept = locked_book(tmp_path)
    yield kept
    kept.school.close()


def asked(kept, who):
    found = Tasks(kept.school.uow, kept.school.clock).overview(
        kept.school.actor(who), kept.school.year_id
    )
    return [t.kind for t in found.tasks if t.case_id is not None]


def test_each_step_is_on_the_desk_of_whoever_does_it(kept):
    case = kept.declared("tin_hoc", {GK: "9"})
    assert asked(kept, "secretary") == [TaskKind.REGISTER_CASE]
    assert asked(kept, "tin_hoc") == []
    assert case.number == 1


def test_applied_and_not_printed_stays_with_the_office_until_it_is_on_paper(kept):
    case = kept.corrected("tin_hoc", {GK: "9"})
    assert asked(kept, "secretary") == [TaskKind.PRINT_MINUTES]
    assert asked(kept, "principal") == []
    assert asked(kept, "tin_hoc") == []
    kept.school.clock.move_to(datetime(2027, 3, 1, 8, tzinfo=VIETNAM))
    assert asked(kept, "secretary") == [TaskKind.PRINT_MINUTES]
    press = Printing(kept.school.uow, kept.school.clock, Paper(), Tables())
    press.print_correction_minutes(kept.school.actor("tin_hoc"), case.id)
    assert asked(kept, "secretary") == []
