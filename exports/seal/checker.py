"""The stand-alone verifier in the words of `app.media`."""

from __future__ import annotations

from pathlib import Path

from app.errors import RuleRefused
from app.media import VerifyReport, VerifyVerdict
from app.progress import Progress, no_progress
from exports.seal import parity, verifier

_FILES_NAMED = 5


def check_bag(
    path: Path, fingerprint: str | None = None, progress: Progress = no_progress
) -> VerifyReport:
    """Judge the bag at `path`, reading every byte; see `app.media.BagChecker`.

    RuleRefused `bad_fingerprint` when `fingerprint` is not 64 hex digits. `progress` counts KiB.
    """
    if fingerprint is not None and verifier.ungrouped(fingerprint) is None:
        raise RuleRefused(
            "bad_fingerprint",
            f"Vân tay “{fingerprint}” không đúng dạng: cần đủ 64 chữ số hệ 16 (0-9, A-F) như in "
            "trong biên bản niêm phong.",
        )

    def told(done: int, total: int, file: str) -> None:
        progress(done // 1024, total // 1024 + 1, f"Đang đọc {file}")

    report = verifier.verify_path(path, fingerprint, told)
    repairable, more = _prospects(report)
    return VerifyReport(
        verdict=VerifyVerdict(report.verdict.value),
        path=Path(report.path),
        problems=tuple((problem.file, problem.sentence) for problem in report.problems),
        fingerprint=report.fingerprint,
        fingerprint_matches=report.fingerprint_matches,
        info=report.info,
        files=report.files,
        bytes=report.bytes,
        exit_code=report.exit_code,
        lines=(*verifier.sentences(report), *more),
        repairable=repairable,
        list_sha512=report.list_sha512,
    )


def _prospects(report: verifier.Report) -> tuple[bool | None, tuple[str, ...]]:
    """Whether a damaged bag can be restored from itself, and that in words."""
    if report.verdict is not verifier.Verdict.DAMAGED or not report.has_parity:
        return None, ()
    try:
        found = parity.assess(Path(report.path))
    except parity.NotRestorable as why:
        return False, (f"Không tự phục hồi được: {why}. Cần một bản niêm phong khác.",)
    if found.beyond:
        names = ", ".join(found.beyond[:_FILES_NAMED])
        more = ", …" if len(found.beyond) > _FILES_NAMED else ""
        words = f"Hỏng quá mức phần phục hồi cứu được: {names}{more}. Cần một bản niêm phong khác."
        return False, (words,)
    words = f"Phục hồi được đủ từ chính gói này ({found.lost} trên {found.blocks} khối bị hỏng)."
    return True, (words,)
