"""Nhật ký in words: what the office does with settings, papers, keys, backups and practice.

Part of the table in `trail_sentences`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.domain.delegations import Power
from app.domain.papers import DocumentKind
from app.domain.table_words import table_words
from app.services.trail_wording import Detail, Wording
from app.text import date_vn


def _day(text: str) -> str:
    return date_vn(date.fromisoformat(text[:10]))


def _kind(code: str) -> str:
    return DocumentKind(code).label


def _basis(words: str) -> Callable[[Detail], str]:
    def say(d: Detail) -> str:
        kind, day = _kind(d["kind"]).lower(), _day(d["issued_on"])
        return f"{words} {kind} số {d['code']} ngày {day} của {d['issuer']}: {d['summary']}"

    return say


def _edited(d: Detail) -> str:
    parts = [
        f"{words} {old or '(trống)'} → {new or '(trống)'}"
        for key, words in (("name", "họ tên"), ("department", "tổ"))
        for old, new in (d[key],)
        if old != new
    ]
    return f"Sửa tài khoản {d['uid']}: {'; '.join(parts)}"


def _restored(d: Detail) -> str:
    lost = d["lost"]
    gone = "không biết bao nhiêu mục đã mất" if lost is None else f"bỏ {lost} mục nhật ký sau đó"
    people = "; ".join(f"{name} {count}" for name, count in d["people"])
    kept = f"; bản bị thay giữ ở {d['kept']}" if d["kept"] else ""
    return (
        f"Khôi phục từ bản sao lưu {d['backup']} (đến mục {d['seq']}), {gone}"
        + (f" ({people})" if people else "")
        + kept
        + ("; mở bằng mã khôi phục" if d["by_code"] else "")
    )


def backup_made(d: Detail) -> str:
    """One backup: where, where else, and how many older copies it replaced."""
    said = f"Sao lưu và kiểm tra: {d['path']}"
    if "second" in d:
        said += f"; nơi thứ hai: {d['second']}"
    if "second_missed" in d:
        said += f"; nơi thứ hai chưa có bản này: {d['second_missed']}"
    if "thinned" in d:
        said += f"; bỏ {d['thinned']} bản cũ đã có bản mới hơn thay"
    return said


def _salvaged(d: Detail) -> str:
    lost = ", ".join(
        f"{table_words(name)} ({pages} trang, {rows} dòng)" for name, pages, rows in d["damaged"]
    )
    what = f"; không đọc được hết: {lost}" if lost else "; không bảng nào thiếu dòng"
    how = " bằng mã khôi phục" if d["by_code"] else ""
    said = f". {d['problem']}" if d["problem"] else ""
    return f"Sổ này cứu từ tệp hỏng{how}: {d['rows']} dòng{what}{said}"


def _rehearsed(d: Detail) -> str:
    how = "mã khôi phục" if d["by_code"] else "mật khẩu"
    result = f"không dùng được: {d['problem']}" if d["problem"] else "dùng được"
    return f"Diễn tập khôi phục bản {d['backup']} bằng {how}: {result}"


def _checked(d: Detail) -> str:
    return f"Kiểm tra tệp và nhật ký: {d['problem'] or 'không thấy gì sai'}"


def _rules(d: Detail) -> str:
    what = f"Chọn {d['profile']}" if d["profile"] else "Đổi quy định"
    parts = [f"{title}: {old} → {new}" for title, old, new in d["changed"]]
    return (
        f"{what} cho năm học {d['year']}, từ {_day(d['starts_on'])}, theo văn bản số "
        f"{d['decision']} ngày {_day(d['decision_on'])}: "
        + ("; ".join(parts) or "không đổi điều nào")
    )


def _form(d: Detail) -> str:
    parts = "; ".join(f"{title}: {old} → {new}" for title, old, new in d["changed"])
    return (
        f"Đổi mẫu {d['title']} (bản {d['number']}), áp dụng từ {_day(d['starts_on'])}, theo văn "
        f"bản số {d['decision']} ngày {_day(d['decision_on'])}: {parts}"
    )


OFFICE: dict[str, Wording] = {
    "delegation.given": Wording(
        "Ủy quyền",
        lambda d: (
            f"{d['giver']} ủy quyền cho {d['taker']} {Power(d['power']).words}, từ "
            f"{_day(d['starts_on'])} đến {_day(d['ends_on'])}, văn bản số {d['decision']} ngày "
            f"{_day(d['decision_on'])}"
        ),
    ),
    "delegation.ended": Wording(
        "Thu lại ủy quyền",
        lambda d: (
            f"Thu lại ủy quyền {Power(d['power']).words} của {d['giver']} cho {d['taker']}, ngày "
            f"cuối {_day(d['last_day'])}"
        ),
    ),
    "data.exported": Wording(
        "Xuất dữ liệu",
        lambda d: (
            f"Xuất “{d['title']}” ra tệp {d['file']}"
            + (f", lớp {d['class']}" if d["class"] else "")
            + ("; có thông tin riêng của học sinh" if d["confidential"] else "")
        ),
    ),
    "rules.set": Wording("Quy định của trường", _rules),
    "form.set": Wording("Mẫu sổ của trường", _form),
    "basis.added": Wording("Ghi căn cứ", _basis("Ghi căn cứ")),
    "basis.withdrawn": Wording("Bỏ căn cứ", _basis("Bỏ căn cứ")),
    "document.drafted": Wording(
        "Ghi văn bản đi",
        lambda d: f"Ghi {_kind(d['kind']).lower()} chưa có số: {d['summary']}",
    ),
    "document.numbered": Wording(
        "Cấp số văn bản",
        lambda d: (
            f"Cấp số {d['code']} ngày {_day(d['issued_on'])} cho {_kind(d['kind']).lower()}: "
            f"{d['summary']}"
        ),
    ),
    "year.dates": Wording(
        "Sửa ngày năm học",
        lambda d: (
            f"Sửa ngày của năm học {d['year']}: "
            + "; ".join(f"{words} {_day(old)} → {_day(new)}" for words, old, new in d["changed"])
        ),
    ),
    "account.edited": Wording("Sửa tài khoản", _edited),
    "recovery.confirmed": Wording(
        "Xác nhận phiếu khôi phục",
        lambda d: (
            "Đã có phiếu khôi phục, " + ("in ra giấy" if d["printed"] else "chép tay từ màn hình")
        ),
    ),
    "backup.restored": Wording("Khôi phục", _restored),
    "backup.rehearsed": Wording("Diễn tập khôi phục", _rehearsed),
    "backup.salvaged": Wording("Cứu dữ liệu", _salvaged),
    "security.checked": Wording("Kiểm tra an toàn", _checked),
    "practice.made": Wording(
        "Lập bản tập",
        lambda d: f"Đây là bản tập, chép từ sổ thật đến mục {d['seq']}; không phải sổ của trường",
    ),
    "practice.copied": Wording("Chép bản tập", lambda d: f"Chép một bản tập ra {d['folder']}"),
}
