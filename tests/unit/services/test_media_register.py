"""Sổ theo dõi vật mang: a check reads every byte and is filed, whatever it found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.media_events import MediumAct, MediumState, months_later
from app.errors import AccessDenied, AppError
from app.services.media_register import MediaRegister, Unsealing
from exports.seal.checker import check_bag
from tests.unit.services.test_sealing import PEOPLE, print_year, ready_to_print, seal

BY = Unsealing("12/QĐ-THCS", "Thanh tra yêu cầu xem sổ lớp 6A", "Thanh tra; Hiệu trưởng")


@pytest.fixture
def sealed(tmp_path):
    kept = ready_to_print(tmp_path)
    print_year(kept)
    return kept, seal(kept, tmp_path / "drive")


def register(kept) -> MediaRegister:
    return MediaRegister(kept.school.uow, kept.school.clock, check_bag)


def refused(kept, code, call) -> AppError:
    before = kept.school.trail_kinds()
    with pytest.raises(AppError) as caught:
        call()
    assert (caught.value.code, kept.school.trail_kinds()) == (code, before)
    assert caught.value.sentence.endswith(".")
    return caught.value


def test_a_new_copy_is_due_a_year_after_its_seal(sealed) -> None:
    kept, done = sealed
    (medium,) = register(kept).of_year(kept.school.year_id)
    assert (medium.keeper, medium.history.place) == (PEOPLE[1], "")
    sealed_on = done.record.sealed_at.date()
    assert medium.check_due == months_later(sealed_on, 12)
    assert register(kept).due() == ()
    kept.school.clock.advance(timedelta(days=366))
    ((year, late),) = register(kept).due()
    assert (year, late.record.copy_no) == ("2026-2027", 1)


def test_where_it_lies_is_what_was_written_last(sealed) -> None:
    kept, _ = sealed
    year, secretary = kept.school.year_id, kept.school.actor("secretary")
    book = register(kept)
    book.place(secretary, year, 1, "Trần Thị Mai", "Tủ số 2, phòng Văn thư")
    book.place(secretary, year, 1, "Lê Văn Tám", " Kho lưu trữ xã ", date(2030, 1, 1))
    (medium,) = book.of_year(year)
    assert (medium.keeper, medium.history.place) == ("Lê Văn Tám", "Kho lưu trữ xã")
    assert medium.check_due == date(2030, 1, 1)
    assert kept.school.trail_kinds()[-2:] == ["medium.placed", "medium.placed"]
    refused(kept, "place_incomplete", lambda: book.place(secretary, year, 1, "", "Tủ"))
    today = kept.school.clock.today()
    refused(kept, "check_day_past", lambda: book.place(secretary, year, 1, "A", "B", today))
    refused(kept, "no_such_seal", lambda: book.place(secretary, year, 9, "A", "B"))
    teacher = kept.school.actor("ngu_van")
    with pytest.raises(AccessDenied):
        book.place(teacher, year, 1, "A", "B")


def test_a_check_is_filed_and_sets_the_next_day(sealed) -> None:
    kept, done = sealed
    year, secretary = kept.school.year_id, kept.school.actor("secretary")
    result = register(kept).recheck(secretary, year, 1, done.report.path.parent)
    assert result.payload.report.exit_code == 0
    (medium,) = register(kept).of_year(year)
    check = medium.history.last_check
    assert check is not None
    assert (check.state, check.note) == (MediumState.INTACT, "")
    assert check.files > done.record.files
    assert medium.check_due == months_later(kept.school.clock.today(), 12)


def test_damage_is_filed_too_with_its_files(sealed) -> None:
    kept, done = sealed
    (done.report.path / "data/so-ban-in.csv").write_bytes(b"")
    result = register(kept).recheck(
        kept.school.actor("secretary"), kept.school.year_id, 1, done.report.path
    )
    assert result.payload.report.repairable is True
    (medium,) = register(kept).of_year(kept.school.year_id)
    check = medium.history.last_check
    assert check is not None
    assert check.state is MediumState.DAMAGED
    assert check.note.startswith("data/so-ban-in.csv: ")
    assert kept.school.trail_kinds()[-1] == "medium.checked"


def test_another_medium_is_not_taken_for_this_one(sealed, tmp_path) -> None:
    kept, done = sealed
    secretary, year = kept.school.actor("secretary"), kept.school.year_id
    second = tmp_path / "drive-2"
    second.mkdir()
    other = seal(kept, second)
    book = register(kept)
    error = refused(kept, "other_medium", lambda: book.recheck(secretary, year, 1, second))
    assert other.record.bag_name in error.sentence
    refused(kept, "medium_not_there", lambda: book.recheck(secretary, year, 1, tmp_path / "school"))
    # Even damaged it is known by the list that its signature covers.
    (other.report.path / "bagit.txt").unlink()
    refused(kept, "other_medium", lambda: book.recheck(secretary, year, 1, second))
    (done.report.path / "bagit.txt").unlink()
    book.recheck(secretary, year, 1, done.report.path)


def test_an_unsealing_is_by_decision_and_is_closed_again(sealed) -> None:
    kept, _ = sealed
    secretary, year = kept.school.actor("secretary"), kept.school.year_id
    book = register(kept)
    refused(kept, "not_open", lambda: book.reseal(secretary, year, 1, "A; B"))
    for field in ("decision_no", "reason", "people"):
        by = replace(BY, **{field: " "})
        refused(kept, "unsealing_incomplete", lambda by=by: book.unseal(secretary, year, 1, by))
    book.unseal(secretary, year, 1, BY)
    assert book.of_year(year)[0].history.is_open
    refused(kept, "already_open", lambda: book.unseal(secretary, year, 1, BY))
    refused(kept, "witnesses_required", lambda: book.reseal(secretary, year, 1, ""))
    book.reseal(secretary, year, 1, "Thanh tra; Hiệu trưởng", "chép sổ lớp 6A")
    (medium,) = book.of_year(year)
    assert not medium.history.is_open
    assert [event.act for event in medium.history.events] == [MediumAct.OPENED, MediumAct.CLOSED]
    assert "12/QĐ-THCS" in medium.history.events[0].note


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2027, 5, 31), 12, date(2028, 5, 31)),
        (date(2027, 2, 28), 12, date(2028, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 10, 31), 1, date(2027, 11, 30)),
        (date(2027, 12, 15), 1, date(2028, 1, 15)),
    ],
)
def test_the_same_day_months_later(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later
