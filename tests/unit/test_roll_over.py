"""Chuyển năm học, the pure part: every pupil has exactly one fate and lands in the class named."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.roll_over import (
    ClassMove,
    Fate,
    OldClass,
    TeacherCarry,
    YearPupil,
    count_fates,
    pupil_fates,
    rosters,
    teacher_source,
    usual_move,
)

LETTERS = "ABC"


@st.composite
def years(draw):
    """Classes of a THCS year; a pupil may have left one class for another, or the school."""
    names = draw(
        st.lists(
            st.tuples(st.integers(6, 9), st.sampled_from(LETTERS)), min_size=1, max_size=8,
            unique=True,
        )
    )  # fmt: skip
    lines = {at: [] for at in range(len(names))}
    for pupil in range(draw(st.integers(0, 30))):
        home = draw(st.integers(0, len(names) - 1))
        gone = draw(st.sets(st.integers(0, len(names) - 1), max_size=2)) - {home}
        for at in gone:
            lines[at].append(YearPupil(pupil, f"Em {pupil}", None))
        word = draw(st.sampled_from([True, False, None]))
        lines[home].append(YearPupil(pupil, f"Em {pupil}", word))
    return [
        OldClass(at + 1, grade, f"{grade}{letter}", tuple(lines[at]), grade == 9)
        for at, (grade, letter) in enumerate(names)
    ]


def moves_of(classes):
    return {klass.id: usual_move(klass) for klass in classes}


@given(years())
def test_every_pupil_has_exactly_one_fate(classes):
    fates = pupil_fates(classes, moves_of(classes))
    everybody = {pupil.pupil_id for klass in classes for pupil in klass.pupils}
    assert [one.pupil_id for one in fates] == list(dict.fromkeys(one.pupil_id for one in fates))
    assert {one.pupil_id for one in fates} == everybody
    assert sum(count_fates(fates).values()) == len(everybody)


@given(years())
def test_next_year_holds_who_is_still_here_once_and_nobody_else(classes):
    fates = pupil_fates(classes, moves_of(classes))
    seated = [pupil for pupils in rosters(fates).values() for pupil in pupils]
    assert len(seated) == len(set(seated))
    words = {}
    for klass in classes:
        for pupil in klass.pupils:
            if pupil.promoted is not None:
                words[pupil.pupil_id] = (klass, pupil.promoted)
    expected = {p for p, (klass, up) in words.items() if not (up and klass.completes)}
    assert set(seated) == expected
    for one in fates:
        if one.pupil_id not in words:
            assert one.fate is Fate.LEFT
            assert one.to == ""
            continue
        klass, up = words[one.pupil_id]
        rest = klass.name[1:]
        assert one.to == ("" if up and klass.completes else f"{klass.grade + up}{rest}")


@given(years(), st.randoms(use_true_random=False))
def test_the_order_of_the_classes_changes_nobodys_fate(classes, random):
    def told(order):
        return {
            p.pupil_id: (p.fate, p.to) for p in pupil_fates(order, moves_of(order))
        }  # fmt: skip

    mixed = list(classes)
    random.shuffle(mixed)
    assert told(mixed) == told(classes)


def test_a_completing_class_may_go_on_in_a_combined_school():
    klass = OldClass(1, 5, "5A", (YearPupil(1, "An", True), YearPupil(2, "Bình", False)), True)
    fates = pupil_fates([klass], {1: ClassMove("6A", "5B")})
    assert [(one.fate, one.to) for one in fates] == [(Fate.MOVES_UP, "6A"), (Fate.STAYS, "5B")]


def test_the_usual_place_is_the_next_level_where_the_school_has_it():
    ends, goes_on = (OldClass(1, 9, "9A2", (), True, more) for more in (False, True))
    assert usual_move(ends) == ClassMove("", "9A2")
    assert usual_move(goes_on) == ClassMove("10A2", "9A2")
    assert usual_move(OldClass(1, 7, "7A", ())) == ClassMove("8A", "7A")


def test_teachers_stay_in_their_level():
    old = [OldClass(grade, grade, f"{grade}A", ()) for grade in range(1, 13)]

    def source(grade):
        return teacher_source(f"{grade}A", grade, old, TeacherCarry.FOLLOW).name

    # Grades 1, 6 and 10 get those who have become free at the end of the same level.
    assert [source(g) for g in (1, 6, 10)] == ["5A", "9A", "12A"]
    assert [source(g) for g in (2, 5, 7, 9, 11, 12)] == ["1A", "4A", "6A", "8A", "10A", "11A"]
    assert teacher_source("10A", 10, old[:9], TeacherCarry.FOLLOW) is None


def test_teachers_follow_their_class_and_the_free_ones_begin_anew():
    old = [OldClass(n, 6 + n, f"{6 + n}A", ()) for n in range(4)] + [OldClass(9, 6, "6B", ())]

    def source(name, carry):
        found = teacher_source(name, int(name[0]), old, carry)
        return None if found is None else found.name

    assert source("7A", TeacherCarry.FOLLOW) == "6A"
    assert source("6A", TeacherCarry.FOLLOW) == "9A"
    assert source("7B", TeacherCarry.FOLLOW) == "6B"
    assert source("6B", TeacherCarry.FOLLOW) is None
    assert source("7A", TeacherCarry.GRADE) == "7A"
    assert source("7B", TeacherCarry.GRADE) is None
    assert source("7A", TeacherCarry.NONE) is None
