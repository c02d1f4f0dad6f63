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
from app.commands.sample_plan import PLANS
from app.commands.sample_school import PASSWORD, SampleYear
from app.commands.sample_year_end import approve_lists, live_summer
from app.domain.ids import ClassId
from app.domain.marks import CellState
from app.domain.periods import Term
from app.domain.school import SchoolClass
from app.errors import RuleRefused
from app.readmodels.class_book import BookScope
from app.readmodels.mark_sheet import CellKey
from app.services.file_names import ascii_name
from app.services.printing import Printed
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
        sample = SampleYear(work, clock, invent, out, FIRST_YEAR, plan)
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
        timer.stage("term1", "Nhập điểm học kì I", lambda: sample.live_term(Term.HK1))
        timer.stage("close1", "Chốt học kì I", lambda: sample.close_term(Term.HK1))
        sample.one_pupil_leaves()
        case = timer.stage("correction", "Sửa một điểm có hồ sơ", lambda: _correct(sample))
        timer.stage("term2", "Nhập điểm học kì II", lambda: sample.live_term(Term.HK2))
        timer.stage("close2", "Chốt cả năm", lambda: sample.close_term(Term.HK2))
        timer.stage("lists", "Duyệt danh sách cuối năm", lambda: approve_lists(sample))
        books = timer.stage("books", "In sổ", lambda: _print_books(sample, out))
        summer = timer.stage("summer", "Kì nghỉ hè", lambda: live_summer(sample))
        books += timer.stage(
            "summer_books", "In sổ sau hè", lambda: _print_after_summer(sample, out, summer)
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
        "correction": case,
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
            "Bản này mới dựng được trường THCS hoặc THPT một năm học; hãy dùng --level thcs hoặc "
            "--level thpt, và --years 1.",
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


def _correct(sample: SampleYear) -> dict[str, object]:
    """One mark of the closed first term, entered in the wrong digits, put right by a case."""
    work = sample.work
    klass = sample.classes[0]
    teacher, sheet = sample.teacher_and_sheet(klass, "toan")
    colleague, _ = sample.teacher_and_sheet(klass, "ngu_van")
    sample.at(date(FIRST_YEAR + 1, 2, 10))
    view = work.marks.open(teacher, sheet)
    index = next(n for n, c in enumerate(view.columns) if c.key == "HK1.ck")
    row = next(
        n
        for n, cells in enumerate(view.cells)
        if cells[index].state is CellState.MARK and view.rows[n].left_on is None
    )
    old = view.cells[row][index].text
    whole, tenth = old.split(",")
    new = f"{(int(whole) + 1) % 10},{tenth}"
    key = CellKey(view.rows[row].pupil_id, "HK1.ck")
    declared = work.corrections.declare(
        teacher,
        sheet,
        {key: new},
        f"Chép nhầm từ bài kiểm tra: bài {new} ghi thành {old}.",
        "trang 23, dòng 1",
        "bài kiểm tra cuối kì I, có chữ kí phụ huynh",
    )
    case_id = getattr(declared.payload, "id")  # noqa: B009 - payload is typed object
    work.corrections.register(sample.actor("secretary"), case_id, "01/ĐN-SĐ")
    sample.at(date(FIRST_YEAR + 1, 2, 10), hour=10)
    work.corrections.check(colleague, case_id, "Đã đối chiếu sổ điểm cá nhân và bài kiểm tra, khớp")
    sample.at(date(FIRST_YEAR + 1, 2, 10), hour=14)
    with work.session.uow.read() as uow:
        names = [a.full_name for a in uow.accounts.all(sample.clock.today())]
    witnesses = [name for name in names if name not in (teacher.name, colleague.name)][:2]
    work.corrections.approve(work.session.signer, case_id, witnesses)
    work.corrections.apply(teacher, case_id)
    minutes = work.printing.print_correction_minutes(sample.actor("secretary"), case_id)
    assert isinstance(minutes.payload, Printed)  # noqa: S101 - what the service promises
    _save(sample.folder / "books" / "bien-ban-sua-diem-01.pdf", minutes.payload.pdf.content)
    return {"class": klass.name, "old": old, "new": new, "number": 1}


def _print_books(sample: SampleYear, out: Path) -> int:
    sample.at(date(FIRST_YEAR + 1, 5, 30))
    secretary = sample.actor("secretary")
    for klass in sample.classes:
        for scope, name in ((BookScope.TERM_1, "hk1"), (BookScope.YEAR, "ca-nam")):
            done = sample.work.printing.print_class_book(secretary, klass.id, scope)
            assert isinstance(done.payload, Printed)  # noqa: S101 - what the service promises
            folder = out / "books" / f"lop-{ascii_name(klass.name)}"
            _save(folder / f"so-theo-doi_{name}.pdf", done.payload.pdf.content)
        _print_lists(sample, klass, out, "danh-sach_cuoi-nam")
    return 3 * len(sample.classes)


def _print_lists(sample: SampleYear, klass: SchoolClass, out: Path, name: str) -> None:
    done = sample.work.printing.print_year_lists(sample.actor("secretary"), klass.id)
    assert isinstance(done.payload, Printed)  # noqa: S101 - what the service promises
    folder = out / "books" / f"lop-{ascii_name(klass.name)}"
    _save(folder / f"{name}.pdf", done.payload.pdf.content)


def _print_after_summer(sample: SampleYear, out: Path, classes: Collection[ClassId]) -> int:
    """The year book again where the summer changed it; the run of May stays as it was."""
    sample.at(date(FIRST_YEAR + 1, 8, 3))
    secretary = sample.actor("secretary")
    for klass in sample.classes:
        if klass.id in classes:
            done = sample.work.printing.print_class_book(secretary, klass.id, BookScope.YEAR)
            assert isinstance(done.payload, Printed)  # noqa: S101 - what the service promises
            folder = out / "books" / f"lop-{ascii_name(klass.name)}"
            _save(folder / "so-theo-doi_ca-nam-sau-he.pdf", done.payload.pdf.content)
            _print_lists(sample, klass, out, "danh-sach_sau-he")
    return 2 * len(classes)


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


def _save(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
