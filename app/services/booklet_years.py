"""What the two pages of one school year in học bạ say, from the class's facts of that year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from app.domain.ids import PupilId
from app.domain.marks import mark_text, value_text
from app.domain.periods import Term
from app.domain.school import SchoolClass
from app.domain.subjects import Subject, SubjectKind
from app.readmodels.report_booklet import BookletLevels, BookletSubject, BookletYear
from app.regulations.base import LAST_GRADES, Exemption, Promotion, PupilResults
from app.regulations.registry import circular
from app.services.book_assembly import BookPeople
from app.services.class_results import ClassFacts
from app.services.year_lists import PupilYearEnd, year_ends

_EXEMPT = "Miễn"
_NO_SHOW = "–"


@dataclass(frozen=True)
class ClassYear:
    """A class as its pages tell it: facts, results and who signed then."""

    facts: ClassFacts
    people: BookPeople

    @cached_property
    def results(self) -> Mapping[PupilId, PupilResults]:
        """What the circular concludes about everybody."""
        return self.facts.results()

    @cached_property
    def ends(self) -> Mapping[PupilId, PupilYearEnd]:
        """How the year ended for everybody still in the class."""
        return {end.entry.pupil_id: end for end in year_ends(self.facts)}


def secondary_pages(year: ClassYear, pupil: PupilId, page: int) -> BookletYear:
    """The two pages of a year under TT22/2021 or TT58/2011; `page` is the number of the first."""
    facts, found = year.facts, year.results[pupil]
    klass, rules = facts.klass, facts.regulation.circular
    after, summer = found.after_reassessment, facts.summer.conduct.get(pupil)
    end = year.ends.get(pupil)
    outcome = None if end is None else end.outcome
    absences = facts.absences(pupil)
    return BookletYear(
        page=page,
        circular=klass.regulation,
        school_year=printed_year(facts.year.name),
        class_name=klass.name,
        subjects=_subjects(year, pupil, found),
        averages=tuple(
            "" if mean is None else mark_text(mean)
            for mean in (found.averages.hk1, found.averages.hk2, found.averages.year)
        )
        if rules.has_average
        else (),
        term_1=BookletLevels(
            _conduct(facts, pupil, Term.HK1),
            found.learning_hk1.final if found.learning_hk1 else "",
        ),
        term_2=BookletLevels(
            _conduct(facts, pupil, Term.HK2),
            found.learning_hk2.final if found.learning_hk2 else "",
        ),
        year=BookletLevels(
            found.conduct_year or "", found.learning_year.final if found.learning_year else ""
        ),
        after_summer=BookletLevels(
            "" if summer is None else summer.level, "" if after is None else after.final
        ),
        absences="" if absences is None else str(absences),
        promoted=_moves_up(klass.grade) if outcome is Promotion.PROMOTED else "",
        retained=_retained(klass) if outcome is Promotion.RETAINED else "",
        award=found.titles.year or "",
        comment=_last_said(
            *(row.comment if (row := facts.conduct.get((pupil, term))) else "" for term in Term)
        ),
        homeroom_teacher=year.people.homeroom,
        principal=year.people.principal,
    )


def _retained(klass: SchoolClass) -> str:
    return circular(klass.regulation).promotion_label(Promotion.RETAINED, klass.grade)


def _moves_up(grade: int) -> str:
    """A last grade completes its programme instead (TT22/2021, Điều 12)."""
    if grade in LAST_GRADES:
        return Promotion.PROMOTED.label(grade)
    return f"Lớp {grade + 1}"


def _subjects(year: ClassYear, pupil: PupilId, found: PupilResults) -> tuple[BookletSubject, ...]:
    """The subjects the pupil takes, in the order of the class."""
    facts = year.facts
    inputs = facts.pupil_year(pupil).subjects
    rows: list[BookletSubject] = []
    for subject, result, entered in zip(facts.subjects, found.subjects, inputs, strict=True):
        if not facts.studies.takes(pupil, subject.id):
            continue
        exempt = entered.exempt
        texts = {
            Exemption.HK1: _value(result.hk1, subject.kind),
            Exemption.HK2: _value(result.hk2, subject.kind),
            Exemption.YEAR: _value(result.year, subject.kind),
        }
        if exempt is Exemption.YEAR:
            texts = dict.fromkeys(texts, _EXEMPT)
        elif exempt is not None:
            texts[exempt] = _EXEMPT
        rows.append(
            BookletSubject(
                name=subject.name,
                term_1=texts[Exemption.HK1],
                term_2=texts[Exemption.HK2],
                year=texts[Exemption.YEAR],
                reassessed=_reassessed(facts, subject, pupil),
                comment=_last_said(
                    *(facts.comments.get((subject.id, term, pupil), "") for term in Term)
                ),
                teachers=year.people.teachers.get(subject.id, ()),
            )
        )
    return tuple(rows)


def _reassessed(facts: ClassFacts, subject: Subject, pupil: PupilId) -> str:
    again = facts.summer.reassessed.get((pupil, subject.id))
    if again is None:
        return ""
    return _NO_SHOW if again.value is None else value_text(again.value, subject.kind)


def _conduct(facts: ClassFacts, pupil: PupilId, term: Term) -> str:
    row = facts.conduct.get((pupil, term))
    return "" if row is None else row.level


def _value(value: int | None, kind: SubjectKind) -> str:
    return "" if value is None else value_text(value, kind)


def _last_said(*texts: str) -> str:
    """The newest comment: the booklet has one place for what the class's book has a term."""
    return next((text for text in reversed(texts) if text), "")


def printed_year(year_name: str) -> str:
    """A school year as papers write it."""
    return year_name.replace("-", "–")
