"""Văn bản of the school: live data in, versions of words, gaps, numbers, official prints."""

import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.delegations import Power
from app.domain.form_settings import BookForm, FormSettings, SignerForm
from app.domain.letters import Board, BoardMember, LetterKind, LetterWords, Seat
from app.domain.papers import BasisUse, DocumentKind
from app.domain.periods import Period
from app.domain.roles import Role
from app.errors import AccessDenied, RuleRefused
from app.letter_templates import SHIPPED
from app.readmodels.letter import BlockStyle, letter_from_json, letter_json
from app.services.delegations import Delegations
from app.services.entry_control import EntryControl
from app.services.legal_bases import BasisDraft
from app.services.letter_drafting import refuse_strange_fields
from app.services.letter_fields import BLOCKS, VALUES
from app.services.letters import FACTS_FILE, WORD_FILE
from app.services.proof_assignments import ProofAssignments
from app.services.rule_book import RuleAct
from tests.exports.pdf_reading import all_text
from tests.gui.page_kit import workspace
from tests.support.primary_school import make_primary
from tests.support.school import make_school

TODAY = date(2026, 11, 23)
GROUND = BasisDraft(
    DocumentKind.CIRCULAR, "22/2021/TT-BGDĐT", date(2021, 7, 20), "Bộ Giáo dục và Đào tạo",
    "quy định về đánh giá học sinh", tuple(BasisUse),
)  # fmt: skip


@pytest.fixture
def school(tmp_path):
    made = make_school(tmp_path, pupils=2)
    yield made
    made.close()


@pytest.fixture
def work(school):
    return workspace(school, "secretary")


@pytest.fixture
def secretary(school):
    return school.actor("secretary")


def prepare(school, work):
    """Everything a letter may ask for."""
    actor, year = school.actor("secretary"), school.year_id
    work.bases.add(actor, year, GROUND)
    for board in Board:
        members = work.letter_boards.propose_members(board)
        work.letter_boards.set_members(actor, year, board, members)
    ProofAssignments(school.uow, school.clock).propose(school.actor("principal"), year, Period.HK1)


def words_of(draft):
    blocks = draft.paper.blocks
    cells = [cell for block in blocks for row in block.rows for cell in row]
    return "\n".join([draft.paper.about, *(block.text for block in blocks), *cells])


@pytest.mark.parametrize("kind", LetterKind)
def test_shipped_words_use_fields_that_exist(kind):
    refuse_strange_fields(SHIPPED[kind])
    assert "{{" in SHIPPED[kind].body
    assert "./." in SHIPPED[kind].body


def test_no_field_is_both_a_word_and_a_table():
    assert not set(VALUES) & set(BLOCKS)


def test_every_letter_is_printed_when_nothing_lacks(school, work, secretary):
    prepare(school, work)
    year = school.year_id
    for kind in LetterKind:
        draft = work.letters.draft(secretary, year, kind)
        assert draft.gaps == ()
        assert "{{" not in words_of(draft)
        printed = work.letters.print_letter(secretary, year, kind).payload
        assert printed.run.kind == kind.run_kind
        with school.uow.read() as uow:
            files = uow.prints.files(printed.run.id)
        assert set(files) == {FACTS_FILE, WORD_FILE}
        assert letter_from_json(files[FACTS_FILE]) == draft.paper
        assert letter_json(letter_from_json(files[FACTS_FILE])) == files[FACTS_FILE]
    registered = work.documents.of_year(year)
    assert len(registered) == len(LetterKind) - 1
    assert {document.kind for document in registered} == {
        kind.document for kind in LetterKind if kind.numbered
    }
    states = {line.kind: line.state for line in work.letters.lines(secretary, year)}
    assert states[LetterKind.RULES] == "đã in"
    assert states[LetterKind.PLAN] == "đã in, chờ số"


def test_preview_print_word_file_and_dossier_follow_the_schools_form(school, work, secretary):
    prepare(school, work)
    year, kind = school.year_id, LetterKind.RULES_DECISION
    own = FormSettings(signer=SignerForm.DEPUTY, signer_name="Ngô Thị Phó")
    before = work.letters.print_letter(secretary, year, kind).payload
    act = RuleAct("41/QĐ-THCS", TODAY, TODAY)
    work.forms.settle(secretary, BookForm.LETTER, own, act)
    draft = work.letters.draft(secretary, year, kind)
    after = work.letters.print_letter(secretary, year, kind).payload
    for pdf in (
        work.letters.preview(draft),
        after.pdf,
        work.dossiers.preview(secretary, year),
    ):
        assert "Ngô Thị Phó" in "\n".join(all_text(pdf))
    with school.uow.read() as uow:
        kept = uow.prints.files(after.run.id)[WORD_FILE]
    for word in (kept, work.letters.word_file(draft)):
        assert "Ngô Thị Phó" in zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml").decode()
    # The words of the letter are the same: only its form is another.
    assert before.run.data_digest == after.run.data_digest
    assert (before.run.form_digest, after.run.form_digest) == ("", own.digest)


