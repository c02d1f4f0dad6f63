from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.marks import CHUA_DAT, DAT
from app.domain.subjects import SubjectKind
from app.regulations.base import (
    ConductYear,
    Exemption,
    PupilYear,
    Reason,
    ReasonTopic,
    SubjectYear,
)
from app.regulations.explain import why_lines
from app.regulations.registry import regulation
from app.regulations.tt22_2021 import Tt22Regulation
from app.regulations.tt22_settings import Tt22Settings
from tests.unit.regulations.pupils import flat_term, list_of, pupil, year_conduct

TT22 = regulation("TT22/2021")
FAIR = year_conduct("Khá")


_KINDS = (SubjectKind.MARKS, SubjectKind.COMMENTS)


def reason(of: PupilYear, topic: ReasonTopic, grade: int = 8) -> Reason:
    return next(item for item in TT22.explain(of, grade) if item.topic is topic)


def lines(of: PupilYear, topic: ReasonTopic = ReasonTopic.LEARNING_YEAR) -> tuple[str, ...]:
    return why_lines(reason(of, topic))


def test_a_level_reached_and_the_next_one_missed_with_numbers():
    """Case 20: only five subjects from 8,0."""
    a, b = ("TT22/2021, Điều 9, khoản 2, điểm " + point for point in "ab")
    assert lines(pupil(list_of("8,0×5; 7,0×3"))) == (
        "Kết quả học tập cả năm: Khá",
        f"✓ Mức Khá: tất cả các môn đánh giá bằng nhận xét phải Đạt: 4/4 môn Đạt [{b}]",
        f"✓ Mức Khá: tất cả các môn có điểm từ 5,0: thấp nhất 7,0 (M6) [{b}]",
        f"✓ Mức Khá: cần ít nhất 6 môn từ 6,5: có 8 môn [{b}]",
        f"✓ Mức Tốt: tất cả các môn đánh giá bằng nhận xét phải Đạt: 4/4 môn Đạt [{a}]",
        f"✓ Mức Tốt: tất cả các môn có điểm từ 6,5: thấp nhất 7,0 (M6) [{a}]",
        f"✗ Mức Tốt: cần ít nhất 6 môn từ 8,0: có 5 môn [{a}]",
    )


def test_the_best_level_has_nothing_above():
    found = reason(pupil(list_of("8,0×8")), ReasonTopic.LEARNING_YEAR)
    assert [item.about for item in found.conditions] == ["Mức Tốt"] * 3
    assert all(item.met for item in found.conditions)


def test_failed_conditions_name_their_subjects():
    shown = "\n".join(lines(pupil(list_of("6,0×6; 3,4; 2,0"), [DAT, CHUA_DAT, CHUA_DAT])))
    assert "✗ Mức Đạt: nhiều nhất 1 môn đánh giá bằng nhận xét Chưa đạt: có 2 môn (N2, N3)" in shown
    assert "✗ Mức Đạt: tất cả các môn có điểm từ 3,5: có 2 môn thấp hơn (M7 3,4; M8 2,0)" in shown
    assert "✓ Mức Chưa đạt: các trường hợp còn lại" in shown


def test_an_adjustment_names_its_subject_and_both_levels():
    found = reason(pupil(list_of("8,5×7; 3,4")), ReasonTopic.LEARNING_YEAR)
    assert found.outcome == "Đạt (điều chỉnh từ mức Chưa đạt do môn M8)"
    raised = [item for item in found.conditions if item.clause == "TT22/2021, Điều 9, khoản 3"]
    assert [item.met for item in raised] == [True]
    assert "nâng từ Chưa đạt lên Đạt" in raised[0].text
    assert [item.about for item in found.conditions[-3:]] == ["Mức Khá"] * 3


def test_an_adjustment_refused_is_said_and_the_doubtful_case_goes_to_the_board():
    plain = lines(pupil(list_of("6,0×7; 3,4")))
    assert plain[-1].startswith("✗ Điều chỉnh lên mức liền kề: không có môn duy nhất nào")
    doubtful = lines(pupil(list_of("8,0×5; 7,0×2; 4,9")))
    assert doubtful[-1].startswith("? Điều chỉnh lên mức liền kề: nếu coi môn M8 đạt yêu cầu")
    assert "cần Hội đồng xem xét" in doubtful[-1]


