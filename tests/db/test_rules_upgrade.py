"""A file from before the rules of a school: its loose settings become each year's first version."""

import shutil
from datetime import date

from app.domain.rule_catalogue import ATTENDANCE_DAY, NEEDS_HOMEROOM, UNLOCK_MINUTES
from db.engine import Database, create_database
from db.migrate import VERSIONS, upgrade
from db.repositories.rules import SqlRules

KEY = bytes(range(32))
_RULES = next(path.name[:4] for path in VERSIONS.glob("*_rules.py"))


def upgraded(tmp_path, *statements):
    """A file of the schema before the rules, with these rows, brought to the newest one."""
    old = tmp_path / "versions"
    old.mkdir()
    for path in VERSIONS.glob("[0-9]*_*.py"):
        if path.name[:4] < _RULES:
            shutil.copyfile(path, old / path.name)
    path = tmp_path / "old.khoaso"
    create_database(path, KEY)
    database = Database(path, KEY)
    upgrade(database, before_upgrade=lambda: None, versions=old)
    with database.writer.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    upgrade(database, before_upgrade=lambda: None)
    return database


YEARS = (
    "INSERT INTO school_year VALUES (1,'2025-2026','2025-09-05','2026-01-12','2026-05-31')",
    "INSERT INTO school_year VALUES (2,'2026-2027','2026-09-05','2027-01-12','2027-05-31')",
)


def test_loose_settings_stay_in_force(tmp_path):
    database = upgraded(
        tmp_path,
        *YEARS,
        "INSERT INTO setting VALUES ('close.needs_homeroom','0')",
        "INSERT INTO setting VALUES ('correction.unlock_minutes','30')",
        "INSERT INTO setting VALUES ('correction.cutoff.2.HK1','2027-01-04')",
        "INSERT INTO school_calendar (school_year_id, weekdays, due_day) VALUES (2,'012345',6)",
    )
    with database.engine.connect() as connection:
        (first,), (second,) = (SqlRules(connection).versions(year) for year in (1, 2))
        left = connection.exec_driver_sql("SELECT key FROM setting").scalars().all()
    database.close()
    for version in (first, second):
        assert version.number == 1
        assert version.starts_on < date(2026, 9, 5)
        assert (version.set_by, version.set_at, version.decision_no) == ("", None, "")
        assert not version.rules.flag(NEEDS_HOMEROOM)
        assert version.rules.number(UNLOCK_MINUTES) == 30
    assert first.rules.number(ATTENDANCE_DAY) == 5
    assert second.rules.number(ATTENDANCE_DAY) == 6
    assert left == ["correction.cutoff.2.HK1"], "a day set for one period is no rule of the year"


def test_a_school_that_changed_nothing_has_no_version(tmp_path):
    database = upgraded(
        tmp_path,
        *YEARS,
        "INSERT INTO school_calendar (school_year_id, weekdays, due_day) VALUES (2,'012345',5)",
    )
    with database.engine.connect() as connection:
        assert SqlRules(connection).versions(2) == ()
    database.close()
