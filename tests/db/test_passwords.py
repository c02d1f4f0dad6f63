from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import RuleRefused
from db.keys.passwords import MINIMUM_LENGTH, check_password


def refusal(password, *about):
    with pytest.raises(RuleRefused) as caught:
        check_password(password, *about)
    return caught.value.code


@pytest.mark.parametrize(
    "password",
    [
        "con trâu đi cày",
        "quả bưởi vàng ươm",
        "Tr0i mua, duong tron",
        "xk7#pQ2!mVz9",
        "bếp lửa chờn vờn sương sớm",
        "đồng hồ 7 giờ kém 5",
    ],
)
def test_fit_passwords(password):
    check_password(password, "gv1", "Nguyễn Thị Bình")


@pytest.mark.parametrize(
    "password",
    [
        "1234567890",
        "0987654321",
        "19051990190590",
        "qwertyuiop",
        "poiuytrewq",
        "1qaz2wsx3edc",
        "asdfghjkl123",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "abcdefghijkl",
        "matkhau123456",
        "Mật khẩu 2026",
        "M@tkhau2026!",
        "P@ssw0rd2026",
        "admin@2026admin",
        "hieutruong2026",
        "giaovien.thcs",
        "anhyeuem2005",
        "truonghoc12345",
        "vietnam1975!!",
    ],
)
def test_what_everybody_tries_first(password):
    assert refusal(password) == "password_common"


@pytest.mark.parametrize(
    "password", ["nguyenthibinh", "Nguyễn Thị Bình", "binhnguyen1985", "gv1-binh-2026"]
)
def test_ones_own_name(password):
    assert refusal(password, "gv1", "Nguyễn Thị Bình") == "password_common"


@pytest.mark.parametrize("password", ["", "a", "chín chữ!", "quả bưởi"])
def test_too_short(password):
    assert refusal(password) == "password_too_short"


@pytest.mark.parametrize("password", [" con trâu đi cày", "con trâu đi cày ", "con trâu\tđi cày"])
def test_edges_that_will_not_be_typed_again(password):
    assert refusal(password) == "password_edges"


def test_length_is_counted_composed():
    nine = "bưởi vàng"
    assert len(unicodedata.normalize("NFD", nine)) > MINIMUM_LENGTH > len(nine)
    assert refusal(unicodedata.normalize("NFD", nine)) == "password_too_short"


@given(st.text(max_size=40), st.lists(st.text(max_size=10), max_size=3))
def test_any_text_gets_an_answer_and_the_answer_ignores_composition(password, about):
    answers = []
    for form in ("NFC", "NFD"):
        try:
            check_password(unicodedata.normalize(form, password), *about)
        except RuleRefused as error:
            answers.append(error.code)
        else:
            answers.append("fit")
    assert answers[0] == answers[1]
