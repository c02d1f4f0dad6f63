"""Port to the stored versions of the printed forms' settings; `db` fulfils it."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from app.domain.form_settings import BookForm, FormVersion, SchoolForms
from app.domain.ids import AccountId


class FormRepository(Protocol):
    """Versions of form settings, append-only."""

    def versions(self, form: BookForm) -> tuple[FormVersion, ...]:
        """Every version of a form in the order of their numbers."""
        ...

    def on(self, day: date) -> SchoolForms:
        """What is in force on a day, of all forms."""
        ...

    def add(self, version: FormVersion, by: AccountId) -> None:
        """Keep a new version; the number is the caller's."""
        ...
