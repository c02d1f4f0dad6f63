"""One year with four kinds of secondary classes: what was typed gives what `assess` says."""

from __future__ import annotations

import pytest

from app.domain.corrections import CaseAbout, CaseKind
from app.domain.marks import mark_text, value_text
from app.domain.periods import Period, Term
from app.domain.subjects import AS_THE_CLASS, PupilChoices, SubjectKind
from app.errors import RuleRefused
from app.readmodels.mark_sheet import CellKey, SheetId
from app.readmodels.results_table import ResultsPeriod
from app.regulations.thpt_choices import ClassChoices
from app.services.assess import assess
from app.services.conduct_entry import ConductEntry
from app.services.corrections import Corrections
from app.services.entry_control import EntryControl
from app.services.period_close import PeriodClosing
from app.services.statistics import Statistics
from app.services.summer_results import SummerResults
from app.services.year_end import YearEnd
from tests.support.secondary_year import SecondaryYear, secondary_year

SCIENCE = ("vat_li", "hoa_hoc", "sinh_hoc", "tin_hoc")
CLASSES = {
    "8A": None,
    "9A": None,
    "11A": ClassChoices((*SCIENCE, "dia_li")),
    "12A": ClassChoices(specialised="vat_li"),
}


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> SecondaryYear:
    """Four classes of six pupils; in 11A everybody leaves one môn lựa chọn out."""
    year = secondary_year(tmp_path_factory.mktemp("year"))
    for name, choices in CLASSES.items():
        year.add_class(name, 6, choices)
    year.open_entry()
    principal, studies = year.school.actor("principal"), year.school.studies
    electives = [s.id for s in year.subjects("11A").values() if s.elective]
    for number, pupil in enumerate(year.pupils["11A"]):
        out = PupilChoices(frozenset({electives[number % len(electives)]}))
        studies.choose_for_pupils(principal, year.classes["11A"].id, [pupil], out)
    maths = PupilChoices(specialised=year.subjects("12A")["toan"].id)
    studies.choose_for_pupils(principal, year.classes["12A"].id, year.pupils["12A"][:1], maths)
    for name in CLASSES:
        year.fill(name)
    for pupil, when in zip(year.pupils["9A"], ("hk1", "hk2", "year"), strict=False):
        year.excuse("9A", pupil, "the_duc", when)
    return year


def test_each_grade_has_its_circular_and_its_programme(lived: SecondaryYear):
    assert {name: klass.regulation for name, klass in lived.classes.items()} == {
        "8A": "TT22/2021",
        "9A": "TT58/2011",
        "11A": "TT22/2021",
        "12A": "TT58/2011",
    }
    assert "khtn" in lived.subjects("8A")
    assert list(lived.subjects("9A"))[:2] == ["toan", "vat_li"]
    assert "gdkt_pl" not in lived.subjects("11A")
    assert lived.subjects("12A")["vat_li"].specialised


@pytest.mark.parametrize("name", CLASSES)
def test_the_book_says_what_assess_says_of_the_same_marks(lived: SecondaryYear, name: str):
    facts, results = lived.results(name)
    own = facts.studies.choices
    cases = [
        lived.case_of(name, pupil, own.get(pupil, AS_THE_CLASS)) for pupil in lived.pupils[name]
    ]
    expected = assess({"format": "khoaso-assess/1", "cases": cases})["results"]
    assert len(results) == len(expected) == 6
    for pupil, said in zip(lived.pupils[name], expected, strict=True):
        found = results[pupil]
        assert said["errors"] == []
        assert said["promotion"] == found.promotion.value
        assert said["conduct"] == {"year": found.conduct_year, "final": found.conduct_final}
        assert said["titles"] == {
            "hk1": found.titles.hk1,
            "hk2": found.titles.hk2,
            "year": found.titles.year,
        }
        average = found.averages.year
        assert said["average"]["year"] == (None if average is None else mark_text(average))
        for period in ("hk1", "hk2", "year"):
            level = getattr(found, f"learning_{period}")
            assert said["learning"][period]["final"] == level.final
        shown = [
            None if result.year is None else value_text(result.year, subject.kind)
            for subject, result in zip(facts.subjects, found.subjects, strict=True)
            if facts.studies.takes(pupil, subject.id)
        ]
        assert [text["year"] for text in said["subjects"].values()] == shown


def test_a_pupil_who_chose_another_subject_has_no_result_and_no_cell_there(lived: SecondaryYear):
    facts, results = lived.results("11A")
    pupil = lived.pupils["11A"][0]
    (out,) = facts.studies.choices[pupil].not_taken
    at = next(n for n, s in enumerate(facts.subjects) if s.id == out)
    assert (results[pupil].subjects[at].hk1, results[pupil].subjects[at].year) == (None, None)
    sheet = SheetId(lived.classes["11A"].id, out)
    with pytest.raises(RuleRefused, match="chọn môn khác"):
        lived.marks.set_cells(lived.teacher, sheet, {CellKey(pupil, "HK1.tx1"): "8"}, "key")
    view = lived.marks.open(lived.teacher, sheet)
    assert [row.taken for row in view.rows].count(False) == 2
    assert all(cell.text == "" for cell in view.cells[0])


