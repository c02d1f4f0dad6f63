"""Rows about a file of ten school years: net change of 1,818 changes, and the grid in such a file.

The nine earlier years are the filled year copied with its numbers shifted: as many classes, pupils,
marks, entries and cells as a school that kept its book for ten years. Their chain is not one, which
nothing here reads.
"""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import Any

from app.domain.subjects import SubjectKind
from app.domain.trail import CellChange, TrailDraft
from app.readmodels.mark_sheet import CellKey
from app.services.net_changes import NetChanges
from app.trail_ports import ChangeScope
from db.engine import connect
from exports.press import Paper
from tests.bench_bases import raw_of
from tests.bench_entry import SAVES, Sheet
from tests.bench_report import Figure
from tests.bench_school import BenchSchools, database_of, entry_service, mark_words
from tests.bench_timing import elapsed_ms, interleaved, median_ms
from tests.support.school import TestSchool

CHANGES = 1818
EARLIER_YEARS = 9
OPENINGS = 40
_SHIFT = 10_000_000
"""Between the numbers of two school years; more than a year has entries."""

# Table -> columns that hold a number of this school year; the rest is copied as it is.
_COPIED = {
    "school_year": ("id",),
    "class": ("id", "school_year_id"),
    "subject": ("id", "school_year_id"),
    "subject_plan": ("subject_id",),
    "pupil": ("id",),
    "enrolment": ("class_id", "pupil_id"),
    "assessment": ("id", "class_id", "subject_id"),
    "mark": ("assessment_id", "pupil_id"),
    "term_comment": ("class_id", "subject_id", "pupil_id"),
    "conduct": ("class_id", "pupil_id"),
    "trail": ("seq", "class_id", "subject_id"),
    "trail_cell": ("seq", "pupil_id", "assessment_id"),
}
_STEPS = """
    SELECT t.seq, t.at, t.account_id, t.actor, t.kind, t.detail, t.class_id, t.subject_id,
           c.pupil_id, c.assessment_id, c.old, c.new
    FROM trail t JOIN trail_cell c ON c.seq = t.seq
    WHERE t.at >= ?
    ORDER BY t.seq, c.ordinal
"""


def ten_years(schools: BenchSchools) -> TestSchool:
    """The filled school with nine earlier years in its file. Closed."""
    with schools.opened(schools.filled) as school:
        key, path = database_of(school).key, school.path
    with closing(connect(path, key)) as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        guards = raw.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in guards:
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("BEGIN")
        for ago in range(1, EARLIER_YEARS + 1):
            for table, shifted in _COPIED.items():
                raw.execute(_copy(raw, table, shifted, ago))
        raw.execute("COMMIT")
        for _, sql in guards:
            raw.execute(sql)
        raw.execute("ANALYZE")
    return school


def net_change(schools: BenchSchools) -> list[Figure]:
    """The whole report against one SELECT of the same trail rows, by the driver alone."""
    with schools.opened(ten_years(schools)) as school:
        since = school.clock.today() + timedelta(days=1)
        school.clock.advance(timedelta(days=1))
        _change(school)
        service = NetChanges(school.uow, school.clock, Paper())
        principal = school.actor("principal")
        scope = ChangeScope(school.year_id, since=since)
        found = service.report(principal, scope)
        assert found.steps == CHANGES

        def select_once() -> float:
            with database_of(school).engine.connect() as connection:
                raw = raw_of(connection)
                return elapsed_ms(lambda: raw.execute(_STEPS, (since.isoformat(),)).fetchall())

        select_once()
        mine, base = interleaved(
            lambda: elapsed_ms(lambda: service.report(principal, scope)), select_once, 21
        )
        with database_of(school).engine.connect() as connection:
            rows = raw_of(connection).execute("SELECT count(*) FROM trail_cell").fetchone()[0]
    return [
        Figure(
            "net_change",
            "Thay đổi ròng của 1.818 lần sửa, tệp 10 năm",
            mine,
            base,
            5.0,
            (f"{rows} dòng ô trong nhật ký; {len(found.changes)} ô, đếm theo người, cột, giờ",),
        )
    ]


