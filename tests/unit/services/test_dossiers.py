"""Hồ sơ sổ điểm: checklist, deadline, enclosures, one paper, the handing in."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.dossiers import DossierPart, EnclosedPaper
from app.domain.letters import LetterKind
from app.errors import AccessDenied, RuleRefused
from app.readmodels.home import TaskKind
from tests.gui.page_kit import workspace
from tests.support.school import make_school
from tests.unit.services.test_letters import prepare

TODAY = date(2026, 11, 23)


@pytest.fixture
def school(tmp_path):
    made = make_school(tmp_path, pupils=1)
    yield made
    made.close()


@pytest.fixture
def work(school):
    return workspace(school, "secretary")


@pytest.fixture
def secretary(school):
    return school.actor("secretary")


def fill(school, work, secretary, *, but=()):
    """Every part there but `but`."""
    prepare(school, work)
    for part in DossierPart:
        if part in but:
            continue
        for kind in part.letters:
            work.letters.print_letter(secretary, school.year_id, kind)
        if not part.letters:
            paper = EnclosedPaper(part, "Ảnh màn hình", 3)
            work.dossiers.enclose(secretary, school.year_id, paper)


def test_the_checklist_follows_what_is_printed(school, work, secretary):
    board = work.dossiers.board(secretary, school.year_id)
    assert board.missing == tuple(DossierPart)
    prepare(school, work)
    work.letters.print_letter(secretary, school.year_id, LetterKind.RULES)
    rules = work.dossiers.board(secretary, school.year_id).lines[2]
    assert not rules.ready
    assert "Quyết định ban hành Quy chế" in rules.words
    assert "Quy chế quản lý" not in rules.words
    work.letters.print_letter(secretary, school.year_id, LetterKind.RULES_DECISION)
    rules = work.dossiers.board(secretary, school.year_id).lines[2]
    assert rules.ready
    assert rules.words.startswith("chờ văn thư cấp số, bản in 0002, 0001")


def test_the_whole_is_refused_by_the_name_of_what_lacks(school, work, secretary):
    fill(school, work, secretary, but=(DossierPart.PLAN, DossierPart.SOFTWARE))
    with pytest.raises(RuleRefused) as caught:
        work.dossiers.print_dossier(secretary, school.year_id)
    assert caught.value.code == "dossier_missing"
    assert DossierPart.PLAN.label in caught.value.sentence
    assert DossierPart.KEEPERS.label not in caught.value.sentence
    work.letters.print_letter(secretary, school.year_id, LetterKind.PLAN)
    gone = EnclosedPaper(DossierPart.SOFTWARE, left_out="phần mềm đã thẩm định")
    work.dossiers.enclose(secretary, school.year_id, gone)
    printed = work.dossiers.print_dossier(secretary, school.year_id).payload
    assert printed.run.kind == "dossier"
    assert work.dossiers.board(secretary, school.year_id).printed
    tells = work.letters.draft(secretary, school.year_id, LetterKind.SUBMISSION).paper.blocks
    assert not any(DossierPart.SOFTWARE.label in block.text for block in tells)


def test_what_was_issued_is_bound_not_what_is_true_today(school, work, secretary):
    fill(school, work, secretary)
    first = work.dossiers.print_dossier(secretary, school.year_id).payload.run.data_digest
    shipped = work.letters.versions(LetterKind.PLAN)[0].words
    work.letters.save_text(secretary, LetterKind.PLAN, replace(shipped, about="Tên khác"))
    second = work.dossiers.print_dossier(secretary, school.year_id).payload.run.data_digest
    assert second == first
    document = next(d for d in work.documents.of_year(school.year_id) if d.kind.value == "plan")
    work.documents.give_number(secretary, document.id, 5, "KH-X", TODAY)
    third = work.dossiers.print_dossier(secretary, school.year_id).payload.run.data_digest
    assert third != first


def test_the_deadline_is_said_and_the_handing_in_ends_it(school, work, secretary):
    year = school.year_id
    assert work.dossiers.board(secretary, year).words == "Chưa ghi nơi nhận, chưa ghi hạn nộp."
    due = TODAY + timedelta(days=7)
    work.dossiers.plan(secretary, year, "Phòng Văn hóa", due)
    board = work.dossiers.board(secretary, year)
    assert (board.days_left, board.tone) == (7, "amber")
    school.clock.advance(timedelta(days=8))
    secretary = school.actor("secretary")
    board = work.dossiers.board(secretary, year)
    assert (board.days_left, board.tone) == (-1, "red")
    assert "quá hạn 1 ngày" in board.words
    with pytest.raises(RuleRefused) as caught:
        work.dossiers.hand_in(secretary, year, school.clock.today(), "")
    assert caught.value.code == "dossier_not_printed"
    fill(school, work, secretary)
    work.dossiers.print_dossier(secretary, year)
    for day in (TODAY, school.clock.today() + timedelta(days=1)):
        with pytest.raises(RuleRefused) as caught:
            work.dossiers.hand_in(secretary, year, day, "")
        assert caught.value.code == "dossier_day"
    work.dossiers.hand_in(secretary, year, school.clock.today(), "nộp một cửa")
    board = work.dossiers.board(secretary, year)
    assert (board.days_left, board.tone) == (None, "green")
    assert "đã nộp ngày 01/12/2026, nộp một cửa" in board.words
    assert "nộp một cửa" in work.trail.lines(school.actor("principal"))[0].sentence


def test_the_office_is_reminded_two_weeks_before(school, work, secretary):
    def asked(who):
        tasks = workspace(school, who).tasks.overview(school.actor(who), school.year_id).tasks
        return [(task.due, task.text) for task in tasks if task.kind is TaskKind.HAND_IN]

    due = TODAY + timedelta(days=15)
    work.dossiers.plan(secretary, school.year_id, "Phòng Văn hóa", due)
    assert asked("secretary") == []
    school.clock.advance(timedelta(days=1))
    assert asked("secretary") == [(due, "Phòng Văn hóa")]
    assert asked("toan") == []
    fill(school, work, school.actor("secretary"))
    work.dossiers.print_dossier(school.actor("secretary"), school.year_id)
    work.dossiers.hand_in(school.actor("secretary"), school.year_id, school.clock.today(), "")
    assert asked("secretary") == []


def test_enclosures_that_cannot_be(school, work, secretary):
    for paper in (
        EnclosedPaper(DossierPart.ONE_SYSTEM, "Ảnh", 0),
        EnclosedPaper(DossierPart.ONE_SYSTEM, "Ảnh", 501),
    ):
        with pytest.raises(RuleRefused) as caught:
            work.dossiers.enclose(secretary, school.year_id, paper)
        assert caught.value.code == "dossier_sheets"
    with pytest.raises(RuleRefused):
        work.dossiers.plan(secretary, school.year_id, "n" * 151, None)
    with pytest.raises(RuleRefused) as caught:
        work.dossiers.plan(secretary, school.year_id, "", date(1900, 1, 1))
    assert caught.value.code == "dossier_day"
    assert "dossier" not in "".join(school.trail_kinds())


def test_a_blank_enclosure_gives_the_part_back(school, work, secretary):
    part, year = DossierPart.PLAN, school.year_id
    work.dossiers.enclose(secretary, year, EnclosedPaper(part, left_out="gửi sau"))
    assert work.dossiers.board(secretary, year).lines[4].ready
    work.dossiers.enclose(secretary, year, EnclosedPaper(part))
    line = work.dossiers.board(secretary, year).lines[4]
    assert not line.ready
    assert line.words.startswith("chưa in Kế hoạch")


def test_teachers_have_no_part_in_it(school, work):
    teacher, year = school.actor("toan"), school.year_id
    for call in (
        lambda: work.dossiers.board(teacher, year),
        lambda: work.dossiers.plan(teacher, year, "", None),
        lambda: work.dossiers.enclose(teacher, year, EnclosedPaper(DossierPart.PLAN)),
        lambda: work.dossiers.hand_in(teacher, year, TODAY, ""),
        lambda: work.dossiers.preview(teacher, year),
        lambda: work.dossiers.print_dossier(teacher, year),
    ):
        with pytest.raises(AccessDenied):
            call()
