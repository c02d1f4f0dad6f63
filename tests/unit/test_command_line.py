"""`python -m app`: arguments, exit codes, and one Vietnamese sentence for whatever is wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.__main__ import main

ROOT = Path(__file__).resolve().parents[2]


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Run a call that must end with 2; what it said on the error stream."""
    try:
        code = main(list(words))
    except SystemExit as leaving:
        code = leaving.code
    assert code == 2
    said = capsys.readouterr().err
    assert said.endswith("\n")
    assert "Traceback" not in said
    return said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["mở"], "không có lệnh “mở”"),
        (["demo"], "thiếu --out"),
        (["demo", "--out"], "sau --out thiếu giá trị"),
        (["demo", "--out", "x", "--classes", "hai"], "sau --classes phải là số nguyên, không phải"),
        (["demo", "--out", "x", "--level", "mn"], "--level không có lựa chọn “mn”"),
        (["verify", "a", "--sửa"], "không có tham số --sửa"),
        (["verify"], "thiếu path"),
        (["--file"], "sau --file thiếu giá trị"),
    ],
)
def test_a_wrong_call_is_told_in_vietnamese(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    sentence = refused(capsys, *words)
    assert said in sentence
    assert "--help" in sentence
    assert "usage" not in sentence


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["--help"])
    assert leaving.value.code == 0
    shown = capsys.readouterr().out
    for command in ("demo", "sample", "assess", "verify", "self-test", "bench", "--file"):
        assert command in shown


# --- demo


@pytest.mark.parametrize("years", ["0", "13"])
def test_demo_says_how_many_years_it_can_make(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, years: str
) -> None:
    out = tmp_path / "mẫu"
    sentence = refused(capsys, "demo", "--out", str(out), "--years", years)
    assert "Số năm học phải từ 1 đến 12" in sentence
    assert not out.exists()


@pytest.mark.parametrize(
    "more",
    [["--classes", "0"], ["--classes", "61"], ["--classes", "-1"], ["--pupils", "1"],
     ["--pupils", "61"]],
)  # fmt: skip
def test_demo_refuses_sizes_before_it_writes_anything(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, more: list[str]
) -> None:
    out = tmp_path / "mẫu"
    assert "từ 1 đến 60" in refused(capsys, "demo", "--out", str(out), *more)
    assert not out.exists()


@pytest.mark.parametrize("left", ["school.khoaso", "drive"])
def test_demo_never_writes_over_a_school(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, left: str
) -> None:
    (tmp_path / left).write_text("đã có", encoding="utf-8")
    sentence = refused(capsys, "demo", "--out", str(tmp_path), "--classes", "1")
    assert left in sentence
    assert (tmp_path / left).read_text(encoding="utf-8") == "đã có"
    assert [entry.name for entry in tmp_path.iterdir()] == [left]


def test_demo_into_a_file_is_no_crash(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    there = tmp_path / "ghi chú.txt"
    there.write_text("giữ lại", encoding="utf-8")
    assert there.name in refused(capsys, "demo", "--out", str(there))
    assert there.read_text(encoding="utf-8") == "giữ lại"


def test_sample_never_writes_over_a_school(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "school.khoaso").write_bytes(b"")
    assert "trường mẫu" in refused(capsys, "sample", "--out", str(tmp_path))


# --- verify and assess


@pytest.mark.parametrize("what", ["nothing", "folder", "file"])
def test_verify_with_nothing_to_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, what: str
) -> None:
    place = tmp_path / "ổ rời"
    if what == "folder":
        place.mkdir()
        (place / "ảnh.jpg").write_bytes(b"x")
    elif what == "file":
        place.write_bytes(b"x")
    assert main(["verify", str(place)]) == 2
    assert "ổ rời" in capsys.readouterr().out


def test_verify_with_a_fingerprint_that_is_none(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["verify", str(tmp_path), "--fingerprint", "8595"]) == 2
    assert "64 chữ số hệ 16" in capsys.readouterr().err


@pytest.mark.parametrize("content", [None, "", "{", "[]"])
def test_assess_without_a_usable_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "ca.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert main(["assess", str(path)]) == 2
    captured = capsys.readouterr()
    assert (captured.out + captured.err).strip()


def test_verify_starts_without_database_window_or_pdf() -> None:
    """An inspector's PC is slow: nothing is imported that verifying does not need."""
    script = (
        "import sys; from app.__main__ import main; code = main(['verify', '/không/có']);"
        "heavy = {'sqlalchemy', 'sqlcipher3', 'PySide6', 'reportlab', 'openpyxl', 'cryptography'};"
        "print(sorted(heavy & set(sys.modules))); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script], cwd=ROOT, capture_output=True,
        encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout.endswith("[]\n"), done.stdout


def test_signing_is_loaded_when_somebody_signs() -> None:
    script = (
        "import sys; from app.__main__ import _toolbox; _toolbox();"
        "print(sorted({'pyhanko', 'asn1crypto', 'aiohttp'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout == "[]\n"


def test_words_survive_a_console_with_an_old_code_page() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "verify", "/không/có"], cwd=ROOT, capture_output=True,
        encoding="utf-8", check=False, env={"PYTHONIOENCODING": "cp1258", "PATH": ""},
    )  # fmt: skip
    assert done.returncode == 2
    assert "không tìm thấy" in done.stdout


def test_the_window_imports_nothing_heavy_before_it_is_shown() -> None:
    """The start is judged by what it imports: a ratio of times belongs to `bench`."""
    script = (
        "import sys, ui.shell, db.keys.peek;"
        "heavy = {'sqlalchemy', 'sqlcipher3', 'reportlab', 'openpyxl', 'cryptography',"
        " 'pyhanko', 'app.workspace', 'app.vault', 'ui.frame.frame', 'ui.dialogs.form_dialog',"
        " 'PySide6.QtPdf', 'PySide6.QtPrintSupport', 'concurrent.futures.thread'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout == "[]\n"
