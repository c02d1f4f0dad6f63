"""`make mutate` itself: it finds the numbers of the rules, and a sample of them is noticed."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.mutate import ALIKE, ROOT, all_changes

NAMES = [change.name for change in all_changes()]


@pytest.mark.parametrize(
    ("file", "numbers"),
    [
        ("tt22_learning.py", (65, 80, 50, 35, 6, 2)),
        ("tt22_year_end.py", (45, 50, 90)),
        ("tt22_marks.py", (2,)),
        ("tt58_learning.py", (80, 65, 50, 35, 20)),
        ("tt58_year_end.py", (45, 50)),
        ("averages.py", (35, 70, 2, 3, 4)),
        ("primary_bars.py", (90, 70, 50)),
        ("primary_warnings.py", (90, 60, 50)),
        ("thpt_choices.py", (4, 3)),
        ("registry.py", (2016, 2020, 2021, 2022, 2023, 2024)),
        ("curriculum_2018_thcs.py", (140, 105, 70, 52, 35)),
    ],
)
def test_it_moves_every_threshold(file: str, numbers: tuple[int, ...]):
    moved = {int(n) for name in NAMES for n in re.findall(rf"^{file}: (\d+) -> ", name)}
    assert set(numbers) <= moved


def test_names_are_unique_and_excuses_name_changes_that_exist():
    assert len(set(NAMES)) == len(NAMES)
    assert set(ALIKE) <= set(NAMES)


def test_a_sample_is_noticed():
    """Ten seconds of the hour that the whole takes; it also sees to it that the tool still runs."""
    tried = subprocess.run(
        [sys.executable, "-m", "tests.mutate", "averages", "rounding", "--every", "15"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert tried.returncode == 0, tried.stdout + tried.stderr
    assert "3 changes, 0 missed" in tried.stdout
