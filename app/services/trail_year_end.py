"""Nhật ký in words: confirmations of the class, lists, the summer, decisions, sign-offs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.periods import Period
from app.domain.year_end import YearStage
from app.services.trail_wording import Wording

Detail = Mapping[str, Any]


def _stage(d: Detail) -> str:
    return YearStage(str(d["stage"])).words


def _period(d: Detail) -> str:
    return Period(str(d["period"])).words


def _reassess(d: Detail) -> str:
    old = f"{d['old']} → " if d["old"] else ""
    paper = f", {d['document']}" if d["document"] else ""
    return (
        f"Đánh giá lại {d['subject']} của {d['name']} lớp {d['class']}: {old}"
        f"{d['new'] or 'xóa kết quả'}{paper}"
    )


def _conduct(d: Detail) -> str:
    old = f"{d['old']} → " if d["old"] else ""
    paper = f", {d['document']}" if d["document"] else ""
    return (
        f"Rèn luyện sau hè của {d['name']} lớp {d['class']}: {old}{d['new'] or 'xóa kết quả'}"
        f"{paper}"
    )


def _decide(d: Detail) -> str:
    outcome = "được lên lớp" if d["promoted"] else "không được lên lớp"
    return (
        f"Hiệu trưởng quyết định {d['name']} lớp {d['class']} {outcome}, QĐ số {d['decision']}: "
        f"{d['reason']}"
    )


def _rolled(d: Detail) -> str:
    fates = d["fates"]
    return (
        f"Chuyển năm học {d['from']} sang {d['to']}: {len(d['classes'])} lớp, "
        f"{fates['moves_up']} lên lớp, {fates['stays']} ở lại, {fates['completes']} hoàn thành cấp "
        f"học, {fates['left']} đã rời trường; {d['posts']} phân công đề xuất"
    )


def _plan(d: Detail) -> str:
    return d["result"] or "theo mức đã ghi, bỏ kết quả nhập riêng"


def _plan_decided(d: Detail) -> str:
    word = "đồng ý" if d["accepted"] else "không đồng ý"
    why = f": {d['remark']}" if d["remark"] else ""
    return (
        f"Hiệu trưởng {word} kết quả theo KHGDCN của {d['name']} lớp {d['class']} "
        f"({_plan(d)}), QĐ số {d['decision']}{why}"
    )


YEAR_END: dict[str, Wording] = {
    "roster.plan_propose": Wording(
        "Đề nghị theo KHGDCN",
        lambda d: (
            f"Đề nghị kết quả theo KHGDCN của {d['name']} lớp {d['class']}: {_plan(d)}; "
            f"{d['document']}; {d['reason']}"
        ),
    ),
    "roster.plan_decide": Wording("Quyết định theo KHGDCN", _plan_decided),
    "year.rolled_over": Wording("Chuyển năm học", _rolled),
    "class.confirm": Wording(
        "GVCN xác nhận",
        lambda d: f"Giáo viên chủ nhiệm xác nhận lớp {d['class']}, {_period(d)}",
    ),
    "lists.propose": Wording(
        "Đề nghị danh sách", lambda d: f"Đề nghị danh sách {_stage(d)} lớp {d['class']}"
    ),
    "lists.approve": Wording(
        "Duyệt danh sách",
        lambda d: f"Duyệt danh sách {_stage(d)} lớp {d['class']}, QĐ số {d['decision']}",
    ),
    "results.decide": Wording("Hiệu trưởng quyết định", _decide),
    "summer.reassess": Wording("Đánh giá lại", _reassess),
    "summer.conduct": Wording("Rèn luyện hè", _conduct),
    "summer.reopen": Wording(
        "Mở lại kết quả sau hè",
        lambda d: f"Mở lại kết quả sau hè lớp {d['class']}, QĐ số {d['decision']}: {d['reason']}",
    ),
    "sign_off.period": Wording(
        "Ký duyệt",
        lambda d: (
            f"Ký duyệt {_period(d)} lớp {d['class']}" + (f": {d['remark']}" if d["remark"] else "")
        ),
    ),
    "sign_off.print": Wording(
        "Ký duyệt bản in",
        lambda d: (
            f"Ký duyệt bản in số {d['number']:04d}, {d['title']}"
            + (f": {d['remark']}" if d["remark"] else "")
        ),
    ),
}
