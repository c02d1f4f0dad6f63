"""Where the header is and what columns mean, in the layouts schools really send."""

from __future__ import annotations

import pytest

from app.errors import RuleRefused
from app.importing.fields import MARK_VOCABULARY, ROSTER_VOCABULARY, heading_key, tx_number
from app.importing.header_finder import guess_mapping, meaning_label
from tests.unit.importing.sheets import MARK_HEADER, ROSTER_HEADER, make_sheet


def meanings(rows, vocabulary=MARK_VOCABULARY, **more):
    return dict(guess_mapping(make_sheet(rows, **more), vocabulary).meanings)


@pytest.mark.parametrize("above", range(20))
def test_the_header_is_found_in_each_of_the_first_twenty_rows(above):
    rows = [["TRƯỜNG THCS TÂN AN"]] * above + [ROSTER_HEADER, [1, "0149081935"]]
    header = guess_mapping(make_sheet(rows), ROSTER_VOCABULARY).header
    assert (header.first_row, header.first_data_row) == (above + 1, above + 2)


def test_a_header_below_row_twenty_is_not_found():
    rows = [["Trường"]] * 20 + [ROSTER_HEADER]
    with pytest.raises(RuleRefused) as refusal:
        guess_mapping(make_sheet(rows, name="Tờ 1"), ROSTER_VOCABULARY)
    assert refusal.value.code == "header_not_found"
    assert "“Tờ 1”" in refusal.value.sentence


def test_a_title_with_many_words_is_not_a_header():
    rows = [["Họ và tên, ngày sinh, giới tính học sinh lớp 6A"], [], ROSTER_HEADER, [1]]
    assert guess_mapping(make_sheet(rows), ROSTER_VOCABULARY).header.first_row == 3


def test_merged_two_line_header_with_a_name_over_two_columns():
    rows = [
        ["STT", "Mã học sinh", "Họ và tên", None, "ĐĐGtx", None, "ĐĐGgk", "ĐTBmhk"],
        [None, None, None, None, "TX1", "TX2", None, None],
        [1, "0149081935", "Hoàng Tuấn", "Quân", 7, 8, 9, None],
    ]
    merged = [
        (1, 1, 2, 1),
        (1, 2, 2, 2),
        (1, 3, 2, 4),
        (1, 5, 1, 6),
        (1, 7, 2, 7),
        (1, 8, 2, 8),
    ]
    mapping = guess_mapping(make_sheet(rows, merged=merged), MARK_VOCABULARY)
    assert dict(mapping.meanings) == {
        1: "order",
        2: "ministry_code",
        3: "family_names",
        4: "given_name",
        5: "tx1",
        6: "tx2",
        7: "gk",
        8: "average",
    }
    assert mapping.header.first_data_row == 3
    assert mapping.label(6) == "ĐĐGtx TX2 (cột F)"


def test_two_line_header_without_merged_blocks_as_csv_has_it():
    rows = [
        ["STT", "Mã định danh", "Họ và tên", "ĐĐGtx", "", "", "ĐĐGgk", "ĐĐGck"],
        ["", "", "", "1", "2", "3", "", ""],
        ["1", "2", "3", "4", "5", "6", "7", "8"],
        ["1", "0149081935", "Hoàng Tuấn Quân", "7", "8", "9", "6", "5"],
    ]
    mapping = guess_mapping(make_sheet(rows), MARK_VOCABULARY)
    assert list(mapping.meanings.values()) == [
        "order",
        "ministry_code",
        "full_name",
        "tx1",
        "tx2",
        "tx3",
        "gk",
        "ck",
    ]
    assert mapping.header.first_data_row == 4


def test_a_pupil_row_is_never_taken_for_the_second_header_line():
    rows = [["STT", "Họ và tên", "1", "GK", "CK"], [1, "An Bình", 2, 3, 4]]
    assert guess_mapping(make_sheet(rows), MARK_VOCABULARY).header.first_data_row == 2


def test_a_name_column_whose_neighbour_has_no_heading():
    rows = [
        ["STT", "Họ và tên", None, "Ngày sinh"],
        [1, "Hoàng Tuấn", "Quân", "1/1/2014"],
        [2, "Mai Tuấn", "Ân", "2/1/2014"],
        [3, "Lê Thị Mỹ", "Chi", "3/1/2014"],
    ]
    assert meanings(rows, ROSTER_VOCABULARY)[3] == "given_name"


@pytest.mark.parametrize(
    ("heading", "value", "expected"),
    [
        ("Mã định danh", "012345678901", "personal_id"),
        ("Mã định danh", "0123456789", "ministry_code"),
        ("Số định danh", 23456789012, "personal_id"),
        ("Số định danh cá nhân", "0123456789", "ministry_code"),
    ],
)
def test_codes_are_told_by_their_digits_when_headings_are_vague(heading, value, expected):
    rows = [["STT", heading, "Họ và tên"], [1, value, "Lê An"], [2, value, "Lê Bình"]]
    assert meanings(rows, ROSTER_VOCABULARY)[2] == expected


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Điểm CK", "ck"),
        ("Cuối kỳ", "ck"),
        ("CUỐI KÌ", "ck"),
        ("Giữa kì", "gk"),
        ("ĐĐGtx 3", "tx3"),
        ("TX3", "tx3"),
        ("ĐTBmhkI", "average"),
        ("ĐTB HK1", "average"),
        ("Nội dung nhận xét", "remark"),
    ],
)
def test_spellings_of_mark_columns(heading, meaning):
    assert meanings([["STT", "Tên học sinh", heading], [1, "Lê An", 5]])[3] == meaning


def test_the_same_meaning_is_given_once_and_the_rest_is_reported_unknown():
    mapping = guess_mapping(
        make_sheet([["STT", "Họ và tên", "GK", "Điểm GK", "Xếp hạng"], [1, "Lê An", 5, 6, 7]]),
        MARK_VOCABULARY,
    )
    assert mapping.column_of("gk") == 3
    assert [headed.column for headed in mapping.unknown_columns] == [4, 5]


def test_the_user_may_give_a_column_another_meaning_or_none():
    mapping = guess_mapping(make_sheet([MARK_HEADER, [1]]), MARK_VOCABULARY)
    moved = mapping.with_meaning(5, "tx2")
    assert (moved.meanings[5], 6 in moved.meanings) == ("tx2", False)
    assert 5 not in mapping.with_meaning(5, None).meanings
    assert mapping.meanings[5] == "tx1"


def test_words_for_every_meaning():
    assert meaning_label("gk") == "ĐĐGgk"
    assert meaning_label("tx3") == "ĐĐGtx3"
    assert meaning_label("full_name") == "Họ và tên"
    assert heading_key("  Mã định danh\nBộ GD&ĐT ") == "ma dinh danh bo gd dt"
    assert (tx_number("Lần 2"), tx_number("ĐĐGgk")) == (2, None)
