"""The trail as it is sealed: provable by anybody, without the pupils' personal papers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields

from app.domain.ids import SchoolYearId
from app.domain.trail import TrailEntry, detail_digest
from app.media import SealFile
from app.ports import UnitOfWork
from app.presses import PlainTable, TablePress

_Row = list[str | int | None]
_FIELDS = tuple(field.name for field in fields(TrailEntry))
_AS_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode

PERSONAL = ("roster.", "results.decide")
"""Entries of these kinds quote profiles (numbers of papers, phones) or why a pupil's case is
special: only their digest leaves."""

HOW_TO_CHECK = """CÁCH TỰ KIỂM TRA NHẬT KÝ (không cần chương trình Khóa Sổ)

muc.jsonl: mỗi dòng là một mục, theo thứ tự "seq" từ 1. Mã của một mục ("hash") là SHA-256 của:
  chuỗi byte "khoaso-trail-1" và một byte 0,
  rồi 32 byte mã của mục trước ("prev"; mục 1 dùng 32 byte 0),
  rồi mảng JSON (UTF-8, không dấu cách) gồm lần lượt: seq, at, account_id, actor, kind, class_id,
  subject_id, detail_sha256, cell_count, cells_digest.
detail_sha256 là SHA-256 của chuỗi "detail". Các mục về hồ sơ học sinh (kind bắt đầu bằng
"roster.") và quyết định riêng về từng em (kind "results.decide") không kèm "detail" để giữ kín
giấy tờ cá nhân; mã của chúng vẫn nằm trong chuỗi.

o-diem.csv: từng ô điểm cũ và mới của mỗi mục, theo thứ tự. cells_digest của một mục là SHA-256 của
mảng JSON các ô [hoc_sinh, cot_diem, cu, moi]; mục không có ô thì để trống.
hoc-sinh.csv và cot-diem.csv cho biết mã học sinh và mã cột điểm là ai, cột nào.

moc-ky.jsonl: các mốc ký. "signature" là chữ ký Ed25519 của "public_key" trên chuỗi "statement";
"head" trong đó phải bằng "hash" của mục "seq", và "previous" là SHA-256 của "statement" trước đó
(mốc đầu tiên dùng 32 byte 0).
"""


def trail_files(uow: UnitOfWork, press: TablePress, year_id: SchoolYearId) -> Iterator[SealFile]:
    """Entries, cells, signatures, who is who, and how to check them by hand."""
    yield SealFile("nhat-ky/cach-kiem-tra.txt", HOW_TO_CHECK.encode())
    yield SealFile("nhat-ky/muc.jsonl", _lines(_entry(e) for e in uow.trail.all_entries()))
    header = ("muc", "hoc_sinh", "cot_diem", "cu", "moi")
    cells = PlainTable("o diem", [header, *uow.trail.all_cells()])
    yield SealFile("nhat-ky/o-diem.csv", press.csv(cells))
    points = (
        {
            "statement": point.statement,
            "public_key": point.public_key.hex(),
            "signature": point.signature.hex(),
        }
        for point in uow.trail.checkpoints()
    )
    yield SealFile("nhat-ky/moc-ky.jsonl", _lines(points))
    pupils: list[_Row] = [["hoc_sinh", "lop", "stt", "ho_ten"]]
    pupils += [
        [entry.pupil_id, name, entry.position, entry.profile.full_name]
        for _, name, entry in uow.roster.everyone(year_id)
    ]
    yield SealFile("nhat-ky/hoc-sinh.csv", press.csv(PlainTable("hoc sinh", pupils)))
    columns: list[_Row] = [["cot_diem", "lop", "mon", "hoc_ky", "cot"]]
    for klass in uow.school.classes(year_id):
        subjects = {s.id: s.name for s in uow.school.subjects(klass.id)}
        columns += [
            [a.id, klass.name, subjects[a.subject_id], a.term.value, a.code]
            for a in uow.marks.assessments(klass.id)
        ]
    yield SealFile("nhat-ky/cot-diem.csv", press.csv(PlainTable("cot diem", columns)))


def _entry(entry: TrailEntry) -> dict[str, object]:
    said: dict[str, object] = {
        **{name: getattr(entry, name) for name in _FIELDS},
        "prev": entry.prev.hex(),
        "hash": entry.hash.hex(),
        "detail_sha256": detail_digest(entry.detail),
    }
    if entry.kind.startswith(PERSONAL):
        said["detail"] = None
    return said


def _lines(objects: Iterable[Mapping[str, object]]) -> bytes:
    return "".join([f"{_AS_JSON(one)}\n" for one in objects]).encode()
