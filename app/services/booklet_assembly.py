"""Puts học bạ together from the class's facts and, for the pages before, from earlier years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.domain.booklet_pages import Stage, first_page, page_count, stage_of, year_places
from app.domain.ids import ClassId, PupilId
from app.domain.pupils import PupilProfile, RosterEntry, Seat
from app.domain.school import School, SchoolClass
from app.errors import RuleRefused
from app.ports import UnitOfWork
from app.readmodels.primary_booklet import (
    PrimaryBookletYear,
    PrimaryParticulars,
    PrimarySchooling,
)
from app.readmodels.report_booklet import (
    BookletPart,
    BookletYear,
    ReportBooklet,
    ReportBooklets,
)
from app.readmodels.report_booklet_parts import Parent, Particulars, Schooling
from app.regulations.registry import year_period
from app.services.book_assembly import book_people, school_lines
from app.services.booklet_years import ClassYear, printed_year, secondary_pages
from app.services.class_results import ClassFacts, load_class
from app.services.primary_booklet_years import primary_pages
from app.text import date_vn


class _Years:
    """The classes met while a class's booklets are put together, each read once."""

    def __init__(self, uow: UnitOfWork, day: date, facts: ClassFacts | None) -> None:
        self._uow = uow
        self._day = day
        self._read: dict[ClassId, ClassYear] = {}
        self._joined: dict[ClassId, dict[PupilId, date]] = {}
        if facts is not None:
            self._read[facts.klass.id] = self._with_people(facts)

    def of(self, class_id: ClassId) -> ClassYear:
        found = self._read.get(class_id)
        if found is None:
            found = self._read[class_id] = self._with_people(load_class(self._uow, class_id))
        return found

    def joined(self, class_id: ClassId, pupil: PupilId) -> date:
        """The day on which the pupil came into the class."""
        if class_id not in self._joined:
            entries = self._uow.roster.entries(class_id)
            self._joined[class_id] = {entry.pupil_id: entry.joined_on for entry in entries}
        return self._joined[class_id][pupil]

    def _with_people(self, facts: ClassFacts) -> ClassYear:
        return ClassYear(facts, book_people(self._uow, facts, facts.year.people_day(self._day)))


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
    stage = stage_of(klass.grade)
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
        school_year=printed_year(this.facts.year.name),
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
    sat = earlier_classes(uow, klass, stage_of(klass.grade))
    whose = sat.values() if pupil_id is None else (sat.get(pupil_id, ()),)
    for before in {one.id: one for classes in whose for one in classes}.values():
        if year_period(before.regulation) not in uow.control.class_locks(before.id).closes:
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
    this: ClassYear,
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
        particulars=_name_only(entry.profile) if bare else _particulars(uow, stage, entry),
        schooling=() if bare else tuple(
            _schooling(uow, years, stage, entry.pupil_id, by_place.get(place))
            for place in range(places[-1] + 1)
        ),
        years=tuple(
            _pages(years.of(klass.id), entry.pupil_id, first_page(place))
            for place, klass in printed.items()
        ),
        pages=pages,
    )  # fmt: skip


def _pages(year: ClassYear, pupil: PupilId, page: int) -> BookletYear | PrimaryBookletYear:
    primary = year.facts.primary
    if primary is None:
        return secondary_pages(year, pupil, page)
    return primary_pages(year, primary, pupil, page)


def _schooling(
    uow: UnitOfWork, years: _Years, stage: Stage, pupil: PupilId, klass: SchoolClass | None
) -> Schooling:
    if klass is None:
        return Schooling("", "")
    year = printed_year(uow.school.year(klass.school_year_id).name)
    if not stage.is_primary:
        return Schooling(year, klass.name)
    return PrimarySchooling(year, klass.name, date_vn(years.joined(klass.id, pupil)))


def _name_only(p: PupilProfile) -> Particulars:
    """What a year's sheet says of a pupil; a new address does not make it differ."""
    none = Parent()
    return Particulars(p.full_name, "", "", "", "", "", "", none, none, none)


def _particulars(uow: UnitOfWork, stage: Stage, entry: RosterEntry) -> Particulars:
    p = entry.profile
    photo = uow.pupils.photo(entry.pupil_id) or b""
    if stage.is_primary:
        # The form asks neither trades nor đối tượng ưu tiên.
        return PrimaryParticulars(
            *(p.full_name, p.sex, date_vn(p.birth_date), p.birthplace, p.ethnicity, "", p.address),
            *(Parent(p.father), Parent(p.mother), Parent(p.guardian), photo),
            hometown=p.hometown,
        )
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
        photo=photo,
    )
