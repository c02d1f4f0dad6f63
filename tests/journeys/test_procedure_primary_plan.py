"""A primary school's plan of 2023-2024 (founding paper 000) lived sentence by sentence.

Two classes under two schemes in one year, their GVCN, a specialist, văn thư, the vice principal who
keeps the papers, the principal. The comments quote the sentence of the plan that is tried.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.paper_life import PaperStep
from app.domain.periods import PRIMARY_TERMS, Period
from app.domain.pupils import Inclusion
from app.domain.subjects import SubjectKind
from app.media import VerifyVerdict
from app.readmodels.mark_sheet import CellKey
from exports.seal.checker import check_bag
from tests.support.primary_school import PrimarySchool, make_primary
from tests.support.procedure import Procedure
from tests.support.school import PASSWORD, invented_pupil
from tests.support.year_end import settle

FIRST = date(2023, 9, 8)
DAYS = {
    Period.GK1: date(2023, 11, 10),
    Period.CK1: date(2024, 1, 10),
    Period.GK2: date(2024, 3, 20),
    Period.CN: date(2024, 5, 24),
}
KEEPER = "Phạm Thị Hồng Nhung"
"""The vice principal (III: người lưu giữ … Phó hiệu trưởng)."""


def second_class(first: PrimarySchool, name: str, grade: int, gvcn: str) -> PrimarySchool:
    """Another class with a GVCN of its own; Âm nhạc is the same specialist's."""
    school, principal = first.school, first.school.actor("principal")
    since = date(2023, 8, 1)
    added = school.accounts.add(principal, gvcn, PASSWORD, starts_on=since).payload
    class_id = school.add_class(name, grade, pupils=2)
    subjects = {s.code: s for s in school.setup.subjects(class_id)}
    music = next(code for code in subjects if code.startswith("am_nhac"))
    rows = [f"{name};GVCN;{gvcn}"] + [
        f"{name};{s.name};{'Mai Thị Quỳnh' if code == music else gvcn}"
        for code, s in subjects.items()
        if s.kind is SubjectKind.LEVELS
    ]
    school.assignments.accept_pasted(principal, school.year_id, "\n".join(rows), since)
    with school.uow.read() as uow:
        pupils = [entry.pupil_id for entry in uow.roster.entries(class_id)]
    own = replace(
        school,
        class_id=class_id, class_name=name, pupils=pupils,
        subjects={code: s.id for code, s in subjects.items()},
        uids=school.uids | {"homeroom": added.uid},
        accounts_by_key=school.accounts_by_key | {"homeroom": added.account_id},
    )  # fmt: skip
    return PrimarySchool(own)


def proof_read(reader: PrimarySchool, of: PrimarySchool, period: Period) -> None:
    """The GVCN of one class reads every sheet of the other as the table says."""
    work = reader.work("homeroom")
    tables, principal = reader.work("principal").proof_tables, reader.school.actor("principal")
    actor = reader.school.actor("homeroom")
    for code in of.school.subjects:
        sheet = of.sheet(code)
        account = reader.school.accounts_by_key["homeroom"]
        tables.assign(principal, sheet, period, account)
        shown = work.proofs.open(actor, sheet, period)
        keys = [CellKey(r.pupil_id, c.key) for r in shown.rows for c in shown.columns]
        if keys:
            work.proofs.tick(actor, sheet, period, keys)
        work.proofs.confirm(actor, sheet, period)


@pytest.fixture
def classes(tmp_path):
    """4A under TT27/2020 and 5A under TT22/2016."""
    for name in ("school", "drive"):
        (tmp_path / name).mkdir()
    first = make_primary(tmp_path / "school", grade=4, first_year=2023, founded=FIRST)
    return first, second_class(first, "5A", 5, "Đặng Thị Hạnh")


