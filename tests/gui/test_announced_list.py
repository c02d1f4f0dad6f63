"""Danh sách đã công bố of a primary school: read by the headings such files have."""

from __future__ import annotations

import pytest

from app.domain.periods import Period
from app.errors import RuleRefused
from app.importing.tables import RawSheet
from tests.support.primary_school import make_primary
from tests.unit.importing.sheets import make_sheet
from ui.pages.proofs.announced_list import read_list


@pytest.fixture
def about(tmp_path):
    primary = make_primary(tmp_path)
    school = primary.school
    work = primary.work("principal")
    reader = primary.work("am_nhac").session.actor
    work.proof_tables.assign(
        work.session.actor, primary.sheet("toan"), Period.CK1, reader.account_id
    )
    target = work.proof_comparing.list_target(reader, primary.sheet("toan"), Period.CK1)
    yield target
    school.close()


def sheet(about, *columns: str, title: str = "Bảng điểm cuối học kì I, môn Toán") -> RawSheet:
    rows = [[title], ["STT", "Họ và tên", *columns]]
    rows += [
        [n, pupil.full_name, *["T", "9", "H", "8"][: len(columns)]]
        for n, pupil in enumerate(about.pupils, 1)
    ]
    return make_sheet(rows)


def test_levels_and_scores_of_the_ky_are_read(about):
    told = read_list([sheet(about, "Mức đạt được", "Điểm KTĐK")], about)
    assert told.columns == ("CK1.muc", "CK1.ktdk")
    first = about.pupils[0].pupil_id
    assert {key.column: text for key, text in told.texts.items() if key.pupil_id == first} == {
        "CK1.muc": "T",
        "CK1.ktdk": "9",
    }
    assert told.unread == ()


def test_another_ky_in_the_title_is_refused(about):
    wrong = sheet(about, "Mức đạt được", title="Bảng điểm giữa học kì I, môn Toán")
    with pytest.raises(RuleRefused):
        read_list([wrong], about)


def test_a_secondary_file_has_no_column_of_it(about):
    with pytest.raises(RuleRefused):
        read_list([sheet(about, "ĐĐGtx1", "ĐĐGgk")], about)
