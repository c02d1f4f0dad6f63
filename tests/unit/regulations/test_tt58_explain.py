from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.marks import CHUA_DAT, DAT
from app.domain.subjects import SubjectKind
from app.regulations.base import ConductYear, Exemption, PupilYear, Reason, ReasonTopic, SubjectYear
from app.regulations.explain import why_lines
from app.regulations.registry import regulation
from app.regulations.tt58_2011 import Tt58Regulation
from app.regulations.tt58_settings import Tt58Settings
from tests.unit.regulations.pupils import flat_term, list_of
from tests.unit.regulations.pupils58 import CORE, pupil58, year_conduct

TT58 = regulation("TT58/2011")


def reason(of: PupilYear, topic: ReasonTopic, grade: int = 8) -> Reason:
    return next(item for item in TT58.explain(of, grade) if item.topic is topic)


def lines(of: PupilYear, topic: ReasonTopic = ReasonTopic.LEARNING_YEAR) -> tuple[str, ...]:
    return why_lines(reason(of, topic))


def test_a_level_reached_and_the_next_one_missed_with_numbers():
    """Case 48."""
    gioi, kha = "TT58/2011, Điều 13, khoản 1", "TT58/2011, Điều 13, khoản 2"
    three = "Toán 7,9; Ngữ văn 7,9; Ngoại ngữ 7,9"
    assert lines(pupil58(list_of("7,9×3; 8,7×5"))) == (
        "Học lực cả năm: Khá",
        f"✓ Loại Khá: ĐTB các môn học từ 6,5: 8,4 [{kha}]",
        f"✓ Loại Khá: ĐTB của 1 trong 3 môn Toán, Ngữ văn, Ngoại ngữ từ 6,5: {three} [{kha}]",
        f"✓ Loại Khá: không có môn nào có ĐTB dưới 5,0: thấp nhất 7,9 (Toán) [{kha}]",
        f"✓ Loại Khá: các môn đánh giá bằng nhận xét đạt loại Đ: 3/3 môn Đ [{kha}]",
        f"✓ Loại Giỏi: ĐTB các môn học từ 8,0: 8,4 [{gioi}]",
        f"✗ Loại Giỏi: ĐTB của 1 trong 3 môn Toán, Ngữ văn, Ngoại ngữ từ 8,0: {three} [{gioi}]",
        f"✓ Loại Giỏi: không có môn nào có ĐTB dưới 6,5: thấp nhất 7,9 (Toán) [{gioi}]",
        f"✓ Loại Giỏi: các môn đánh giá bằng nhận xét đạt loại Đ: 3/3 môn Đ [{gioi}]",
    )


@pytest.mark.parametrize(
    ("marks", "level", "paragraph"),
    [
        ("8,0×8", "Giỏi", 1),
        ("7,0×8", "Khá", 2),
        ("5,5×8", "Trung bình", 3),
        ("4,0×8", "Yếu", 4),
        ("1,0×8", "Kém", 5),
    ],
)
def test_each_level_cites_its_own_paragraph(marks: str, level: str, paragraph: int):
    found = reason(pupil58(list_of(marks)), ReasonTopic.LEARNING_YEAR)
    own = [item for item in found.conditions if item.about == f"Loại {level}"]
    assert found.outcome == level
    assert {item.clause for item in own} == {f"TT58/2011, Điều 13, khoản {paragraph}"}


def test_the_best_level_has_nothing_above():
    found = reason(pupil58(list_of("8,0×8")), ReasonTopic.LEARNING_YEAR)
    assert [item.about for item in found.conditions] == ["Loại Giỏi"] * 4
    assert all(item.met for item in found.conditions)


def test_a_mark_just_at_the_bar_meets_it():
    found = reason(pupil58(list_of("8,5×7; 6,5")), ReasonTopic.LEARNING_YEAR)
    assert found.outcome == "Giỏi"
    assert all(item.met for item in found.conditions)
    assert "dưới 6,5: thấp nhất 6,5 (M8)" in found.conditions[2].text


def test_a_specialised_subject_has_a_line_of_its_own():
    shown = lines(pupil58(list_of("9,0×7; 7,9"), specialised="M8"))
    assert any("✗ Loại Giỏi: ĐTB môn chuyên từ 8,0: M8 7,9" in line for line in shown)
    gone = lines(pupil58(list_of("9,0×7"), specialised="M8"))
    assert any("không có điểm môn chuyên" in line for line in gone)


