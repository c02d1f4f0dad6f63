"""A small THCS school on a real encrypted file, made by the services in a fraction of a second.

    school = make_school(tmp_path)
    school.uow                      # UowFactory of the open file
    school.actor("principal")       # fresh Actor with today's roles and assignments
    school.signer("principal")      # that person's Ed25519 signer
    school.class_id, school.year_id, school.pupils, school.subjects["toan"]

People: "principal", "vice", "admin", "secretary", "homeroom" (GVCN, also teaches Toán) and one
teacher a subject code ("ngu_van", "tin_hoc", …; "toan" is the same person as "homeroom").
The file is closed by the garbage of the test's tmp_path; call `school.close()` to test closing.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from app.actor import Actor
from app.clock import VIETNAM, SetClock
from app.domain.ids import AccountId, ClassId, PupilId, SchoolYearId, SubjectId
from app.domain.pupils import PupilProfile
from app.domain.roles import Role
from app.domain.school import School
from app.ports import UowFactory
from app.school_file import SignedIn
from app.services.accounts import Accounts
from app.services.assignments import Assignments
from app.services.class_studies import ClassStudies
from app.services.roster import Roster
from app.services.school_setup import SchoolSetup
from app.services.sign_in_directory import SignInDirectory
from app.services.subject_plans import SubjectPlans
from app.vault import Signer
from db.keys.slots import KdfCost
from db.school_file import LockedSchoolFile
from db.school_files import SchoolFilesOnDisk

CHEAP = KdfCost(iterations=1, lanes=1, memory_kib=64)
PASSWORD = "cây đa bến nước sân đình"
SCHOOL = School(
    "Trường THCS Đồng Xuân", "thcs", "UBND xã Đồng Xuân", "xã Đồng Xuân", "tỉnh Thanh Hóa"
)
OFFICE = {
    "principal": "Lê Văn Khải",
    "vice": "Phạm Thị Hồng Nhung",
    "admin": "Đỗ Quang Huy",
    "secretary": "Trần Thị Mai",
}
TEACHERS = {
    "toan": "Nguyễn Thị Bình",
    "ngu_van": "Hoàng Thị Lan Anh",
    "ngoai_ngu_1": "Vũ Minh Châu",
    "gdcd": "Bùi Văn Đức",
    "ls_dl": "Đặng Thị Hạnh",
    "khtn": "Ngô Quốc Khánh",
    "cong_nghe": "Dương Văn Lâm",
    "tin_hoc": "Lý Thị Ngọc",
    "gdtc": "Trịnh Văn Phong",
    "nghe_thuat": "Mai Thị Quỳnh",
    "hdtn_hn": "Phan Văn Sơn",
    "gddp": "Hồ Thị Thảo",
}
_KEEP = Path(tempfile.mkdtemp(prefix="khoaso-test-"))
atexit.register(shutil.rmtree, _KEEP, ignore_errors=True)
_TEMPLATES: dict[tuple, TestSchool] = {}
_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô")
_BOYS = ("Văn", "Minh", "Đức", "Quang", "Hải", "Gia")
_GIRLS = ("Thị", "Ngọc", "Thu", "Minh", "Hồng", "Khánh")
_GIVEN = ("An", "Ân", "Bình", "Châu", "Dũng", "Đạt", "Giang", "Hà", "Khoa", "Linh", "Nga", "Oanh")


def invented_pupil(number: int) -> PupilProfile:
    """Pupil `number` (from 0) of an invented school; names and codes differ for each number."""
    girl = number % 2 == 1
    middles = _GIRLS if girl else _BOYS
    return PupilProfile(
        full_name=" ".join(
            (
                _FAMILIES[number % len(_FAMILIES)],
                middles[number % len(middles)],
                _GIVEN[(number * 5) % len(_GIVEN)],
            )
        ),
        birth_date=date(2015, number % 12 + 1, number % 28 + 1),
        sex="Nữ" if girl else "Nam",
        ministry_code=f"01{number:08d}",
        personal_id=f"0382150{number:05d}",
        ethnicity="Kinh",
        birthplace="Thanh Hóa",
        address="Thôn 1, xã Đồng Xuân",
        father="Nguyễn Văn Cha",
        mother="Lê Thị Mẹ",
        phone="0912345678",
    )


@dataclass
class TestSchool:
    """The open school; the principal is signed in."""

    __test__ = False

    path: Path
    clock: SetClock
    files: SchoolFilesOnDisk
    file: LockedSchoolFile
    session: SignedIn
    recovery_code: str
    year_id: SchoolYearId = None
    class_id: ClassId = None
    class_name: str = "6A"
    subjects: dict[str, SubjectId] = field(default_factory=dict)
    pupils: list[PupilId] = field(default_factory=list)
    uids: dict[str, str] = field(default_factory=dict)
    accounts_by_key: dict[str, AccountId] = field(default_factory=dict)

    @property
    def uow(self) -> UowFactory:
        return self.session.uow

    @property
    def accounts(self) -> Accounts:
        return Accounts(self.uow, self.clock, self.file.vault, self.session.unlocked)

    @property
    def directory(self) -> SignInDirectory:
        return SignInDirectory(self.uow, self.clock, self.file.vault, self.session.unlocked)

    @property
    def assignments(self) -> Assignments:
        return Assignments(self.uow, self.clock, self.directory)

    @property
    def setup(self) -> SchoolSetup:
        return SchoolSetup(self.uow, self.clock)

    @property
    def plans(self) -> SubjectPlans:
        return SubjectPlans(self.uow, self.clock)

    @property
    def studies(self) -> ClassStudies:
        return ClassStudies(self.uow, self.clock)

    @property
    def rosters(self) -> Roster:
        return Roster(self.uow, self.clock)

    def uid(self, who: str) -> str:
        """Sign-in name of "principal", "secretary", "toan", …"""
        return self.uids[who]

    def actor(self, who: str) -> Actor:
        """That person with the roles and assignments of the clock's day."""
        with self.uow.read() as uow:
            return uow.accounts.actor(self.uids[who], self.clock.today())

    def signer(self, who: str) -> Signer:
        """That person's signing key."""
        return self.file.vault.unlock_signer(self.uids[who], PASSWORD)

    def sign_in_as(self, who: str) -> SignedIn:
        """F12 to another person; `session` and `uow` are theirs afterwards."""
        if self.file.session is not None:
            self.file.switch_user()
        self.session = self.file.sign_in(self.uids[who], PASSWORD)
        return self.session

    def close(self) -> None:
        """End the day and let the file go."""
        self.file.close()

    def reopen(self, who: str = "principal") -> SignedIn:
        """Open the closed file again and sign in."""
        self.file = self.files.open(self.path)
        self.session = self.file.sign_in(self.uids[who], PASSWORD)
        return self.session

    def add_class(self, name: str, grade: int = 6, pupils: int = 0, first: int = 1000) -> ClassId:
        """Another class with `pupils` pupils, numbered from `first`."""
        who = self.actor("secretary")
        klass = self.setup.add_class(who, self.year_id, grade, name).payload
        for number in range(first, first + pupils):
            self.rosters.add_pupil(who, klass.id, invented_pupil(number))
        return klass.id

    def trail_kinds(self) -> list[str]:
        """Kinds of every trail entry, oldest first."""
        with self.uow.read() as uow:
            return [entry.kind for entry in uow.trail.all_entries()]


