"""Profiles with đã xác thực, photos, movements with papers, the monthly list."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.attendance import Month
from app.domain.movements import MovementKind, MovementPaper
from app.domain.personal_id import personal_id_doubts
from app.domain.photos import MOST_BYTES, photo_format
from app.domain.pupils import PupilProfile
from app.errors import AccessDenied, RuleRefused
from app.services.movements import Movements
from app.services.pupil_photos import PupilPhotos
from app.services.trail_sentences import WORDINGS, sentence_of
from exports.press import Tables
from tests.support.school import invented_pupil, make_school

TODAY = date(2026, 11, 23)
JPEG = b"\xff\xd8\xff\xe0" + b"x" * 40 + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 40 + b"IEND\xaeB`\x82"
PAPER = MovementPaper("THCS Lý Tự Trọng", "GGT số 12/2026")


@pytest.fixture
def school(tmp_path):
    school = make_school(tmp_path, pupils=4)
    yield school
    school.close()


@pytest.fixture
def moves(school):
    return Movements(school.uow, school.clock, Tables())


@pytest.fixture
def photos(school):
    return PupilPhotos(school.uow, school.clock)


def refused(family, call, *args, **kwargs):
    with pytest.raises(family) as refusal:
        call(*args, **kwargs)
    return refusal.value


def profile_of(school, pupil):
    view = school.rosters.view(school.actor("secretary"), school.class_id)
    return next(line.profile for line in view.lines if line.pupil_id == pupil)


def edit(school, who, pupil, **changes):
    profile = replace(profile_of(school, pupil), **changes)
    return school.rosters.edit_profile(school.actor(who), school.class_id, pupil, profile)


def last_sentence(school):
    with school.uow.read() as uow:
        entry = uow.trail.entries(newest=1)[0]
    return sentence_of(entry.kind, entry.detail, entry.cell_count, WORDINGS)


class TestPersonalId:
    @pytest.mark.parametrize(
        ("code", "sex", "born", "doubts"),
        [
            ("038215000001", "Nam", date(2015, 3, 1), 0),
            ("038315000001", "Nữ", date(2015, 3, 1), 0),
            ("038215000001", "Nữ", date(2015, 3, 1), 1),
            ("038215000001", "Nam", date(2014, 3, 1), 1),
            ("038015000001", "Nam", date(2015, 3, 1), 1),  # 0: nam, sinh 1915
            ("000215000001", "Nam", date(2015, 3, 1), 1),
            ("097315000001", "Nam", date(2014, 3, 1), 3),
            ("", "Nam", date(2015, 3, 1), 0),
            ("038215", "Nam", date(2015, 3, 1), 0),
            ("038215000001", "", None, 0),
        ],
    )
    def test_digits_against_the_profile(self, code, sex, born, doubts):
        profile = PupilProfile("Lê An", birth_date=born, sex=sex, personal_id=code)
        assert len(personal_id_doubts(profile)) == doubts

    @given(st.dates(date(1990, 1, 1), date(2029, 12, 31)), st.booleans(), st.integers(1, 96))
    def test_an_id_made_from_the_profile_is_never_doubted(self, born, girl, province):
        digit = (2 if born.year >= 2000 else 0) + girl
        code = f"{province:03d}{digit}{born.year % 100:02d}123456"
        sex = "Nữ" if girl else "Nam"
        assert personal_id_doubts(PupilProfile("A", born, sex, personal_id=code)) == ()


class TestVerified:
    def test_the_office_marks_and_a_changed_identity_takes_the_mark_away(self, school):
        pupil = school.pupils[0]
        edit(school, "secretary", pupil, personal_id_verified_on=date(2026, 11, 20))
        assert "20/11/2026" in last_sentence(school)
        edit(school, "secretary", pupil, phone="0987654321")
        assert profile_of(school, pupil).personal_id_verified_on == date(2026, 11, 20)
        result = edit(school, "secretary", pupil, birth_date=date(2015, 1, 2))
        assert profile_of(school, pupil).personal_id_verified_on is None
        assert "đã xác thực bỏ đi" in result.summary

    def test_a_day_written_with_the_change_stands(self, school):
        pupil = school.pupils[0]
        edit(school, "secretary", pupil, personal_id_verified_on=date(2026, 11, 1))
        edit(
            school, "secretary", pupil,
            birth_date=date(2015, 1, 2), personal_id_verified_on=TODAY,
        )  # fmt: skip
        assert profile_of(school, pupil).personal_id_verified_on == TODAY

    def test_the_homeroom_teacher_may_not_mark(self, school):
        error = refused(
            AccessDenied, edit, school, "homeroom", school.pupils[0],
            personal_id_verified_on=TODAY,
        )  # fmt: skip
        assert "đã xác thực" in error.sentence
        assert profile_of(school, school.pupils[0]).personal_id_verified_on is None

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"personal_id_verified_on": date(2026, 11, 24)}, "verified_later"),
            ({"personal_id_verified_on": TODAY, "personal_id": ""}, "verified_without_id"),
            ({"father_email": "khong phai thu"}, "email_invalid"),
            ({"inclusion": "Có"}, "inclusion_invalid"),
        ],
    )
    def test_what_cannot_be_is_refused_with_its_field(self, school, changes, code):
        error = refused(RuleRefused, edit, school, "secretary", school.pupils[0], **changes)
        assert error.code == code
        assert error.facts["field"] in changes

    def test_a_guardian_stands_for_parents_and_any_number_for_the_contact(self, school):
        pupil = school.pupils[0]
        edit(
            school, "secretary", pupil, father="", mother="", guardian="Trần Văn Bác", phone="",
            guardian_phone="0912000111", inclusion="Hòa nhập",
        )  # fmt: skip
        view = school.rosters.view(school.actor("secretary"), school.class_id)
        line = next(x for x in view.lines if x.pupil_id == pupil)
        assert not {"father", "mother", "phone"} & set(line.missing)

    def test_a_subject_teacher_sees_none_of_it(self, school):
        pupil = school.pupils[0]
        edit(
            school, "secretary", pupil, guardian="Bác", father_phone="0911111111",
            inclusion="Hòa nhập", personal_id_verified_on=TODAY,
        )  # fmt: skip
        view = school.rosters.view(school.actor("tin_hoc"), school.class_id)
        profile = next(x.profile for x in view.lines if x.pupil_id == pupil)
        assert (profile.guardian, profile.father_phone, profile.inclusion) == ("", "", "")
        assert profile.personal_id_verified_on is None


class TestPhotos:
    def test_kept_replaced_seen_and_taken_away(self, school, photos):
        actor, pupil = school.actor("homeroom"), school.pupils[1]
        photos.put(actor, school.class_id, pupil, JPEG)
        photos.put(actor, school.class_id, pupil, PNG)
        assert photos.photo(school.actor("vice"), school.class_id, pupil) == PNG
        view = school.rosters.view(actor, school.class_id)
        assert [x.has_photo for x in view.lines if x.pupil_id == pupil] == [True]
        with school.uow.read() as uow:
            assert b"PNG" not in uow.trail.entries(newest=1)[0].detail.encode()
        photos.remove(actor, school.class_id, pupil)
        assert photos.photo(actor, school.class_id, pupil) is None
        assert refused(RuleRefused, photos.remove, actor, school.class_id, pupil).code == "no_photo"
        assert "Bỏ ảnh" in last_sentence(school)

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (JPEG[:-2], "photo_format"),
            (b"GIF89a" + JPEG, "photo_format"),
            (b"", "photo_format"),
            (b"<svg/>", "photo_format"),
            (JPEG[:4] + b"x" * MOST_BYTES + JPEG[-2:], "photo_too_big"),
        ],
    )
    def test_anything_else_is_refused(self, school, photos, content, code):
        who, pupil = school.actor("secretary"), school.pupils[0]
        assert refused(RuleRefused, photos.put, who, school.class_id, pupil, content).code == code
        assert photos.photo(who, school.class_id, pupil) is None

    def test_who_may_not(self, school, photos):
        who, pupil = school.actor("tin_hoc"), school.pupils[0]
        refused(AccessDenied, photos.put, who, school.class_id, pupil, JPEG)
        refused(AccessDenied, photos.photo, who, school.class_id, pupil)
        school.rosters.freeze(school.actor("secretary"), school.class_id)
        refused(AccessDenied, photos.put, school.actor("homeroom"), school.class_id, pupil, JPEG)

    @given(st.binary(max_size=64))
    def test_bytes_without_both_ends_are_no_picture(self, content):
        assert photo_format(content[1:]) == "" or content[1:2] in (b"\xff", b"\x89")


class TestMovements:
    def test_a_transfer_in_needs_school_and_paper(self, school, moves):
        who = school.actor("secretary")
        profile = invented_pupil(77)
        for paper, field in ((MovementPaper(), "school"), (MovementPaper("A"), "document")):
            error = refused(
                RuleRefused, school.rosters.add_pupil, who, school.class_id, profile, TODAY,
                kind=MovementKind.TRANSFER_IN, paper=paper,
            )  # fmt: skip
            assert (error.code, error.facts["field"]) == ("paper_missing", field)
        result = school.rosters.add_pupil(
            who, school.class_id, profile, TODAY, kind=MovementKind.TRANSFER_IN, paper=PAPER
        )
        assert "Lý Tự Trọng" in last_sentence(school)
        (line,) = moves.history(who, school.class_id, result.payload)
        assert (line.kind, line.school, line.document) == (
            MovementKind.TRANSFER_IN, PAPER.school, PAPER.document,
        )  # fmt: skip
        assert line.who == "Trần Thị Mai"

    def test_the_homeroom_teacher_takes_no_transfer(self, school):
        refused(
            AccessDenied, school.rosters.add_pupil, school.actor("homeroom"), school.class_id,
            invented_pupil(77), TODAY, kind=MovementKind.TRANSFER_IN, paper=PAPER,
        )  # fmt: skip

    def test_a_start_with_the_year_is_no_movement(self, school, moves):
        who = school.actor("secretary")
        assert moves.history(who, school.class_id, school.pupils[0]) == ()

    def test_leaving_by_kind_and_coming_back_stay_in_the_history(self, school, moves):
        who, pupil = school.actor("secretary"), school.pupils[0]
        refused(
            RuleRefused, school.rosters.mark_left, who, school.class_id, pupil, TODAY, "Gia đình",
            kind=MovementKind.TRANSFER_OUT,
        )  # fmt: skip
        error = refused(
            RuleRefused, school.rosters.mark_left, who, school.class_id, pupil, TODAY, "x",
            kind=MovementKind.MOVED_OUT,
        )  # fmt: skip
        assert error.code == "departure_kind"
        school.rosters.mark_left(
            who, school.class_id, pupil, date(2026, 10, 5), "Theo gia đình",
            kind=MovementKind.TRANSFER_OUT, paper=PAPER,
        )  # fmt: skip
        view = school.rosters.view(who, school.class_id)
        line = next(x for x in view.lines if x.pupil_id == pupil)
        assert line.left_reason == (
            "Chuyển trường đi THCS Lý Tự Trọng (GGT số 12/2026): Theo gia đình"
        )
        school.rosters.mark_returned(who, school.class_id, pupil, TODAY, "Về trường cũ")
        kinds = [m.kind for m in moves.history(who, school.class_id, pupil)]
        assert kinds == [MovementKind.TRANSFER_OUT, MovementKind.RETURNED]

    def test_the_month_counts_backwards_from_today(self, school, moves):
        who = school.actor("secretary")
        first, second = school.pupils[:2]
        drop = MovementKind.DROPPED_OUT
        school.rosters.mark_left(
            who, school.class_id, first, date(2026, 10, 5), "Đi làm xa", kind=drop
        )
        school.rosters.add_pupil(
            who, school.class_id, invented_pupil(80), date(2026, 10, 20),
            kind=MovementKind.TRANSFER_IN, paper=PAPER,
        )  # fmt: skip
        school.rosters.mark_left(who, school.class_id, second, TODAY, "Ốm dài ngày")
        october = moves.month(who, school.year_id, Month(2026, 10))
        assert [line.kind for line in october.lines] == [drop, MovementKind.TRANSFER_IN]
        (count,) = october.counts
        assert (count.before, count.came, count.went, count.after) == (4, 1, 1, 4)
        (count,) = moves.month(who, school.year_id, Month(2026, 11)).counts
        assert (count.before, count.came, count.went, count.after) == (4, 0, 1, 3)
        (count,) = moves.month(who, school.year_id, Month(2026, 9)).counts
        assert (count.before, count.after) == (4, 4)
        assert moves.month_workbook(october)[:2] == b"PK"

    def test_a_stranger_reads_no_history(self, school, moves):
        other = school.add_class("7A", 7, pupils=1)
        with school.uow.read() as uow:
            pupil = uow.roster.entries(other)[0].pupil_id
        refused(AccessDenied, moves.history, school.actor("tin_hoc"), other, pupil)
