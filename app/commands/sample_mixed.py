"""A sample school of several levels: primary classes by kỳ beside the others by học kì."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import ClassVar, TypeVar

from app.commands.sample_papers import correct_mark
from app.commands.sample_primary import CLOSES, ENTERED, SHUTS, PrimarySampleYear
from app.commands.sample_school import SampleYear, Stage
from app.commands.sample_years import fill_term
from app.domain.ids import AccountId
from app.domain.periods import PRIMARY_TERMS, Period, Term, period_of
from app.domain.school import SchoolClass
from app.domain.subjects import Subject
from app.regulations.registry import is_primary

T = TypeVar("T")
Part = TypeVar("Part", bound=SampleYear)
_KINDS: tuple[type[SampleYear], ...] = (PrimarySampleYear, SampleYear)


class MixedSampleYear(SampleYear):
    """One school year: each kind of class lives its own year, all on one clock."""

    early_columns: ClassVar[frozenset[str]] = PrimarySampleYear.early_columns
    doubted: ClassVar[tuple[str, str]] = PrimarySampleYear.doubted

    def teacher_for(
        self, number: int, index: int, subject: Subject, teachers: list[AccountId]
    ) -> AccountId | None:
        """As the level of the subject's class has it."""
        kind = PrimarySampleYear if subject.kind.is_primary else SampleYear
        return self._part(kind).teacher_for(number, index, subject, teachers)

    def open_windows(self) -> None:
        """Four kỳ and two học kì, by decision."""
        for kind in _KINDS:
            self._with(kind, lambda part: part.open_windows())

    def stages(self, *, at_once: bool = False) -> list[Stage]:
        """Kỳ by kỳ; a học kì is entered sheet by sheet on one day, after its last kỳ."""
        del at_once
        return [
            *(self._live(Period.GK1), self._close(Period.GK1), self._live(Period.CK1)),
            *(*self._term(Term.HK1), self._close(Period.CK1)),
            ("left", "Một em chuyển trường", self.one_pupil_leaves),
            ("correction", "Sửa một điểm có hồ sơ", partial(self._with, SampleYear, correct_mark)),
            *(self._live(Period.GK2), self._close(Period.GK2), self._live(Period.CN)),
            *(*self._term(Term.HK2), self._close(Period.CN)),
        ]

    def live_until(self, today: date) -> int:
        """Live the running year up to `today`; the kỳ fall between the tests of the others."""
        over = [period for period in PRIMARY_TERMS if self.on(*SHUTS[period]) <= today]
        waiting = [
            (self.on(*days[period]), stage[2])
            for period in over
            for days, stage in ((ENTERED, self._live(period)), (CLOSES, self._close(period)))
        ]

        def meanwhile(day: date) -> None:
            while waiting and waiting[0][0] <= day:
                waiting.pop(0)[1]()

        def live(term: Term) -> None:
            part = self._part(SampleYear)
            part.meanwhile = meanwhile
            self._take(part, lambda part: part.live_term(term, until=today))

        live(Term.HK1)
        half = self.on(1, 13)
        meanwhile(min(today, half))
        if today >= half:
            self._with(SampleYear, lambda part: part.close_term(Term.HK1))
            live(Term.HK2)
            meanwhile(today)
        running = next((period for period in PRIMARY_TERMS if period not in over), None)
        if running is not None:
            self._with(PrimarySampleYear, lambda part: part.begin_period(running, today))
        return self.marks_entered

    def print_books(self) -> int:
        """What each level keeps, and the lists of the year."""
        return sum(self._with(kind, lambda part: part.print_books()) for kind in _KINDS)

    def reprint(self, klass: SchoolClass) -> int:
        """The papers of a class as they are after the summer."""
        kind = PrimarySampleYear if is_primary(klass.regulation) else SampleYear
        return self._with(kind, lambda part: part.reprint(klass))

    def print_booklets(self) -> int:
        """Học bạ of the levels that have their form."""
        return sum(self._with(kind, lambda part: part.print_booklets()) for kind in _KINDS)

    def _live(self, period: Period) -> Stage:
        live = partial(self._with, PrimarySampleYear, lambda part: part.live_period(period))
        return period.value.lower(), f"Đánh giá {period.words}", live

    def _close(self, period: Period) -> Stage:
        close = partial(self._with, PrimarySampleYear, lambda part: part.close_period(period))
        return f"close_{period.value.lower()}", f"Chốt {period.words}", close

    def _term(self, term: Term) -> list[Stage]:
        number = 1 if term is Term.HK1 else 2
        live = partial(self._with, SampleYear, lambda part: fill_term(part, term))
        close = partial(self._with, SampleYear, lambda part: part.close_term(term))
        return [
            (f"term{number}", f"Nhập điểm {term.words}", live),
            (f"close{number}", f"Chốt {period_of(term).words}", close),
        ]

    def _part(self, kind: type[Part]) -> Part:
        """The classes of one kind, with the people, the clock and the calendar of all."""
        wanted = kind is PrimarySampleYear
        part = kind(
            *(self.work, self.clock, self.invent, self.folder, self.first_year, self.plan),
            *(self.year_id, self.people, self.uids),
            [klass for klass in self.classes if is_primary(klass.regulation) is wanted],
            self.talents,
        )
        part.attendance = self.attendance
        return part

    def _with(self, kind: type[Part], act: Callable[[Part], T]) -> T:
        return self._take(self._part(kind), act)

    def _take(self, part: Part, act: Callable[[Part], T]) -> T:
        """Let a part act; what it entered and corrected is the school's."""
        done = act(part)
        self.marks_entered += part.marks_entered
        self.case = part.case or self.case
        return done
