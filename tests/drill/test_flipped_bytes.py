"""One byte changes in the database, its log, the keyfile or a side file: told, or without effect.

"Told" is what the person reads at the sign-in: a refusal with the ways out, or a warning.
"""

import pytest

from app.errors import AppError
from db.keys.keyfile import keyfile_path
from db.salvage import FileSalvage
from db.school_file import LockedSchoolFile
from db.trail_head_file import TrailHeadFile
from exports.seal.checker import check_bag
from tests.drill.tally import ROUNDS, Fate, count
from tests.exports.seal.making import seal
from tests.support.school import CHEAP, PASSWORD, school_clock

pytestmark = pytest.mark.drill


def flip(path, chance):
    """Change one byte; returns where."""
    content = bytearray(path.read_bytes())
    at = chance.randrange(len(content))
    content[at] ^= 1 << chance.randrange(8)
    path.write_bytes(content)
    return at


def entered(worked, path):
    """(refusal or "", warnings, the file) of a sign-in as the principal."""
    file: LockedSchoolFile | None = None
    try:
        file = worked.files().open(path)
        session = file.sign_in(worked.uid, PASSWORD)
    except AppError as refusal:
        if file is not None:
            file.close()
        return refusal.code, (), None
    return "", session.warnings, file


def closed(file):
    """End the session; a page that is damaged may refuse, which is a telling too."""
    try:
        file.close()
    except AppError as refusal:
        return refusal.code
    return ""


def test_in_the_database(worked, place, chance):
    """Refused at the sign-in, found by the full check, or in a page nobody uses."""
    last, ways = worked.states[-1], set()
    for _ in range(ROUNDS * 4):
        path = place()
        last.laid(path)
        _, _, sound = worked.look(path)  # folds the log in
        assert sound == ""
        worked.note(path, last)
        flip(path, chance)
        refusal, _, file = entered(worked, path)
        if file is not None:
            findings = file.check_integrity()
            refusal = closed(file)
            seq, _, problem = ("", "", refusal) if refusal or findings else worked.look(path)
            told = bool(findings or refusal)
            fate = Fate.TOLD if told else Fate.UNDETECTED if problem else Fate.INTACT
            count("byte flip: database", fate)
            assert told or (problem == "" and seq >= last.seq)
            continue
        count("byte flip: database", Fate.TOLD)
        assert refusal in ("database_damaged", "key_or_file_wrong")
        rescue = FileSalvage(path, school_clock(), cost=CHEAP, floor=CHEAP)
        try:
            made = rescue.salvage(worked.uid, PASSWORD)
        except AppError as nothing:
            # Only the salt in the first sixteen bytes makes every page unreadable.
            count("salvage after a flip", Fate.TOLD)
            # Accounts or roles may be gone: the printed code or a backup is the way.
            ways.add(nothing.code)
        else:
            count("salvage after a flip", Fate.TOLD if made.damaged else Fate.INTACT)
            assert made.rows > 0
    assert ways <= {"nothing_to_salvage", "salvage_needs_code", "role_required"}


def test_in_the_log_after_a_crash(worked, place, chance):
    """The engine drops what lies behind the damage without a word: the side file tells."""
    for _ in range(ROUNDS * 4):
        path = place()
        state = chance.choice([one for one in worked.states if one.log])
        state.laid(path)
        worked.note(path, state)
        flip(path.with_name(path.name + "-wal"), chance)
        refusal, warnings, file = entered(worked, path)
        told = bool(refusal) or any("Nhật ký trong tệp dừng" in one for one in warnings)
        if file is not None:
            with file.session.uow.read() as uow:
                kept = any(e.hash.hex() == state.head for e in uow.trail.all_entries())
            told = bool(closed(file)) or told
        else:
            kept = False
        fate = Fate.TOLD if told else Fate.INTACT if kept else Fate.UNDETECTED
        count("byte flip: log", fate)
        assert told or kept


def test_a_log_that_is_gone(worked, place):
    """Deleted by a cleaning tool: told by the side file whenever it held anything unfolded."""
    for state in worked.states:
        path = place()
        state.laid(path)
        worked.note(path, state)
        path.with_name(path.name + "-wal").unlink(missing_ok=True)
        refusal, warnings, file = entered(worked, path)
        told = bool(refusal) or any("Nhật ký trong tệp dừng" in one for one in warnings)
        kept = False
        if file is not None:
            with file.session.uow.read() as uow:
                kept = any(e.hash.hex() == state.head for e in uow.trail.all_entries())
            file.close()
        count("log deleted", Fate.TOLD if told else Fate.INTACT if kept else Fate.UNDETECTED)
        assert told or kept


def test_in_the_keyfile(worked, place, chance):
    for _ in range(ROUNDS * 4):
        path = place()
        keyfile = keyfile_path(path)
        flip(keyfile, chance)
        refusal, _, file = entered(worked, path)
        if file is not None:
            people = {one.uid: one.display_name for one in file.people()}
            closed(file)
            sound = worked.files().open(worked.path)
            same = people == {one.uid: one.display_name for one in sound.people()}
            sound.close()
            count("byte flip: keyfile", Fate.INTACT if same else Fate.UNDETECTED)
            assert same
        else:
            count("byte flip: keyfile", Fate.TOLD)
            assert refusal


def test_in_the_side_file(worked, place, chance):
    for _ in range(ROUNDS):
        path = place()
        worked.note(path, worked.states[0])
        flip(TrailHeadFile(path).path, chance)
        refusal, warnings, file = entered(worked, path)
        assert refusal == ""
        closed(file)
        noted = any("hật ký" in one for one in warnings)
        count("byte flip: side file", Fate.TOLD if noted else Fate.UNDETECTED)
        assert noted


def test_in_a_sealed_bag(tmp_path, chance):
    bag = seal(tmp_path).path
    assert check_bag(bag).exit_code == 0
    parts = sorted(part for part in bag.rglob("*") if part.is_file() and part.stat().st_size)
    for _ in range(ROUNDS * 4):
        part = chance.choice(parts)
        content = part.read_bytes()
        flip(part, chance)
        code = check_bag(bag).exit_code
        part.write_bytes(content)
        count("byte flip: sealed bag", Fate.TOLD if code else Fate.UNDETECTED)
        assert code == 1, part.name
