"""Wrong class, subject, term or year are read from the titles and refused."""

from __future__ import annotations

import pytest

from app.domain.periods import Term
from app.errors import RuleRefused
from app.importing.fields import MARK_VOCABULARY
from app.importing.header_finder import guess_mapping
from app.importing.problems import Severity
from app.importing.titles import (
    Target,
    TitleFacts,
    class_key,
    other_class,
    read_titles,
    refuse_wrong_sheet,
    subject_key,
    title_problems,
)
from tests.unit.importing.sheets import MARK_HEADER, make_sheet


def facts(*titles, name="Sheet1"):
    sheet = make_sheet([*([title] for title in titles), MARK_HEADER, [1]], name=name)
    return read_titles(sheet, guess_mapping(sheet, MARK_VOCABULARY).header)


@pytest.mark.parametrize(
    ("title", "class_name"),
    [
        ("Lớp: 6A", "6A"),
        ("Khối 6 - Lớp 6A", "6A"),
        ("DANH SÁCH HỌC SINH LỚP 6B NĂM HỌC 2025 - 2026", "6B"),
        ("Lớp 6 A", "6A"),
        ("LỚP 10A12 - Sĩ số: 45", "10A12"),
        ("Lớp 6/1", "6/1"),
        ("Lớp 6 HK I", "6"),
        ("Trường THCS Tân An", None),
    ],
)
def test_class_names(title, class_name):
    assert facts(title).class_name == class_name


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Môn học: Tin học", "Tin học"),
        ("BẢNG ĐIỂM CHI TIẾT - MÔN TOÁN - HỌC KỲ I", "Toán"),
        ("Môn: Lịch sử và Địa lí lớp 6A", "Lịch sử và Địa lí"),
        ("MÔN NGỮ VĂN HKII", "Ngữ văn"),
        ("MÔN KHTN - HK1", "KHTN"),
        ("Bảng điểm học kì I", None),
    ],
)
def test_subjects(title, subject):
    assert facts(title).subject == subject


def test_the_sheet_name_is_the_subject_when_titles_are_silent():
    assert facts("Lớp 6A", name="Toán").subject == "Toán"
    assert facts("Lớp 6A", name="Sheet2").subject is None
    assert facts("Lớp 6A", name="Sổ điểm").subject is None
    assert facts("Lớp 6A", name="điểm tin").subject is None
    assert facts("Lớp 6A", name="KHTN").subject == "KHTN"
    assert facts(name="HK1") == TitleFacts(term=Term.HK1)
    assert facts(name="6A") == TitleFacts(class_name="6A")
    assert facts(name="Bảng điểm 6A") == TitleFacts()


@pytest.mark.parametrize(
    ("title", "term"),
    [
        ("HỌC KỲ I", Term.HK1),
        ("Học kì: 2", Term.HK2),
        ("HKII", Term.HK2),
        ("HK 1", Term.HK1),
        ("Học kì I và học kì II", None),
        ("Cả năm", None),
    ],
)
def test_terms(title, term):
    assert facts(title).term is term


def test_school_years_follow_each_other():
    assert facts("NĂM HỌC 2025 - 2026").school_year == "2025-2026"
    assert facts("2025-2027").school_year is None


TARGET = Target("6A", "Toán", Term.HK1, "2025-2026")


@pytest.mark.parametrize(
    ("wrong", "code", "words"),
    [
        (TitleFacts(class_name="6B"), "wrong_class", "lớp 6B, không phải lớp 6A"),
        (TitleFacts(subject="Tin học"), "wrong_subject", "môn Tin học, không phải môn Toán"),
        (TitleFacts(term=Term.HK2), "wrong_term", "học kì II, không phải học kì I"),
        (TitleFacts(school_year="2024-2025"), "wrong_school_year", "2024-2025"),
        (TitleFacts(class_name="7"), "wrong_class", "lớp 7"),
    ],
)
def test_a_wrong_sheet_is_refused_in_words(wrong, code, words):
    with pytest.raises(RuleRefused) as refusal:
        refuse_wrong_sheet(wrong, TARGET)
    assert refusal.value.code == code
    assert words in refusal.value.sentence


@pytest.mark.parametrize(
    "right",
    [
        TitleFacts(),
        TitleFacts("6 a", "TOÁN", Term.HK1, "2025-2026"),
        TitleFacts(class_name="6"),
    ],
)
def test_a_fitting_or_silent_sheet_passes(right):
    assert refuse_wrong_sheet(right, TARGET) == ()


def test_a_roster_of_another_year_is_only_warned_about():
    (problem,) = title_problems(
        TitleFacts(school_year="2024-2025"), Target("6A", None, None, "2025-2026")
    )
    assert problem.severity is Severity.WARNING


def test_short_subject_names_stand_for_full_ones():
    assert subject_key("KHTN") == subject_key("Khoa học tự nhiên")
    assert subject_key("LS&ĐL") == subject_key("Lịch sử và Địa lí")
    assert subject_key("Ngoại ngữ 1 (Tiếng Anh)") == subject_key("Anh")
    assert subject_key("Toán") != subject_key("Tin")
    assert class_key("Lớp 6A") == class_key("6 a")
    assert other_class("6B", "6A")
    assert not other_class("6", "6A")
