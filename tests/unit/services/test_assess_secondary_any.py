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
@settings(max_examples=250, deadline=None)
@given(data=st.data())
def test_the_program_agrees_with_a_second_reading(regulation: str, data: st.DataObject):
    of = data.draw(cases(regulation))
    sound, faults = cleaned(of)
    assert faults == []
    assert run(of)[0] == READINGS[regulation](sound)


@pytest.mark.parametrize("regulation", READINGS)
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_it_agrees_on_faulty_values_too(regulation: str, data: st.DataObject):
    of = data.draw(faulty_cases(regulation))
    sound, faults = cleaned(of)
    found = run(of)[0]
    assert codes(found) == faults
    assert {**found, "errors": []} == READINGS[regulation](sound)


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


@settings(max_examples=200, deadline=None)
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