def test_a_number_given_later_stands_on_the_next_print(school, work, secretary):
    prepare(school, work)
    year = school.year_id
    work.settings.set_symbol(secretary, "THCSĐX")
    first = work.letters.draft(secretary, year, LetterKind.RULES_DECISION).paper
    assert first.number.strip() == "/QĐ-THCSĐX"
    rules = work.letters.draft(secretary, year, LetterKind.RULES).paper
    assert "số ……/QĐ-THCSĐX" in rules.issued_with
    work.letters.print_letter(secretary, year, LetterKind.RULES_DECISION)
    document = work.documents.of_year(year)[0]
    work.documents.give_number(secretary, document.id, 7, "QĐ-THCSĐX", TODAY)
    school.clock.advance(timedelta(days=3))
    again = work.letters.draft(secretary, year, LetterKind.RULES_DECISION).paper
    assert (again.number, again.day) == ("07/QĐ-THCSĐX", 23)
    rules = work.letters.draft(secretary, year, LetterKind.RULES).paper
    assert rules.issued_with == (
        "(Ban hành kèm theo Quyết định số 07/QĐ-THCSĐX ngày 23 tháng 11 năm 2026 của Hiệu trưởng)"
    )
    work.letters.print_letter(secretary, year, LetterKind.RULES_DECISION)
    assert len(work.documents.of_year(year)) == 1


def test_the_rules_say_who_holds_which_office_and_what_was_settled(school, work, secretary):
    principal, year = school.actor("principal"), school.year_id
    work.rules.choose(principal, year, "secondary_decision_1323", RuleAct("41/QĐ", TODAY, TODAY))
    EntryControl(school.uow, school.clock).open_window(
        principal, year, Period.HK1, TODAY, TODAY + timedelta(days=9), "12/QĐ", TODAY
    )
    vice = school.accounts_by_key["vice"]
    Delegations(school.uow, school.clock).give(
        principal, Power.OPEN_SHUT, vice, TODAY, TODAY + timedelta(days=2), "70/QĐ", TODAY
    )
    said = words_of(work.letters.draft(secretary, year, LetterKind.RULES))
    for wanted in (
        "Lê Văn Khải", "Trần Thị Mai", "7 ngày sau ngày kiểm tra thường xuyên",
        "02/12/2026", "12/QĐ ngày 23/11/2026", "văn bản số 70/QĐ", "12 giáo viên",
        "Duyệt hồ sơ sửa điểm, chốt kỳ đánh giá",
    ):  # fmt: skip
        assert wanted in said


def test_a_teacher_neither_reads_nor_prints(school, work):
    teacher = school.actor("toan")
    for call in (
        lambda: work.letters.lines(teacher, school.year_id),
        lambda: work.letters.draft(teacher, school.year_id, LetterKind.PLAN),
        lambda: work.letters.print_letter(teacher, school.year_id, LetterKind.PLAN),
        lambda: work.letters.save_text(teacher, LetterKind.PLAN, SHIPPED[LetterKind.PLAN]),
        lambda: work.letter_boards.set_members(teacher, school.year_id, Board.KEEPERS, ()),
    ):
        with pytest.raises(AccessDenied):
            call()


def test_dots_are_not_printed_officially(school, work, secretary):
    before = school.trail_kinds()
    with pytest.raises(RuleRefused) as caught:
        work.letters.print_letter(secretary, school.year_id, LetterKind.BOARD)
    assert caught.value.code == "letter_gaps"
    assert "Căn cứ và số" in caught.value.sentence
    assert "Thành viên" in caught.value.sentence
    assert school.trail_kinds() == before


def test_a_board_without_a_manager_prints_no_decision(school, work, secretary):
    prepare(school, work)
    teachers = [m for m in work.letter_boards.people() if m.office == "Giáo viên"][:2]
    members = tuple(
        replace(one, seat=seat, duty="việc") for one, seat in zip(teachers, Seat, strict=False)
    )
    work.letter_boards.set_members(secretary, school.year_id, Board.KEEPERS, members)
    with pytest.raises(RuleRefused, match="một cán bộ quản lý"):
        work.letters.print_letter(secretary, school.year_id, LetterKind.KEEPERS)


def test_an_office_that_ended_makes_no_manager(school, work, secretary):
    prepare(school, work)
    principal, vice = school.actor("principal"), school.accounts_by_key["vice"]
    assert work.letters.draft(secretary, school.year_id, LetterKind.KEEPERS).gaps == ()
    school.accounts.end_role(principal, vice, Role.VICE_PRINCIPAL, TODAY)
    school.clock.advance(timedelta(days=1))
    gaps = work.letters.draft(school.actor("secretary"), school.year_id, LetterKind.KEEPERS).gaps
    assert any("một cán bộ quản lý" in gap for gap in gaps)