def test_missing_results_are_named():
    assert lines(pupil([80, 80, None], [None])) == (
        "Kết quả học tập cả năm: Chưa xác định",
        "? chưa đủ kết quả môn học: M3, N1 [TT22/2021, Điều 9, khoản 2]",
    )
    assert lines(PupilYear((), FAIR, 0))[1].startswith("? không có môn nào")


def test_conduct_shows_the_row_and_what_the_next_level_wants():
    found = why_lines(
        reason(pupil([80] * 8, conduct=ConductYear("Chưa đạt", "Khá")), ReasonTopic.CONDUCT)
    )
    assert found == (
        "Kết quả rèn luyện cả năm: Đạt",
        "✓ học kì I: Chưa đạt; học kì II: Khá → cả năm: Đạt [TT22/2021, Điều 8]",
        "✗ Mức Khá: cần học kì II Tốt và học kì I Đạt / Chưa đạt; hoặc học kì II Khá và học kì I "
        "Tốt / Khá / Đạt; hoặc học kì II Đạt và học kì I Tốt: có học kì II Khá, học kì I Chưa đạt "
        "[TT22/2021, Điều 8]",
    )


def test_conduct_after_the_summer():
    found = reason(
        pupil(list_of("6,0×8"), conduct=year_conduct("Chưa đạt", "Đạt")), ReasonTopic.CONDUCT
    )
    assert found.outcome == "Đạt"
    assert found.conditions[-1].clause == "TT22/2021, Điều 13"
    assert found.conditions[-1].met is True


def test_promotion_has_its_three_conditions_with_numbers():
    assert lines(pupil(list_of("6,0×8"), conduct=FAIR, absences=46), ReasonTopic.PROMOTION) == (
        "Xét lên lớp: Không được lên lớp",
        "✓ cần kết quả rèn luyện cả năm từ Đạt trở lên: Khá [TT22/2021, Điều 12, khoản 1, điểm a]",
        "✓ cần kết quả học tập cả năm từ Đạt trở lên: Đạt [TT22/2021, Điều 12, khoản 1, điểm b]",
        "✗ nghỉ không quá 45 buổi: 46 buổi [TT22/2021, Điều 12, khoản 1, điểm c]",
        "✗ nghỉ quá 45 buổi thì không được lên lớp, không xét trong hè [TT22/2021, Điều 12, "
        "khoản 3]",
    )


@pytest.mark.parametrize(("again", "met"), [({}, None), ({"M8": 50}, True), ({"M8": 20}, False)])
def test_promotion_lists_the_subjects_of_article_14(again: dict[str, int], met: bool | None):
    found = reason(
        pupil(list_of("6,0×7; 3,4"), conduct=FAIR, reassessed=again), ReasonTopic.PROMOTION
    )
    assert found.conditions[-1].clause == "TT22/2021, Điều 14"
    assert found.conditions[-1].text.endswith(": M8")
    assert found.conditions[-1].met is met


@pytest.mark.parametrize(("after", "met"), [(None, None), ("Đạt", True), ("Chưa đạt", False)])
def test_promotion_waits_for_the_summer(after: str | None, met: bool | None):
    found = reason(
        pupil(list_of("6,0×8"), conduct=year_conduct("Chưa đạt", after)), ReasonTopic.PROMOTION
    )
    assert found.conditions[-1].clause == "TT22/2021, Điều 13"
    assert found.conditions[-1].met is met


def test_both_failed_says_why_the_principal_decides():
    both = pupil(list_of("6,0×7; 3,4"), conduct=year_conduct("Chưa đạt"))
    found = reason(both, ReasonTopic.PROMOTION)
    assert found.outcome == "Hiệu trưởng quyết định"
    assert "Thông tư không nói rõ" in found.conditions[-1].text


def test_grade_nine_completes_its_programme():
    found = reason(pupil(list_of("6,0×8"), conduct=FAIR), ReasonTopic.PROMOTION, grade=9)
    assert found.outcome == "Hoàn thành chương trình THCS"


