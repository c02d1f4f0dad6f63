"""Kiểm tra nội bộ: who may record and settle, what is refused, what stays."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.domain.internal_checks import CheckKind
from app.domain.roles import Role
from app.errors import AccessDenied, RuleRefused
from app.readmodels.home import TaskKind
from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.class_removal import ClassRemoval
from app.services.departments import Departments
from app.services.internal_checks import CheckDraft, FindingDraft, InternalChecks
from app.services.mark_entry import MarkEntry
from app.services.tasks import Tasks
from tests.support.school import TestSchool, make_school

TODAY = date(2026, 11, 23)
UNIT = "Tổ Tự nhiên"


@pytest.fixture
def school(tmp_path: Path) -> TestSchool:
    """Toán (head), Tin học and KHTN are one tổ; Ngữ văn another."""
    made = make_school(tmp_path, pupils=1)
    principal = made.actor("principal")
    homes = {"toan": UNIT, "tin_hoc": UNIT, "khtn": UNIT, "ngu_van": "Tổ Văn"}
    for who, unit in homes.items():
        account = made.accounts_by_key[who]
        made.accounts.edit(principal, account, made.actor(who).name, unit)
    since = date(2026, 9, 1)
    made.accounts.grant(principal, made.accounts_by_key["toan"], Role.DEPARTMENT_HEAD, since)
    return made


def checks(school: TestSchool) -> InternalChecks:
    return InternalChecks(school.uow, school.clock)


def finding(school: TestSchool, who: str = "tin_hoc", **changes: object) -> FindingDraft:
    facts = {
        "account_id": school.accounts_by_key[who],
        "finding": "Cột ĐĐGtx1 vào muộn",
        "remedy": "Vào điểm trong 5 ngày",
        "due_on": TODAY + timedelta(days=5),
        "class_id": school.class_id,
        "subject_id": school.subjects["tin_hoc"],
        **changes,
    }
    return FindingDraft(**facts)


def draft(*findings: FindingDraft, **changes: object) -> CheckDraft:
    facts = {
        "kind": CheckKind.SURPRISE,
        "made_on": TODAY - timedelta(days=1),
        "department": UNIT,
        "looked_at": "Sổ điểm 6A tháng 10",
        "outcome": "Đạt yêu cầu",
        "findings": findings,
        **changes,
    }
    return CheckDraft(**facts)


def refused(school: TestSchool, who: str, wanted: CheckDraft) -> str:
    before = school.trail_kinds()
    with pytest.raises((RuleRefused, AccessDenied)) as caught:
        checks(school).record(school.actor(who), school.year_id, wanted)
    assert school.trail_kinds() == before
    assert checks(school).of_year(school.actor("principal"), school.year_id) == ()
    assert caught.value.sentence.endswith((".", "!"))
    return caught.value.code


def test_a_check_of_a_head_stands_with_its_findings(school: TestSchool) -> None:
    kept = (
        checks(school).record(school.actor("toan"), school.year_id, draft(finding(school))).payload
    )
    (read,) = checks(school).of_year(school.actor("principal"), school.year_id)
    assert read.id == kept.id
    assert (read.members, read.kind.label, read.department) == (
        school.actor("toan").name, "Đột xuất", UNIT,
    )  # fmt: skip
    (found,) = read.findings
    assert (found.teacher, found.place, found.is_open) == (
        school.actor("tin_hoc").name, "Lớp 6A, Tin học", True,
    )  # fmt: skip
    assert school.trail_kinds()[-1] == "check.recorded"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"made_on": None}, "check_incomplete"),
        ({"looked_at": "  "}, "check_incomplete"),
        ({"made_on": TODAY + timedelta(days=1)}, "check_day_wrong"),
        ({"made_on": date(2026, 7, 1)}, "check_day_wrong"),
        ({"department": "Tổ Văn"}, "other_department"),
        ({"department": ""}, "other_department"),
        ({"looked_at": "x" * 501}, "text_too_long"),
    ],
)
def test_a_check_is_refused(school: TestSchool, changes: dict, code: str) -> None:
    assert refused(school, "toan", draft(**changes)) == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"account_id": None}, "finding_incomplete"),
        ({"finding": ""}, "finding_incomplete"),
        ({"remedy": " "}, "finding_incomplete"),
        ({"due_on": None}, "finding_incomplete"),
        ({"due_on": TODAY - timedelta(days=2)}, "due_before_check"),
        ({"remedy": "x" * 501}, "text_too_long"),
    ],
)
def test_a_finding_is_refused_and_the_check_with_it(
    school: TestSchool, changes: dict, code: str
) -> None:
    good, bad = finding(school), finding(school, **changes)
    assert refused(school, "toan", draft(good, bad)) == code


def test_nobody_checks_their_own_sheets_or_another_departments_member(
    school: TestSchool,
) -> None:
    assert refused(school, "toan", draft(finding(school, "toan"))) == "own_finding"
    assert refused(school, "toan", draft(finding(school, "ngu_van"))) == "not_member"


@pytest.mark.parametrize("who", ["tin_hoc", "secretary", "admin", "ngu_van"])
def test_teachers_and_the_office_record_nothing(school: TestSchool, who: str) -> None:
    assert refused(school, who, draft(department="")) == "role_required"


def test_a_leader_checks_the_whole_school(school: TestSchool) -> None:
    done = checks(school).record(
        school.actor("vice"), school.year_id, draft(finding(school, "ngu_van", class_id=None,
                                                            subject_id=None), department="")
    )  # fmt: skip
    assert done.payload.findings[0].place == ""


def test_a_head_whose_office_ended_today_is_refused(school: TestSchool) -> None:
    stale = school.actor("toan")
    school.accounts.end_role(
        school.actor("principal"), school.accounts_by_key["toan"], Role.DEPARTMENT_HEAD,
        TODAY - timedelta(days=1),
    )  # fmt: skip
    with pytest.raises(AccessDenied):
        checks(school).record(stale, school.year_id, draft())


def test_a_finding_is_settled_once_by_somebody_else_with_a_word(school: TestSchool) -> None:
    service = checks(school)
    head = school.actor("toan")
    kept = service.record(head, school.year_id, draft(finding(school))).payload
    number = service.of_year(head, school.year_id)[0].findings[0].id
    with pytest.raises(RuleRefused) as nothing_said:
        service.settle(head, number, "  ")
    assert nothing_said.value.code == "note_required"
    with pytest.raises(AccessDenied):
        service.settle(school.actor("tin_hoc"), number, "Xong")
    service.settle(head, number, "Đã đủ điểm")
    (found,) = service.of_year(head, school.year_id)[0].findings
    assert (found.closed_by_name, found.closing_note, found.is_open) == (
        head.name, "Đã đủ điểm", False,
    )  # fmt: skip
    with pytest.raises(RuleRefused) as again:
        service.settle(head, number, "Đã đủ điểm")
    assert again.value.code == "finding_settled"
    with pytest.raises(RuleRefused) as unknown:
        service.settle(head, 999, "Đã đủ điểm")
    assert unknown.value.code == "not_found"
    assert kept.open_findings == 1


def test_a_head_does_not_settle_what_was_found_of_themselves(school: TestSchool) -> None:
    service = checks(school)
    service.record(
        school.actor("vice"), school.year_id, draft(finding(school, "toan", subject_id=None))
    )
    number = service.of_year(school.actor("vice"), school.year_id)[0].findings[0].id
    with pytest.raises(RuleRefused) as own:
        service.settle(school.actor("toan"), number, "Xong")
    assert own.value.code == "own_finding"


def test_who_sees_which_check(school: TestSchool) -> None:
    service = checks(school)
    service.record(
        school.actor("toan"), school.year_id, draft(finding(school), finding(school, "khtn"))
    )
    seen = {
        who: [len(c.findings) for c in service.of_year(school.actor(who), school.year_id)]
        for who in ("principal", "secretary", "toan", "tin_hoc", "ngu_van")
    }
    assert seen == {
        "principal": [2], "secretary": [2], "toan": [2], "tin_hoc": [1], "ngu_van": [],
    }  # fmt: skip


def test_a_finding_is_a_task_of_the_teacher_and_later_of_who_checked(school: TestSchool) -> None:
    checks(school).record(
        school.actor("toan"), school.year_id, draft(finding(school, due_on=TODAY))
    )

    def kinds(who: str) -> list[TaskKind]:
        view = Tasks(school.uow, school.clock).overview(school.actor(who), school.year_id)
        return [t.kind for t in view.tasks if t.kind in (TaskKind.REMEDY, TaskKind.LOOK_AGAIN)]

    assert kinds("tin_hoc") == [TaskKind.REMEDY]
    assert kinds("toan") == [TaskKind.LOOK_AGAIN]
    assert kinds("khtn") == []


# --- subjects of a tổ


def departments(school: TestSchool) -> Departments:
    return Departments(school.uow, school.clock)


def test_subjects_are_given_and_moved(school: TestSchool) -> None:
    service, principal = departments(school), school.actor("principal")
    service.give_subjects(principal, school.year_id, UNIT, ["toan", "ngu_van"])
    service.give_subjects(principal, school.year_id, "Tổ Văn", ["ngu_van"])
    found = {d.name: d for d in service.visible(principal, school.year_id)}
    assert (found[UNIT].subjects, found["Tổ Văn"].subjects) == (("toan",), ("ngu_van",))
    assert found[UNIT].head_names == school.actor("toan").name
    assert school.trail_kinds()[-1] == "department.subjects"
    before = school.trail_kinds()
    service.give_subjects(principal, school.year_id, "Tổ Văn", ["ngu_van"])
    assert school.trail_kinds() == before


def test_subjects_are_refused(school: TestSchool) -> None:
    service = departments(school)
    for who, unit, codes, code in (
        ("toan", UNIT, ["toan"], "role_required"),
        ("secretary", UNIT, ["toan"], "role_required"),
        ("principal", "Tổ Không Có", ["toan"], "department_unknown"),
        ("principal", UNIT, ["phep_thuat"], "subject_unknown"),
    ):
        with pytest.raises((RuleRefused, AccessDenied)) as caught:
            service.give_subjects(school.actor(who), school.year_id, unit, codes)
        assert caught.value.code == code


def test_a_head_sees_the_own_department_only(school: TestSchool) -> None:
    service = departments(school)
    seen = service.visible(school.actor("toan"), school.year_id)
    assert [d.name for d in seen] == [UNIT]
    with pytest.raises(AccessDenied) as teacher:
        service.visible(school.actor("tin_hoc"), school.year_id)
    assert teacher.value.code == "not_department_head"


def test_a_head_tends_the_subjects_of_the_department(school: TestSchool) -> None:
    head = school.actor("toan")
    assert head.heads(school.subjects["ngu_van"])  # nothing is shared out yet
    departments(school).give_subjects(
        school.actor("principal"), school.year_id, UNIT, ["toan", "tin_hoc"]
    )
    head = school.actor("toan")
    assert head.tends == {school.subjects["toan"], school.subjects["tin_hoc"]}
    assert head.heads(school.subjects["tin_hoc"])
    assert not head.heads(school.subjects["ngu_van"])
    assert not school.actor("tin_hoc").heads(school.subjects["tin_hoc"])


def test_a_head_reads_the_sheets_of_the_departments_subjects_and_writes_none(
    school: TestSchool,
) -> None:
    marks = MarkEntry(school.uow, school.clock)
    school.assignments.assign(
        school.actor("principal"), school.class_id, None, school.accounts_by_key["gdcd"], TODAY
    )  # a head who is not the GVCN as well

    def offered() -> list[str]:
        return [name for _, _, name in marks.sheets(school.actor("toan"), school.year_id)]

    assert offered() == ["Toán"]
    departments(school).give_subjects(
        school.actor("principal"), school.year_id, UNIT, ["toan", "tin_hoc"]
    )
    assert sorted(offered()) == ["Tin học", "Toán"]
    sheet = SheetId(school.class_id, school.subjects["tin_hoc"])
    with pytest.raises(RuleRefused, match="không được phân công dạy"):
        marks.set_cells(
            school.actor("toan"), sheet, {CellKey(school.pupils[0], "HK1.tx1"): "8"}, "key"
        )


def test_the_proposal_follows_who_teaches(school: TestSchool) -> None:
    proposal = departments(school).proposal(school.year_id)
    assert proposal == {"toan": UNIT, "tin_hoc": UNIT, "khtn": UNIT, "ngu_van": "Tổ Văn"}


def test_a_class_and_a_subject_that_a_finding_names_are_kept(school: TestSchool) -> None:
    checks(school).record(school.actor("toan"), school.year_id, draft(finding(school)))
    principal = school.actor("principal")
    with pytest.raises(RuleRefused) as subject:
        school.plans.remove(principal, school.year_id, 6, school.subjects["tin_hoc"])
    assert subject.value.code == "subject_has_findings"
    empty = school.add_class("6B")
    checks(school).record(
        school.actor("toan"), school.year_id,
        draft(finding(school, class_id=empty, subject_id=None)),
    )  # fmt: skip
    with pytest.raises(RuleRefused) as klass:
        ClassRemoval(school.uow, school.clock).remove(principal, empty)
    assert klass.value.code == "class_in_use"
    assert "kiểm tra nội bộ" in klass.value.sentence
