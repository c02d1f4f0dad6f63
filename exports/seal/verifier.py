"""Judge a sealed Khóa Sổ bag by the bag alone; lies on the medium itself as KIEM-TRA.py.

One file on purpose, however long: standard library only, nothing of the program imported, no syntax
newer than Python 3.7, so that it still runs on whatever PC an inspector has. What proves what:

* the Ed25519 signature proves tagmanifest-sha512.txt;
* tagmanifest-sha512.txt proves every other tag file, among them both payload manifests;
* tagmanifest-sha256.txt must be exactly what the signed list implies;
* the payload manifests prove data/; a file that none of them names is itself a fault;
* phuc-hoi/ban-1 and ban-2 hold the key and the signed lists twice more: they must be equal, and
  the first of the three sets whose signature holds is the one that is believed.

The key inside the bag proves only that the bag is whole. Whose it is, the fingerprint says.
"""

from __future__ import annotations

import base64
import errno
import hashlib
import os
import re
import stat
import sys
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TextIO

SIGNED_LIST = "tagmanifest-sha512.txt"
SECOND_LIST = "tagmanifest-sha256.txt"
SIGNATURE = "tagmanifest-sha512.txt.sig"
PUBLIC_KEY = "khoa-cong-khai.pem"
PAYLOAD_512 = "manifest-sha512.txt"
PAYLOAD_256 = "manifest-sha256.txt"
BAG_INFO = "bag-info.txt"
SELF = "KIEM-TRA.py"
UNFINISHED = ".dang-ghi"
REQUIRED = ("bagit.txt", BAG_INFO, PAYLOAD_256, PAYLOAD_512, PUBLIC_KEY)
UNLISTED = (SIGNED_LIST, SECOND_LIST, SIGNATURE)

PEM_HEAD = "-----BEGIN PUBLIC KEY-----\n"
PEM_TAIL = "\n-----END PUBLIC KEY-----\n"
PEM_PREFIX = bytes.fromhex("302a300506032b6570032100")
"""DER of SubjectPublicKeyInfo for Ed25519 before its 32 key bytes (RFC 8410)."""

PARITY_FOLDER = "phuc-hoi"
COPY_FOLDERS = ("phuc-hoi/ban-1/", "phuc-hoi/ban-2/")
COPIED = (PUBLIC_KEY, SIGNED_LIST, SECOND_LIST, SIGNATURE)
"""What stands in each copy folder under its own name, named by no list."""

FORMAT_LABEL = "Khoa-So-Bag-Version"
"""The bag-info.txt label that says whose bag this is, and in which edition of its layout."""

_OURS = (SIGNATURE, PUBLIC_KEY, SELF, PARITY_FOLDER)
_SKELETON = ("bagit.txt", BAG_INFO, PAYLOAD_256, PAYLOAD_512, SIGNED_LIST, SECOND_LIST, "data")
_CHUNK = 1 << 20
_LIST_LIMIT = 128 << 20
_FAULTS_SHOWN = 5

_CHANGED = "nội dung đã bị đổi sau khi niêm phong."
_MISSING = "thiếu: danh mục niêm phong có ghi tệp này nhưng trong gói không có."
_REQUIRED_MISSING = "thiếu: gói niêm phong nào cũng phải có tệp này."
_UNREADABLE = "không đọc được từ ổ."
_EXTRA = "tệp lạ: không danh mục nào ghi tệp này, nó được thêm vào sau khi niêm phong."


class Verdict(Enum):
    """What the bag is; `value` is stable and the same in the program's own enumeration."""

    INTACT = "intact"
    DAMAGED = "damaged"
    FORGED = "forged"
    OTHER_KEY = "other_key"
    NOT_A_BAG = "not_a_bag"
    NOTHING_TO_READ = "nothing_to_read"


@dataclass(frozen=True)
class Problem:
    """One fault: `file` is the path inside the bag, `sentence` says in Vietnamese what is wrong."""

    file: str
    sentence: str


