"""TT58/2011 through `khoaso assess`: the Decisions of the format."""

from __future__ import annotations

import pytest

from tests.unit.services.assess_cases import CONDUCT58, case58, codes, run, subject, three


def test_a_whole_case():
    sport = subject("Thể dục", "Đ", "comments", periods=70)
    sport["hk1"]["tx"] = ["Đ", "CĐ", "Đ"]
    sport["hk2"]["tx"] = ["CĐ", "CĐ", "Đ"]
    music = subject("Âm nhạc", "Đ", "comments", periods=18, hk2=None)
    result = run(case58([*three("8,2"), subject("Lịch sử", "7"), sport, music]))[0]
    assert result == {
        "id": "x",
        "errors": [],
        "subjects": {
            "Toán": {"hk1": "8,2", "hk2": "8,2", "year": "8,2"},
            "Ngữ văn": {"hk1": "8,2", "hk2": "8,2", "year": "8,2"},
            "Ngoại ngữ": {"hk1": "8,2", "hk2": "8,2", "year": "8,2"},
            "Lịch sử": {"hk1": "7,0", "hk2": "7,0", "year": "7,0"},
            "Thể dục": {"hk1": "Đ", "hk2": "CĐ", "year": "CĐ"},
            "Âm nhạc": {"hk1": "Đ", "hk2": None, "year": "Đ"},
        },
        "average": {"hk1": "7,9", "hk2": "7,9", "year": "7,9"},
        "learning": {
            "hk1": {"base": "Khá", "final": "Khá", "raised_by": None},
            "hk2": {"base": "Yếu", "final": "Trung bình", "raised_by": "Thể dục"},
            "year": {"base": "Yếu", "final": "Trung bình", "raised_by": "Thể dục"},
            "after_reassessment": None,
        },
        "conduct": {"year": "Khá", "final": "Khá"},
        "promotion": "promoted",
        "reassess": [],
        "titles": {"hk1": "Học sinh tiên tiến", "hk2": None, "year": None},
    }


# bad_case


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"subjects": [subject("Toán học"), subject("Văn")]}, "subjects"),
        ({"subjects": []}, "subjects"),
        ({"specialised_subject": "Vật lí"}, "specialised_subject"),
        ({"specialised_subject": ""}, "specialised_subject"),
        ({"specialised_subject": 5}, "specialised_subject"),
        ({"specialised_subject": ["Toán"]}, "specialised_subject"),
        ({"grade": 5}, "grade"),
        ({"grade": 13}, "grade"),
        ({"subjects": [*three(), subject("Toán")]}, "subjects[3].name"),
        ({"subjects": [*three(), subject(" Toán ")]}, "subjects[3].name"),
    ],
)
def test_a_case_without_sense_gets_no_figures(change: dict, at: str):
    (result,) = run(case58(**change))
    assert set(result) == {"id", "errors"}
    assert codes(result) == [(at, "bad_case")]


@pytest.mark.parametrize("exempt", ["hk1", "hk2", "year"])
def test_an_exempt_specialised_subject_is_a_bad_case(exempt: str):
    subjects = three()
    subjects[0]["exempt"] = exempt
    (result,) = run(case58(subjects, specialised_subject="Toán"))
    assert codes(result) == [("specialised_subject", "bad_case")]


def test_a_specialised_subject_without_marks_is_a_bad_case():
    subjects = [*three(), subject("Thể dục", "Đ", "comments")]
    (result,) = run(case58(subjects, specialised_subject="Thể dục"))
    assert codes(result) == [("specialised_subject", "bad_case")]


def test_comment_subjects_need_their_lessons_or_their_own_number():
    sport = subject("Thể dục", "Đ", "comments", periods=None)
    assert codes(run(case58([*three(), sport]))[0]) == [("Thể dục.periods", "bad_case")]
    sport["tx_required"] = 2
    assert run(case58([*three(), sport]))[0]["subjects"]["Thể dục"]["year"] == "Đ"


