"""Data digest d1: one spelling, stable over versions, nothing ambiguous accepted."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.digests import canonical_json, data_digest
from app.errors import AppError

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abcđê", max_size=4), inner),
    max_leaves=12,
)


class Level(StrEnum):
    PASSED = "Đ"


@dataclass(frozen=True, slots=True)
class Facts:
    name: str
    marks: tuple[int, ...]
    level: Level = Level.PASSED


def test_spelling_is_sorted_compact_nfc_utf8() -> None:
    facts = Facts(unicodedata.normalize("NFD", "Ngô Ấn"), (85, 70))
    assert canonical_json(facts) == '{"level":"Đ","marks":[85,70],"name":"Ngô Ấn"}'.encode()


def test_digest_is_the_sha256_and_its_first_40_bits() -> None:
    digest = data_digest({"a": 1})
    assert digest.hex == hashlib.sha256(b'{"a":1}').hexdigest()
    assert digest.code == "AFNL2724"
    assert len(digest.base32) == 52
    assert digest.base32.startswith(digest.code[:7])


@given(plain)
def test_canonical_json_reads_back_and_is_a_fixed_point(facts: object) -> None:
    written = canonical_json(facts)
    assert canonical_json(json.loads(written)) == written


@given(st.dictionaries(st.text("abcđê", max_size=4), st.integers()))
def test_order_of_keys_does_not_matter(facts: dict[str, int]) -> None:
    turned = dict(reversed(facts.items()))
    assert data_digest(facts) == data_digest(turned)


@given(st.lists(st.integers(), min_size=2, max_size=5, unique=True))
def test_order_of_rows_matters(rows: list[int]) -> None:
    assert data_digest(rows) != data_digest(rows[::-1])


def test_text_and_number_differ() -> None:
    assert data_digest({"a": 1}) != data_digest({"a": "1"})


@pytest.mark.parametrize("value", [8.5, date(2026, 5, 31), {1, 2}, b"x", {1: "a"}, object()])
def test_values_without_one_spelling_are_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json({"value": value})


def test_keys_that_differ_only_in_normalisation_are_refused() -> None:
    with pytest.raises(AppError) as caught:
        canonical_json({"Ấ": 1, unicodedata.normalize("NFD", "Ấ"): 2})
    assert caught.value.code == "digest_key_twice"


def test_broken_text_is_refused_with_a_sentence() -> None:
    with pytest.raises(AppError, match="ký tự hỏng") as caught:
        canonical_json({"name": "Ngô \ud800"})
    assert caught.value.code == "digest_text_invalid"


class MadeOnDemand(Sequence[Facts]):
    """Rows that exist only while they are looked at: their memory is used again and again."""

    def __len__(self) -> int:
        return 300

    def __getitem__(self, at):
        if at >= len(self):
            raise IndexError
        return Facts(f"em {at}", (at,))


def test_one_shared_row_reads_as_many_equal_ones() -> None:
    shared = Facts("An", (85,))
    apart = [Facts("An", (85,)) for _ in range(3)]
    assert canonical_json([shared] * 3) == canonical_json(apart)


def test_rows_made_on_demand_are_each_read() -> None:
    rows = json.loads(canonical_json(MadeOnDemand()))
    assert [row["marks"] for row in rows] == [[at] for at in range(300)]
