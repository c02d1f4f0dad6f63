"""A school of three levels lives 2023-2024 under all four circulars at once, and the year after."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

import app.__main__ as program
from app.clock import VIETNAM, SetClock
from app.commands import demo, sample_plan
from app.commands.sample_school import PASSWORD
from app.domain.periods import Period
from app.readmodels.results_table import ResultsPeriod
from app.services.class_results import ClassResults
from app.services.statistics import Statistics
from tests.journeys.test_demo import cheap_keys  # noqa: F401 - its keys serve here too

GRADES = (4, 5, 8, 9, 11, 12)
CIRCULARS = {
    "4A1": "TT27/2020", "5A1": "TT22/2016", "8A1": "TT22/2021",
    "9A1": "TT58/2011", "11A1": "TT22/2021", "12A1": "TT58/2011",
}  # fmt: skip


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """A class of each grade, two pupils a class, 2023-2024 and 2024-2025."""
    out = tmp_path_factory.mktemp("combined") / "trường"
    said: list[str] = []
    combined = sample_plan.TH_THCS_THPT
    # Môn tự chọn of CT2006 end with 2023-2024; the roll-over leaves them behind.
    optional = (*combined.optional, "ngoai_ngu_2006", "tin_hoc_tc")
    plan = replace(combined, grades=GRADES, optional=optional)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(program, "_say", said.append)
        patch.setattr(demo, "FIRST_YEAR", 2024)
        patch.setitem(sample_plan.PLANS, "th-thcs-thpt", plan)
        words = ["demo", "--out", str(out), "--level", "th-thcs-thpt"]
        assert program.main([*words, "--classes", "6", "--pupils", "2", "--years", "2"]) == 0
    return out, json.loads(said[-1])


@pytest.fixture
def session(lived: tuple[Path, Any]) -> Iterator[tuple[Any, SetClock]]:
    """The finished file a year later, its principal signed in."""
    out, summary = lived
    clock = SetClock(datetime(2026, 2, 1, 9, tzinfo=VIETNAM))
    file = program._toolbox().files(clock).open(out / "school.khoaso")
    principal = summary["passwords"]["hiệu trưởng"]
    uid = next(person.uid for person in file.people() if person.display_name == principal)
    yield file.sign_in(uid, PASSWORD), clock
    file.close()


def text_of(path: Path) -> str:
    return " ".join(" ".join(p.extract_text() for p in PdfReader(path).pages).split())


def test_both_years_are_sealed_and_found_intact(lived: tuple[Path, Any]) -> None:
    _, summary = lived
    assert [(y["name"], y["classes"], y["verify"]) for y in summary["years"]] == [
        ("2023-2024", 6, "intact"), ("2024-2025", 6, "intact"),
    ]  # fmt: skip
    assert (summary["books_changed"], summary["trail_problem"]) == (0, "")
    for year in summary["years"]:
        assert program.main(["verify", year["bag"]]) == 0


def test_four_circulars_stand_in_one_year(session: tuple[Any, SetClock]) -> None:
    uow = session[0].uow
    with uow.read() as opened:
        old = opened.school.years()[-1]
        classes = opened.school.classes(old.id)
        locks = {k.name: opened.control.class_locks(k.id) for k in classes}
        names = {k.name: {(s.code, s.kind.is_primary) for s in opened.school.subjects(k.id)}
                 for k in classes}  # fmt: skip
    assert {k.name: k.regulation for k in classes} == CIRCULARS
    four = {Period.GK1, Period.CK1, Period.GK2, Period.CN}
    for name, held in locks.items():
        own = four if name in ("4A1", "5A1") else {Period.HK1, Period.HK2}
        assert set(held.closes) == own
        assert held.seal is not None
    # Toán of a primary class and Toán of a secondary one are two subjects of the same year.
    assert ("toan", True) in names["4A1"]
    assert ("toan_2006", True) in names["5A1"]
    assert ("toan", False) in names["8A1"] & names["9A1"] & names["11A1"] & names["12A1"]


def test_every_class_has_results_of_its_own_circular(session: tuple[Any, SetClock]) -> None:
    uow = session[0].uow
    with uow.read() as opened:
        classes = opened.school.classes(opened.school.years()[-1].id)
    for klass in classes:
        facts, results = ClassResults(uow).of_class(klass.id)
        assert (facts.primary is not None) is (klass.grade <= 5)
        for entry in facts.entries:
            found = results[entry.pupil_id]
            if entry.left_on is not None:
                continue
            has_mean = klass.regulation == "TT58/2011"
            assert (found.averages.year is not None) is has_mean
            has_result = klass.regulation != "TT22/2016"
            assert (found.learning_year is not None) is has_result


def test_figures_of_the_year_keep_the_circulars_apart(session: tuple[Any, SetClock]) -> None:
    signed_in, clock = session
    with signed_in.uow.read() as opened:
        classes = opened.school.classes(opened.school.years()[-1].id)
    statistics = Statistics(signed_in.uow, clock)
    ids = [klass.id for klass in classes]
    found = statistics.figures(signed_in.actor, ids, ResultsPeriod.YEAR)
    assert {one.circular for one in found.whole} == set(CIRCULARS.values())
    assert [one.name for one in found.classes] == list(CIRCULARS)
    half = statistics.figures(signed_in.actor, ids, ResultsPeriod.HK1)
    assert [one.name for one in half.classes] == ["8A1", "9A1", "11A1", "12A1"]
    middle = statistics.figures(signed_in.actor, ids, ResultsPeriod.GK1)
    assert [one.name for one in middle.classes] == ["4A1", "5A1"]


def test_each_class_has_the_papers_of_its_level(lived: tuple[Path, Any]) -> None:
    books = lived[0] / "books" / "2023-2024"
    papers = {folder.name: {p.name for p in folder.iterdir()} for folder in books.glob("lop-*")}
    for name in ("lop-4a1", "lop-5a1"):
        assert {"bang-tong-hop_cn.pdf", "hoc-ba.pdf"} <= papers[name]
        assert "so-theo-doi_ca-nam.pdf" not in papers[name]
    for name in ("lop-8a1", "lop-9a1", "lop-11a1", "lop-12a1"):
        assert {"so-theo-doi_ca-nam.pdf", "hoc-ba.pdf"} <= papers[name]
    assert "27/2020/TT-BGDĐT" in text_of(books / "lop-4a1" / "bang-tong-hop_cn.pdf")
    assert "22/2016/TT-BGDĐT" in text_of(books / "lop-5a1" / "bang-tong-hop_cn.pdf")
    assert "CẤP TRUNG HỌC CƠ SỞ" in text_of(books / "lop-8a1" / "so-theo-doi_ca-nam.pdf")
    assert "CẤP TRUNG HỌC PHỔ THÔNG" in text_of(books / "lop-11a1" / "so-theo-doi_ca-nam.pdf")
    assert "HỌC LỰC" in text_of(books / "lop-9a1" / "so-theo-doi_ca-nam.pdf").upper()


def test_who_finishes_a_level_goes_on_in_the_next_one(session: tuple[Any, SetClock]) -> None:
    """The same pupil with the same code; only the highest grade leaves the school."""
    with session[0].uow.read() as opened:
        new, old = opened.school.years()
        before = {e.pupil_id: name for _, name, e in opened.roster.everyone(old.id)
                  if e.left_on is None}  # fmt: skip
        after = {e.pupil_id: name for _, name, e in opened.roster.everyone(new.id)}
        regulations = {k.name: k.regulation for k in opened.school.classes(new.id)}
    moved = {(before[pupil], name) for pupil, name in after.items() if pupil in before}
    assert {("5A1", "6A1"), ("9A1", "10A1")} <= moved
    assert not any(name == "12A1" for name, _ in moved)
    assert regulations["5A1"] == "TT27/2020"
    assert {regulations[n] for n in ("6A1", "9A1", "10A1", "12A1")} == {"TT22/2021"}
