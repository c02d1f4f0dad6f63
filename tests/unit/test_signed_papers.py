"""Verdicts of signatures: a file is worth its worst one, and every verdict is said in words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.signed_papers import SignatureFact, SignCorner, SignPlace, Verdict, worst
from app.signing_ports import Keystore

VERDICTS = st.sampled_from(list(Verdict))


def fact(verdict: Verdict) -> SignatureFact:
    return SignatureFact("Lê Văn Khải", "Nơi cấp", "1A", None, verdict)


@given(st.lists(VERDICTS, min_size=1, max_size=6))
def test_one_bad_signature_spoils_a_file_in_whatever_order(verdicts: list[Verdict]) -> None:
    found = worst(fact(one) for one in verdicts)
    assert found in verdicts
    assert found == worst(fact(one) for one in reversed(verdicts))
    assert found.intact == all(one.intact for one in verdicts)
    assert (found is Verdict.TRUSTED) == (set(verdicts) == {Verdict.TRUSTED})


def test_a_file_without_signatures_is_never_good() -> None:
    assert worst(()) is Verdict.FALSE


def test_every_verdict_has_its_words_and_a_sentence_that_ends() -> None:
    assert len({one.words for one in Verdict}) == len(Verdict)
    for one in Verdict:
        assert one.sentence.endswith(".")
        assert one.intact == one.words.startswith("Chữ ký còn nguyên")


def test_a_signature_is_hidden_unless_asked_and_a_key_store_shows_nothing() -> None:
    assert SignPlace().corner is SignCorner.HIDDEN
    assert repr(Keystore(b"khoa", "mat-khau")) == "Keystore(…)"
