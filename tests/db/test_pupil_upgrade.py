"""A file from before 0005 keeps its pupils and learns what its enrolments knew of movements."""

import shutil

from db.engine import Database, create_database
from db.migrate import VERSIONS, upgrade

KEY = bytes(range(32))


def test_enrolments_become_movements(tmp_path):
    old = tmp_path / "versions"
    old.mkdir()
    for path in VERSIONS.glob("000[1-4]_*.py"):
        shutil.copyfile(path, old / path.name)
    path = tmp_path / "old.khoaso"
    create_database(path, KEY)
    database = Database(path, KEY)
    upgrade(database, before_upgrade=lambda: None, versions=old)
    with database.writer.begin() as connection:
        run = connection.exec_driver_sql
        run("INSERT INTO school_year VALUES (1,'2026-2027','2026-09-05','2027-01-12','2027-05-31')")
        run(
            "INSERT INTO class (id, school_year_id, grade, name, regulation) "
            "VALUES (1,1,6,'6A','x')"
        )
        for number in range(1, 5):
            run(
                "INSERT INTO pupil "
                "VALUES (?,'','','A','a','a',NULL,'','','','','','','','','','','')",
                (number,),
            )
        run(
            "INSERT INTO enrolment VALUES "
            "(1,1,1,'2026-09-05',NULL,''),"
            "(1,2,2,'2026-10-01',NULL,''),"
            "(1,3,3,'2026-09-05','2026-11-02','Chuyển sang lớp 6B: nguyện vọng'),"
            "(1,4,4,'2026-09-05','2026-11-03','Theo gia đình')"
        )
    upgrade(database, before_upgrade=lambda: None)
    with database.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT pupil_id, kind, on_day, entered_by FROM pupil_movement ORDER BY pupil_id"
        ).fetchall()
        profile = connection.exec_driver_sql(
            "SELECT guardian, inclusion, personal_id_verified_on FROM pupil WHERE id = 1"
        ).fetchone()
    database.close()
    assert [tuple(row) for row in rows] == [
        (2, "joined", "2026-10-01", None),
        (3, "moved_out", "2026-11-02", None),
        (4, "left", "2026-11-03", None),
    ]
    assert tuple(profile) == ("", "", None)
