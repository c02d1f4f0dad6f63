"""What each kind of correction case asks for: who approves, which evidence, how many witnesses.

Sources: THCS practice (quy chế sổ điểm điện tử) has the principal approve all of it; one THPT has a
vice principal sign corrections of marks and another those of pupils' information. Which of them a
school follows is data.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.actor import Actor
from app.domain.corrections import CaseKind
from app.domain.ids import AccountId
from app.domain.roles import Role, holds_one


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence: its name, what the declaration asks, an example."""

    name: str
    asked: str
    example: str


@dataclass(frozen=True, slots=True)
class CaseRule:
    """The rule of one kind.

    Whoever holds one of `approvers` may decide, unless `approver_uids` names people: then only
    they (`approver_names` in words). `delegates` were given the power for the day. `needed` says
    which of the two proofs must be named, `late_allowed` whether a reason opens a case after its
    last day, `unlock_minutes` how long an approved case holds its cells open. `registered`: văn thư
    takes the declaration in before anybody checks it (M185).
    """

    kind: CaseKind
    proofs: tuple[Proof, Proof]
    approvers: tuple[Role, ...] = (Role.PRINCIPAL, Role.VICE_PRINCIPAL)
    approver_uids: frozenset[str] = frozenset()
    approver_names: str = ""
    delegates: frozenset[AccountId] = frozenset()
    least_witnesses: int = 2
    registered: bool = True
    needed: tuple[bool, bool] = (True, True)
    late_allowed: bool = True
    unlock_minutes: int = 15

    def allows(self, actor: Actor) -> bool:
        """Whether this person may decide such cases."""
        return self.decides(actor.account_id, actor.uid, actor.roles)

    def decides(self, account_id: AccountId, uid: str, roles: Collection[Role]) -> bool:
        """Whether an account with these offices may decide such cases."""
        named = not self.approver_uids or uid in self.approver_uids
        return (named and holds_one(roles, self.approvers)) or account_id in self.delegates


REGISTRARS = (Role.SECRETARY, Role.ADMINISTRATOR)
"""Who takes a declaration in: văn thư, ban quản trị (M60, M185)."""

DEFAULT_RULES: Mapping[CaseKind, CaseRule] = {
    rule.kind: rule
    for rule in (
        CaseRule(
            CaseKind.MARKS,
            (
                Proof(
                    "Sổ điểm cá nhân",
                    "Sổ điểm cá nhân, trang và dòng nào",
                    "Trang 23, dòng 12",
                ),
                Proof(
                    "Bài kiểm tra",
                    "Bài kiểm tra của học sinh, lấy ở đâu",
                    "Bài cuối kì, tập 6A, bài số 12",
                ),
            ),
        ),
        CaseRule(
            CaseKind.CONDUCT,
            (
                Proof(
                    "Sổ chủ nhiệm",
                    "Sổ chủ nhiệm, trang và dòng nào",
                    "Trang 15, dòng 12",
                ),
                Proof(
                    "Biên bản xét rèn luyện",
                    "Biên bản xét rèn luyện của lớp, số và ngày",
                    "Biên bản họp lớp ngày 08/01/2027",
                ),
            ),
        ),
        CaseRule(
            CaseKind.ATTENDANCE,
            (
                Proof(
                    "Sổ đầu bài",
                    "Sổ đầu bài hoặc sổ điểm danh giấy, trang nào",
                    "Tuần 5, trang 11",
                ),
                Proof(
                    "Đơn xin phép",
                    "Đơn xin phép hoặc xác nhận của gia đình",
                    "Đơn ngày 05/10, lưu ở sổ chủ nhiệm",
                ),
            ),
        ),
        CaseRule(
            CaseKind.PROFILE,
            (
                Proof(
                    "Giấy khai sinh",
                    "Giấy khai sinh: số, ngày, nơi đăng ký",
                    "Số 45/2015, UBND xã Đồng Xuân",
                ),
                Proof(
                    "Giấy tờ đối chiếu",
                    "Giấy tờ đối chiếu khác (thẻ căn cước, học bạ lớp trước)",
                    "Thẻ căn cước; học bạ lớp 5",
                ),
            ),
        ),
    )
}

LOCKED_PROFILE_FIELDS = (
    "full_name",
    "birth_date",
    "sex",
    "ethnicity",
    "birthplace",
    "personal_id",
)
"""What books and học bạ print of a pupil: once the roster is frozen, a filled field of these
changes only by a case (M67, M184). A field still empty is filled in the profile itself.
"""
