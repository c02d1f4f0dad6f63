"""Data files beside an official bảng tổng hợp: made when it is printed, sealed as they are."""

from __future__ import annotations

from app.digests import canonical_json
from app.domain.periods import Period
from app.presses import PlainTable, TablePress
from app.readmodels.primary_summary import PrimarySummary
from app.services.class_results import ClassFacts
from app.services.period_close import period_facts


def summary_files(
    table: PrimarySummary, facts: ClassFacts, period: Period, press: TablePress
) -> dict[str, bytes]:
    """Names below the class's folder and their bytes: XLSX, CSV, the closed facts."""
    plain = summary_table(table)
    kind = period.value.lower()
    return {
        f"bang-tong-hop_{kind}.xlsx": press.workbook([plain], f"Lớp {table.class_name}"),
        f"csv/bang-tong-hop_{kind}.csv": press.csv(plain),
        f"du-lieu-da-chot_{kind}.json": canonical_json(period_facts(facts, period)),
    }


def summary_table(table: PrimarySummary) -> PlainTable:
    """What the table prints; birth date and sex as on the form, no personal ID."""
    heads = [": ".join(column.heads[1:]) or column.heads[0] for column in table.columns]
    header: list[str | int | None] = ["STT", "Họ và tên", "Ngày sinh", "Nữ", *heads]
    return PlainTable(
        table.period,
        [
            header,
            *(
                [
                    pupil.position,
                    pupil.name,
                    pupil.birth_date,
                    "x" if pupil.female else "",
                    *(cell.text for cell in pupil.cells),
                ]
                for pupil in table.pupils
            ),
        ],
    )