def test_the_plan_of_a_primary_school(classes, tmp_path):
    fourth, fifth = classes
    school = fourth.school
    plan = Procedure(school, "primary_plan_2023", FIRST)

    # I.1 "Nhập đúng điểm trên bài kiểm tra định kì vào đúng cột Điểm KTĐK": a subject without a
    # test has no such column, and half marks are no Điểm KTĐK.
    plan.on(DAYS[Period.GK1])
    plan.refused("locked", fourth.enter, "dao_duc", {(0, "CK1.ktdk"): "9"})
    assert "7,5" in plan.refused("mark_too_precise", fourth.enter, "toan", {(0, "GK1.ktdk"): "7,5"})

    # I.2 "Nhập Mức đạt được của tất cả các môn học": each pupil and subject missing is named.
    closing = plan.work("principal").closing
    report = closing.report(school.class_id, Period.GK1)
    assert {f.subject for f in report.findings} >= {"Toán", "Đạo đức", "Tiếng Việt"}
    assert report.filled == 0

    # I.3, I.4 "Khối 1,2,3,4: Phẩm chất chủ yếu và Năng lực cốt lõi … Khối 5: Năng lực và Phẩm chất"
    traits = {
        one.school.class_name: set(plan.work("principal").marks.facts(one.sheet("pc_nl")).columns)
        for one in classes
    }
    assert {k.removeprefix("GK1.") for k in traits["4A"]} & {"yeu_nuoc", "nhan_ai"}
    assert not {k.removeprefix("GK1.") for k in traits["5A"]} & {"yeu_nuoc", "nhan_ai"}

    # I.5 "Nhập thông tin cột ghi chú nếu có học sinh khuyết tật học hòa nhập"
    special = replace(
        invented_pupil(0), inclusion=Inclusion.INCLUSIVE, inclusion_document="QĐ 12/2023"
    )
    secretary = school.actor("secretary")
    school.rosters.edit_profile(secretary, school.class_id, fourth.pupil(0), special)
    fourth.fill(Period.GK1)
    fifth.fill(Period.GK1)
    findings = closing.report(school.class_id, Period.GK1).findings
    assert [f.subject for f in findings] == ["Ghi chú", "Kiểm dò"]
    fourth.enter("pc_nl", {(0, "GK1.comment"): "Học theo kế hoạch cá nhân, tiến bộ."})

    # II "Sau khi kiểm dò … theo bảng phân công của từng đợt … giáo viên sẽ thực hiện việc lưu trữ":
    # no close before every sheet was read; by somebody else than its teacher.
    signer = school.signer("principal")
    args = (signer, school.class_id, Period.GK1, "07/QĐ-TH")
    assert "kiểm dò" in plan.refused("incomplete", closing.close, *args)
    tables, principal = plan.work("principal").proof_tables, school.actor("principal")
    own = school.accounts_by_key["homeroom"]
    plan.refused("own_sheet", tables.assign, principal, fourth.sheet("toan"), Period.GK1, own)
    proof_read(fifth, fourth, Period.GK1)
    proof_read(fourth, fifth, Period.GK1)
    for one in classes:
        one.close(Period.GK1)
    plan.refused("locked", fourth.enter, "toan", {(1, "GK1.muc"): "H"})

    # III "giáo viên chịu trách nhiệm in ấn, có đầy đủ chữ kí của Hiệu trưởng và giáo viên chủ
    # nhiệm, đóng dấu … Người lưu giữ … Phó hiệu trưởng"
    runs = [printed(plan, one, Period.GK1) for one in classes]
    plan.passes(runs[0], PaperStep.TEACHERS, PaperStep.HOMEROOM)
    plan.work("principal").sign_offs.sign_print(signer, runs[0].id)
    plan.passes(runs[0], PaperStep.STAMP, PaperStep.BIND)
    said = plan.refused("keeper_office", plan.passes, runs[0], PaperStep.STORE)
    assert KEEPER in said
    plan.passes(runs[0], PaperStep.STORE, keeper=KEEPER)

    # I.6 "Giữa học kì và cuối học kì … Bảng tổng hợp": four times a year, and the seal asks for
    # each of them (V "15/15 lớp").
    for period in PRIMARY_TERMS[1:]:
        plan.on(DAYS[period])
        for one in classes:
            one.fill(period)
        fourth.enter("pc_nl", {(0, f"{period}.comment"): "Tiến bộ."})
        proof_read(fifth, fourth, period)
        proof_read(fourth, fifth, period)
        for one in classes:
            one.close(period)
        if period is not Period.CK1:
            for one in classes:
                printed(plan, one, period)
    for one in classes:
        settle(one.school)
    sealing = plan.work("principal").sealing
    assert sealing.readiness(school.year_id).problems == (
        "Lớp 4A chưa in bảng tổng hợp cuối học kì I.",
        "Lớp 5A chưa in bảng tổng hợp cuối học kì I.",
    )
    for one in classes:
        printed(plan, one, Period.CK1)
    assert sealing.readiness(school.year_id).problems == ()
    people = ("Nguyễn Thị Bình", KEEPER)
    sealed = sealing.seal(signer, school.year_id, tmp_path / "drive", *people).payload
    assert check_bag(sealed.report.path).verdict is VerifyVerdict.INTACT
    assert "1589/GDĐT-HV" in (sealed.report.path / "data/quy-dinh-truong.csv").read_text(
        "utf-8-sig"
    )


def printed(plan: Procedure, one: PrimarySchool, period: Period):
    """The run of a class's summary."""
    printing, secretary = plan.work("secretary").printing, plan.school.actor("secretary")
    return printing.print_summary(secretary, one.school.class_id, period).payload.run
