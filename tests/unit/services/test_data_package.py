"""The sealed tables read by strangers: as the package describes them, and by one line of DuckDB."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from app.domain.marks import CellState, mark_text
from app.domain.rule_catalogue import BY_KEY, CATALOGUE
from app.services.class_results import load_class
from app.services.correction_scans import CorrectionScans
from tests.support.rules import settle
from tests.unit.services.test_sealing import print_year, ready_to_print, seal

SCAN = b"%PDF-1.4 bai kiem tra %%EOF"


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory):
    """Two sealed copies on two drives, and the book they come from."""
    folder = tmp_path_factory.mktemp("nam")
    kept = ready_to_print(folder)
    settle(kept.school, {"due.regular_days": "10", "print.papers": "class_book"})
    case = kept.registered("tin_hoc", {(1, "HK1.gk"): "0"})
    scans = CorrectionScans(kept.school.uow, kept.school.clock)
    scans.add(kept.school.actor("tin_hoc"), case.id, "Bài kiểm tra", SCAN)
    kept.cases.check(kept.school.actor("ngu_van"), case.id, "khớp")
    kept.cases.approve(kept.school.signer("principal"), case.id, ["A", "B"])
    kept.cases.apply(kept.school.actor("tin_hoc"), case.id)
    print_year(kept)
    (folder / "drive-2").mkdir()
    return kept, [seal(kept, folder / name).report.path for name in ("drive", "drive-2")]


def test_the_evidence_of_a_case_lies_beside_it(sealed) -> None:
    _, (bag, _) = sealed
    (scan,) = (bag / "data/sua-diem").glob("*minh-chung*")
    assert scan.name == "ho-so-02_minh-chung-1.pdf"
    assert scan.read_bytes() == SCAN


def rows_of(path: Path) -> list[dict[str, str]]:
    text = path.read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def read(value: str, kind: str) -> object:
    """The value as its Frictionless type wants it; ValueError when it is not of it."""
    match kind:
        case "integer":
            return int(value)
        case "number":
            if not re.fullmatch(r"\d+(,\d+)?", value):
                raise ValueError(value)
            return float(value.replace(",", "."))
        case "date":
            return date.fromisoformat(value)
        case "datetime":
            return datetime.fromisoformat(value)
    return value


def test_every_table_is_there_and_as_its_schema_says(sealed) -> None:
    _, (bag, _) = sealed
    data = bag / "data"
    package = json.loads((data / "datapackage.json").read_text("utf-8"))
    assert re.fullmatch(r"[a-z0-9._-]+", package["name"])
    names = [resource["name"] for resource in package["resources"]]
    assert len(names) == len(set(names))
    assert {"lop-6a-diem", "lop-6a-ket-qua", "lop-6a-ket-qua-mon", "ky-duyet"} <= set(names)
    for resource in package["resources"]:
        content = (data / resource["path"]).read_bytes()
        assert len(content) == resource["bytes"]
        assert f"sha256:{hashlib.sha256(content).hexdigest()}" == resource["hash"]
        schema = json.loads((data / resource["schema"]).read_text("utf-8"))
        header = content.decode("utf-8-sig").splitlines()[0].split(";")
        assert header == [field["name"] for field in schema["fields"]]
        rows = rows_of(data / resource["path"])
        for row in rows:
            for field in schema["fields"]:
                if row[field["name"]] != "":
                    read(row[field["name"]], field["type"])
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
        assert not schema["primaryKey"] or len(keys) == len(set(keys)) > 0


def test_one_line_reads_the_marks_of_many_drives(sealed) -> None:
    kept, bags = sealed
    school = kept.school
    with school.uow.read() as uow:
        loaded = load_class(uow, school.class_id)
    columns = {a.id: a for a in loaded.assessments}
    subjects = {s.id: s.name for s in loaded.subjects}
    cells = {
        (pupil, columns[column]): stored.cell
        for (column, pupil), stored in loaded.cells.items()
        if stored.cell.state is not CellState.EMPTY
    }
    readme = (bags[0] / "DOC-TRUOC.txt").read_text("utf-8-sig")
    line = readme[readme.index("SELECT truong") : readme.index("GROUP BY ALL;") + 13]
    pattern = f"{bags[0].parent.parent.as_posix()}/drive*/*/data/lop-*/du-lieu/diem.csv"
    assert "'E:/*/data/lop-*/du-lieu/diem.csv'" in line
    with duckdb.connect() as engine:
        told = engine.sql(line.replace("E:/*/data/lop-*/du-lieu/diem.csv", pattern)).fetchall()
        wanted = "hoc_sinh, mon, ky, cot, diem, muc, trang_thai"
        everything = engine.sql(
            line[line.index("FROM") : line.index("GROUP")]
            .replace("E:/*/data/lop-*/du-lieu/diem.csv", pattern)
            .replace("FROM", f"SELECT {wanted} FROM", 1)
        ).fetchall()
    assert {(row[1], row[2]) for row in told} == {("2026-2027", "6A")}
    assert {row[3] for row in told} == set(subjects.values())
    places = {
        (pupil, subjects[at.subject_id], at.term.value, at.code): cell
        for (pupil, at), cell in cells.items()
    }
    assert sorted(row[:4] for row in everything) == sorted([*places, *places])
    for *place, mark, level, _ in everything:
        value = places[tuple(place)].counted()
        if mark is not None:
            assert f"{mark:.1f}".replace(".", ",") == mark_text(value)
        else:
            assert level == {None: None, 1: "Đ", 0: "CĐ"}[value]
    assert any(row[4] is not None for row in everything)
    assert any(row[5] is not None for row in everything)


def test_the_tables_hold_no_personal_papers(sealed) -> None:
    kept, (bag, _) = sealed
    with kept.school.uow.read() as uow:
        profiles = [entry.profile for entry in uow.roster.entries(kept.school.class_id)]
    secret = {p.personal_id for p in profiles} | {p.phone for p in profiles}
    everything = "".join(
        path.read_text("utf-8-sig") for path in (bag / "data").rglob("*.csv") if path.is_file()
    )
    assert [text for text in secret if text and text in everything] == []
    assert all(profile.full_name in everything for profile in profiles)
    assert not re.search("dan_toc|khuyet|dinh_danh|dien_thoai|phone", everything)


def test_who_closed_and_under_which_circular(sealed) -> None:
    _, (bag, _) = sealed
    acts = rows_of(bag / "data/ky-duyet.csv")
    closes = [row for row in acts if row["viec"] == "chốt"]
    assert {row["ky"] for row in closes} == {"HK1", "HK2"}
    assert all(row["nguoi"] and len(row["ma_du_lieu"]) >= 8 for row in closes)
    (rule,) = rows_of(bag / "data/quy-dinh.csv")
    assert (rule["lop"], rule["quy_dinh"]) == ("6A", "TT22/2021")
    assert rule["so_hieu"].startswith("22/2021")


def test_every_rule_in_force_lies_on_the_medium_with_its_decision(sealed) -> None:
    kept, (bag, _) = sealed
    rows = rows_of(bag / "data/quy-dinh-truong.csv")
    with kept.school.uow.read() as uow:
        (version,) = uow.rules.versions(kept.school.year_id)
    assert [row["ma"] for row in rows] == [spec.key for spec in CATALOGUE]
    assert {row["gia_tri"] for row in rows if row["ma"] == "due.regular_days"} == {"10"}
    for row in rows:
        assert row["quyet_dinh"] == version.decision_no == "41/QĐ-THCS"
        assert date.fromisoformat(row["tu_ngay"]) == version.starts_on
        assert row["noi_dung"] == version.rules.words(BY_KEY[row["ma"]])
        assert row["ai_giu"] in ("máy", "máy nhắc", "trường")


def test_the_circulars_say_how_they_are_read_and_that_they_still_compute(sealed) -> None:
    _, (bag, _) = sealed
    (row,) = rows_of(bag / "data/thong-tu.csv")
    assert (row["quy_dinh"], row["so_lop"]) == ("TT22/2021", "1")
    assert row["so_ca_dung"] == row["so_ca_mau"]
    assert int(row["so_ca_mau"]) > 20
    assert json.loads(row["cach_hieu"])["raise_reading"] == "removal"
    assert re.fullmatch("[0-9a-f]{64}", row["ma_ca_mau"])


def test_the_package_describes_both(sealed) -> None:
    _, (bag, _) = sealed
    package = json.loads((bag / "data/datapackage.json").read_text("utf-8"))
    schemas = {one["name"]: one["schema"] for one in package["resources"]}
    for name in ("quy-dinh-truong", "thong-tu"):
        schema = json.loads((bag / "data" / schemas[name]).read_text("utf-8"))
        assert all(field["title"] for field in schema["fields"])
