"""A practice copy is never sealed, and what it prints never passes for the school's."""

from datetime import timedelta

import pytest

from app.domain.periods import Period
from app.domain.practice import MARK
from app.errors import AccessDenied, EnvironmentProblem, RuleRefused
from app.readmodels.class_book import BookScope
from app.services.period_close import PeriodClosing
from app.services.practice import is_copy
from app.services.practising import Practising
from app.services.printing import Printing
from app.services.sealing import Sealing
from exports.press import Paper, Tables
from exports.seal.bag import write_bag
from exports.seal.drives_folder import FolderDrives
from tests.exports.pdf_reading import all_text
from tests.support.school import PASSWORD, make_school


@pytest.fixture
def practice(tmp_path):
    """A school, its practice copy opened, and the copy's session."""
    school = make_school(tmp_path, pupils=2)
    path = school.file.practice_copy()
    school.close()
    file = school.files.open(path)
    session = file.sign_in(school.uid("principal"), PASSWORD)
    yield school, file, session
    file.close()


def sealing(school, file, session):
    return Sealing(session.uow, school.clock, FolderDrives(), write_bag, Tables(), file.path)


@pytest.mark.parametrize("mark", ["copy", ""])
def test_it_is_never_sealed_even_when_its_setting_is_taken_away(practice, tmp_path, mark):
    school, file, session = practice
    with session.uow.write() as uow:
        uow.school.set_setting(MARK, mark)
        uow.commit()
    with session.uow.read() as uow:
        assert is_copy(uow)
    drive = tmp_path / "ổ"
    drive.mkdir()
    with pytest.raises(RuleRefused) as refused:
        sealing(school, file, session).seal(
            session.signer, school.year_id, drive, "Nhung; Huy", "Mai"
        )
    assert refused.value.code == "practice_copy"
    assert list(drive.iterdir()) == []


@pytest.mark.parametrize("mark", ["copy", ""])
def test_every_page_it_prints_says_so(practice, mark):
    school, _file, session = practice
    with session.uow.write() as uow:
        uow.school.set_setting(MARK, mark)
        uow.commit()
    printing = Printing(session.uow, school.clock, Paper(), Tables())
    preview = printing.preview_class_book(school.class_id, BookScope.TERM_1)
    assert all("BẢN TẬP" in page for page in all_text(preview))
    PeriodClosing(session.uow, school.clock).close(
        session.signer, school.class_id, Period.HK1, "1/QĐ", "Tập"
    )
    done = printing.print_class_book(session.actor, school.class_id, BookScope.TERM_1).payload
    assert all("BẢN TẬP" in page for page in all_text(done.pdf))


def test_what_is_done_in_it_never_reaches_the_book(practice):
    school, file, session = practice
    PeriodClosing(session.uow, school.clock).close(
        session.signer, school.class_id, Period.HK1, "1/QĐ", "Tập"
    )
    file.close()
    school.reopen()
    assert "period.close" not in school.trail_kinds()
    assert "practice.made" not in school.trail_kinds()
    assert school.session.warnings == ()
    school.close()
    again = school.files.open(file.path)
    again.close()


def test_old_copies_are_listed_and_deleted_from_the_real_book_only(tmp_path):
    school = make_school(tmp_path)
    first = school.file.practice_copy()
    school.clock.advance(timedelta(hours=1))
    second = school.file.practice_copy()
    practising = Practising(
        school.uow,
        school.clock,
        school.file.practice_copy,
        school.file.practice_copies,
        school.file.remove_practice_copy,
    )
    (first.parent.parent / "ghi-chu").mkdir()
    assert [copy.name for copy in practising.copies()] == [second.parent.name, first.parent.name]
    assert all(copy.bytes > 0 for copy in practising.copies())
    secretary = school.actor("secretary")
    for name in ("ghi-chu", "..", "../..", "20200101-000000", ""):
        with pytest.raises(RuleRefused) as caught:
            practising.remove_copy(secretary, name)
        assert caught.value.code == "not_found"
    with pytest.raises(AccessDenied):
        practising.remove_copy(school.actor("tin_hoc"), first.parent.name)
    opened = school.files.open(second)
    with pytest.raises(EnvironmentProblem) as busy:
        practising.remove_copy(secretary, second.parent.name)
    assert busy.value.code == "already_open"
    opened.close()
    practising.remove_copy(secretary, second.parent.name)
    assert [copy.name for copy in practising.copies()] == [first.parent.name]
    assert not second.parent.exists()
    assert school.path.exists()
    assert school.trail_kinds()[-1] == "practice.removed"