def test_statistics_name_the_levels_of_both_circulars(lived: SecondaryYear):
    ids = [klass.id for klass in lived.classes.values()]
    stats = Statistics(lived.school.uow, lived.school.clock)
    heads, lines = stats.by_class(ids, ResultsPeriod.YEAR)
    assert heads.learning == (
        *("Tốt", "Khá", "Đạt", "Chưa đạt"),
        *("Giỏi", "Trung bình", "Yếu", "Kém"),
    )
    assert heads.conduct == ("Tốt", "Khá", "Đạt", "Chưa đạt", "Trung bình", "Yếu")
    assert all(sum(line.learning) == sum(line.conduct) == 6 for line in lines)


def test_the_year_of_conduct_is_entered_closed_and_part_of_what_is_signed(tmp_path):
    year = secondary_year(tmp_path, stage="thcs")
    year.add_class("9A", 2)
    year.open_entry()
    year.fill("9A")
    klass, school = year.classes["9A"], year.school
    entry = ConductEntry(school.uow, school.clock)
    pupil = year.pupils["9A"][0]
    sheet = entry.open(year.teacher, klass.id)
    assert (sheet.word, sheet.editable["YEAR.level"]) == ("Hạnh kiểm", True)
    assert not sheet.editable["YEAR.absences"]
    for text, level in (("y", "Yếu"), ("tb", "Trung bình"), ("tốt", "Tốt")):
        entry.set_cells(year.teacher, klass.id, {(pupil, "YEAR.level"): text})
        assert year.results("9A")[1][pupil].conduct_year == level
    with pytest.raises(RuleRefused, match="T, K, Tb, Y"):
        entry.set_cells(year.teacher, klass.id, {(pupil, "YEAR.level"): "Đạt"})
    closing = PeriodClosing(school.uow, school.clock)
    before = closing.report(klass.id, Period.HK2).digest
    entry.set_cells(year.teacher, klass.id, {(pupil, "YEAR.level"): ""})
    report = closing.report(klass.id, Period.HK2)
    assert report.digest != before
    assert [(f.subject, f.text) for f in report.findings] == [
        ("Hạnh kiểm", "còn 1 học sinh chưa có hạnh kiểm cả năm")
    ]
    history = entry.history(klass.id, pupil, "YEAR.level")
    assert history[-1].endswith("Tốt → trống")
    entry.set_cells(year.teacher, klass.id, {(pupil, "YEAR.level"): "k"})
    signer = school.signer("principal")
    for period in (Period.HK1, Period.HK2):
        closing.close(signer, klass.id, period, "7/QĐ", "GVCN đi vắng")
    with pytest.raises(RuleRefused, match="chốt"):
        entry.set_cells(year.teacher, klass.id, {(pupil, "YEAR.level"): "t"})
    cases = Corrections(school.uow, school.clock)
    about = CaseAbout(CaseKind.CONDUCT, klass.id)
    wanted = {CellKey(pupil, "YEAR.level"): "tb"}
    proof = ("Họp lại hội đồng", "trang 3", "biên bản ngày 28/5")
    case = cases.declare(year.teacher, about, wanted, *proof).payload
    assert [(f.old, f.new) for f in case.facts] == [("Khá", "Trung bình")]
    cases.register(school.actor("secretary"), case.id, "01/ĐN-SĐ")
    cases.check(school.actor("secretary"), case.id, "khớp")
    cases.approve(signer, case.id, ["Lê Thị Chứng", "Trần Văn Kiến"])
    cases.apply(year.teacher, case.id)
    assert year.results("9A")[1][pupil].conduct_year == "Trung bình"


def test_a_cluster_of_topics_is_one_regular_assessment_of_its_term(tmp_path):
    year = secondary_year(tmp_path, stage="thpt")
    topics = {"toan": Term.HK2, "vat_li": Term.HK1, "hoa_hoc": Term.HK1}
    year.add_class("11A", 1, ClassChoices(SCIENCE, topics))
    year.open_entry()
    sheet = SheetId(year.classes["11A"].id, year.subjects("11A")["toan"].id)
    pupil = year.pupils["11A"][0]
    typed = {f"HK1.tx{n}": "8" for n in range(1, 5)} | {"HK1.gk": "8", "HK1.ck": "8"}
    typed |= {f"HK2.tx{n}": "8" for n in range(1, 5)} | {"HK2.gk": "8", "HK2.ck": "8"}
    year.marks.set_cells(
        year.teacher, sheet, {CellKey(pupil, k): t for k, t in typed.items()}, "key"
    )
    at = next(n for n, s in enumerate(year.results("11A")[0].subjects) if s.code == "toan")

    def result():
        return year.results("11A")[1][pupil].subjects[at]

    assert (result().hk1, result().hk2) == (80, None)
    year.marks.set_cells(year.teacher, sheet, {CellKey(pupil, "HK2.tx5"): "10"}, "key")
    # (4 x 8 + 10 + 2 x 8 + 3 x 8) / (5 + 5) = 8,2; the year (8,0 + 2 x 8,2) / 3 = 8,1
    assert (result().hk2, result().year) == (82, 81)


