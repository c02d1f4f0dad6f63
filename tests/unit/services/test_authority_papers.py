"""Giấy ủy quyền and bảng phân công nhiệm vụ as numbered papers."""

from datetime import date, timedelta

import pytest

from app.domain.delegations import Power
from app.domain.duties import DUTIES
from app.domain.roles import Role
from app.errors import AccessDenied, RuleRefused
from app.services.authority_papers import AuthorityPapers
from app.services.delegations import Delegations
from exports.press import Paper
from tests.support.school import make_school

TODAY = date(2026, 11, 23)


@pytest.fixture
def school(tmp_path):
    made = make_school(tmp_path, pupils=1)
    yield made
    made.close()


@pytest.fixture
def papers(school):
    return AuthorityPapers(school.uow, school.clock, Paper())


def give(school):
    vice = school.accounts_by_key["tin_hoc"]
    last = TODAY + timedelta(days=7)
    service = Delegations(school.uow, school.clock)
    args = (Power.APPROVE_MARKS, vice, TODAY, last, "70/QĐ", TODAY)
    return service.give(school.actor("principal"), *args).payload


def test_every_office_has_duties_with_a_source():
    assert set(DUTIES) == set(Role)
    assert all(text and source for duties in DUTIES.values() for text, source in duties)


def test_a_delegation_is_printed_and_kept(school, papers):
    made = give(school)
    secretary = school.actor("secretary")
    printed = papers.print_delegation(secretary, made.id).payload
    again = papers.print_delegation(secretary, made.id).payload
    assert printed.run.kind == "delegation_letter"
    assert printed.run.data_digest == again.run.data_digest
    with pytest.raises(RuleRefused) as caught:
        papers.print_delegation(secretary, 99)
    assert caught.value.code == "not_found"


def test_the_duty_list_changes_with_a_delegation(school, papers):
    first = papers.print_duties(school.actor("secretary")).payload
    give(school)
    second = papers.print_duties(school.actor("secretary")).payload
    assert first.run.data_digest != second.run.data_digest


def test_teachers_print_neither(school, papers):
    made = give(school)
    teacher = school.actor("toan")
    for call in (lambda: papers.print_duties(teacher),
                 lambda: papers.print_delegation(teacher, made.id)):  # fmt: skip
        with pytest.raises(AccessDenied):
            call()
