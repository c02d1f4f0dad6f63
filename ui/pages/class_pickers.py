"""Year and class pickers of the top bar, shared by the pages that show one class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.pages.year_picker import YearPicker
from ui.widgets.combos import Picker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtWidgets import QWidget

    from app.domain.ids import ClassId, SchoolYearId
    from app.domain.school import SchoolClass, SchoolYear
    from app.workspace import Workspace
    from ui.navigation import PageContext


class ClassPickers(QObject):
    """`class_picked()` after the person chose another year or class; `choose` filters classes."""

    class_picked = Signal()

    def __init__(
        self,
        context: PageContext,
        work: Workspace,
        choose: Callable[[Iterable[SchoolClass]], Sequence[SchoolClass]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._choose = choose
        self._classes: tuple[SchoolClass, ...] = ()
        self.years = YearPicker(context, work)
        self.classes = Picker(context.look, self.tr("Lớp"))
        self.years.year_picked.connect(self._on_year)
        self.classes.combo.picked.connect(lambda _key: self.class_picked.emit())

    def widgets(self) -> list[QWidget]:
        """For the top bar, left to right."""
        return [self.years, self.classes]

    def load(self) -> None:
        """Read years and classes again, keeping the choice where it still exists."""
        self.years.load()
        self._fill_classes()

    def show(self, class_id: ClassId) -> bool:
        """Choose a class of any year without a signal; False when this person may not see it."""
        for year in self.years.years:
            for klass in self._choose(self._work.setup.classes(year.id)):
                if klass.id == class_id:
                    self.years.show_year(year.id)
                    self._fill_classes()
                    return self.classes.combo.set_current(class_id)
        return False

    @property
    def year(self) -> SchoolYear | None:
        """The year chosen; None in a file without years."""
        return self.years.year

    @property
    def year_id(self) -> SchoolYearId | None:
        """Its id."""
        return self.years.year_id

    @property
    def klass(self) -> SchoolClass | None:
        """The class chosen; None when there is none to choose."""
        return next((k for k in self._classes if k.id == self.classes.combo.current()), None)

    def _fill_classes(self) -> None:
        year_id = self.year_id
        self._classes = ()
        if year_id is not None:
            self._classes = tuple(self._choose(self._work.setup.classes(year_id)))
        self.classes.combo.set_choices([(klass.id, klass.name) for klass in self._classes])

    def _on_year(self) -> None:
        """Another year: the class of the same name, if there is one."""
        before = self.klass
        self._fill_classes()
        same = [k.id for k in self._classes if before is not None and k.name == before.name]
        if same:
            self.classes.combo.set_current(same[0])
        self.class_picked.emit()
