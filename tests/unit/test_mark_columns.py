from __future__ import annotations

import pytest

from app.domain.mark_columns import ColumnRole, column_role, is_final, is_oral, is_regular, joined
from app.domain.subjects import column_codes, column_title, column_words
from app.regulations.primary_columns import FLAG_WORDS, LEVEL_CODE, SCORE_CODE, TRAIT_NAMES

FIRST_ISSUE = ("m1", "v1", "v2", "v3", "dk1", "dk2", "hk")


def test_columns_of_both_sets_in_the_order_of_the_paper():
    assert column_codes(4, 2) == FIRST_ISSUE
    assert column_codes(2, 1) == ("m1", "v1", "dk1", "hk")
    assert column_codes(2) == ("tx1", "tx2", "gk", "ck")


def test_what_a_column_is_called():
    assert [column_title(code) for code in FIRST_ISSUE] == [
        *("Miệng", "KTtx1", "KTtx2", "KTtx3", "KTđk1", "KTđk2", "KThk"),
    ]
    assert column_words("m1") == "kiểm tra miệng"
    assert column_words("v2") == "kiểm tra dưới 1 tiết, bài 2"
    assert column_words("dk2") == "kiểm tra từ 1 tiết, bài 2"
    assert column_words("hk") == "kiểm tra học kì"
    assert (column_title("tx2"), column_title("ck")) == ("ĐĐGtx2", "ĐĐGck")


@pytest.mark.parametrize(
    ("codes", "role"),
    [
        (("tx1", "tx9", "m1", "v1", "v8"), ColumnRole.REGULAR),
        (("gk", "dk1", "dk5"), ColumnRole.PERIODIC),
        (("ck", "hk"), ColumnRole.FINAL),
        ((LEVEL_CODE, SCORE_CODE, *TRAIT_NAMES, *FLAG_WORDS, "avg", "comment"), None),
    ],
)
def test_the_role_of_a_column(codes: tuple[str, ...], role: ColumnRole | None):
    assert {column_role(code) for code in codes} == {role}
    assert all(is_regular(code) == (role is ColumnRole.REGULAR) for code in codes)
    assert all(is_final(code) == (role is ColumnRole.FINAL) for code in codes)


def test_only_m_is_oral_and_one_line_holds_the_tests_of_a_role():
    assert [code for code in FIRST_ISSUE if is_oral(code)] == ["m1"]
    texts = {"hk": "9,0", "dk2": "", "dk1": "7,5", "v1": "8,0", "m1": "7"}
    assert [joined(texts, role) for role in ColumnRole] == ["7; 8,0", "7,5", "9,0"]
