"""Models and migrations describe the same file, down to options, constraint names and triggers."""

import re
from contextlib import closing

import pytest

from db.engine import Database, connect, create_database
from db.migrate import differences, head_number, upgrade
from db.rows import metadata
from db.rows.trail import trigger_statements

KEY = bytes(range(32))


def structure(path):
    with closing(connect(path, KEY)) as connection:
        rows = connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' "
            "AND name != 'alembic_version'"
        ).fetchall()
    return {
        # A table that was rebuilt has its name in quotation marks.
        (kind, name): re.sub(r"\s+", " ", sql or "")
        .replace(" )", ")")
        .replace(f'CREATE TABLE "{name}"', f"CREATE TABLE {name}")
        .strip(" ;")
        for kind, name, sql in rows
    }


@pytest.fixture
def migrated(tmp_path):
    path = tmp_path / "migrated.khoaso"
    create_database(path, KEY)
    database = Database(path, KEY)
    report = upgrade(database, before_upgrade=lambda: pytest.fail("a new file needs no backup"))
    yield database, report
    database.close()


def test_a_new_file_is_brought_to_the_newest_schema(migrated):
    database, report = migrated
    assert (report.before, report.after) == (0, head_number())
    assert database.schema_number() == head_number()
    assert database.full_check().ok


def test_models_equal_migrations(migrated, tmp_path):
    database, _ = migrated
    path = tmp_path / "models.khoaso"
    create_database(path, KEY)
    models = Database(path, KEY)
    with models.writer.begin() as connection:
        metadata.create_all(connection)
        for trigger in trigger_statements():
            connection.exec_driver_sql(trigger)
    models.close()
    assert structure(database.path) == structure(path)


def test_alembic_sees_no_difference_either(migrated):
    database, _ = migrated
    with database.engine.connect() as connection:
        assert differences(connection, metadata) == []


def test_every_table_is_strict(migrated):
    database, _ = migrated
    with database.engine.connect() as connection:
        loose = connection.exec_driver_sql(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
            "AND NOT strict AND name NOT LIKE 'sqlite_%' AND name != 'alembic_version'"
        ).fetchall()
    assert loose == []
