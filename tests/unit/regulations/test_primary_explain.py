from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.primary_levels import SubjectLevel, TraitLevel
from app.regulations.base import Reason, ReasonTopic
from app.regulations.explain import UNKNOWN, why_lines
from app.regulations.primary import (
    Assessment,
    PrimaryPromotion,
    PrimaryRegulation,
    PrimaryYear,
    ScoreEntry,
    SubjectEntry,
    TraitEntry,
    YearResult,
)
from app.regulations.primary_settings import PrimarySettings
from app.regulations.tt22_2016 import Tt22PrimaryRegulation
from app.regulations.tt27_2020 import Tt27Regulation
from tests.unit.regulations.primary_pupils import TT22, TT27, entries, pupil, whole_grade

FLAGS = {"standout": True, "class_recognised": True}


def reason(
    rules: PrimaryRegulation, topic: ReasonTopic, of: PrimaryYear, grade: int = 4
) -> list[str]:
    (found,) = [item for item in rules.explain(of, grade) if item.topic is topic]
    return list(why_lines(found))


def test_a_good_result_says_what_the_best_one_asks():
    found = reason(TT27, ReasonTopic.PRIMARY_RESULT, pupil(whole_grade(4, tests={"Toán": 8})))
    good = "Mức Hoàn thành tốt: "
    best = "Mức Hoàn thành xuất sắc: "
    clause = " [TT27/2020, Điều 9, khoản 2, điểm a]"
    subjects = "cần mọi môn học, hoạt động giáo dục ở mức Hoàn thành tốt: đạt 12 trên 12"
    traits = "cần mọi phẩm chất, năng lực ở mức Tốt: đạt 15 trên 15"
    assert found == [
        "Đánh giá kết quả giáo dục: Hoàn thành tốt",
        f"✓ {good}{subjects}{clause}",
        f"✓ {good}{traits}{clause}",
        f"✓ {good}cần mọi bài kiểm tra định kì cuối năm từ 7 điểm trở lên: đạt 7 trên 7{clause}",
        f"✓ {best}{subjects}{clause}",
        f"✓ {best}{traits}{clause}",
        f"✗ {best}cần mọi bài kiểm tra định kì cuối năm từ 9 điểm trở lên: đạt 6 trên 7; "
        f"chưa đạt: Toán 8{clause}",
    ]


def test_the_best_result_asks_for_nothing_more():
    found = reason(TT27, ReasonTopic.PRIMARY_RESULT, pupil(whole_grade(1)))
    assert len(found) == 4
    assert all(line.startswith("✓") for line in found[1:])


def test_a_failure_names_every_reason_for_it():
    values = whole_grade(3, {"Toán": "C", "Âm nhạc": "H"}, {"Trung thực": "C"}, {"Toán": 4})
    found = reason(TT27, ReasonTopic.PRIMARY_RESULT, pupil(values), 3)
    assert found[0].endswith("Chưa hoàn thành")
    assert [line[0] for line in found[1:]] == ["✗", "✗", "✗"]
    assert "mức Hoàn thành tốt hoặc Hoàn thành: đạt 10 trên 11; chưa đạt: Toán C [" in found[1]
    assert "mức Tốt hoặc Đạt: đạt 13 trên 14; chưa đạt: Trung thực C [" in found[2]
    assert "từ 5 điểm trở lên: đạt 4 trên 5; chưa đạt: Toán 4 [" in found[3]


def test_missing_data_is_named_and_decides_nothing():
    values = whole_grade(4, {"Toán": None, "Âm nhạc": "C"}, {"Nhân ái": None}, {"Khoa học": None})
    found = reason(TT27, ReasonTopic.PRIMARY_RESULT, pupil(values))
    assert found[0] == f"Đánh giá kết quả giáo dục: {UNKNOWN}"
    assert [line[0] for line in found[1:]] == ["✗", "?", "?"]
    assert "đạt 10 trên 12; chưa đạt: Âm nhạc C; còn thiếu: Toán [" in found[1]
    promotion = reason(TT27, ReasonTopic.PROMOTION, pupil(values))
    assert promotion == [
        "Hoàn thành chương trình lớp học và lên lớp: Chưa đủ dữ liệu",
        "? còn thiếu: mức môn Toán, mức Nhân ái, điểm KTĐK Khoa học "
        "[TT27/2020, Điều 11, khoản 1, điểm a]",
    ]
    assert reason(TT27, ReasonTopic.TITLE, pupil(values))[0].endswith(UNKNOWN)


FAILED = whole_grade(3, {"Toán": "C"}, {"Trung thực": "C"}, {"Toán": 4})
MENDED = entries({"Toán": "H"}, {"Trung thực": "Đ"}, {"Toán": 6})


