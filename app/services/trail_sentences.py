"""Nhật ký in words: one title and one sentence a kind of entry, an open table.

A kind that is not in the table is shown by its code and its detail, so nothing is ever hidden; a
test keeps the table complete for every kind the services write.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from app.domain.periods import Period, entry_term
from app.domain.pupils import DATE_FIELDS, FIELD_TITLES
from app.domain.roles import Role
from app.domain.subjects import column_title
from app.services import trail_pupils
from app.services.trail_cases import CASES
from app.services.trail_departments import DEPARTMENTS
from app.services.trail_letters import LETTERS
from app.services.trail_media import MEDIA
from app.services.trail_office import OFFICE, backup_made
from app.services.trail_papers import PAPERS
from app.services.trail_proofs import PROOFS
from app.services.trail_signed import SIGNED
from app.services.trail_studies import STUDIES
from app.services.trail_wording import Detail
from app.services.trail_wording import Wording as Wording
from app.services.trail_year_end import YEAR_END
from app.text import date_vn

_RESULTS = {
    "wrong_password": "sai mật khẩu",
    "wrong_recovery_code": "sai mã khôi phục",
    "unknown_person": "không có tài khoản",
    "disabled_person": "tài khoản tạm ngưng",
    "account_disabled": "tài khoản đã khóa",
}
FINDINGS = {
    "head_missing": "thiếu tệp dấu nhật ký",
    "head_damaged": "tệp dấu nhật ký hỏng",
    "trail_shorter": "tệp dữ liệu là bản cũ hơn",
    "trail_differs": "tệp dữ liệu đã bị thay",
    "trail_unreadable": "nhật ký có mục không đọc được",
    "clock_back": "đồng hồ máy lùi lại",
    "keyfile_older": "tệp khóa là bản cũ",
    "sign_in_log_missing": "tệp ghi lần đăng nhập sai bị xóa",
    "sign_in_log_damaged": "tệp ghi lần đăng nhập sai bị hỏng",
}
"""What a sign-in may find, in short; the finder writes the whole sentence."""
_GESTURES = {
    "key": "gõ",
    "paste": "dán",
    "fill": "điền xuống",
    "clear": "xóa ô",
    "undo": "hoàn tác",
    "redo": "làm lại",
    "import": "nhập tệp",
}


def sentence_of(kind: str, detail: str, cells: int, table: Mapping[str, Wording]) -> str:
    """The sentence of one entry; `cells` counts its mark cells."""
    wording = table.get(kind)
    try:
        text = f"{kind}: {detail}" if wording is None else wording.say(json.loads(detail))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        # Only a row rewritten from outside lacks what its kind always has: shown as it is.
        text = f"{kind}: {detail}"
    return f"{text} ({cells} ô điểm)" if cells else text


def title_of(kind: str, table: Mapping[str, Wording]) -> str:
    """The words of a kind; its code when nobody named it."""
    return table[kind].title if kind in table else kind


def when(written: str) -> str:
    """Time and day of an entry for a sentence; the text itself when it is no time."""
    try:
        return f"{datetime.fromisoformat(written):%H:%M ngày %d/%m/%Y}"
    except ValueError:
        return written


def day_of(written: str) -> date | None:
    """The day of an entry; None when a row somebody rewrote has none."""
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None


def _day(text: object) -> str:
    return date_vn(date.fromisoformat(text)) if isinstance(text, str) and text else ""


def _changes(fields: Mapping[str, Any]) -> str:
    parts = []
    for name, (old, new) in fields.items():
        shown = (_day(old), _day(new)) if name in DATE_FIELDS else (old, new)
        before, after = (text or "(trống)" for text in shown)
        parts.append(f"{FIELD_TITLES.get(name, name)}: {before} → {after}")
    return "; ".join(parts)


def _role(code: object) -> str:
    return Role(str(code)).label.lower()


def _period(code: object) -> str:
    return Period(str(code)).words


def _failed(d: Detail) -> str:
    parts = []
    if d["attempts"]:
        said = [
            f"{one['uid']} lúc {one['at'][11:16]} ngày {_day(one['at'][:10])} "
            f"({_RESULTS.get(one['result'], one['result'])})"
            for one in d["attempts"]
        ]
        parts.append(f"{len(said)} lần đăng nhập không thành: {'; '.join(said)}")
    if d["missing"]:
        parts.append("tệp ghi các lần đăng nhập sai đã bị xóa")
    if d["damaged_lines"]:
        parts.append(f"{d['damaged_lines']} dòng của tệp ấy không đọc được")
    text = "; ".join(parts)
    return text[:1].upper() + text[1:]


def _sign_in(d: Detail) -> str:
    found = d.get("findings") or []
    said = ", ".join(FINDINGS.get(code, str(code)) for code in found)
    return f"Đăng nhập, có cảnh báo: {said}" if said else "Đăng nhập"


def _sign_out(d: Detail) -> str:
    ends = {"switch": "Đổi người dùng", "restore": "Nhường chỗ cho bản khôi phục"}
    text = ends.get(d["how"], "Đóng chương trình")
    lost = d.get("keyfile", "")
    return f"{text}; tệp khóa lúc ấy bị mất hoặc bị sửa ({lost})" if lost else text


def _post(d: Detail) -> str:
    before = f" thay {d['old']}" if d["old"] else ""
    return f"{d['subject']} lớp {d['class']}: {d['new']}{before}, từ {_day(d['since'])}"


def _imported(d: Detail) -> str:
    source = f" từ {d['source']}" if d["source"] else ""
    return (
        f"Nhập danh sách lớp {d['class']}{source}: {len(d['new'])} em mới, "
        f"{len(d['changed'])} em thay đổi, {len(d['returned'])} em trở lại"
    )


def _marks(d: Detail) -> str:
    how = _GESTURES.get(str(d.get("gesture")), str(d.get("gesture", "")))
    text = f"Nhập điểm {d['subject']} lớp {d['class']}" + (f", {how}" if how else "")
    text += f", {len(d['comments'])} nhận xét" if d.get("comments") else ""
    return f"{text}; xác nhận kiểm dò hết hiệu lực" if d.get("voided_proofs") else text


def _dates(d: Detail) -> str:
    (test_old, test_new), (due_old, due_new) = d["test_on"], d["due_on"]
    return (
        f"Ngày của cột {_column(d['column'])} {d['subject']} lớp {d['class']}: kiểm tra "
        f"{test_old or '(trống)'} → {test_new or '(trống)'}, hạn nhập {due_old or '(trống)'} → "
        f"{due_new or '(trống)'}" + _returned(d)
    )


def _column(key: str) -> str:
    """A column as people say it: "HK1.tx2" is "ĐĐGtx2 học kì I"."""
    term, _, code = key.partition(".")
    return f"{column_title(code)} {entry_term(term).words}"


def _returned(d: Detail) -> str:
    old, new = d.get("returned_on", ["", ""])
    return f", trả bài {old or '(trống)'} → {new or '(trống)'}" if old != new else ""


def _attendance(d: Detail) -> str:
    how = _GESTURES.get(str(d["gesture"]), str(d["gesture"]))
    months = sorted({change[1][:7] for change in d["changes"]})
    return f"Điểm danh lớp {d['class']} {_months(months)}, {how}: {len(d['changes'])} ô"


def _months(written: Iterable[str]) -> str:
    return ", ".join(f"tháng {int(text[5:7])}/{text[:4]}" for text in written)


def _month_declared(d: Detail) -> str:
    late = ", muộn hạn" if d["late"] else ""
    return (
        f"Báo đủ điểm danh {_months([d['month']])} ({_period(d['term'])}) lớp {d['class']}: "
        f"{d['excused']} buổi có phép, {d['unexcused']} không phép{late}"
    )


def _calendar(d: Detail) -> str:
    parts = []
    days_old, days_new = d["weekdays"]
    # Until the rules of the school laid it down, the calendar held the monthly due day.
    due_old, due_new = d.get("due_day", ("", ""))
    if days_old != days_new:
        parts.append(f"ngày học {days_old} → {days_new}")
    if due_old != due_new:
        parts.append(f"hạn báo đủ ngày {due_old} → {due_new}")
    for key, words in (("added", "thêm"), ("removed", "bỏ")):
        parts += [
            f"{words} {'học bù ' if taught else ''}{name} {_day(first)}"
            + (f" đến {_day(last)}" if last != first else "")
            for name, first, last, taught in d[key]
        ]
    if d["reopened"]:
        parts.append(f"{len(d['reopened'])} tháng phải báo đủ lại")
    return f"Lịch năm học {d['year']}: " + ("; ".join(parts) or "như thường lệ")


def _decided(d: Detail) -> str:
    day = d.get("decision_on", "")
    return f"QĐ số {d['decision']}" + (f" ngày {day}" if day else "")


SESSION: dict[str, Wording] = {
    "session.sign_in": Wording("Đăng nhập", _sign_in),
    "session.sign_out": Wording(
        "Thôi làm việc",
        _sign_out,
    ),
    "session.failed_sign_ins": Wording("Đăng nhập không thành", _failed),
    "backup.made": Wording("Sao lưu", backup_made),
    "backup.second": Wording(
        "Nơi sao lưu thứ hai",
        lambda d: f"Sao lưu thêm vào {d['folder']}" if d["folder"] else "Thôi nơi sao lưu thứ hai",
    ),
    "backup.folder": Wording("Thư mục sao lưu", lambda d: f"Sao lưu vào {d['folder']}"),
    "recovery.renewed": Wording("Mã khôi phục mới", lambda d: "Lập mã khôi phục mới"),
}

SCHOOL: dict[str, Wording] = {
    "school.founded": Wording(
        "Lập sổ", lambda d: f"Lập sổ của {d['name']}, hiệu trưởng {d['principal']}"
    ),
    "school.saved": Wording(
        "Thông tin trường",
        lambda d: (
            "Sửa thông tin trường: "
            + ("; ".join(f"{old or '(trống)'} → {new}" for old, new in d.values()) or "không đổi")
        ),
    ),
    "year.added": Wording(
        "Năm học",
        lambda d: f"Lập năm học {d['year']}, từ {_day(d['starts'])} đến {_day(d['ends'])}",
    ),
    "subjects.filled": Wording(
        "Môn học", lambda d: f"Lập {len(d['subjects'])} môn học của năm {d['year']}"
    ),
    "subject.tx_count": Wording(
        "Số đánh giá thường xuyên",
        lambda d: (
            f"{d['subject']} khối {d['grade']}: {d['old']} → {d['new']} đánh giá thường "
            f"xuyên{'; ' + d['reason'] if d['reason'] else ''}"
        ),
    ),
    "class.added": Wording("Lập lớp", lambda d: f"Lập lớp {d['class']} theo {d['regulation']}"),
    **STUDIES,
    "class.removed": Wording("Xóa lớp", lambda d: f"Xóa lớp {d['class']} lập nhầm, chưa ghi gì"),
    "practice.removed": Wording("Xóa bản tập", lambda d: f"Xóa bản tập {d['name']}"),
    "calendar.set": Wording("Lịch năm học", _calendar),
    "setting.set": Wording(
        "Thiết lập", lambda d: f"Đặt {d['key']}: {d['old'] or '(trống)'} → {d['new']}"
    ),
}

PEOPLE: dict[str, Wording] = {
    "account.added": Wording(
        "Lập tài khoản",
        lambda d: (
            f"Lập tài khoản {d['uid']} cho {d['name']}"
            + (f", {', '.join(_role(r) for r in d['roles'])}" if d["roles"] else "")
        ),
    ),
    "account.role_given": Wording(
        "Giao vai trò", lambda d: f"{d['name']} làm {_role(d['role'])} từ {_day(d['since'])}"
    ),
    "account.role_ended": Wording(
        "Thôi vai trò",
        lambda d: f"{d['name']} thôi làm {_role(d['role'])}, ngày cuối {_day(d['last_day'])}",
    ),
    "account.principal_changed": Wording(
        "Bàn giao hiệu trưởng",
        lambda d: f"{d['from']} bàn giao chức hiệu trưởng cho {d['name']} từ {_day(d['since'])}",
    ),
    "account.disabled": Wording("Khóa tài khoản", lambda d: f"Khóa tài khoản {d['name']}"),
    "account.enabled": Wording("Mở lại tài khoản", lambda d: f"Mở lại tài khoản {d['name']}"),
    "account.revoked": Wording(
        "Thu hồi khóa", lambda d: f"Thu hồi khóa của {d['name']} và đổi khóa dữ liệu"
    ),
    "account.password_reset": Wording(
        "Đặt lại mật khẩu",
        lambda d: f"Đặt lại mật khẩu của {d['name']}, khóa ký mới {d['key'][:19]}…",
    ),
    "account.password_changed": Wording("Đổi mật khẩu", lambda d: "Đổi mật khẩu của mình"),
    "account.recovered": Wording(
        "Dùng mã khôi phục",
        lambda d: f"Dùng mã khôi phục đặt lại mật khẩu {d['uid']}, khóa ký mới {d['key'][:19]}…",
    ),
    "account.key_settled": Wording(
        "Nối lại việc đặt mật khẩu",
        lambda d: f"Ghi khóa ký mới {d['key'][:19]}… của lần {d['by']} đặt lại mật khẩu bị ngắt",
    ),
    "assignment.set": Wording("Phân công", lambda d: f"Phân công {_post(d)}"),
    "assignment.ended": Wording(
        "Thôi phân công",
        lambda d: (
            f"{d['teacher']} thôi phân công ở lớp {d['class']}, ngày cuối {_day(d['last_day'])}"
        ),
    ),
    "assignment.batch": Wording(
        "Phân công theo danh sách",
        lambda d: f"Phân công {len(d['posts'])} dòng: " + "; ".join(_post(p) for p in d["posts"]),
    ),
}

ROSTER: dict[str, Wording] = {
    "roster.pupil_added": Wording(
        "Thêm học sinh",
        lambda d: (
            f"Thêm {d['name']} vào lớp {d['class']} từ {_day(d['joined'])}"
            + trail_pupils.arrival(d)
        ),
    ),
    "roster.profile": Wording(
        "Sửa hồ sơ học sinh",
        lambda d: f"Hồ sơ {d['name']} lớp {d['class']}: {_changes(d['fields'])}",
    ),
    "roster.frozen": Wording(
        "Chốt danh sách", lambda d: f"Chốt danh sách lớp {d['class']}: {d['pupils']} học sinh"
    ),
    "roster.left": Wording("Rời lớp", trail_pupils.left),
    "roster.returned": Wording(
        "Trở lại lớp",
        lambda d: f"{d['name']} trở lại lớp {d['class']} {_day(d['on'])}: {d['reason']}",
    ),
    "roster.moved": Wording("Chuyển lớp", trail_pupils.moved),
    "roster.imported": Wording("Nhập danh sách", _imported),
}

MARKS: dict[str, Wording] = {
    "mark.set": Wording("Nhập điểm", _marks),
    "assessment.dates": Wording("Ngày kiểm tra", _dates),
    "sheet.confirm": Wording(
        "Xác nhận",
        lambda d: f"Xác nhận {d['subject']} lớp {d['class']}, {_period(d['period'])}",
    ),
    "attendance.set": Wording("Điểm danh", _attendance),
    "attendance.month": Wording("Báo đủ điểm danh", _month_declared),
    "attendance.former": Wording(
        "Buổi nghỉ ở trường cũ",
        lambda d: (
            f"{d['name']} lớp {d['class']}, {_period(d['term'])}: {d['new'][0]} buổi có phép, "
            f"{d['new'][1]} không phép ở {d['school']} ({d['document']})"
        ),
    ),
    "conduct.set": Wording(
        "Rèn luyện", lambda d: f"Nhập rèn luyện lớp {d['class']}: {len(d['changes'])} ô"
    ),
}

CONTROL: dict[str, Wording] = {
    "window.open": Wording(
        "Mở đợt nhập",
        lambda d: (
            f"{'Ghi lại' if d.get('after_fact') else 'Mở'} đợt nhập {_period(d['period'])} "
            f"{d.get('scope', 'toàn trường')} {d['opens_on']} đến {d['closes_on']}, {_decided(d)}"
        ),
    ),
    "window.withdraw": Wording(
        "Thu lại đợt nhập",
        lambda d: (
            f"Thu lại đợt nhập {_period(d['period'])} {d.get('scope', 'toàn trường')}, "
            f"{_decided(d)}"
        ),
    ),
    "late_opening.open": Wording(
        "Mở bổ sung",
        lambda d: (
            f"{'Ghi lại lần mở' if d.get('after_fact') else 'Mở'} bổ sung {_period(d['period'])} "
            f"lớp {d['class']} {d['opens_on']} đến {d['closes_on']}, {_decided(d)}"
        ),
    ),
    "column.lock": Wording(
        "Khóa cột",
        lambda d: f"Khóa {len(d['columns'])} cột lớp {d['class']}, {_decided(d)}",
    ),
    "column.unlock": Wording(
        "Mở khóa cột",
        lambda d: f"Mở khóa {len(d['columns'])} cột lớp {d['class']}, {_decided(d)}",
    ),
    "period.close": Wording(
        "Chốt",
        lambda d: f"Chốt {_period(d['period'])} lớp {d['class']}, QĐ số {d['decision']}",
    ),
    "print.run": Wording(
        "Bản in", lambda d: f"Bản in số {d['number']}: {d['title']}, {d['pages']} trang"
    ),
    "year.seal": Wording(
        "Niêm phong", lambda d: f"Niêm phong bản {d['copy']}: {d['bag']}, {d['files']} tệp"
    ),
}

WORDINGS: Mapping[str, Wording] = (
    SESSION
    | SCHOOL
    | PEOPLE
    | ROSTER
    | MARKS
    | CONTROL
    | CASES
    | YEAR_END
    | OFFICE
    | LETTERS
    | MEDIA
    | PAPERS
    | SIGNED
    | PROOFS
    | DEPARTMENTS
    | trail_pupils.PUPILS
)
"""Every kind the program writes today."""
