"""Codes on sheets: what a scanner types, what a person types, what is refused and why."""

from __future__ import annotations

import pytest

from app.digests import data_digest
from app.domain.paper_codes import PaperCode, read_code
from app.errors import RuleRefused

DIGEST = data_digest({"form": "class_book"})


@pytest.mark.parametrize("stroke", ["|", "~", "\\", "]"])
def test_a_qr_is_read_whatever_keyboard_the_scanner_believes_in(stroke):
    text = f"KS1{stroke}0007{stroke}{DIGEST.base32}"
    assert read_code(text) == PaperCode(7, DIGEST.base32)
    assert read_code(f" {text.lower()}\n") == PaperCode(7, DIGEST.base32)


def test_a_working_copy_has_no_number():
    assert read_code(f"KS1||{DIGEST.base32}").is_draft


def test_the_short_code_and_the_number_are_typed():
    assert read_code(DIGEST.code.lower()) == PaperCode(0, DIGEST.code)
    assert read_code(f"{DIGEST.code[:4]} {DIGEST.code[4:]}") == PaperCode(0, DIGEST.code)
    assert read_code("7") == read_code("0007") == PaperCode(7)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "paper_code_empty"),
        ("  \n", "paper_code_empty"),
        ("KS1|0007|ẤBCD", "paper_code_typed_vietnamese"),
        ("KS1|0007|ABCD", "paper_code_unreadable"),
        ("KS2|0007|" + "A" * 52, "paper_code_unreadable"),
        ("12345", "paper_code_unreadable"),
        ("ABCDEFG1", "paper_code_unreadable"),
        ("https://vi.wikipedia.org/wiki/QR", "paper_code_unreadable"),
        ("x" * 5000, "paper_code_unreadable"),
    ],
)
def test_anything_else_is_refused_with_what_to_do(text, code):
    with pytest.raises(RuleRefused) as caught:
        read_code(text)
    assert caught.value.code == code
    assert caught.value.sentence.endswith(".")
    assert len(caught.value.sentence) < 300
