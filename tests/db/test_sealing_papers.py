"""Readiness of a year, and the minutes of a sealed medium, on a real file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.print_runs import SEALING_MINUTES
from app.errors import AccessDenied, RuleRefused
from app.readmodels.class_book import BookScope
from app.services.printing import Printing
from app.services.sealing import OpenWork, Sealing
from app.services.sealing_papers import SealingOccasion, assemble_sealing_minutes, named_people
from exports.press import Paper, Tables
from exports.seal.bag import write_bag
from exports.seal.drives_folder import FolderDrives
from tests.exports.pdf_reading import all_text
from tests.gui.page_kit import close_all
from tests.support.school import TestSchool, make_school
from tests.support.year_end import settle

OCCASION = SealingOccasion(storage="Tủ số 2, phòng Văn thư", medium_kind="Ổ cứng rời USB")


@pytest.fixture
def school(tmp_path: Path) -> TestSchool:
    return make_school(tmp_path, pupils=3)


def sealing(school: TestSchool) -> Sealing:
    return Sealing(school.uow, school.clock, FolderDrives(), write_bag, Tables(), school.path)


def printing(school: TestSchool) -> Printing:
    return Printing(school.uow, school.clock, Paper(), Tables())


def print_year(school: TestSchool) -> None:
    printing(school).print_class_book(school.actor("secretary"), school.class_id, BookScope.YEAR)


def seal(school: TestSchool, folder: Path):
    folder.mkdir()
    done = sealing(school).seal(
        school.signer("principal"),
        school.year_id,
        folder,
        "Phạm Thị Hồng Nhung, Phó hiệu trưởng; Đỗ Quang Huy",
        "Trần Thị Mai, Văn thư",
    )
    return done.payload.record


def test_readiness_tells_each_step_in_turn(school: TestSchool) -> None:
    ready = sealing(school).readiness(school.year_id)
    assert [(i.kind, i.class_id) for i in ready.items] == [(OpenWork.CLOSE, school.class_id)]
    close_all(school)
    assert [i.kind for i in sealing(school).readiness(school.year_id).items] == [OpenWork.RESULTS]
    settle(school)
    assert [i.kind for i in sealing(school).readiness(school.year_id).items] == [OpenWork.PRINT]
    print_year(school)
    ready = sealing(school).readiness(school.year_id)
    assert ready.items == ready.problems == ()
    assert ready.bytes > 10_000


def test_a_book_that_differs_from_its_print_is_not_ready(school: TestSchool) -> None:
    close_all(school)
    settle(school)
    print_year(school)
    with school.uow.write() as uow:
        profile = uow.roster.entries(school.class_id)[0].profile
        uow.roster.update_profile(school.pupils[0], replace(profile, full_name="Lê Thị Mới"))
        uow.commit()
    (item,) = sealing(school).readiness(school.year_id).items
    assert item.kind is OpenWork.PRINT
    assert "khác bản in số 0001" in item.text
    print_year(school)
    assert not sealing(school).readiness(school.year_id).items


def test_minutes_name_the_medium_the_people_and_the_signed_list(
    school: TestSchool, tmp_path: Path
) -> None:
    close_all(school)
    settle(school)
    print_year(school)
    record = seal(school, tmp_path / "ổ")
    done = printing(school).print_sealing_minutes(
        school.actor("secretary"), school.year_id, 1, OCCASION
    )
    run, pdf = done.payload.run, done.payload.pdf
    assert run.kind == SEALING_MINUTES
    assert run.number == 2
    text = " ".join(all_text(pdf))
    for part in (
        "Mã băm danh sách đã ký (SHA-512)",
        "Lê Văn Khải, Hiệu trưởng",
        "Phạm Thị Hồng Nhung, Phó hiệu trưởng",
        "Tủ số 2, phòng Văn thư",
        "Ổ cứng rời USB",
        f"{record.files} tệp",
        "năm học 2026–2027",
    ):
        assert part in text
    assert record.tagmanifest_sha512 in text.replace(" ", "")
    with school.uow.read() as uow:
        assert uow.prints.content(run.id) == pdf.content
        minutes = assemble_sealing_minutes(uow, school.year_id, 1, OCCASION)
        seals = [p for p in uow.trail.checkpoints() if p.reason == "seal"]
    assert minutes.checkpoint_code == seals[0].code
    assert school.trail_kinds()[-1] == "print.run"


def test_minutes_need_a_seal_a_place_and_an_office(school: TestSchool, tmp_path: Path) -> None:
    secretary = school.actor("secretary")
    with pytest.raises(RuleRefused) as refused:
        printing(school).print_sealing_minutes(secretary, school.year_id, 1, OCCASION)
    assert refused.value.code == "no_such_seal"
    close_all(school)
    settle(school)
    print_year(school)
    seal(school, tmp_path / "ổ")
    with pytest.raises(RuleRefused) as refused:
        printing(school).print_sealing_minutes(
            secretary, school.year_id, 1, SealingOccasion(storage="  ")
        )
    assert refused.value.code == "storage_required"
    with pytest.raises(AccessDenied):
        printing(school).print_sealing_minutes(school.actor("toan"), school.year_id, 1, OCCASION)
    assert [r.number for r in printing(school).runs(school.year_id)] == [1]


def test_people_are_read_with_their_duties() -> None:
    people = named_people(" Nguyễn Văn A , Phó hiệu trưởng;; Trần Thị B ; ")
    assert [(p.name, p.duty) for p in people] == [
        ("Nguyễn Văn A", "Phó hiệu trưởng"),
        ("Trần Thị B", ""),
    ]
