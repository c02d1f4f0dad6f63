"""TT58/2011 through `khoaso assess`: any case against a second reading, and any JSON at all."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from app.services.assess import assess
from tests.unit.services import tt58_second_reading
from tests.unit.services.assess_cases import case58, run, subject, three

NEAR = ["0", "1,9", "2", "3,4", "3,5", "4,9", "5", "6,4", "6,5", "7,9", "8", "8,1", "9,5", "10"]
marks = st.sampled_from(NEAR) | st.integers(0, 100).map(lambda n: f"{n // 10},{n % 10}")
levels = st.sampled_from(["Đ", "Đ", "Đ", "CĐ"])
LEVELS58 = ["Tốt", "Khá", "Trung bình", "Yếu"]


@st.composite
def terms(draw: st.DrawFn, usual: str, kind: str, count: int) -> dict | None:
    if draw(st.integers(0, 19)) == 0:
        return None
    value = marks if kind == "marks" else levels
    entries: list[str | None] = [usual] * (count + 2)
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
        entries[draw(st.integers(0, count + 1))] = draw(value)
    if draw(st.integers(0, 29)) == 0:
        entries[draw(st.integers(0, count + 1))] = None
    return {"tx": entries[:count], "gk": entries[-2], "ck": entries[-1]}


@st.composite
def subjects58(draw: st.DrawFn, name: str, kind: str, usual: str) -> dict:
    periods = draw(st.sampled_from([18, 35, 36, 70, 105]))
    count = draw(st.sampled_from([None, None, None, 1, 3]))
    wanted = count or (2 if periods <= 35 else 3 if periods <= 70 else 4)
    rare = draw(st.integers(0, 9))
    value = marks if kind == "marks" else levels
    made = {
        "name": name,
        "kind": kind,
        "periods": periods,
        "hk1": draw(terms(usual, kind, wanted)),
        "hk2": draw(terms(usual, kind, wanted)),
        "exempt": draw(st.sampled_from(["hk1", "hk2", "year"])) if rare == 0 else None,
        "reassessed": draw(value) if rare == 1 else None,
    }
    if count:
        made["tx_required"] = count
    return made


@st.composite
def cases58(draw: st.DrawFn) -> dict:
    usual = draw(st.sampled_from(["5,2", "6,6", "7", "8,2", "8,8"]) | marks)
    names = ["Toán", "Ngữ văn", "Ngoại ngữ", "Lí", "Hóa", "Sử"]
    first = draw(st.integers(0, 2))
    listed = []
    for name in names[first : draw(st.integers(first + 1, 6))]:
        own = draw(marks) if draw(st.integers(0, 4)) == 0 else usual
        listed.append(draw(subjects58(name, "marks", own)))
    usual_level = st.sampled_from(["Đ"] * 6 + ["CĐ"])
    listed += [
        draw(subjects58(name, "comments", draw(usual_level)))
        for name in ["Thể dục", "Mĩ thuật"][: draw(st.integers(0, 2))]
    ]
    free = [one["name"] for one in listed if one["exempt"] is None and one["kind"] == "marks"]
    level = st.sampled_from([*LEVELS58, *LEVELS58, None])
    return {
        "id": draw(st.integers()),
        "regulation": "TT58/2011",
        "grade": draw(st.integers(6, 12)),
        "subjects": draw(st.permutations(listed)),
        "specialised_subject": draw(st.sampled_from([None, None, *free])),
        "conduct": {at: draw(level) for at in ("hk1", "hk2", "year")}
        | {"after_summer": draw(st.sampled_from([None, *LEVELS58]))},
        "absences": draw(st.sampled_from([0, 12, 45, 46, None])),
    }


@settings(max_examples=500, deadline=None)
@given(cases58())
def test_the_program_agrees_with_a_second_reading(of: dict):
    assert run(of)[0] == tt58_second_reading.result(of)


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
        of["regulation"] = "TT58/2011"
    return of


@settings(max_examples=300, deadline=None)
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
