"""A department's letter on primary electronic books (founding paper 004), lived in 2018-2019.

One class under TT22/2016, its GVCN, a teacher who is no GVCN, ban quản trị (a head, an IT
teacher), tổ văn phòng, the principal who alone decides when the book opens and what is mended.
"""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.paper_life import PaperStep
from app.domain.periods import PRIMARY_TERMS, Period
from app.domain.roles import Role
from app.media import VerifyVerdict
from app.readmodels.home import Duty
from app.readmodels.mark_sheet import CellKey
from app.rule_profiles import BY_CODE
from app.services.rule_book import RuleAct
from exports.seal.checker import check_bag
from tests.support.primary_school import PrimarySchool, make_primary
from tests.support.procedure import Procedure
from tests.support.school import PASSWORD
from tests.support.year_end import settle

SIGNED = date(2019, 1, 9)
"""The day of the department's own signature under the letter (M249)."""
WINDOWS = {
    Period.GK1: (date(2018, 11, 28), date(2018, 12, 5)),
    Period.CK1: (date(2019, 1, 15), date(2019, 1, 22)),
    Period.GK2: (date(2019, 4, 13), date(2019, 4, 20)),
    Period.CN: (date(2019, 5, 25), date(2019, 6, 2)),
}
MUSIC = "am_nhac_2006"
WITNESSES = ["Phạm Thị Hồng Nhung", "Trần Thị Mai"]


@pytest.fixture
def kept(tmp_path) -> PrimarySchool:
    """Nobody may type yet; ban quản trị has a head and an IT teacher (M233)."""
    for name in ("school", "drive"):
        (tmp_path / name).mkdir()
    made = make_primary(
        tmp_path / "school", grade=4, first_year=2018, founded=date(2018, 11, 20), windows=False
    )
    school, principal = made.school, made.school.actor("principal")
    people = {"head": ("Vũ Văn Long", Role.BOARD_HEAD), "it": ("Lưu Thị Hoa", Role.ADMINISTRATOR)}
    for who, (name, role) in people.items():
        added = school.accounts.add(principal, name, PASSWORD, roles=(role,)).payload
        school.uids[who], school.accounts_by_key[who] = added.uid, added.account_id
    return made


def opened(plan: Procedure, who: str, period: Period, days: tuple[date, date]):
    school = plan.school
    control = plan.work(who).control
    return control.open_window(
        school.actor(who), school.year_id, period, *days, "12/TB-TH", plan.school.clock.today()
    )


