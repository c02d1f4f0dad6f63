"""Questions about the file itself: has it been rewritten, and who could write in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from app.domain.ids import ClassId, SubjectId
from app.domain.inquiries import Question, Verdict
from app.domain.roles import Assignment
from app.domain.school import SchoolClass
from app.ports import UnitOfWork
from app.progress import Progress, no_progress
from app.readmodels.inquiry import Answer, AnswerColumn
from app.services.checkpoints import CheckpointReason
from app.services.trail_review import check_trail
from app.services.trail_sentences import FINDINGS, WORDINGS, sentence_of, when
from app.services.untold_marks import untold_marks
from app.text import date_vn
from app.trail_ports import ChangeScope

_SIGNED = {reason.value: reason.label for reason in CheckpointReason}
_LAST_DAYS = CheckpointReason.END_OF_DAY.value
_BRANCHES = ("backup.restored", "backup.salvaged")
_OTHERS_PASSWORD = ("account.password_reset", "account.recovered")


def file_whole(uow: UnitOfWork, scope: ChangeScope, progress: Progress = no_progress) -> Answer:
    """5. The chain, its signatures, the marks against it, restores, warnings at sign-in."""
    state = check_trail(uow)
    untold = list(untold_marks(uow, progress))
    restored = list(uow.trail.of_kinds(_BRANCHES))
    warned = [
        (entry, findings)
        for entry in uow.trail.of_kinds(("session.sign_in",))
        if (findings := json.loads(entry.detail).get("findings"))
    ]
    seals = uow.control.seals(scope.year_id)
    chain = (
        f"Nhật ký KHÔNG nguyên vẹn: {state.problem}"
        if state.problem
        else f"Nhật ký nguyên vẹn: {state.entries} mục nối nhau, {state.checkpoints} mốc ký đều "
        "đúng khóa đã ghi."
    )
    marks = (
        f"{len(untold)} ô điểm trong tệp khác điều nhật ký ghi sau cùng."
        if untold
        else "Mọi ô điểm trong tệp đúng như nhật ký ghi sau cùng."
    )
    sealed = (
        f"Đã niêm phong {len(seals)} bản; đọc lại ổ bằng lệnh kiểm tra ở trang Niêm phong."
        if seals
        else "Năm học chưa niêm phong."
    )
    rows = [
        ("điểm khác nhật ký", mark.last, mark.class_name, "", f"{mark.pupil}, {mark.subject}, "
         f"{mark.column}: tệp “{mark.stored}”, nhật ký “{mark.told}”")
        for mark in untold
    ]  # fmt: skip
    rows += [
        ("tệp thay đổi", when(e.at), e.actor, f"mục {e.seq}",
         sentence_of(e.kind, e.detail, 0, WORDINGS))
        for e in restored
    ]  # fmt: skip
    rows += [
        ("cảnh báo khi đăng nhập", when(e.at), e.actor, f"mục {e.seq}",
         ", ".join(FINDINGS.get(code, str(code)) for code in found))
        for e, found in warned
    ]  # fmt: skip
    rows += [
        ("niêm phong", f"{s.sealed_at:%H:%M ngày %d/%m/%Y}", "", s.bag_name,
         f"{s.files} tệp, vân tay {s.fingerprint[:19]}…")
        for s in seals
    ]  # fmt: skip
    rows += [
        ("mốc ký", when(point.at), point.signer, f"mục {point.seq}",
         f"{_SIGNED.get(point.reason, point.reason)}; mã {point.code}")
        for point in reversed(uow.trail.checkpoints())
        if point.reason != _LAST_DAYS
    ]  # fmt: skip
    bad = state.problem or untold or restored or warned
    return Answer(
        Question.FILE_WHOLE,
        Verdict.ATTENTION if bad else Verdict.CLEAR,
        (
            chain,
            marks,
            sealed,
            "So mã của mốc ký dưới đây với mã nhật ký in trên biên bản, sổ đã ký: khác mã là tệp "
            "đã bị viết lại sau khi in.",
        ),
        (
            AnswerColumn("Loại", 16),
            AnswerColumn("Lúc", 20),
            AnswerColumn("Người", 20),
            AnswerColumn("Chỗ", 14, centred=True),
            AnswerColumn("Nội dung", 36),
        ),
        tuple(rows),
    )


def who_could(uow: UnitOfWork, scope: ChangeScope, today: date) -> Answer:
    """6. Posts with their days, late openings, and passwords that somebody else set."""
    names = {a.id: a.full_name for a in uow.accounts.all(today)}
    classes = [
        klass for klass in uow.school.classes(scope.year_id) if scope.class_id in (None, klass.id)
    ]
    year = uow.school.year(scope.year_id)
    posts: dict[ClassId, list[Assignment]] = {}
    for post in uow.accounts.assignments():
        posts.setdefault(post.class_id, []).append(post)
    rows: list[tuple[str, ...]] = []
    for klass in classes:
        subjects = {s.id: s.name for s in uow.school.subjects(klass.id)}
        rows += [
            (
                klass.name,
                "Chủ nhiệm" if post.subject_id is None else subjects.get(post.subject_id, "môn"),
                names.get(post.account_id, f"tài khoản số {post.account_id}"),
                "rèn luyện, điểm danh, nhận xét" if post.subject_id is None else "điểm, nhận xét",
                f"{date_vn(post.starts_on)} đến {date_vn(post.ends_on) or 'nay'}",
            )
            for post in posts.get(klass.id, ())
        ]
        rows += _openings(uow, klass)
    rows += [
        (
            "",
            "Mật khẩu",
            entry.actor,
            sentence_of(entry.kind, entry.detail, 0, WORDINGS),
            when(entry.at),
        )
        for entry in uow.trail.of_kinds(_OTHERS_PASSWORD)
        if year.starts_on.isoformat() <= entry.at[:10] <= year.ends_on.isoformat()
    ]
    changed = _changed_hands(posts, classes)
    said = (
        f"{len(classes)} lớp. Chỉ người được phân công ghi được điểm của lớp, môn mình, trong đợt "
        "nhập; hiệu trưởng, văn thư, quản trị không ghi điểm được. Ô đã khóa chỉ đổi được bằng hồ "
        "sơ đã duyệt, đúng giá trị đã duyệt."
    )
    more = (
        f"{changed} lớp, môn có từ hai người dạy trở lên trong năm: xem cột thời gian."
        if changed
        else "Không lớp, môn nào đổi người dạy trong năm."
    )
    return Answer(
        Question.WHO_COULD,
        Verdict.SHOWN,
        (
            said,
            more,
            "Dòng Mật khẩu là lần người khác đặt mật khẩu thay chủ tài khoản: từ lúc ấy đến lúc "
            "chủ tài khoản đổi, hai người biết mật khẩu.",
        ),
        (
            AnswerColumn("Lớp", 7, centred=True),
            AnswerColumn("Môn, nhiệm vụ", 22),
            AnswerColumn("Người", 26),
            AnswerColumn("Ghi được", 22),
            AnswerColumn("Thời gian", 23),
        ),
        tuple(rows),
    )


def _openings(uow: UnitOfWork, klass: SchoolClass) -> list[tuple[str, ...]]:
    subjects = {s.id: s.name for s in uow.school.subjects(klass.id)}
    return [
        (
            klass.name,
            "Mọi môn"
            if opening.subject_id is None
            else subjects.get(SubjectId(opening.subject_id), "môn"),
            "người được phân công",
            f"ô trống, mở bổ sung theo QĐ số {opening.decision_no}",
            f"{date_vn(opening.opens_on)} đến {date_vn(opening.closes_on)}",
        )
        for opening in uow.control.class_locks(klass.id).late_openings
    ]


def _changed_hands(posts: Mapping[ClassId, list[Assignment]], classes: list[SchoolClass]) -> int:
    """How many sheets had more than one teacher."""
    count = 0
    for klass in classes:
        people: dict[object, set[int]] = {}
        for post in posts.get(klass.id, ()):
            people.setdefault(post.subject_id, set()).add(post.account_id)
        count += sum(len(found) > 1 for found in people.values())
    return count
