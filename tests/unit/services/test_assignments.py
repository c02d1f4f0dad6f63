"""Phân công one by one and pasted; what teachers may write follows from it."""

from datetime import date, timedelta

import pytest

from app.errors import AccessDenied, RuleRefused
from tests.support.school import TEACHERS, make_school


@pytest.fixture
def school(tmp_path):
    return make_school(tmp_path, pupils=0)


def line_of(school, subject_id):
    table = school.assignments.table(school.year_id)
    return next(one for one in table if one.subject_id == subject_id)


class TestAssign:
    def test_the_successor_starts_where_the_predecessor_ends(self, school):
        tomorrow = school.clock.today() + timedelta(days=1)
        subject = school.subjects["tin_hoc"]
        school.assignments.assign(
            school.actor("secretary"),
            school.class_id,
            subject,
            school.accounts_by_key["gdcd"],
            tomorrow,
        )
        pair = (school.class_id, subject)
        assert pair in school.actor("tin_hoc").teaches
        assert pair not in school.actor("gdcd").teaches
        school.clock.advance(timedelta(days=1))
        assert pair not in school.actor("tin_hoc").teaches
        assert pair in school.actor("gdcd").teaches
        with school.uow.read() as uow:
            current = [
                a
                for a in uow.accounts.assignments(school.class_id)
                if a.subject_id == subject and a.covers(school.clock.today())
            ]
        assert len(current) == 1

    def test_the_homeroom_is_a_post_like_the_others(self, school):
        school.assignments.assign(
            school.actor("vice"), school.class_id, None, school.accounts_by_key["ngu_van"]
        )
        assert school.class_id in school.actor("ngu_van").homeroom
        assert school.class_id not in school.actor("toan").homeroom
        notes = {entry.uid: entry.note for entry in school.file.people()}
        assert notes[school.uid("ngu_van")] == "GVCN 6A · Ngữ văn 6A"
        assert notes[school.uid("toan")] == "Toán 6A"

    def test_refusals_leave_everything_as_it_was(self, school):
        subject, teacher = school.subjects["tin_hoc"], school.accounts_by_key["tin_hoc"]
        before = school.assignments.table(school.year_id)
        with pytest.raises(AccessDenied):
            school.assignments.assign(
                school.actor("toan"), school.class_id, subject, school.accounts_by_key["toan"]
            )
        secretary = school.actor("secretary")
        with pytest.raises(RuleRefused) as same:
            school.assignments.assign(secretary, school.class_id, subject, teacher)
        assert same.value.code == "already_assigned"
        with pytest.raises(RuleRefused) as early:
            school.assignments.assign(
                secretary,
                school.class_id,
                subject,
                school.accounts_by_key["gdcd"],
                date(2026, 7, 1),
            )
        assert early.value.code == "assignment_dates"
        school.accounts.disable(school.actor("admin"), school.accounts_by_key["gdcd"])
        with pytest.raises(RuleRefused) as gone:
            school.assignments.assign(
                secretary, school.class_id, subject, school.accounts_by_key["gdcd"]
            )
        assert gone.value.code == "account_disabled"
        assert school.assignments.table(school.year_id) == before

    def test_a_post_can_stay_empty(self, school):
        subject = school.subjects["tin_hoc"]
        school.assignments.end(school.actor("secretary"), school.class_id, subject)
        school.clock.advance(timedelta(days=1))
        assert line_of(school, subject).account_id is None
        with pytest.raises(RuleRefused) as refusal:
            school.assignments.end(school.actor("secretary"), school.class_id, subject)
        assert refusal.value.code == "not_assigned"


class TestPaste:
    def paste(self, school, text):
        return school.assignments.accept_pasted(school.actor("secretary"), school.year_id, text)

    def test_tabs_headings_folded_names_and_short_names_are_understood(self, school):
        other = school.add_class("6B")
        text = (
            "Lớp\tMôn\tGiáo viên\n"
            "lớp 6b\tChủ nhiệm\tnguyen thi binh\n"
            "\n"
            "6B;GDCD;Bùi Văn Đức\n"
            f"6B | tin học | {school.uid('tin_hoc')}\n"
        )
        assert self.paste(school, text).payload == 3
        table = {
            one.subject_name: one.teacher
            for one in school.assignments.table(school.year_id)
            if one.class_id == other
        }
        assert table["GVCN"] == TEACHERS["toan"]
        assert table["Giáo dục công dân"] == TEACHERS["gdcd"]
        assert table["Tin học"] == TEACHERS["tin_hoc"]
        assert table["Toán"] == ""

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ("6A;Toán", "cần đủ ba phần"),
            ("6Z;Toán;Bùi Văn Đức", "không có lớp 6Z"),
            ("6A;Vật lí;Bùi Văn Đức", "không học môn Vật lí"),
            ("6A;Toán;Người Lạ", "không có tài khoản"),
            ("6A;gvcn;Bùi Văn Đức\n6A;GVCN;Mai Thị Quỳnh", "dòng 1 đã phân công"),
        ],
    )
    def test_one_bad_line_refuses_all_with_its_reason(self, school, line, reason):
        before = school.assignments.table(school.year_id)
        good = "6A;Ngữ văn;Bùi Văn Đức"
        with pytest.raises(RuleRefused) as refusal:
            self.paste(school, f"{line}\n{good}")
        (problem,) = refusal.value.facts["problems"]
        assert reason in problem.reason
        assert reason in refusal.value.sentence
        assert school.assignments.table(school.year_id) == before
        read = school.assignments.read_pasted(school.year_id, f"{line}\n{good}")
        assert read.problems == (problem,)

    def test_namesakes_must_be_told_apart_by_sign_in_name(self, school):
        school.accounts.add(school.actor("admin"), "Bùi Văn Đúc", "cơn mưa rào cuối hạ")
        read = school.assignments.read_pasted(school.year_id, "6A;Toán;bui van duc")
        assert "2 người" in read.problems[0].reason
        exact = school.assignments.read_pasted(school.year_id, "6A;Toán;Bùi Văn Đức")
        assert exact.lines[0].account_id == school.accounts_by_key["gdcd"]

    def test_the_same_list_again_changes_nothing(self, school):
        assert self.paste(school, f"6A;Toán;{TEACHERS['toan']}").payload == 0

    def test_an_empty_paste_is_told(self, school):
        with pytest.raises(RuleRefused) as refusal:
            self.paste(school, "Lớp;Môn;Giáo viên\n \n")
        assert refusal.value.code == "paste_empty"


def test_the_permission_sheet_says_everything_one_person_may(school):
    sheet = school.assignments.permission_sheet(school.accounts_by_key["toan"])
    assert [one.subject_name for one in sheet.assignments] == ["GVCN", "Toán"]
    assert sheet.key == school.signer("toan").public_key
    office = school.assignments.permission_sheet(school.accounts_by_key["secretary"])
    assert [grant.role.value for grant in office.grants] == ["secretary"]
    assert office.key_since == school.clock.today()