def test_supplementary_before_and_after():
    clause = "[TT27/2020, Điều 11, khoản 1, điểm b]"
    listed = (
        "? đánh giá bổ sung các nội dung chưa hoàn thành: Toán C, Trung thực C, điểm KTĐK Toán 4 "
        + clause
    )
    before = reason(TT27, ReasonTopic.SUPPLEMENTARY, pupil(FAILED), 3)
    assert before == ["Đánh giá bổ sung: Chưa thực hiện", listed]
    after = reason(TT27, ReasonTopic.SUPPLEMENTARY, pupil(FAILED, supplementary=MENDED), 3)
    assert after == [
        "Đánh giá bổ sung: Hoàn thành",
        listed,
        f"✓ sau đánh giá bổ sung: Toán H, Trung thực Đ, điểm KTĐK Toán 6 {clause}",
    ]
    half = pupil(FAILED, supplementary=entries({"Toán": "H"}))
    assert reason(TT27, ReasonTopic.SUPPLEMENTARY, half, 3) == [
        "Đánh giá bổ sung: Chưa hoàn thành",
        listed,
        "✗ sau đánh giá bổ sung: Toán H; vẫn chưa hoàn thành: Trung thực C, điểm KTĐK Toán 4 "
        + clause,
    ]
    nothing = reason(TT27, ReasonTopic.SUPPLEMENTARY, pupil(FAILED, supplementary=entries()), 3)
    assert "không có kết quả nào thay đổi" in nothing[2]


@pytest.mark.parametrize(
    ("decision", "outcome", "line"),
    [
        (None, "Hiệu trưởng quyết định", "? Hiệu trưởng chưa quyết định"),
        (
            True,
            "Được lên lớp theo quyết định của Hiệu trưởng",
            "✓ Hiệu trưởng quyết định cho lên lớp",
        ),
        (False, "Chưa được lên lớp", "✗ Hiệu trưởng quyết định chưa cho lên lớp"),
    ],
)
def test_the_principals_decision(decision: bool | None, outcome: str, line: str):
    of = pupil(FAILED, supplementary=entries(), principal_promotes=decision)
    found = reason(TT27, ReasonTopic.PROMOTION, of, 3)
    assert found[0].endswith(f": {outcome}")
    assert found[-1] == f"{line} [TT27/2020, Điều 11, khoản 1, điểm c]"
    assert found[1].startswith("✗ cần kết quả từ mức Hoàn thành trở lên: Chưa hoàn thành")


def test_promotion_waits_for_the_supplementary():
    found = reason(TT27, ReasonTopic.PROMOTION, pupil(FAILED), 3)
    assert found[0].endswith(": Đánh giá bổ sung")
    assert found[2].startswith("? phải hướng dẫn, giúp đỡ rồi đánh giá bổ sung")
    mended = reason(TT27, ReasonTopic.PROMOTION, pupil(FAILED, supplementary=MENDED), 3)
    assert mended[1:] == [
        "✓ cần kết quả từ mức Hoàn thành trở lên: Hoàn thành [TT27/2020, Điều 11, khoản 1, điểm a]"
    ]


def test_titles_say_which_hand_is_missing():
    """E29."""
    values = whole_grade(4, tests={"Toán": 8})
    found = reason(TT27, ReasonTopic.TITLE, pupil(values, standout=True))
    assert found[0] == "Khen thưởng cuối năm: Không có danh hiệu"
    assert [line[0] for line in found[1:]] == ["✗", "✓", "✓", "✗"]
    assert "được tập thể lớp công nhận: không" in found[4]
    best = reason(TT27, ReasonTopic.TITLE, pupil(whole_grade(4)))
    assert best == [
        "Khen thưởng cuối năm: Học sinh Xuất sắc",
        "✓ Học sinh Xuất sắc: cần kết quả Hoàn thành xuất sắc: Hoàn thành xuất sắc "
        "[TT27/2020, Điều 13, khoản 1, điểm a]",
    ]


