"""`bench` runs one cheap row from end to end, tells a crash, and the bases do what they say."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.__main__ import main
from app.readmodels.mark_sheet import SheetId
from tests import bench
from tests.bench_bases import BareBook, copy_and_prove, raw_of, read_sheet
from tests.bench_report import Figure
from tests.bench_school import BenchSchools
from tests.bench_timing import counted_syncs
from tests.support.school import TestSchool, make_school

_ONE_ROW = """
import sys
from pathlib import Path
from tests import bench, bench_entry

bench_entry.SAVES = 4
sys.exit(bench.run_bench(Path(sys.argv[1]), only=("save_mark",), classes=1))
"""


def test_one_row_is_measured_printed_and_written(tmp_path: Path) -> None:
    """In a process of its own: it counts fsyncs by replacing a call of SQLite for everybody."""
    target = tmp_path / "bench.json"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", _ONE_ROW, str(target)],
        cwd=Path(bench.__file__).parents[1],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Lưu một điểm" in done.stdout
    assert "1 commit" in done.stdout
    found = json.loads(target.read_text(encoding="utf-8"))
    (row,) = found["rows"]
    assert row["key"] == "save_mark"
    assert len(row["ours_runs_ms"]) == len(row["base_runs_ms"]) >= 5
    assert row["ratio"] == pytest.approx(row["ours_ms"] / row["base_ms"], rel=0.01)


def test_a_row_that_crashes_is_told_and_the_others_are_measured(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def bad(_: BenchSchools, __: Path) -> list[Figure]:
        raise KeyError("thiếu")

    measured: list[str] = []

    def good(_: BenchSchools, __: Path) -> list[Figure]:
        measured.append("good")
        return []

    monkeypatch.setattr(bench, "rows", lambda: {"bad": bad, "good": good})
    assert bench.run_bench(None) == 1
    assert measured == ["good"]
    assert "HỎNG: bad: KeyError" in capsys.readouterr().out


def test_the_packaged_program_says_that_it_has_no_bench(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tests.bench", None)
    assert main(["bench"]) == 2
    assert "mã nguồn" in capsys.readouterr().err


@pytest.fixture
def school(tmp_path: Path) -> TestSchool:
    made = make_school(tmp_path)
    yield made
    made.close()


def test_the_bare_save_is_one_commit_of_three_kinds_of_rows(school: TestSchool) -> None:
    database = school.session.uow._database
    sheet = SheetId(school.class_id, school.subjects["toan"])
    with school.uow.read() as uow:
        column = uow.marks.assessments(*sheet)[0].id
    before = len(school.trail_kinds())
    book = BareBook(database, sheet)
    book.save([(column, pupil, 85) for pupil in school.pupils])
    book.save([(column, school.pupils[0], 70)])
    book.close()
    with database.engine.connect() as connection:
        rows = read_sheet(raw_of(connection), sheet)
    assert {(row[1], row[3]) for row in rows} == {(pupil, 85) for pupil in school.pupils[1:]} | {
        (school.pupils[0], 70)
    }
    assert school.trail_kinds()[before:] == ["mark.set", "mark.set"]
    with school.uow.read() as uow:
        assert len(uow.trail.cells_of(before + 1)) == len(school.pupils)


def test_syncs_are_those_of_sqlite(tmp_path: Path) -> None:
    with counted_syncs() as syncs:
        if syncs is None:
            pytest.skip("this SQLCipher does not show its VFS")
        school = make_school(tmp_path)
        try:
            before = syncs.count
            with school.uow.read() as uow:
                uow.trail.head()
            assert syncs.count == before
            school.setup.add_class(school.actor("principal"), school.year_id, 7, "7A")
            assert syncs.count > before
        finally:
            school.close()


def test_the_copy_is_proved_by_digests(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes(b"abc")
    found = copy_and_prove({"lop-6a/a.txt": source}, tmp_path / "copy")
    assert (tmp_path / "copy" / "lop-6a" / "a.txt").read_bytes() == b"abc"
    assert found["lop-6a/a.txt"][0].startswith("ba7816bf")
    assert found["lop-6a/a.txt"][1].startswith("ddaf35a1")
