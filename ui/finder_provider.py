"""What Ctrl+K finds: pages at once, the school's things from memory once they were read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject

from app.changes import Topic
from app.readmodels.find_index import FindIndex
from app.text import fold
from ui.jobs.job_runner import Lane
from ui.navigation import Found

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.progress import Progress
    from app.workspace import Workspace
    from ui.change_bus import ChangeBus
    from ui.command_runner import CommandRunner
    from ui.jobs.job_runner import JobRunner
    from ui.navigation import PageSpec
    from ui.year_choice import YearChoice

_TOPICS = (Topic.SCHOOL, Topic.CLASSES, Topic.ROSTER, Topic.CORRECTIONS, Topic.PRINTS)


class _Entry(NamedTuple):
    words: tuple[str, ...]
    found: Found


class FinderProvider(QObject):
    """Answers the finder of one session; reads again when something it shows was changed."""

    def __init__(
        self,
        specs: Sequence[PageSpec],
        work: Workspace,
        jobs: JobRunner,
        bus: ChangeBus,
        commands: CommandRunner,
        years: YearChoice,
        parent: QObject,
    ) -> None:
        """`specs`: the pages of this person, and the only ones that answers may lead to.

        `years`: another year there is another year's things here.
        """
        super().__init__(parent)
        self._work = work
        self._jobs = jobs
        self._commands = commands
        self._years = years
        self._pages = {spec.id for spec in specs}
        self._of_pages = [
            _entry(Found(spec.title, self.tr("Trang"), spec.icon, spec.id)) for spec in specs
        ]
        self._of_school: list[_Entry] = []
        self._reading = False
        self._stale = False
        bus.listen(self, _TOPICS, lambda _: self.read())
        years.changed.connect(self.read)
        self.read()

    @property
    def is_reading(self) -> bool:
        """True while the school's things are being read."""
        return self._reading

    def __call__(self, words: str) -> list[Found]:
        """Candidates in which every word begins a word; marks on letters are optional."""
        wanted = fold(words).split()
        return [
            entry.found
            for entry in (*self._of_pages, *self._of_school)
            if all(any(part.startswith(word) for part in entry.words) for word in wanted)
        ]

    def read(self) -> None:
        """Read everything anew beside the window; once more when it changed meanwhile."""
        if self._reading:
            self._stale = True
            return
        current = self._work.current_year()
        if current is None:
            self._of_school = []
            return
        work, year_id = self._work, self._years.year_id or current.id

        def index(progress: Progress) -> list[_Entry]:
            found = work.finding.index(work.session.actor, year_id)
            return [_entry(one) for one in self._answers(found) if one.page_id in self._pages]

        self._reading = True
        self._jobs.submit(
            index,
            owner=self,
            lane=Lane.FILES,
            on_success=self._keep,
            on_failure=self._commands.fail,
            on_settled=self._settled,
            quiet=True,
        )

    def _keep(self, entries: list[_Entry]) -> None:
        self._of_school = entries

    def _settled(self) -> None:
        self._reading = False
        if self._stale:
            self._stale = False
            self.read()

    def _answers(self, index: FindIndex) -> Iterable[Found]:
        for klass in index.classes:
            note = self.tr("Danh sách lớp, {count} học sinh").format(count=klass.pupils)
            title = self.tr("Lớp {name}").format(name=klass.name)
            yield Found(title, note, "roster", "roster", (("class_id", klass.class_id),))
        for sheet in index.sheets:
            where = (("class_id", sheet.sheet.class_id), ("subject_id", sheet.sheet.subject_id))
            title = f"{sheet.subject_name} {sheet.class_name}"
            yield Found(title, self.tr("Sổ điểm"), "mark-book", "marks", where)
        gone = self.tr("{name}, đã rời lớp")
        for pupil in index.pupils:
            place = pupil.class_name if pupil.is_here else gone.format(name=pupil.class_name)
            aim = (("class_id", pupil.class_id), ("pupil_id", pupil.pupil_id))
            yield Found(pupil.name, place, "roster", "roster", aim)
        for case in index.cases:
            title = self.tr("Hồ sơ sửa điểm số {number:02d}").format(number=case.number)
            note = f"{case.place}, {case.step[:1].lower()}{case.step[1:]}"
            yield Found(title, note, "pencil", "corrections", (("case_id", case.case_id),))
        for run in index.runs:
            title = self.tr("Bản in số {number}").format(number=run.number)
            yield Found(title, run.title, "printer", "printing", (("run_id", run.run_id),))


def _entry(found: Found) -> _Entry:
    folded = fold(f"{found.title} {found.note}").replace(",", " ")
    return _Entry(tuple(folded.split()), found)
