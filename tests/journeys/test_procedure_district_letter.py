"""A district's letter of September 2023 on printing and archiving class books (founding paper 002).

One THCS class: confirmation sheets signed each học kì, the year's book signed and stamped, then an
external drive and a disc under seal with everything that was entered and mended.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.domain.paper_life import PaperStep
from app.domain.periods import Period
from app.media import DiscSize, DriveSource, VerifyVerdict, permit_drive
from app.readmodels.class_book import BookPart, BookScope
from app.services.trail_review import pinned_keys
from exports.seal.checker import check_bag
from tests.support.procedure import Procedure
from tests.support.record_book import RecordBook
from tests.support.school import make_school
from tests.support.year_end import settle
from tests.unit.services.test_disc_sealing import unpack

WITNESSES = ("Phạm Thị Hồng Nhung; Đỗ Quang Huy", "Trần Thị Mai")


@pytest.fixture
def kept(tmp_path) -> RecordBook:
    """A class whose year is over, with one correction."""
    for name in ("school", "drive", "disc"):
        (tmp_path / name).mkdir()
    made = RecordBook(make_school(tmp_path / "school", pupils=3))
    made.open_entry()
    made.fill()
    made.close()
    made.corrected("tin_hoc", {(0, "HK1.gk"): "0"})
    settle(made.school)
    return made


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))


def test_the_letter_of_the_district(kept, tmp_path):
    school = kept.school
    plan = Procedure(school, "district_letter_2023", school.clock.today())
    secretary, year = school.actor("secretary"), school.year_id
    printing, sealing = plan.work("secretary").printing, plan.work("principal").sealing

    # "Nhà trường phải xây dựng và ban hành Quy chế …": the rules in force are a paper to sign.
    table = plan.work("secretary").rule_papers.print_table(secretary, year).payload
    plan.passes(table.run, PaperStep.PRINCIPAL, PaperStep.STAMP, PaperStep.STORE)

    # Nothing of what the letter asks is there yet, and each gap is named.
    assert sealing.readiness(year).problems == (
        "Lớp 6A chưa in sổ cả năm bản chính thức.",
        "Lớp 6A chưa in bảng xác nhận kết quả học kì I.",
        "Lớp 6A chưa in bảng xác nhận kết quả cả năm.",
        "Chưa in nhật ký sửa điểm sau hồ sơ cuối cùng của năm học.",
        "Hồ sơ sửa điểm số 01 chưa in biên bản.",
    )

    # "Cuối mỗi học kì … kiểm dò và ký tên vào Bảng xác nhận kết quả học tập …, đóng dấu giáp lai,
    # hiệu trưởng, GVCN và nhân viên phụ trách ký tên"
    for scope in (BookScope.TERM_1, BookScope.YEAR):
        run = printing.print_class_book(
            secretary, school.class_id, scope, part=BookPart.CONFIRMATION
        ).payload.run
        plan.refused("paper_step_early", plan.passes, run, PaperStep.STAMP)
        steps = (PaperStep.TEACHERS, PaperStep.HOMEROOM, PaperStep.PRINCIPAL, PaperStep.STAMP)
        plan.passes(run, *steps)
    with school.uow.read() as uow:
        (case,) = uow.corrections.of_year(year)
    printing.print_correction_minutes(secretary, case.id)
    today = school.clock.today()
    plan.work("secretary").correction_books.print_log(secretary, year, date(2026, 9, 1), today)

    # "Đảm bảo in Sổ gọi tên và ghi điểm vào cuối mỗi năm học": and signed before it is archived.
    book = printing.print_class_book(secretary, school.class_id, BookScope.YEAR).payload.run
    (problem,) = sealing.readiness(year).problems
    assert "giáo viên bộ môn ký" in problem
    plan.passes(book, PaperStep.TEACHERS, PaperStep.HOMEROOM)
    signer = school.signer("principal")
    plan.work("principal").sign_offs.sign_print(signer, book.id)
    (problem,) = sealing.readiness(year).problems
    assert "đóng dấu" in problem
    args = (signer, year, tmp_path / "drive", *WITNESSES)
    plan.refused("not_ready", sealing.seal, *args)
    plan.passes(book, PaperStep.STAMP, PaperStep.BIND)
    assert sealing.readiness(year).problems == ()

    # "ổ cứng rời chuyên dụng … (không đặt chung với máy tính nhập, xử lý điểm)"
    facts = sealing.drive_at(tmp_path / "drive")
    own_disk = replace(facts, same_disk_as_database=True, source=DriveSource.DRIVE)
    assert plan.refused("drive_is_database_disk", permit_drive, own_disk, 1)
    sealed = sealing.seal(*args).payload
    bag = sealed.report.path
    assert check_bag(bag, sealed.record.fingerprint).verdict is VerifyVerdict.INTACT

    # "và có đĩa CD (hoặc DVD) lưu trữ theo năm, có niêm phong quản lý đầy đủ"
    discs = plan.work("principal").discs
    (disc,) = discs.seal(signer, year, tmp_path / "disc", DiscSize.CD, *WITNESSES).payload
    (image,) = (tmp_path / "disc").iterdir()
    (on_disc,) = unpack(image, tmp_path / "read", "joliet_path").iterdir()
    assert check_bag(on_disc, disc.record.fingerprint).verdict is VerifyVerdict.INTACT
    with school.uow.read() as uow:
        assert len(uow.control.seals(year)) == 2
        assert uow.trail.check(pinned_keys(uow)).problem == ""

    # "lưu tất cả vấn đề liên quan đến nhập điểm, sửa điểm của giáo viên và bộ phận học vụ"
    for medium in (bag, on_disc):
        data = medium / "data"
        (mended,) = rows(data / "sua-diem/ho-so.csv")
        assert (mended["cu"], mended["moi"]) != ("", mended["cu"])
        kinds = (data / "nhat-ky/muc.jsonl").read_text("utf-8")
        assert '"correction.apply"' in kinds
        assert '"mark.set"' in kinds
        assert len(list((data / "lop-6a").glob("ban-in-*.pdf"))) >= 3
    # After that nothing of the year moves, by whatever way.
    plan.refused("locked", kept.enter, "toan", {(0, "HK2.ck"): "1"})
    sealed_year = (signer, school.class_id, Period.HK2, "9/QĐ")
    plan.refused("already_closed", kept.closing.close, *sealed_year)