def test_the_older_circular_cites_its_own_clauses():
    values = whole_grade(5, {"Kĩ thuật": "C"}, circular="TT22/2016")
    found = TT22.explain(pupil(values, **FLAGS), 5)
    assert [item.topic for item in found] == [
        ReasonTopic.TITLE,
        ReasonTopic.SUPPLEMENTARY,
        ReasonTopic.PROMOTION,
    ]
    clauses = {item.topic: {one.clause for one in item.conditions} for item in found}
    assert clauses[ReasonTopic.TITLE] == {"TT22/2016, Điều 1, khoản 9"}
    assert clauses[ReasonTopic.PROMOTION] == {"TT22/2016, Điều 1, khoản 7"}
    assert found[0].outcome == "Có thành tích vượt trội hay tiến bộ vượt bậc"
    assert found[1].outcome == "Chưa thực hiện"
    assert reason(TT22, ReasonTopic.PROMOTION, pupil(values), 5)[1] == (
        "✗ cần mọi môn học, hoạt động giáo dục ở mức Hoàn thành tốt hoặc Hoàn thành: "
        "đạt 8 trên 9; chưa đạt: Kĩ thuật C [TT22/2016, Điều 1, khoản 7]"
    )
    mended = pupil(values, supplementary=entries({"Kĩ thuật": "H"}))
    assert "sau đánh giá bổ sung: đủ điều kiện" in reason(TT22, ReasonTopic.PROMOTION, mended)[-1]
    assert reason(TT22, ReasonTopic.SUPPLEMENTARY, mended)[0].endswith("Đủ điều kiện")
    stays = pupil(values, supplementary=entries(), principal_promotes=False)
    kept = reason(TT22, ReasonTopic.PROMOTION, stays)
    assert kept[0].endswith("Ở lại lớp")
    assert kept[-2].startswith("✗ sau đánh giá bổ sung: vẫn chưa đủ điều kiện")
    assert kept[-1].startswith("✗ Hiệu trưởng quyết định chưa cho lên lớp")
    assert reason(TT22, ReasonTopic.SUPPLEMENTARY, stays)[0].endswith("Chưa đủ điều kiện")
    fine = reason(TT22, ReasonTopic.PROMOTION, pupil(whole_grade(5, circular="TT22/2016")), 5)
    assert fine[0].endswith("Hoàn thành chương trình tiểu học")
    assert len(fine) == 4


def test_an_individual_plan_is_named():
    of = pupil(whole_grade(2, {"Toán": None}), individual_plan=True, entered_result=YearResult.DONE)
    found = reason(TT27, ReasonTopic.PRIMARY_RESULT, of, 2)
    assert found[0].endswith(": Hoàn thành")
    assert found[1].startswith("✓ kết quả do giáo viên nhập theo kế hoạch giáo dục cá nhân")
    strict = PrimarySettings(plan_may_have_title=False)
    best = pupil(whole_grade(4), individual_plan=True)
    for rules in (Tt27Regulation(strict), Tt22PrimaryRegulation(strict)):
        assert reason(rules, ReasonTopic.TITLE, best)[-1].startswith("✗ nhà trường không xét")
    failed = pupil(
        whole_grade(2),
        individual_plan=True,
        entered_result=YearResult.NOT_DONE,
        supplementary=entries(),
    )
    assert "kết quả do giáo viên nhập" in reason(TT27, ReasonTopic.SUPPLEMENTARY, failed, 2)[1]


def test_nothing_to_judge_is_said_so():
    found = reason(TT27, ReasonTopic.PRIMARY_RESULT, pupil(Assessment()))
    assert all("không có nội dung nào phải xét" in line for line in found[1:])


def names(prefix: str, size: int) -> list[str]:
    return [f"{prefix}{index}" for index in range(size)]


@st.composite
def assessments(draw: st.DrawFn, *, gaps: bool = True) -> Assessment:
    none = [None] if gaps else []
    levels = draw(st.lists(st.sampled_from([*SubjectLevel, *none]), max_size=4))
    traits = draw(st.lists(st.sampled_from([*TraitLevel, *none]), max_size=3))
    scores = draw(st.lists(st.sampled_from([*range(0, 101, 10), *none]), max_size=3))
    return Assessment(
        tuple(SubjectEntry(n, n, it) for n, it in zip(names("M", 4), levels, strict=False)),
        tuple(TraitEntry(n, n, it) for n, it in zip(names("P", 3), traits, strict=False)),
        tuple(ScoreEntry(n, n, it) for n, it in zip(names("M", 3), scores, strict=False)),
    )


pupils = st.builds(
    PrimaryYear,
    final=assessments(),
    supplementary=st.none() | assessments(),
    standout=st.booleans(),
    class_recognised=st.booleans(),
    principal_promotes=st.none() | st.booleans(),
    individual_plan=st.booleans(),
    entered_result=st.none() | st.sampled_from(YearResult),
)
RULES = st.builds(
    lambda kind, settings: kind(settings),
    st.sampled_from([Tt27Regulation, Tt22PrimaryRegulation]),
    st.builds(
        PrimarySettings,
        supplementary_only_for_failed=st.booleans(),
        done_at_most_after_supplementary=st.booleans(),
        plan_may_have_title=st.booleans(),
    ),
)
CLAUSE = re.compile(r"TT(27/2020|22/2016), Điều \d+(, khoản \d+(, điểm [a-d])?)?")


