"""Puts học bạ together from the class's facts and, for the pages before, from earlier years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.domain.booklet_pages import Stage, first_page, page_count, stage_of, year_places
from app.domain.ids import ClassId, PupilId
from app.domain.marks import mark_text, value_text
from app.domain.periods import Period, Term
from app.domain.pupils import PupilProfile, RosterEntry, Seat
from app.domain.school import School, SchoolClass
from app.domain.subjects import Subject, SubjectKind
from app.errors import RuleRefused
from app.ports import UnitOfWork
from app.readmodels.report_booklet import (
    BookletLevels,
    BookletPart,
    BookletSubject,
    BookletYear,
    Parent,
    Particulars,
    ReportBooklet,
    ReportBooklets,
    Schooling,
)
from app.regulations.base import LAST_GRADES, Exemption, Promotion, PupilResults
from app.regulations.registry import circular
from app.services.book_assembly import BookPeople, book_people, school_lines
from app.services.class_results import ClassFacts, load_class
from app.services.year_lists import PupilYearEnd, year_ends
from app.text import date_vn

_EXEMPT = "Miễn"
_NO_SHOW = "–"


@dataclass(frozen=True)
class _ClassYear:
    """A class as its pages tell it: facts, results and who signed then."""

    facts: ClassFacts
    people: BookPeople

    @cached_property
    def results(self) -> Mapping[PupilId, PupilResults]:
        return self.facts.results()

    @cached_property
    def ends(self) -> Mapping[PupilId, PupilYearEnd]:
        return {end.entry.pupil_id: end for end in year_ends(self.facts)}


class _Years:
    """The classes met while a class's booklets are put together, each read once."""

    def __init__(self, uow: UnitOfWork, day: date, facts: ClassFacts | None) -> None:
        self._uow = uow
        self._day = day
        self._read: dict[ClassId, _ClassYear] = {}
        if facts is not None:
            self._read[facts.klass.id] = self._with_people(facts)

    def of(self, class_id: ClassId) -> _ClassYear:
        found = self._read.get(class_id)
        if found is None:
            found = self._read[class_id] = self._with_people(load_class(self._uow, class_id))
        return found

    def _with_people(self, facts: ClassFacts) -> _ClassYear:
        return _ClassYear(facts, book_people(self._uow, facts, facts.year.people_day(self._day)))


def booklet_stage(klass: SchoolClass) -> Stage:
    """The stage of a class. Raises RuleRefused where học bạ is another form."""
    stage = stage_of(klass.grade)
    if stage is None:
        raise RuleRefused(
            "no_booklet_form",
            f"Lớp {klass.name} thuộc cấp tiểu học, học bạ tiểu học theo mẫu khác và chương trình "
            "chưa có mẫu ấy; hãy chọn lớp từ khối 6 trở lên.",
        )
    return stage


def assemble_booklets(
    uow: UnitOfWork,
    class_id: ClassId,
    part: BookletPart,
    day: date,
    pupil_id: PupilId | None = None,
    facts: ClassFacts | None = None,
) -> ReportBooklets:
    """Booklets of the pupils still in the class, or of one pupil of it, present or not.

    Years before this one are those the file holds of the same stage. People are as of `day`, and
    for a year that is long over as of its end. `facts`: the class as read in this transaction.
    """
    years = _Years(uow, day, facts)
    this = years.of(class_id)
    klass = this.facts.klass
    stage = booklet_stage(klass)
    school = uow.school.get() or School("", "thcs", "", "", "")
    before = earlier_classes(uow, klass, stage)
    booklets = [
        _booklet(uow, years, stage, this, entry, before.get(entry.pupil_id, ()), part)
        for entry in _entries(this.facts, pupil_id)
    ]
    return ReportBooklets(
        school=school_lines(school),
        stage=stage.title,
        stage_short=stage.short,
        class_name=klass.name,
        school_year=_printed(this.facts.year.name),
        circular=klass.regulation,
        principal=this.people.principal,
        part=part,
        booklets=tuple(booklets),
    )


def earlier_classes(
    uow: UnitOfWork, klass: SchoolClass, stage: Stage
) -> dict[PupilId, tuple[SchoolClass, ...]]:
    """The classes each pupil of `klass` sat in before, one a year of the stage, oldest first."""
    this_year = uow.school.year(klass.school_year_id).first_year
    years = {y.id: y.first_year for y in uow.school.years() if y.first_year < this_year}
    classes = {
        k.id: k for year_id in years for k in uow.school.classes(year_id) if _within(stage, k)
    }
    chosen: dict[tuple[PupilId, int], Seat] = {}
    for seat in uow.roster.seats_of(klass.id):
        if seat.class_id not in classes:
            continue
        key = seat.pupil_id, years[classes[seat.class_id].school_year_id]
        if key not in chosen or _lasted_longer(seat, chosen[key]):
            chosen[key] = seat
    found: dict[PupilId, tuple[SchoolClass, ...]] = {}
    for (pupil, _year), seat in sorted(chosen.items()):
        found[pupil] = (*found.get(pupil, ()), classes[seat.class_id])
    return found


