"""A CSV tells apart what Python calls equal."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from exports.xlsx.writers import write_csv


def test_one_and_true_and_one_point_nought_stay_themselves():
    content = write_csv([[1, True, Decimal("1.0"), "1"], ["1", Decimal("1.0"), True, 1]])
    assert content.decode("utf-8-sig") == "1;True;1,0;1\r\n1;1,0;True;1\r\n"


def test_rows_of_any_length_and_a_text_seen_before():
    day = dt.date(2015, 3, 9)
    content = write_csv([["=a", None, day], [], ["=a", "x;y"], [0, "x;y", -1]])
    assert content.decode("utf-8-sig") == '\'=a;;09/03/2015\r\n\r\n\'=a;"x;y"\r\n0;"x;y";-1\r\n'


def test_no_rows_is_a_mark_and_nothing_else():
    assert write_csv([]) == b"\xef\xbb\xbf"
