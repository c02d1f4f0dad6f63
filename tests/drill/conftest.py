"""A school with work in it, closed: what most faults of the drill happen to."""

from __future__ import annotations

import os
import random
import shutil

import pytest

from tests.drill.school_states import Worked, worked_school


@pytest.fixture(scope="module")
def worked(tmp_path_factory) -> Worked:
    return worked_school(tmp_path_factory.mktemp("drill"))


@pytest.fixture
def chance() -> random.Random:
    return random.Random(int(os.environ.get("KHOASO_DRILL_SEED", "20261123")))


@pytest.fixture
def place(worked, tmp_path):
    """A fresh copy of the closed school's files: call it for each fault."""
    made = 0

    def copy():
        nonlocal made
        made += 1
        folder = tmp_path / str(made)
        folder.mkdir()
        for part in worked.folder.iterdir():
            if part.is_file():
                shutil.copyfile(part, folder / part.name)
        return folder / worked.path.name

    yield copy
    shutil.rmtree(tmp_path, ignore_errors=True)
