"""What every test shares: no real window, Hypothesis without a stopwatch, the drill's table."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings

from tests.drill.tally import table

# Before anything imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Thousands of small encrypted files are made and synced: memory answers at once where a disk waits.
_MEMORY = Path("/dev/shm")
_ROOM = 4 << 30
if "TMPDIR" not in os.environ and _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM:
    tempfile.tempdir = os.environ["PYTEST_DEBUG_TEMPROOT"] = os.environ["TMPDIR"] = str(_MEMORY)

# These machines are shared: slowness is no finding, wrong results are.
settings.register_profile(
    "shared",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("shared")


def pytest_terminal_summary(terminalreporter):
    """Only where somebody asked for many rounds: the suite's few say nothing."""
    lines = table() if "KHOASO_DRILL_ROUNDS" in os.environ else []
    if lines:
        terminalreporter.section("fault drill")
        for line in lines:
            terminalreporter.write_line(line)
