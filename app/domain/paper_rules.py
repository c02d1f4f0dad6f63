"""What may happen to a printed paper next; each `permit_…` raises RuleRefused with its sentence.

Stations are passed in order and taken back from the last (M52); only what is stored is lent.
"""

from __future__ import annotations

from app.domain.ids import AccountId, PupilId
from app.domain.paper_life import PaperEvent, PaperLife, PaperStep
from app.domain.print_runs import BOOKLET_KINDS
from app.errors import RuleRefused
from app.text import date_vn


def permit_step(
    life: PaperLife,
    name: str,
    step: PaperStep,
    person: AccountId | None = None,
    people: str = "",
    pupil: PupilId | None = None,
) -> None:
    """Whether a step may be noted now; `name` begins the sentence ("Bản in số 0007").

    Học bạ of a class go out one by one: that step may be noted again for another pupil.
    """
    _permit_use(life, name)
    if step not in life.steps:
        raise RuleRefused(
            "paper_step_unknown", f"{name} là loại giấy không có bước {step.words}; hãy tải lại."
        )
    if step is PaperStep.PRINCIPAL and life.approved_on_screen:
        raise RuleRefused(
            "paper_approved_on_screen",
            f"{name} do hiệu trưởng ký duyệt bằng mật khẩu của mình; hãy mời hiệu trưởng bấm Ký "
            "duyệt ở bản in này, văn thư không ghi thay.",
        )
    for earlier in life.steps[: life.steps.index(step)]:
        if not life.is_done(earlier):
            raise RuleRefused(
                "paper_step_early",
                f"{name} chưa qua bước {earlier.words}{_who_is_missing(life, earlier)} nên chưa "
                f"ghi được bước {step.words}; hãy ghi theo thứ tự.",
                missing=earlier,
            )
    if step is PaperStep.TEACHERS and life.signers:
        _permit_signature(life, name, person)
        return
    noted = life.noted(step)
    if step is PaperStep.HAND_OUT and life.kind in BOOKLET_KINDS:
        noted = tuple(event for event in noted if _same_booklet(event, pupil, people))
    if noted:
        done = noted[-1]
        raise RuleRefused(
            "paper_step_done",
            f"{name} đã ghi bước {step.words} ngày {date_vn(done.on)}; không ghi lần nữa.",
        )


def _same_booklet(event: PaperEvent, pupil: PupilId | None, people: str) -> bool:
    if pupil is None and event.pupil is None:
        return event.people == people
    return event.pupil == pupil


def _permit_signature(life: PaperLife, name: str, person: AccountId | None) -> None:
    signer = next((one for one in life.signers if one.account_id == person), None)
    if signer is None:
        names = ", ".join(one.name for one in life.signers)
        raise RuleRefused(
            "paper_signer_unknown",
            f"{name} cần chữ ký của {names}; hãy chọn người đã ký trong số ấy.",
        )
    if signer not in life.missing():
        raise RuleRefused(
            "paper_step_done", f"{signer.name} đã ký {_lower(name)}; không ghi lần nữa."
        )


def permit_take_back(
    life: PaperLife, name: str, step: PaperStep, person: AccountId | None = None
) -> None:
    """Whether what was noted of a step may be taken back: only the last one, so order stays."""
    _permit_use(life, name)
    noted = [e for e in life.noted(step) if person in (None, e.person)]
    if not noted:
        raise RuleRefused(
            "paper_step_not_done",
            f"{name} chưa ghi bước {step.words} nên không có gì để gỡ; hãy tải lại trang.",
        )
    if life.loan is not None:
        raise RuleRefused(
            "paper_lent",
            f"{name} đang cho {life.loan.people} mượn; hãy ghi nhận trả rồi mới gỡ.",
        )
    for later in life.steps[life.steps.index(step) + 1 :]:
        if life.noted(later):
            raise RuleRefused(
                "paper_step_later_first",
                f"{name} đã ghi bước {later.words} sau bước này; hãy gỡ bước ấy trước.",
                later=later,
            )


def permit_move(life: PaperLife, name: str) -> None:
    """Another keeper or place: only for what is stored and at home."""
    _permit_use(life, name)
    _permit_stored(life, name, "chuyển nơi lưu")
    _permit_home(life, name, "chuyển nơi lưu")


def permit_loan(life: PaperLife, name: str) -> None:
    """A loan leaves the place it is kept at, one at a time."""
    _permit_use(life, name)
    _permit_stored(life, name, "cho mượn")
    _permit_home(life, name, "cho mượn tiếp")


def permit_return(life: PaperLife, name: str) -> None:
    """Only what is lent comes back."""
    if life.loan is None:
        raise RuleRefused(
            "paper_not_lent", f"{name} không ghi là đang cho mượn; hãy tải lại trang."
        )


def permit_discard(life: PaperLife, name: str) -> None:
    """A wrong or spoilt print is put aside; not one that somebody has borrowed."""
    _permit_use(life, name)
    _permit_home(life, name, "hủy")


def permit_restore(life: PaperLife, name: str) -> None:
    """Back into use."""
    if life.discarded is None:
        raise RuleRefused("paper_in_use", f"{name} không ghi là đã hủy; hãy tải lại trang.")


def _permit_use(life: PaperLife, name: str) -> None:
    if life.discarded is not None:
        raise RuleRefused(
            "paper_discarded",
            f"{name} đã ghi hủy ngày {date_vn(life.discarded.on)} ({life.discarded.note}) nên "
            "không ghi gì thêm; hãy dùng bản in khác, hoặc ghi dùng lại bản này.",
        )


def _permit_stored(life: PaperLife, name: str, what: str) -> None:
    if not life.is_done(PaperStep.STORE):
        raise RuleRefused(
            "paper_not_stored",
            f"{name} chưa cất vào nơi lưu nên chưa {what} được; hãy ghi người giữ, nơi để trước.",
        )


def _permit_home(life: PaperLife, name: str, what: str) -> None:
    loan = life.loan
    if loan is not None:
        due = "" if loan.due_on is None else f", hẹn trả {date_vn(loan.due_on)}"
        raise RuleRefused(
            "paper_lent",
            f"{name} đang cho {loan.people} mượn{due} nên chưa {what} được; hãy ghi nhận trả "
            "trước.",
        )


def _who_is_missing(life: PaperLife, step: PaperStep) -> str:
    if step is not PaperStep.TEACHERS or not life.signers:
        return ""
    return f" (còn thiếu {', '.join(one.name for one in life.missing())})"


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
