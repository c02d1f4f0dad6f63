"""A secretary's first morning: a new school, people, the class from Excel, chốt danh sách."""

from pathlib import Path

import pytest

from app.domain.roles import Role
from app.importing.fields import ROSTER_VOCABULARY
from app.importing.header_finder import guess_mapping
from app.importing.roster import analyse_roster
from app.services.roster_import import RosterImport
from app.services.trail_review import TrailReview
from app.text import name_key
from exports.xlsx.reader import TableFileReader
from tests.support.school import PASSWORD, found_school

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


@pytest.fixture
def school(tmp_path):
    return found_school(tmp_path)


def test_from_an_empty_folder_to_a_frozen_roster(school):
    principal = school.actor("principal")
    school.uids["secretary"] = school.accounts.add(
        principal, "Trần Thị Mai", PASSWORD, department="Văn phòng", roles=(Role.SECRETARY,)
    ).payload.uid
    school.sign_in_as("secretary")
    secretary = school.actor("secretary")

    year = school.setup.add_year(secretary, "2026-2027").payload
    school.setup.fill_subjects(secretary, year.id)
    klass = school.setup.add_class(secretary, year.id, 6, "6A").payload

    importer = RosterImport(school.uow, school.clock)
    source = SAMPLES / "danh-sach-lop-6A.xlsx"
    sheet = TableFileReader().read(source)[0]
    mapping = guess_mapping(sheet, ROSTER_VOCABULARY)
    draft = analyse_roster(sheet, mapping, importer.context(klass.id))
    diff = importer.compare(secretary, klass.id, draft)
    result = importer.accept(secretary, klass.id, diff, source=source.name)
    assert result.payload.new == len(draft.good_rows) >= 30

    school.rosters.freeze(secretary, klass.id)
    view = school.rosters.view(secretary, klass.id)
    names = [line.profile.full_name for line in view.lines]
    assert names == sorted(names, key=name_key)
    assert view.frozen_at is not None
    codes = {line.profile.ministry_code for line in view.lines} - {""}
    assert all(len(code) == 10 for code in codes)

    again = importer.compare(secretary, klass.id, draft)
    assert (again.new, again.changed, again.missing) == ((), (), ())

    school.close()
    school.reopen("secretary")
    review = TrailReview(school.uow)
    assert review.check(school.actor("secretary")).problem == ""
    said = [line.sentence for line in review.lines(school.actor("secretary"))]
    assert f"Chốt danh sách lớp 6A: {view.here} học sinh" in said
    assert any("từ danh-sach-lop-6A.xlsx" in text for text in said)
    assert school.rosters.view(school.actor("secretary"), klass.id) == view