@settings(max_examples=200, deadline=None)
@given(RULES, pupils, st.integers(1, 5))
def test_reasons_agree_with_the_results(rules: PrimaryRegulation, of: PrimaryYear, grade: int):
    found = rules.results(of)
    reasons = {item.topic: item for item in rules.explain(of, grade)}
    assert reasons[ReasonTopic.PROMOTION].outcome == rules.promotion_label(found.promotion, grade)
    title = reasons[ReasonTopic.TITLE]
    assert found.title is None or title.outcome == found.title
    assert (ReasonTopic.SUPPLEMENTARY in reasons) is (
        found.to_supplement != Assessment() or found.year_result is YearResult.NOT_DONE
    )
    if found.after is not None:
        assert reasons[ReasonTopic.SUPPLEMENTARY].outcome != "Chưa thực hiện"
    if rules.result_levels:
        _matches(reasons[ReasonTopic.PRIMARY_RESULT], found.year_result)
    for item in reasons.values():
        assert item.conditions
        for condition in item.conditions:
            assert CLAUSE.fullmatch(condition.clause)
            assert condition.clause.startswith(rules.circular.id)
            assert condition.text


def _matches(item: Reason, result: YearResult | None) -> None:
    assert item.outcome == (result or UNKNOWN)
    if result is None:
        assert None in [one.met for one in item.conditions] or False in [
            one.met for one in item.conditions
        ]
    elif len(item.conditions) > 1:
        wanted = result if result is not YearResult.NOT_DONE else YearResult.DONE
        own = [one.met for one in item.conditions if one.about == f"Mức {wanted}"]
        assert all(own) is (result is not YearResult.NOT_DONE)
        better = [one.met for one in item.conditions if one.about != f"Mức {wanted}"]
        assert not better or not all(better)


LADDERS: tuple[tuple[object, ...], ...] = (
    (SubjectLevel.NOT_DONE, SubjectLevel.DONE, SubjectLevel.GOOD),
    (TraitLevel.NEEDS_EFFORT, TraitLevel.REACHED, TraitLevel.GOOD),
    tuple(range(0, 101, 10)),
)


@settings(max_examples=150, deadline=None)
@given(assessments(gaps=False))
def test_raising_one_value_never_lowers_the_result(values: Assessment):
    """And the plain consequences of the worst value."""
    order = list(YearResult)
    result = TT27.results(pupil(values)).result
    assert result is not None
    groups = (values.levels, values.traits, values.scores)
    reached = [
        [ladder.index(item.score if isinstance(item, ScoreEntry) else item.level) for item in group]
        for group, ladder in zip(groups, LADDERS, strict=True)
    ]
    letters, points = reached[0] + reached[1], reached[2]
    if 0 in letters or min(points, default=10) <= 4:
        assert result is YearResult.NOT_DONE
    elif 1 in letters or min(points, default=10) <= 6:
        assert result is YearResult.DONE
    else:
        assert result in (YearResult.EXCELLENT, YearResult.GOOD)
    for at in range(len(values.scores)):
        for higher in range(points[at] + 1, 11):
            better = [*values.scores]
            better[at] = ScoreEntry(f"M{at}", f"M{at}", higher * 10)
            raised = Assessment(values.levels, values.traits, tuple(better))
            again = TT27.results(pupil(raised)).result
            assert again is not None
            assert order.index(again) <= order.index(result)
    for at in range(len(values.levels)):
        for level in LADDERS[0][reached[0][at] + 1 :]:
            more = [*values.levels]
            more[at] = SubjectEntry(f"M{at}", f"M{at}", level)  # type: ignore[arg-type]
            raised = Assessment(tuple(more), values.traits, values.scores)
            again = TT27.results(pupil(raised)).result
            assert again is not None
            assert order.index(again) <= order.index(result)


@settings(max_examples=100, deadline=None)
@given(RULES, pupils)
def test_what_holds_for_every_pupil(rules: PrimaryRegulation, of: PrimaryYear):
    found = rules.results(of)
    open_ends = (PrimaryPromotion.INCOMPLETE, PrimaryPromotion.SUPPLEMENTARY)
    assert (found.completed is None) is (found.promotion in open_ends)
    assert (found.completed is True) is (found.promotion is PrimaryPromotion.PROMOTED)
    if not rules.result_levels:
        assert (found.result, found.year_result) == (None, None)
    if found.title == rules.title_names[0] and not of.individual_plan:
        assert found.promotion is PrimaryPromotion.PROMOTED
        assert found.after is None
    if not of.individual_plan and not of.final.complete:
        assert found.promotion is PrimaryPromotion.INCOMPLETE
        assert (found.result, found.title) == (None, None)
