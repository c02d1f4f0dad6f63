"""The proposed table of kiểm dò: never one's own, even, the same for the same school."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from app.domain.periods import Period
from app.domain.proof_reading import ProofTick, Reader, proof_words, propose, unread

POSTS = [(klass, subject) for klass in range(1, 5) for subject in range(1, 6)]
posts = st.frozensets(st.sampled_from(POSTS), max_size=8)
homerooms = st.frozensets(st.sampled_from(range(1, 5)), max_size=1)
people = st.lists(
    st.tuples(posts, homerooms, st.sampled_from(["Tự nhiên", "Xã hội", ""])), max_size=6
).map(
    lambda found: [
        Reader(n, f"GV {n}", department, teaches, homeroom)
        for n, (teaches, homeroom, department) in enumerate(found)
    ]
)


@given(st.lists(st.sampled_from(POSTS), unique=True), people)
def test_nobody_reads_their_own_and_every_sheet_that_can_be_read_is_given(wanted, readers):
    found = propose(wanted, readers, {})
    by_id = {reader.account_id: reader for reader in readers}
    for post, account in found.items():
        assert not by_id[account].owns(post)
    able = {post for post in wanted if any(not reader.owns(post) for reader in readers)}
    assert set(found) == able


@given(st.lists(st.sampled_from(POSTS), unique=True), people)
def test_the_order_of_people_does_not_matter(wanted, readers):
    assert propose(wanted, readers, {}) == propose(wanted, readers[::-1], {})


def reader(number, teaches=(), homeroom=(), department=""):
    return Reader(number, f"GV {number}", department, frozenset(teaches), frozenset(homeroom))


def test_somebody_who_teaches_nothing_in_the_class_comes_first():
    inside, outside = reader(1, [(1, 2)]), reader(2, [(2, 1)])
    assert propose([(1, 1)], [inside, outside], {}) == {(1, 1): 2}
    assert propose([(1, 1)], [inside], {}) == {(1, 1): 1}, "better than nobody"


def test_the_load_is_even_and_counts_what_was_given_by_hand():
    people_ = [reader(n) for n in (1, 2, 3)]
    found = propose([(1, n) for n in range(6)], people_, {})
    assert set(Counter(found.values()).values()) == {2}
    assert propose([(1, 1)], people_, {}, {1: 4, 2: 4}) == {(1, 1): 3}


def test_the_department_decides_between_equals():
    people_ = [reader(1, department="Xã hội"), reader(2, department="Tự nhiên")]
    assert propose([(1, 1)], people_, {(1, 1): "Tự nhiên"}) == {(1, 1): 2}


def test_a_tick_stands_only_for_what_was_seen():
    cells = {(1, 1): "7,0", (1, 2): "8,0"}
    assert unread(cells, [ProofTick(1, 1, "7,0"), ProofTick(1, 2, "8,5")]) == [(1, 2)]


def test_the_second_term_is_read_without_the_year():
    assert proof_words(Period.HK2) == "học kì II"
    assert proof_words(Period.GK1) == "giữa học kì I"
