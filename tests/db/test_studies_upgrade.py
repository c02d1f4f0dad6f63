"""A file from before class_subject keeps its order of subjects, and its classes study them all."""

import shutil

from db.engine import Database, create_database
from db.migrate import VERSIONS, upgrade

KEY = bytes(range(32))


def test_classes_study_what_their_grade_studied(tmp_path):
    old = tmp_path / "versions"
    old.mkdir()
    number = next(VERSIONS.glob("*_class_subjects.py")).name[:4]
    for path in VERSIONS.glob("0*.py"):
        if path.name[:4] < number:
            shutil.copyfile(path, old / path.name)
    path = tmp_path / "old.khoaso"
    create_database(path, KEY)
    database = Database(path, KEY)
    upgrade(database, before_upgrade=lambda: None, versions=old)
    with database.writer.begin() as connection:
        run = connection.exec_driver_sql
        run("INSERT INTO school_year VALUES (1,'2025-2026','2025-09-05','2026-01-12','2026-05-31')")
        run(
            "INSERT INTO class (id, school_year_id, grade, name, regulation) "
            "VALUES (1,1,6,'6A','TT22/2021'), (2,1,7,'7A','TT22/2021')"
        )
        run(
            "INSERT INTO subject (id, school_year_id, code, name, short_name, kind, position, "
            "optional) VALUES (1,1,'toan','Toán','Toán','marks',2,0), "
            "(2,1,'ngoai_ngu_2','Ngoại ngữ 2','NN2','marks',14,1)"
        )
        run(
            "INSERT INTO subject_plan (subject_id, grade, periods, tx_count, tx_reason, terms) "
            "VALUES (1,6,140,4,'','HK1,HK2'), (1,7,140,4,'','HK1,HK2'), "
            "(2,7,105,4,'','HK1,HK2')"
        )
    upgrade(database, before_upgrade=lambda: None)
    with database.engine.connect() as connection:
        studied = connection.exec_driver_sql(
            "SELECT class_id, subject_id, topics, specialised FROM class_subject ORDER BY 1, 2"
        ).fetchall()
        plans = connection.exec_driver_sql(
            "SELECT subject_id, grade, position, optional, elective FROM subject_plan ORDER BY 1, 2"
        ).fetchall()
    database.close()
    assert [tuple(row) for row in studied] == [(1, 1, "", 0), (2, 1, "", 0), (2, 2, "", 0)]
    assert [tuple(row) for row in plans] == [(1, 6, 2, 0, 0), (1, 7, 2, 0, 0), (2, 7, 14, 1, 0)]