def test_words_are_kept_by_version(school, work, secretary):
    shipped = SHIPPED[LetterKind.PLAN]
    own = LetterWords(" Riêng  của trường ", "Một dòng.\n\nHai dòng {{năm học}}.", "Lưu: VT.")
    first = work.letters.save_text(secretary, LetterKind.PLAN, own).payload
    assert first.version == 1
    assert first.words.about == "Riêng của trường"
    with pytest.raises(RuleRefused) as caught:
        work.letters.save_text(secretary, LetterKind.PLAN, own)
    assert caught.value.code == "letter_same"
    draft = work.letters.draft(secretary, school.year_id, LetterKind.PLAN)
    assert [block.text for block in draft.paper.blocks] == ["Một dòng.", "Hai dòng 2026–2027."]
    work.letters.save_text(secretary, LetterKind.PLAN, shipped)
    versions = work.letters.versions(LetterKind.PLAN)
    assert [v.version for v in versions] == [0, 1, 2]
    assert versions[1].written_by == "Trần Thị Mai"
    assert school.trail_kinds()[-2:] == ["letter.worded", "letter.worded"]
    last = work.trail.lines(school.actor("principal"))[0]
    assert "lấy lại mẫu gốc" in last.sentence


STRANGE = [
    ("Năm {{nam hoc}}.", "{{năm học}}"),
    ("Năm {{xyz}}.", "chọn trong danh sách"),
    ("Năm {{năm học.", "dấu {{ không có }}"),
    ("Có bảng {{bảng lớp}} ở giữa.", "đứng riêng một dòng"),
]


@pytest.mark.parametrize(("body", "said"), STRANGE)
def test_a_field_that_nothing_fills_is_refused_by_name(work, secretary, body, said):
    words = LetterWords("Về việc thử", body, "")
    with pytest.raises(RuleRefused) as caught:
        work.letters.save_text(secretary, LetterKind.PLAN, words)
    assert caught.value.code == "letter_field"
    assert said in caught.value.sentence
    assert work.letters.versions(LetterKind.PLAN)[1:] == ()


def test_a_table_has_no_place_in_the_recipients(work, secretary):
    words = LetterWords("Về việc thử", "{{bảng lớp}}", "{{bảng lớp}}")
    with pytest.raises(RuleRefused):
        work.letters.save_text(secretary, LetterKind.PLAN, replace(words, body="Không có bảng."))


TOO_MUCH = [
    (LetterWords("", "nội dung", ""), "letter_blank"),
    (LetterWords("về", " \n ", ""), "letter_blank"),
    (LetterWords("v" * 301, "nội dung", ""), "text_too_long"),
    (LetterWords("về", "n" * 40_001, ""), "text_too_long"),
    (LetterWords("về", "nội dung", "n" * 1001), "text_too_long"),
]


@pytest.mark.parametrize(("words", "code"), TOO_MUCH)
def test_blank_and_endless_words(work, secretary, words, code):
    with pytest.raises(RuleRefused) as caught:
        work.letters.save_text(secretary, LetterKind.PLAN, words)
    assert caught.value.code == code


def test_members_that_cannot_be(school, work, secretary):
    one = BoardMember(Seat.HEAD, "Lê A", "Hiệu trưởng", "việc")
    for members, code in (
        ((), "board_size"),
        ((one,) * 41, "board_size"),
        ((one, one), "member_twice"),
        ((replace(one, full_name=" "),), "member_blank"),
        ((replace(one, duty="d" * 301),), "text_too_long"),
    ):
        with pytest.raises(RuleRefused) as caught:
            work.letter_boards.set_members(secretary, school.year_id, Board.KEEPERS, members)
        assert caught.value.code == code
    work.letter_boards.set_members(secretary, school.year_id, Board.KEEPERS, (one,))
    with pytest.raises(RuleRefused, match="không đổi"):
        work.letter_boards.set_members(secretary, school.year_id, Board.KEEPERS, (one,))
    assert "Lê A, Tổ trưởng" in work.trail.lines(school.actor("principal"))[0].sentence


def test_grounds_end_as_the_decree_wants(school, work, secretary):
    prepare(school, work)
    draft = work.letters.draft(secretary, school.year_id, LetterKind.BOARD)
    grounds = [b.text for b in draft.paper.blocks if b.style is BlockStyle.GROUND]
    assert len(grounds) == 2
    assert grounds[0].startswith("Căn cứ Thông tư số 22/2021/TT-BGDĐT")
    assert [text[-1] for text in grounds] == [";", "."]


def test_a_primary_school_tests_by_its_own_periods(tmp_path):
    school = make_primary(tmp_path).school
    work = workspace(school, "secretary")
    draft = work.letters.draft(school.actor("secretary"), school.year_id, LetterKind.TEST_PLAN)
    said = words_of(draft)
    assert "bài KTĐK" in said
    assert "thường xuyên, 1 giữa kì" not in said
    assert "Thông tư số 27/2020/TT-BGDĐT" in said
    school.close()
