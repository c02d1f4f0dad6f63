"""`demo`: a sample school lives its years through the real services, each to its sealed drive."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from app.clock import VIETNAM, SetClock
from app.commands.demo_year import LivedYear, Timer, changed_books, live_year
from app.commands.invented import Inventor
from app.commands.sample_levels import sample_year
from app.commands.sample_plan import PLANS
from app.commands.sample_school import PASSWORD
from app.commands.sample_years import next_year
from app.errors import RuleRefused
from app.workspace import Toolbox, open_workspace

T = TypeVar("T")
FIRST_YEAR = 2025
"""The school year that `demo` lives through; of several years the last, as far as that goes."""
EARLIEST_YEAR = 2020
"""The first school year whose subjects are known for every grade of secondary school."""
MOST_YEARS = 12
MOST_CLASSES, MOST_PUPILS = 60, 60


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """What `demo` was asked for."""

    out: Path
    level: str = "thcs"
    classes: int = 8
    pupils: int = 40
    years: int = 1
    seed: int = 1


def run_demo(tools: Toolbox, options: DemoOptions, say: Callable[[str], None]) -> int:
    """Build, print, correct, seal, verify; the last line of output is a JSON summary. 0 when the
    sealed medium was found intact. Raises AppError.
    """
    _check(options)
    out = options.out
    out.mkdir(parents=True, exist_ok=True)
    timer = Timer(say)
    first_year = max(EARLIEST_YEAR, FIRST_YEAR - options.years + 1)
    clock = SetClock(datetime(first_year, 8, 15, 8, 0, tzinfo=VIETNAM))
    path = out / "school.khoaso"
    invent = Inventor(options.seed)
    principal = invent.person()
    plan = PLANS[options.level]
    say(f"Dựng trường mẫu trong {out}")
    founded = timer.stage(
        "create",
        "Tạo tệp mã hóa",
        lambda: tools.files(clock).create(path, plan.school, principal, PASSWORD),
    )
    file = founded.file
    try:
        work = open_workspace(tools, file, founded.signed_in, clock, demo=True)
        sample = sample_year(plan)(work, clock, invent, out, first_year, plan)
        timer.stage("people", "Lập tài khoản", lambda: sample.appoint(options.classes))
        # Accounts changed what the session knows of the principal.
        sample.work = work = open_workspace(tools, file, file.refreshed(), clock, demo=True)
        timer.stage(
            "year", "Lập năm học, lớp, phân công", lambda: sample.open_year(options.classes)
        )
        sample.work = work = open_workspace(tools, file, file.refreshed(), clock, demo=True)
        timer.stage("rosters", "Nhập danh sách từ Excel", lambda: sample.enrol(options.pupils))
        years: list[LivedYear] = []
        for number in range(1, options.years + 1):
            if years:
                sample = timer.stage(
                    "roll_over",
                    "Chuyển năm học, nhận lớp đầu cấp",
                    partial(next_year, sample, options.pupils),
                )
            say(f"Năm học {sample.name}")
            years.append(live_year(sample, timer, _drive(options, number), options.years - number))
        checked = timer.stage(
            "verify",
            "Kiểm tra ổ",
            lambda: [tools.check_bag(year.sealed.report.path) for year in years],
        )
        changed = timer.stage("reprint", "So sổ đã in với dữ liệu", lambda: changed_books(work))
        chain = timer.stage(
            "trail", "Kiểm tra nhật ký", lambda: work.trail.check(work.session.actor)
        )
    finally:
        file.close()
    last = years[-1]
    summary = {
        "school": plan.school.name,
        "counts": {
            "people": len(sample.people) + 1,
            "classes": len(sample.classes),
            "pupils": last.pupils,
            "marks": sample.marks_entered,
            "trail_entries": chain.entries,
            "checkpoints": chain.checkpoints,
            "books": sum(year.books for year in years),
            "papers": sum(year.papers for year in years),
            "corrections": len(years),
        },
        "years": [
            {
                "name": year.name,
                "classes": year.classes,
                "pupils": year.pupils,
                "outcomes": year.outcomes,
                "books": year.books,
                "bag": str(year.sealed.report.path),
                "verify": check.verdict.value,
            }
            for year, check in zip(years, checked, strict=True)
        ],
        "books_changed": changed,
        "seconds": timer.seconds,
        "paths": {
            "database": str(path),
            "books": str(out / "books"),
            "bag": str(last.sealed.report.path),
        },
        "digest": last.sealed.report.tagmanifest_sha512,
        "fingerprint": last.sealed.report.fingerprint,
        "trail_head": chain.head.hex(),
        "trail_problem": chain.problem,
        "correction": last.case,
        "verify": checked[-1].verdict.value,
        "passwords": {"mọi tài khoản": PASSWORD, "hiệu trưởng": principal},
    }
    (out / "summary.json").write_text(
        json.dumps(summary, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    say(f"Mật khẩu của mọi tài khoản mẫu: {PASSWORD} (hiệu trưởng: {principal})")
    for line in checked[-1].lines:
        say(line)
    say(json.dumps(summary, ensure_ascii=False))
    wrong = [check.exit_code for check in checked if check.exit_code]
    return next(iter(wrong), 1 if chain.problem or changed else 0)


def _drive(options: DemoOptions, number: int) -> Path:
    """The last year's medium is `drive`, which holds one bag; earlier ones lie beside it."""
    return options.out / ("drive" if number == options.years else f"drive-{number:02d}")


def _check(options: DemoOptions) -> None:
    if options.level not in PLANS:
        raise RuleRefused(
            "not_in_this_version",
            f"Không có loại trường mẫu “{options.level}”; hãy dùng --level {', '.join(PLANS)}.",
        )
    if not 1 <= options.years <= MOST_YEARS:
        raise RuleRefused(
            "out_of_range",
            f"Số năm học phải từ 1 đến {MOST_YEARS}; hãy gọi lại với --years khác.",
        )
    if not (1 <= options.classes <= MOST_CLASSES and 2 <= options.pupils <= MOST_PUPILS):
        raise RuleRefused(
            "out_of_range",
            f"Số lớp phải từ 1 đến {MOST_CLASSES}, số học sinh mỗi lớp từ 2 đến {MOST_PUPILS}; hãy "
            "gọi lại với số khác.",
        )
    taken = [name for name in ("school.khoaso", "drive") if (options.out / name).exists()]
    if taken:
        raise RuleRefused(
            "out_not_empty",
            f"Thư mục {options.out} đã có {taken[0]} nên không ghi đè; hãy chọn thư mục khác hoặc "
            "xóa thư mục này trước.",
        )
    shutil.rmtree(options.out / "books", ignore_errors=True)
