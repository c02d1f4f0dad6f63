from __future__ import annotations

from contextlib import closing

import pytest
import sqlalchemy as sa

from app.errors import EnvironmentProblem
from db import migrate
from db.backup import list_backups, make_backup
from db.engine import connect
from db.migrate import current_revision, differences, head_number, head_revision, upgrade
from tests.db.vault_kit import clock, found_school

TABLES = """
    op.create_table(
        "lop_hoc", sa.Column("id", sa.Integer, primary_key=True), sa.Column("ten", sa.Text)
    )
    op.create_table(
        "em",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("lop", sa.Integer, sa.ForeignKey("lop_hoc.id", ondelete="CASCADE")),
    )
"""
ADD_COLUMN = """
    with op.batch_alter_table("lop_hoc") as table:
        table.add_column(sa.Column("khoi", sa.Integer))
        table.alter_column("ten", nullable=True, type_=sa.String(40))
"""


def write_version(folder, number, body):
    before = repr(f"{number - 1:04d}") if number > 1 else "None"
    (folder / f"{number:04d}_test.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f'revision = "{number:04d}"\ndown_revision = {before}\n\ndef upgrade():\n{body}',
        "utf-8",
    )


@pytest.fixture
def versions(tmp_path):
    folder = tmp_path / "100% bản"
    folder.mkdir()
    write_version(folder, 1, TABLES)
    return folder


@pytest.fixture
def school(tmp_path):
    return found_school(tmp_path)


@pytest.fixture
def database(school):
    database = school.database()
    yield database
    database.close()


def no_backup():
    raise AssertionError("a new file has nothing to back up")


def fill(database):
    with database.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO lop_hoc VALUES (1, '6A')")
        connection.exec_driver_sql("INSERT INTO em VALUES (1, 1), (2, 1)")


def count(database, table):
    with database.engine.connect() as connection:
        return connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()


def test_a_new_file_gets_every_migration_without_a_backup(database, versions):
    write_version(versions, 2, ADD_COLUMN)
    report = upgrade(database, no_backup, versions=versions)
    assert (report.before, report.after, report.changed) == (0, 2, True)
    assert database.schema_number() == 2
    with database.engine.connect() as connection:
        assert current_revision(connection) == head_revision(versions) == "0002"
    again = upgrade(database, no_backup, versions=versions)
    assert not again.changed


def test_rebuilding_a_parent_keeps_its_children(database, versions, tmp_path):
    upgrade(database, no_backup, versions=versions)
    fill(database)
    write_version(versions, 2, ADD_COLUMN)
    folder = tmp_path / "sao luu"
    upgrade(database, lambda: make_backup(database, folder, clock()), versions=versions)
    assert count(database, "em") == 2
    (backup,) = list_backups(folder)
    assert backup.schema_number == 1
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_a_failed_backup_stops_the_upgrade(database, versions):
    upgrade(database, no_backup, versions=versions)
    write_version(versions, 2, ADD_COLUMN)

    def fails():
        raise EnvironmentProblem("not_enough_space", "Hết chỗ.")

    with pytest.raises(EnvironmentProblem):
        upgrade(database, fails, versions=versions)
    assert database.schema_number() == 1


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (
            '    op.create_table("nua", sa.Column("a", sa.Integer))\n    raise KeyError("bug")',
            KeyError,
        ),
        ('    op.execute("DELETE FROM lop_hoc")', EnvironmentProblem),
    ],
    ids=["a migration that raises", "a migration that orphans rows"],
)
def test_a_failed_migration_leaves_no_trace(database, versions, body, fault):
    upgrade(database, no_backup, versions=versions)
    fill(database)
    write_version(versions, 2, ADD_COLUMN)
    write_version(versions, 3, body)
    backed_up = []
    with pytest.raises(fault) as caught:
        upgrade(database, lambda: backed_up.append(1), versions=versions)
    if fault is EnvironmentProblem:
        assert caught.value.code == "foreign_keys_broken"
    assert backed_up == [1]
    assert database.schema_number() == 1
    assert (count(database, "lop_hoc"), count(database, "em")) == (1, 2)
    with database.engine.connect() as connection:
        assert current_revision(connection) == "0001"
        inspector = sa.inspect(connection)
        assert "nua" not in inspector.get_table_names()
        assert [one["name"] for one in inspector.get_columns("lop_hoc")] == ["id", "ten"]


def test_a_newer_file_is_refused_untouched(database, versions):
    upgrade(database, no_backup, versions=versions)
    with closing(connect(database.path, database.key)) as connection:
        connection.execute("PRAGMA user_version = 7")
    with pytest.raises(EnvironmentProblem) as caught:
        upgrade(database, no_backup, versions=versions)
    assert caught.value.code == "newer_schema"
    assert (caught.value.facts["found"], caught.value.facts["supported"]) == (7, 1)


def test_a_revision_nobody_knows_is_refused(database, versions):
    upgrade(database, no_backup, versions=versions)
    with database.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'abcd'")
    write_version(versions, 2, ADD_COLUMN)
    with pytest.raises(EnvironmentProblem) as caught:
        upgrade(database, lambda: None, versions=versions)
    assert caught.value.code == "schema_unknown"
    assert database.schema_number() == 1


def test_differences_between_models_and_migrations_are_seen(database, versions):
    upgrade(database, no_backup, versions=versions)
    with database.writer.begin() as connection:
        connection.exec_driver_sql("DROP TABLE mark")
    metadata = sa.MetaData()
    sa.Table(
        "lop_hoc",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("ten", sa.Text),
    )
    em = sa.Table(
        "em",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("lop", sa.Integer, sa.ForeignKey("lop_hoc.id", ondelete="CASCADE")),
    )
    with database.engine.connect() as connection:
        assert differences(connection, metadata) == []
        em.append_column(sa.Column("them", sa.Text))
        assert len(differences(connection, metadata)) == 1


def test_the_real_versions_are_one_line_numbered_without_gaps():
    numbers = sorted(int(file.name[:4]) for file in migrate.VERSIONS.glob("[0-9]*.py"))
    assert numbers == list(range(1, len(numbers) + 1))
    assert head_number() == len(numbers)
    assert head_revision() == (f"{len(numbers):04d}" if numbers else None)
