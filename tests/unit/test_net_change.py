"""Net change of marks: first to last, direction, steps of one history."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.net_change import CellStep, Direction, direction, net_changes


def step(seq: int, old: str, new: str, **more: object) -> CellStep:
    facts: dict[str, object] = {
        "seq": seq,
        "at": "2027-01-12T20:15:00+07:00",
        "account_id": 7,
        "actor": "Ngô Quốc Khánh",
        "case": 0,
        "class_id": 1,
        "class_name": "6A",
        "subject_id": 2,
        "subject": "Toán",
        "term": "HK1",
        "code": "tx1",
        "pupil_id": 3,
        "pupil": "Trần Văn An",
        "old": old,
        "new": new,
        "before": "",
    }
    return CellStep(**{**facts, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("8,0", "8,5", Direction.UP),
        ("8,5", "8,0", Direction.DOWN),
        ("10,0", "9,9", Direction.DOWN),
        ("9,9", "10,0", Direction.UP),
        ("8,0", "8,0", Direction.SAME),
        ("8,0", "8,0 [trường cũ: THCS Bình Minh]", Direction.SAME),
        ("0,0 [vắng: ốm]", "7,0", Direction.UP),
        ("8,0", "", Direction.EMPTIED),
        ("chờ bù [ốm]", "7,0", Direction.OTHER),
        ("7,0", "miễn [QĐ 3]", Direction.OTHER),
        ("CĐ", "Đ", Direction.UP),
        ("Đ", "CĐ", Direction.DOWN),
        ("T", "H", Direction.DOWN),
        ("C", "H", Direction.UP),
        ("T", "Đ", Direction.DOWN),
        ("10", "9", Direction.DOWN),
    ],
)
def test_direction_compares_values_not_texts(first: str, last: str, expected: Direction) -> None:
    assert direction(first, last) is expected


def test_deleted_and_typed_again_is_one_history() -> None:
    found = net_changes([step(5, "8,0", ""), step(9, "", "6,5", before="8,0")])
    assert [(c.first, c.last, c.direction, len(c.steps)) for c in found] == [
        ("8,0", "6,5", Direction.DOWN, 2)
    ]


def test_a_value_deleted_before_the_time_asked_for_still_counts() -> None:
    (found,) = net_changes([step(9, "", "6,5", before="8,0")])
    assert (found.first, found.last) == ("8,0", "6,5")


def test_a_pupil_who_changed_class_keeps_one_history() -> None:
    (found,) = net_changes(
        [step(5, "8,0", "7,0"), step(9, "7,0 [x]", "9,0", class_id=4, class_name="6B", case=3)]
    )
    assert (found.place.class_name, found.first, found.last) == ("6B", "8,0", "9,0")
    assert (found.cases, found.unapproved) == ((3,), 1)


def test_other_columns_and_pupils_are_other_histories() -> None:
    found = net_changes(
        [
            step(5, "8,0", "7,0"),
            step(5, "8,0", "7,0", code="tx2"),
            step(6, "1,0", "2,0", pupil_id=9),
        ]
    )
    assert len(found) == 3


_TENTHS = st.integers(0, 100)


def words(tenths: int) -> str:
    return f"{tenths // 10},{tenths % 10}"


@given(st.lists(_TENTHS, min_size=2, max_size=12), st.data())
def test_the_net_is_the_first_and_the_last_whatever_lies_between(
    values: list[int], data: st.DataObject
) -> None:
    steps, seq, held = [], 1, values[0]
    for value in values[1:]:
        if data.draw(st.booleans()):
            steps.append(step(seq, words(held), ""))
            steps.append(step(seq + 1, "", words(value), before=words(held)))
        else:
            steps.append(step(seq, words(held), words(value)))
        seq, held = seq + 2, value
    (found,) = net_changes(steps)
    assert (found.first, found.last) == (words(values[0]), words(values[-1]))
    gain = values[-1] - values[0]
    expected = Direction.SAME if not gain else Direction.UP if gain > 0 else Direction.DOWN
    assert found.direction is expected
    assert found.differs == bool(gain)
