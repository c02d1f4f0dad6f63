from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import RuleRefused
from db.keys.recovery import ALPHABET, _checks, grouped, new_code, normalise

positions = st.integers(0, 26)
symbols = st.sampled_from(ALPHABET)
codes = st.lists(st.integers(0, 31), min_size=25, max_size=25).map(
    lambda data: grouped("".join(ALPHABET[symbol] for symbol in data + _checks(data)))
)


def refusal(typed):
    with pytest.raises(RuleRefused) as caught:
        normalise(typed)
    return caught.value


def test_shape():
    code = new_code()
    assert [len(group) for group in code.split("-")] == [5, 5, 5, 5, 5, 2]
    assert set(code) <= set(ALPHABET) | {"-"}
    assert grouped(normalise(code)) == code
    assert len({new_code() for _ in range(200)}) == 200


@given(codes, st.randoms(use_true_random=False))
def test_lookalikes_case_and_separators_do_not_matter(code, chance):
    typed = ""
    for ch in code.replace("-", ""):
        ch = chance.choice({"0": "0Oo", "1": "1IiLl"}.get(ch, ch + ch.lower()))
        typed += ch + chance.choice(["", " ", "-", "–", "\u00a0"])
    assert normalise(typed) == code.replace("-", "")


@given(codes, positions, symbols)
def test_one_wrong_symbol_is_noticed_and_its_group_named(code, position, symbol):
    compact = normalise(code)
    if compact[position] == symbol:
        assert normalise(code) == compact
        return
    error = refusal(compact[:position] + symbol + compact[position + 1 :])
    assert error.code == "recovery_code_typo"
    assert error.facts["group"] == position // 5 + 1


@given(codes, positions, positions, symbols, symbols)
def test_two_wrong_symbols_are_always_noticed(code, first, second, one, other):
    typed = list(normalise(code))
    typed[first], typed[second] = one, other
    if "".join(typed) != normalise(code):
        assert refusal("".join(typed)).code == "recovery_code_typo"


@given(codes, positions, positions)
def test_any_two_symbols_swapped_are_noticed(code, first, second):
    typed = list(normalise(code))
    typed[first], typed[second] = typed[second], typed[first]
    if "".join(typed) != normalise(code):
        assert refusal("".join(typed)).code == "recovery_code_typo"


def test_a_random_code_seldom_passes():
    chance = random.Random(5)
    passed = 0
    for _ in range(3000):
        try:
            normalise("".join(chance.choices(ALPHABET, k=27)))
        except RuleRefused:
            continue
        passed += 1
    assert passed < 15  # 1 in 1024 expected


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "recovery_code_length"),
        ("ABCDE-ABCDE", "recovery_code_length"),
        ("0" * 28, "recovery_code_length"),
        ("ABCDU", "recovery_code_symbol"),
        ("ABCDE-AĐ", "recovery_code_symbol"),
        ("ABC*E", "recovery_code_symbol"),
    ],
)
def test_sentences_say_what_is_wrong(typed, code):
    error = refusal(typed)
    assert error.code == code
    assert "Hãy" in error.sentence


def test_the_wrong_symbols_group_is_named():
    assert refusal("ABCDE-ABUDE").facts == {"symbol": "U", "group": 2}