def test_the_letter_of_the_department(kept, tmp_path):
    school = kept.school

    # The letter is signed on 9/1/2019; its first window was over by then (Annex C 6). Until it came
    # the school opened giữa học kì I itself; afterwards windows obey the letter.
    plan = Procedure(school, "general", date(2018, 11, 27))
    opened(plan, "principal", Period.GK1, WINDOWS[Period.GK1])
    plan.on(date(2018, 11, 29))
    kept.fill(Period.GK1)
    kept.close(Period.GK1)
    plan.on(SIGNED)
    act = RuleAct("03/QĐ-TH", SIGNED, SIGNED, "Theo công văn của Sở")
    rules, principal = plan.work("principal").rules, school.actor("principal")
    rules.choose(principal, school.year_id, "primary_letter_2018", act)
    assert (
        plan.work("secretary").control.ruled_days(school.year_id, Period.GK1)
        == (WINDOWS[Period.GK1])
    )

    # II.1.1 "Giữa HKI (28/11/2018-05/12/2018); cuối HKI …": recorded after the fact, inside only.
    said = opened(plan, "head", Period.GK1, WINDOWS[Period.GK1]).summary
    assert said.startswith("Đã ghi lại")
    for first, last in ((14, 22), (15, 23)):
        days = (date(2019, 1, first), date(2019, 1, last))
        said = plan.refused("window_outside_rule", opened, plan, "principal", Period.CK1, days)
        assert "15/01/2019 đến 22/01/2019" in said

    # II.4 "Hiệu trưởng quyết định thời điểm mở, khóa Sổ điện tử"; ban quản trị presses, văn phòng
    # and teachers do not.
    for who in ("secretary", "homeroom", "am_nhac"):
        plan.refused("role_required", opened, plan, who, Period.CK1, WINDOWS[Period.CK1])
    opened(plan, "it", Period.CK1, WINDOWS[Period.CK1])

    # II.4 "GV không làm chủ nhiệm: trực tiếp nhập điểm … lớp mình dạy": only inside the window.
    plan.on(date(2019, 1, 14))
    plan.refused("locked", kept.enter, MUSIC, {(0, "CK1.muc"): "T"})
    plan.on(date(2019, 1, 15))
    kept.enter(MUSIC, {(0, "CK1.muc"): "T"})
    plan.refused("locked", kept.enter, MUSIC, {(0, "CK1.muc"): "H"}, "head")
    kept.fill(Period.CK1)
    plan.on(date(2019, 1, 23))
    plan.refused("locked", kept.enter, "toan_2006", {(0, "CK1.muc"): "H"})
    kept.close(Period.CK1)

    # II.4 "quyết định, xác nhận thời điểm, nội dung điều chỉnh các sai sót": the principal alone.
    case = corrected(plan, kept)
    assert case.decision_note == "Sửa ngay sáng nay"

    # II.3.2 "GK1, CK1, GK2, cuối năm in các Biểu, GVCN, GVBM ký xác nhận, hiệu trưởng ký duyệt,
    # đóng dấu giáp lai và lưu trữ"; II.4 Tổ Văn phòng does it.
    for period in PRIMARY_TERMS[2:]:
        plan.on(WINDOWS[period][0])
        opened(plan, "it", period, WINDOWS[period])
        kept.fill(period)
        kept.close(period)
    printing, secretary = plan.work("secretary").printing, school.actor("secretary")
    run = printing.print_summary(secretary, school.class_id, Period.CK1).payload.run
    plan.refused("paper_step_early", plan.passes, run, PaperStep.STAMP)
    plan.passes(run, PaperStep.TEACHERS, PaperStep.HOMEROOM)
    plan.work("principal").sign_offs.sign_print(school.signer("principal"), run.id)
    plan.passes(run, PaperStep.STAMP, PaperStep.BIND, PaperStep.STORE)

    # I.1 "yêu cầu … sử dụng Sổ tổng hợp; khuyến khích sử dụng Học bạ điện tử": the first stops the
    # seal, the second stops nothing.
    assert BY_CODE["primary_letter_2018"].values["modules.optional"] == "learner_record"
    assert plan.duties("secretary")[Duty.RECORD_RESULTS].due == WINDOWS[Period.CN][1]
    settle(school)
    minutes = printing.print_correction_minutes
    sealing = plan.work("principal").sealing
    missing = [p for p in PRIMARY_TERMS if p is not Period.CK1]
    problems = sealing.readiness(school.year_id).problems
    for period in missing:
        assert f"Lớp 4A chưa in bảng tổng hợp {period.words}." in problems
    minutes(secretary, case.id)
    for period in missing:
        printing.print_summary(secretary, school.class_id, period)
    assert sealing.readiness(school.year_id).problems == ()
    signer = school.signer("principal")
    people = ("; ".join(WITNESSES), "Trần Thị Mai")
    sealed = sealing.seal(signer, school.year_id, tmp_path / "drive", *people).payload
    assert check_bag(sealed.report.path).verdict is VerifyVerdict.INTACT
    versions = (sealed.report.path / "data/quy-dinh-truong.csv").read_text("utf-8-sig")
    assert {"41/QĐ-HT", "03/QĐ-TH"} <= set(versions.replace("\n", ";").split(";"))


def corrected(plan: Procedure, kept: PrimarySchool):
    """A level mended after the close: asked by the specialist, decided by the principal alone."""
    school, cases = plan.school, plan.work("am_nhac").corrections
    wanted = {CellKey(kept.pupil(0), "CK1.muc"): "H"}
    case = cases.declare(
        school.actor("am_nhac"), kept.sheet(MUSIC), wanted, "Ghi nhầm dòng", "sổ trang 2",
        "phiếu đánh giá số 4",
    ).payload  # fmt: skip
    cases.register(school.actor("secretary"), case.id, "01/ĐN")
    cases.check(school.actor("homeroom"), case.id, "khớp")
    for who in ("vice", "head", "it"):
        plan.refused("role_required", cases.approve, school.signer(who), case.id, WITNESSES)
    cases.approve(school.signer("principal"), case.id, WITNESSES, "Sửa ngay sáng nay")
    return cases.apply(school.actor("am_nhac"), case.id).payload
