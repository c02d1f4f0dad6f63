"""Số liệu: counts agree with a plain recount, sums with their parts, Excel with the screen."""

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.domain.pupils import PupilProfile
from app.readmodels.figures import Figures, Measure, MeasureKind, PupilGroup, added
from app.readmodels.results_table import ResultsPeriod
from app.readmodels.statistics import BANDS
from app.services.class_figures import class_figures
from app.services.class_results import load_class
from app.services.figure_tables import figure_tables
from app.services.statistics import Statistics, stat_table
from exports.press import Tables
from tests.support.record_book import book
from tests.support.school import copy_of, make_school
from tests.unit.services.test_tt58_class import facts as tt58_facts

YEAR = ResultsPeriod.YEAR


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """Six pupils, the year filled; the second is of the Mường, the third in inclusive education."""
    kept = book(make_school(tmp_path_factory.mktemp("figures"), pupils=6))
    kept.fill()
    school = kept.school
    secretary = school.actor("secretary")
    with school.uow.read() as uow:
        entries = {e.pupil_id: e.profile for e in uow.roster.entries(school.class_id)}
    for at, more in (
        (1, {"ethnicity": "Mường"}),
        (2, {"inclusion": "Hòa nhập"}),
    ):
        pupil = school.pupils[at]
        profile = replace(entries[pupil], **more)
        school.rosters.edit_profile(secretary, school.class_id, pupil, profile)
    school.rosters.mark_left(
        secretary, school.class_id, school.pupils[5], school.clock.today(), "chuyển"
    )
    school.close()
    return school


@pytest.fixture
def school(template, tmp_path):
    return copy_of(template, tmp_path, template.clock)


def figures_of(school, who="principal", period=YEAR):
    return Statistics(school.uow, school.clock).figures(
        school.actor(who), [school.class_id], period
    )


def facts_of(school):
    with school.uow.read() as uow:
        return load_class(uow, school.class_id)


def test_the_counts_are_those_of_a_plain_recount(school):
    facts = facts_of(school)
    results = facts.results()
    here = [e for e in facts.entries if e.left_on is None]
    found = class_figures(facts, YEAR)
    assert found.pupils[PupilGroup.ALL] == len(here) == 5
    for group in PupilGroup:
        inside = [e.pupil_id for e in here if group.holds(e.profile)]
        assert found.pupils[group] == len(inside)
        learning = found.of(MeasureKind.LEARNING)
        assert learning.counts[group] == tuple(
            sum(results[p].learning_year.final == level for p in inside)
            for level in facts.regulation.learning_levels
        )
    for at, subject in enumerate(facts.subjects):
        measure = next(m for m in found.subjects if m.code == subject.code)
        values = [results[e.pupil_id].subjects[at].year for e in here]
        assert measure.known(PupilGroup.ALL) == len(values)
        if measure.levels == BANDS:
            assert measure.counts[PupilGroup.ALL][0] == sum(v >= 80 for v in values)
            exact = sum(values) * 10 // len(values)
            assert abs(measure.average * 10 - exact) <= 5
        else:
            assert measure.average is None


def test_groups_are_who_the_roster_says(school):
    pupils = figures_of(school).classes[0].pupils
    assert pupils == {
        PupilGroup.ALL: 5,
        PupilGroup.FEMALE: 3,
        PupilGroup.MINORITY: 1,
        PupilGroup.FEMALE_MINORITY: 1,
        PupilGroup.INCLUSIVE: 1,
    }


def test_tt22_has_no_mean_of_all_subjects_and_a_term_no_outcome(school):
    found = figures_of(school).classes[0]
    assert found.of(MeasureKind.LEARNING).average is None
    term = figures_of(school, period=ResultsPeriod.HK1).classes[0]
    assert term.of(MeasureKind.OUTCOME) is None
    assert term.of(MeasureKind.TITLE) is None


def test_tt58_has_the_mean_of_all_subjects():
    facts = tt58_facts({})
    found = class_figures(facts, ResultsPeriod.HK1)
    [mean] = [r.averages.hk1 for r in facts.results().values()]
    assert mean is not None
    assert found.of(MeasureKind.LEARNING).average == mean
    assert found.circular == "TT58/2011"


def test_a_teacher_is_told_no_ethnicity_and_no_inclusion(school):
    assert figures_of(school, "secretary").groups == tuple(PupilGroup)
    shown = figures_of(school, "toan")
    assert shown.groups == (PupilGroup.ALL, PupilGroup.FEMALE)
    assert set(shown.classes[0].pupils) == set(shown.groups)
    flat = [cell for table in figure_tables(shown) for row in table.rows for cell in row]
    assert "Học hòa nhập" not in flat
    assert "Dân tộc thiểu số" not in flat