def test_a_close_names_whoever_studies_another_number_of_electives(tmp_path):
    year = secondary_year(tmp_path, stage="thpt")
    year.add_class("11A", 2)
    year.open_entry()
    closing = PeriodClosing(year.school.uow, year.school.clock)
    class_id, principal = year.classes["11A"].id, year.school.actor("principal")

    def found() -> list[str]:
        report = closing.report(class_id, Period.HK1)
        return [f.text for f in report.findings if f.subject == "Môn lựa chọn"]

    assert found() == ["còn 2 học sinh chưa học đúng 4 môn lựa chọn"]
    year.school.studies.choose(principal, class_id, ClassChoices((*SCIENCE, "dia_li")))
    one = PupilChoices(frozenset({year.subjects("11A")["dia_li"].id}))
    year.school.studies.choose_for_pupils(principal, class_id, year.pupils["11A"][:1], one)
    assert found() == ["còn 1 học sinh chưa học đúng 4 môn lựa chọn"]
    year.school.studies.choose(principal, class_id, ClassChoices(SCIENCE))
    assert found() == []


def test_subjects_without_marks_only_are_left_out_of_the_scored_ones(lived: SecondaryYear):
    facts, _ = lived.results("12A")
    comments = [s.code for s in facts.subjects if s.kind is SubjectKind.COMMENTS]
    assert comments == ["the_duc"]
    first, second = lived.pupils["12A"][:2]
    ids = {code: str(s.id) for code, s in lived.subjects("12A").items()}
    assert facts.pupil_year(first).specialised == ids["toan"]
    assert facts.pupil_year(second).specialised == ids["vat_li"]


def test_the_summer_of_the_older_circular(tmp_path):
    """Điều 16 và 17: kiểm tra lại of what the pupil chooses, rèn luyện hạnh kiểm trong hè."""
    year = secondary_year(tmp_path, stage="thcs")
    year.add_class("9A", 2)
    year.open_entry()
    year.fill("9A")
    school, klass = year.school, year.classes["9A"]
    weak, rough = year.pupils["9A"]
    for subject in year.subjects("9A").values():
        marks = subject.kind is SubjectKind.MARKS
        edits = {
            CellKey(pupil, f"{term}.{code}"): text if marks else "Đ"
            for pupil, text in ((weak, "4,5"), (rough, "6,0"))
            for term in sorted(subject.terms)
            for code in subject.columns(term)
        }
        year.marks.set_cells(year.teacher, SheetId(klass.id, subject.id), edits, "paste")
    levels = {(weak, "YEAR.level"): "k", (rough, "YEAR.level"): "y"}
    days = {
        (pupil, f"{term}.{kind}"): "1"
        for pupil in (weak, rough)
        for term in Term
        for kind in ("excused", "unexcused")
    }
    year.entry.set_cells(year.teacher, klass.id, levels | days)
    signer, closing = school.signer("principal"), PeriodClosing(school.uow, school.clock)
    for period in (Period.HK1, Period.HK2):
        closing.close(signer, klass.id, period, "7/QĐ", "GVCN đi vắng")
    year_end, summer = YearEnd(school.uow, school.clock), SummerResults(school.uow, school.clock)
    year_end.propose(year.teacher, klass.id)
    year_end.approve(signer, klass.id, "8/QĐ")
    today = school.clock.today()
    EntryControl(school.uow, school.clock).open_window(
        school.actor("principal"), school.year_id, Period.HE, today, today, "9/QĐ", today
    )
    board = year_end.board(year.teacher, klass.id)
    assert board.conduct_word == "Hạnh kiểm"
    listed = [line.subject_id for line in board.summer if line.pupil_id == weak]
    assert len(listed) == 10
    for number, subject_id in enumerate(listed):
        # Five subjects are chosen; with 7,0 each ĐTB các môn reaches 5,0.
        text = "7,0" if number < 5 else "không dự"
        summer.set_reassessment(year.teacher, klass.id, weak, subject_id, text, "học sinh chọn")
    with pytest.raises(RuleRefused, match="Tốt, Khá, Trung bình, Yếu"):
        summer.set_conduct(year.teacher, klass.id, rough, "Đạt", "báo cáo")
    summer.set_conduct(year.teacher, klass.id, rough, "tb", "báo cáo có chữ ký phụ huynh")
    _, results = year.results("9A")
    assert (results[weak].learning_year.final, results[weak].learning_final.final) == (
        "Yếu",
        "Trung bình",
    )
    assert {p: r.promotion.value for p, r in results.items()} == {
        weak: "promoted",
        rough: "promoted",
    }
    assert results[rough].conduct_final == "Trung bình"
