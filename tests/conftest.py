"""What every test shares: no real window, Hypothesis without a stopwatch, the drill's table."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

from tests.drill.tally import table

# Before anything imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

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
