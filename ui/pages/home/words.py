"""Words of Bàn làm việc: every task, alert and step as one reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.domain.corrections import Step as CaseStep
from app.domain.periods import short_term
from app.domain.subjects import column_title
from app.readmodels.home import Duty, HomeView, MyTask, SetupStep, Stage, TaskKind
from ui.widgets.steps import Step, StepState
from ui.widgets.task_list import Task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readmodels.home import ClassLine, SubjectLine

STATES = {
    Stage.DONE: StepState.DONE,
    Stage.HALF: StepState.HALF,
    Stage.TODO: StepState.TODO,
    Stage.NONE: StepState.NONE,
}
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_GROUPED = (TaskKind.LEFT_OPEN, TaskKind.CLOSE, TaskKind.PRINT, TaskKind.APPROVE_LISTS,
            TaskKind.FREEZE)  # fmt: skip
_NAMES_SHOWN = 6
_FILLERS = ("Thị", "Văn")


def day_in_words(day: date) -> str:
    """Weekday and date as the head of the page says them."""
    return f"{_WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"


def short_name(full_name: str) -> str:
    """How colleagues call each other: two words, or one after a filler ("Thị", "Văn")."""
    words = full_name.split()
    if len(words) > 2 and words[-2] in _FILLERS:
        return words[-1]
    return " ".join(words[-2:]) if len(words) > 2 else full_name


def grouped(tasks: Sequence[MyTask]) -> list[tuple[MyTask, ...]]:
    """Tasks as rows in their order; classes that wait for the same act stand in one row."""
    rows: dict[object, tuple[MyTask, ...]] = {}
    for at, task in enumerate(tasks):
        key = (task.kind, task.term) if task.kind in _GROUPED else at
        rows[key] = (*rows.get(key, ()), task)
    return list(rows.values())


class HomeWords(QObject):
    """Vietnamese of one view."""

    def greeting(self, name: str) -> str:
        """The page's title."""
        return self.tr("Xin chào, {name}").format(name=short_name(name))

    def lead(self, view: HomeView) -> str:
        """Day, week, and how much presses."""
        day = day_in_words(view.today)
        parts = [
            self.tr("{day}. Tuần {week}.").format(day=day, week=view.week)
            if view.week > 0
            else self.tr("{day}. Năm học chưa khai giảng.").format(day=day)
        ]
        if view.overdue and view.due_today:
            parts.append(
                self.tr("Có {late} việc quá hạn và {now} việc hết hạn hôm nay.").format(
                    late=view.overdue, now=view.due_today
                )
            )
        elif view.overdue:
            parts.append(self.tr("Có {late} việc quá hạn.").format(late=view.overdue))
        elif view.due_today:
            parts.append(self.tr("Có {now} việc hết hạn hôm nay.").format(now=view.due_today))
        elif view.tasks:
            parts.append(self.tr("Không việc nào quá hạn."))
        return " ".join(parts)

    def row(self, key: int, tasks: tuple[MyTask, ...], today: date) -> Task:
        """One row of Việc của tôi."""
        task = tasks[0]
        made = {
            TaskKind.SET_UP: self._set_up,
            TaskKind.OPEN_WINDOW: self._open_window,
            TaskKind.OPEN_SUMMER: self._open_summer,
            TaskKind.ENTER: self._enter,
            TaskKind.CONFIRM: self._confirm,
            TaskKind.CONDUCT: self._conduct,
            TaskKind.ATTENDANCE: self._attendance,
            TaskKind.CONFIRM_CLASS: self._confirm_class,
            TaskKind.PROPOSE_LISTS: self._propose,
            TaskKind.REASSESS: self._summer,
            TaskKind.SUMMER_CONDUCT: self._summer,
            TaskKind.SIGN_PAPERS: self._papers,
            TaskKind.CHASE_PAPERS: self._papers,
            TaskKind.CHASE_LOANS: self._papers,
            TaskKind.HAND_IN: self._hand_in,
            TaskKind.PROOF_READ: self._proof,
            TaskKind.PROOF_ANSWER: self._proof,
            TaskKind.PROOF_RESOLVE: self._proof,
            TaskKind.REMEDY: self._check,
            TaskKind.LOOK_AGAIN: self._check,
            TaskKind.REGISTER_CASE: self._case,
            TaskKind.CHECK_CASE: self._case,
            TaskKind.APPROVE_CASE: self._case,
            TaskKind.APPLY_CASE: self._case,
            TaskKind.DUTY: self._duty,
            TaskKind.MISPLACED: self._misplaced,
            TaskKind.DECIDE_PLAN: self._plan,
            TaskKind.PRINT_MINUTES: self._case,
            TaskKind.SIGN_AGAIN: self._sign_again,
        }.get(task.kind)
        row = made(task) if made is not None else self._classes(tasks)
        due, when, tone = row.due, row.when, row.tone
        if task.due is not None and task.kind is not TaskKind.APPLY_CASE:
            due = f"{task.due:%d/%m}"
            when, tone = self._when(task.due, today)
        return replace(row, key=key, due=due, when=when, tone=tone)

    def subject_steps(self, view: HomeView) -> list[Step]:
        """The row of steps over the board of a homeroom class."""
        line = view.homeroom_line
        return [] if line is None else self._steps([line], view)

    def class_steps(self, view: HomeView) -> list[Step]:
        """The row of steps over the board of the school."""
        return self._steps(view.classes, view)

    def confirmed(self, line: SubjectLine) -> str:
        """Word beside the step."""
        return self.tr("đã xác nhận") if line.confirmed else self.tr("chưa")

    def _steps(self, lines: Sequence[ClassLine], view: HomeView) -> list[Step]:
        filled, wanted = sum(x.filled for x in lines), sum(x.wanted for x in lines)
        done, all_ = sum(x.confirmed for x in lines), sum(x.subjects for x in lines)
        one = len(lines) == 1 and bool(view.homeroom)
        closed = sum(x.closed_at is not None for x in lines)
        printed = sum(x.printed for x in lines)
        sealed = sum(x.sealed for x in lines)

        def step(title: str, done: int, total: int, note: str, single: str = "") -> Step:
            state = StepState.TODO
            if total and done >= total:
                state = StepState.DONE
            elif done:
                state = StepState.HALF
            return Step(title, state, single if one and single else note)

        todo = self.tr("chưa")
        until = next((r.until for r in view.running if lines and r.term is lines[0].term), None)
        limit = self.tr("nhập đến {day}").format(day=f"{until:%d/%m}") if until else todo
        at = lines[0].closed_at if one and lines else None
        read, given = sum(x.proofed for x in lines), sum(x.to_proof for x in lines)
        # Only where the school proof-reads; M16 counts it with the other steps.
        proofs = [
            step(self.tr("Kiểm dò"), read, given, self.tr("{a}/{b} sổ").format(a=read, b=given))
        ]
        return [
            step(self.tr("Nhập"), filled, wanted, f"{filled}/{wanted}"),
            step(self.tr("Xác nhận"), done, all_, self.tr("{a}/{b} môn").format(a=done, b=all_)),
            *(proofs if given else []),
            step(self.tr("Chốt"), closed, len(lines), self._of(closed, lines),
                 f"{at:%d/%m}" if at else limit),
            step(self.tr("In"), printed, len(lines), self._of(printed, lines),
                 self.tr("đã in") if printed else todo),
            step(self.tr("Niêm phong"), sealed, len(lines), self._of(sealed, lines),
                 self.tr("đã niêm phong") if sealed else todo),
        ]  # fmt: skip

    def _of(self, done: int, lines: Sequence[ClassLine]) -> str:
        return self.tr("{a}/{b} lớp").format(a=done, b=len(lines))

    def _when(self, due: date, today: date) -> tuple[str, str]:
        days = (due - today).days
        if days < 0:
            return self.tr("quá {n} ngày").format(n=-days), "red"
        if days == 0:
            return self.tr("hôm nay"), "amber"
        return self.tr("còn {n} ngày").format(n=days), "ink3"

    def _enter(self, task: MyTask) -> Task:
        what = column_title(task.column) if task.column else task.term.words
        title = self.tr("Nhập {what} lớp {name}, {subject}").format(
            what=what, subject=task.subject_name, name=task.class_name
        )
        if task.column:
            line = self.tr("còn {n} học sinh chưa có điểm").format(n=task.left)
        else:
            line = self.tr("còn {n} ô trống ở {c} cột").format(n=task.left, c=task.columns)
        return Task(0, "", "", title, line, self.tr("Tới ô đầu tiên"), done=task.done,
                    total=task.total)  # fmt: skip

    def _confirm(self, task: MyTask) -> Task:
        title = self.tr("Xác nhận {subject} lớp {name} đã đủ").format(
            subject=task.subject_name, name=task.class_name
        )
        line = self.tr("Mọi ô {term} đã có điểm; xem lại rồi xác nhận").format(term=task.term.words)
        return Task(0, "", "", title, line, self.tr("Mở sổ điểm"))

    def _conduct(self, task: MyTask) -> Task:
        title = self.tr("Đánh giá rèn luyện {term}, lớp {name}").format(
            term=task.term.words, name=task.class_name
        )
        line = self.tr("còn {n} học sinh chưa có mức").format(n=task.left)
        return Task(0, "", "", title, line, self.tr("Viết tiếp"), done=task.done, total=task.total)

    def _attendance(self, task: MyTask) -> Task:
        month = int(task.month[-2:])
        title = self.tr("Điểm danh tháng {n}, lớp {name}").format(n=month, name=task.class_name)
        line = self.tr("Đã hết tháng; xem lại rồi báo đủ")
        if task.columns > 1:
            line = self.tr("Còn {n} tháng chưa báo đủ").format(n=task.columns)
        return Task(0, "", "", title, line, self.tr("Mở điểm danh"))

    def _confirm_class(self, task: MyTask) -> Task:
        title = self.tr("Xác nhận {term} lớp chủ nhiệm {name}").format(
            term=task.term.words, name=task.class_name
        )
        line = self.tr("Mọi môn đã xác nhận; xem lại từng phần rồi xác nhận")
        return Task(0, self.tr("Đã đủ"), self.tr("chờ GVCN"), title, line, self.tr("Mở Tổng kết"))

    def _propose(self, task: MyTask) -> Task:
        title = self.tr("Đề nghị danh sách cuối năm lớp {name}").format(name=task.class_name)
        line = self.tr("Máy đã xét theo thông tư; xem từng danh sách rồi đề nghị")
        return Task(0, self.tr("Đã chốt"), self.tr("chờ GVCN"), title, line,
                    self.tr("Mở danh sách"))  # fmt: skip

    def _summer(self, task: MyTask) -> Task:
        if task.kind is TaskKind.REASSESS:
            title = self.tr("Đánh giá lại {subject}, lớp {name}").format(
                subject=task.subject_name, name=task.class_name
            )
        else:
            title = self.tr("Rèn luyện trong hè, lớp {name}").format(name=task.class_name)
        line = self.tr("còn {n} học sinh chưa có kết quả").format(n=task.left)
        return Task(0, "", "", title, line, self.tr("Mở Sau hè"), done=task.done,
                    total=task.total)  # fmt: skip

    def _proof(self, task: MyTask) -> Task:
        place = self.tr("lớp {name}, {subject}").format(
            subject=task.subject_name, name=task.class_name
        )
        if task.kind is TaskKind.PROOF_READ:
            title = self.tr("Kiểm dò {place}").format(place=place)
            line = self.tr("{n} ô điểm {term} so với sổ giấy").format(
                n=task.columns, term=task.term.words
            )
            return Task(0, self.tr("Đã giao"), "", title, line, self.tr("Mở kiểm dò"))
        if task.kind is TaskKind.PROOF_ANSWER:
            title = self.tr("Trả lời nhận xét kiểm dò {place}").format(place=place)
            line = self.tr("{n} nhận xét; chưa giải quyết thì chưa chốt được").format(
                n=task.columns
            )
            return Task(0, self.tr("Chờ đáp"), "", title, line, self.tr("Xem nhận xét"))
        title = self.tr("Xem lại trả lời kiểm dò {place}").format(place=place)
        line = self.tr("{n} nhận xét đã có trả lời").format(n=task.columns)
        return Task(0, self.tr("Đã đáp"), "", title, line, self.tr("Xem nhận xét"))

    def _check(self, task: MyTask) -> Task:
        place = self.tr("lớp {name}").format(name=task.class_name) if task.class_name else ""
        where = ", ".join(part for part in (place, task.subject_name) if part)
        if task.kind is TaskKind.REMEDY:
            title = self.tr("Khắc phục: {what}").format(what=task.text)
            line = self.tr("Theo lần kiểm tra nội bộ") + (f"; {where}" if where else "")
            return Task(0, "", "", title, line, self.tr("Xem lần kiểm tra"))
        title = self.tr("Xem lại việc của {name}").format(name=", ".join(task.people))
        line = task.text + (f"; {where}" if where else "")
        return Task(0, "", "", title, line, self.tr("Xem lần kiểm tra"))

    def _case(self, task: MyTask) -> Task:
        number = f"{task.case_number:02d}"
        title = {
            TaskKind.REGISTER_CASE: self.tr("Vào sổ hồ sơ sửa điểm số {n}"),
            TaskKind.CHECK_CASE: self.tr("Kiểm dò hồ sơ sửa điểm số {n}"),
            TaskKind.APPROVE_CASE: self.tr("Duyệt hồ sơ sửa điểm số {n}"),
            TaskKind.APPLY_CASE: self.tr("Ghi điểm đã duyệt, hồ sơ số {n}"),
            TaskKind.PRINT_MINUTES: self.tr("In biên bản sửa điểm, hồ sơ số {n}"),
        }[task.kind].format(n=number)
        line = self.tr("{subject}, lớp {name}").format(
            subject=task.subject_name, name=task.class_name
        )
        if task.kind is TaskKind.APPLY_CASE and task.until is not None:
            line += self.tr("; tự khóa lại lúc {at}").format(at=f"{task.until:%H:%M}")
            return Task(0, self.tr("Ngay"), f"{task.until:%H:%M}", title, line,
                        self.tr("Mở hồ sơ"), tone="amber")  # fmt: skip
        if task.kind is TaskKind.PRINT_MINUTES:
            line += self.tr("; đã sửa xong, chưa có giấy để ký")
        return Task(0, self.tr("Hồ sơ"), self.tr("đang chờ"), title, line, self.tr("Mở hồ sơ"),
                    tone="amber")  # fmt: skip

    def _sign_again(self, task: MyTask) -> Task:
        period = task.period.words if task.period else task.term.words
        title = self.tr("Ký duyệt lại {period}, lớp {name}").format(
            period=period, name=task.class_name
        )
        line = self.tr("Chữ ký trước hết hiệu lực: {why}").format(why=task.text)
        return Task(0, self.tr("Chữ ký"), self.tr("hết hiệu lực"), title, line,
                    self.tr("Xem và ký"), tone="amber")  # fmt: skip

    def _open_window(self, task: MyTask) -> Task:
        title = self.tr("Mở đợt nhập {term}").format(term=task.term.words)
        line = self.tr("Chưa có đợt nhập nào nên giáo viên chưa gõ điểm")
        return Task(0, self.tr("Chưa mở"), self.tr("đợt nhập"), title, line,
                    self.tr("Đóng mở sổ"), tone="amber")  # fmt: skip

    def _open_summer(self, task: MyTask) -> Task:
        title = self.tr("Mở đợt nhập sau kì nghỉ hè: {names}").format(names=task.class_name)
        line = self.tr("Có em phải đánh giá lại, rèn luyện hè; chưa mở đợt thì chưa ai ghi được")
        return Task(0, self.tr("Chưa mở"), self.tr("sau hè"), title, line,
                    self.tr("Đóng mở sổ"), tone="amber")  # fmt: skip

    def _papers(self, task: MyTask) -> Task:
        numbers = ", ".join(str(n) for n in task.papers[:_NAMES_SHOWN])
        names = ", ".join(task.people[:_NAMES_SHOWN])
        if len(task.people) > _NAMES_SHOWN:
            names += self.tr(" và {n} người nữa").format(n=len(task.people) - _NAMES_SHOWN)
        count = len(task.papers)
        if task.kind is TaskKind.SIGN_PAPERS:
            title = self.tr("Ký {n} bản in trên giấy").format(n=count)
            line = self.tr("Văn thư giữ tờ giấy; bản in số {numbers}").format(numbers=numbers)
        elif task.kind is TaskKind.CHASE_PAPERS:
            title = self.tr("Nhắc ký, đóng dấu {n} bản in").format(n=count)
            line = self.tr("Đang chờ {names}").format(names=names)
        else:
            title = self.tr("Đòi {n} bản in quá hẹn trả").format(n=count)
            line = self.tr("{names} mượn; bản in số {numbers}").format(names=names, numbers=numbers)
        return Task(0, "", "", title, line, self.tr("Mở bảng giấy"))

    def _hand_in(self, task: MyTask) -> Task:
        where = task.text or self.tr("cơ quan chủ quản")
        return Task(
            0,
            "",
            "",
            self.tr("Nộp hồ sơ sổ điểm điện tử"),
            self.tr("Nộp về {where}").format(where=where),
            self.tr("Mở hồ sơ"),
        )

    def _duty(self, task: MyTask) -> Task:
        """What the school's rules want done by a day."""
        left = task.left
        title, line, act = {
            Duty.PROFILES: (
                self.tr("Hoàn thiện hồ sơ học sinh lớp {name}").format(name=task.class_name),
                self.tr("còn {n} em thiếu thông tin in trong sổ").format(n=left),
                self.tr("Mở Học sinh"),
            ),
            Duty.ALLOCATION: (
                self.tr("Chia lớp đầu cấp"),
                self.tr("còn {n} lớp chưa có học sinh").format(n=left),
                self.tr("Mở Học sinh"),
            ),
            Duty.TEACHER_BOOKS: (
                self.tr("In sổ ghi điểm của giáo viên"),
                self.tr("còn {n} lớp chưa in đủ các môn").format(n=left),
                self.tr("In sổ"),
            ),
            Duty.RECORD_COVERS: (
                self.tr("In bìa và trang thông tin học bạ đầu cấp"),
                self.tr("còn {n} lớp chưa in").format(n=left),
                self.tr("In sổ"),
            ),
            Duty.SUMMARY_TERM_1: (
                self.tr("In bảng tổng hợp kết quả học kì I"),
                self.tr("còn {n} lớp chưa in").format(n=left),
                self.tr("In sổ"),
            ),
            Duty.SUMMARY_YEAR: (
                self.tr("In bảng tổng hợp kết quả cả năm"),
                self.tr("còn {n} lớp chưa in").format(n=left),
                self.tr("In sổ"),
            ),
            Duty.RECORD_RESULTS: (
                self.tr("In trang kết quả học bạ"),
                self.tr("còn {n} lớp chưa in").format(n=left),
                self.tr("In sổ"),
            ),
            Duty.CORRECTION_LOG: (
                self.tr("In nhật ký sửa điểm trước buổi họp chuyên môn"),
                self.tr("{n} hồ sơ đã xong chưa có trong nhật ký in").format(n=left),
                self.tr("Mở Sửa điểm"),
            ),
            Duty.EXPLAIN: (
                self.tr("Giải trình hồ sơ sửa điểm trước buổi họp chuyên môn"),
                self.tr("{n} hồ sơ của thầy cô chưa có lời giải trình").format(n=left),
                self.tr("Mở Sửa điểm"),
            ),
        }[task.duty or Duty.PROFILES]
        return Task(0, "", "", title, line, act, done=task.done, total=task.total)

    def _plan(self, task: MyTask) -> Task:
        title = self.tr("Quyết định kết quả theo KHGDCN: {n} em lớp {name}").format(
            n=task.columns, name=task.class_name
        )
        line = self.tr("Giáo viên chủ nhiệm đã đề nghị kết quả của học sinh khuyết tật")
        return Task(0, self.tr("Đề nghị"), self.tr("chờ quyết định"), title, line,
                    self.tr("Mở danh sách"))  # fmt: skip

    def _misplaced(self, task: MyTask) -> Task:
        names = ", ".join(task.people[:_NAMES_SHOWN])
        if len(task.people) > _NAMES_SHOWN:
            names += self.tr(" và {n} em nữa").format(n=len(task.people) - _NAMES_SHOWN)
        title = self.tr("Xem lại chỗ học của {n} em lớp {name}").format(
            n=len(task.people), name=task.class_name
        )
        line = self.tr("Kết quả năm trước đã đổi sau khi chuyển năm: {names}").format(names=names)
        return Task(0, self.tr("Kết quả đổi"), self.tr("cần xử lý"), title, line,
                    self.tr("Mở danh sách lớp"), tone="amber")  # fmt: skip

    def _set_up(self, task: MyTask) -> Task:
        step = task.step or SetupStep.YEAR
        title = setup_titles(self)[step]
        number = list(SetupStep).index(step) + 1
        line = self.tr("Việc đầu năm, bước {n} trên {all}").format(n=number, all=len(SetupStep))
        return Task(0, self.tr("Bước {n}").format(n=number), self.tr("làm trước"), title, line,
                    self.tr("Làm bước này"), tone="amber")  # fmt: skip

    def _classes(self, tasks: tuple[MyTask, ...]) -> Task:
        task = tasks[0]
        names = ", ".join(one.class_name for one in tasks[:_NAMES_SHOWN])
        if len(tasks) > _NAMES_SHOWN:
            names += self.tr(" và {n} lớp nữa").format(n=len(tasks) - _NAMES_SHOWN)
        many = self.tr("{n} lớp").format(n=len(tasks)) if len(tasks) > 1 else names
        if task.kind is TaskKind.CLOSE:
            title = self.tr("Chốt {term}: {what}").format(term=task.term.words, what=many)
            line = self.tr("Điểm, rèn luyện và xác nhận đã đủ: {names}").format(names=names)
            return Task(0, self.tr("Đã đủ"), self.tr("chờ chốt"), title, line,
                        self.tr("Đóng mở sổ"))  # fmt: skip
        if task.kind is TaskKind.FREEZE:
            title = self.tr("Chốt danh sách: {what}").format(what=many)
            line = self.tr("Đã có học sinh; chốt để thứ tự trong sổ không đổi nữa: {names}")
            return Task(0, self.tr("Chưa chốt"), self.tr("danh sách"), title,
                        line.format(names=names), self.tr("Danh sách lớp"))  # fmt: skip
        if task.kind is TaskKind.LEFT_OPEN:
            title = self.tr("{term} chưa chốt: {what}").format(
                term=short_term(task.term), what=many
            )
            line = self.tr("Kỳ sau đã bắt đầu; xem còn thiếu gì rồi xác nhận và chốt: {names}")
            return Task(0, self.tr("Còn lại"), self.tr("kỳ trước"), title,
                        line.format(names=names), self.tr("Xem lớp"), tone="amber")  # fmt: skip
        if task.kind is TaskKind.APPROVE_LISTS:
            title = self.tr("Duyệt danh sách cuối năm: {what}").format(what=many)
            line = self.tr("Giáo viên chủ nhiệm đã đề nghị: {names}").format(names=names)
            return Task(0, self.tr("Đề nghị"), self.tr("chờ duyệt"), title, line,
                        self.tr("Mở danh sách"))  # fmt: skip
        title = self.tr("In sổ {term}: {what}").format(term=task.term.words, what=many)
        line = self.tr("Đã chốt, chưa có bản in: {names}").format(names=names)
        return Task(0, self.tr("Đã chốt"), self.tr("chờ in"), title, line, self.tr("In sổ"))


def setup_titles(owner: QObject) -> dict[SetupStep, str]:
    """The steps of a new school in words."""
    return {
        SetupStep.YEAR: owner.tr("Lập năm học"),
        SetupStep.SUBJECTS: owner.tr("Lập danh mục môn học"),
        SetupStep.CLASSES: owner.tr("Lập các lớp"),
        SetupStep.ACCOUNTS: owner.tr("Lập tài khoản giáo viên"),
        SetupStep.ASSIGNMENTS: owner.tr("Phân công giảng dạy, chủ nhiệm"),
        SetupStep.ROSTERS: owner.tr("Nhập danh sách lớp"),
    }


def case_is_open(step: CaseStep) -> bool:
    """Cells of the case can be written right now."""
    return step is CaseStep.APPROVED
