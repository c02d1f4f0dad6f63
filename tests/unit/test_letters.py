"""Fields of a letter's text, and what a board still lacks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import AccountId
from app.domain.letters import (
    DOTS,
    Board,
    BoardMember,
    LetterKind,
    Seat,
    board_gaps,
    fields_in,
    fill,
    lone_field,
)
from app.domain.papers import OUTGOING

PLAIN = st.text(st.characters(blacklist_characters="{}", blacklist_categories=("Cs",)))
NAMES = st.sampled_from(["năm học", "trường", "số lớp"])


def member(seat, account=None, duty="việc"):
    return BoardMember(seat, f"Người {seat.value}{account}", "Giáo viên", duty, account)


HEAD, DEPUTY = member(Seat.HEAD, 1), member(Seat.DEPUTY, 2)
SECRETARY, PLAIN_ONE = member(Seat.SECRETARY, 3), member(Seat.MEMBER, 4)
MANAGERS = frozenset({AccountId(1), AccountId(2)})
BOARDS = [
    (Board.MANAGEMENT, (HEAD, SECRETARY, PLAIN_ONE), []),
    (Board.MANAGEMENT, (HEAD, SECRETARY), ["ít nhất 3 người"]),
    (Board.MANAGEMENT, (DEPUTY, SECRETARY, PLAIN_ONE), ["đúng một trưởng ban"]),
    (Board.MANAGEMENT, (HEAD, HEAD, SECRETARY), ["đúng một trưởng ban"]),
    (Board.MANAGEMENT, (HEAD, DEPUTY, PLAIN_ONE), ["một thư ký"]),
    (
        Board.MANAGEMENT,
        (member(Seat.HEAD, 4), SECRETARY, DEPUTY),
        ["trưởng ban là hiệu trưởng hoặc phó hiệu trưởng"],
    ),
    (Board.MANAGEMENT, (HEAD, SECRETARY, member(Seat.MEMBER, 5, "")), ["nhiệm vụ của"]),
    (Board.KEEPERS, (member(Seat.HEAD, 4), DEPUTY), []),
    (Board.KEEPERS, (HEAD,), ["ít nhất 2 người"]),
    (Board.KEEPERS, (member(Seat.HEAD, 4), PLAIN_ONE), ["một cán bộ quản lý"]),
]


@pytest.mark.parametrize(("board", "members", "lacks"), BOARDS)
def test_what_a_board_lacks(board, members, lacks):
    gaps = board_gaps(board, members, MANAGERS)
    assert len(gaps) == len(lacks)
    assert all(said.startswith(wanted) for said, wanted in zip(gaps, lacks, strict=True))


def test_an_empty_board_lacks_everything_but_a_duty():
    assert len(board_gaps(Board.MANAGEMENT, (), MANAGERS)) == 3
    assert len(board_gaps(Board.KEEPERS, (), MANAGERS)) == 3


@given(PLAIN, NAMES, PLAIN)
def test_a_field_is_filled_and_the_rest_stays(before, name, after):
    text = f"{before}{{{{ {name.upper()}  }}}}{after}"
    assert list(fields_in(text)) == [name]
    assert fill(text, {name: "X"}) == f"{before}X{after}"
    assert fill(text, {}) == f"{before}{DOTS}{after}"


@given(PLAIN)
def test_text_without_fields_is_left_alone(text):
    assert fill(text, {"năm học": "X"}) == text
    assert lone_field(text) == ""


def test_a_line_that_is_one_field():
    assert lone_field("  {{bảng lớp}} ") == "bảng lớp"
    assert lone_field("{{bảng lớp}}.") == ""
    assert lone_field("{{a}} {{b}}") == ""


def test_every_numbered_kind_is_one_the_register_takes():
    assert all((kind.document in OUTGOING) is kind.numbered for kind in LetterKind)


def test_a_group_has_its_own_words_for_its_head():
    assert Seat.HEAD.label_on(Board.KEEPERS) == "Tổ trưởng"
    assert Seat.HEAD.label_on(Board.MANAGEMENT) == "Trưởng ban"
