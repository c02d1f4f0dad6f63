"""`demo` and `self-test` from the command line to the exit code, a tiny school on cheap keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

import app.__main__ as program
from app.clock import VIETNAM, SetClock
from app.commands import sample_plan
from db.school_files import SchoolFilesOnDisk
from tests.support.school import CHEAP


@pytest.fixture(scope="module", autouse=True)
def cheap_keys() -> Iterator[None]:
    """The program's own toolbox; only the derivation of keys is made cheap."""
    real = program._toolbox

    def cheap() -> Any:
        return replace(
            real(), files=lambda clock: SchoolFilesOnDisk(clock, cost=CHEAP, floor=CHEAP)
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(program, "_toolbox", cheap)
        yield


@dataclass
class Demo:
    out: Path
    said: list[str]
    code: int

    @property
    def summary(self) -> Any:
        return json.loads(self.said[-1])

    @property
    def bag(self) -> Path:
        (bag,) = (self.out / "drive").iterdir()
        return bag


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """One class of six pupils lives a whole year."""
    out = tmp_path_factory.mktemp("demo") / "trường mẫu"
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(program, "_say", said.append)
        code = program.main(["demo", "--out", str(out), "--classes", "1", "--pupils", "6"])
    return Demo(out, said, code)


def test_the_last_line_is_the_summary_and_the_files_have_their_names(demo: Demo) -> None:
    assert demo.code == 0
    summary = demo.summary
    assert summary == json.loads((demo.out / "summary.json").read_text(encoding="utf-8"))
    assert summary["verify"] == "intact"
    assert summary["trail_problem"] == ""
    assert summary["counts"]["classes"] == 1
    assert summary["counts"]["pupils"] == 6
    assert summary["counts"]["marks"] > 300
    assert summary["counts"]["corrections"] == 1
    assert Path(summary["paths"]["database"]) == demo.out / "school.khoaso"
    assert Path(summary["paths"]["bag"]) == demo.bag
    books = sorted((demo.out / "books").rglob("*.pdf"))
    printed = summary["counts"]["books"] + summary["counts"]["papers"]
    assert len(books) == printed + 1, "what was counted, and the minutes of the case"
    assert {"phieu-ket-qua.pdf", "so-cua-giao-vien_toan.pdf", "nhat-ki-sua-diem.pdf"} <= {
        book.name for book in books
    }
    assert [book.name for book in books].count("hoc-ba.pdf") == 1
    assert all(book.read_bytes().startswith(b"%PDF-") for book in books)
    assert (demo.out / "school.khoaso").read_bytes()[:15] != b"SQLite format 3"
    assert "Source: demo" in (demo.bag / "bag-info.txt").read_text(encoding="utf-8")
    assert any(summary["passwords"]["mọi tài khoản"] in line for line in demo.said[:-1])


def test_a_primary_school_lives_its_year_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(program, "_say", said.append)
    out = tmp_path / "tiểu học"
    options = ["--level", "th", "--classes", "1", "--pupils", "4"]
    assert program.main(["demo", "--out", str(out), *options]) == 0
    summary = json.loads(said[-1])
    assert (summary["verify"], summary["trail_problem"]) == ("intact", "")
    assert (summary["correction"]["old"], summary["correction"]["new"]) in {
        ("T", "H"), ("H", "T"), ("C", "T"),
    }  # fmt: skip
    books = sorted(path.name for path in (out / "books").rglob("bang-tong-hop_*.pdf"))
    assert {f"bang-tong-hop_{period}.pdf" for period in ("gk1", "ck1", "gk2", "cn")} <= set(books)


def test_verify_finds_it_intact_and_of_this_school(
    demo: Demo, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.main(["verify", str(demo.bag)]) == 0
    shown = capsys.readouterr().out
    assert "NGUYÊN VẸN" in shown
    fingerprint = demo.summary["fingerprint"]
    assert program.main(["verify", str(demo.bag), "--fingerprint", fingerprint]) == 0
    other = ("0" if fingerprint[0] != "0" else "1") + fingerprint[1:]
    assert program.main(["verify", str(demo.bag), "--fingerprint", other]) == 1


def test_one_flipped_byte_is_named(demo: Demo, capsys: pytest.CaptureFixture[str]) -> None:
    victim = max((demo.bag / "data").rglob("*.pdf"), key=lambda path: path.stat().st_size)
    whole = victim.read_bytes()
    mode = victim.stat().st_mode
    victim.chmod(0o644)
    changed = bytearray(whole)
    changed[len(changed) // 2] ^= 1
    try:
        victim.write_bytes(changed)
        assert program.main(["verify", str(demo.bag)]) == 1
        assert victim.name in capsys.readouterr().out
    finally:
        victim.write_bytes(whole)
        victim.chmod(mode)
    assert program.main(["verify", str(demo.bag)]) == 0


def test_the_same_place_is_never_used_twice(demo: Demo, capsys: pytest.CaptureFixture[str]) -> None:
    before = (demo.out / "school.khoaso").read_bytes()
    assert program.main(["demo", "--out", str(demo.out), "--classes", "1", "--pupils", "6"]) == 2
    assert "không ghi đè" in capsys.readouterr().err
    assert (demo.out / "school.khoaso").read_bytes() == before


def test_self_test_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["self-test"]) == 0
    shown = capsys.readouterr().out
    assert shown.endswith("Tự kiểm tra: ĐẠT\n")
    assert shown.count("  đạt: ") == 10


def test_self_test_fails_on_a_wrong_formula(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.commands import self_test
    from app.services.formula_check import EXAMPLES, check_examples

    wrong = replace(EXAMPLES[0], expected={"subjects.Toán.hk1": "8,0"})
    monkeypatch.setattr(self_test, "check_examples", lambda: check_examples([wrong]))
    assert program.main(["self-test"]) == 1
    assert "HỎNG: công thức sai ở TT22/2021 ví dụ 1" in capsys.readouterr().out


def test_self_test_says_which_step_failed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.errors import EnvironmentProblem
    from app.services.backups import Backups

    def no_room(*_: object) -> Any:
        raise EnvironmentProblem("disk_full", "Ổ đĩa đã đầy.")

    monkeypatch.setattr(Backups, "make_now", no_room)
    assert program.main(["self-test"]) == 1
    shown = capsys.readouterr().out
    assert "HỎNG: Ổ đĩa đã đầy." in shown
    assert shown.endswith("KHÔNG ĐẠT\n")


@pytest.mark.parametrize("today", [date(2026, 9, 12), date(2027, 2, 10), date(2027, 7, 15)])
def test_the_sample_school_is_running_today(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    today: date,
) -> None:
    now = datetime(today.year, today.month, today.day, 9, tzinfo=VIETNAM)
    monkeypatch.setattr("app.clock.SystemClock", lambda: SetClock(now))
    assert program.main(["sample", "--out", str(tmp_path), "--classes", "1", "--pupils", "3"]) == 0
    assert (tmp_path / "school.khoaso").exists()
    assert "Mật khẩu của mọi tài khoản" in capsys.readouterr().out


def test_a_school_of_the_last_stage_lives_its_year_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One class of four tổ hợp môn lựa chọn; its book is that of THPT."""
    out = tmp_path / "thpt"
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(program, "_say", said.append)
        patch.setitem(sample_plan.PLANS, "thpt", replace(sample_plan.THPT, grades=(12,)))
        code = program.main(
            ["demo", "--out", str(out), "--level", "thpt", "--classes", "2", "--pupils", "2"]
        )
    summary = json.loads(said[-1])
    assert (code, summary["verify"], summary["trail_problem"]) == (0, "intact", "")
    assert summary["school"] == "Trường THPT Sông Trăng"
    (printed,) = out.glob("books/*/lop-12a2/so-theo-doi_ca-nam.pdf")
    book = PdfReader(printed)
    text = "\n".join(page.extract_text() for page in book.pages)
    assert "CẤP TRUNG HỌC PHỔ THÔNG" in text
    assert "Giáo dục kinh tế và pháp luật" in text
    assert "không học môn này" in text
