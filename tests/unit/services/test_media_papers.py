"""Nhãn và bìa: what lies with a medium says what it is, where, and who opened it."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from app.domain.print_runs import MEDIUM_COVER
from app.errors import AccessDenied, RuleRefused
from app.services.media_papers import MediaPapers
from app.services.media_register import MediaRegister, Unsealing
from exports.press import Paper
from exports.seal.checker import check_bag
from tests.unit.services.test_sealing import print_year, ready_to_print, seal


def test_a_cover_tells_the_medium_and_its_history(tmp_path) -> None:
    kept = ready_to_print(tmp_path)
    print_year(kept)
    record = seal(kept, tmp_path / "drive").record
    school = kept.school
    year, secretary = school.year_id, school.actor("secretary")
    register = MediaRegister(school.uow, school.clock, check_bag)
    papers = MediaPapers(school.uow, school.clock, Paper(), register)
    register.place(secretary, year, 1, "Trần Thị Mai, Văn thư", "Tủ số 2, phòng Văn thư")
    register.unseal(secretary, year, 1, Unsealing("12/QĐ", "Thanh tra", "Thanh tra; Hiệu trưởng"))
    done = papers.print_cover(secretary, year, 1)
    run, pdf = done.payload.run, done.payload.pdf
    assert (run.kind, run.school_year_id) == (MEDIUM_COVER, year)
    text = " ".join(
        page.extract_text() for page in PdfReader(io.BytesIO(pdf.content)).pages
    ).replace("\n", " ")
    for words in (
        record.bag_name,
        "Tủ số 2, phòng Văn thư",
        "Mở niêm phong",
        "Quyết định số 12/QĐ",
        record.fingerprint[:4].upper(),
        "trang thông tin điện tử",
    ):
        assert words in text, words
    with school.uow.read() as uow:
        assert uow.prints.content(run.id) == pdf.content
    with pytest.raises(RuleRefused) as caught:
        papers.print_cover(secretary, year, 2)
    assert caught.value.code == "no_such_seal"
    with pytest.raises(AccessDenied):
        papers.print_cover(school.actor("ngu_van"), year, 1)
