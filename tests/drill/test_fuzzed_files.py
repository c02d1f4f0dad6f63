"""Files from outside, mangled: a sentence or a sheet, never a fault of the program."""

import json
import zipfile

import pytest

from app.errors import AppError
from app.presses import PlainTable
from db.keys.keyfile import keyfile_path
from exports.press import Tables
from exports.seal.checker import check_bag
from exports.xlsx.reader import TableFileReader
from tests.drill.tally import ROUNDS, Fate, count
from tests.exports.seal.making import seal
from tests.support.school import PASSWORD

pytestmark = pytest.mark.drill
_ODD = (None, -1, 10**30, "", "=cmd|' /C calc'!A0", [], {}, 1.5, True, "\x00", "a" * 70_000, [[]])


def mangled(content: bytes, chance) -> bytes:
    """Cut, doubled, overwritten or spliced, one to four times."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        if not made:
            break
        at = chance.randrange(len(made))
        size = min(len(made) - at, chance.choice((1, 2, 16, 400)))
        match chance.randrange(5):
            case 0:
                made[at : at + size] = chance.randbytes(size)
            case 1:
                del made[at : at + size]
            case 2:
                made[at:at] = made[at : at + size]
            case 3:
                del made[at:]
            case _:
                other = chance.randrange(len(made))
                made[at : at + size] = made[other : other + size]
    return bytes(made)


def workbook() -> bytes:
    rows = [("STT", "Họ và tên", "Ngày sinh", "ĐĐGtx1")]
    rows += [(n, f"Nguyễn Văn {chr(65 + n)}", "01/02/2015", "8,5") for n in range(20)]
    return Tables().workbook([PlainTable("6A", rows)], "Danh sách")


def rezipped(content: bytes, chance, folder) -> bytes:
    """The same package with one part mangled inside: past the zip's own checksum."""
    source, target = folder / "a.zip", folder / "b.zip"
    source.write_bytes(content)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        names = old.namelist()
        victim = chance.choice(names)
        for name in names:
            part = old.read(name)
            new.writestr(name, mangled(part, chance) if name == victim else part)
    return target.read_bytes()


def read(path) -> Fate:
    try:
        TableFileReader().read(path)
    except AppError as refusal:
        return Fate.TOLD if refusal.sentence else Fate.UNDETECTED
    return Fate.INTACT


def test_workbooks(tmp_path, chance):
    sound = workbook()
    for number in range(ROUNDS * 10):
        content = mangled(sound, chance) if number % 2 else rezipped(sound, chance, tmp_path)
        path = tmp_path / "bảng.xlsx"
        path.write_bytes(content)
        count("fuzzed Excel", read(path))


def test_csv(tmp_path, chance):
    sound = "\ufeffSTT;Họ và tên;ĐĐGtx1\r\n".encode()
    sound += b"".join(f'{n};"Nguyễn Văn ""A"" {n}";=1+{n}\r\n'.encode() for n in range(20))
    for _ in range(ROUNDS * 10):
        path = tmp_path / "bảng.csv"
        path.write_bytes(mangled(sound, chance))
        count("fuzzed CSV", read(path))


def test_keyfiles(worked, place, chance):
    """By bytes, and by values that are JSON but not a keyfile's."""
    path = place()
    keyfile = keyfile_path(path)
    sound = keyfile.read_bytes()
    for number in range(ROUNDS * 10):
        keyfile.write_bytes(mangled(sound, chance) if number % 2 else _odd_values(sound, chance))
        count("fuzzed keyfile", _unlocked(worked, path))


def _unlocked(worked, path) -> Fate:
    file = None
    try:
        file = worked.files().open(path)
        file.vault.unlock(worked.uid, PASSWORD)
    except AppError as refusal:
        return Fate.TOLD if refusal.sentence else Fate.UNDETECTED
    finally:
        if file is not None:
            file.close()
    return Fate.INTACT


def _odd_values(sound: bytes, chance) -> bytes:
    document = json.loads(sound)
    at = document
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        key = chance.choice(keys)
        if isinstance(at[key], dict | list) and at[key] and chance.random() < 0.8:
            at = at[key]
            continue
        at[key] = chance.choice(_ODD)
        return json.dumps(document).encode()


def test_sealed_bags(tmp_path, chance):
    """Any file of a bag, the lists it is judged by among them: damaged, and never a fault."""
    bag = seal(tmp_path).path
    parts = sorted(part for part in bag.rglob("*") if part.is_file() and part.stat().st_size)
    for _ in range(ROUNDS * 10):
        part = chance.choice(parts)
        sound = part.read_bytes()
        made = mangled(sound, chance)
        part.write_bytes(made)
        told = check_bag(bag).exit_code == 1
        part.write_bytes(sound)
        fate = Fate.TOLD if told else Fate.INTACT if made == sound else Fate.UNDETECTED
        count("fuzzed bag", fate)
        assert told or made == sound, part.name