@pytest.mark.parametrize("name", ["Toán", "Ngữ văn", "Ngoại ngữ", "  Toán"])
def test_one_of_the_three_is_enough(name: str):
    result = run(case58([subject(name, "8"), subject("Vật lí", "8")]))[0]
    assert result["learning"]["year"]["final"] == "Giỏi"


def test_names_written_with_combining_marks_are_the_same_names():
    decomposed = "Toa\u0301n"
    result = run(case58([subject(decomposed, "8")], specialised_subject="Toán"))[0]
    assert list(result["subjects"]) == [decomposed]
    assert result["learning"]["year"]["final"] == "Giỏi"


# subjects, exemptions, missing values


@pytest.mark.parametrize(("periods", "count"), [(18, 2), (35, 2), (36, 3), (70, 3), (71, 4)])
@pytest.mark.parametrize("kind", ["marks", "comments"])
def test_number_of_assessments_follows_the_lessons_of_both_kinds(
    kind: str, periods: int, count: int
):
    value = "6" if kind == "marks" else "Đ"
    one = subject("S", value, kind, periods=periods)
    one["hk1"]["tx"] = [value] * count
    one["hk2"]["tx"] = [value] * (count + 1)
    result = run(case58([*three(), one]))[0]
    assert result["subjects"]["S"]["hk1"] == ("6,0" if kind == "marks" else "Đ")
    assert codes(result) == [("S.hk2.tx", "too_many_marks")]
    assert result["subjects"]["S"]["hk2"] is None
    assert result["learning"]["hk2"] is None


@pytest.mark.parametrize("kind", ["marks", "comments"])
@pytest.mark.parametrize("spot", ["gk", "ck", "tx"])
def test_an_empty_entry_leaves_the_semester_open(kind: str, spot: str):
    one = subject("S", "6" if kind == "marks" else "Đ", kind)
    one["hk1"][spot] = ["6" if kind == "marks" else "Đ", None] if spot == "tx" else None
    result = run(case58([*three(), one]))[0]
    assert result["errors"] == []
    assert result["subjects"]["S"]["hk1"] is None
    assert result["learning"]["hk1"] is None
    assert result["titles"]["hk1"] is None
    # The mean is of mark subjects only; the year of a comment subject is its second semester.
    assert result["average"]["hk1"] == (None if kind == "marks" else "6,0")
    assert (result["learning"]["year"] is None) == (kind == "marks")
    assert result["promotion"] == ("incomplete" if kind == "marks" else "promoted")


@pytest.mark.parametrize(
    ("exempt", "expected"),
    [
        (None, {"hk1": "4,0", "hk2": "9,0", "year": "7,3"}),
        ("hk1", {"hk1": None, "hk2": "9,0", "year": "9,0"}),
        ("hk2", {"hk1": "4,0", "hk2": None, "year": "4,0"}),
        ("year", {"hk1": None, "hk2": None, "year": None}),
    ],
)
def test_exempt_semesters_are_left_out(exempt: str | None, expected: dict):
    one = subject("S", "4", exempt=exempt)
    one["hk2"] = {"tx": ["9", "9"], "gk": "9", "ck": "9"}
    result = run(case58([*three(), one]))[0]
    assert result["subjects"]["S"] == expected
    means = {
        period: "6,0" if value is None else {"4,0": "5,5", "9,0": "6,8", "7,3": "6,3"}[value]
        for period, value in expected.items()
    }
    assert result["average"] == means
    assert all(result["learning"][period] for period in ("hk1", "hk2", "year"))
    assert result["promotion"] == "promoted"


def test_an_exempt_comment_semester_takes_the_other_one_for_the_year():
    sport = subject("Thể dục", "CĐ", "comments", exempt="hk2")
    result = run(case58([*three(), sport]))[0]
    assert result["subjects"]["Thể dục"] == {"hk1": "CĐ", "hk2": None, "year": "CĐ"}
    assert result["learning"]["hk2"]["base"] == "Trung bình"
    assert result["learning"]["year"]["base"] == "Yếu"


def test_exempt_from_the_only_semester_is_exempt_from_the_year():
    music = subject("Âm nhạc", "CĐ", "comments", hk2=None, exempt="hk1")
    result = run(case58([*three(), music]))[0]
    assert result["subjects"]["Âm nhạc"] == dict.fromkeys(("hk1", "hk2", "year"))
    assert result["learning"]["year"]["base"] == "Trung bình"


