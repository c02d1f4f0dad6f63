"""One remark of the GVCN in the three places of học bạ tiểu học."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.trait_comments import part_comment
from app.regulations.primary_curriculum import TraitGroup
from app.text import clean

NEW = (TraitGroup.QUALITIES_2018, TraitGroup.GENERAL, TraitGroup.SPECIFIC)
OLD = (TraitGroup.COMPETENCES_2006, TraitGroup.QUALITIES_2006)


def test_headings_part_the_remark():
    said = "Phẩm chất: lễ phép; năng lực chung: tự giác. Năng lực đặc thù: tính nhanh"
    assert part_comment(said, NEW) == {
        NEW[0]: "lễ phép",
        NEW[1]: "tự giác",
        NEW[2]: "tính nhanh",
    }


@pytest.mark.parametrize("said", ["PC: lễ phép; NLC: tự giác; NLĐT: vẽ đẹp"])
def test_short_headings(said):
    assert part_comment(said, NEW) == {NEW[0]: "lễ phép", NEW[1]: "tự giác", NEW[2]: "vẽ đẹp"}


def test_words_under_no_heading_belong_to_the_first_group():
    assert part_comment("Ngoan, lễ phép.", NEW) == {NEW[0]: "Ngoan, lễ phép."}
    assert part_comment("Ngoan; NLC: tự giác", NEW) == {NEW[0]: "Ngoan", NEW[1]: "tự giác"}
    assert part_comment("NL: hợp tác tốt; PC: thật thà", OLD) == {
        OLD[0]: "hợp tác tốt",
        OLD[1]: "thật thà",
    }


def test_nothing_said_is_nothing():
    assert part_comment("  ", NEW) == {}
    assert part_comment("Ngoan", ()) == {}
    assert part_comment("PC: ", NEW) == {}


@given(st.text(max_size=60))
def test_a_remark_without_headings_stays_whole(text):
    remark = clean(text.replace(":", ""))
    assert part_comment(remark, NEW) == ({NEW[0]: remark} if remark else {})


@given(st.permutations(["Phẩm chất: a", "NLC: b", "NLĐT: c"]))
def test_the_order_of_the_headings_does_not_matter(parts):
    assert part_comment("; ".join(parts), NEW) == {NEW[0]: "a", NEW[1]: "b", NEW[2]: "c"}
