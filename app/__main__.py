"""The composition root: reads the command line, wires ports to adapters, starts window or command.

The only file of `app` that imports `db`, `exports` and `ui`; each only when it is needed, so that
`verify` starts without a database and the sign-in window without a PDF engine.
"""

from __future__ import annotations

import argparse
import gc
import sys
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from app.command_line import CommandParser
from app.errors import AppError, EnvironmentProblem
from app.os_reasons import reason_of

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from app.commands.gallery_plan import Plan, Shot
    from app.workspace import Toolbox
    from ui.shell import Shell

SENTENCE_EXIT = 2
"""Exit code of a command that was refused with a sentence."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code."""
    if getattr(sys, "frozen", False):
        # Worker processes of the packaged program start here; a checkout need not import this.
        from multiprocessing import freeze_support

        freeze_support()
    # Classes and sheets are read as thousands of small frozen objects without a cycle among them;
    # with Python's own 700 the collector looks through them ten times over and finds nothing.
    gc.set_threshold(10_000, 10, 10)
    words = sys.argv[1:] if arguments is None else arguments
    parser = _window_parser()
    if words and not (words[0] == "--file" and len(words) == 2):
        # Seven commands take 3 ms to describe; the window does not wait for them.
        _add_commands(parser)
    args = parser.parse_args(words)
    try:
        return int(args.run(args))
    except AppError as error:
        sys.stderr.write(f"{error.sentence}\n")
    except OSError as error:
        place = error.filename or "tệp hoặc thư mục đã nêu"
        sys.stderr.write(
            f"Không đọc hoặc ghi được {place} ({reason_of(error)}). Hãy kiểm tra đường dẫn, quyền "
            "ghi và ổ đĩa còn chỗ, rồi chạy lại.\n"
        )
    return SENTENCE_EXIT


_LEVELS = ("th", "thcs", "thpt", "th-thcs", "thcs-thpt", "th-thcs-thpt")
"""Those of `sample_plan.PLANS`, which is imported only when a school is made."""


def _window_parser() -> CommandParser:
    parser = CommandParser(prog="khoaso", description="Khóa Sổ: sổ điểm của trường")
    parser.add_argument("--file", type=Path, help="tệp dữ liệu của trường (.khoaso)")
    parser.set_defaults(run=_window)
    return parser


def _add_commands(parser: CommandParser) -> None:
    commands = parser.add_subparsers(title="lệnh")

    demo = commands.add_parser("demo", help="dựng một trường mẫu đủ một năm học")
    demo.add_argument("--out", type=Path, required=True, help="thư mục kết quả")
    demo.add_argument("--level", default="thcs", choices=_LEVELS)
    demo.add_argument("--classes", type=int, default=8)
    demo.add_argument("--pupils", type=int, default=40)
    demo.add_argument("--years", type=int, default=1)
    demo.add_argument("--seed", type=int, default=1)
    demo.set_defaults(run=_demo)

    sample = commands.add_parser("sample", help="dựng một trường mẫu đang giữa năm học để tập")
    sample.add_argument("--out", type=Path, required=True, help="thư mục kết quả")
    sample.add_argument("--level", default="thcs", choices=_LEVELS)
    sample.add_argument("--classes", type=int, default=4)
    sample.add_argument("--pupils", type=int, default=35)
    sample.set_defaults(run=_sample)

    assess = commands.add_parser("assess", help="tính kết quả cho các ca trong một tệp JSON")
    assess.add_argument("path", type=Path)
    assess.set_defaults(run=_assess)

    verify = commands.add_parser("verify", help="kiểm tra một ổ đã niêm phong")
    verify.add_argument("path")
    verify.add_argument("--fingerprint", default="", help="vân tay khóa trong biên bản niêm phong")
    verify.add_argument(
        "--repair", type=Path, metavar="THƯ_MỤC_MỚI", help="dựng lại bản lành ở đây"
    )
    verify.add_argument(
        "--with", type=Path, dest="other", metavar="BẢN_KHÁC", help="lấy phần hỏng từ bản này"
    )
    verify.set_defaults(run=_verify)

    self_test = commands.add_parser("self-test", help="tự kiểm tra chương trình")
    self_test.set_defaults(run=_self_test)

    bench = commands.add_parser("bench", help="đo tốc độ, in tỉ số")
    bench.add_argument("--json", type=Path)
    bench.set_defaults(run=_bench)

    gallery = commands.add_parser("gallery", help="chụp mọi màn hình vào một thư mục để xem")
    gallery.add_argument("--out", type=Path, required=True, help="thư mục kết quả")
    gallery.add_argument("--pages", nargs="+", default=[], metavar="TRANG", help="chỉ các trang ấy")
    gallery.add_argument(
        "--quick", action="store_true", help="chỉ trường mẫu, nền sáng, một cỡ màn hình"
    )
    gallery.add_argument("--full", action="store_true", help="mọi người, mọi nền, mọi màn hình")
    gallery.set_defaults(run=_gallery)