def test_a_subject_of_one_semester_counts_there_and_in_the_year():
    first, second = subject("A", "9", hk2=None), subject("B", "3", hk1=None)
    result = run(case58([*three(), first, second]))[0]
    assert result["subjects"]["A"] == {"hk1": "9,0", "hk2": None, "year": "9,0"}
    assert result["subjects"]["B"] == {"hk1": None, "hk2": "3,0", "year": "3,0"}
    assert result["average"] == {"hk1": "6,8", "hk2": "5,3", "year": "6,0"}


def test_a_wrong_value_counts_as_missing():
    subjects = three()
    subjects[1]["hk2"]["ck"] = "10,5"
    result = run(case58(subjects))[0]
    assert codes(result) == [("Ngữ văn.hk2.ck", "mark_out_of_range")]
    assert result["subjects"]["Ngữ văn"] == {"hk1": "6,0", "hk2": None, "year": None}
    assert result["average"] == {"hk1": "6,0", "hk2": None, "year": None}
    assert result["promotion"] == "incomplete"


# conduct


@pytest.mark.parametrize("word", ["Đạt", "Chưa đạt", "T", "Trung Bình", "Kém"])
@pytest.mark.parametrize("place", ["hk1", "hk2", "year", "after_summer"])
def test_conduct_has_words_of_its_own(word: str, place: str):
    result = run(case58(conduct={**CONDUCT58, place: word}))[0]
    assert codes(result) == [(f"conduct.{place}", "not_a_level")]


def test_the_years_conduct_is_entered_and_never_taken_from_the_semesters():
    result = run(case58(conduct={"hk1": "Tốt", "hk2": "Tốt"}))[0]
    assert result["conduct"] == {"year": None, "final": None}
    assert result["promotion"] == "incomplete"
    summer = run(case58(conduct={"after_summer": "Tốt"}))[0]
    assert summer["conduct"] == {"year": None, "final": "Tốt"}
    assert summer["promotion"] == "incomplete"


# promotion


def yeu(**more: object) -> dict:
    """Học lực Yếu by Sinh học alone; Hóa học is below 5,0 too."""
    low = [subject("Sinh học", "3"), subject("Hóa học", "4,9")]
    return case58([low[0], *three("5,5"), low[1], subject("Vật lí", "5,5")], **more)


def kem(**more: object) -> dict:
    return case58([*three(), subject("Sinh học", "1,9")], **more)


def conduct(year: str | None, after: str | None = None) -> dict:
    return {"hk1": "Khá", "hk2": "Khá", "year": year, "after_summer": after}


@pytest.mark.parametrize(
    ("of", "promotion"),
    [
        (case58(absences=45), "promoted"),
        (case58(absences=46), "retained"),
        (case58(absences=46, conduct=None), "retained"),
        (yeu(absences=46), "retained"),
        (case58(absences=None), "incomplete"),
        (case58(conduct=conduct(None)), "incomplete"),
        (kem(conduct=conduct(None)), "incomplete"),
        (case58(conduct=conduct("Trung bình")), "promoted"),
        (case58(grade=12), "promoted"),
        (yeu(conduct=conduct("Yếu")), "retained"),
        (yeu(conduct=conduct("Yếu", "Tốt")), "retained"),
        (kem(conduct=conduct("Tốt")), "retained"),
        (kem(conduct=conduct("Yếu", "Tốt")), "retained"),
        (yeu(), "reassess"),
        (yeu(conduct=conduct("Trung bình")), "reassess"),
        (case58(conduct=conduct("Yếu")), "summer_conduct"),
        (case58(conduct=conduct("Yếu", "Trung bình")), "promoted"),
        (case58(conduct=conduct("Yếu", "Yếu")), "retained"),
    ],
)
def test_the_first_line_that_fits(of: dict, promotion: str):
    result = run(of)[0]
    assert result["promotion"] == promotion
    assert result["reassess"] == (["Sinh học", "Hóa học"] if promotion == "reassess" else [])


