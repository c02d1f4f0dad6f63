"""A primary class from its sheets to its lists: entry, refusals, closes, a case, the summer."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.lock_scopes import WHOLE_SCHOOL
from app.domain.marks import CellState
from app.domain.paper_life import PaperStep
from app.domain.periods import PRIMARY_TERMS, Period
from app.domain.pupils import Inclusion
from app.domain.roll_over import Fate
from app.domain.subjects import SubjectKind
from app.domain.year_end import ListKind
from app.errors import AppError
from app.readmodels.mark_sheet import CellKey
from app.readmodels.results_table import ResultsPeriod
from app.readmodels.roll_over import RollOverChoice
from app.regulations.base import Promotion
from app.services.column_locking import ColumnChoice
from app.services.curriculum_filling import offered_subjects
from app.services.printing import Printed
from app.services.results_assembly import results_table
from app.services.subject_plans import SubjectFacts
from tests.support.primary_school import make_primary
from tests.support.school import invented_pupil

WITNESSES = ["Phạm Thị Hồng Nhung", "Đỗ Quang Huy"]


def refusal(call, *arguments, **named) -> AppError:
    with pytest.raises(AppError) as caught:
        call(*arguments, **named)
    assert caught.value.sentence.endswith(".")
    return caught.value


@pytest.fixture
def primary(tmp_path):
    return make_primary(tmp_path)


# --- setting up


def test_a_class_has_the_columns_of_its_grade(primary):
    facts = primary.work("homeroom").marks.facts(primary.sheet("toan"))
    assert set(facts.columns) == {f"{p}.{c}" for p in PRIMARY_TERMS for c in ("muc", "ktdk")}
    facts = primary.work("homeroom").marks.facts(primary.sheet("khoa_hoc"))
    assert {k for k in facts.columns if k.endswith("ktdk")} == {"CK1.ktdk", "CN.ktdk"}
    facts = primary.work("homeroom").marks.facts(primary.sheet("dao_duc"))
    assert not any(key.endswith("ktdk") for key in facts.columns)


def test_the_homeroom_teacher_keeps_the_traits_unasked(primary):
    table = primary.work("secretary").assignments.table(primary.school.year_id)
    line = next(line for line in table if line.subject_name == "Phẩm chất, năng lực")
    assert line.teacher == "Nguyễn Thị Bình"
    entries = primary.school.trail_kinds()
    assert "assignment.batch" in entries


def test_a_year_of_two_programmes_keeps_their_subjects_apart(tmp_path):
    school = make_primary(tmp_path, grade=5, first_year=2023)
    codes = set(school.school.subjects)
    assert "ki_thuat_2006" in codes
    assert "hdtn" not in codes
    fourth = school.school.add_class("4B", grade=4)
    names = {s.name for s in school.school.setup.subjects(fourth)}
    assert {"Hoạt động trải nghiệm", "Tin học và Công nghệ (Công nghệ)"} <= names
    assert "Kĩ thuật" not in names
    refused = refusal(school.enter, "toan_2006", {(0, "GK1.ktdk"): "0"})
    assert "không cho điểm 0" in refused.sentence


# --- entry


def test_levels_scores_and_comments_are_saved_as_typed(primary):
    change = primary.enter(
        "toan", {(0, "GK1.muc"): "h", (0, "GK1.ktdk"): "7", (0, "GK1.comment"): "Cần cẩn thận."}
    ).change
    key = CellKey(primary.pupil(0), "GK1.muc")
    assert change.cells[key].text == "H"
    assert change.previous[key] == ""
    history = primary.work("homeroom").marks.history(primary.sheet("toan"), key)
    assert history[0].endswith("trống → H")


@pytest.mark.parametrize(
    ("code", "column", "typed", "said"),
    [
        ("toan", "GK1.muc", "Đ", "không phải là mức của môn học"),
        ("pc_nl", "GK1.yeu_nuoc", "H", "không phải là mức của phẩm chất"),
        ("toan", "GK1.ktdk", "8,5", "số nguyên"),
        ("khoa_hoc", "GK1.ktdk", "8", "không có cột này"),
        ("pc_nl", "CN.noi_bat", "T", "chỉ gõ x"),
        ("am_nhac", "GK1.muc", "9", "không phải là mức"),
    ],
)
def test_what_does_not_belong_in_a_column_is_refused(primary, code, column, typed, said):
    assert said in refusal(primary.enter, code, {(0, column): typed}).sentence


def test_only_the_teacher_of_the_sheet_types(primary):
    assert "không được phân công" in refusal(
        primary.enter, "toan", {(0, "GK1.muc"): "T"}, "am_nhac"
    ).sentence  # fmt: skip


def test_a_pupil_away_has_no_zero(primary):
    marks, actor = primary.work("homeroom").marks, primary.school.actor("homeroom")
    key = CellKey(primary.pupil(0), "CK1.ktdk")
    refused = refusal(
        marks.set_state, actor, primary.sheet("toan"), [key], CellState.ZERO_ABSENT, "vắng"
    )
    assert "Tiểu học không ghi điểm 0 vì vắng" in refused.sentence


def test_an_improbable_pair_is_marked_and_never_refused(primary):
    change = primary.enter("toan", {(0, "CN.muc"): "T", (0, "CN.ktdk"): "4"}).change
    cell = change.cells[CellKey(primary.pupil(0), "CN.muc")]
    assert cell.odd
    assert "hãy xem lại mức hoặc điểm" in cell.note
    change = primary.enter("toan", {(0, "CN.ktdk"): "9"}).change
    assert not change.cells[CellKey(primary.pupil(0), "CN.muc")].odd


# --- closing


def test_periods_close_in_their_order_and_only_when_complete(primary):
    primary.fill(Period.CK1)
    refused = refusal(primary.close, Period.CK1)
    assert refused.code == "earlier_period_open"
    refused = refusal(primary.close, Period.GK1, missing_reason="")
    assert refused.code == "incomplete"
    assert "thiếu mức đạt được hoặc điểm KTĐK" in refused.sentence
    done = primary.close(Period.GK1, missing_reason="lớp mới lập giữa kỳ")
    assert done.payload.filled == 0
    primary.close(Period.CK1)
    assert refusal(primary.close, Period.HK1).code == "no_such_period"


def test_flags_are_no_missing_data(primary):
    primary.fill(Period.GK1)
    report = primary.work("principal").closing.report(primary.school.class_id, Period.GK1)
    assert report.complete
    primary.fill(Period.CN)
    report = primary.work("principal").closing.report(primary.school.class_id, Period.CN)
    assert report.complete
    assert report.filled == report.required


def test_inclusive_education_wants_its_note(primary):
    secretary = primary.school.actor("secretary")
    profile = replace(
        invented_pupil(0), inclusion=Inclusion.INCLUSIVE, inclusion_document="QĐ 12/2026"
    )
    primary.school.rosters.edit_profile(
        secretary, primary.school.class_id, primary.pupil(0), profile
    )
    primary.fill(Period.GK1)
    closing = primary.work("principal").closing
    report = closing.report(primary.school.class_id, Period.GK1)
    assert [f.subject for f in report.findings] == ["Ghi chú"]
    primary.enter("pc_nl", {(0, "GK1.comment"): "Học theo KHGDCN, tiến bộ."})
    assert closing.report(primary.school.class_id, Period.GK1).complete


def test_a_closed_level_changes_by_a_case_only(primary):
    primary.live(until=Period.CK1)
    refused = refusal(primary.enter, "toan", {(0, "CK1.muc"): "H"})
    assert "đã chốt" in refused.sentence
    work, key = primary.work("homeroom"), CellKey(primary.pupil(0), "CK1.muc")
    actor = primary.school.actor("homeroom")
    case = work.corrections.declare(
        actor, primary.sheet("toan"), {key: "H"}, "Ghi nhầm cột.", "trang 3", "bài kiểm tra"
    ).payload
    work.corrections.register(primary.school.actor("secretary"), case.id, "01/ĐN-SĐ")
    work.corrections.check(primary.school.actor("am_nhac"), case.id, "khớp")
    work.corrections.approve(primary.school.signer("principal"), case.id, WITNESSES)
    work.corrections.apply(actor, case.id)
    view = work.marks.open(actor, primary.sheet("toan"))
    at = [column.key for column in view.columns].index("CK1.muc")
    cell = view.cells[0][at]
    assert (cell.text, cell.corrected_from) == ("H", "T")
    printed = work.printing.print_correction_minutes(primary.school.actor("secretary"), case.id)
    assert isinstance(printed.payload, Printed)
    changed = work.changed_results.of_class(primary.school.class_id, ResultsPeriod.CK1)
    assert list(changed) == [primary.pupil(0)]
    assert [(one.closed, one.now) for one in changed[primary.pupil(0)]] == [("T", "H")]
    assert not work.changed_results.of_class(primary.school.class_id, ResultsPeriod.GK1)


def test_columns_of_a_ky_are_locked_by_kind_in_many_classes(primary):
    principal, school = primary.school.actor("principal"), primary.school
    control, day = primary.work("principal").control, school.clock.today()

    def lock(period: Period, kind: str) -> set[str]:
        choice = ColumnChoice(period, frozenset([kind]))
        control.set_columns_in(
            principal, school.year_id, WHOLE_SCHOOL, choice, "3/QĐ", day, lock=True
        )
        with school.uow.read() as uow:
            held = uow.control.class_locks(school.class_id).columns
            columns = uow.marks.assessments(school.class_id)
        return {f"{c.term}.{c.code}" for c in columns if c.id in held}

    assert lock(Period.CK1, "ktdk") == {"CK1.ktdk"}
    assert lock(Period.CK1, "muc") == {"CK1.ktdk", "CK1.muc"}
    traits = lock(Period.GK1, "pc_nl") - {"CK1.ktdk", "CK1.muc"}
    assert {key.partition(".")[0] for key in traits} == {"GK1"}
    assert len(traits) == 15
    error = refusal(lock, Period.GK1, "tx")
    assert error.code == "nothing_to_do"


# --- results and the year's end


def test_results_follow_cuoi_nam_alone(primary):
    for period in PRIMARY_TERMS:
        primary.fill(period)
    assert primary.results(0).learning_year.final == "Hoàn thành xuất sắc"
    assert primary.results(0).titles.year == "Học sinh Xuất sắc"
    primary.enter("toan", {(0, "CK1.muc"): "C", (0, "CK1.ktdk"): "1"})
    assert primary.results(0).learning_year.final == "Hoàn thành xuất sắc"
    primary.enter("toan", {(0, "CN.ktdk"): "8"})
    assert primary.results(0).learning_year.final == "Hoàn thành tốt"
    assert primary.results(0).titles.year is None
    primary.enter("pc_nl", {(0, "CN.noi_bat"): "x", (0, "CN.lop_cong_nhan"): "x"})
    assert primary.results(0).titles.year.startswith("Học sinh Tiêu biểu")
    primary.enter("am_nhac", {(0, "CN.muc"): "H"})
    assert primary.results(0).learning_year.final == "Hoàn thành"
    primary.enter("toan", {(0, "CN.ktdk"): "4"})
    found = primary.results(0)
    assert found.learning_year.final == "Chưa hoàn thành"
    assert found.promotion is Promotion.REASSESS
    primary.enter("toan", {(0, "CN.ktdk"): ""})
    assert primary.results(0).promotion is Promotion.INCOMPLETE
    reasons = primary.work("homeroom").results.reasons(primary.school.class_id, primary.pupil(0))
    assert reasons


def test_supplementary_assessment_and_the_principals_word(primary):
    primary.live(until=Period.GK2)
    primary.fill(Period.CN)
    bad = {(at, f"CN.{c}"): v for at in (0, 1) for c, v in (("muc", "C"), ("ktdk", "4"))}
    primary.enter("toan", bad)
    primary.work("homeroom").marks.confirm(
        primary.school.actor("homeroom"), primary.sheet("toan"), Period.CN
    )
    primary.close(Period.CN)
    school, class_id = primary.school, primary.school.class_id
    homeroom, principal = school.actor("homeroom"), school.signer("principal")
    year_end, summer = primary.work("principal").year_end, primary.work("homeroom").summer
    year_end.propose(homeroom, class_id)
    year_end.approve(principal, class_id, "45/QĐ-TH")
    toan = school.subjects["toan"]
    primary.work("principal").control.open_window(
        school.actor("principal"), school.year_id, Period.HE, date(2026, 11, 1),
        date(2027, 8, 1), "50/QĐ-TH", date(2026, 11, 1),
    )  # fmt: skip
    board = year_end.board(homeroom, class_id)
    assert {line.code for line in board.summer} == {"muc", "ktdk"}
    assert {line.subject for line in board.summer} == {
        "Toán: mức đạt được", "Toán: điểm kiểm tra định kì",
    }  # fmt: skip

    def again(at: int, code: str, text: str):
        return summer.set_reassessment(
            homeroom, class_id, primary.pupil(at), toan, text, "biên bản 25/7", code=code
        )

    assert "số nguyên" in refusal(again, 0, "ktdk", "6,5").sentence
    assert refusal(again, 0, "yeu_nuoc", "T").code == "subject_not_listed"
    for at, level, score in ((0, "H", "6"), (1, "C", "4")):
        again(at, "muc", level)
        assert year_end.board(homeroom, class_id).waiting
        again(at, "ktdk", score)
    assert primary.results(0).promotion is Promotion.PROMOTED
    assert primary.results(0).after_reassessment.final == "Hoàn thành"
    assert primary.results(1).promotion is Promotion.PRINCIPAL_DECIDES
    year_end.decide(
        principal, class_id, primary.pupil(1), promoted=False, reason="Hội đồng thống nhất",
        decision_no="44/QĐ-TH",
    )  # fmt: skip
    year_end.propose(homeroom, class_id)
    year_end.approve(principal, class_id, "58/QĐ-TH")
    board = year_end.board(homeroom, class_id)
    assert [line.pupil_id for line in board.lists[ListKind.RETAINED]] == [primary.pupil(1)]
    assert board.labels[ListKind.RETAINED] == "Chưa được lên lớp"


def test_the_table_is_printed_after_the_close_and_notices_a_change(primary):
    printing, secretary = primary.work("secretary").printing, primary.school.actor("secretary")
    refused = refusal(printing.print_summary, secretary, primary.school.class_id, Period.GK1)
    assert refused.code == "not_closed"
    assert printing.preview_summary(primary.school.class_id, Period.GK1).pages == 1
    primary.live(until=Period.GK1)
    done = printing.print_summary(secretary, primary.school.class_id, Period.GK1)
    assert isinstance(done.payload, Printed)
    run = done.payload.run
    assert not printing.differs(run)
    primary.work("principal").sign_offs.sign_print(primary.school.signer("principal"), run.id)
    primary.school.rosters.mark_left(
        secretary, primary.school.class_id, primary.pupil(1), date(2026, 11, 20), "Chuyển trường"
    )
    assert printing.differs(run)


def test_statistics_and_tables_tell_levels_without_a_mean(primary):
    primary.fill(Period.GK1, level="H", score="7", trait="Đ")
    class_id = primary.school.class_id
    stats = primary.work("principal").statistics.by_subject(class_id, ResultsPeriod.GK1)
    toan = next(stat for stat in stats if stat.subject == "Toán")
    assert (toan.counts, toan.missing, toan.average, toan.reached) == ((0, 2, 0), 0, None, 2)
    facts, results = primary.work("principal").results.of_class(class_id)
    table = results_table(facts, results, ResultsPeriod.GK1)
    assert table.primary
    assert "H" in table.rows[0].subjects
    assert table.rows[0].outcome == ""
    year = results_table(facts, results, ResultsPeriod.YEAR)
    assert year.period is ResultsPeriod.CN
    assert year.rows[0].learning == "–"


def test_rows_of_primary_grades_are_the_forms_own(primary):
    work, actor = primary.work("secretary"), primary.school.actor("secretary")
    facts = SubjectFacts("Kĩ năng sống", "KNS", SubjectKind.COMMENTS, 35)
    refused = refusal(work.subjects.add, actor, primary.school.year_id, 4, facts)
    assert refused.code == "primary_programme"
    toan = primary.school.subjects["toan"]
    refused = refusal(work.subjects.change, actor, primary.school.year_id, 4, toan, facts)
    assert refused.code == "primary_programme"
    with primary.school.uow.read() as uow:
        year = uow.school.year(primary.school.year_id)
    offered = {row.code: row.optional for row in offered_subjects(year, (2,))}
    assert offered["ngoai_ngu_1"]
    assert not offered["tnxh"]
    assert "khoa_hoc" not in offered


def test_attendance_stops_with_the_close_of_the_half_year(primary):
    work, homeroom = primary.work("homeroom"), primary.school.actor("homeroom")
    calendars, secretary = primary.work("secretary").calendars, primary.school.actor("secretary")
    calendars.save(secretary, primary.school.year_id, range(6), ())
    class_id, pupil = primary.school.class_id, primary.pupil(0)
    primary.fill(Period.GK1)
    primary.close(Period.GK1)
    work.attendance.set_days(homeroom, class_id, {(pupil, date(2026, 11, 20)): "P"}, "key")
    primary.fill(Period.CK1)
    refused = refusal(primary.close, Period.CK1)
    assert "Điểm danh" in refused.sentence
    primary.close(Period.CK1, missing_reason="báo đủ sau")
    refused = refusal(
        work.attendance.set_days, homeroom, class_id, {(pupil, date(2026, 11, 19)): "K"}, "key"
    )
    assert "Cuối học kì I đã chốt" in refused.sentence


def test_the_next_year_goes_on_with_the_gvcn_and_the_columns_of_its_grade(primary):
    primary.live()
    school, work = primary.school, primary.work("secretary")
    secretary = school.actor("secretary")
    primary.work("principal").year_end.propose(school.actor("homeroom"), school.class_id)
    primary.work("principal").year_end.approve(
        school.signer("principal"), school.class_id, "45/QĐ-TH"
    )
    assert not work.roll_over.board(secretary, school.year_id).classes[0].problem
    done = work.roll_over.run(secretary, school.year_id, RollOverChoice({}, ("4A",))).payload
    assert done.fates[Fate.MOVES_UP] == len(school.pupils)
    upper = next(k for k in work.setup.classes(done.year.id) if k.name == "5A")
    with school.uow.read() as uow:
        assert {e.pupil_id for e in uow.roster.entries(upper.id)} == set(school.pupils)
        columns = {(c.term, c.code) for c in uow.marks.assessments(upper.id)}
    assert {term for term, _ in columns} == set(PRIMARY_TERMS)
    posts = [a for a in work.assignments.table(done.year.id) if a.class_id == upper.id]
    traits = next(post for post in posts if post.subject_name == "Phẩm chất, năng lực")
    assert traits.teacher == "Nguyễn Thị Bình"


def test_a_summary_waits_on_the_paper_board_for_everyone_who_assessed(primary):
    """M228, M229: GVCN and the specialists sign each biểu, the principal approves it on screen."""
    primary.live(until=Period.GK1)
    secretary = primary.school.actor("secretary")
    work = primary.work("secretary")
    run = work.printing.print_summary(secretary, primary.school.class_id, Period.GK1).payload.run
    (row,) = work.papers.board(secretary, primary.school.year_id).rows
    assert row.awaited == ("Nguyễn Thị Bình", "Mai Thị Quỳnh")
    assert work.paper_finding.look(secretary, run.id).differs is False
    today = primary.school.clock.today()
    persons = [one.account_id for one in row.life.signers]
    work.papers.note_step(secretary, run.id, PaperStep.TEACHERS, today, persons=persons)
    work.papers.note_step(secretary, run.id, PaperStep.HOMEROOM, today)
    work.sign_offs.sign_print(primary.school.signer("principal"), run.id)
    (row,) = work.papers.board(secretary, primary.school.year_id).rows
    assert row.life.current is PaperStep.STAMP