def test_a_name_never_comes_out(school):
    names = {e.profile.full_name for e in facts_of(school).entries}
    flat = {c for table in figure_tables(figures_of(school)) for row in table.rows for c in row}
    assert not names & flat


def test_the_workbook_says_what_the_figures_say(school):
    found = figures_of(school)
    content = Tables().workbook(figure_tables(found), "Số liệu")
    book_ = load_workbook(io.BytesIO(content))
    assert book_.sheetnames == ["TT22-2021 kết quả", "TT22-2021 môn học"]
    head, first, *_ = book_["TT22-2021 kết quả"].iter_rows(values_only=True)
    line = dict(zip(head, first, strict=True))
    learning = found.classes[0].of(MeasureKind.LEARNING)
    assert (line["Phạm vi"], line["Đối tượng"], line["Số học sinh"]) == ("6A", "Tất cả", 5)
    for at, level in enumerate(learning.levels):
        assert line[f"Học tập: {level}"] == learning.counts[PupilGroup.ALL][at]
    scopes = [row[0] for row in book_["TT22-2021 kết quả"].iter_rows(values_only=True)][1:]
    assert list(dict.fromkeys(scopes)) == ["6A", "Khối 6", "Tổng cộng, TT22/2021"]
    subjects = list(book_["TT22-2021 môn học"].iter_rows(values_only=True))
    toan = next(r for r in subjects if r[:3] == ("6A", "Toán", "Tất cả"))
    assert toan[3:5] == (5, 0)
    assert sum(n for n in toan[5::2] if isinstance(n, int)) == 5
    assert not any(str(cell).startswith("=") for row in subjects for cell in row)


def test_two_circulars_stand_under_one_head_and_are_not_added(school):
    one = figures_of(school).classes[0]
    other = Figures(
        "9A", 9, "TT58/2011", one.pupils,
        (Measure(MeasureKind.LEARNING, "Học tập", ("Giỏi", "Khá"),
                 dict.fromkeys(one.pupils, (3, 2)), one.pupils),),
    )  # fmt: skip
    heads, rows = stat_table([one, other])
    assert heads.learning == ("Tốt", "Khá", "Đạt", "Chưa đạt", "Giỏi")
    by_name = dict(zip(heads.learning, rows[1].learning, strict=True))
    assert (by_name["Giỏi"], by_name["Khá"], by_name["Tốt"]) == (3, 2, 0)
    assert rows[1].conduct == (0,) * len(heads.conduct)


counts = st.lists(st.integers(0, 40), min_size=3, max_size=3).map(tuple)


@given(st.lists(st.tuples(counts, st.integers(0, 900), st.integers(0, 9)), min_size=1, max_size=6))
def test_a_grade_is_the_sum_of_its_classes(parts):
    classes = [
        Figures(
            f"6{n}", 6, "TT22/2021", {PupilGroup.ALL: sum(levels)},
            (Measure(MeasureKind.SUBJECT, "Toán", ("a", "b", "c"), {PupilGroup.ALL: levels},
                     {PupilGroup.ALL: sum(levels)}, "toan", tenths, averaged),),
        )
        for n, (levels, tenths, averaged) in enumerate(parts)
    ]  # fmt: skip
    whole = added("Khối 6", 6, classes)
    assert whole.pupils[PupilGroup.ALL] == sum(sum(levels) for levels, _, _ in parts)
    [measure] = whole.measures
    assert measure.counts[PupilGroup.ALL] == tuple(
        sum(levels[n] for levels, _, _ in parts) for n in range(3)
    )
    total, marks = sum(t for _, t, _ in parts), sum(n for *_, n in parts)
    if marks:
        assert abs(measure.average - total / marks) <= 0.5
    else:
        assert measure.average is None


@given(st.sampled_from(["", "Kinh", "kinh", "KINH", "Mường", "Thái", "Tày"]), st.booleans())
def test_every_group_is_part_of_all(ethnicity, girl):
    profile = PupilProfile("A", sex="Nữ" if girl else "Nam", ethnicity=ethnicity)
    holds = {group: group.holds(profile) for group in PupilGroup}
    assert holds[PupilGroup.ALL]
    assert holds[PupilGroup.FEMALE] is girl
    assert holds[PupilGroup.MINORITY] is (ethnicity not in ("", "Kinh", "kinh", "KINH"))
    assert holds[PupilGroup.FEMALE_MINORITY] is (girl and holds[PupilGroup.MINORITY])
