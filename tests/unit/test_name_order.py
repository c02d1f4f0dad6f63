"""Class lists are ordered as schools order them: the whole given name first, then the family's."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text import class_key, name_key

IN_ORDER = (
    "Đỗ Văn An",
    "Lê An",
    "Hoàng Bích Khánh Anh",
    "Phạm Thị Anh",
    "Dương Quỳnh Ánh",
    "Nguyễn Mỹ Ánh",
    "Trần Văn Ẩn",
    "Bùi Thị Ân",
    "Lê Thị Dung",
    "Lê Thị Dũng",
    "Hồ Đạt",
    "Nguyễn Hà",
    "Nguyễn Hạ",
)


def test_every_anh_stands_before_the_first_anh_with_a_tone() -> None:
    mixed = ["Nguyễn Mỹ Ánh", "Hoàng Bích Khánh Anh", "Dương Quỳnh Ánh", "Phạm Thị Anh"]
    assert sorted(mixed, key=name_key) == [
        "Hoàng Bích Khánh Anh",
        "Phạm Thị Anh",
        "Dương Quỳnh Ánh",
        "Nguyễn Mỹ Ánh",
    ]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_does_not_depend_on_where_it_starts(seed: int) -> None:
    names = [name for name in IN_ORDER if name != "Trần Văn Ẩn"]
    mixed = list(names)
    random.Random(seed).shuffle(mixed)
    assert sorted(mixed, key=name_key) == names


def test_a_short_given_name_stands_before_a_longer_one() -> None:
    assert name_key("Vũ An") < name_key("Bùi Anh")
    assert name_key("An") < name_key("Bùi An")


@given(st.sampled_from(IN_ORDER), st.sampled_from(IN_ORDER))
def test_two_pupils_of_one_given_name_go_by_family_name(one: str, other: str) -> None:
    given_name = one.split(" ")[-1]
    families = sorted(("Bùi", "Đinh", "Nguyễn"), key=name_key)
    keys = [name_key(f"{family} {given_name}") for family in families]
    assert keys == sorted(keys)
    apart = given_name != other.split(" ")[-1]
    if apart:
        assert len({keys[0] < name_key(other), keys[-1] < name_key(other)}) == 1


def test_classes_stand_in_the_order_people_count() -> None:
    names = ["6A10", "6A2", "6A1", "6B1", "10A1", "6a3", "Mầm 2", "6A"]
    ordered = ["6A", "6A1", "6A2", "6a3", "6A10", "6B1", "10A1", "Mầm 2"]
    assert sorted(names, key=class_key) == ordered
