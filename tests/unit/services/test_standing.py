"""Rights of the moment: a session opened earlier keeps no office, post or account it has lost."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.periods import Period
from app.domain.roles import Role
from app.errors import AccessDenied, RuleRefused
from app.services.period_close import PeriodClosing
from db.keys.slots import PrivateKeySigner
from tests.support.school import PASSWORD, invented_pupil, make_school

NEW = "cơn mưa rào cuối hạ"


@pytest.fixture
def school(tmp_path):
    return make_school(tmp_path, pupils=2)


def principals(school):
    return [a.uid for a in school.accounts.all() if Role.PRINCIPAL in a.roles]


class TestHandover:
    def test_a_second_handover_before_the_day_is_refused(self, school):
        principal, tomorrow = school.actor("principal"), school.clock.today() + timedelta(days=1)
        school.accounts.change_principal(principal, school.accounts_by_key["vice"], tomorrow)
        with pytest.raises(RuleRefused) as refusal:
            school.accounts.change_principal(principal, school.accounts_by_key["admin"], tomorrow)
        assert refusal.value.code == "handover_pending"
        school.clock.advance(timedelta(days=1))
        assert principals(school) == [school.uid("vice")]

    def test_whoever_handed_over_today_is_principal_no_more_in_the_same_session(self, school):
        old = school.actor("principal")
        school.accounts.change_principal(old, school.accounts_by_key["vice"])
        for act in (
            lambda: school.accounts.change_principal(old, school.accounts_by_key["admin"]),
            lambda: school.accounts.renew_recovery_code(old),
            lambda: school.accounts.add(old, "Tạ Thị Xuân", NEW),
            lambda: school.setup.add_year(old, "2027-2028"),
            lambda: school.assignments.end(old, school.class_id, school.subjects["toan"]),
            lambda: school.file.revoke(school.accounts_by_key["toan"]),
        ):
            with pytest.raises(AccessDenied) as refusal:
                act()
            assert refusal.value.code == "role_required"
        assert principals(school) == [school.uid("vice")]
        assert school.trail_kinds()[-1] == "account.principal_changed"

    def test_the_principal_to_be_cannot_be_disabled(self, school):
        principal, tomorrow = school.actor("principal"), school.clock.today() + timedelta(days=1)
        school.accounts.change_principal(principal, school.accounts_by_key["vice"], tomorrow)
        with pytest.raises(RuleRefused) as refusal:
            school.accounts.disable(school.actor("admin"), school.accounts_by_key["vice"])
        assert refusal.value.code == "cannot_disable_principal"


class TestAdministrator:
    """Who keeps the accounts approves no marks, and cannot become somebody who does."""

    def test_gives_and_ends_no_vice_principal(self, school):
        admin = school.actor("admin")
        for act in (
            lambda: school.accounts.grant(admin, admin.account_id, Role.VICE_PRINCIPAL),
            lambda: school.accounts.add(admin, "Tạ Xuân", NEW, roles=(Role.VICE_PRINCIPAL,)),
            lambda: school.accounts.end_role(
                admin, school.accounts_by_key["vice"], Role.VICE_PRINCIPAL
            ),
        ):
            with pytest.raises(AccessDenied) as refusal:
                act()
            assert refusal.value.code == "office_of_the_principal"
        assert school.actor("admin").roles == {Role.ADMINISTRATOR}

    def test_sets_no_leaders_password(self, school):
        vice = school.accounts_by_key["vice"]
        with pytest.raises(AccessDenied) as refusal:
            school.accounts.reset_password(school.actor("admin"), vice, NEW)
        assert refusal.value.code == "reset_leader"
        school.accounts.reset_password(school.actor("principal"), vice, NEW)
        school.file.switch_user()
        assert school.file.sign_in(school.uid("vice"), NEW).actor.uid == school.uid("vice")


class TestDates:
    def test_an_office_with_a_last_day_can_be_ended_sooner(self, school):
        admin, who = school.actor("admin"), school.accounts_by_key["ngu_van"]
        today = school.clock.today()
        school.accounts.grant(admin, who, Role.DEPARTMENT_HEAD, today, today + timedelta(days=90))
        school.accounts.end_role(admin, who, Role.DEPARTMENT_HEAD, today)
        school.clock.advance(timedelta(days=1))
        assert Role.DEPARTMENT_HEAD not in school.actor("ngu_van").roles

    def test_a_gvcn_whose_post_ended_edits_the_roster_no_more(self, school):
        teacher = school.actor("homeroom")
        principal, today = school.actor("principal"), school.clock.today()
        school.assignments.end(principal, school.class_id, None, today)
        school.rosters.add_pupil(teacher, school.class_id, invented_pupil(50))
        school.clock.advance(timedelta(days=1))
        with pytest.raises(AccessDenied) as refusal:
            school.rosters.add_pupil(teacher, school.class_id, invented_pupil(51))
        assert refusal.value.code in ("not_your_class", "role_required")
        assert not school.rosters.view(teacher, school.class_id).shows_sensitive

    def test_a_post_that_ends_later_is_not_held_by_two(self, school):
        principal, today = school.actor("principal"), school.clock.today()
        post = (school.class_id, school.subjects["tin_hoc"])
        school.assignments.end(principal, *post, today + timedelta(days=30))
        school.assignments.assign(principal, *post, school.accounts_by_key["gdcd"])
        holders = [who for who in ("tin_hoc", "gdcd") if post in school.actor(who).teaches]
        assert holders == ["gdcd"]
        school.assignments.end(principal, *post, today + timedelta(days=30))
        school.assignments.end(principal, *post, today)
        school.clock.advance(timedelta(days=1))
        assert post not in school.actor("gdcd").teaches

    def test_a_post_does_not_end_before_it_began(self, school):
        with pytest.raises(RuleRefused) as refusal:
            school.assignments.end(
                school.actor("principal"),
                school.class_id,
                school.subjects["tin_hoc"],
                school.clock.today() - timedelta(days=900),
            )
        assert refusal.value.code == "assignment_dates"


def test_a_closed_account_stays_closed_when_the_clock_goes_back(school):
    school.accounts.disable(school.actor("principal"), school.accounts_by_key["toan"])
    school.file.switch_user()
    school.clock.advance(timedelta(days=-1))
    school.sign_in_as("principal")
    listed = next(e for e in school.file.people() if e.uid == school.uid("toan"))
    assert not listed.active
    school.file.switch_user()
    with pytest.raises(AccessDenied):
        school.file.sign_in(school.uid("toan"), PASSWORD)


def test_a_day_no_calendar_of_a_school_has_is_refused(school):
    for day in (date.min, date.max):
        with pytest.raises(RuleRefused) as refusal:
            school.assignments.assign(
                school.actor("principal"),
                school.class_id,
                None,
                school.accounts_by_key["gdcd"],
                day,
            )
        assert refusal.value.code == "assignment_dates"


def test_a_pupil_is_not_born_tomorrow(school):
    unborn = replace(invented_pupil(60), birth_date=school.clock.today() + timedelta(days=1))
    with pytest.raises(RuleRefused) as refusal:
        school.rosters.add_pupil(school.actor("secretary"), school.class_id, unborn)
    assert refusal.value.code == "birth_date_invalid"


def test_a_signer_in_the_principals_name_with_another_key_approves_nothing(school):
    """The act and its signature are one: neither is kept."""
    closing = PeriodClosing(school.uow, school.clock)
    forger = PrivateKeySigner(school.uid("principal"), Ed25519PrivateKey.generate())
    before = school.trail_kinds()
    with pytest.raises(AccessDenied) as refusal:
        closing.close(forger, school.class_id, Period.HK1, "57/QĐ-THCS", "thử")
    assert refusal.value.code == "key_not_recorded"
    assert school.trail_kinds() == before
    with school.uow.read() as uow:
        assert not uow.control.class_locks(school.class_id).closes
