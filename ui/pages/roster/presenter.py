"""Decisions of Danh sách lớp: which lines in which order, and every command on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.domain.case_rules import LOCKED_PROFILE_FIELDS
from app.domain.corrections import CaseAbout, CaseKind
from app.domain.ids import PupilId
from app.domain.movements import DEPARTURES
from app.domain.pupils import FIELD_TITLES, PupilProfile
from app.readmodels.mark_sheet import CellKey
from app.readmodels.roster import SENSITIVE
from app.services.class_scope import readable_classes
from app.text import fold, name_key
from ui.dialogs.confirm_dialog import confirm
from ui.errors.messages import Anchor
from ui.pages.class_pickers import ClassPickers
from ui.pages.roster.arrival_fields import Arrival
from ui.pages.roster.cross_check_wizard import CrossCheckWizard
from ui.pages.roster.dialogs import MoveAnswer, MoveDialog
from ui.pages.roster.import_wizard import RosterImportWizard
from ui.pages.roster.profile_dialog import ProfileDialog
from ui.pages.roster.pupil_acts import PupilActs
from ui.pages.roster.section_presenter import SectionPresenter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from app.changes import CommandResult
    from app.domain.ids import ClassId
    from app.domain.movements import MovementKind
    from app.readmodels.data_quality import Finding
    from app.readmodels.roster import RosterLine, RosterView
    from app.workspace import Workspace
    from ui.navigation import PageContext
    from ui.pages.roster.page import RosterPage

BY_BOOK, BY_NAME = "book", "name"


class RosterPresenter(QObject):
    """One class at a time."""

    def __init__(self, page: RosterPage, context: PageContext, work: Workspace) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._work = work
        actor = work.session.actor
        self.pickers = ClassPickers(
            context, work, lambda classes: readable_classes(actor, classes), self
        )
        self.pickers.class_picked.connect(self.refresh)
        self.view: RosterView | None = None
        self.words = ""
        self.order = BY_BOOK
        self.only_missing = False
        self.parts = SectionPresenter(page, context, work, self)
        self.acts = PupilActs(context, work, page, self._done)
        self._stale = False

    def start(self) -> None:
        """Open the first class."""
        self.pickers.load()
        self.refresh()

    def show(self, class_id: ClassId, pupil_id: PupilId | None = None) -> None:
        """Another class, perhaps at one pupil."""
        self.pickers.load()
        if self.pickers.show(class_id):
            self.refresh()
            if pupil_id is not None:
                self._page.choose(pupil_id)

    def on_changed(self, result: CommandResult) -> None:
        """A roster, class or year changed; a hidden page reads again when it is shown."""
        self._stale = True
        if self._page.isVisible():
            self.on_shown()

    def on_shown(self) -> None:
        """The page came to the front."""
        if self._stale:
            self._stale = False
            self.pickers.load()
            self.refresh()

    def refresh(self) -> None:
        """Read the class again."""
        klass = self.pickers.klass
        if klass is None:
            self.view = None
            self._page.show_no_class()
            return
        actor = self._work.session.actor
        self.view = self._context.commands.ask(
            lambda: self._work.rosters.view(actor, klass.id), at=Anchor(self._page)
        )
        if self.view is not None:
            self._page.show_view(self.view)
            self.filter()
            self.parts.fill()

    def open_finding(self, finding: Finding) -> None:
        """From a finding to the field that mends it, in the pupil's own class."""
        if self.view is None or finding.class_id != self.view.class_id:
            self.show(finding.class_id)
        lines = () if self.view is None else self.view.lines
        line = next((x for x in lines if x.pupil_id == finding.pupil_id), None)
        if line is None:
            return
        if self.view is not None and not self.view.may_edit:
            self._page.to_roster()
            self._page.choose(line.pupil_id)
            return
        self.edit(line, finding.field)

    def open_cross_check(self, path: Path | None = None) -> CrossCheckWizard | None:
        """Đối chiếu with another list; with `path` it starts reading that file."""
        view = self.view
        if view is None:
            return None
        wizard = CrossCheckWizard(self._context, self._work, view, self._page)
        wizard.open()
        if path is not None:
            wizard.open_path(path)
        return wizard

    def former_marks(self, line: RosterLine) -> None:
        """Điểm trường cũ of one pupil."""
        if self.view is not None and self.pickers.year is not None:
            self.acts.former_marks(self.view, line, self.pickers.year)

    def former_absences(self, line: RosterLine) -> None:
        """Buổi nghỉ ở trường cũ of one pupil."""
        if self.view is not None and self.pickers.year is not None:
            self.acts.former_absences(self.view, line, self.pickers.year)

    def filter(self) -> None:
        """Lines that match the words typed, in the order chosen; the book is not changed."""
        if self.view is None:
            return
        lines = [line for line in self.view.lines if self._matches(line)]
        if self.order == BY_NAME:
            lines.sort(key=lambda line: name_key(line.profile.full_name))
        self._page.show_lines(lines)

    def add(self) -> None:
        """The dialog of a new pupil."""
        view = self.view
        if view is None:
            return
        actor = self._work.session.actor

        def save(profile: PupilProfile, came: Arrival) -> None:
            result = self._work.rosters.add_pupil(
                actor, view.class_id, profile, came.joined_on, kind=came.kind, paper=came.paper
            )
            self._done(result)
            if isinstance(result.payload, int):
                self._page.choose(PupilId(result.payload))

        title = self.tr("Thêm học sinh vào lớp {name}").format(name=view.class_name)
        ProfileDialog(
            self._context.look, title, self.tr("Thêm vào lớp {name}").format(name=view.class_name),
            PupilProfile(""), save, self._page, asks_arrival=True, may_transfer=view.may_move,
            may_verify=view.may_verify,
        ).open()  # fmt: skip

    def edit(self, line: RosterLine, field: str = "") -> None:
        """The dialog of a pupil's profile, perhaps with the caret in one field."""
        view = self.view
        if view is None:
            return
        actor = self._work.session.actor
        shown = frozenset(n for n in FIELD_TITLES if view.shows_sensitive or n not in SENSITIVE)

        def save(profile: PupilProfile, _came: Arrival) -> None:
            rosters = self._work.rosters
            self._done(rosters.edit_profile(actor, view.class_id, line.pupil_id, profile))

        dialog = ProfileDialog(
            self._context.look, self.tr("Sửa hồ sơ {name}").format(name=line.profile.full_name),
            self.tr("Lưu hồ sơ"), line.profile, save, self._page, shows=shown,
            may_verify=view.may_verify,
        )  # fmt: skip
        dialog.open()
        if field:
            dialog.focus_field(field)

    def leave(self, line: RosterLine) -> None:
        """Rời lớp, with day and reason."""
        view = self.view
        if view is None:
            return
        rosters, actor = self._work.rosters, self._work.session.actor
        lead = self.tr(
            "Dòng của em bị gạch nhưng vẫn còn trong danh sách và sổ; điểm đã ghi được giữ nguyên."
        )
        self._move(
            self.tr("Ghi rời lớp {name}").format(name=view.class_name),
            self.tr("Ghi rời lớp"),
            line,
            lead,
            lambda said: rosters.mark_left(
                actor,
                view.class_id,
                line.pupil_id,
                said.day,
                said.reason,
                kind=said.kind,
                paper=said.paper,
            ),
            kinds=DEPARTURES,
            dangerous=True,
        )

    def correct(self, line: RosterLine) -> None:
        """Declare a correction of what the books print of the pupil."""
        view = self.view
        if view is not None:
            keys = [CellKey(line.pupil_id, field) for field in LOCKED_PROFILE_FIELDS]
            about = CaseAbout(CaseKind.PROFILE, view.class_id)
            self._context.open_page("corrections", new=keys, about=about)

    def come_back(self, line: RosterLine) -> None:
        """Trở lại lớp, with day and reason."""
        view = self.view
        if view is None:
            return
        rosters, actor = self._work.rosters, self._work.session.actor
        lead = self.tr("Em trở lại đúng dòng cũ; những ngày vắng mặt còn trong phần Quá trình.")
        self._move(
            self.tr("Ghi trở lại lớp {name}").format(name=view.class_name),
            self.tr("Ghi trở lại lớp"),
            line,
            lead,
            lambda said: rosters.mark_returned(
                actor, view.class_id, line.pupil_id, said.day, said.reason
            ),
        )

    def move(self, line: RosterLine) -> None:
        """Chuyển lớp within the grade, or into the one that a changed result asks for."""
        view, year_id = self.view, self.pickers.year_id
        if view is None or year_id is None:
            return
        rosters, actor = self._work.rosters, self._work.session.actor
        grade = view.grade if line.grade_due is None else line.grade_due
        others = [
            (klass.id, klass.name)
            for klass in self._work.setup.classes(year_id)
            if klass.grade == grade and klass.id != view.class_id
        ]
        if not others:
            self._context.frame.toast(
                self.tr("Khối {n} chỉ có một lớp nên không có lớp nào để chuyển sang.").format(
                    n=grade
                )
                if line.grade_due is None
                else self.tr(
                    "Năm học này chưa có lớp nào của khối {n}; hãy lập lớp rồi chuyển em."
                ).format(n=grade),
                "amber",
            )
            return

        def save(said: MoveAnswer) -> CommandResult:
            target = said.to if said.to is not None else others[0][0]
            return rosters.move_class(
                actor, view.class_id, target, line.pupil_id, said.day, said.reason
            )

        lead = self.tr(
            "Em rời lớp {name} và vào lớp mới cùng ngày. Điểm, nhận xét và rèn luyện được chép "
            "sang sổ lớp mới, ghi rõ chuyển từ lớp {name}; sổ lớp {name} giữ nguyên."
        ).format(name=view.class_name)
        if line.grade_due is not None:
            lead = self.tr(
                "Em rời lớp {name} và vào lớp khối {n} cùng ngày theo kết quả năm trước đã đổi. "
                "Điểm của lớp {name} không chép sang vì là chương trình của khối khác."
            ).format(name=view.class_name, n=grade)
        self._move(
            self.tr("Chuyển lớp"), self.tr("Chuyển lớp"), line, lead, save, classes=others
        )  # fmt: skip

    def freeze(self) -> None:
        """Chốt danh sách, after saying exactly what will happen."""
        view = self.view
        if view is None:
            return
        actor = self._work.session.actor
        name = view.class_name
        points = [
            self.tr("Thứ tự {n} học sinh cố định cho mọi sổ in từ nay.").format(n=view.here),
            self.tr("Học sinh vào sau xếp cuối danh sách; em rời lớp bị gạch, không mất số."),
            self.tr("GVCN không sửa trực tiếp nữa; văn phòng vẫn sửa được hồ sơ từng em."),
        ]
        lacking = sum(bool(line.missing) for line in view.lines if line.is_here)
        if lacking:
            points.append(
                self.tr("{n} em còn thiếu thông tin; vẫn bổ sung được sau khi chốt.").format(
                    n=lacking
                )
            )
        confirm(
            self._context.look,
            self._page,
            self.tr("Chốt danh sách lớp {name}").format(name=name),
            self.tr("Việc này không mở lại được. Khi chốt:"),
            self.tr("Chốt danh sách {n} học sinh").format(n=view.here),
            lambda: self._run(lambda: self._work.rosters.freeze(actor, view.class_id)),
            points=points,
        )

    def open_import(self, path: Path | None = None) -> RosterImportWizard | None:
        """The wizard; with `path` it starts reading that file."""
        view = self.view
        if view is None:
            return None
        wizard = RosterImportWizard(self._context, self._work, view, self._page)
        wizard.open()
        if path is not None:
            wizard.open_path(path)
        return wizard

    # --- inside

    def _move(
        self,
        title: str,
        action: str,
        line: RosterLine,
        lead: str,
        command: Callable[[MoveAnswer], CommandResult],
        *,
        classes: list[tuple[ClassId, str]] | None = None,
        kinds: Sequence[MovementKind] = (),
        dangerous: bool = False,
    ) -> None:
        def save(said: MoveAnswer) -> None:
            self._done(command(said))

        MoveDialog(
            self._context.look, title, action, line, lead, self._work.clock.today(), save,
            self._page, classes=classes or (), kinds=kinds, dangerous=dangerous,
        ).open()  # fmt: skip

    def _run(self, command: Callable[[], CommandResult]) -> None:
        result = self._context.commands.run(command, initiator=self._page)
        if result is not None:
            self.pickers.load()
            self.refresh()
            self._context.frame.toast(result.summary, "green")

    def _done(self, result: CommandResult) -> None:
        """A dialog's command went through."""
        self._context.commands.publish(result, self._page)
        self.refresh()
        self._context.frame.toast(result.summary, "green")

    def _matches(self, line: RosterLine) -> bool:
        if self.only_missing and not (line.is_here and line.missing):
            return False
        words = fold(self.words)
        profile = line.profile
        return not words or words in fold(
            f"{profile.full_name} {profile.ministry_code} {profile.personal_id} {profile.phone}"
        )
