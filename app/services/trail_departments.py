"""Nhật ký in words: departments and internal checks. Part of the table in `trail_sentences`."""

from __future__ import annotations

from app.domain.internal_checks import CheckKind
from app.services.trail_wording import Detail, Wording


def _subjects(d: Detail) -> str:
    return f"{d['department']} phụ trách: {', '.join(d['new']) or 'chưa có môn nào'}" + (
        f" (trước là: {', '.join(d['old'])})" if d["old"] else ""
    )


def _checked(d: Detail) -> str:
    kind = CheckKind(d["kind"]).label.lower()
    unit = f" {d['department']}" if d["department"] else ""
    found = f", {len(d['findings'])} việc phải khắc phục" if d["findings"] else ", không sai sót"
    return f"Kiểm tra {kind}{unit} ngày {d['made_on']}: {d['looked_at']}{found}"


DEPARTMENTS: dict[str, Wording] = {
    "department.subjects": Wording("Môn của tổ", _subjects),
    "check.recorded": Wording("Kiểm tra nội bộ", _checked),
    "check.closed": Wording(
        "Khắc phục xong",
        lambda d: f"{d['teacher']} đã khắc phục: {d['finding']}; xem lại: {d['note']}",
    ),
}
