"""Tệp mẫu để điền: the empty table of the open sheet and term, to a file of the person's choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.services.data_exports import ExportNote
from app.services.file_names import ascii_name
from ui.pages.importing.workbook_outlet import ask_and_save

if TYPE_CHECKING:
    from ui.pages.importing.wizard import ImportWizard
    from ui.pages.marks_import.flow import MarksImportFlow


def ask_form(wizard: ImportWizard, flow: MarksImportFlow) -> None:
    """Ask where it goes; what was saved stands in the trail like every other file."""
    view, term, work = flow.view, flow.term, wizard.work
    title = wizard.tr("Mẫu {subject}, {term}").format(subject=view.subject_name, term=term.words)
    name = f"mau_{ascii_name(view.subject_name)}_{ascii_name(view.class_name)}_{term.value}.xlsx"
    ask_and_save(
        wizard.context,
        work,
        wizard,
        name,
        lambda: work.tables.workbook([flow.form()], title),
        ExportNote(title, confidential=False, class_id=view.sheet.class_id),
    )
