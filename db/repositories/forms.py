"""Versions of the printed forms' settings: rows to dataclasses."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, insert, select

from app.domain.form_settings import BookForm, FormVersion, SchoolForms, in_force, settings_of
from app.domain.ids import AccountId
from db.rows.forms import form_version
from db.rows.people import account

if TYPE_CHECKING:
    from collections.abc import Iterable

_VERSIONS = (
    select(form_version, account.c.full_name)
    .join(account, account.c.id == form_version.c.set_by)
    .order_by(form_version.c.number)
)


class SqlForms:
    """Fulfils `app.form_ports.FormRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def versions(self, form: BookForm) -> tuple[FormVersion, ...]:
        """Every version of a form in the order of their numbers."""
        return _read(self._db.execute(_VERSIONS.where(form_version.c.form == form.value)))

    def on(self, day: date) -> SchoolForms:
        """What is in force on a day, of all forms."""
        known = _read(self._db.execute(_VERSIONS))
        found = (in_force(tuple(v for v in known if v.form is form), day) for form in BookForm)
        return SchoolForms(tuple((v.form, v.settings) for v in found if v is not None))

    def add(self, version: FormVersion, by: AccountId) -> None:
        """Keep a new version; the number is the caller's."""
        values = version.settings.values()
        self._db.execute(
            insert(form_version).values(
                form=version.form.value,
                number=version.number,
                starts_on=version.starts_on,
                decision_no=version.decision_no,
                decision_on=version.decision_on,
                note=version.note,
                settings=json.dumps(values, ensure_ascii=False, sort_keys=True),
                digest=version.settings.digest,
                set_by=by,
                set_at=version.set_at,
            )
        )


def _read(rows: Iterable[Row[Any]]) -> tuple[FormVersion, ...]:
    return tuple(
        FormVersion(
            BookForm(r.form),
            r.number,
            r.starts_on,
            r.decision_no,
            r.decision_on,
            r.note,
            settings_of(json.loads(r.settings)),
            r.full_name,
            r.set_at,
        )
        for r in rows
    )
