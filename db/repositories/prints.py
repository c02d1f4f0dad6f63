"""Print runs and their bytes: rows to dataclasses."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, RowMapping, func, insert, select

from app.domain.ids import PrintRunId, SchoolYearId
from app.domain.print_runs import PaperSize
from app.errors import RuleRefused
from app.ports import PrintRun
from db.repositories.new_key import new_key
from db.rows.prints import print_bytes, print_file, print_run

_FIELDS = tuple(PrintRun.__dataclass_fields__)


class SqlPrints:
    """Fulfils `app.ports.PrintRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def next_number(self, year_id: SchoolYearId) -> int:
        last = self._db.execute(
            select(func.max(print_run.c.number)).where(print_run.c.school_year_id == year_id)
        ).scalar()
        return int(last or 0) + 1

    def add(self, run: PrintRun, content: bytes, files: Mapping[str, bytes]) -> PrintRunId:
        values = {name: getattr(run, name) for name in _FIELDS if name != "id"}
        run_id = new_key(self._db.execute(insert(print_run).values(**values)))
        self._db.execute(insert(print_bytes).values(print_run_id=run_id, content=content))
        if files:
            self._db.execute(
                insert(print_file),
                [
                    {"print_run_id": run_id, "name": name, "content": data}
                    for name, data in files.items()
                ],
            )
        return PrintRunId(run_id)

    def get(self, run_id: PrintRunId) -> PrintRun:
        row = self._db.execute(select(print_run).where(print_run.c.id == run_id)).mappings().first()
        if row is None:
            raise _not_found(run_id)
        return _run(row)

    def of_year(self, year_id: SchoolYearId) -> tuple[PrintRun, ...]:
        rows = self._db.execute(
            select(print_run)
            .where(print_run.c.school_year_id == year_id)
            .order_by(print_run.c.number.desc())
        ).mappings()
        return tuple(map(_run, rows))

    def content(self, run_id: PrintRunId) -> bytes:
        found = self._db.execute(
            select(print_bytes.c.content).where(print_bytes.c.print_run_id == run_id)
        ).scalar()
        if found is None:
            raise _not_found(run_id)
        return bytes(found)

    def files(self, run_id: PrintRunId) -> dict[str, bytes]:
        rows = self._db.execute(
            select(print_file.c.name, print_file.c.content)
            .where(print_file.c.print_run_id == run_id)
            .order_by(print_file.c.name)
        )
        return {name: bytes(content) for name, content in rows}

    def bytes_of_year(self, year_id: SchoolYearId) -> int:
        total = 0
        for table in (print_bytes, print_file):
            found = self._db.execute(
                select(func.sum(func.length(table.c.content)))
                .join(print_run, print_run.c.id == table.c.print_run_id)
                .where(print_run.c.school_year_id == year_id)
            ).scalar()
            total += int(found or 0)
        return total


def _run(row: RowMapping) -> PrintRun:
    return PrintRun(**{**{name: row[name] for name in _FIELDS}, "paper": PaperSize(row["paper"])})


def _not_found(run_id: PrintRunId) -> RuleRefused:
    return RuleRefused(
        "not_found", f"Không tìm thấy bản in mã {run_id} trong tệp; hãy tải lại trang."
    )
