"""Việc của một người in sentences of a paper; the page Bàn làm việc has words of its own."""

from __future__ import annotations

from datetime import date

from app.domain.subjects import column_title
from app.readmodels.home import Duty, MyTask, TaskKind

_PLAIN = {
    TaskKind.OPEN_WINDOW: "Mở đợt nhập {term}",
    TaskKind.OPEN_SUMMER: "Mở đợt nhập sau kì nghỉ hè cho {name}",
    TaskKind.CONFIRM: "Xác nhận {sheet} đã đủ điểm {term}",
    TaskKind.CONDUCT: "Đánh giá rèn luyện {term} lớp {name}, còn {left} học sinh",
    TaskKind.FREEZE: "Chốt danh sách lớp {name}",
    TaskKind.REGISTER_CASE: "Vào sổ hồ sơ sửa điểm số {case}, {sheet}",
    TaskKind.CHECK_CASE: "Kiểm dò hồ sơ sửa điểm số {case}, {sheet}",
    TaskKind.APPROVE_CASE: "Duyệt hồ sơ sửa điểm số {case}, {sheet}",
    TaskKind.APPLY_CASE: "Ghi điểm đã duyệt của hồ sơ số {case}, {sheet}",
    TaskKind.PRINT_MINUTES: "In biên bản sửa điểm, hồ sơ số {case}, {sheet}",
    TaskKind.CLOSE: "Chốt {term} lớp {name}",
    TaskKind.LEFT_OPEN: "Chốt nốt {term} lớp {name}",
    TaskKind.PRINT: "In sổ {term} lớp {name}",
    TaskKind.CONFIRM_CLASS: "Xác nhận {term} của lớp chủ nhiệm {name}",
    TaskKind.PROPOSE_LISTS: "Đề nghị danh sách cuối năm lớp {name}",
    TaskKind.APPROVE_LISTS: "Duyệt danh sách cuối năm lớp {name}",
    TaskKind.REASSESS: "Đánh giá lại {sheet}, còn {left} học sinh",
    TaskKind.SUMMER_CONDUCT: "Rèn luyện trong hè lớp {name}, còn {left} học sinh",
    TaskKind.SIGN_PAPERS: "Ký trên giấy bản in số {papers}",
    TaskKind.CHASE_PAPERS: "Nhắc ký, đóng dấu bản in số {papers}",
    TaskKind.CHASE_LOANS: "Đòi bản in số {papers} quá hẹn trả",
    TaskKind.PROOF_READ: "Kiểm dò {sheet} {term}, {columns} ô điểm",
    TaskKind.PROOF_ANSWER: "Trả lời {columns} nhận xét kiểm dò {sheet}",
    TaskKind.PROOF_RESOLVE: "Xem lại {columns} trả lời nhận xét kiểm dò {sheet}",
    TaskKind.REMEDY: "Khắc phục theo kiểm tra nội bộ: {text}",
    TaskKind.LOOK_AGAIN: "Xem lại việc {people} phải khắc phục: {text}",
    TaskKind.MISPLACED: "Xem lại chỗ học của {people}, lớp {name}: kết quả năm trước đã đổi",
    TaskKind.DECIDE_PLAN: "Quyết định kết quả theo KHGDCN của {columns} em lớp {name}",
    TaskKind.SIGN_AGAIN: "Ký duyệt lại {period} lớp {name}: {text}",
    TaskKind.SET_UP: "Làm nốt việc đầu năm của trường",
    TaskKind.HAND_IN: "Nộp hồ sơ sổ điểm điện tử",
}

_DUTIES = {
    Duty.PROFILES: "Hoàn thiện hồ sơ lớp {name}, còn {left} em thiếu thông tin in trong sổ",
    Duty.ALLOCATION: "Chia lớp đầu cấp, còn {left} lớp chưa có học sinh",
    Duty.TEACHER_BOOKS: "In sổ ghi điểm của giáo viên, còn {left} lớp chưa đủ",
    Duty.RECORD_COVERS: "In bìa và trang thông tin học bạ đầu cấp, còn {left} lớp",
    Duty.SUMMARY_TERM_1: "In bảng tổng hợp kết quả học kì I, còn {left} lớp",
    Duty.SUMMARY_YEAR: "In bảng tổng hợp kết quả cả năm, còn {left} lớp",
    Duty.RECORD_RESULTS: "In trang kết quả học bạ, còn {left} lớp",
    Duty.CORRECTION_LOG: "In nhật ký sửa điểm trước buổi họp chuyên môn, còn {left} hồ sơ",
    Duty.EXPLAIN: "Giải trình {left} hồ sơ sửa điểm trước buổi họp chuyên môn",
}


def task_sentence(task: MyTask) -> str:
    """What is to be done, where, how much."""
    if task.kind is TaskKind.ENTER:
        return _enter(task)
    if task.duty is not None:
        return _DUTIES[task.duty].format(name=task.class_name, left=task.left)
    if task.kind is TaskKind.ATTENDANCE:
        more = f" và {task.columns - 1} tháng sau" if task.columns > 1 else ""
        return f"Báo đủ điểm danh tháng {int(task.month[-2:])}{more} lớp {task.class_name}"
    return _PLAIN[task.kind].format(
        term=task.term.words,
        name=task.class_name,
        sheet=_sheet(task),
        left=task.left,
        case=f"{task.case_number:02d}",
        papers=", ".join(f"{number:04d}" for number in task.papers),
        columns=task.columns,
        people=", ".join(task.people),
        text=task.text,
        period=task.period.words if task.period else "",
    )


def due_words(due: date | None, today: date) -> str:
    """How the day stands to today: "quá 3 ngày", "hôm nay", "còn 5 ngày"; "" without a day."""
    if due is None:
        return ""
    days = (due - today).days
    if not days:
        return "hôm nay"
    return f"quá {-days} ngày" if days < 0 else f"còn {days} ngày"


def _sheet(task: MyTask) -> str:
    return f"{task.subject_name} lớp {task.class_name}" if task.class_name else task.subject_name


def _enter(task: MyTask) -> str:
    what = column_title(task.column) if task.column else f"{task.columns} cột {task.term.words}"
    return f"Nhập {what} {_sheet(task)}, còn {task.left} ô trống"