def test_failed_conditions_name_their_subjects():
    shown = "\n".join(lines(pupil58(list_of("6,0×6; 3,4; 1,0"), [DAT, CHUA_DAT])))
    assert "Học lực cả năm: Kém" in shown
    assert "✓ Loại Kém: các trường hợp còn lại" in shown
    assert "✗ Loại Yếu: không có môn nào có ĐTB dưới 2,0: có 1 môn (M8 1,0)" in shown
    weak = "\n".join(lines(pupil58(list_of("6,0×6; 3,4; 2,0"), [DAT, CHUA_DAT])))
    assert "✗ Loại Trung bình: không có môn nào có ĐTB dưới 3,5: có 2 môn (M7 3,4; M8 2,0)" in weak
    assert "✗ Loại Trung bình: các môn đánh giá bằng nhận xét đạt loại Đ: có 1 môn CĐ (N2)" in weak


def test_an_adjustment_names_its_subject_and_both_levels():
    found = reason(pupil58(list_of("9,0×7; 3,4")), ReasonTopic.LEARNING_YEAR)
    assert found.outcome == "Trung bình (điều chỉnh từ loại Yếu do môn M8)"
    last = found.conditions[-1]
    assert (last.clause, last.met) == ("TT58/2011, Điều 13, khoản 6", True)
    assert "xuống loại Yếu: điều chỉnh thành loại Trung bình" in last.text


@pytest.mark.parametrize(
    ("marks", "text"),
    [
        ("9,5×6; 3,4; 4,9", "loại Giỏi nhưng có 2 môn thấp hơn mức quy định (M7, M8)"),
        ("7,5×7; 4,9", "loại Khá nhưng có 1 môn thấp hơn mức quy định (M8)"),
        ("6,0×7; 3,4", "không đạt mức loại Giỏi hoặc Khá: giữ loại Yếu"),
    ],
)
def test_an_adjustment_refused_is_said(marks: str, text: str):
    last = reason(pupil58(list_of(marks)), ReasonTopic.LEARNING_YEAR).conditions[-1]
    assert last.met is False
    assert text in last.text


def test_missing_results_are_named():
    assert lines(pupil58([80, 80, None], [None])) == (
        "Học lực cả năm: Chưa xác định",
        "? chưa đủ kết quả môn học: Ngoại ngữ, N1 [TT58/2011, Điều 13]",
    )
    assert "không có môn nào tính điểm" in lines(pupil58([], [DAT]))[1]


def test_conduct_is_what_the_teacher_entered():
    shown = lines(
        pupil58([80] * 4, conduct=ConductYear("Khá", "Tốt", "Yếu", "Khá")), ReasonTopic.CONDUCT
    )
    assert shown[0] == "Hạnh kiểm cả năm: Khá"
    assert "giáo viên chủ nhiệm ghi: Yếu" in shown[1]
    assert shown[2] == "✓ sau rèn luyện trong hè: Khá [TT58/2011, Điều 17]"
    empty = reason(pupil58([80] * 4, conduct=ConductYear("Khá", "Tốt")), ReasonTopic.CONDUCT)
    assert empty.outcome == "Chưa xác định"
    assert empty.conditions[0].met is None


@pytest.mark.parametrize(
    ("marks", "conduct", "absences", "outcome", "last"),
    [
        ("6,0×8", "Khá", 0, "Được lên lớp", "✓ nghỉ không quá 45 buổi: 0 buổi"),
        ("6,0×8", "Khá", 46, "Không được lên lớp", "✗ nghỉ quá 45 buổi thì không được lên lớp"),
        ("6,0×7; 3,4", "Khá", 0, "Kiểm tra lại các môn học", "? được chọn để kiểm tra lại"),
        ("6,0×7; 3,4", "Yếu", 0, "Không được lên lớp", "✗ học lực và hạnh kiểm cả năm cùng loại"),
        ("6,0×7; 1,9", "Tốt", 0, "Không được lên lớp", "✗ học lực cả năm loại Kém"),
        (
            "6,0×8",
            "Yếu",
            0,
            "Rèn luyện hạnh kiểm trong kì nghỉ hè",
            "? rèn luyện hạnh kiểm trong hè",
        ),
        ("6,0×8", None, 0, "Chưa đủ dữ liệu", "✓ nghỉ không quá 45 buổi"),
    ],
)
def test_promotion_says_what_comes_next(
    marks: str, conduct: str | None, absences: int, outcome: str, last: str
):
    shown = lines(
        pupil58(list_of(marks), conduct=year_conduct(conduct), absences=absences),
        ReasonTopic.PROMOTION,
    )
    assert shown[0] == f"Xét lên lớp: {outcome}"
    assert shown[-1].startswith(last)


