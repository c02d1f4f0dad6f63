"""`gallery`: every page of the program as pictures, to look through before a release."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from app.clock import Clock
from app.commands.gallery_index import write_index
from app.commands.gallery_plan import MODES, STATES, VIEWS, GallerySchool, Plan, Shot
from app.commands.gallery_schools import make_gallery_school
from app.errors import RuleRefused
from app.workspace import Toolbox

Photograph = Callable[[Plan, Path], list[Shot]]
"""The pictures of a plan; the path is a settings file of its own. Runs in another process."""


@dataclass(frozen=True, slots=True)
class GalleryOptions:
    """What `gallery` was asked for. Empty `pages`: all of them, and the gates before them."""

    out: Path
    pages: tuple[str, ...] = ()
    quick: bool = False
    full: bool = False


def run_gallery(
    tools: Toolbox,
    clock: Clock,
    options: GalleryOptions,
    photograph: Photograph,
    say: Callable[[str], None],
) -> int:
    """Build the schools, photograph them, write the index. Raises AppError.

    A screen has one scale for as long as a process lives, so each scale gets a process.
    """
    states = ("normal",) if options.quick else tuple(STATES)
    modes = ("light",) if options.quick else tuple(MODES)
    views = VIEWS[:1] if options.quick else VIEWS
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="khoaso-gallery-") as name, ExitStack() as stack:
        folder = Path(name)
        schools = []
        for state in states:
            say(f"  {STATES[state]}: đang dựng")
            schools.append(make_gallery_school(tools, clock, folder / state, state))
        say("  Đang chụp")
        running = []
        for scale in sorted({view.scale for view in views}):
            own = folder / str(scale)
            plan = Plan(
                options.out,
                tuple(_copy(school, own / school.state) for school in schools),
                tuple(view for view in views if view.scale == scale),
                modes,
                options.pages,
                options.full,
            )
            pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
            stack.callback(pool.shutdown)
            # The process is started by `submit` and takes the environment of that moment along.
            os.environ |= {
                "QT_QPA_PLATFORM": "offscreen",
                "QT_SCALE_FACTOR": str(scale),
                "QT_LOGGING_RULES": "qt.qpa.*=false",
                "XDG_DATA_HOME": str(own),
                "XDG_CONFIG_HOME": str(own),
            }
            running.append(pool.submit(photograph, plan, own / "khoaso.ini"))
        shots = [shot for each in running for shot in each.result()]
    unknown = set(options.pages) - {shot.page for shot in shots}
    if unknown:
        raise RuleRefused(
            "gallery_page_unknown",
            f"Không có trang {', '.join(sorted(unknown))} để chụp. Hãy ghi mã trang như trong "
            "ui/pages/catalogue.py, ví dụ home, marks, roster.",
        )
    say(f"{len(shots)} ảnh: {write_index(options.out, shots)}")
    return 0


def _copy(school: GallerySchool, folder: Path) -> GallerySchool:
    """The same school in a folder of its own: a file has one window at a time."""
    shutil.copytree(school.path.parent, folder)
    return replace(school, path=folder / school.path.name)
