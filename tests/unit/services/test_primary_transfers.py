"""A primary pupil who comes in mid-year with levels of the former school, and one who leaves."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.marks import CellState
from app.domain.movements import MovementKind, MovementPaper
from app.domain.periods import Period
from app.errors import RuleRefused
from app.services.former_marks import FormerSchool
from app.services.printing import Printed
from app.services.trail_sentences import WORDINGS, sentence_of
from tests.exports.pdf_reading import all_text
from tests.support.primary_school import PrimarySchool, make_primary
from tests.support.school import invented_pupil

ORIGIN = FormerSchool("TH Lê Lợi", "Bảng tổng hợp CK I", "Hiệu trưởng Trần Thị Năm")
TODAY = date(2026, 11, 23)


@pytest.fixture
def primary(tmp_path) -> PrimarySchool:
    return make_primary(tmp_path)


def newcomer(primary: PrimarySchool):
    return primary.school.rosters.add_pupil(
        primary.school.actor("secretary"), primary.school.class_id, invented_pupil(50), TODAY,
        kind=MovementKind.TRANSFER_IN, paper=MovementPaper(ORIGIN.school, "GGT 7"),
    ).payload  # fmt: skip


def cells(primary: PrimarySchool, pupil):
    with primary.school.uow.read() as uow:
        columns = {a.id: a for a in uow.marks.assessments(primary.school.class_id)}
        return {
            (columns[m.assessment_id].term.value, columns[m.assessment_id].code): m.cell
            for m in uow.marks.cells(primary.school.class_id, None, [pupil])
        }


def enter(primary: PrimarySchool, pupil, term, **texts):
    """`texts`: subject__column = text."""
    known = primary.school.subjects
    typed = {
        (known[name.split("__")[0]], name.split("__")[1]): text for name, text in texts.items()
    }
    return primary.work("secretary").former_marks.enter(
        primary.school.actor("secretary"), primary.school.class_id, pupil, term, ORIGIN, typed
    )


def test_the_form_has_a_line_a_subject_and_a_line_a_trait(primary):
    pupil = newcomer(primary)
    form = primary.work("secretary").former_marks.form(
        primary.school.actor("secretary"), primary.school.class_id, pupil, Period.CN
    )
    assert (form.school, form.document) == (ORIGIN.school, "GGT 7")
    lines = {line.name: line for line in form.subjects}
    assert [cell.code for cell in lines["Toán"].cells] == ["muc", "ktdk"]
    assert [cell.title for cell in lines["Yêu nước"].cells] == ["Mức đạt được"]
    every = {cell.code for line in form.subjects for cell in line.cells}
    assert not every & {"noi_bat", "lop_cong_nhan", "dot_xuat"}
    assert len(form.subjects) == 12 + 15


def test_levels_and_scores_come_with_their_source(primary):
    pupil = newcomer(primary)
    done = enter(primary, pupil, Period.GK1, toan__muc="h", toan__ktdk="7", pc_nl__yeu_nuoc="d")
    assert done.payload == 3
    found = cells(primary, pupil)
    assert {state.state for state in found.values()} == {CellState.TRANSFERRED}
    assert found["GK1", "ktdk"].value == 70
    assert ORIGIN.school in found["GK1", "muc"].reason
    with primary.school.uow.read() as uow:
        entry = uow.trail.entries(newest=1)[0]
    said = sentence_of(entry.kind, entry.detail, entry.cell_count, WORDINGS)
    assert "giữa học kì I" in said
    assert ORIGIN.school in said


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({"toan__muc": "Đ"}, "không phải là mức của môn học"),
        ({"toan__ktdk": "8,5"}, "số nguyên"),
        ({"pc_nl__yeu_nuoc": "H"}, "phẩm chất, năng lực"),
        ({"pc_nl__noi_bat": "x"}, "khen thưởng do trường này xét"),
        ({"dao_duc__ktdk": "8"}, "không có cột này"),
    ],
)
def test_nothing_is_written_when_one_cell_is_refused(primary, texts, words):
    pupil = newcomer(primary)
    with pytest.raises(RuleRefused) as caught:
        enter(primary, pupil, Period.CN, tieng_viet__muc="T", **texts)
    assert words in caught.value.sentence
    assert cells(primary, pupil) == {}


def test_a_closed_ky_waits_for_a_late_opening(primary):
    primary.live(until=Period.GK1)
    pupil = newcomer(primary)
    with pytest.raises(RuleRefused):
        enter(primary, pupil, Period.GK1, toan__muc="T")
    primary.work("principal").control.open_late(
        primary.school.actor("principal"), primary.school.class_id, None, Period.GK1, TODAY, TODAY,
        "99/QĐ", TODAY,
    )  # fmt: skip
    assert enter(primary, pupil, Period.GK1, toan__muc="T").payload == 1


def test_zero_is_no_score_under_the_old_circular(tmp_path):
    old = make_primary(tmp_path, grade=5, first_year=2022)
    pupil = old.pupil(0)
    with pytest.raises(RuleRefused) as caught:
        enter(old, pupil, Period.CK1, toan_2006__ktdk="0")
    assert "không cho điểm 0" in caught.value.sentence


def test_the_pack_of_a_pupil_who_leaves(primary):
    primary.live(until=Period.GK1)
    primary.enter("toan", {(0, "CK1.muc"): "H", (0, "CK1.ktdk"): "8", (0, "CK1.comment"): "Khá"})
    school = primary.school
    school.rosters.mark_left(
        school.actor("secretary"), school.class_id, primary.pupil(0), TODAY, "Theo gia đình",
        kind=MovementKind.TRANSFER_OUT, paper=MovementPaper("TH Hoa Sen", "GGT 13"),
    )  # fmt: skip
    packs = primary.work("secretary").transfer_packs
    done = packs.print(school.actor("secretary"), school.class_id, primary.pupil(0))
    assert isinstance(done.payload, Printed)
    text = " ".join(" ".join(all_text(done.payload.pdf)).split())
    for said in (
        "PHIẾU KẾT QUẢ ĐÁNH GIÁ RÈN LUYỆN VÀ HỌC TẬP",
        "TH Hoa Sen",
        "giữa học kì I đã chốt; cuối học kì I chưa chốt",
        "T (10)",
        "H (8)",
        "Khá",
        "học bạ;",
        "tiến độ thực hiện chương trình",
        "Yêu nước",
        "Thông tư số 27/2020",
    ):
        assert said in text, said
    assert "ĐĐGtx" not in text
    assert packs.data(done.payload.run.id)[:2] == b"PK"
