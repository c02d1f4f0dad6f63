"""Trang thử lề: true millimetres on every paper, and no mark of an official run."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from app.clock import VIETNAM
from app.domain.print_runs import BOOK_SIZES, PaperSize
from exports.forms.margin_test import render_margin_test
from tests.exports.pdf_reading import all_text, assert_archival, open_pdf

AT = datetime(2026, 9, 1, 8, tzinfo=VIETNAM)


@pytest.mark.parametrize("paper", BOOK_SIZES)
def test_front_and_back_say_what_they_are(paper: PaperSize) -> None:
    pdf = render_margin_test(paper, AT)
    assert pdf.pages == 2
    texts = all_text(pdf)
    assert all("TRANG THỬ LỀ" in text and paper.words in text for text in texts)
    first, second = {PaperSize.A3_SPREAD: ("phải", "trái")}.get(paper, ("trước", "sau"))
    assert first in texts[0]
    assert second in texts[1]
    assert not any("Bản in số" in text for text in texts)
    assert_archival(pdf)
    assert render_margin_test(paper, AT).content == pdf.content


@pytest.mark.parametrize(("paper", "scale"), [(PaperSize.A4, 1.0), (PaperSize.A3, 420 / 297)])
def test_the_line_to_be_measured_is_a_hundred_millimetres(paper: PaperSize, scale: float) -> None:
    page = open_pdf(render_margin_test(paper, AT)).pages[0]
    drawn = page.get_contents().get_data().decode("latin-1")
    lines = re.findall(r"^(\S+) (\S+) m (\S+) (\S+) l$", drawn, re.MULTILINE)
    lengths = {
        round((float(x2) - float(x1)) * scale * 25.4 / 72, 1)
        for x1, y1, x2, y2 in lines
        if y1 == y2
    }
    assert 100.0 in lengths