@pytest.mark.parametrize(("again", "met"), [({}, None), ({"M8": 50}, True), ({"M8": 20}, False)])
def test_promotion_lists_the_subjects_to_choose_from(again: dict[str, int], met: bool | None):
    of = pupil58(list_of("6,0×6; 4,0; 3,4"), reassessed=again)
    last = reason(of, ReasonTopic.PROMOTION).conditions[-1]
    assert last.clause == "TT58/2011, Điều 16"
    assert last.text.endswith(": M7, M8")
    assert last.met is met


@pytest.mark.parametrize(("after", "met"), [("Trung bình", True), ("Yếu", False)])
def test_promotion_after_the_summer(after: str, met: bool):
    of = pupil58([60] * 4, conduct=year_conduct("Yếu", after))
    assert reason(of, ReasonTopic.PROMOTION).conditions[-1].met is met


def test_grade_twelve_completes_its_programme():
    assert reason(pupil58([60] * 4), ReasonTopic.PROMOTION, 12).outcome == (
        "Hoàn thành chương trình THPT"
    )


@pytest.mark.parametrize(
    ("marks", "conduct", "outcome"),
    [
        ([80] * 4, "Tốt", "Học sinh giỏi"),
        ([80] * 4, "Khá", "Học sinh tiên tiến"),
        ([60] * 4, "Tốt", "Không có danh hiệu"),
        ([80] * 4, "Yếu", "Không có danh hiệu"),
        ([60] * 4, None, "Không có danh hiệu"),
        ([80] * 4, None, "Chưa xác định"),
        ([80] * 3 + [None], "Tốt", "Chưa xác định"),
        ([80] * 3 + [None], "Yếu", "Không có danh hiệu"),
    ],
)
@pytest.mark.parametrize("topic", [ReasonTopic.TITLE_HK1, ReasonTopic.TITLE_HK2, ReasonTopic.TITLE])
def test_a_title_is_open_only_while_it_can_still_come(
    marks: list[int | None], conduct: str | None, outcome: str, topic: ReasonTopic
):
    found = reason(pupil58(marks, conduct=year_conduct(conduct)), topic)
    assert found.outcome == outcome
    if outcome == "Học sinh tiên tiến":
        assert [item.about for item in found.conditions] == [
            "Học sinh tiên tiến",
            "Học sinh tiên tiến",
            "Học sinh giỏi",
            "Học sinh giỏi",
        ]
        assert not all(item.met for item in found.conditions[2:])


def test_reassessment_has_its_own_reason_and_obeys_the_setting():
    again = pupil58(list_of("8,0×6; 3,0×2"), reassessed={"M7": 80})
    found = reason(again, ReasonTopic.AFTER_REASSESSMENT)
    assert found.outcome == "Trung bình (điều chỉnh từ loại Yếu do môn M8)"
    once = Tt58Regulation(Tt58Settings(raise_again_after_reassessment=False))
    shown = next(
        item for item in once.explain(again, 8) if item.topic is ReasonTopic.AFTER_REASSESSMENT
    )
    assert shown.outcome == "Yếu"
    assert all("khoản 6" not in item.clause for item in shown.conditions)


@st.composite
def any_pupil(draw: st.DrawFn) -> PupilYear:
    subjects = []
    for number in range(draw(st.integers(0, 8))):
        kind = draw(st.sampled_from([SubjectKind.MARKS, SubjectKind.MARKS, SubjectKind.COMMENTS]))
        value = st.integers(0, 100) if kind is SubjectKind.MARKS else st.integers(0, 1)
        usual = st.sampled_from([81, 90]) if kind is SubjectKind.MARKS else st.just(DAT)
        half = st.none() | st.builds(flat_term, usual | usual | value)
        name = [*CORE, "A", "B", "C", "D", "E"][number]
        subjects.append(
            SubjectYear(
                name,
                name,
                kind,
                draw(half),
                draw(half),
                exempt=draw(st.sampled_from([None] * 9 + list(Exemption))),
                reassessed=draw(st.none() | value),
                core=name in CORE,
            )
        )
    word = st.none() | st.sampled_from(TT58.conduct_levels)
    conduct = ConductYear(draw(word), draw(word), draw(word), draw(word))
    special = draw(st.sampled_from([None, None, *CORE]))
    return PupilYear(tuple(subjects), conduct, draw(st.none() | st.integers(0, 60)), special)


