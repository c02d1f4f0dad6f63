"""A school's encrypted file in a temporary folder, with key derivation cheap enough for tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from app.clock import VIETNAM, SetClock
from app.vault import PersonEntry, Unlocked
from db.engine import Database, create_database
from db.keys.sign_ins import SignInLog
from db.keys.slots import KdfCost
from db.keys.vault import KeyfileVault

if TYPE_CHECKING:
    from pathlib import Path

CHEAP = KdfCost(iterations=1, lanes=1, memory_kib=8 * 1024)
PRINCIPAL = PersonEntry("ht", "Lê Văn An", "Ban giám hiệu", "Hiệu trưởng")
TEACHER = PersonEntry("gv1", "Nguyễn Thị Bình", "Tổ Toán", "GVCN 6A")
SECRETARY = PersonEntry("vt", "Trần Văn Cường", "Văn phòng", "Văn thư")
PASSWORDS = {
    "ht": "con trâu đi cày",
    "gv1": "quả bưởi vàng ươm",
    "vt": "mùa gặt tháng mười",
}
LABEL = {"school_name": "Trường THCS Đồng Xuân", "year": "2026-2027"}


def clock() -> SetClock:
    return SetClock(datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM))


def vault_at(path: Path) -> KeyfileVault:
    return KeyfileVault(path, SignInLog(path, clock()), cost=CHEAP, floor=CHEAP)


@dataclass(frozen=True)
class School:
    path: Path
    vault: KeyfileVault
    unlocked: Unlocked
    recovery_code: str

    @property
    def keyfile(self) -> Path:
        return self.vault.path

    @property
    def sign_ins(self) -> SignInLog:
        return SignInLog(self.path, clock())

    def database(self) -> Database:
        return Database(self.path, self.unlocked.database_key)


def found_school(folder: Path, *, rows: int = 20) -> School:
    """Principal, teacher and secretary, and a table `mark` with `rows` rows."""
    path = folder / "trường Đồng Xuân.khoaso"
    vault = vault_at(path)
    founding = vault.create(PRINCIPAL, PASSWORDS["ht"], LABEL)
    for entry in (TEACHER, SECRETARY):
        vault.add_person(founding.unlocked, entry, PASSWORDS[entry.uid])
    create_database(path, founding.unlocked.database_key)
    school = School(path, vault, founding.unlocked, founding.recovery_code)
    database = school.database()
    with database.writer.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE mark (id INTEGER PRIMARY KEY, tenths INTEGER)")
        connection.exec_driver_sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
            "INSERT INTO mark SELECT i, 75 FROM n",
            (rows,),
        )
    assert database.close()
    return school


def count_marks(path: Path, key: bytes) -> int:
    database = Database(path, key)
    try:
        with database.engine.connect() as connection:
            return connection.exec_driver_sql("SELECT count(*) FROM mark").scalar_one()
    finally:
        database.close()


def flip(path: Path, position: int, mask: int = 0x01) -> None:
    content = bytearray(path.read_bytes())
    content[position] ^= mask
    path.write_bytes(content)
