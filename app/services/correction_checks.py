"""What a correction case must satisfy at each step, apart from the steps themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from app.actor import Actor
from app.domain.corrections import Correction, CorrectionItem, Step
from app.domain.ids import SchoolYearId
from app.domain.marks import EMPTY, MarkCell, parse_entry, trail_text
from app.domain.periods import Period, period_of
from app.domain.roles import Role
from app.domain.subjects import column_title
from app.errors import AccessDenied, RuleRefused, StaleData
from app.ports import Assessment, UnitOfWork
from app.readmodels.mark_sheet import CellKey
from app.services.sheet_access import stop_reason
from app.services.sheet_facts import CellAddress, SheetFacts
from app.text import clean, date_vn, fold
from app.vault import Signer


def cutoff_setting(year_id: SchoolYearId, period: Period) -> str:
    """Settings key of the last day of ordinary cases of a period."""
    return f"correction.cutoff.{year_id}.{period.value}"


def declared_item(
    uow: UnitOfWork, facts: SheetFacts, actor: Actor, key: CellKey, text: str
) -> CorrectionItem:
    """One cell of a declaration, checked: locked, filled, changed, in no other open case."""
    column, old = declarable(uow, facts, actor, key)
    new = parse_entry(text, facts.subject.kind)
    if new == old:
        raise RuleRefused("same_value", "Điểm đề nghị giống điểm đang lưu; hãy kiểm tra lại.")
    return CorrectionItem(column.id, key.pupil_id, old, new)


def declarable(
    uow: UnitOfWork, facts: SheetFacts, actor: Actor, key: CellKey
) -> tuple[Assessment, MarkCell]:
    """The column and the present content of a cell a case may be opened for, or the refusal."""
    column = facts.columns.get(key.column)
    if column is None:
        raise RuleRefused("no_column", "Chỉ lập hồ sơ cho ô điểm, không cho cột tự tính.")
    refuse_sealed(facts)
    if stop_reason(facts, actor, key) is None:
        raise RuleRefused(
            "cell_open",
            f"Ô này đang mở nên không cần hồ sơ; hãy sửa thẳng trong sổ {facts.subject.name}.",
        )
    old = facts.cell(column.id, key.pupil_id)
    if old == EMPTY:
        raise RuleRefused(
            "cell_empty",
            "Ô này đang trống nên không lập hồ sơ sửa; hãy xin mở bổ sung bằng quyết định.",
        )
    case = _unfinished(uow, facts, (column.id, key.pupil_id))
    if case is not None:
        raise RuleRefused(
            "already_in_case",
            f"Ô này đã nằm trong hồ sơ số {case.number:02d} chưa xong; hãy chờ hoặc rút hồ sơ ấy.",
        )
    return column, old


def refuse_sealed(facts: SheetFacts) -> None:
    """After the seal nothing of the year moves without an unsealing decision."""
    if facts.locks.seal is not None:
        raise RuleRefused(
            "sealed",
            "Năm học đã niêm phong; hồ sơ sửa điểm cần quyết định mở niêm phong trước.",
        )


def _unfinished(uow: UnitOfWork, facts: SheetFacts, cell: CellAddress) -> Correction | None:
    """The case a cell waits in; one whose time ran out holds nothing, noted or not."""
    held = facts.open_items.get(cell)
    if held is not None:
        return held[0]
    for case in uow.corrections.in_step(*facts.sheet, (Step.DECLARED, Step.CHECKED)):
        if any((i.assessment_id, i.pupil_id) == cell for i in case.items):
            return case
    return None


def named_witnesses(names: Sequence[str]) -> tuple[str, ...]:
    """Who will sign the minutes as witnesses: two different people at least (M65)."""
    seen = {fold(name): clean(name) for name in names if clean(name)}
    if len(seen) < 2:
        raise RuleRefused(
            "witnesses_required",
            "Chưa đủ người chứng kiến nên chưa duyệt; hãy ghi tên ít nhất hai người khác nhau sẽ "
            "ký biên bản.",
        )
    return tuple(seen.values())


def check_cutoff(
    uow: UnitOfWork, facts: SheetFacts, keys: Mapping[CellKey, str], late_reason: str
) -> None:
    """After the last ordinary day a case needs the reason for an exception."""
    for period in {period_of(facts.columns[key.column].term) for key in keys}:
        text = uow.school.setting(cutoff_setting(facts.year.id, period))
        if text and facts.today > date.fromisoformat(text) and not late_reason:
            day = date_vn(date.fromisoformat(text))
            raise RuleRefused(
                "past_cutoff",
                f"Đã quá hạn lập hồ sơ của {period.words} (hạn {day}); hãy ghi lý do "
                "ngoại lệ để hiệu trưởng quyết định.",
            )


def decider(uow: UnitOfWork, signer: Signer, today: date) -> Actor:
    """The account behind the signature, when it may decide cases."""
    approver = uow.accounts.actor(signer.uid, today)
    if not approver.has(Role.PRINCIPAL, Role.VICE_PRINCIPAL):
        raise AccessDenied(
            "role_required",
            f"{approver.name} không có quyền duyệt sửa điểm; việc này của hiệu trưởng hoặc phó "
            "hiệu trưởng.",
        )
    return approver


def refuse_own(case: Correction, approver: Actor) -> None:
    """Nobody approves what they asked for or checked."""
    if approver.account_id in (case.requested_by, case.checked_by):
        raise AccessDenied(
            "own_request",
            f"{approver.name} đã đề nghị hoặc kiểm dò hồ sơ này nên không tự duyệt được; hãy "
            "để người khác duyệt.",
        )


def refuse_moved(facts: SheetFacts, item: CorrectionItem) -> None:
    """The cell must still hold what the case says it holds."""
    if facts.cell(item.assessment_id, item.pupil_id) != item.old:
        raise StaleData(
            "cell_moved",
            f"Điểm của {pupil_name(facts, item)} ở {column_name(facts, item)} không còn như lúc "
            "lập hồ sơ; hãy rút hồ sơ và lập lại.",
        )


def expect(case: Correction, step: Step, what: str) -> None:
    """The case must stand at this step."""
    if case.step is not step:
        raise wrong_step(case, what)


def wrong_step(case: Correction, what: str) -> RuleRefused:
    """The refusal of a step out of order."""
    return RuleRefused(
        "wrong_step",
        f"Hồ sơ số {case.number:02d} đang ở bước “{case.step.label}” nên không {what} được; hãy "
        "tải lại trang.",
    )


def pupil_name(facts: SheetFacts, item: CorrectionItem) -> str:
    """Full name on the roster."""
    found = (e.profile.full_name for e in facts.entries if e.pupil_id == item.pupil_id)
    return next(found, f"học sinh số {item.pupil_id}")


def column_name(facts: SheetFacts, item: CorrectionItem) -> str:
    """Column and term in words."""
    for column in facts.columns.values():
        if column.id == item.assessment_id:
            return f"{column_title(column.code)} {column.term.words}"
    return "cột lạ"


def said(facts: SheetFacts, cell: MarkCell) -> str:
    """The cell in the words of the trail; "trống" for empty."""
    return trail_text(cell, facts.subject.kind) or "trống"
