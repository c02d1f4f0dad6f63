"""What stands in a seal's way is compared once for each state of the file, and never trusted on."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from app.domain.paper_life import PaperStep
from app.errors import RuleRefused
from app.readmodels.class_book import BookScope
from app.services import sealing as module
from app.services.paper_board import PaperBoards
from app.services.printing import Printing
from app.services.sealing import OpenWork, Sealing
from app.services.sign_off import SignOffs
from exports.press import Paper, Tables
from exports.seal.bag import write_bag
from exports.seal.drives_folder import FolderDrives
from tests.support.record_book import RecordBook, book
from tests.support.rules import settle as settle_rules
from tests.support.school import make_school
from tests.support.year_end import settle

PEOPLE = ("Phạm Thị Hồng Nhung; Đỗ Quang Huy", "Trần Thị Mai")


@pytest.fixture
def printed(tmp_path) -> RecordBook:
    """A closed class whose year book is printed: nothing stands in the way."""
    for name in ("school", "drive"):
        (tmp_path / name).mkdir()
    kept = book(make_school(tmp_path / "school", pupils=2))
    kept.fill()
    kept.close()
    settle(kept.school)
    printing = Printing(kept.school.uow, kept.school.clock, Paper(), Tables())
    printing.print_class_book(kept.school.actor("secretary"), kept.school.class_id, BookScope.YEAR)
    return kept


@pytest.fixture
def sealing(printed: RecordBook) -> Sealing:
    school = printed.school
    return Sealing(school.uow, school.clock, FolderDrives(), write_bag, Tables(), school.path)


@pytest.fixture
def compared(printed):
    """How often a book was compared with its print."""
    with patch.object(module, "book_differs", wraps=module.book_differs) as spy:
        yield spy


def test_the_seal_trusts_what_its_wizard_compared_while_nothing_was_written(
    printed, sealing, compared, tmp_path
):
    school = printed.school
    assert sealing.readiness(school.year_id).problems == ()
    sealing.seal(school.signer("principal"), school.year_id, tmp_path / "drive", *PEOPLE)
    assert compared.call_count == 1
    # The seal itself is an entry: another copy is compared anew.
    sealing.seal(school.signer("principal"), school.year_id, tmp_path / "drive", *PEOPLE)
    assert compared.call_count == 2


def test_a_seal_that_nobody_prepared_compares_by_itself(printed, sealing, compared, tmp_path):
    school = printed.school
    sealing.seal(school.signer("principal"), school.year_id, tmp_path / "drive", *PEOPLE)
    assert compared.call_count == 1


def test_what_changes_after_the_wizard_was_opened_stops_the_seal(printed, sealing, tmp_path):
    school = printed.school
    assert sealing.readiness(school.year_id).problems == ()
    printed.declared("tin_hoc", {(1, "HK1.gk"): "0"})
    with pytest.raises(RuleRefused) as caught:
        sealing.seal(school.signer("principal"), school.year_id, tmp_path / "drive", *PEOPLE)
    assert caught.value.code == "not_ready"
    assert list((tmp_path / "drive").iterdir()) == []
    assert [i.kind for i in sealing.readiness(school.year_id).items] == [OpenWork.CORRECTION]


def test_another_year_is_another_question(printed, sealing):
    other = printed.school.setup.add_year(printed.school.actor("principal"), "2027-2028").payload
    assert sealing.readiness(printed.school.year_id).problems == ()
    assert [i.kind for i in sealing.readiness(other.id).items] == [OpenWork.CLASSES]
    assert sealing.readiness(printed.school.year_id).problems == ()


def test_signatures_on_paper_block_the_seal_only_where_the_school_says_so(printed, sealing):
    school = printed.school
    assert sealing.readiness(school.year_id).problems == ()
    settle_rules(school, {"print.signed_before_seal": "1"})
    (item,) = sealing.readiness(school.year_id).items
    assert item.kind is OpenWork.PAPER
    assert "bản in số 0001 trên giấy chưa qua bước giáo viên bộ môn ký" in item.text
    assert "Nguyễn Thị Bình" in item.text
    papers, secretary = PaperBoards(school.uow, school.clock), school.actor("secretary")
    (row,) = papers.board(secretary, school.year_id).rows
    assert item.run_id == row.id
    today = school.clock.today()
    signers = [one.account_id for one in row.life.signers]
    papers.note_step(secretary, row.id, PaperStep.TEACHERS, today, persons=signers)
    papers.note_step(secretary, row.id, PaperStep.HOMEROOM, today)
    SignOffs(school.uow, school.clock).sign_print(school.signer("principal"), row.id)
    assert "đóng dấu" in sealing.readiness(school.year_id).problems[0]
    papers.note_step(secretary, row.id, PaperStep.STAMP, today)
    # Binding and storing may wait: what is sealed is the same paper.
    assert sealing.readiness(school.year_id).problems == ()
