"""A damaged bag brought back elsewhere: from its own parity, or from another copy of the year."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from app.errors import EnvironmentProblem, RuleRefused
from app.media import RepairReport, VerifyReport, VerifyVerdict
from app.os_reasons import reason_of
from app.progress import Progress, no_progress
from exports.seal import durable, parity, verifier
from exports.seal.checker import check_bag

_FILES_NAMED = 5
_WORK = ".sua"
"""With `verifier.UNFINISHED` behind it, the end of a mended copy's name while it is written."""


def repair_bag(
    path: Path,
    out: Path,
    other: Path | None = None,
    fingerprint: str | None = None,
    progress: Progress = no_progress,
) -> RepairReport:
    """Mend a copy of the bag at `path` into `out`; see `app.media.BagRepairer`.

    The copy bears its name only once the verifier has found it intact, signature and all.
    """
    before = check_bag(path, fingerprint, progress)
    _refuse_useless(before)
    bag = before.path
    source = None if other is None else _bag_at(other)
    # Not the name of a seal half written: that one may be the very bag, or the other copy.
    unfinished = out.with_name(out.name + _WORK + verifier.UNFINISHED)
    for place in (out, unfinished):
        _refuse_place(bag, place)
        if source is not None:
            _refuse_place(source, place)
    if os.path.lexists(out):
        raise RuleRefused(
            "repair_target_exists",
            f"Đã có “{out}”. Bản phục hồi cần một thư mục mới; hãy đặt tên khác.",
            path=str(out),
        )

    def told(done: int, total: int, file: str) -> None:
        progress(done // 1024, total // 1024 + 1, f"Đang phục hồi {file}")

    try:
        if os.path.lexists(unfinished):
            shutil.rmtree(unfinished)
        found = _mend(bag, unfinished, source, told)
        # The folder still bears the unfinished name, which the path check would count as a fault.
        judged = verifier.examine(unfinished)
        if judged.verdict is not verifier.Verdict.INTACT or judged.fingerprint != (
            before.fingerprint or judged.fingerprint
        ):
            raise _not_repairable(judged, found)
        _make_durable(unfinished)
        unfinished.rename(out)
        durable.sync_folder(out.parent)
    except OSError as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise EnvironmentProblem(
            "repair_not_written",
            f"Không ghi được bản phục hồi vào “{out}” ({reason_of(error)}). Ổ hỏng vẫn y "
            "nguyên; hãy chọn thư mục trên ổ khác còn chỗ rồi làm lại.",
            path=str(out),
        ) from error
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return RepairReport(before, check_bag(out, fingerprint), out, found.lost, found.blocks)


def _refuse_useless(before: VerifyReport) -> None:
    if before.verdict is VerifyVerdict.INTACT:
        raise RuleRefused(
            "nothing_to_repair",
            f"Gói “{before.path.name}” còn nguyên vẹn nên không có gì để phục hồi. Cần thêm một "
            "bản thì hãy niêm phong bản nữa.",
        )
    if before.exit_code == 2:
        raise RuleRefused("not_a_bag", " ".join(before.lines[1:]), path=str(before.path))
    if before.fingerprint_matches is False:
        raise RuleRefused(
            "not_repairable",
            f"Khóa trong gói “{before.path.name}” không phải khóa của trường theo vân tay đã cho, "
            "nên phục hồi không làm nó thành bản gốc. Hãy dùng một bản niêm phong khác.",
        )


def _refuse_place(bag: Path, out: Path) -> None:
    here, there = bag.resolve(), out.resolve()
    if here == there or here in there.parents or there in here.parents:
        raise RuleRefused(
            "repair_in_place",
            f"Không phục hồi ngay trong gói hỏng: “{out}” nằm trong hoặc chứa “{bag}”. Hãy chọn "
            "một thư mục mới ở chỗ khác.",
            path=str(out),
        )


def _bag_at(path: Path) -> Path:
    found = verifier.find_bag(path)
    if isinstance(found, verifier.Report):
        raise RuleRefused(
            "not_a_bag",
            " ".join(f"{one.file}: {one.sentence}" for one in found.problems),
            path=str(path),
        )
    return found


def _mend(bag: Path, out: Path, other: Path | None, told: parity.Told) -> parity.Outcome:
    try:
        return parity.restore(bag, out, other, told)
    except parity.NotRestorable as why:
        if other is None:
            raise RuleRefused(
                "not_repairable",
                f"Không tự phục hồi được “{bag.name}”: {why}. Hãy cắm một bản niêm phong khác của "
                "năm học này và phục hồi với bản ấy.",
            ) from why
        return _from_other_copy(bag, other, out)


def _from_other_copy(bag: Path, other: Path, out: Path) -> parity.Outcome:
    """Without a readable index whole files still help: each that fits a list's digest is taken."""
    out.mkdir()
    for rel, digest in verifier.listed(bag).items():
        for source in (bag / rel, other / rel):
            if source.is_symlink() or not source.is_file():
                continue  # no way out of the bag, and no pipe to wait for
            try:
                content = source.read_bytes()
            except OSError:
                continue  # the other copy may have it
            if digest is None or hashlib.sha512(content).hexdigest() == digest:
                target = out / rel
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
                break
    return parity.Outcome(blocks=0)


def _not_repairable(judged: verifier.Report, found: parity.Outcome) -> RuleRefused:
    names = found.beyond or [problem.file for problem in judged.problems]
    more = f" và {len(names) - _FILES_NAMED} tệp nữa" if len(names) > _FILES_NAMED else ""
    return RuleRefused(
        "not_repairable",
        f"Hỏng quá mức phần phục hồi cứu được: {', '.join(names[:_FILES_NAMED])}{more}. Chưa ghi "
        "gì. Hãy cắm một bản niêm phong khác của năm học này và phục hồi với bản ấy; các tệp còn "
        "lại của ổ này vẫn đọc được.",
        files=names,
    )


def _make_durable(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_dir():
            durable.sync_folder(path)
        else:
            durable.sync_and_close(os.open(path, os.O_RDWR))
