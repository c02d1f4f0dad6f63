"""kill -9 while a bag is written: afterwards no bag, or a whole one."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from exports.seal.verifier import UNFINISHED, looks_like_bag, verify_path
from tests.db.drill_kit import ROUNDS
from tests.drill.tally import Fate, count
from tests.exports.seal.making import BAG, seal

ROOT = Path(__file__).parents[3]
WRITER = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from app.media import SealFile
from tests.exports.seal.making import request, seal
payload = tuple(SealFile(f"lop/{{n:03}}.bin", bytes([n]) * 20_000) for n in range(60))
wanted = request(payload)
print("start", flush=True)
seal(Path({folder!r}), wanted)
print("done", flush=True)
"""


def start(folder: Path) -> subprocess.Popen[bytes]:
    script = WRITER.format(root=str(ROOT), folder=str(folder))
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"start\n"
    return process


@pytest.mark.drill
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a Unix word")
def test_killed_at_any_moment_there_is_no_half_bag_under_the_final_name(tmp_path: Path) -> None:
    whole = tmp_path / "ca"
    whole.mkdir()
    began = time.perf_counter()
    process = start(whole)
    process.communicate()
    longest = time.perf_counter() - began
    chance = random.Random(20260531)
    for turn in range(ROUNDS):
        folder = tmp_path / f"E{turn}"
        folder.mkdir()
        process = start(folder)
        try:
            process.wait(timeout=longest * chance.random())
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.communicate()
        left = sorted(path.name for path in folder.iterdir())
        assert left in ([], [BAG], [BAG + UNFINISHED]), left
        if left == [BAG]:
            assert verify_path(folder).exit_code == 0
            count("kill -9: writing a bag", Fate.INTACT)
            continue
        assert verify_path(folder).exit_code == 2
        if left and looks_like_bag(folder / left[0]):
            assert verify_path(folder / left[0]).exit_code == 1
        seal(folder)
        assert [path.name for path in folder.iterdir()] == [BAG]
        assert verify_path(folder).exit_code == 0
        count("kill -9: writing a bag", Fate.INTACT)
