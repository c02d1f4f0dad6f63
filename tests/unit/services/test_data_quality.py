"""Đúng, đủ, sạch, sống; and đối chiếu with another list: what is found, who may look."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.pupils import PupilProfile
from app.errors import AccessDenied
from app.importing.fields import ROSTER_VOCABULARY
from app.importing.header_finder import guess_mapping
from app.importing.roster import analyse_roster
from app.importing.tables import RawSheet, text_cell
from app.readmodels.cross_check import Difference
from app.readmodels.data_quality import Quality
from app.services.data_quality import DataQuality
from app.services.roster_cross_check import RosterCrossCheck
from app.services.roster_import import RosterImport
from exports.press import Tables
from tests.support.school import invented_pupil, make_school

TODAY = date(2026, 11, 23)


@pytest.fixture
def school(tmp_path):
    school = make_school(tmp_path, pupils=4)
    yield school
    school.close()


@pytest.fixture
def quality(school):
    return DataQuality(school.uow, school.clock, Tables())


@pytest.fixture
def checks(school):
    return RosterCrossCheck(school.uow, school.clock, Tables())


def edit(school, pupil, **changes):
    with school.uow.read() as uow:
        entries = [e for e in uow.roster.entries(school.class_id) if e.pupil_id == pupil]
    profile = replace(entries[0].profile, **changes)
    school.rosters.edit_profile(school.actor("secretary"), school.class_id, pupil, profile)


def found(report, pupil, quality):
    return [
        (one.field, one.sentence)
        for one in report.findings
        if one.pupil_id == pupil and one.quality is quality
    ]


def clean_class(school):
    """Every finding of the invented pupils mended."""
    for number, pupil in enumerate(school.pupils):
        with school.uow.read() as uow:
            profile = next(
                e.profile for e in uow.roster.entries(school.class_id) if e.pupil_id == pupil
            )
        sex = 3 if profile.sex == "Nữ" else 2
        edit(school, pupil, personal_id=f"038{sex}15{number:06d}", personal_id_verified_on=TODAY)


class TestQuality:
    def test_a_mended_class_has_no_finding(self, school, quality):
        clean_class(school)
        report = quality.check(school.actor("homeroom"), school.year_id, school.class_id)
        assert report.findings == ()
        (row,) = report.classes
        assert (row.pupils, row.complete, row.verified, row.findings) == (4, 4, 4, 0)

    def test_valid_complete_and_live(self, school, quality):
        clean_class(school)
        a = school.pupils[0]
        edit(
            school, a, birth_date=date(2008, 1, 1), phone="12", father="",
            mother="", inclusion="Hòa nhập",
        )  # fmt: skip
        report = quality.check(school.actor("secretary"), school.year_id, school.class_id)
        fields = [field for field, _ in found(report, a, Quality.VALID)]
        assert fields == ["personal_id", "birth_date", "phone"]
        assert [f for f, _ in found(report, a, Quality.COMPLETE)] == [
            "father", "mother", "inclusion_document",
        ]  # fmt: skip
        assert [f for f, _ in found(report, a, Quality.LIVE)] == ["personal_id_verified_on"]
        assert {one.pupil_id for one in report.findings} == {a}
        assert quality.workbook(report)[:2] == b"PK"

    def test_one_pupil_kept_twice_in_the_year(self, school, quality):
        clean_class(school)
        other = school.add_class("7A", 7)
        with school.uow.read() as uow:
            twin = uow.roster.entries(school.class_id)[0]
        profile = PupilProfile(
            twin.profile.full_name.upper(), twin.profile.birth_date,
            mother=twin.profile.mother.lower(),
        )  # fmt: skip
        school.rosters.add_pupil(school.actor("secretary"), other, profile)
        report = quality.check(school.actor("homeroom"), school.year_id)
        ((field, sentence),) = found(report, twin.pupil_id, Quality.CLEAN)
        assert field == "full_name"
        assert "cha mẹ" in sentence
        assert "lớp 7A" in sentence
        assert [row.class_name for row in report.classes] == ["6A"]
        whole = quality.check(school.actor("principal"), school.year_id)
        assert whole.count(Quality.CLEAN) == 2

    def test_who_left_is_not_looked_at(self, school, quality):
        pupil = school.pupils[0]
        school.rosters.mark_left(
            school.actor("secretary"), school.class_id, pupil, TODAY, "Chuyển đi"
        )
        report = quality.check(school.actor("secretary"), school.year_id)
        assert pupil not in {one.pupil_id for one in report.findings}

    def test_a_subject_teacher_may_not_look(self, school, quality):
        with pytest.raises(AccessDenied):
            quality.check(school.actor("tin_hoc"), school.year_id, school.class_id)


HEADER = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Mã định danh Bộ GD&ĐT")


def draft_of(school, *rows, header=HEADER):
    table = [header, *rows]
    sheet = RawSheet("S", tuple(tuple(text_cell(text) for text in row) for row in table))
    context = RosterImport(school.uow, school.clock).context(school.class_id)
    return analyse_roster(sheet, guess_mapping(sheet, ROSTER_VOCABULARY), context)


def row_of(number, profile, **changes):
    profile = replace(profile, **changes)
    day = profile.birth_date
    return (
        str(number), profile.full_name, "" if day is None else f"{day:%d/%m/%Y}", profile.sex,
        profile.ministry_code,
    )  # fmt: skip


class TestCrossCheck:
    def test_the_same_list_has_no_difference_and_nothing_is_written(self, school, checks):
        rows = [row_of(n + 1, invented_pupil(n)) for n in range(4)]
        entries = len(school.trail_kinds())
        check = checks.compare(
            school.actor("homeroom"), school.class_id, draft_of(school, *rows), source="cổng.xlsx"
        )
        assert (check.compared, check.same, check.cells) == (4, 4, ())
        assert len(school.trail_kinds()) == entries

    def test_every_kind_of_difference(self, school, checks):
        people = [invented_pupil(n) for n in range(4)]
        other = school.add_class("6B", pupils=1, first=1000)
        assert other
        rows = [
            row_of(1, people[0], full_name=people[0].full_name + " Khác", sex=""),
            row_of(2, people[1], birth_date=date(2015, 12, 30), ministry_code=""),
            row_of(3, people[2], birth_date=None),
            row_of(4, invented_pupil(1000)),
            row_of(5, invented_pupil(60)),
        ]
        check = checks.compare(
            school.actor("secretary"), school.class_id, draft_of(school, *rows), source="t.xlsx"
        )
        kinds = [(cell.row - 1, cell.kind, cell.field) for cell in check.cells]
        assert kinds == [
            (1, Difference.DIFFERS, "full_name"),
            (1, Difference.BLANK_THERE, "sex"),
            (2, Difference.DIFFERS, "birth_date"),  # paired by the name alone
            (2, Difference.BLANK_THERE, "ministry_code"),
            (3, Difference.UNREADABLE, ""),
            (4, Difference.ELSEWHERE, ""),
            (5, Difference.ONLY_THERE, ""),
            (-1, Difference.ONLY_HERE, ""),
            (-1, Difference.ONLY_HERE, ""),
        ]
        assert (check.compared, check.same) == (2, 0)
        assert "lớp 6B" in check.cells[5].note
        assert checks.workbook(check)[:2] == b"PK"

    def test_who_does_not_see_codes_may_not_compare(self, school, checks):
        draft = draft_of(school, row_of(1, invented_pupil(0)))
        with pytest.raises(AccessDenied):
            checks.compare(school.actor("tin_hoc"), school.class_id, draft)


class TestImportOfFamilies:
    HEADER = (
        *HEADER, "SĐT cha", "Email mẹ", "Người giám hộ", "Hòa nhập", "Số định danh cá nhân",
        "Trạng thái xác thực",
    )  # fmt: skip

    def take(self, school, who, *more):
        profile = invented_pupil(0)
        draft = draft_of(school, (*row_of(1, profile), *more), header=self.HEADER)
        imports = RosterImport(school.uow, school.clock)
        actor = school.actor(who)
        diff = imports.compare(actor, school.class_id, draft)
        return draft, lambda: imports.accept(actor, school.class_id, diff)

    def test_the_wizard_learns_them(self, school):
        code = "038215000009"
        more = ("0911 222 333", "me@nha.vn", "Bác Ba", "có", code, "Đã xác thực")
        row = (*row_of(1, invented_pupil(0)), *more)
        problems = draft_of(school, row, header=self.HEADER).problems
        assert [p.code for p in problems] == ["bad_inclusion"]
        more = ("0911 222 333", "me@nha.vn", "Bác Ba", "Học hòa nhập", code, "Đã xác thực")
        draft, accept = self.take(school, "secretary", *more)
        assert draft.problems == ()
        accept()
        with school.uow.read() as uow:
            profile = next(
                e.profile
                for e in uow.roster.entries(school.class_id)
                if e.profile.ministry_code == invented_pupil(0).ministry_code
            )
        assert (profile.father_phone, profile.mother_email) == ("0911222333", "me@nha.vn")
        assert (profile.guardian, profile.inclusion) == ("Bác Ba", "Hòa nhập")
        assert profile.personal_id_verified_on == TODAY

    def test_only_the_office_imports_the_mark(self, school):
        _, accept = self.take(school, "homeroom", "", "", "", "", "038215000009", "Đã xác thực")
        with pytest.raises(AccessDenied):
            accept()

    @pytest.mark.parametrize(
        ("email", "code", "verified", "problem"),
        [
            ("khong", "038215000009", "", "bad_mother_email"),
            ("", "", "Đã xác thực", "verified_without_id"),
            ("", "038215000009", "01/12/2026", "verified_later"),
            ("", "038215000009", "hôm qua", "bad_verified_day"),
        ],
    )
    def test_bad_cells_are_errors_of_their_row(self, school, email, code, verified, problem):
        draft = self.draft(school, email, code, verified)
        assert problem in [p.code for p in draft.problems]
        assert draft.bad_rows

    def draft(self, school, email, code, verified):
        row = (*row_of(1, invented_pupil(0)), "", email, "", "", code, verified)
        return draft_of(school, row, header=self.HEADER)