@dataclass
class Report:
    """The verdict on `path`; `fingerprint` is 64 hex digits, None when no key could be read.

    `fingerprint_matches` is None when no fingerprint was given to compare with. `list_sha512` is
    the digest of the list whose signature holds.
    """

    verdict: Verdict
    path: str
    problems: list[Problem] = field(default_factory=list)
    fingerprint: str | None = None
    fingerprint_matches: bool | None = None
    info: dict[str, str] = field(default_factory=dict)
    files: int = 0
    bytes: int = 0
    has_parity: bool = False
    list_sha512: str | None = None

    @property
    def exit_code(self) -> int:
        """0 intact; 1 damaged, forged or another key; 2 nothing to read or not such a bag."""
        if self.verdict is Verdict.INTACT:
            return 0
        return 2 if self.verdict in (Verdict.NOT_A_BAG, Verdict.NOTHING_TO_READ) else 1


# ---- Ed25519 (RFC 8032, 5.1.7), checking only, so nothing here needs to be constant-time

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT_OF_MINUS_1 = pow(2, (_P - 1) // 4, _P)


def _add(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    """Sum in extended coordinates (X, Y, Z, T), complete on this curve."""
    m = (a[1] - a[0]) * (b[1] - b[0]) % _P
    n = (a[1] + a[0]) * (b[1] + b[0]) % _P
    c = 2 * a[3] * b[3] * _D % _P
    d = 2 * a[2] * b[2] % _P
    e, f, g, h = n - m, d - c, d + c, n + m
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _times(scalar: int, point: tuple[int, ...]) -> tuple[int, ...]:
    total: tuple[int, ...] = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = _add(total, point)
        point = _add(point, point)
        scalar >>= 1
    return total


def _unpack(data: bytes) -> tuple[int, ...] | None:
    """The point these 32 bytes encode, or None (RFC 8032, 5.1.3)."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= _P:
        return None
    x_squared = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    x = pow(x_squared, (_P + 3) // 8, _P)
    if (x * x - x_squared) % _P:
        x = x * _ROOT_OF_MINUS_1 % _P
    if (x * x - x_squared) % _P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = _P - x
    return (x, y, 1, x * y % _P)


def _pack(point: tuple[int, ...]) -> bytes:
    inverse = pow(point[2], _P - 2, _P)
    x, y = point[0] * inverse % _P, point[1] * inverse % _P
    return (y | (x & 1) << 255).to_bytes(32, "little")


_BASE = _unpack(bytes([0x58]) + bytes([0x66]) * 31)


def ed25519_valid(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` (64 bytes) is the key's (32 bytes) over `message` (RFC 8032, 5.1.7)."""
    if len(public_key) != 32 or len(signature) != 64 or _BASE is None:
        return False
    key = _unpack(public_key)
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or scalar >= _L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little")
    minus_key = (_P - key[0], key[1], 1, _P - key[3])
    return _pack(_add(_times(scalar, _BASE), _times(k % _L, minus_key))) == signature[:32]


def key_fingerprint(public_key: bytes) -> str:
    """SHA-256 of the 32 raw key bytes, 64 hex digits."""
    return hashlib.sha256(public_key).hexdigest()


def grouped(fingerprint: str) -> str:
    """The fingerprint as people compare it: sixteen groups of four capitals."""
    return " ".join(fingerprint[i : i + 4] for i in range(0, len(fingerprint), 4)).upper()


def ungrouped(text: str) -> str | None:
    """64 lower-case hex digits out of what somebody typed, or None when it is no fingerprint."""
    digits = re.sub(r"[\s:.\-]", "", text).lower()
    return digits if re.fullmatch(r"[0-9a-f]{64}", digits) else None


# ---- what lies in the folder


class _Tree:
    """Every regular file below a folder, links never followed, and what cannot be one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, int] = {}
        self.folders: set[str] = set()
        self.problems: list[Problem] = []
        waiting = [""]
        while waiting:
            inside = waiting.pop()
            try:
                with os.scandir(folder / inside) as found:
                    entries = sorted(found, key=lambda entry: entry.name)
            except OSError as error:
                why = f"không mở được thư mục ({_reason(error)})."
                self.problems.append(Problem(inside or ".", why))
                continue
            for entry in entries:
                self._sort_in(entry, f"{inside}/{entry.name}" if inside else entry.name, waiting)

    def _sort_in(self, entry: os.DirEntry[str], rel: str, waiting: list[str]) -> None:
        try:
            facts = entry.stat(follow_symlinks=False)
        except OSError as error:
            self.problems.append(Problem(rel, f"không đọc được ({_reason(error)})."))
            return
        if stat.S_ISDIR(facts.st_mode) and not _is_junction(facts):
            self.folders.add(rel)
            waiting.append(rel)
        elif stat.S_ISREG(facts.st_mode):
            self.files[rel] = facts.st_size
        else:
            self.problems.append(
                Problem(rel, "là liên kết hoặc tệp đặc biệt; gói niêm phong chỉ có tệp thường.")
            )

    def small(self, rel: str) -> bytes | None:
        """The bytes of a tag file; None when absent, unreadable or absurdly long."""
        if self.files.get(rel, _LIST_LIMIT + 1) > _LIST_LIMIT:
            return None
        try:
            return (self.folder / rel).read_bytes()
        except OSError:
            return None  # every caller names a file that is there and gave nothing

    def strange_folders(self, expected: Iterable[str]) -> list[str]:
        """Folders that hold nothing and belong to nothing sealed."""
        used = {"data"}
        for rel in [*expected, *self.files]:
            parts = rel.split("/")
            used.update("/".join(parts[:n]) for n in range(1, len(parts)))
        return sorted(self.folders - used)


def _is_junction(facts: os.stat_result) -> bool:
    """Windows junctions and mount points look like folders but lead out of the bag."""
    return bool(getattr(facts, "st_file_attributes", 0) & 0x400)


def _reason(error: OSError) -> str:
    # Words of our own: those of the system are English, and this file must stand alone.
    words = {
        errno.ENOENT: "không còn ở đó",
        errno.EACCES: "không có quyền đọc",
        errno.EPERM: "không có quyền đọc",
        errno.EIO: "ổ đĩa đọc bị lỗi",
    }
    return words.get(error.errno or 0, f"lỗi số {error.errno} của máy")


class _Hashes:
    """SHA-256 and SHA-512 of files, each read once and in pieces."""

    def __init__(self, tree: _Tree, progress: Callable[[int, int, str], None] | None) -> None:
        self._tree = tree
        self._progress = progress
        self._done = 0
        self._known: dict[str, tuple[str, str] | None] = {}
        self.total = 0
        self.unreadable: dict[str, str] = {}

    def of(self, rel: str) -> tuple[str, str] | None:
        """(sha256, sha512) in hex, or None when the file is absent or cannot be read."""
        if rel not in self._known:
            self._known[rel] = self._read(rel) if rel in self._tree.files else None
        return self._known[rel]

    def _read(self, rel: str) -> tuple[str, str] | None:
        short, long = hashlib.sha256(), hashlib.sha512()
        try:
            with (self._tree.folder / rel).open("rb") as stream:
                while True:
                    piece = stream.read(_CHUNK)
                    if not piece:
                        break
                    short.update(piece)
                    long.update(piece)
                    self._done += len(piece)
                    if self._progress is not None:
                        self._progress(min(self._done, self.total), self.total, rel)
        except OSError as error:
            self.unreadable[rel] = f"không đọc được từ ổ ({_reason(error)})."
            return None
        return short.hexdigest(), long.hexdigest()


# ---- the lists


@dataclass
class _List:
    """A manifest: what its well-formed lines say, and a sentence for each that is not."""

    name: str
    raw: bytes | None
    entries: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    trusted: bool = False


def _read_list(tree: _Tree, name: str, payload: bool, folder: str = "") -> _List:
    """Parse one manifest, line by line, so that one bad line does not hide the others.

    `folder` ("" or one of COPY_FOLDERS) says which copy of it is read.
    """
    found = _List(name, tree.small(folder + name))
    if not found.raw:
        return found
    digits = 64 if "sha256" in name else 128
    shape = re.compile(rf"([0-9a-f]{{{digits}}})  (.+)")
    lines = found.raw.split(b"\n")
    if lines.pop() != b"":
        found.faults.append("dòng cuối bị cắt cụt.")
        lines = found.raw.split(b"\n")
    if any(line.endswith(b"\r") for line in lines):
        found.faults.append("dấu xuống dòng đã bị đổi sang kiểu Windows (CRLF).")
    for number, line in enumerate(lines, 1):
        try:
            match = shape.fullmatch(line.rstrip(b"\r").decode("utf-8"))
        except UnicodeDecodeError:
            match = None
        if match is None:
            found.faults.append(f"dòng {number} sai dạng.")
        elif not _is_safe(match[2], payload):
            found.faults.append(f"dòng {number} chỉ tới chỗ không được phép: {shown(match[2])}.")
        elif match[2] in found.entries:
            found.faults.append(f"dòng {number} lặp lại tệp {shown(match[2])}.")
        else:
            found.entries[match[2]] = match[1]
    return found


def _is_safe(rel: str, payload: bool) -> bool:
    """A path that stays inside the bag, in the half of it this list may speak of."""
    if "\\" in rel or ":" in rel or any(ord(ch) < 32 for ch in rel):
        return False
    if any(part in ("", ".", "..") for part in rel.split("/")):
        return False
    return rel.startswith("data/") is payload and rel not in UNLISTED


class _Judge:
    """Compares what the lists say with what lies there, and says whose fault a difference is."""

    def __init__(self, tree: _Tree, hashes: _Hashes) -> None:
        self._tree = tree
        self._hashes = hashes
        self.problems: list[Problem] = []

    def blame(self, file: str, sentence: str) -> None:
        """Note one fault of `file`, once."""
        problem = Problem(file, sentence)
        if problem not in self.problems:
            self.problems.append(problem)

    def blamed(self, file: str) -> bool:
        """Whether `file` has been named already."""
        return any(problem.file == file for problem in self.problems)

    def compare(self, first: _List, second: _List) -> None:
        """Judge each file by the trusted lists; with none trusted, by the list it agrees with.

        `first` carries SHA-512, `second` SHA-256.
        """
        trusted = [one for one in (first, second) if one.trusted]
        for rel in sorted(set(first.entries) | set(second.entries)):
            found = self._hashes.of(rel)
            if rel in self._hashes.unreadable:
                self.blame(rel, self._hashes.unreadable[rel])
                continue
            agrees = {
                id(first): found is not None and first.entries.get(rel) == found[1],
                id(second): found is not None and second.entries.get(rel) == found[0],
            }
            if trusted:
                self._by_trusted(rel, found is not None, trusted, agrees)
            else:
                self._by_agreement(rel, found is not None, first, second, agrees)

    def _by_trusted(
        self, rel: str, exists: bool, trusted: list[_List], agrees: dict[int, bool]
    ) -> None:
        naming = [one for one in trusted if rel in one.entries]
        if not naming:
            return  # only a list already known to be damaged names it
        if not exists:
            self.blame(rel, _MISSING)
        elif not all(agrees[id(one)] for one in naming):
            self.blame(rel, _CHANGED)
        for one in trusted:
            if one not in naming:
                self.blame(one.name, f"không ghi tệp {shown(rel)}, trong khi danh mục kia có ghi.")

    def _by_agreement(
        self, rel: str, exists: bool, first: _List, second: _List, agrees: dict[int, bool]
    ) -> None:
        if not exists:
            if rel in first.entries and rel in second.entries:
                self.blame(rel, _MISSING)
            else:
                odd = first if rel in first.entries else second
                other = second if odd is first else first
                if other.raw is None:
                    self.blame(rel, _MISSING)
                else:
                    self.blame(odd.name, f"ghi tệp không có thật: {shown(rel)}.")
        elif not any(agrees.values()):
            self.blame(rel, _CHANGED)
        else:
            for one in (first, second):
                if not agrees[id(one)] and one.raw is not None:
                    self.blame(one.name, f"dòng của tệp {shown(rel)} đã bị đổi.")


def _believed(tree: _Tree) -> str:
    """The folder of the first set of key, list and signature that holds; "" when none does."""
    for folder in ("", *COPY_FOLDERS):
        key = _public_key(tree.small(folder + PUBLIC_KEY) or b"")
        listed, signature = tree.small(folder + SIGNED_LIST), tree.small(folder + SIGNATURE)
        if key and listed is not None and ed25519_valid(key, listed, signature or b""):
            return folder
    return ""


def _check_signature(
    tree: _Tree, judge: _Judge, signed: _List, folder: str
) -> tuple[bytes | None, bool, bool]:
    """(public key, signature holds, signature could be tried at all) of the set in `folder`."""
    for name in (*UNLISTED, PUBLIC_KEY):
        if name not in tree.files:
            judge.blame(name, _REQUIRED_MISSING)
        elif tree.small(name) is None:
            judge.blame(name, _UNREADABLE)
        elif folder and tree.small(name) != tree.small(folder + name):
            judge.blame(name, _CHANGED)
    pem = tree.small(folder + PUBLIC_KEY)
    signature = tree.small(folder + SIGNATURE)
    key = _public_key(pem) if pem is not None else None
    if pem is not None and key is None:
        judge.blame(PUBLIC_KEY, "không phải khóa công khai Ed25519 đúng dạng.")
    if signature is not None and len(signature) != 64:
        judge.blame(SIGNATURE, f"chữ ký phải dài đúng 64 byte, tệp này dài {len(signature)} byte.")
    if key is None or signature is None or len(signature) != 64 or signed.raw is None:
        return key, False, False
    return key, ed25519_valid(key, signed.raw, signature), True


def _check_copies(tree: _Tree, judge: _Judge, folder: str, holds: bool) -> list[str]:
    """Hold the further copies of the set in `folder` to it; the paths that must be there."""
    names = [copy + name for copy in COPY_FOLDERS for name in COPIED]
    for name in names:
        original = folder + name.rpartition("/")[2]
        if name not in tree.files:
            judge.blame(name, _MISSING)
        elif tree.small(name) is None:
            judge.blame(name, _UNREADABLE)
        elif holds and original.endswith(SECOND_LIST):
            continue  # the signed list judges it better than its copies could
        elif original in tree.files and tree.small(name) != tree.small(original):
            judge.blame(name, _CHANGED)
    return names


def _was_made_anew(tree: _Tree, hashes: _Hashes, signed: _List) -> bool:
    """Whether the bag's own list fits its files although the signed one says otherwise.

    Damage cannot do that: somebody without the key has rebuilt the list over changed files.
    """
    own = _read_list(tree, SIGNED_LIST, payload=False)
    if own.raw == signed.raw or own.faults or not own.entries:
        return False
    found = {rel: hashes.of(rel) for rel in own.entries}
    return all(have is not None and have[1] == own.entries[rel] for rel, have in found.items())


def _public_key(pem: bytes) -> bytes | None:
    head, tail = PEM_HEAD.encode(), PEM_TAIL.encode()
    if not (pem.startswith(head) and pem.endswith(tail) and len(pem) == 113):
        return None
    try:
        der = base64.b64decode(pem[len(head) : -len(tail)], validate=True)
    except ValueError:
        return None
    return der[len(PEM_PREFIX) :] if der.startswith(PEM_PREFIX) and len(der) == 44 else None


def _check_second_list(
    tree: _Tree, judge: _Judge, hashes: _Hashes, signed: _List, second: _List
) -> None:
    """Hold the unsigned tag list and its copies to the only text the signed one allows."""
    lines = []
    for rel, long in signed.entries.items():
        found = hashes.of(rel)
        intact = found is not None and found[1] == long
        # A damaged file has lost its true SHA-256: that line can only be held to its form.
        digest = found[0] if intact and found is not None else second.entries.get(rel, "")
        lines.append(f"{digest}  {rel}\n")
    text = "".join(lines).encode()
    for folder in ("", *COPY_FOLDERS):
        raw = tree.small(folder + SECOND_LIST)
        if raw is not None and raw != text:
            judge.blame(folder + SECOND_LIST, _CHANGED)


def examine(folder: Path, progress: Callable[[int, int, str], None] | None = None) -> Report:
    """Judge the bag in `folder`, reading every byte a list names.

    `progress(done, total, file)` is told the bytes read; what it raises ends the work.
    """
    tree = _Tree(folder)
    hashes = _Hashes(tree, progress)
    hashes.total = sum(tree.files.values())
    judge = _Judge(tree, hashes)
    folder_believed = _believed(tree)
    signed = _read_list(tree, SIGNED_LIST, payload=False, folder=folder_believed)
    seconds = [
        _read_list(tree, SECOND_LIST, payload=False, folder=one) for one in ("", *COPY_FOLDERS)
    ]
    second = next((one for one in seconds if one.entries), seconds[0])
    key, holds, tried = _check_signature(tree, judge, signed, folder_believed)

    signed.trusted = holds
    judge.compare(signed, second)
    if holds:
        _check_second_list(tree, judge, hashes, signed, second)
    for one in (signed, second):
        _tell_faults(judge, one)
    for name in REQUIRED:
        if name in tree.files or any(name in one.entries for one in (signed, second)):
            if holds and name not in signed.entries:
                judge.blame(SIGNED_LIST, f"không ghi tệp bắt buộc {name}.")
        else:
            judge.blame(name, _REQUIRED_MISSING)

    first_payload, second_payload = (
        _read_list(tree, name, payload=True) for name in (PAYLOAD_512, PAYLOAD_256)
    )
    for one in (first_payload, second_payload):
        proven = one.name in signed.entries or one.name in second.entries
        one.trusted = proven and one.raw is not None and not judge.blamed(one.name)
        _tell_faults(judge, one)
    judge.compare(first_payload, second_payload)

    named = {*UNLISTED}
    # A bag sealed before there was parity has no such folder, and its signed list names none.
    known = set(signed.entries if holds else tree.files)
    has_parity = any(rel.startswith(PARITY_FOLDER + "/") for rel in known)
    if has_parity:
        named.update(_check_copies(tree, judge, folder_believed, holds))
    for one in (signed, second, first_payload, second_payload):
        named.update(one.entries)
    for rel in sorted(set(tree.files) - named - set(REQUIRED)):
        judge.blame(rel, _EXTRA)
    for rel in tree.strange_folders(named):
        judge.blame(rel, "thư mục lạ: được thêm vào sau khi niêm phong.")

    forged = tried and not holds and not any(map(judge.blamed, (SIGNED_LIST, PUBLIC_KEY)))
    forged = forged or (holds and _was_made_anew(tree, hashes, signed))
    if forged:
        judge.blame(
            SIGNATURE,
            "chữ ký không khớp với danh mục: hoặc tệp chữ ký bị hỏng, hoặc gói đã bị người không "
            "giữ khóa của trường làm lại. Không được coi gói này là bản gốc.",
        )
    elif not holds and not judge.problems:
        # Cannot happen as written above; a later change must never make "intact" of "unsigned".
        judge.blame(SIGNATURE, "không kiểm được chữ ký.")
    report = Report(Verdict.INTACT, str(folder), [*tree.problems, *judge.problems])
    if report.problems:
        report.verdict = Verdict.FORGED if forged else Verdict.DAMAGED
    report.fingerprint = key_fingerprint(key) if key is not None else None
    report.info = _bag_info(tree.small(BAG_INFO) or b"")
    report.files, report.bytes = len(tree.files), sum(tree.files.values())
    report.has_parity = has_parity
    report.list_sha512 = hashlib.sha512(signed.raw or b"").hexdigest() if holds else None
    return report


def listed(folder: Path) -> dict[str, str | None]:
    """Every path that belongs to the bag with its SHA-512 as signed; None for what no list names.

    Empty when the signature or the payload list itself does not hold.
    """
    tree = _Tree(folder)
    believed = _believed(tree)
    signed = _read_list(tree, SIGNED_LIST, payload=False, folder=believed)
    payload = _read_list(tree, PAYLOAD_512, payload=True)
    if hashlib.sha512(payload.raw or b"").hexdigest() != signed.entries.get(PAYLOAD_512):
        return {}
    found: dict[str, str | None] = {**signed.entries, **payload.entries}
    copies = COPY_FOLDERS if any(rel.startswith(PARITY_FOLDER + "/") for rel in found) else ()
    found.update(dict.fromkeys(UNLISTED))
    found.update(dict.fromkeys(copy + name for copy in copies for name in COPIED))
    return found


def sizes(folder: Path) -> dict[str, int]:
    """Every plain file below a folder with its bytes, as `examine` sees them."""
    return _Tree(folder).files


def _tell_faults(judge: _Judge, one: _List) -> None:
    if one.raw == b"" and not judge.blamed(one.name):
        judge.blame(one.name, "rỗng.")
    for fault in one.faults[:_FAULTS_SHOWN]:
        judge.blame(one.name, fault)


def _bag_info(raw: bytes) -> dict[str, str]:
    """Labels and values for showing; the last of equal labels wins."""
    info = {}
    for line in raw.decode("utf-8", "replace").splitlines():
        label, colon, value = line.partition(":")
        if colon and label.strip():
            info[label.strip()] = value.strip()
    return info


# ---- finding the bag


def looks_like_bag(folder: Path) -> bool:
    """Whether this is, or was before it was damaged, a sealed Khóa Sổ bag; OSError as listing."""
    names = {entry.name for entry in folder.iterdir()}
    if names.intersection(_OURS) and names.intersection(_SKELETON):
        return True
    tree_start = (_start(folder / name) for name in (BAG_INFO, SIGNED_LIST, SECOND_LIST))
    return any(PUBLIC_KEY.encode() in text or FORMAT_LABEL.encode() in text for text in tree_start)


def _start(path: Path) -> bytes:
    """The beginning of a plain file, empty when there is none to read."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return b""
        with path.open("rb") as stream:
            return stream.read(65536)
    except OSError:
        return b""  # a file that cannot be read is no sign of a bag


def find_bag(path: Path) -> Path | Report:
    """The folder of the one bag at `path` (the bag itself or the root of a drive), or why none."""

    def nothing(verdict: Verdict, why: str) -> Report:
        return Report(verdict, str(path), [Problem(str(path), why)])

    try:
        path.stat()
    except (OSError, ValueError):
        why = "không tìm thấy. Hãy xem lại đường dẫn, hoặc ổ đĩa đã cắm chưa."
        return nothing(Verdict.NOTHING_TO_READ, why)
    if not path.is_dir():
        why = "không phải thư mục. Hãy chỉ tới thư mục của gói hoặc gốc của ổ đĩa."
        return nothing(Verdict.NOTHING_TO_READ, why)
    try:
        if looks_like_bag(path):
            return path
        inside = sorted(path.iterdir())
    except OSError as error:
        return nothing(Verdict.NOTHING_TO_READ, f"không đọc được ({_reason(error)}).")
    found = [entry for entry in inside if _is_bag_inside(entry)]
    bags = [entry for entry in found if not entry.name.endswith(UNFINISHED)]
    if len(bags) == 1:
        return bags[0]
    if bags:
        names = ", ".join(entry.name for entry in bags)
        why = f"có {len(bags)} gói niêm phong: {names}. Hãy chỉ rõ một gói."
        return nothing(Verdict.NOT_A_BAG, why)
    if found:
        why = f"chỉ có bản ghi dở {found[0].name}, chưa niêm phong xong."
        return nothing(Verdict.NOT_A_BAG, why)
    if not inside:
        return nothing(Verdict.NOTHING_TO_READ, "thư mục rỗng.")
    return nothing(Verdict.NOT_A_BAG, "không có gói niêm phong nào của Khóa Sổ.")


def _is_bag_inside(entry: Path) -> bool:
    """As `looks_like_bag`; a folder the system keeps closed is no bag of ours."""
    try:
        return stat.S_ISDIR(entry.lstat().st_mode) and looks_like_bag(entry)
    except PermissionError:
        return False


def verify_path(
    path: str | os.PathLike[str],
    fingerprint: str | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Report:
    """Judge the bag at `path`, or the only bag in the root of a drive.

    `fingerprint`: the school's key from the minutes, in any grouping; ValueError when it is not
    64 hex digits. Nothing is ever written.
    """
    expected = None if fingerprint is None else ungrouped(fingerprint)
    if fingerprint is not None and expected is None:
        raise ValueError("a fingerprint has 64 hexadecimal digits")
    found = find_bag(Path(path))
    if isinstance(found, Report):
        return found
    report = examine(found, progress)
    if found.resolve().name.endswith(UNFINISHED):
        report.problems.insert(
            0, Problem(".", f"thư mục tên {UNFINISHED} là bản ghi dở, chưa niêm phong xong.")
        )
        if report.verdict is Verdict.INTACT:
            report.verdict = Verdict.DAMAGED
    if expected is not None and report.fingerprint is not None:
        report.fingerprint_matches = report.fingerprint == expected
        if not report.fingerprint_matches:
            report.problems.append(
                Problem(PUBLIC_KEY, "khóa trong gói không phải khóa có vân tay đã cho.")
            )
            if report.verdict is Verdict.INTACT:
                report.verdict = Verdict.OTHER_KEY
    return report


# ---- words


def shown(text: str) -> str:
    """Text from a medium nobody vouches for, safe to print."""
    safe = "".join(ch if ch.isprintable() else repr(ch)[1:-1] for ch in text)
    return safe if len(safe) <= 200 else safe[:200] + "…"


def sentences(report: Report) -> list[str]:
    """The report as lines of Vietnamese."""
    lines = [f"Khóa Sổ: kiểm tra gói niêm phong {shown(report.path)}"]
    if report.exit_code == 2:
        return [*lines, *(f"{shown(p.file)}: {p.sentence}" for p in report.problems)]
    for label, words in (("School", "Trường"), ("School-Year", "Năm học")):
        if label in report.info:
            lines.append(f"{words}: {shown(report.info[label])}")
    if report.info.get("Source") == "demo":
        lines.append("LƯU Ý: đây là gói chạy thử (Source: demo), không phải hồ sơ của trường.")
    if report.fingerprint is None:
        lines.append("Vân tay khóa: không đọc được khóa trong gói.")
    else:
        lines.append(f"Vân tay khóa: {grouped(report.fingerprint)}")
    if report.fingerprint_matches is not None:
        lines.append(
            "Vân tay khóa ĐÚNG là vân tay đã cho."
            if report.fingerprint_matches
            else "Vân tay khóa KHÔNG PHẢI vân tay đã cho: gói không do khóa của trường này ký."
        )
    size = f"{report.bytes:,}".replace(",", ".")
    lines.append(
        {
            Verdict.INTACT: f"KẾT QUẢ: NGUYÊN VẸN. {report.files} tệp, {size} byte; không tệp nào "
            "bị đổi, thiếu hay thêm; chữ ký đúng với khóa trong gói.",
            Verdict.DAMAGED: "KẾT QUẢ: HỎNG hoặc đã bị sửa.",
            Verdict.FORGED: "KẾT QUẢ: CHỮ KÝ KHÔNG ĐÚNG, có dấu hiệu giả mạo.",
            Verdict.OTHER_KEY: "KẾT QUẢ: gói còn nguyên nhưng KHÔNG do khóa của trường này ký.",
        }[report.verdict]
    )
    lines.extend(f"- {shown(p.file)}: {p.sentence}" for p in report.problems)
    if report.verdict is Verdict.DAMAGED and report.has_parity:
        lines.append(
            "Gói có phần phục hồi: PHUC-HOI.py trong gói, hoặc lệnh verify --repair của phần mềm, "
            "dựng lại một bản lành ở thư mục mới nếu chỗ hỏng còn trong sức phục hồi; không thì "
            "lấy bản sao khác của năm học. Đừng sửa gì trong gói này."
        )
    if report.verdict is Verdict.INTACT and report.fingerprint_matches is None:
        lines.append(
            "Hãy so vân tay khóa ở trên với vân tay in trong biên bản niêm phong: giống từng chữ "
            "số thì gói mới đúng là của trường."
        )
    return lines


USAGE = (
    "Cách dùng: KIEM-TRA.py [ĐƯỜNG_DẪN] [--fingerprint VÂN_TAY]\n"
    "ĐƯỜNG_DẪN là thư mục của gói hoặc gốc ổ đĩa chứa đúng một gói; VÂN_TAY là 64 chữ số hệ 16 "
    "in trong biên bản niêm phong.\n"
    "Mã trả về: 0 nguyên vẹn; 1 hỏng, giả, thiếu hoặc thừa tệp; 2 không có gì để kiểm tra."
)


def main(argv: list[str], out: TextIO | None = None, home: str | None = None) -> int:
    """Run the check for command-line words (without the program's name) and print the report.

    `home` is judged when no path is given: the folder KIEM-TRA.py lies in. Returns the exit code.
    """
    stream = sys.stdout if out is None else out
    paths: list[str] = []
    fingerprint: str | None = None
    words = list(argv)
    while words:
        word = words.pop(0)
        if word.startswith("--fingerprint="):
            fingerprint = word.partition("=")[2]
        elif word == "--fingerprint" and words:
            fingerprint = words.pop(0)
        elif word.startswith("-"):
            stream.write(USAGE + "\n")
            return 0 if word in ("-h", "--help") else 2
        else:
            paths.append(word)
    if not paths and home is not None:
        paths.append(home)
    if len(paths) != 1:
        stream.write(USAGE + "\n")
        return 2
    if fingerprint is not None and ungrouped(fingerprint) is None:
        stream.write(
            f"Vân tay “{shown(fingerprint)}” không đúng dạng: cần đủ 64 chữ số hệ 16 (0-9, A-F) "
            "như in trong biên bản niêm phong.\n"
        )
        return 2
    report = verify_path(paths[0], fingerprint)
    stream.write("\n".join(sentences(report)) + "\n")
    return report.exit_code


if __name__ == "__main__":
    for _stream in (sys.stdout, sys.stderr):
        if hasattr(_stream, "reconfigure"):
            _stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(main(sys.argv[1:], home=str(Path(__file__).resolve().parent)))
