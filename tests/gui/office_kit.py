"""A whole small school as the office sees it: several classes, teachers with several posts."""

from __future__ import annotations

from tests.support.school import TEACHERS, TestSchool


def crowd(school: TestSchool, classes: tuple[str, ...] = ("6B", "6C", "7A", "7B", "8A", "9A")):
    """More classes with pupils and the same twelve teachers."""
    secretary = school.actor("secretary")
    first = 2000
    for name in classes:
        school.add_class(name, int(name[0]), pupils=6, first=first)
        first += 100
        rows = [f"{name};GVCN;{TEACHERS['tin_hoc' if name == '6B' else 'ngu_van']}"]
        rows += [f"{name};{code};{who}" for code, who in TEACHERS.items()]
        school.assignments.accept_pasted(secretary, school.year_id, "\n".join(rows))