@pytest.mark.parametrize(
    ("marks", "conduct", "outcome", "last"),
    [
        ("9,0×6; 7,0", "Tốt", "Học sinh Xuất sắc", "có 6 môn"),
        ("9,0×5; 8,0×2", "Tốt", "Học sinh Giỏi", "có 5 môn"),
        ("9,0×6; 7,0", "Khá", "Không có danh hiệu", "có 6 môn"),
    ],
)
def test_titles_with_numbers(marks: str, conduct: str, outcome: str, last: str):
    found = reason(pupil(list_of(marks), conduct=year_conduct(conduct)), ReasonTopic.TITLE)
    assert found.outcome == outcome
    assert found.conditions[-1].text.endswith(last)
    assert found.conditions[-1].met is (last == "có 6 môn")
    assert {item.clause for item in found.conditions} == {"TT22/2021, Điều 15, khoản 1, điểm a"}


@pytest.mark.parametrize(
    ("marks", "conduct", "outcome"),
    [
        ([90] * 7 + [None], year_conduct("Tốt"), "Chưa xác định"),
        ([90] * 7 + [None], year_conduct("Khá"), "Không có danh hiệu"),
        ([90] * 8, ConductYear("Tốt", None), "Chưa xác định"),
        ([70] * 8, ConductYear("Tốt", None), "Không có danh hiệu"),
    ],
)
def test_a_title_is_open_only_while_it_can_still_come(
    marks: list[int | None], conduct: ConductYear, outcome: str
):
    assert reason(pupil(marks, conduct=conduct), ReasonTopic.TITLE).outcome == outcome


def test_an_individual_plan_explains_every_open_result():
    exempt = pupil([80] * 8, exempt={"M2": Exemption.HK1})
    for found in TT22.explain(exempt, 8):
        if found.topic is ReasonTopic.CONDUCT:
            continue
        assert found.conditions[0].clause == "TT22/2021, Điều 12, khoản 4"
        assert "miễn môn M2" in found.conditions[0].text


def test_reassessment_has_its_own_reason_and_obeys_the_setting():
    again = pupil(list_of("8,5×6; 3,0×2"), conduct=FAIR, reassessed={"M7": 80})
    found = reason(again, ReasonTopic.AFTER_REASSESSMENT)
    assert found.outcome == "Đạt (điều chỉnh từ mức Chưa đạt do môn M8)"
    once = Tt22Regulation(Tt22Settings(raise_again_after_reassessment=False))
    shown = next(
        item for item in once.explain(again, 8) if item.topic is ReasonTopic.AFTER_REASSESSMENT
    )
    assert shown.outcome == "Chưa đạt"
    assert all("khoản 3" not in item.clause for item in shown.conditions)


@st.composite
def any_pupil(draw: st.DrawFn) -> PupilYear:
    result = st.none() | st.integers(0, 100)
    subjects = [
        SubjectYear(
            key=f"S{number}",
            name=f"S{number}",
            kind=kind,
            hk1=draw(st.none() | st.builds(flat_term, value)),
            hk2=draw(st.none() | st.builds(flat_term, value)),
            exempt=draw(st.sampled_from([None] * 9 + list(Exemption))),
            reassessed=draw(st.none() | value),
        )
        for number, kind, value in (
            (number, kind, result if kind is SubjectKind.MARKS else st.none() | st.integers(0, 1))
            for number, kind in enumerate(
                draw(
                    st.lists(st.sampled_from([SubjectKind.MARKS, SubjectKind.COMMENTS]), max_size=9)
                )
            )
        )
    ]
    level = st.none() | st.sampled_from(TT22.conduct_levels)
    conduct = ConductYear(draw(level), draw(level), after_summer=draw(level))
    return PupilYear(tuple(subjects), conduct, draw(st.none() | st.integers(0, 60)))


@settings(max_examples=200)
@given(any_pupil(), st.integers(6, 12))
def test_every_result_can_be_explained_and_agrees(of: PupilYear, grade: int):
    found = TT22.results(of)
    explained = {item.topic: item for item in TT22.explain(of, grade)}
    assert explained[ReasonTopic.PROMOTION].outcome == found.promotion.label(grade)
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
        base = [item for item in reached.conditions if item.about == f"Mức {result.base}"]
        assert base
        assert all(item.met for item in base)
        better = TT22.learning_levels.index(result.base) - 1
        if better >= 0:
            about = f"Mức {TT22.learning_levels[better]}"
            assert not all(item.met for item in reached.conditions if item.about == about)
    for item in explained.values():
        assert item.conditions
        for line in why_lines(item):
            assert unicodedata.is_normalized("NFC", line)
    assert (ReasonTopic.AFTER_REASSESSMENT in explained) == (found.after_reassessment is not None)
    for subject in of.subjects:
        TT22.formula(subject)


