"""Each form looks as it did when somebody looked at it (small grey pictures, with tolerance).

A picture that fails is looked at before it is replaced: `python -m tests.exports.reference_pages`.
"""

from __future__ import annotations

import ast
import inspect

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from app.presses import PaperPress
from tests.exports.pictures_of_pages import distance, grey_page
from tests.exports.reference_pages import PAGES, PICTURES, SECRET

LARGEST, MEAN = 18.0, 1.5
"""Shades of 255: other letters rasterisers stay under both, a lost line or column does not."""


@pytest.mark.parametrize("name", PAGES)
def test_the_page_looks_as_it_was_accepted(qapp, name):
    page = PAGES[name]
    kept = QImage(str(PICTURES / f"{name}.png"))
    assert not kept.isNull(), "no picture was accepted yet"
    largest, mean = distance(grey_page(page.draw(), page.number), kept)
    assert largest < LARGEST, f"{name} changed: look at it, then accept it or mend it"
    assert mean < MEAN, f"{name} changed: look at it, then accept it or mend it"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda p, w, h: p.drawLine(w // 2, h // 4, w // 2, h // 2),
        lambda p, w, h: p.fillRect(0, h // 3, w, 12, QColor("white")),
        lambda p, w, h: p.fillRect(w // 3, h // 3, 24, 24, QColor("black")),
    ],
    ids=["a column more", "two rows less", "a blot"],
)
def test_what_is_lost_or_added_is_seen(qapp, spoil):
    page = grey_page(PAGES["class-book-subject"].draw(), PAGES["class-book-subject"].number)
    spoilt = page.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(spoilt)
    spoil(painter, spoilt.width(), spoilt.height())
    painter.end()
    largest, mean = distance(spoilt.convertToFormat(QImage.Format.Format_Grayscale8), page)
    assert largest >= LARGEST or mean >= MEAN


def test_every_method_of_the_press_has_a_picture():
    tree = ast.parse(inspect.getsource(PaperPress))
    methods = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    shown = {name.replace("-", "_") for name in PAGES}
    starts = {"report_booklets": "booklet", "result_slips": "result_slip"}
    # Whatever is written as DOCX leaves the layout to the word processor.
    drawn = {method for method in methods if not method.endswith("_docx")}
    for method in drawn - set(SECRET):
        wanted = starts.get(method, method)
        assert any(name.startswith(wanted) for name in shown), f"{method} has no picture"


def test_no_picture_is_left_of_a_form_that_went():
    assert {path.stem for path in PICTURES.glob("*.png")} == set(PAGES)
