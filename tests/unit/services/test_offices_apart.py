"""Offices that may not meet in one person, and who gives the leaders' ones (M59, M202, M216)."""

from datetime import date

import pytest

from app.domain.roles import Role
from app.errors import AccessDenied, RuleRefused
from tests.support.school import PASSWORD, make_school


@pytest.fixture
def school(tmp_path):
    made = make_school(tmp_path, pupils=1)
    yield made
    made.close()


def code(call, *args, **named):
    with pytest.raises((RuleRefused, AccessDenied)) as caught:
        call(*args, **named)
    return caught.value.code


LEADERS = (
    Role.VICE_PRINCIPAL, Role.ACADEMIC_VICE, Role.HOMEROOM_VICE, Role.BOARD_HEAD, Role.INSPECTOR,
)  # fmt: skip


@pytest.mark.parametrize("role", LEADERS)
def test_whoever_keeps_the_accounts_names_no_leader_and_no_inspector(school, role):
    admin, someone = school.actor("admin"), school.accounts_by_key["tin_hoc"]
    assert code(school.accounts.grant, admin, someone, role) == "office_of_the_principal"
    add = school.accounts.add
    assert code(add, admin, "Ngô Văn Mới", PASSWORD, roles=(role,)) == "office_of_the_principal"


def test_a_duty_needs_its_office(school):
    principal, grant = school.actor("principal"), school.accounts.grant
    teacher, vice = school.accounts_by_key["tin_hoc"], school.accounts_by_key["vice"]
    assert code(grant, principal, teacher, Role.ACADEMIC_VICE) == "vice_first"
    grant(principal, vice, Role.ACADEMIC_VICE)
    add = school.accounts.add
    roles = (Role.HOMEROOM_VICE,)
    assert code(add, principal, "Ngô Văn Mới", PASSWORD, roles=roles) == "vice_first"
    add(principal, "Ngô Văn Mới", PASSWORD, roles=(*roles, Role.VICE_PRINCIPAL))


def test_an_inspector_is_nothing_else(school):
    principal, accounts = school.actor("principal"), school.accounts
    for who in ("tin_hoc", "secretary", "vice"):
        someone = school.accounts_by_key[who]
        assert code(accounts.grant, principal, someone, Role.INSPECTOR) == "inspector_alone"
    roles = (Role.INSPECTOR, Role.SECRETARY)
    assert (
        code(accounts.add, principal, "Đoàn Kiểm Tra", PASSWORD, roles=roles) == "inspector_alone"
    )
    added = accounts.add(principal, "Đoàn Kiểm Tra", PASSWORD, roles=(Role.INSPECTOR,)).payload
    someone = added.account_id
    assert code(accounts.grant, principal, someone, Role.SECRETARY) == "inspector_alone"
    assign = school.assignments.assign
    subject = school.subjects["toan"]
    assert code(assign, principal, school.class_id, subject, someone) == "inspector_alone"
    assert code(accounts.change_principal, principal, someone) == "inspector_alone"
    accounts.end_role(principal, someone, Role.INSPECTOR, date(2026, 11, 23))
    after = date(2026, 11, 24)
    accounts.grant(principal, someone, Role.SECRETARY, after)