@pytest.mark.parametrize(("absences", "met"), [(0, True), (45, True), (46, False), (None, None)])
def test_days_absent_are_judged_at_the_limit(absences: int | None, met: bool | None):
    of = pupil(list_of("6,0×8"), conduct=FAIR, absences=absences)
    found = reason(of, ReasonTopic.PROMOTION)
    (days,) = [item for item in found.conditions if "không quá 45 buổi" in item.text]
    assert days.met is met
    refused = [item for item in found.conditions if item.clause == "TT22/2021, Điều 12, khoản 3"]
    assert bool(refused) is (absences == 46)


@pytest.mark.parametrize(
    ("marks", "comments", "level"),
    [
        ("8,0×6; 6,5×2", [DAT], "Tốt"),
        ("6,5×6; 5,0×2", [DAT], "Khá"),
        ("5,0×6; 3,5×2", [DAT, CHUA_DAT], "Đạt"),
    ],
)
def test_marks_just_at_every_bar_meet_every_condition(marks: str, comments: list[int], level: str):
    found = reason(pupil(list_of(marks), comments), ReasonTopic.LEARNING_YEAR)
    own = [item for item in found.conditions if item.about == f"Mức {level}"]
    assert found.outcome == level
    assert len(own) == 3
    assert all(item.met for item in own)


@pytest.mark.parametrize(
    ("marks", "comments", "level", "failed"),
    [
        ("8,0×5; 7,9; 6,5×2", [DAT], "Tốt", "6 môn từ 8,0: có 5 môn"),
        ("8,0×6; 6,4×2", [DAT], "Tốt", "từ 6,5: có 2 môn thấp hơn"),
        ("6,5×5; 6,4; 5,0×2", [DAT], "Khá", "6 môn từ 6,5: có 5 môn"),
        ("6,5×6; 4,9×2", [DAT], "Khá", "từ 5,0: có 2 môn thấp hơn"),
        ("5,0×5; 4,9; 3,5×2", [DAT], "Đạt", "6 môn từ 5,0: có 5 môn"),
        ("5,0×6; 3,4×2", [DAT], "Đạt", "từ 3,5: có 2 môn thấp hơn"),
        ("5,0×8", [CHUA_DAT, CHUA_DAT], "Đạt", "có 2 môn (N1, N2)"),
    ],
)
def test_one_step_below_a_bar_fails_that_condition_alone(
    marks: str, comments: list[int], level: str, failed: str
):
    found = reason(pupil(list_of(marks), comments), ReasonTopic.LEARNING_YEAR)
    own = [item for item in found.conditions if item.about == f"Mức {level}"]
    missed = [item.text for item in own if not item.met]
    assert len(missed) == 1
    assert failed in missed[0]


def test_both_failed_is_told_as_the_school_reads_it():
    failed = pupil(list_of("3,0×8"), conduct=year_conduct("Chưa đạt"))
    assert reason(failed, ReasonTopic.PROMOTION).outcome == "Hiệu trưởng quyết định"
    assert reason(failed, ReasonTopic.PROMOTION).conditions[-1].met is None
    literal = Tt22Regulation(Tt22Settings(principal_decides_when_both_failed=False))
    (found,) = [item for item in literal.explain(failed, 8) if item.topic is ReasonTopic.PROMOTION]
    assert found.outcome == "Không được lên lớp"
    assert found.conditions[-1].met is False
    assert "theo quy định của trường" in found.conditions[-1].text


def test_forty_five_days_still_lead_to_what_comes_next():
    again = pupil(list_of("6,0×7; 3,4"), conduct=FAIR, absences=45)
    assert reason(again, ReasonTopic.PROMOTION).conditions[-1].clause == "TT22/2021, Điều 14"
    both = pupil(list_of("3,0×8"), conduct=year_conduct("Chưa đạt"), absences=45)
    assert reason(both, ReasonTopic.PROMOTION).conditions[-1].clause == "TT22/2021, Điều 14"
    summer = pupil(list_of("6,0×8"), conduct=year_conduct("Chưa đạt"), absences=45)
    assert reason(summer, ReasonTopic.PROMOTION).conditions[-1].clause == "TT22/2021, Điều 13"