def same_grid(schools: BenchSchools) -> list[Figure]:
    """Open and save in a file of ten years against the same in a file of one."""
    with (
        schools.opened(ten_years(schools)) as old,
        schools.opened(schools.filled) as young,
    ):
        sheets = Sheet(old), Sheet(young)
        turns = [0, 0]

        def opened(which: int) -> float:
            school, sheet = (old, young)[which], sheets[which]
            return median_ms(
                lambda _: entry_service(school).open(sheet.teacher, sheet.id), OPENINGS
            )

        def saved(which: int) -> float:
            sheet = sheets[which]

            def save(_: int) -> None:
                turns[which] += 1
                turn = turns[which]
                key = CellKey(sheet.pupils[turn % len(sheet.pupils)], "HK1.tx1")
                text = mark_words(turn + turn // len(sheet.pupils), SubjectKind.MARKS)
                sheet.service.set_cells(sheet.teacher, sheet.id, {key: text}, "key")

            return median_ms(save, SAVES)

        figures = []
        for key, work, measure in (
            ("ten_years_open", "Mở bảng điểm trong tệp 10 năm so với 1 năm", opened),
            ("ten_years_save", "Lưu một điểm trong tệp 10 năm so với 1 năm", saved),
        ):
            measure(0), measure(1)
            mine, base = interleaved(lambda m=measure: m(0), lambda m=measure: m(1))
            size = old.path.stat().st_size / young.path.stat().st_size
            figures.append(Figure(key, work, mine, base, 1.3, (f"tệp lớn gấp {size:.1f} lần",)))
    return figures


def _copy(raw: Any, table: str, shifted: tuple[str, ...], ago: int) -> str:
    names = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
    # Only the newest year's rows: earlier copies stand above the first shift.
    limit = f"{shifted[0]} < {_SHIFT}"
    values = [_value(table, name, shifted, ago) for name in names]
    quoted = ", ".join(f'"{name}"' for name in names)
    chosen = f'SELECT {", ".join(values)} FROM "{table}" WHERE {limit}'
    return f'INSERT INTO "{table}" ({quoted}) {chosen}'


def _value(table: str, name: str, shifted: tuple[str, ...], ago: int) -> str:
    if name in shifted:
        return f'"{name}" + {ago * _SHIFT}'
    if table == "school_year" and name == "name":
        return f"'{2026 - ago}-{2027 - ago}'"
    if (table, name) == ("trail", "at") or name.endswith("_on"):
        return f"""CASE WHEN "{name}" IS NULL THEN NULL
            ELSE (substr("{name}", 1, 4) - {ago}) || substr("{name}", 5) END"""
    return f'"{name}"'


def _change(school: TestSchool) -> None:
    """1,818 single changes of marks of the running year, every third a deletion first."""
    sheet = Sheet(school)
    with school.uow.write() as uow:
        held = {
            (mark.pupil_id, mark.assessment_id): mark_words(at, SubjectKind.MARKS)
            for at, mark in enumerate(uow.marks.cells(school.class_id, sheet.id.subject_id))
        }
        cells, made = list(held), 0
        while made < CHANGES:
            cell = cells[made * 7 % len(cells)]
            new = mark_words(made * 5 + 3, SubjectKind.MARKS)
            texts = [(held[cell], ""), ("", new)] if made % 3 == 0 else [(held[cell], new)]
            for old, text in texts[: CHANGES - made]:
                change = CellChange(*cell, old, text)
                draft = TrailDraft("mark.set", {}, school.class_id, sheet.id.subject_id, [change])
                uow.trail.append(draft, sheet.teacher, school.clock.now())
                held[cell] = text or held[cell]
                made += 1
        uow.commit()