@settings(max_examples=200)
@given(any_pupil(), st.integers(6, 12))
def test_every_result_can_be_explained_and_agrees(of: PupilYear, grade: int):
    found = TT58.results(of)
    explained = {item.topic: item for item in TT58.explain(of, grade)}
    assert explained[ReasonTopic.PROMOTION].outcome == TT58.circular.promotion_label(
        found.promotion, grade
    )
    for topic, result in (
        (ReasonTopic.LEARNING_HK1, found.learning_hk1),
        (ReasonTopic.LEARNING_HK2, found.learning_hk2),
        (ReasonTopic.LEARNING_YEAR, found.learning_year),
    ):
        reached = explained[topic]
        if result is None:
            assert reached.outcome == "Chưa xác định"
            assert {item.met for item in reached.conditions} == {None}
            continue
        assert reached.outcome.startswith(result.final)
        base = [item for item in reached.conditions if item.about == f"Loại {result.base}"]
        assert base
        assert all(item.met for item in base)
        better = TT58.learning_levels.index(result.base) - 1
        if better >= 0:
            about = f"Loại {TT58.learning_levels[better]}"
            assert not all(item.met for item in reached.conditions if item.about == about)
    for topic, title in (
        (ReasonTopic.TITLE_HK1, found.titles.hk1),
        (ReasonTopic.TITLE_HK2, found.titles.hk2),
        (ReasonTopic.TITLE, found.titles.year),
    ):
        assert (explained[topic].outcome in TT58.title_names) == (title is not None)
    for item in explained.values():
        assert item.conditions
        for line in why_lines(item):
            assert unicodedata.is_normalized("NFC", line)
    assert (ReasonTopic.AFTER_REASSESSMENT in explained) == (found.after_reassessment is not None)
    for subject in of.subjects:
        TT58.formula(subject)


@pytest.mark.parametrize(("absences", "met"), [(0, True), (45, True), (46, False), (None, None)])
def test_days_absent_are_judged_at_the_limit(absences: int | None, met: bool | None):
    of = pupil58(list_of("6,0×8"), absences=absences)
    found = reason(of, ReasonTopic.PROMOTION)
    (days,) = [item for item in found.conditions if "không quá 45 buổi" in item.text]
    assert days.met is met
    assert len([item for item in found.conditions if item.met is False]) == (
        0 if absences != 46 else 2
    )


@pytest.mark.parametrize(
    ("marks", "level", "count"),
    [
        ("8,0×2; 9,5×5; 6,5", "Giỏi", 4),
        ("6,5×3; 6,8×5", "Khá", 4),
        ("5,0×7; 5,0", "Trung bình", 4),
        ("3,5×6; 5,0; 2,0", "Yếu", 2),
    ],
)
def test_marks_at_the_bars_meet_every_condition(marks: str, level: str, count: int):
    found = reason(pupil58(list_of(marks)), ReasonTopic.LEARNING_YEAR)
    own = [item for item in found.conditions if item.about == f"Loại {level}"]
    assert found.outcome == level
    assert len(own) == count
    assert all(item.met for item in own)


def test_forty_five_days_still_lead_to_what_comes_next():
    again = pupil58(list_of("6,0×7; 3,4"), absences=45)
    assert reason(again, ReasonTopic.PROMOTION).conditions[-1].clause == "TT58/2011, Điều 16"
    summer = pupil58(list_of("6,0×8"), conduct=year_conduct("Yếu"), absences=45)
    assert reason(summer, ReasonTopic.PROMOTION).conditions[-1].clause == "TT58/2011, Điều 17"
    conduct = reason(summer, ReasonTopic.CONDUCT)
    assert conduct.conditions[0].clause == "TT58/2011, Điều 3"
