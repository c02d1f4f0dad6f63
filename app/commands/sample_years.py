"""The sample school's next year: rolled over, open posts filled, the entering classes enrolled.

`fill_term` writes a whole term at once, for files of many years that nobody watches growing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from app.commands.invented import COMMENTS
from app.domain.periods import Term
from app.readmodels.mark_sheet import CellKey, SheetId
from app.readmodels.roll_over import RollOverChoice

if TYPE_CHECKING:
    from app.commands.sample_school import SampleYear


def next_year(ended: SampleYear, pupils: int) -> SampleYear:
    """The year after one whose last lists are approved; `pupils` new ones in each entering class.

    The classes of the lowest grade keep their names, so whoever stays in it finds a class.
    """
    sample = replace(ended, first_year=ended.first_year + 1)
    sample.at(sample.on(8, 20))
    work, secretary = sample.work, sample.actor("secretary")
    lowest = min(klass.grade for klass in ended.classes)
    entering = tuple(klass.name for klass in ended.classes if klass.grade == lowest)
    work.roll_over.run(secretary, ended.year_id, RollOverChoice({}, entering))
    sample.year_id = next(y.id for y in work.setup.years() if y.name == sample.name)
    sample.classes = list(work.setup.classes(sample.year_id))
    _choose_studies(sample)
    _fill_posts(sample)
    sample.attendance.set_calendar()
    sample.enrol(pupils, [klass for klass in sample.classes if klass.name in entering])
    return sample


def fill_term(sample: SampleYear, term: Term) -> None:
    """Every mark, comment and level of a term, sheet by sheet, on one day of its entry window."""
    last = sample.on(1, 10) if term is Term.HK1 else sample.on(5, 25)
    sample.attendance.live_until(last)
    sample.at(last)
    work = sample.work
    sample.enter_conduct(term)
    for klass in sample.classes:
        for subject in work.setup.subjects(klass.id):
            if term not in subject.terms:
                continue
            sheet = SheetId(klass.id, subject.id)
            teacher = sample.teacher_of(klass.id, subject)
            view = work.marks.open(teacher, sheet)
            columns = [c for c in view.columns if c.term is term and not c.computed]
            edits = {
                CellKey(row.pupil_id, column.key): (
                    sample.invent.choose(COMMENTS)
                    if column.is_comment
                    else sample.invent.mark(sample.talents[row.pupil_id], subject.kind)
                )
                for row in view.rows
                if row.left_on is None and row.taken
                for column in columns
            }
            work.marks.set_cells(teacher, sheet, edits, "paste")
            work.marks.confirm(teacher, sheet)
            sample.marks_entered += len(edits)


def _choose_studies(sample: SampleYear) -> None:
    """Môn lựa chọn of the classes that had no class of their grade to go by."""
    work, secretary = sample.work, sample.actor("secretary")
    rows: Counter[int] = Counter()
    for klass in sample.classes:
        studies = work.studies.of_class(klass.id)
        choices = sample.plan.choices(studies.offered, rows[klass.grade])
        rows[klass.grade] += 1
        if choices.electives and not studies.choices.electives:
            work.studies.choose(secretary, klass.id, choices)


def _fill_posts(sample: SampleYear) -> None:
    """Whatever the roll-over had nobody for goes to the teachers in turn."""
    work, day = sample.work, sample.clock.today()
    teachers = [account for key, account in sample.people.items() if key.startswith("gv")]
    actor = sample.actor("secretary")
    gaps = [x for x in work.assignments.table(sample.year_id) if x.account_id is None]
    for number, post in enumerate(gaps):
        teacher = teachers[number % len(teachers)]
        work.assignments.assign(actor, post.class_id, post.subject_id, teacher, day)
