"""Scans, explanations, the monthly log and the follow-up book of correction cases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.print_runs import CORRECTION_LOG, FOLLOW_UP_BOOK
from app.errors import AccessDenied, RuleRefused
from app.services.correction_books import CorrectionBooks
from app.services.correction_scans import MOST_BYTES, MOST_SCANS, CorrectionScans
from exports.press import Paper
from tests.support.correction_case import GK, approved, checked, locked_book, refused
from tests.support.record_book import RecordBook

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 40 + b"IEND\xaeB`\x82"
PDF = b"%PDF-1.7\n" + b"y" * 40 + b"\n%%EOF\n"
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


@pytest.fixture
def kept(tmp_path) -> RecordBook:
    return locked_book(tmp_path)


def scans(kept: RecordBook) -> CorrectionScans:
    return CorrectionScans(kept.school.uow, kept.school.clock)


def books(kept: RecordBook) -> CorrectionBooks:
    return CorrectionBooks(kept.school.uow, kept.school.clock, Paper())


def applied(kept: RecordBook, cells=None):
    case = approved(kept, cells)
    return kept.cases.apply(kept.school.actor("tin_hoc"), case.id).payload


def test_a_scan_is_kept_in_the_file_and_shown_to_whoever_sees_the_case(kept):
    case = kept.declared("tin_hoc", {GK: "9"})
    added = scans(kept).add(kept.school.actor("tin_hoc"), case.id, " bài số 7 ", PNG).payload
    scans(kept).add(kept.school.actor("secretary"), case.id, "đơn", PDF)
    for who in ("tin_hoc", "secretary", "principal", "homeroom"):
        scan, content = scans(kept).content(kept.school.actor(who), added)
        assert (scan.name, scan.media, content) == ("bài số 7", "png", PNG)
    with pytest.raises(AccessDenied) as caught:
        scans(kept).content(kept.school.actor("ngu_van"), added)
    assert caught.value.code == "not_your_case"
    with kept.school.uow.read() as uow:
        entries = uow.trail.entries(kind="correction.scan")
        assert [scan.media for scan in uow.corrections.scans(case.id)] == ["png", "pdf"]
    assert len(entries) == 2
    assert "sha256" in entries[0].detail
    raw = kept.school.path.read_bytes()
    assert PNG not in raw


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        (" ", PNG, "name_required"),
        ("n" * 81, PNG, "text_too_long"),
        ("bài", b"MZ not a picture", "scan_format"),
        ("bài", PNG[:-4], "scan_format"),
        ("bài", b"%PDF-1.7 cut", "scan_format"),
        ("bài", b"", "scan_format"),
        ("bài", PNG + b"z" * MOST_BYTES, "scan_too_big"),
        ("lần nữa", PDF, "scan_twice"),
    ],
)
def test_what_is_no_scan(kept, name, content, code):
    case = kept.declared("tin_hoc", {GK: "9"})
    own = kept.school.actor("tin_hoc")
    scans(kept).add(own, case.id, "đơn", PDF)
    assert refused(kept, scans(kept).add, own, case.id, name, content).code == code


def test_scans_are_added_by_requester_or_van_thu_until_the_decision_and_only_so_many(kept):
    case = kept.declared("tin_hoc", {GK: "9"})
    for who in ("ngu_van", "principal"):
        error = refused(kept, scans(kept).add, kept.school.actor(who), case.id, "đơn", PDF)
        assert error.code == "not_requester"
    own = kept.school.actor("tin_hoc")
    for n in range(MOST_SCANS):
        scans(kept).add(own, case.id, f"trang {n}", PDF.replace(b"y", bytes([65 + n])))
    assert refused(kept, scans(kept).add, own, case.id, "đơn", PDF).code == "scans_full"
    kept.cases.withdraw(own, case.id, "thôi")
    assert refused(kept, scans(kept).add, own, case.id, "đơn", PNG).code == "wrong_step"
    assert refused(kept, scans(kept).content, own, 999).code == "not_found"


def test_a_scan_changed_behind_the_programs_back_is_told(kept):
    case = kept.declared("tin_hoc", {GK: "9"})
    own = kept.school.actor("tin_hoc")
    added = scans(kept).add(own, case.id, "đơn", PDF).payload
    kept.tampered("UPDATE correction_scan SET content = x'00'")
    with pytest.raises(RuleRefused) as caught:
        scans(kept).content(own, added)
    assert caught.value.code == "scan_damaged"


def test_the_requester_explains_a_case_that_has_ended(kept):
    case = checked(kept)
    own = kept.school.actor("tin_hoc")
    explain = books(kept).explain
    assert refused(kept, explain, own, case.id, "vội").code == "nothing_to_explain"
    kept.cases.refuse(kept.school.signer("principal"), case.id, "không đủ")
    assert refused(kept, explain, own, case.id, " \u200b").code == "explanation_required"
    assert refused(kept, explain, own, case.id, "x" * 401).code == "text_too_long"
    error = refused(kept, explain, kept.school.actor("principal"), case.id, "vội")
    assert error.code == "not_requester"
    explain(own, case.id, "Chép vội")
    done = explain(own, case.id, "Chép nhầm cột khi chấm cuối giờ").payload
    assert done.explanation == "Chép nhầm cột khi chấm cuối giờ"
    assert done.explained_at == kept.school.clock.now()
    with kept.school.uow.read() as uow:
        said = [e.detail for e in uow.trail.entries(kind="correction.explain")]
    assert len(said) == 2
    assert "Chép vội" in said[1]
    withdrawn = kept.declared("tin_hoc", {(1, "HK1.gk"): "6"})
    kept.cases.withdraw(own, withdrawn.id, "thôi")
    assert refused(kept, explain, own, withdrawn.id, "vội").code == "nothing_to_explain"


def test_the_log_holds_what_ended_in_its_days_by_teacher(kept):
    done = applied(kept)
    refused_case = checked(kept, {(1, "HK1.gk"): "6"})
    kept.cases.refuse(kept.school.signer("principal"), refused_case.id, "bài ghi 7")
    books(kept).explain(kept.school.actor("tin_hoc"), done.id, "Nhầm cột")
    log = books(kept).log(kept.school.year_id, FIRST, LAST)
    (teacher,) = log.teachers
    assert (teacher.name, log.count, log.explained, log.changed_cells) == ("Lý Thị Ngọc", 2, 1, 1)
    first, second = teacher.cases
    assert first.outcome == "Đã sửa; Lê Văn Khải duyệt"
    assert first.explanation == "Nhầm cột"
    assert "8,0 → 9,0" in first.changes[0]
    assert second.outcome == "Từ chối: bài ghi 7"
    before = books(kept).log(kept.school.year_id, FIRST, FIRST + timedelta(days=5))
    assert before.teachers == ()


def test_both_papers_are_numbered_runs_that_only_the_office_prints(kept):
    year = kept.school.year_id
    secretary = kept.school.actor("secretary")
    assert refused(kept, books(kept).print_log, secretary, year, FIRST, LAST).code == "no_cases"
    assert refused(kept, books(kept).print_follow_up, secretary, year).code == "no_cases"
    applied(kept)
    for call in (
        lambda who: books(kept).print_log(who, year, FIRST, LAST),
        lambda who: books(kept).print_follow_up(who, year),
    ):
        error = refused(kept, call, kept.school.actor("tin_hoc"))
        assert error.code == "role_required"
    log = books(kept).print_log(kept.school.actor("vice"), year, FIRST, LAST).payload
    book = books(kept).print_follow_up(secretary, year).payload
    assert (log.run.kind, book.run.kind) == (CORRECTION_LOG, FOLLOW_UP_BOOK)
    assert log.pdf.content.startswith(b"%PDF")
    with kept.school.uow.read() as uow:
        assert uow.prints.content(book.run.id) == book.pdf.content


def test_the_follow_up_book_keeps_every_case_of_the_year(kept):
    applied(kept)
    own = kept.school.actor("tin_hoc")
    case = kept.declared("tin_hoc", {(1, "HK1.gk"): "6"})
    kept.cases.withdraw(own, case.id, "thôi")
    registered = kept.registered("tin_hoc", {(1, "HK1.gk"): "5"})
    kept.cases.check(kept.school.actor("ngu_van"), registered.id, "bài 7", agrees=False)
    with kept.school.uow.read() as uow:
        paper = books(kept)._follow_up(uow, kept.school.year_id, "Trần Thị Mai")
    assert [line.ordinal for line in paper.lines] == [1, 2, 3]
    assert paper.lines[0].registered == "Số 01/ĐN-SĐ, 23/11/2026"
    assert "khóa lại" in paper.lines[0].times
    assert paper.lines[1].decision == "Đã rút"
    assert paper.lines[2].decision == "Hoàng Thị Lan Anh kiểm dò không khớp"
    assert paper.lines[2].times == "Không mở khóa"