def refuse_unclosed_before(
    uow: UnitOfWork, klass: SchoolClass, pupil_id: PupilId | None = None
) -> None:
    """Every earlier year that a whole booklet prints must be closed too. Raises RuleRefused."""
    sat = earlier_classes(uow, klass, booklet_stage(klass))
    whose = sat.values() if pupil_id is None else (sat.get(pupil_id, ()),)
    for before in {one.id: one for classes in whose for one in classes}.values():
        if Period.HK2 not in uow.control.class_locks(before.id).closes:
            year = uow.school.year(before.school_year_id).name
            raise RuleRefused(
                "earlier_year_open",
                f"Lớp {before.name} năm học {year} chưa chốt cả năm nên chưa in cả quyển học bạ "
                f"của lớp {klass.name}; hãy chốt lớp ấy trước, hoặc in riêng trang của năm học "
                "này.",
            )


def _within(stage: Stage, klass: SchoolClass) -> bool:
    return stage.first_grade <= klass.grade <= stage.last_grade


def _lasted_longer(one: Seat, other: Seat) -> bool:
    """Of two classes of one year, the one that finished it with the pupil."""
    if (one.left_on is None) is not (other.left_on is None):
        return one.left_on is None
    return (one.left_on or one.joined_on) > (other.left_on or other.joined_on)


def _entries(facts: ClassFacts, pupil_id: PupilId | None) -> list[RosterEntry]:
    if pupil_id is None:
        found = [entry for entry in facts.entries if entry.left_on is None]
    else:
        found = [entry for entry in facts.entries if entry.pupil_id == pupil_id]
    if not found:
        raise RuleRefused(
            "no_pupils",
            f"Lớp {facts.klass.name} không có học sinh nào để in học bạ; hãy xem lại danh sách "
            "lớp rồi chọn lớp hoặc chọn em khác.",
        )
    return found


def _booklet(
    uow: UnitOfWork,
    years: _Years,
    stage: Stage,
    this: _ClassYear,
    entry: RosterEntry,
    before: Sequence[SchoolClass],
    part: BookletPart,
) -> ReportBooklet:
    classes = (*before, this.facts.klass)
    places = year_places(stage, [klass.grade for klass in classes])
    by_place = dict(zip(places, classes, strict=True))
    pages = page_count(stage, places[-1], classes[-1].grade)
    if part is BookletPart.YEAR:
        printed = {places[-1]: classes[-1]}
    else:
        printed = by_place if part is BookletPart.WHOLE else {}
    bare = part is BookletPart.YEAR
    return ReportBooklet(
        particulars=_name_only(entry.profile) if bare else _particulars(uow, entry),
        schooling=() if bare else tuple(
            _schooling(uow, by_place.get(place)) for place in range(places[-1] + 1)
        ),
        years=tuple(
            _year(years.of(klass.id), entry.pupil_id, first_page(place))
            for place, klass in printed.items()
        ),
        pages=pages,
    )  # fmt: skip


def _schooling(uow: UnitOfWork, klass: SchoolClass | None) -> Schooling:
    if klass is None:
        return Schooling("", "")
    return Schooling(_printed(uow.school.year(klass.school_year_id).name), klass.name)


def _name_only(p: PupilProfile) -> Particulars:
    """What a year's sheet says of a pupil; a new address does not make it differ."""
    none = Parent()
    return Particulars(p.full_name, "", "", "", "", "", "", none, none, none)


def _particulars(uow: UnitOfWork, entry: RosterEntry) -> Particulars:
    p = entry.profile
    return Particulars(
        name=p.full_name,
        sex=p.sex,
        birth_date=date_vn(p.birth_date),
        birthplace=p.birthplace,
        ethnicity=p.ethnicity,
        priority_group=p.priority_group,
        address=p.address,
        father=Parent(p.father, p.father_job),
        mother=Parent(p.mother, p.mother_job),
        guardian=Parent(p.guardian, p.guardian_job),
        photo=uow.pupils.photo(entry.pupil_id) or b"",
    )


def _year(year: _ClassYear, pupil: PupilId, page: int) -> BookletYear:
    facts, found = year.facts, year.results[pupil]
    klass, circular = facts.klass, facts.regulation.circular
    after, summer = found.after_reassessment, facts.summer.conduct.get(pupil)
    end = year.ends.get(pupil)
    outcome = None if end is None else end.outcome
    absences = facts.absences(pupil)
    return BookletYear(
        page=page,
        circular=klass.regulation,
        school_year=_printed(facts.year.name),
        class_name=klass.name,
        subjects=_subjects(year, pupil, found),
        averages=tuple(
            "" if mean is None else mark_text(mean)
            for mean in (found.averages.hk1, found.averages.hk2, found.averages.year)
        )
        if circular.has_average
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


def _subjects(year: _ClassYear, pupil: PupilId, found: PupilResults) -> tuple[BookletSubject, ...]:
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


def _printed(year_name: str) -> str:
    return year_name.replace("-", "–")