def school_clock() -> SetClock:
    """Monday 23/11/2026, half past eight."""
    return SetClock(datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM))


def found_school(folder: Path, clock: SetClock | None = None, facts: School = SCHOOL) -> TestSchool:
    """A new file with nobody but its principal, who is signed in."""
    clock = clock or school_clock()
    files = SchoolFilesOnDisk(clock, cost=CHEAP, floor=CHEAP)
    path = folder / "Đồng Xuân.khoaso"
    founded = files.create(path, facts, OFFICE["principal"], PASSWORD)
    session = founded.signed_in
    school = TestSchool(path, clock, files, founded.file, session, founded.recovery_code)
    school.uids["principal"] = session.actor.uid
    school.accounts_by_key["principal"] = session.actor.account_id
    return school


def make_school(
    folder: Path,
    clock: SetClock | None = None,
    *,
    pupils: int = 5,
    class_name: str = "6A",
    grade: int = 6,
) -> TestSchool:
    """The whole small school: office, twelve teachers, the year 2026-2027, one class, its pupils.

    Everything is dated from before the first day of the year, so the clock may stand anywhere in
    it. Built once a process for each set of arguments and copied: the copy is a file like any
    other, with a sign-out and a sign-in more in its trail.
    """
    clock = clock or school_clock()
    key = (clock.now(), pupils, class_name, grade)
    if key not in _TEMPLATES:
        keep = _KEEP / str(len(_TEMPLATES))
        keep.mkdir()
        _TEMPLATES[key] = _built(keep, clock, pupils, class_name, grade)
        _TEMPLATES[key].close()
    return copy_of(_TEMPLATES[key], folder, clock)


