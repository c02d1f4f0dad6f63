"""Worked examples: what a circular is asked and must answer, as data that program and tests share.

An example is a case of `khoaso assess` (or a question about a curriculum) and the answers by path
("learning.year.final"). Inspectors read `given`, so it says the same in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from app.domain.periods import Period
from app.regulations.registry import primary_regulation

Case = dict[str, object]
Subject = dict[str, object]


class Question(Enum):
    """How the program is asked."""

    ASSESS = "assess"
    """The case as a file of `khoaso assess` holds it."""
    FIRST_ISSUE = "first_issue"
    """A case as ASSESS, with a list of KTđk as "gk"; no file may ask so (assess-format)."""
    CURRICULUM = "curriculum"
    """`grade`, `year`: which circular, subjects, traits and KTĐK apply."""


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """One example. `expected` maps a path of the answer to its value; `clause` is where it stands.

    `number` is its number in the reference tables that the school's rules were checked with.
    """

    number: str
    circular: str
    clause: str
    given: str
    case: Mapping[str, object]
    expected: Mapping[str, object]
    question: Question = Question.ASSESS


def listed(text: str) -> list[str]:
    """The values of "8,0×6; 6,5×2"."""
    found: list[str] = []
    for part in text.split(";"):
        value, _, times = part.strip().partition("×")
        found += [value] * int(times or 1)
    return found


def term(tx: str, gk: str | None, ck: str | None) -> Case:
    """One semester's entries; an entry "?" of `tx` is an empty cell."""
    return {"tx": [None if v == "?" else v for v in listed(tx)], "gk": gk, "ck": ck}


def flat(value: str, tx: int = 2) -> Case:
    """A semester whose every entry is `value`, so its result is that value too."""
    return {"tx": [value] * tx, "gk": value, "ck": value}


def marks(name: str, hk1: Case, hk2: Case | None = None, **more: object) -> Subject:
    """A subject judged by marks; the number of ĐĐGtx is as many as HK I has."""
    return _subject(name, "marks", hk1, hk2 or flat("8,0", _tx(hk1)), more)


def comments(name: str, hk1: Case, hk2: Case | None = None, **more: object) -> Subject:
    """A subject judged by Đ and CĐ."""
    return _subject(name, "comments", hk1, hk2 or flat("Đ", _tx(hk1)), more)


def year_of(averages: str, comment_years: str = "Đ Đ Đ Đ", **reassessed: str) -> list[Subject]:
    """Subjects by their year averages, then comment subjects by their year results.

    The first three are Toán, Ngữ văn and Ngoại ngữ, the others "Môn 4" and on, "NX 1" and on.
    `reassessed` names by position: `m8="5,0"`.
    """
    names = ["Toán", "Ngữ văn", "Ngoại ngữ"]
    found: list[Subject] = []
    for at, value in enumerate(listed(averages), 1):
        name = names[at - 1] if at <= len(names) else f"Môn {at}"
        found.append(marks(name, flat(value), flat(value), reassessed=reassessed.get(f"m{at}")))
    found += [
        comments(f"NX {at}", flat(value), flat(value))
        for at, value in enumerate(comment_years.split(), 1)
    ]
    return found


def secondary(
    regulation: str,
    subjects: Sequence[Subject],
    *,
    grade: int = 7,
    conduct: Sequence[str | None] = ("Tốt", "Tốt", None),
    absences: int | None = 0,
    after_summer: str | None = None,
) -> Case:
    """A case of a secondary circular; `conduct` is HK I, HK II and (TT58) the year."""
    hk1, hk2, year = conduct
    return {
        "id": "",
        "regulation": regulation,
        "grade": grade,
        "specialised_subject": None,
        "subjects": list(subjects),
        "conduct": {"hk1": hk1, "hk2": hk2, "year": year, "after_summer": after_summer},
        "absences": absences,
    }


def primary(
    regulation: str,
    grade: int,
    *,
    levels: Mapping[str, str | None] | None = None,
    traits: Mapping[str, str | None] | None = None,
    tests: Mapping[str, str | None] | None = None,
    others: tuple[str, str, str] = ("T", "T", "10"),
    taught: Sequence[str] = (),
    without_tests: Sequence[str] = (),
    **more: object,
) -> Case:
    """A case of a primary circular: every row of the grade is `others` but for those named.

    `taught` are the optional subjects the class studies; `without_tests` are subjects whose KTĐK a
    pupil is excused from.
    """
    rules = primary_regulation(regulation)
    rows = [
        row
        for row in rules.curriculum.subjects(grade, optional=True)
        if not row.optional or row.short_name in taught
    ]
    due = rules.curriculum.tests_due(grade, Period.CN)
    names = [row.short_name for row in rows if row.code in due]
    return {
        "id": "",
        "regulation": regulation,
        "grade": grade,
        "levels": {row.short_name: others[0] for row in rows} | dict(levels or {}),
        "traits": {trait.name: others[1] for trait in rules.traits(grade)} | dict(traits or {}),
        "tests": {n: others[2] for n in names if n not in without_tests} | dict(tests or {}),
        "class_recognised": False,
        "standout": False,
        "supplementary": None,
        "principal_promotes": None,
        **more,
    }


def _tx(hk1: Case) -> int:
    entries = hk1["tx"]
    return len(entries) if isinstance(entries, list) else 0


def _subject(name: str, kind: str, hk1: Case, hk2: Case, more: Mapping[str, object]) -> Subject:
    return {
        "name": name,
        "kind": kind,
        "tx_required": _tx(hk1),
        "hk1": hk1,
        "hk2": hk2,
        "exempt": None,
        "reassessed": None,
        **more,
    }
