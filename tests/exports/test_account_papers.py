"""Permission sheets and the account list: read back from their bytes, kept, marked in practice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.practice import MARK
from app.domain.print_runs import ACCOUNT_LIST, PERMISSION_SHEET
from app.errors import AccessDenied, RuleRefused
from app.services.account_papers import AccountPapers
from app.services.account_review import AccountReview
from app.services.assignments import Assignments
from app.services.document_register import DocumentRegister
from app.services.legal_bases import LegalBases
from exports.press import Paper
from tests.exports.pdf_reading import all_text, assert_archival
from tests.exports.sample_minutes import minutes_stamp, sample_correction
from tests.support.school import OFFICE, TEACHERS, found_school, make_school


@pytest.fixture
def school(tmp_path):
    return make_school(tmp_path, pupils=1)


def papers(school) -> AccountPapers:
    return AccountPapers(
        school.uow,
        school.clock,
        Paper(),
        Assignments(school.uow, school.clock, school.directory),
        AccountReview(school.uow, school.clock, school.file.people),
    )


def test_a_permission_sheet_says_what_one_may_do_and_by_which_key(school):
    target = school.accounts_by_key["homeroom"]
    done = papers(school).print_permission_sheet(school.actor("secretary"), target).payload
    assert_archival(done.pdf)
    text = " ".join(all_text(done.pdf))
    paper = papers(school).permission_sheet(target)
    for part in (
        "PHIẾU PHÂN QUYỀN", TEACHERS["toan"], "nguyen.thi.binh", "GVCN", "Toán",
        "Lớp chủ nhiệm", paper.fingerprint[:9], "không nhờ người khác làm thay",
        "NGƯỜI ĐƯỢC GIAO", OFFICE["principal"],
    ):  # fmt: skip
        assert part in text, part
    assert done.run.kind == PERMISSION_SHEET
    assert "BẢN TẬP" not in text
    assert school.trail_kinds()[-1] == "print.run"


def test_a_principals_sheet_lists_the_offices_with_days(school):
    paper = papers(school).permission_sheet(school.accounts_by_key["principal"])
    assert [line.title for line in paper.roles] == ["Hiệu trưởng"]
    assert paper.posts == ()
    nobody = school.accounts.add(
        school.actor("principal"), "Đào Thị Mới", "trăng lên đỉnh núi mờ"
    ).payload
    empty = papers(school).permission_sheet(nobody.account_id)
    assert empty.rights == ("Chưa được giao quyền nào trong sổ.",)


def test_the_account_list_has_everybody_and_counts_who_is_open(school):
    principal = school.actor("principal")
    school.accounts.disable(principal, school.accounts_by_key["gdtc"])
    done = papers(school).print_account_list(principal).payload
    text = " ".join(all_text(done.pdf))
    for name in (*OFFICE.values(), *TEACHERS.values()):
        assert name in text, name
    assert "Cộng: 16 tài khoản, 15 đang dùng được." in text
    assert "khóa từ 23/11/2026" in text
    assert done.run.kind == ACCOUNT_LIST


def test_teachers_print_neither_and_a_school_without_a_year_nothing(school, tmp_path):
    with pytest.raises(AccessDenied):
        papers(school).print_account_list(school.actor("toan"))
    with pytest.raises(AccessDenied):
        papers(school).print_permission_sheet(school.actor("toan"), school.accounts_by_key["toan"])
    place = tmp_path / "mới"
    place.mkdir()
    new = found_school(place)
    with pytest.raises(RuleRefused) as refused:
        papers(new).print_account_list(new.actor("principal"))
    assert refused.value.code == "no_year"
    new.close()


def test_in_a_practice_copy_every_page_says_so(school):
    with school.uow.write() as uow:
        uow.school.set_setting(MARK, "copy")
        uow.commit()
    done = papers(school).print_account_list(school.actor("principal")).payload
    for page in all_text(done.pdf):
        assert "BẢN TẬP" in page
        assert "không phải giấy tờ của trường" in page


def test_minutes_print_their_grounds_and_a_practice_mark() -> None:
    from app.readmodels.correction_minutes import correction_digest
    from exports.forms.correction_minutes import render_correction_minutes

    bases = ("Căn cứ Thông tư số 22/2021/TT-BGDĐT", "Căn cứ Quyết định số 1323/QĐ-SGDĐT")
    minutes = replace(sample_correction(), bases=bases)
    stamp = replace(minutes_stamp(correction_digest(minutes)), practice=True)
    text = " ".join(all_text(render_correction_minutes(minutes, stamp)))
    assert "Căn cứ Thông tư số 22/2021/TT-BGDĐT; Căn cứ Quyết định số 1323/QĐ-SGDĐT." in text
    assert "BẢN TẬP" in text


def test_bases_and_registers_are_empty_until_somebody_fills_them(school):
    assert LegalBases(school.uow, school.clock).of_year(school.year_id) == ()
    assert DocumentRegister(school.uow, school.clock).of_year(school.year_id) == ()
