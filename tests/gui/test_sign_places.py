"""Where a digital signature is offered its room on a printed paper."""

from tests.exports.test_adjusted_forms import DEPUTY, class_book
from ui.pages.printing.sign_places import places_to_sign


def titles(pdf):
    return [(place.page, place.title) for place in places_to_sign(pdf.content)]


def test_a_deputys_two_lines_are_one_place_to_sign(qapp):
    _, plain = class_book(3)
    _, deputy = class_book(3, **DEPUTY)
    assert "HIỆU TRƯỞNG" in [title for _, title in titles(plain)]
    assert titles(plain) == titles(deputy)
