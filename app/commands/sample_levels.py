"""Which year a sample school lives: that of its level."""

from __future__ import annotations

from app.commands.sample_plan import TH, SamplePlan
from app.commands.sample_primary import PrimarySampleYear
from app.commands.sample_school import SampleYear


def sample_year(plan: SamplePlan) -> type[SampleYear]:
    """The year of a plan's level."""
    return PrimarySampleYear if plan is TH else SampleYear
