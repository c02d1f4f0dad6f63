"""Legal bases, the register of outgoing papers, and the numbers that come back onto paper."""

from datetime import date, timedelta

import pytest

from app.domain.papers import BasisUse, DocumentKind
from app.domain.periods import Period
from app.errors import AccessDenied, RuleRefused
from app.services.document_register import DocumentRegister
from app.services.legal_bases import BasisDraft, LegalBases, citing
from app.services.settings import Settings
from app.services.year_dates import YearDates
from tests.support.school import make_school

DAY = date(2026, 9, 12)


@pytest.fixture
def school(tmp_path):
    return make_school(tmp_path, pupils=1)


@pytest.fixture
def bases(school):
    return LegalBases(school.uow, school.clock)


@pytest.fixture
def register(school):
    return DocumentRegister(school.uow, school.clock)


def draft(number="1539/GDĐT-HV", day=DAY, issuer="Phòng GDĐT", uses=(BasisUse.MINUTES,), **more):
    summary = more.pop("summary", "Hướng dẫn đánh giá học sinh")
    return BasisDraft(DocumentKind.LETTER, number, day, issuer, summary, uses)


def test_a_basis_reads_as_a_can_cu_line(school, bases):
    bases.add(school.actor("secretary"), school.year_id, draft())
    (basis,) = bases.of_year(school.year_id)
    assert basis.line == (
        "Căn cứ Công văn số 1539/GDĐT-HV ngày 12 tháng 9 năm 2026 của Phòng GDĐT về hướng dẫn "
        "đánh giá học sinh"
    )
    with school.uow.read() as uow:
        assert citing(uow, school.year_id, BasisUse.MINUTES) == (basis.line,)
        assert citing(uow, school.year_id, BasisUse.DECISIONS) == ()


def test_another_number_of_the_same_day_and_issuer_is_asked_about(school, bases):
    who = school.actor("secretary")
    bases.add(who, school.year_id, draft())
    assert bases.twin(school.year_id, draft("1593/GDĐT-HV")).code == "1539/GDĐT-HV"
    with pytest.raises(RuleRefused) as twin:
        bases.add(who, school.year_id, draft("1593/GDĐT-HV", issuer="phòng  gdđt"))
    assert twin.value.code == "basis_twin"
    with pytest.raises(RuleRefused) as again:
        bases.add(who, school.year_id, draft(), twin_is_right=True)
    assert again.value.code == "basis_exists"
    bases.add(who, school.year_id, draft("1593/GDĐT-HV"), twin_is_right=True)
    bases.add(who, school.year_id, draft("1593/GDĐT-HV", day=DAY + timedelta(days=1)))
    assert len(bases.of_year(school.year_id)) == 3


@pytest.mark.parametrize(
    "bad",
    [
        draft(number=" "),
        draft(day=None),
        draft(issuer=""),
        draft(summary="  "),
        draft(day=date(1900, 1, 1)),
        draft(number="1" * 60),
    ],
)
def test_an_incomplete_basis_is_refused(school, bases, bad):
    with pytest.raises(RuleRefused):
        bases.add(school.actor("secretary"), school.year_id, bad)
    assert bases.of_year(school.year_id) == ()
    assert "basis.added" not in school.trail_kinds()


def test_a_teacher_keeps_no_bases_and_a_withdrawn_one_is_gone(school, bases):
    with pytest.raises(AccessDenied):
        bases.add(school.actor("toan"), school.year_id, draft())
    who = school.actor("secretary")
    bases.add(who, school.year_id, draft())
    (basis,) = bases.of_year(school.year_id)
    with pytest.raises(AccessDenied):
        bases.withdraw(school.actor("toan"), school.year_id, basis.id)
    bases.withdraw(who, school.year_id, basis.id)
    assert bases.of_year(school.year_id) == ()
    with pytest.raises(RuleRefused):
        bases.withdraw(who, school.year_id, basis.id)


