"""Two years of the demo with a roll-over between; the old year reads and prints as it did."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import app.__main__ as program
from app.clock import VIETNAM, SetClock
from app.commands.sample_school import PASSWORD
from app.readmodels.class_book import BookScope
from app.services.class_results import ClassResults
from app.services.printing import Printing
from exports.press import Paper, Tables
from tests.journeys.test_demo import cheap_keys  # noqa: F401 - its keys serve here too


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """A class of each grade, three pupils a class, 2024-2025 and 2025-2026."""
    out = tmp_path_factory.mktemp("years") / "trường"
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(program, "_say", said.append)
        words = ["demo", "--out", str(out), "--classes", "4", "--pupils", "3", "--years", "2"]
        assert program.main(words) == 0
    return out, json.loads(said[-1])


@pytest.fixture
def school(lived: tuple[Path, Any]) -> Any:
    """The finished file, half a year later."""
    out, summary = lived
    clock = SetClock(datetime(2027, 2, 1, 9, tzinfo=VIETNAM))
    file = program._toolbox().files(clock).open(out / "school.khoaso")
    principal = summary["passwords"]["hiệu trưởng"]
    uid = next(person.uid for person in file.people() if person.display_name == principal)
    yield file.sign_in(uid, PASSWORD), clock
    file.close()


def years_of(session: Any) -> Any:
    with session.uow.read() as uow:
        new, old = uow.school.years()
        return old, new, uow.roster.everyone(old.id), uow.roster.everyone(new.id)


def test_the_summary_tells_the_years(lived: tuple[Path, Any]) -> None:
    out, summary = lived
    assert [year["name"] for year in summary["years"]] == ["2024-2025", "2025-2026"]
    assert summary["books_changed"] == 0
    assert summary["verify"] == "intact"
    for year in summary["years"]:
        assert year["verify"] == "intact"
        assert sum(year["outcomes"].values()) == year["pupils"]
        assert list((out / "books" / year["name"]).rglob("*.pdf"))
    assert len(list((out / "drive").iterdir())) == 1
    assert summary["years"][0]["outcomes"]["completes"] > 0


def test_every_pupil_of_the_old_year_has_one_place_or_none(school: Any) -> None:
    old, new, before, after = years_of(school[0])
    here = {e.pupil_id: e for _, _, e in before if e.left_on is None}
    places = [(e.pupil_id, name) for _, name, e in after]
    assert len(dict(places)) == len(places)
    grades = {e.pupil_id: int(name[0]) for _, name, e in before}
    for pupil, name in places:
        if pupil in here:
            assert int(name[0]) - grades[pupil] in (0, 1)
    stayed = set(dict(places)) & set(here)
    assert all(grades[p] == 9 for p in set(here) - stayed)
    assert stayed
    codes = {e.pupil_id: e.profile.ministry_code for _, _, e in before}
    assert all(
        codes[e.pupil_id] == e.profile.ministry_code for _, _, e in after if e.pupil_id in codes
    )
    assert (old.name, new.name) == ("2024-2025", "2025-2026")


def test_the_old_year_prints_again_with_the_same_digest(school: Any) -> None:
    session, clock = school
    old, _, _, _ = years_of(session)
    printing = Printing(session.uow, clock, Paper(), Tables())
    runs = [run for run in printing.runs(old.id) if run.kind == "class_book"]
    with session.uow.read() as uow:
        klass = uow.school.classes(old.id)[0]
    former = max((r for r in runs if (r.class_id, r.period) == (klass.id, "HK2")),
                 key=lambda run: run.number)  # fmt: skip
    clock.advance(timedelta(hours=1))
    done = printing.print_class_book(session.actor, klass.id, BookScope.YEAR)
    assert done.payload.run.data_digest == former.data_digest
    assert done.payload.run.number > former.number
    assert done.payload.run.school_year_id == old.id


def test_the_old_year_computes_as_its_closes_said(school: Any) -> None:
    session, _ = school
    old, _, _, _ = years_of(session)
    with session.uow.read() as uow:
        classes = uow.school.classes(old.id)
    for klass in classes:
        facts, results = ClassResults(session.uow).of_class(klass.id)
        assert facts.klass.regulation == "TT22/2021"
        here = [e.pupil_id for e in facts.entries if e.left_on is None]
        assert all(results[pupil].learning_year is not None for pupil in here)


@pytest.mark.parametrize("words", [["--years", "0"], ["--years", "13"]])
def test_a_strange_number_of_years_is_refused(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.main(["demo", "--out", str(tmp_path / "x"), *words]) == 2
    assert "từ 1 đến 12" in capsys.readouterr().err