def copy_of(template: TestSchool, folder: Path, clock: SetClock) -> TestSchool:
    """A closed school's files copied and opened again, with the principal signed in."""
    for part in template.path.parent.iterdir():
        if part.is_file():
            shutil.copyfile(part, folder / part.name)
    path = folder / template.path.name
    files = SchoolFilesOnDisk(clock, cost=CHEAP, floor=CHEAP)
    file = files.open(path)
    session = file.sign_in(template.uids["principal"], PASSWORD)
    return replace(
        template,
        path=path,
        clock=clock,
        files=files,
        file=file,
        session=session,
        subjects=dict(template.subjects),
        pupils=list(template.pupils),
        uids=dict(template.uids),
        accounts_by_key=dict(template.accounts_by_key),
    )


def _built(folder: Path, clock: SetClock, pupils: int, class_name: str, grade: int) -> TestSchool:
    school = found_school(folder, SetClock(clock.now()))
    first_day = date(2026, 8, 1)
    principal = school.actor("principal")
    roles = {
        "vice": (Role.VICE_PRINCIPAL,),
        "admin": (Role.ADMINISTRATOR,),
        "secretary": (Role.SECRETARY,),
    }
    for who, name in {**OFFICE, **TEACHERS}.items():
        if who == "principal":
            continue
        given = roles.get(who, ())
        added = school.accounts.add(principal, name, PASSWORD, roles=given, starts_on=first_day)
        school.uids[who] = added.payload.uid
        school.accounts_by_key[who] = added.payload.account_id
    school.uids["homeroom"] = school.uids["toan"]
    school.accounts_by_key["homeroom"] = school.accounts_by_key["toan"]
    _teach(school, principal, class_name, grade, first_day)
    for number in range(pupils):
        school.rosters.add_pupil(principal, school.class_id, invented_pupil(number))
    with school.uow.read() as uow:
        school.pupils = [entry.pupil_id for entry in uow.roster.entries(school.class_id)]
    return school


def _teach(
    school: TestSchool, principal: Actor, class_name: str, grade: int, first_day: date
) -> None:
    year = school.setup.add_year(principal, "2026-2027").payload
    school.year_id = year.id
    school.setup.fill_subjects(principal, year.id)
    klass = school.setup.add_class(principal, year.id, grade, class_name).payload
    school.class_id, school.class_name = klass.id, klass.name
    found = school.setup.subjects(klass.id)
    school.subjects = {subject.code: subject.id for subject in found}
    rows = [f"{klass.name};GVCN;{TEACHERS['toan']}"]
    rows += [f"{klass.name};{subject.name};{TEACHERS[subject.code]}" for subject in found]
    school.assignments.accept_pasted(principal, year.id, "\n".join(rows), first_day)
