"""Rules of a school: values, words, profiles, versions, and the dates reckoned by them."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import rule_catalogue, rule_readings
from app.domain.corrections import CaseKind
from app.domain.delegations import POWER_OF
from app.domain.due_dates import due_by_rule
from app.domain.ids import SchoolYearId
from app.domain.roles import Role
from app.domain.rule_catalogue import APPROVER_OF, BY_KEY, CATALOGUE
from app.domain.rule_checks import checked_rules
from app.domain.rules import Keeping, RuleKind, RuleSet, RuleVersion, day_in_year, version_of_day
from app.domain.school import SchoolYear
from app.errors import RuleRefused
from app.rule_profiles import PROFILES
from app.services.authority import holds_by_office

YEAR = SchoolYear(
    SchoolYearId(1), "2026-2027", date(2026, 9, 5), date(2027, 1, 18), date(2027, 5, 31)
)
OF = {profile.code: checked_rules(profile.values) for profile in PROFILES}
PLAN_2023, LETTER_2018 = OF["primary_plan_2023"], OF["primary_letter_2018"]
DECISION_1323, DECISION_1019 = OF["secondary_decision_1323"], OF["upper_decision_1019"]
GENERAL = OF["general"]
P, V, A, H = Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.ACADEMIC_VICE, Role.HOMEROOM_VICE


ON_PAPER = {"modules.optional"}


def refused(spec, text):
    with pytest.raises(RuleRefused) as caught:
        spec.checked(text)
    assert caught.value.code == "rule_value_invalid"
    assert spec.title in caught.value.sentence
    return caught.value


@pytest.mark.parametrize("spec", CATALOGUE, ids=lambda spec: spec.key)
def test_every_rule_has_words_limits_and_a_source(spec):
    assert spec.checked(spec.default) == spec.default
    assert RuleSet().words(spec).endswith(".")
    assert "M" in spec.source or spec.key == "entry.fast_allowed"
    if spec.none:
        assert spec.checked(" ") == ""
    else:
        refused(spec, "")
    refused(spec, "lạ")
    if spec.kind is RuleKind.NUMBER:
        refused(spec, str(spec.high + 1))
        refused(spec, str(spec.low - 1))
        assert str(spec.high) in spec.words(spec.checked(str(spec.high)))
    if spec.kind in (RuleKind.OFFICES, RuleKind.ITEMS):
        every = ",".join(code for code, _ in reversed(spec.choices))
        assert spec.checked(every) == ",".join(code for code, _ in spec.choices)
        assert all(words in spec.words(spec.checked(every)) for _, words in spec.choices)


@pytest.mark.parametrize("spec", CATALOGUE, ids=lambda spec: spec.key)
def test_a_rule_that_stays_on_paper_says_why(spec):
    """Whatever is not on this list is asked by the code that keeps it or reminds of it."""
    assert bool(spec.on_paper) is (spec.kept is Keeping.SCHOOL)
    assert spec.on_paper == "" or spec.on_paper.endswith(".")
    assert (spec.kept is Keeping.SCHOOL) is (spec.key in ON_PAPER)


def test_every_rule_the_program_keeps_is_read_by_some_code():
    """A rule marked "máy" that nothing reads would be a promise on paper."""
    code = "".join(
        path.read_text("utf-8")
        for folder in ("app/services", "app/domain", "app/regulations")
        for path in Path(folder).glob("*.py")
        if path.name not in ("rule_catalogue.py", "rule_checks.py", "rule_readings.py")
    )
    named = {**vars(rule_catalogue), **vars(rule_readings)}
    names = {id(value): name for name, value in named.items() if name.isupper()}
    by_kind = {*map(id, APPROVER_OF.values()), *map(id, rule_catalogue.NAMED_OF.values())}
    unread = [
        spec.key
        for spec in CATALOGUE
        if spec.kept is not Keeping.SCHOOL
        and id(spec) not in by_kind
        and not re.search(rf"\b{names[id(spec)]}\b", code)
    ]
    assert unread == []


@pytest.mark.parametrize("text", ["2-30", "02-30", "13-01", "1-1", "09-15x", "٠٩-١٥"])
def test_impossible_days_are_no_rule(text):
    refused(BY_KEY["profile.due_on"], text)


def test_keys_are_unique_and_profiles_name_known_rules_only():
    assert len(BY_KEY) == len(CATALOGUE)
    for profile in PROFILES:
        assert set(profile.values) <= set(BY_KEY)


def test_the_founding_procedures_are_told_apart():
    """Annex C of the requirements: where the papers disagree each profile says its own."""
    assert [DECISION_1323.number(BY_KEY[k]) for k in ("due.regular_days", "due.periodic_days")] == [
        7, 14,
    ]  # fmt: skip
    assert DECISION_1019.number(BY_KEY["due.returned_days"]) == 5
    assert DECISION_1019.number(BY_KEY["due.regular_days"]) is None
    day = BY_KEY["attendance.due_day"]
    assert (DECISION_1323.number(day), DECISION_1019.number(day)) == (5, 6)
    profile = BY_KEY["profile.due_on"]
    assert DECISION_1323.day(profile, YEAR) == date(2026, 9, 15)
    assert DECISION_1019.day(profile, YEAR) == date(2026, 9, 30)
    windows = {
        "window.gk1": (date(2026, 11, 28), date(2026, 12, 5)),
        "window.ck1": (date(2027, 1, 15), date(2027, 1, 22)),
        "window.gk2": (date(2027, 4, 13), date(2027, 4, 20)),
        "window.cn": (date(2027, 5, 25), date(2027, 6, 2)),
    }
    assert {key: LETTER_2018.span(BY_KEY[key], YEAR) for key in windows} == windows
    assert GENERAL.span(BY_KEY["window.gk1"], YEAR) is None
    assert "proof_reading" in PLAN_2023.codes(BY_KEY["modules.required"])
    assert PLAN_2023.offices(BY_KEY["print.keeper"]) == (V,)
    assert DECISION_1019.flag(BY_KEY["correction.usage_book"])


APPROVES = [
    # rules, kind, offices held, approves
    (GENERAL, CaseKind.MARKS, {V}, True),
    (DECISION_1323, CaseKind.MARKS, {P}, True),
    (DECISION_1323, CaseKind.MARKS, {V}, False),
    (LETTER_2018, CaseKind.PROFILE, {V, A, H}, False),
    (DECISION_1019, CaseKind.MARKS, {V, A}, True),
    (DECISION_1019, CaseKind.MARKS, {V, H}, False),
    (DECISION_1019, CaseKind.MARKS, {A}, False),
    (DECISION_1019, CaseKind.PROFILE, {V, H}, True),
    (DECISION_1019, CaseKind.PROFILE, {V, A}, False),
    (DECISION_1019, CaseKind.MARKS, {V, Role.BOARD_HEAD}, False),
    (GENERAL, CaseKind.MARKS, {P, Role.INSPECTOR}, False),
]


@pytest.mark.parametrize(("rules", "kind", "held", "expected"), APPROVES)
def test_each_kind_has_its_approver(rules, kind, held, expected):
    assert holds_by_office(rules, "khai", held, POWER_OF[kind]) is expected


@pytest.mark.parametrize("kind", CaseKind)
@pytest.mark.parametrize("profile", PROFILES, ids=lambda p: p.code)
def test_the_office_and_the_technician_approve_nothing(profile, kind):
    rules = OF[profile.code]
    others = set(Role) - {P, V, A, H}
    assert not holds_by_office(rules, "khai", others, POWER_OF[kind])
    every = {code for code, _ in APPROVER_OF[kind].choices}
    assert every == {P, V, A, H}, "no rule can make anybody else an approver"


@pytest.mark.parametrize("kind", CaseKind)
def test_a_name_narrows_an_office_and_never_gives_one(kind):
    named = RuleSet({f"correction.people.{kind.value}": "nhung|Phạm Thị Hồng Nhung"})
    power = POWER_OF[kind]
    assert holds_by_office(named, "nhung", {V}, power)
    assert not holds_by_office(named, "khai", {P}, power)
    assert not holds_by_office(named, "nhung", {Role.SECRETARY}, power)
    spec = BY_KEY[f"correction.people.{kind.value}"]
    assert "Phạm Thị Hồng Nhung" in named.words(spec)
    assert "nhung|" not in named.words(spec)
    refused(spec, "nhung")
    refused(spec, "nhung|Nhung|Lan")


def test_what_disagrees_is_refused():
    with pytest.raises(RuleRefused) as caught:
        checked_rules({"modules.required": "class_book", "modules.optional": "class_book"})
    assert caught.value.code == "rules_disagree"
    with pytest.raises(RuleRefused) as caught:
        checked_rules({"window.gk1": "01-15/11-28"})
    assert caught.value.code == "window_reversed"
    with pytest.raises(RuleRefused) as caught:
        checked_rules({"no.such": "1"})
    assert caught.value.code == "rule_unknown"


@given(st.dates(date(2026, 8, 1), date(2027, 7, 31)))
def test_a_day_of_the_year_is_found_again(day):
    assert day_in_year(f"{day:%m-%d}", YEAR) == day


def test_the_leap_day_falls_on_the_day_before_in_other_years():
    assert day_in_year("02-29", YEAR) == date(2027, 2, 28)


_DAYS = st.dates(date(2026, 9, 1), date(2027, 5, 31))


@given(
    code=st.sampled_from(["tx1", "tx4", "gk", "ck"]),
    tested=st.none() | _DAYS,
    returned=st.none() | _DAYS,
    periods=st.tuples(*[st.none() | st.integers(1, 60)] * 3),
)
def test_due_dates_follow_the_rules(code, tested, returned, periods):
    names = ("due.regular_days", "due.periodic_days", "due.returned_days")
    values = {k: "" if n is None else str(n) for k, n in zip(names, periods, strict=True)}
    due = due_by_rule(RuleSet(values), code, tested, returned)
    after_test = periods[0] if code.startswith("tx") else periods[1]
    if periods[2] is not None and returned is not None:
        assert (due - returned).days == periods[2]
    elif after_test is not None and tested is not None:
        assert (due - tested).days == after_test
    else:
        assert due is None


def test_the_version_of_a_day():
    def version(number, day):
        return RuleVersion(YEAR.id, number, "general", day, "1", day, "", RuleSet())

    first, second = version(1, date(2026, 9, 1)), version(2, date(2026, 12, 1))
    both = (first, second)
    assert version_of_day(both, date(2026, 8, 31)) is None
    assert version_of_day(both, date(2026, 9, 1)) is first
    assert version_of_day(both, date(2026, 11, 30)) is first
    assert version_of_day(both, date(2026, 12, 1)) is second
