"""A THCS class of 2018-2019, under TT58/2011 as first issued: typed, closed, printed, sealed."""

from __future__ import annotations

import pytest

from app.domain.periods import Period, Term
from app.domain.subjects import SubjectKind
from app.errors import AppError
from app.media import VerifyVerdict
from app.readmodels.class_book import BookScope
from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.period_close import PeriodClosing
from app.services.printing import Printing
from app.services.sealing import Sealing
from exports.press import Paper, Tables
from exports.seal.bag import write_bag
from exports.seal.checker import check_bag
from exports.seal.drives_folder import FolderDrives
from tests.exports.pdf_reading import all_text
from tests.support.secondary_year import secondary_year
from tests.support.year_end import settle


def test_a_class_of_2018_from_the_first_mark_to_a_medium_that_verifies(tmp_path):
    for name in ("school", "drive"):
        (tmp_path / name).mkdir()
    year = secondary_year(tmp_path / "school", stage="thcs", first_year=2018)
    school = year.school
    year.add_class("8A", 2)
    year.open_entry()
    klass, subjects = year.classes["8A"], year.subjects("8A")
    assert klass.regulation == "TT58/2011 (gốc)"
    maths = subjects["toan"]
    assert maths.columns(Term.HK1) == ("m1", "v1", "v2", "v3", "dk1", "dk2", "dk3", "hk")
    pupil = year.pupils["8A"][0]

    # Typed: kiểm tra miệng is a whole mark.
    sheet = SheetId(klass.id, maths.id)
    with pytest.raises(AppError) as refused:
        year.marks.set_cells(year.teacher, sheet, {CellKey(pupil, "HK1.m1"): "7,5"}, "key")
    assert "số nguyên" in refused.value.sentence
    for subject in subjects.values():
        text = "8" if subject.kind is SubjectKind.MARKS else "Đ"
        edits = {
            CellKey(who, f"{term}.{code}"): text
            for who in year.pupils["8A"]
            for term in subject.terms
            for code in subject.columns(term)
        }
        year.marks.set_cells(year.teacher, SheetId(klass.id, subject.id), edits, "paste")
    year.marks.set_cells(year.teacher, sheet, {CellKey(pupil, "HK1.dk2"): "5,5"}, "key")
    conduct = {
        (who, f"{term}.{name}"): text
        for who in year.pupils["8A"]
        for term in Term
        for name, text in (("level", "Tốt"), ("excused", "1"), ("unexcused", "0"))
    } | {(who, "YEAR.level"): "Tốt" for who in year.pupils["8A"]}
    year.entry.set_cells(year.teacher, klass.id, conduct, "paste")

    # (4 x 8 + 2 x (8 + 5,5 + 8) + 3 x 8) / (4 + 2 x 3 + 3) = 99/13 = 7,615
    facts, results = year.results("8A")
    at = next(n for n, s in enumerate(facts.subjects) if s.code == "toan")
    assert (results[pupil].subjects[at].hk1, results[pupil].subjects[at].hk2) == (76, 80)

    # Closed, decided, printed.
    closing = PeriodClosing(school.uow, school.clock)
    signer = school.signer("principal")
    for period in (Period.HK1, Period.HK2):
        closing.close(signer, klass.id, period, "7/QĐ", "GVCN đi vắng")
    school.uids["homeroom"] = school.uids["teacher"]
    settle(school, klass.id)
    printing = Printing(school.uow, school.clock, Paper(), Tables())
    printed = printing.print_class_book(school.actor("secretary"), klass.id, BookScope.YEAR)
    text = " ".join(" ".join(all_text(printed.payload.pdf)).split())
    for words in ("SỔ GỌI TÊN VÀ GHI ĐIỂM", "Điểm hs 1", "Điểm hs 2", "7,6", "5,5"):
        assert words in text
    assert "26/2020" not in text

    # Sealed, verified.
    sealing = Sealing(school.uow, school.clock, FolderDrives(), write_bag, Tables(), school.path)
    assert sealing.readiness(school.year_id).problems == ()
    sealed = sealing.seal(
        signer, school.year_id, tmp_path / "drive", "Phạm Thị Nhung; Đỗ Huy", "Trần Thị Mai"
    ).payload
    found = check_bag(sealed.report.path, sealed.record.fingerprint)
    assert found.verdict is VerifyVerdict.INTACT
    table = sealed.report.path / "data" / "lop-8a" / "csv" / "hk1-toan.csv"
    assert "KTđk2" in table.read_text(encoding="utf-8-sig").splitlines()[0]
    school.close()
