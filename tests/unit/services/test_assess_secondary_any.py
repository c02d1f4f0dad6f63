"""Secondary cases through `khoaso assess`: any case against a second reading, any JSON at all."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.services.assess import assess
from tests.unit.services import tt22_second_reading, tt58_second_reading
from tests.unit.services.assess_cases import case58, codes, run, subject, three
from tests.unit.services.second_reading_values import cleaned
from tests.unit.services.secondary_cases import cases, faulty_cases

READINGS = {
    "TT22/2021": tt22_second_reading.result,
    "TT58/2011": tt58_second_reading.result,
}


@pytest.mark.parametrize("regulation", READINGS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_the_program_agrees_with_a_second_reading(regulation: str, data: st.DataObject):
    of = data.draw(cases(regulation))
    sound, faults = cleaned(of)
    assert faults == []
    assert run(of)[0] == READINGS[regulation](sound)


@pytest.mark.parametrize("regulation", READINGS)
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_it_agrees_on_faulty_values_too(regulation: str, data: st.DataObject):
    of = data.draw(faulty_cases(regulation))
    sound, faults = cleaned(of)
    found = run(of)[0]
    assert codes(found) == faults
    assert {**found, "errors": []} == READINGS[regulation](sound)


# better entries

BEST_FIRST = {
    "TT22/2021": ["Tốt", "Khá", "Đạt", "Chưa đạt"],
    "TT58/2011": ["Giỏi", "Khá", "Trung bình", "Yếu", "Kém"],
}
TITLES = ["Học sinh Xuất sắc", "Học sinh Giỏi", "Học sinh giỏi", "Học sinh tiên tiến", None]


def entries_of(of: dict) -> list[tuple[list | dict, int | str]]:
    """Where every entry of a case stands."""
    terms = [s[term] for s in of["subjects"] for term in ("hk1", "hk2") if s[term] is not None]
    spots: list[tuple[list | dict, int | str]] = [
        (term["tx"], at) for term in terms for at in range(len(term["tx"]))
    ]
    spots += [(term, key) for term in terms for key in ("gk", "ck")]
    spots += [(subject, "reassessed") for subject in of["subjects"]]
    return [(where, key) for where, key in spots if where[key] is not None]  # type: ignore[index]


def tenths(text: str | None) -> int:
    whole, _, tenth = (text or "0").partition(",")
    return int(whole) * 10 + int(tenth or "0")


@pytest.mark.parametrize("regulation", READINGS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_better_entry_never_lowers_anything(regulation: str, data: st.DataObject):
    of = data.draw(cases(regulation))
    spots = entries_of(of)
    if not spots:
        return
    before = run(of)[0]
    where, key = data.draw(st.sampled_from(spots))
    old = where[key]  # type: ignore[index]
    if old in ("Đ", "CĐ"):
        better = "Đ"
    else:
        higher = data.draw(st.integers(tenths(old), 100))
        better = f"{higher // 10},{higher % 10}"
    where[key] = better  # type: ignore[index]
    after = run(of)[0]
    order = BEST_FIRST[regulation]
    for period, was in before["learning"].items():
        assert (was is None) == (after["learning"][period] is None)
        if was is not None:
            assert order.index(after["learning"][period]["final"]) <= order.index(was["final"])
    for period in ("hk1", "hk2", "year"):
        assert tenths(after["average"][period]) >= tenths(before["average"][period])
        assert TITLES.index(after["titles"][period]) <= TITLES.index(before["titles"][period])
    assert set(after["reassess"]) <= set(before["reassess"]) or not before["reassess"]


# whatever comes in

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-200, 200)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(
        ["Đ", "CĐ", "8", "8,5", "-1", "11", "7,25", "Khá", "hk1", "marks", "", "Toán"]
    )
    | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@st.composite
def broken_cases(draw: st.DrawFn) -> object:
    """A good case in which some spots hold anything at all."""
    of = json.loads(json.dumps(case58([*three("8"), subject("Thể dục", "Đ", "comments")])))
    regulation = draw(st.sampled_from(["TT58/2011", "TT22/2021"]))
    for _ in range(draw(st.integers(1, 4))):
        spot = of
        while True:
            keys = list(spot) if isinstance(spot, dict) else list(range(len(spot)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            below = spot[key]
            if not isinstance(below, dict | list) or draw(st.integers(0, 3)) == 0:
                if draw(st.booleans()) or isinstance(spot, list):
                    spot[key] = draw(json_values)
                else:
                    del spot[key]
                break
            spot = below
    if isinstance(of, dict):
        of["regulation"] = regulation
    return of


@settings(max_examples=120, deadline=None)
@given(broken_cases() | json_values)
def test_no_json_crashes_it(of: object):
    found = assess({"format": "khoaso-assess/1", "cases": [of, case58()]})
    first, second = found["results"]  # type: ignore[misc]
    json.dumps(first)
    assert second["promotion"] == "promoted"
    known = {
        "mark_out_of_range",
        "mark_too_precise",
        "not_a_mark",
        "not_a_level",
        "too_many_marks",
        "unknown_regulation",
        "bad_case",
    }
    assert {error["code"] for error in first["errors"]} <= known
