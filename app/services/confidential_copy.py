"""Bản mật: the whole file, encrypted for the people who may open it, beside the open tables.

What the open edition leaves out (personal IDs, phones, ethnicity, disability, papers) stands only
here. It is a backup like any other, with the slots of the principal, the secretary and the recovery
sheet: the program restores it from the medium, nobody else reads it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from app.backup_maker import BackupMaker
from app.errors import EnvironmentProblem
from app.media import SealFile
from app.os_reasons import reason_of
from app.progress import Progress, no_progress

FOLDER = "ban-mat"
CONTENT = (
    f"{FOLDER}/",
    "bản mật: toàn bộ sổ, mã hóa; chỉ hiệu trưởng, văn thư hoặc phiếu khôi phục mở được bằng phần "
    "mềm Khóa Sổ (Quản trị, Khôi phục)",
)
_NAME = "so.khoaso"


@contextmanager
def confidential_files(
    maker: BackupMaker, beside: Path, progress: Progress = no_progress
) -> Iterator[tuple[SealFile, ...]]:
    """The files of the copy, there only inside the block; made in a folder beside the database."""
    with ExitStack() as stack:
        try:
            # What is left behind is encrypted; a seal that stands must not fail over sweeping it.
            folder = stack.enter_context(
                tempfile.TemporaryDirectory(
                    prefix="ban-mat-", dir=beside, ignore_cleanup_errors=True
                )
            )
            made = maker.make_travelling(Path(folder), _NAME, progress)
            files = tuple(
                SealFile(f"{FOLDER}/{path.name}", path) for path in sorted(made.path.iterdir())
            )
        except OSError as error:
            raise EnvironmentProblem(
                "confidential_copy_failed",
                f"Không tạo được bản mật cạnh tệp dữ liệu ({reason_of(error)}). Chưa niêm "
                "phong gì; hãy kiểm tra ổ còn chỗ rồi làm lại.",
            ) from error
        yield files
