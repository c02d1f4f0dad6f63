"""Joins the mark page to one session: whose sheets, and where its signals lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.school_levels import Level
from app.services.bound_mark_sheet import BoundMarkSheet
from app.services.school_facts import levels_here
from ui.pages.marks.page import MarksPage
from ui.pages.marks.years import BoundYears
from ui.pages.printing.own_papers import OwnPapers

if TYPE_CHECKING:
    from app.actor import Actor
    from app.readmodels.mark_sheet import SheetId
    from app.workspace import Workspace
    from ui.navigation import PageContext


def bound_marks_page(context: PageContext, work: Workspace) -> MarksPage:
    """The page with the sheets this person may open, their own first."""
    actor: Actor = context.session.actor

    def open_port(sheet: SheetId) -> BoundMarkSheet:
        return BoundMarkSheet(work.marks, actor, sheet)

    page = MarksPage(
        context.look,
        context.commands,
        context.bus,
        context.frame,
        open_port,
        primary=levels_here(work) == (Level.PRIMARY,),
    )

    def open_case(keys: list[object]) -> None:
        context.open_page("corrections", new=keys, sheet=page.presenter.sheet)

    def open_import(sheet: SheetId) -> None:
        from ui.pages.marks_import.dialog import MarksImportDialog

        MarksImportDialog(context, work, sheet, page).open()

    page.correction_requested.connect(open_case)
    page.late_opening_requested.connect(
        lambda keys: context.open_page("lock_control", late=keys, sheet=page.presenter.sheet)
    )
    page.import_requested.connect(open_import)
    years = BoundYears(context, work, page)
    papers = OwnPapers(page, context, work)

    def open_book(sheet: SheetId) -> None:
        klass = years.klass(sheet.class_id)
        if klass is not None:
            papers.ask_book(klass, sheet.subject_id)

    page.book_requested.connect(open_book)
    years.start()
    return page
