"""A faithful in-memory sheet for the mark grid's tests: 45 pupils, rules, refusals, no database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from app.changes import CommandResult, Topic
from app.clock import VIETNAM
from app.domain.comments import parse_comment
from app.domain.ids import AssessmentId, ClassId, PupilId, SubjectId
from app.domain.marks import (
    DAT,
    CellState,
    MarkCell,
    cell_text,
    parse_entry,
    parse_restored,
    restore_text,
)
from app.domain.periods import Term
from app.domain.subjects import SubjectKind, column_codes, column_title
from app.errors import AccessDenied, AppError, RuleRefused, StaleData
from app.readmodels.mark_sheet import (
    CellKey,
    CellView,
    MarkSheetView,
    SheetChange,
    SheetColumn,
    SheetId,
    SheetRow,
    WhyLocked,
)

_ROLL = (
    "Bùi Hoài An|Trịnh Bảo An|Đỗ Quỳnh Anh|Lê Tuấn Anh|Nguyễn Ngọc Ánh|Phan Gia Bảo|"
    "Hoàng Thái Bình|Vũ Minh Châu|Ngô Linh Chi|Đinh Mạnh Cường|Lưu Thùy Dung|"
    "Phạm Tiến Dũng|Tạ Khánh Duy|Nguyễn Mỹ Duyên|Trần Ánh Dương|Đặng Thành Đạt|"
    "Lý Minh Đức|Mai Hương Giang|Hồ Nguyệt Hà|Cao Thanh Hải|Đặng Gia Hân|Nguyễn Thu Hiền|"
    "Trần Trung Hiếu|Lê Quang Huy|Phạm Khánh Huyền|Vũ Đăng Khoa|Nguyễn Anh Khôi|"
    "Đỗ Tùng Lâm|Bùi Phương Linh|Hoàng Bảo Long|Trương Khánh Ly|Phan Đức Mạnh|"
    "Ngô Tuệ Minh|Dương Trà My|Nguyễn Hải Nam|Lê Bảo Ngọc|Trần Thảo Nguyên|Đoàn Yến Nhi|"
    "Vũ Hồng Phúc|Nguyễn Minh Quân|Đào Thúy Quỳnh|Phùng Ngọc Sơn|Lê Phương Thảo|"
    "Nguyễn Đức Trí|Hà Cẩm Tú"
)
NAMES = _ROLL.split("|")

LONG_NAMES = tuple(
    f"{family} Công Tằng Tôn Nữ Hoàng Nguyễn {given}"
    for family, given in zip(
        ["Nguyễn Phúc"] * 45, [name.split()[-1] for name in NAMES], strict=True
    )
)

_SEED_MARKS = (88, 75, 60, 95, 70, 65, 85, 50, 78, 93, 45, 68, 81, 55, 100, 73, 62, 87, 58, 90)
_COMMENTS = (
    "Tính toán chắc, trình bày rõ ràng.",
    "Hiểu bài nhanh, nên luyện thêm hình học.",
    "Có tiến bộ ở phần phân số.",
    "Nắm vững kiến thức, lập luận tốt.",
    "Chăm chỉ, cần mạnh dạn phát biểu.",
)
TODAY = date(2027, 1, 8)


class FakeMarkSheet:
    """MarkSheetPort in memory. `calls` keeps every writing call that was committed.

    Knobs: `locked` columns, `corrected`/`open_cells`, `guard` (answer of check_paste),
    `next_error` (raised once), `outside()` (somebody else writes).
    """

    def __init__(
        self,
        *,
        kind: SubjectKind = SubjectKind.MARKS,
        names: Sequence[str] = NAMES,
        locked: Sequence[str] = (),
        filled: bool = True,
        can_enter: bool = True,
    ) -> None:
        self.kind = kind
        self.names = tuple(names)
        self.locked = set(locked)
        self.can_enter = can_enter
        self.guard: str | None = None
        self.next_error: AppError | None = None
        self.calls: list[tuple[str, dict[CellKey, str]]] = []
        self.asked_to_check: list[dict[CellKey, str]] = []
        self.confirmed = 0
        self.confirmed_term: Term | None = None
        self.loads = 0
        self.corrected: dict[CellKey, str] = {}
        self.open_cells: set[CellKey] = set()
        self.late: set[CellKey] = set()
        self.left: dict[int, date] = {}
        self.chip = "Đang mở đến 15/01"
        self.term_chips: dict[Term, tuple[str, bool]] = {}
        self.current_term: Term | None = None
        self.closed_terms: frozenset[Term] = frozenset()
        self._cells: dict[CellKey, MarkCell] = {}
        self._comments: dict[CellKey, str] = {}
        self._dates: dict[str, tuple[date | None, date | None]] = {}
        self._seen = self._version = 1
        self._history: dict[CellKey, list[str]] = {}
        if filled:
            self._fill()

    # --- arranging

    def key(self, row: int, column: str) -> CellKey:
        return CellKey(PupilId(100 + row), column)

    def put(self, row: int, column: str, cell: MarkCell) -> CellKey:
        self._cells[self.key(row, column)] = cell
        return self.key(row, column)

    def put_comment(self, row: int, column: str, text: str) -> None:
        self._comments[self.key(row, column)] = text

    def date_column(self, column: str, test_on: date, due_on: date) -> None:
        self._dates[column] = (test_on, due_on)

    def outside(self, row: int, column: str, tenths: int) -> None:
        """Somebody else writes: the next gesture of this window is stale."""
        self.put(row, column, MarkCell(CellState.MARK, tenths))
        self._version += 1

    def text(self, row: int, column: str) -> str:
        return self._view_of(self.key(row, column)).text

    # --- MarkSheetPort

    def load(self) -> MarkSheetView:
        self.loads += 1
        self._raise_next()
        self._seen = self._version
        columns = self._columns()
        cells = tuple(
            tuple(self._view_of(self.key(row, column.key)) for column in columns)
            for row in range(len(self.names))
        )
        flat = [cell for row in cells for cell in row]
        return MarkSheetView(
            sheet=SheetId(ClassId(7), SubjectId(1)),
            class_name="7A2",
            subject_name="Toán",
            school_year="2026–2027",
            kind=self.kind,
            columns=columns,
            rows=tuple(
                SheetRow(PupilId(100 + row), row + 1, name, self.left.get(row))
                for row, name in enumerate(self.names)
            ),
            cells=cells,
            version=self._version,
            can_enter=self.can_enter,
            lock_chip=self.chip,
            term_chips=self.term_chips,
            current_term=self.current_term,
            chip_open=True,
            closed_terms=self.closed_terms,
            window_open_until=date(2027, 1, 15),
            missing_count=sum(cell.missing for cell in flat),
            late_count=sum(cell.late for cell in flat),
            corrected_count=sum(bool(cell.corrected_from) for cell in flat),
        )

    def set_cells(self, edits: Mapping[CellKey, str], gesture: str) -> SheetChange:
        self._check_version()
        failed: dict[CellKey, str] = {}
        parsed: dict[CellKey, MarkCell | str] = {}
        for key, text in edits.items():
            try:
                self._permit(key, gesture)
                restored = parse_restored(text) if gesture in ("undo", "redo") else None
                parsed[key] = (
                    parse_comment(text)
                    if key.column.endswith("comment")
                    else restored or parse_entry(text, self.kind)
                )
            except AppError as error:
                failed[key] = error.sentence
                first = error
        if failed:
            if len(failed) == 1 and len(edits) == 1:
                raise first
            raise RuleRefused(
                "cells_refused",
                f"Chưa ghi ô nào vì {len(failed)} trong {len(edits)} ô không nhận được.",
                cells=failed,
            )
        previous, headings = {key: self._held(key) for key in edits}, self._columns()
        for key, value in parsed.items():
            if isinstance(value, str):
                self._comments[key] = value
            else:
                self._cells[key] = value
            self._history.setdefault(key, []).append(f"{previous[key] or 'trống'} → {edits[key]}")
        return self._commit(gesture, dict(edits), previous, headings)

    def set_state(
        self, keys: Sequence[CellKey], state: CellState, reason: str, value_text: str = ""
    ) -> SheetChange:
        self._check_version()
        if not reason.strip():
            raise RuleRefused("reason_required", "Chưa ghi lý do nên chưa đổi trạng thái ô nào.")
        for key in keys:
            self._permit(key, "state")
        value = 0 if state is CellState.ZERO_ABSENT else None
        if state is CellState.TRANSFERRED:
            value = parse_entry(value_text, self.kind).value
        previous, headings = {key: self._held(key) for key in keys}, self._columns()
        for key in keys:
            self._cells[key] = MarkCell(state, value, reason if state else "")
        what = dict.fromkeys(keys, reason)
        return self._commit(f"state:{state.name}", what, previous, headings)

    def why(self, key: CellKey) -> WhyLocked:
        name = self.names[key.pupil_id - 100]
        if key.column.endswith("avg"):
            return WhyLocked("ĐTBmhk do chương trình tự tính từ các cột điểm nên không gõ được.")
        return WhyLocked(
            sentence=f"Cột {key.column.split('.')[1]} đã khóa. Điểm của {name} được ghi ngày 04/01 "
            "và không sửa trực tiếp được nữa.",
            who="Trần Thị Minh Hà, phó hiệu trưởng",
            when="06/01/2027, 16:40 · QĐ 41/QĐ-THCS",
            how="Lập hồ sơ, hiệu trưởng duyệt",
            until="14/01, ngày họp xét (còn 6 ngày)",
            action="correction",
        )

    def history(self, key: CellKey) -> list[str]:
        return self._history.get(key, [])

    def set_dates(
        self,
        column: str,
        test_on: date | None,
        due_on: date | None,
        returned_on: date | None = None,
    ) -> MarkSheetView:
        if test_on and due_on and due_on < test_on:
            raise RuleRefused(
                "due_before_test",
                "Hạn vào điểm đứng trước ngày kiểm tra; chọn hạn sau ngày kiểm tra.",
            )
        self._dates[column] = (test_on, due_on)
        return self.load()

    def check_paste(self, edits: Mapping[CellKey, str]) -> str | None:
        self.asked_to_check.append(dict(edits))
        return self.guard

    def confirm(self, term: Term | None = None) -> CommandResult:
        self._raise_next()
        self.confirmed += 1
        self.confirmed_term = term
        return CommandResult(frozenset({Topic.MARKS}), seq=1, summary="Đã xác nhận Toán 7A2")

    # --- inside

    def _raise_next(self) -> None:
        if self.next_error is not None:
            error, self.next_error = self.next_error, None
            raise error

    def _check_version(self) -> None:
        self._raise_next()
        if self._seen != self._version:
            raise StaleData("sheet_changed", "Người khác vừa ghi vào sổ này; xem lại rồi ghi tiếp.")

    def _commit(
        self,
        gesture: str,
        what: dict[CellKey, str],
        previous: dict[CellKey, str],
        headings: tuple[SheetColumn, ...],
    ) -> SheetChange:
        self.calls.append((gesture, what))
        self._version += 1
        self._seen = self._version
        touched = dict.fromkeys(what)
        for key in what:
            term = key.column.split(".")[0]
            touched[CellKey(key.pupil_id, f"{term}.avg")] = None
            touched[CellKey(key.pupil_id, "YEAR.avg")] = None
        everything = [
            self._view_of(self.key(row, column.key))
            for row in range(len(self.names))
            for column in self._columns()
        ]
        return SheetChange(
            version=self._version,
            cells={key: self._view_of(key) for key in touched},
            previous=previous,
            saved_at=datetime(2027, 1, 8, 14, 3, 22, tzinfo=VIETNAM),
            seq=len(self.calls),
            missing_count=sum(cell.missing for cell in everything),
            late_count=sum(cell.late for cell in everything),
            corrected_count=sum(bool(cell.corrected_from) for cell in everything),
            columns=tuple(c for c in self._columns() if c not in headings),
        )

    def _held(self, key: CellKey) -> str:
        """The cell as a text that undo brings back, its state and reason included."""
        if key.column.endswith("comment"):
            return self._comments.get(key, "")
        return restore_text(self._cells.get(key, MarkCell()), self.kind)

    def _permit(self, key: CellKey, gesture: str) -> None:
        view = self._view_of(key)
        row = key.pupil_id - 100
        where = f"{self.names[row]} (STT {row + 1})"
        if not self.can_enter:
            raise AccessDenied("not_yours", "Sổ này của giáo viên khác; chỉ xem được.")
        if not view.editable:
            raise RuleRefused(
                "cell_locked", f"Ô {column_title(key.column.split('.')[1])} của {where} đã khóa."
            )
        explicit = view.state not in (CellState.EMPTY, CellState.MARK, CellState.PENDING_MAKEUP)
        if explicit and gesture not in ("undo", "redo", "state"):
            raise RuleRefused(
                "explicit_state",
                f"Ô của {where} đang ghi trạng thái riêng; bỏ trạng thái trước khi gõ điểm.",
            )

    def _columns(self) -> tuple[SheetColumn, ...]:
        columns: list[SheetColumn] = []
        average = "ĐTBmhk" if self.kind is SubjectKind.MARKS else "Mức"
        for term in Term:
            for at, code in enumerate(column_codes(4)):
                key = f"{term}.{code}"
                test_on, due_on = self._dates.get(key, (None, None))
                missing = due_on is not None and due_on < TODAY and not self._complete(key)
                columns.append(
                    SheetColumn(
                        key,
                        term,
                        code,
                        column_title(code),
                        "Đánh giá thường xuyên" if code.startswith("tx") else "Định kì",
                        AssessmentId(at + 1),
                        test_on,
                        due_on,
                        locked=key in self.locked,
                        overdue=missing,
                    )
                )
            columns.append(
                SheetColumn(f"{term}.avg", term, "avg", average, term.label, computed=True)
            )
            columns.append(SheetColumn(f"{term}.comment", term, "comment", "Nhận xét", ""))
        columns.append(SheetColumn("YEAR.avg", None, "avg", "ĐTBmcn", "Cả năm", computed=True))
        return tuple(columns)

    def _complete(self, column: str) -> bool:
        return all(
            self._cells.get(self.key(row, column), MarkCell()).state
            for row in range(len(self.names))
        )

    def _view_of(self, key: CellKey) -> CellView:
        code = key.column.split(".")[1]
        left = key.pupil_id - 100 in self.left
        if code == "avg":
            return CellView(text=self._average(key))
        open_now = key in self.open_cells
        editable = self.can_enter and not left and (key.column not in self.locked or open_now)
        if code == "comment":
            return CellView(text=self._comments.get(key, ""), editable=editable)
        cell = self._cells.get(key, MarkCell())
        due = self._dates.get(key.column, (None, None))[1]
        return CellView(
            text=cell_text(cell, self.kind),
            state=cell.state,
            editable=editable,
            missing=not cell.state and due is not None and due < TODAY,
            late=key in self.late and bool(cell.state),
            corrected_from=self.corrected.get(key, ""),
            note=cell.reason,
            open_by_case=open_now,
        )

    def _average(self, key: CellKey) -> str:
        if key.column == "YEAR.avg":
            return "–"
        term = key.column.split(".")[0]
        total = weight = 0
        for code in column_codes(4):
            cell = self._cells.get(CellKey(key.pupil_id, f"{term}.{code}"), MarkCell())
            value = cell.counted()
            if value is None:
                if cell.state is CellState.EXEMPT:
                    continue
                return "–"
            times = {"gk": 2, "ck": 3}.get(code, 1)
            total, weight = total + times * value, weight + times
        if not weight:
            return "–"
        if self.kind is SubjectKind.COMMENTS:
            return "Đ" if total == weight else "CĐ"
        tenths = (2 * total + weight) // (2 * weight)
        return f"{tenths // 10},{tenths % 10}"

    def _fill(self) -> None:
        for row in range(len(self.names)):
            for at, code in enumerate(column_codes(4)):
                tenths = _SEED_MARKS[(row * 7 + at * 3) % len(_SEED_MARKS)]
                value = tenths if self.kind is SubjectKind.MARKS else DAT
                self.put(row, f"HK1.{code}", MarkCell(CellState.MARK, value))
            self.put_comment(row, "HK1.comment", _COMMENTS[row % len(_COMMENTS)])


def picture_sheet(names: Sequence[str] = NAMES) -> FakeMarkSheet:
    """The sheet of the reference picture: every cell state on the first screen."""
    sheet = FakeMarkSheet(names=names, locked=["HK1.tx1", "HK1.tx2", "HK1.gk", "HK1.ck"])
    for column, test_on, due_on in (
        ("HK1.tx1", date(2026, 9, 18), date(2026, 10, 2)),
        ("HK1.tx2", date(2026, 10, 9), date(2026, 10, 23)),
        ("HK1.tx3", date(2026, 11, 27), date(2026, 12, 11)),
        ("HK1.tx4", date(2026, 12, 18), date(2027, 1, 7)),
        ("HK1.gk", date(2026, 11, 2), date(2026, 11, 16)),
        ("HK1.ck", date(2026, 12, 22), date(2027, 1, 5)),
    ):
        sheet.date_column(column, test_on, due_on)
    if not names:
        return sheet
    for row in (5, 15, 17, 20, 30):
        sheet.put(row, "HK1.tx4", MarkCell())
    sheet.late |= {sheet.key(row, "HK1.tx3") for row in (1, 2, 8, 11)}
    sheet.late.add(sheet.key(6, "HK1.tx4"))
    for row, column, old, new in ((3, "HK1.gk", "8,7", 78), (10, "HK1.tx2", "5,8", 85)):
        sheet.corrected[sheet.put(row, column, MarkCell(CellState.MARK, new))] = old
    for column in ("HK1.tx1", "HK1.tx2"):
        sheet.put(7, column, MarkCell(CellState.TRANSFERRED, 80, "THCS Hòa Bình, học bạ số 12"))
    sheet.put(9, "HK1.tx3", MarkCell(CellState.ZERO_ABSENT, 0, "Vắng không phép, QĐ 12"))
    for column in ("HK1.tx3", "HK1.tx4"):
        sheet.put(12, column, MarkCell(CellState.EXEMPT, None, "QĐ 30 ngày 02/10"))
    sheet.put(13, "HK1.ck", MarkCell(CellState.PENDING_MAKEUP, None, "Ốm, nằm viện"))
    sheet.open_cells.add(sheet.put(14, "HK1.ck", MarkCell(CellState.MARK, 42)))
    sheet.put_comment(5, "HK1.comment", "")
    return sheet


def bind(sheet: FakeMarkSheet) -> Callable[[object], FakeMarkSheet]:
    """An opener that answers every SheetId with the same sheet."""
    return lambda _sheet_id: sheet


def with_kind(view: MarkSheetView, kind: SubjectKind) -> MarkSheetView:
    return replace(view, kind=kind)