def _toolbox() -> Toolbox:
    from app.workspace import Toolbox
    from db.keys.passwords import check_password
    from db.school_files import SchoolFilesOnDisk
    from exports.batch import ParallelBooks
    from exports.press import Paper, Tables
    from exports.seal.bag import write_bag
    from exports.seal.checker import check_bag
    from exports.seal.disc import write_image
    from exports.seal.drives import system_drives
    from exports.seal.drives_folder import FolderDrives
    from exports.seal.repair import repair_bag
    from exports.signing.pdf_signatures import PadesSignatures
    from exports.xlsx.reader import TableFileReader

    return Toolbox(
        files=SchoolFilesOnDisk,
        paper=Paper(),
        batch=ParallelBooks(),
        tables=Tables(),
        signatures=PadesSignatures(),
        sheets=TableFileReader(),
        drives=system_drives(),
        folder_drives=FolderDrives(),
        write_bag=write_bag,
        write_image=write_image,
        check_bag=check_bag,
        repair_bag=repair_bag,
        check_password=check_password,
    )


def _demo(args: argparse.Namespace) -> int:
    from app.commands.demo import DemoOptions, run_demo

    options = DemoOptions(args.out, args.level, args.classes, args.pupils, args.years, args.seed)
    return run_demo(_toolbox(), options, _say)


def _sample(args: argparse.Namespace) -> int:
    from app.clock import SystemClock
    from app.commands.sample import make_sample
    from app.commands.sample_plan import PLANS

    def progress(done: int, total: int, note: str = "") -> None:
        _say(f"  {note}")

    sample = make_sample(
        _toolbox(),
        SystemClock(),
        args.out,
        classes=args.classes,
        pupils=args.pupils,
        plan=PLANS[args.level],
        progress=progress,
    )
    _say(f"Trường mẫu: {sample.path}")
    _say(f"Mật khẩu của mọi tài khoản: {sample.password} (hiệu trưởng: {sample.principal})")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _assess(args: argparse.Namespace) -> int:
    from app.services.assess import read_and_assess

    code, text = read_and_assess(args.path)
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
    return code


def _verify(args: argparse.Namespace) -> int:
    from app.commands.verify import VerifyOptions, run_verify
    from exports.seal.checker import check_bag
    from exports.seal.repair import repair_bag

    options = VerifyOptions(Path(args.path), args.fingerprint or None, args.repair, args.other)
    return run_verify(check_bag, repair_bag, options, _say)


def _self_test(args: argparse.Namespace) -> int:
    from app.commands.self_test import run_self_test

    return run_self_test(_toolbox())


def _bench(args: argparse.Namespace) -> int:
    # By name: neither the packager nor the type checker is to follow it into the tests.
    try:
        bench = import_module("tests.bench")
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.split(".")[0] != "tests":
            raise
        raise EnvironmentProblem(
            "bench_not_packaged",
            "Bản cài đặt không kèm phần đo tốc độ; hãy chạy lệnh bench từ thư mục mã nguồn: "
            "python -m app bench.",
        ) from missing
    return int(bench.run_bench(args.json))


def _gallery(args: argparse.Namespace) -> int:
    from app.clock import SystemClock
    from app.commands.gallery import GalleryOptions, run_gallery

    # Another process finds a function by its module's name, and this one is called "__main__".
    photograph = import_module("app.__main__").photograph
    options = GalleryOptions(args.out, tuple(args.pages), quick=args.quick, full=args.full)
    return run_gallery(_toolbox(), SystemClock(), options, photograph, _say)


def photograph(plan: Plan, settings: Path) -> list[Shot]:
    """One process's pictures of a gallery; the environment says how large a pixel is."""
    from app.clock import SystemClock
    from db.keys.peek import peek_at_file
    from ui.gallery_camera import Camera

    return Camera(plan, _toolbox, peek_at_file, SystemClock(), settings).take()


def _window(args: argparse.Namespace) -> int:
    return open_window(args.file).app.exec()


def open_window(path: Path | None, settings: QSettings | None = None) -> Shell:
    """The window on the screen, the toolbox still to be loaded; `settings` None: this user's."""
    # A start makes modules and no garbage; looking for it took a fourteenth of the time.
    # `ToolsOnce` switches it on again.
    gc.disable()
    from db.keys.peek import peek_at_file
    from ui import shell

    return shell.open_window(_toolbox, peek_at_file, path, settings)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        # A Windows console or pipe may speak an old code page that has no ễ.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(main())
