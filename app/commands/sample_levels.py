"""Which year a sample school lives: that of its levels."""

from __future__ import annotations

from app.commands.sample_mixed import MixedSampleYear
from app.commands.sample_plan import SamplePlan
from app.commands.sample_primary import PrimarySampleYear
from app.commands.sample_school import SampleYear
from app.domain.school_levels import Level


def sample_year(plan: SamplePlan) -> type[SampleYear]:
    """The year of a plan's levels."""
    if plan.levels == (Level.PRIMARY,):
        return PrimarySampleYear
    return MixedSampleYear if Level.PRIMARY in plan.levels else SampleYear
