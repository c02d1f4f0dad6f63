"""`demo`: a sample school lives one year through the real services and ends on a sealed drive."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from app.clock import VIETNAM, SetClock
from app.commands.invented import Inventor
from app.commands.sample_levels import sample_year
from app.commands.sample_plan import PLANS
from app.commands.sample_school import PASSWORD, SampleYear
from app.commands.sample_year_end import approve_lists, live_summer
from app.domain.ids import ClassId
from app.errors import RuleRefused
from app.services.sealing import Sealed
from app.workspace import Toolbox, open_workspace

T = TypeVar("T")
FIRST_YEAR = 2025
"""The school year that `demo` lives through."""
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


@dataclass
class _Timer:
    say: Callable[[str], None]
    seconds: dict[str, float] = field(default_factory=dict)

    def stage(self, name: str, words: str, work: Callable[[], T]) -> T:
        """Run a stage, say it, remember how long it took."""
        began = perf_counter()
        result = work()
        self.seconds[name] = round(perf_counter() - began, 2)
        self.say(f"  {words}: {self.seconds[name]:.1f} giây")
        return result


def run_demo(tools: Toolbox, options: DemoOptions, say: Callable[[str], None]) -> int:
    """Build, print, correct, seal, verify; the last line of output is a JSON summary. 0 when the
    sealed medium was found intact. Raises AppError.
    """
    _check(options)
    out = options.out
    out.mkdir(parents=True, exist_ok=True)
    timer = _Timer(say)
    clock = SetClock(datetime(FIRST_YEAR, 8, 15, 8, 0, tzinfo=VIETNAM))
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
        sample = sample_year(plan)(work, clock, invent, out, FIRST_YEAR, plan)
        timer.stage("people", "Lập tài khoản", lambda: sample.appoint(options.classes))
        # Accounts changed what the session knows of the principal.
        sample.work = work = open_workspace(tools, file, file.refreshed(), clock, demo=True)
        timer.stage(
            "year", "Lập năm học, lớp, phân công", lambda: sample.open_year(options.classes)
        )
        sample.work = work = open_workspace(tools, file, file.refreshed(), clock, demo=True)
        pupils = timer.stage(
            "rosters", "Nhập danh sách từ Excel", lambda: sample.enrol(options.pupils)
        )
        sample.open_windows()
        for name, words, live in sample.stages():
            timer.stage(name, words, live)
        timer.stage("lists", "Duyệt danh sách cuối năm", lambda: approve_lists(sample))
        books = timer.stage("books", "In sổ", lambda: _print_books(sample))
        summer = timer.stage("summer", "Kì nghỉ hè", lambda: live_summer(sample))
        books += timer.stage(
            "summer_books", "In sổ sau hè", lambda: _print_after_summer(sample, summer)
        )
        sealed = timer.stage("seal", "Niêm phong ra ổ", lambda: _seal(sample, out))
        checked = timer.stage("verify", "Kiểm tra ổ", lambda: tools.check_bag(sealed.report.path))
        chain = timer.stage(
            "trail", "Kiểm tra nhật ký", lambda: work.trail.check(work.session.actor)
        )
    finally:
        file.close()
    summary = {
        "school": plan.school.name,
        "counts": {
            "people": len(sample.people) + 1,
            "classes": len(sample.classes),
            "pupils": pupils,
            "marks": sample.marks_entered,
            "trail_entries": chain.entries,
            "checkpoints": chain.checkpoints,
            "books": books,
            "corrections": 1,
        },
        "seconds": timer.seconds,
        "paths": {
            "database": str(path),
            "books": str(out / "books"),
            "bag": str(sealed.report.path),
        },
        "digest": sealed.report.tagmanifest_sha512,
        "fingerprint": sealed.report.fingerprint,
        "trail_head": chain.head.hex(),
        "trail_problem": chain.problem,
        "correction": sample.case,
        "verify": checked.verdict.value,
        "passwords": {"mọi tài khoản": PASSWORD, "hiệu trưởng": principal},
    }
    (out / "summary.json").write_text(
        json.dumps(summary, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    say(f"Mật khẩu của mọi tài khoản mẫu: {PASSWORD} (hiệu trưởng: {principal})")
    for line in checked.lines:
        say(line)
    say(json.dumps(summary, ensure_ascii=False))
    return checked.exit_code or (1 if chain.problem else 0)


def _check(options: DemoOptions) -> None:
    if options.level not in PLANS or options.years != 1:
        raise RuleRefused(
            "not_in_this_version",
            "Bản này mới dựng được trường một năm học; hãy dùng --level "
            f"{', '.join(PLANS)} và --years 1.",
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


def _print_books(sample: SampleYear) -> int:
    sample.at(sample.on(5, 30))
    return sample.print_books()


def _print_after_summer(sample: SampleYear, classes: Collection[ClassId]) -> int:
    """The year book again where the summer changed it; the run of May stays as it was."""
    sample.at(sample.on(8, 3))
    return sum(sample.reprint(klass) for klass in sample.classes if klass.id in classes)


def _seal(sample: SampleYear, out: Path) -> Sealed:
    sample.at(date(FIRST_YEAR + 1, 8, 10))
    drive = out / "drive"
    drive.mkdir()
    done = sample.work.sealing.seal(
        sample.work.session.signer,
        sample.year_id,
        drive,
        "Phó hiệu trưởng; đại diện tổ văn phòng; đại diện giáo viên",
        "Văn thư, tủ hồ sơ số 2",
    )
    assert isinstance(done.payload, Sealed)  # noqa: S101 - what the service promises
    return done.payload
