"""School, settings, years, classes and subjects: rows to dataclasses."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.ids import ClassId, SchoolYearId, SubjectId
from app.domain.school import School, SchoolClass, SchoolYear
from app.domain.subjects import Subject
from app.errors import RuleRefused
from db.repositories.class_removal import class_holdings, remove_class
from db.repositories.new_key import new_key
from db.repositories.studies import SUBJECTS_OF_CLASS, subject_of_class
from db.rows.school import (
    class_subject,
    klass,
    school,
    school_year,
    setting,
)
from db.rows.trail import trail


class SqlSchool:
    """Fulfils `app.ports.SchoolRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def get(self) -> School | None:
        row = self._db.execute(select(school)).first()
        if row is None:
            return None
        return School(row.name, row.stage, row.authority, row.commune, row.province)

    def save(self, school_facts: School, at: datetime) -> None:
        values = {
            "name": school_facts.name,
            "stage": school_facts.stage,
            "authority": school_facts.authority,
            "commune": school_facts.commune,
            "province": school_facts.province,
        }
        statement = upsert(school).values(id=1, created_at=at, **values)
        self._db.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))

    def setting(self, key: str, default: str = "") -> str:
        found = self._db.execute(select(setting.c.value).where(setting.c.key == key)).scalar()
        return default if found is None else str(found)

    def settings(self, prefix: str) -> dict[str, str]:
        rows = self._db.execute(
            select(setting.c.key, setting.c.value).where(setting.c.key.startswith(prefix))
        )
        return {str(key): str(value) for key, value in rows}

    def set_setting(self, key: str, value: str) -> None:
        statement = upsert(setting).values(key=key, value=value)
        self._db.execute(
            statement.on_conflict_do_update(index_elements=["key"], set_={"value": value})
        )

    def years(self) -> tuple[SchoolYear, ...]:
        rows = self._db.execute(select(school_year).order_by(school_year.c.starts_on.desc()))
        return tuple(_year(row) for row in rows)

    def year(self, year_id: SchoolYearId) -> SchoolYear:
        row = self._db.execute(select(school_year).where(school_year.c.id == year_id)).first()
        if row is None:
            raise _unknown("năm học", year_id)
        return _year(row)

    def add_year(self, name: str, starts: date, term2: date, ends: date) -> SchoolYear:
        added = self._db.execute(
            insert(school_year).values(
                name=name, starts_on=starts, term2_starts_on=term2, ends_on=ends
            )
        )
        return SchoolYear(SchoolYearId(new_key(added)), name, starts, term2, ends)

    def set_year_dates(self, year_id: SchoolYearId, starts: date, term2: date, ends: date) -> None:
        self._db.execute(
            update(school_year)
            .where(school_year.c.id == year_id)
            .values(starts_on=starts, term2_starts_on=term2, ends_on=ends)
        )

    def classes(self, year_id: SchoolYearId) -> tuple[SchoolClass, ...]:
        rows = self._db.execute(select(klass).where(klass.c.school_year_id == year_id))
        found = (_class(row) for row in rows)
        return tuple(sorted(found, key=lambda each: each.order))

    def class_(self, class_id: ClassId) -> SchoolClass:
        row = self._db.execute(select(klass).where(klass.c.id == class_id)).first()
        if row is None:
            raise _unknown("lớp", class_id)
        return _class(row)

    def add_class(
        self, year_id: SchoolYearId, grade: int, name: str, regulation: str
    ) -> SchoolClass:
        # Not the number of a class that was removed: the trail still tells of that one.
        last = self._db.execute(
            select(func.max(klass.c.id).label("n")).union_all(select(func.max(trail.c.class_id)))
        ).scalars()
        number = max((found or 0 for found in last), default=0) + 1
        added = self._db.execute(
            insert(klass).values(
                id=number, school_year_id=year_id, grade=grade, name=name, regulation=regulation
            )
        )
        return SchoolClass(ClassId(new_key(added)), year_id, grade, name, regulation)

    def class_holdings(self, class_id: ClassId) -> tuple[str, ...]:
        return class_holdings(self._db, class_id)

    def remove_class(self, class_id: ClassId) -> None:
        remove_class(self._db, class_id)

    def freeze_roster(self, class_id: ClassId, at: datetime) -> None:
        self._db.execute(update(klass).where(klass.c.id == class_id).values(roster_frozen_at=at))

    def subjects(self, class_id: ClassId) -> tuple[Subject, ...]:
        rows = self._db.execute(SUBJECTS_OF_CLASS.where(class_subject.c.class_id == class_id))
        return tuple(subject_of_class(row) for row in rows)

    def subject(self, class_id: ClassId, subject_id: SubjectId) -> Subject:
        row = self._db.execute(
            SUBJECTS_OF_CLASS.where(
                class_subject.c.class_id == class_id, class_subject.c.subject_id == subject_id
            )
        ).first()
        if row is None:
            raise _unknown("môn học của lớp", subject_id)
        return subject_of_class(row)


def _unknown(what: str, key: int) -> RuleRefused:
    return RuleRefused(
        "not_found", f"Không tìm thấy {what} số {key} trong tệp; hãy tải lại trang.", key=key
    )


def _year(row: Row[tuple[object, ...]]) -> SchoolYear:
    return SchoolYear(
        SchoolYearId(row.id), row.name, row.starts_on, row.term2_starts_on, row.ends_on
    )


def _class(row: Row[tuple[object, ...]]) -> SchoolClass:
    return SchoolClass(
        ClassId(row.id),
        SchoolYearId(row.school_year_id),
        row.grade,
        row.name,
        row.regulation,
        row.roster_frozen_at,
    )