def test_numbers_wait_and_are_given_once(school, register):
    who = school.actor("secretary")
    Settings(school.uow, school.clock).set_symbol(who, "THCSĐX")
    first = register.draft(who, school.year_id, DocumentKind.DECISION, "Về mở đợt nhập").payload
    second = register.draft(who, school.year_id, DocumentKind.DECISION, "Về chốt điểm").payload
    waiting = {one.id: one for one in register.of_year(school.year_id)}
    assert waiting[first].code == ""
    proposal = register.propose(waiting[first])
    assert (proposal.number, proposal.symbol) == (1, "QĐ-THCSĐX")
    done = register.give_number(who, first, 1, proposal.symbol, proposal.issued_on).payload
    assert done.code == "01/QĐ-THCSĐX"
    with pytest.raises(RuleRefused) as taken:
        register.give_number(who, second, 1, "QĐ-THCSĐX", proposal.issued_on)
    assert (taken.value.code, taken.value.facts["free"]) == ("number_taken", 2)
    with pytest.raises(RuleRefused) as twice:
        register.give_number(who, first, 7, "QĐ-THCSĐX", proposal.issued_on)
    assert twice.value.code == "document_numbered"
    for day in (proposal.issued_on + timedelta(days=1), proposal.issued_on - timedelta(days=1)):
        with pytest.raises(RuleRefused) as wrong:
            register.give_number(who, second, 2, "QĐ", day)
        assert wrong.value.code == "document_day"
    for number in (0, -1, 10_000):
        with pytest.raises(RuleRefused):
            register.give_number(who, second, number, "QĐ", proposal.issued_on)
    other = register.draft(who, school.year_id, DocumentKind.MINUTES, "Kiểm tra sổ").payload
    register.give_number(who, other, 1, "BB", proposal.issued_on)


def test_a_new_calendar_year_begins_again_at_one(school, register):
    who = school.actor("secretary")
    first = register.draft(who, school.year_id, DocumentKind.PLAN, "Kế hoạch kiểm tra").payload
    register.give_number(who, first, 41, "KH", school.clock.today())
    school.clock.advance(timedelta(days=60))
    second = register.draft(who, school.year_id, DocumentKind.PLAN, "Kế hoạch ôn tập").payload
    waiting = next(d for d in register.of_year(school.year_id) if d.id == second)
    assert register.propose(waiting).number == 1


@pytest.mark.parametrize(
    ("kind", "summary"), [(DocumentKind.LAW, "Luật"), (DocumentKind.PLAN, " ")]
)
def test_what_a_school_does_not_issue_is_no_outgoing_paper(school, register, kind, summary):
    with pytest.raises(RuleRefused):
        register.draft(school.actor("secretary"), school.year_id, kind, summary)
    with pytest.raises(AccessDenied):
        register.draft(school.actor("toan"), school.year_id, DocumentKind.PLAN, "Kế hoạch")


def test_days_of_a_year_move_until_something_rests_on_them(school):
    dates = YearDates(school.uow, school.clock)
    who = school.actor("secretary")
    year = school.setup.years()[0]
    with pytest.raises(AccessDenied):
        dates.change(school.actor("toan"), year.id, *_days(year, 1))
    with pytest.raises(RuleRefused) as order:
        dates.change(who, year.id, year.ends_on, year.term2_starts_on, year.starts_on)
    assert order.value.code == "year_dates_order"
    dates.change(who, year.id, *_days(year, 1))
    moved = school.setup.years()[0]
    assert moved.starts_on == year.starts_on + timedelta(days=1)
    assert school.trail_kinds()[-1] == "year.dates"
    from app.services.period_close import PeriodClosing

    PeriodClosing(school.uow, school.clock).close(
        school.signer("principal"), school.class_id, Period.HK1, "1/QĐ", "Lớp mẫu"
    )
    with pytest.raises(RuleRefused) as closed:
        dates.change(who, year.id, *_days(moved, 1))
    assert closed.value.code == "period_closed"
    dates.change(
        who, year.id, moved.starts_on, moved.term2_starts_on, moved.ends_on - timedelta(days=1)
    )


def test_a_year_does_not_run_into_its_neighbour(school):
    who = school.actor("secretary")
    nxt = school.setup.add_year(who, "2027-2028").payload
    with pytest.raises(RuleRefused) as clash:
        YearDates(school.uow, school.clock).change(
            who, school.year_id, date(2026, 9, 5), date(2027, 1, 19), nxt.starts_on
        )
    assert clash.value.code in ("year_overlaps", "year_dates_outside")


def _days(year, shift):
    delta = timedelta(days=shift)
    return year.starts_on + delta, year.term2_starts_on + delta, year.ends_on + delta