@pytest.mark.parametrize(
    ("given_", "promotion", "after"),
    [
        ({"Sinh học": "3,5"}, "promoted", "Trung bình"),
        ({"Sinh học": "3,4"}, "retained", "Yếu"),
        ({"Hóa học": "10"}, "retained", "Yếu"),
        ({"Sinh học": "1,9"}, "retained", "Kém"),
        ({"Sinh học": "9", "Hóa học": "9"}, "promoted", "Trung bình"),
    ],
)
def test_the_pupil_chooses_and_the_year_is_recomputed(given_: dict, promotion: str, after: str):
    of = yeu()
    before = run(of)[0]
    for one in of["subjects"]:
        one["reassessed"] = given_.get(one["name"])
    result = run(of)[0]
    assert result["promotion"] == promotion
    assert result["learning"]["after_reassessment"]["final"] == after
    assert result["reassess"] == ["Sinh học", "Hóa học"]
    for key in ("subjects", "average", "conduct", "titles"):
        assert result[key] == before[key]
    assert result["learning"]["year"] == before["learning"]["year"]


def test_the_mean_is_recomputed_after_reassessment_and_raised_again():
    of = case58([*three("7"), subject("Lí", "3"), subject("Hóa", "3,2")])
    assert run(of)[0]["learning"]["year"] == {"base": "Yếu", "final": "Yếu", "raised_by": None}
    of["subjects"][3]["reassessed"] = "8,5"
    result = run(of)[0]
    assert result["average"]["year"] == "5,4"
    assert result["learning"]["after_reassessment"] == {
        "base": "Yếu",
        "final": "Trung bình",
        "raised_by": "Hóa",
    }
    assert result["promotion"] == "promoted"


def test_a_reassessment_that_nobody_asked_for_does_not_open_article_16():
    of = kem()
    of["subjects"][3]["reassessed"] = "9"
    result = run(of)[0]
    assert result["promotion"] == "retained"
    assert result["reassess"] == []
    assert result["learning"]["after_reassessment"]["final"] == "Trung bình"


def test_a_bad_reassessed_value_is_no_reassessment():
    of = yeu()
    of["subjects"][0]["reassessed"] = "ba"
    result = run(of)[0]
    assert codes(result) == [("Sinh học.reassessed", "not_a_mark")]
    assert result["promotion"] == "reassess"
    assert result["learning"]["after_reassessment"] is None


# titles


@pytest.mark.parametrize(
    ("mark", "level", "title"),
    [
        ("8", "Tốt", "Học sinh giỏi"),
        ("8", "Khá", "Học sinh tiên tiến"),  # 60
        ("8", "Trung bình", None),  # 60
        ("6,5", "Khá", "Học sinh tiên tiến"),  # 60
        ("6,5", "Tốt", "Học sinh tiên tiến"),
        ("6,4", "Tốt", None),
    ],
)
def test_titles_of_each_term_and_of_the_year(mark: str, level: str, title: str | None):
    full = dict.fromkeys(("hk1", "hk2", "year"), level)
    assert run(case58(three(mark), conduct=full))[0]["titles"] == dict.fromkeys(full, title)
    for period in full:
        only = run(case58(three(mark), conduct={period: level}))[0]["titles"]
        assert only == {**dict.fromkeys(full), period: title}


def test_titles_ignore_absences_promotion_and_the_summer():
    of = case58(
        three("8"),
        absences=100,
        conduct={"hk1": "Tốt", "hk2": "Tốt", "year": "Tốt", "after_summer": "Yếu"},
    )
    of["subjects"][0]["reassessed"] = "1"
    assert set(run(of)[0]["titles"].values()) == {"Học sinh giỏi"}


def test_a_raised_level_earns_its_title():
    subjects = [*three("8,8"), subject("Lí", "9"), subject("Hóa", "4,9")]
    result = run(case58(subjects))[0]
    assert result["learning"]["year"] == {"base": "Trung bình", "final": "Khá", "raised_by": "Hóa"}
    assert result["titles"]["year"] == "Học sinh tiên tiến"
