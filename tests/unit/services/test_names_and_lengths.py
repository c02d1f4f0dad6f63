"""Names that only look like names, and texts far too long, are refused at every entrance."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.changes import CommandResult
from app.domain.accounts import clean_person_name
from app.domain.school import School, year_name_is_valid
from app.errors import RuleRefused
from app.services.school_facts import clean_school
from app.services.school_setup import clean_class_name
from app.text import clean, strange_letter


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Thị Ánh Tuyết",
        "H'Hen Niê",
        "K’Brôi",
        "Y Blŏm Ê̆ban",
        "Đinh A-Lê",
        "Jean-Pierre Nguyễn",
        unicodedata.normalize("NFD", "Đỗ Thị Ước"),
    ],
)
def test_names_people_have_are_taken(name):
    assert clean_person_name(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("Lê Vаn Khải", "U+0430"),  # a Cyrillic letter
        ("\u3164\u3164", "U+3164"),  # letters that show nothing
        ("Lê\u034f Văn", "U+034F"),
        ("An\ue000", "U+E000"),
        ("𝓛ê Văn", "U+1D4DB"),
        ("Ａn", "U+FF21"),
        ("A" + "\u0323\u0331\u0332\u0333" + "n", "U+0333"),
    ],
)
def test_what_only_looks_like_a_name_is_refused_with_its_code(name, mark):
    with pytest.raises(RuleRefused) as refusal:
        clean_person_name(name)
    assert refusal.value.code == "name_invalid"
    assert mark in refusal.value.sentence
    assert refusal.value.facts == {}


def test_what_turns_the_line_around_is_taken_out():
    assert clean_person_name("Lê \u202eVăn\u200b Khải\ud800") == "Lê Văn Khải"


@given(st.text(max_size=40))
def test_a_name_taken_is_always_plain_text(text):
    try:
        name = clean_person_name(text)
    except RuleRefused:
        return
    assert name == clean(name)
    assert strange_letter(name) == ""
    name.encode("utf-8")


def test_lengths_have_limits():
    with pytest.raises(RuleRefused) as name:
        clean_person_name("A" * 101)
    with pytest.raises(RuleRefused) as school:
        clean_school(School("T" * 201, "thcs", "UBND", "xã A", "tỉnh B"))
    assert {name.value.code, school.value.code} == {"text_too_long"}


@pytest.mark.parametrize("name", ["6А", "6\u3164", "6A\u0301\u0301", "6A=1", "6A\\"])
def test_a_class_name_has_letters_everybody_sees(name):
    with pytest.raises(RuleRefused):
        clean_class_name(name, 6)


def test_class_names_schools_use_are_taken():
    assert [clean_class_name(n, 6) for n in ("6a1", "lớp 6Đ", "6/1", "6_2", "6.3")] == [
        "6A1",
        "6Đ",
        "6/1",
        "6_2",
        "6.3",
    ]


def test_a_year_no_calendar_has_is_no_school_year():
    assert year_name_is_valid("2026-2027")
    for name in ("0000-0001", "9998-9999", "9999-10000", "２０２６-２０２７"):
        assert not year_name_is_valid(name)


def test_a_commands_payload_is_not_shown():
    assert "BÍ-MẬT" not in repr(CommandResult(frozenset(), 1, payload="BÍ-MẬT"))
