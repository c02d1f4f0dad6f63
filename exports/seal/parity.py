"""Bring a damaged Khóa Sổ bag back from its own parity; lies on the medium itself as PHUC-HOI.py.

One file on purpose: standard library only, nothing of the program imported, no syntax newer than
Python 3.7, so that it still runs on whatever PC an inspector has.

The protected files, one after another, are one stream. It is cut into bands; a band is 40 columns
of equal width, the last one filled up with zeros. Four parity columns a band are sums of the 40
over GF(256) with the coefficients of a Cauchy matrix whose first row is scaled to ones: any four of
the 44 may be lost. Columns are judged in blocks, each with its own digest in the index, so that
scattered faults add up only where they meet. A long scratch lies in few columns: up to a tenth of a
band may go at once. Reed-Solomon finds no fault by itself; the digests do.

Three copies of the index and of the signed lists are laid over each other, byte by byte.
"""

from __future__ import annotations

import errno
import hashlib
import stat
import sys
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from io import FileIO
    from typing import TextIO

    Told = Callable[[int, int, str], None]

SELF = "PHUC-HOI.py"
FOLDER = "phuc-hoi"
COPIES = (f"{FOLDER}/ban-1", f"{FOLDER}/ban-2")
"""Folders of the second and third copy of what must be readable before anything can be proved."""
INDEX_NAME = "chi-muc.txt"
INDEXES = tuple(f"{folder}/{INDEX_NAME}" for folder in (FOLDER, *COPIES))
COPIED = (
    "khoa-cong-khai.pem",
    "tagmanifest-sha512.txt",
    "tagmanifest-sha256.txt",
    "tagmanifest-sha512.txt.sig",
)
"""Written last, so no parity can hold them: they stand three times."""

DATA = 40
PARITY = 4
BLOCK = 1 << 14
WIDTH = 400 * BLOCK
"""Bytes of a column in a full band: 262 MB of the files to a band, 26 MB of it in memory."""

_FIRST_LINE = f"Khoa-So-Parity: 1; GF(256) 11d; {DATA}+{PARITY}; block {BLOCK}; width {WIDTH}"
_DIGEST_BYTES = 16
_DIGESTS = "manifest-sha512.txt"


class NotRestorable(Exception):
    """Nothing can be brought back; the text says why, in Vietnamese."""


# ---- arithmetic over GF(256), polynomial x^8 + x^4 + x^3 + x^2 + 1

_EXP = [0] * 510
_LOG = [0] * 256
_value = 1
for _power in range(255):
    _EXP[_power] = _EXP[_power + 255] = _value
    _LOG[_value] = _power
    _value = _value << 1 ^ (0x11D if _value & 0x80 else 0)


def _times(a: int, b: int) -> int:
    return _EXP[_LOG[a] + _LOG[b]] if a and b else 0


def _inverse(a: int) -> int:
    return _EXP[255 - _LOG[a]]


def coefficient(row: int, column: int) -> int:
    """Factor of a data column in a parity row; row 0 is a plain sum, so all its factors are 1."""
    cauchy = _inverse((DATA + row) ^ column)
    return _times(cauchy, DATA ^ column)


_TABLES = [bytes(_times(factor, byte) for byte in range(256)) for factor in range(256)]
_ROWS = [[coefficient(row, column) for column in range(DATA)] for row in range(PARITY)]


def _scaled(piece: bytes, factor: int) -> int:
    """The piece times a factor, as one large number whose addition is XOR."""
    return int.from_bytes(piece if factor == 1 else piece.translate(_TABLES[factor]), "little")


def solve(rows: list[list[int]]) -> list[list[int]]:
    """Inverse of a square matrix over GF(256); every square part of a Cauchy matrix has one."""
    size = len(rows)
    work = [list(row) + [int(a == b) for b in range(size)] for a, row in enumerate(rows)]
    for at in range(size):
        pivot = next(row for row in range(at, size) if work[row][at])
        work[at], work[pivot] = work[pivot], work[at]
        scale = _inverse(work[at][at])
        work[at] = [_times(value, scale) for value in work[at]]
        for row in range(size):
            factor = work[row][at]
            if row != at and factor:
                work[row] = [a ^ _times(factor, b) for a, b in zip(work[row], work[at])]
    return [row[size:] for row in work]


# ---- how the stream is cut


@dataclass(frozen=True)
class Band:
    """`number` from 1; `start` in the stream and `width` of its columns in bytes."""

    number: int
    start: int
    width: int

    @property
    def lengths(self) -> list[int]:
        """Bytes of each block of a column."""
        return [min(BLOCK, self.width - at) for at in range(0, self.width, BLOCK)]

    def parity_name(self, row: int) -> str:
        """Path inside the bag of one parity column."""
        return f"{FOLDER}/dai-{self.number:03d}-{row + 1}.bin"


def bands(size: int) -> list[Band]:
    """The bands of a stream of `size` bytes; only the last may be narrower."""
    found: list[Band] = []
    for start in range(0, size, DATA * WIDTH):
        rest = min(size - start, DATA * WIDTH)
        found.append(Band(len(found) + 1, start, -(-rest // DATA)))
    return found


def _digest(piece: bytes) -> str:
    return hashlib.sha256(piece).hexdigest()[: 2 * _DIGEST_BYTES]


class _Files:
    """The files one after another as one stream, read and patched at any place.

    Strict: a fault is an OSError. Otherwise what a file no longer gives reads as zeros. `places`
    says of files that bear another name by now where they are.
    """

    def __init__(
        self,
        folder: Path,
        files: Sequence[tuple[str, int]],
        strict: bool,
        places: dict[str, str] | None = None,
    ) -> None:
        self._folder = folder
        self._places = places or {}
        self._files = files
        self._strict = strict
        self._starts = []
        self.size = 0
        for _, length in files:
            self._starts.append(self.size)
            self.size += length
        self._name = ""
        self._open: FileIO | None = None

    def names(self, start: int, length: int) -> list[str]:
        """The files that a stretch of the stream lies in."""
        return [name for name, _, _ in self._parts(start, length)]

    def read(self, start: int, length: int) -> bytes:
        """So many bytes from a place, zeros behind the last file."""
        pieces = []
        for name, offset, count in self._parts(start, length):
            self._hold(name)
            pieces.append(self._read_part(offset, count))
        found = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        return found if len(found) == length else found + bytes(length - len(found))

    def write(self, start: int, content: bytes) -> None:
        """Put bytes back into the files they come from; what lies behind the last is dropped."""
        done = 0
        for name, offset, count in self._parts(start, len(content)):
            patch(self._folder / name, offset, content[done : done + count])
            done += count

    def close(self) -> None:
        """Let go of the file in hand."""
        if self._open is not None:
            self._open.close()
        self._name, self._open = "", None

    def _parts(self, start: int, length: int) -> Iterator[tuple[str, int, int]]:
        """(file, offset in it, bytes) for a stretch of the stream."""
        at = max(bisect_right(self._starts, start) - 1, 0)
        while length > 0 and at < len(self._files):
            name, size = self._files[at]
            offset = start - self._starts[at]
            count = min(size - offset, length)
            if count > 0:
                yield name, offset, count
                start += count
                length -= count
            at += 1

    def _hold(self, name: str) -> None:
        if name == self._name:
            return
        self.close()
        self._name = name
        try:
            self._open = _open_plain(self._folder / self._places.get(name, name))
        except OSError:
            if self._strict:
                raise  # otherwise every block of it counts as lost

    def _read_part(self, offset: int, count: int) -> bytes:
        if self._open is None:
            return bytes(count)
        found = b""
        try:
            self._open.seek(offset)
            while len(found) < count:
                more = self._open.read(count - len(found))
                if not more:
                    break
                found += more
        except OSError:
            if self._strict:
                raise  # otherwise its digest says that this block is lost
        if len(found) < count and self._strict:
            raise OSError(f"{self._name} is shorter than it was")
        return found + bytes(count - len(found))


def _open_plain(path: Path) -> FileIO:
    """The file, if it is one: never through a link, and no pipe to wait for."""
    if not stat.S_ISREG(path.lstat().st_mode):
        raise OSError(f"{path.name} is no plain file")
    return path.open("rb", buffering=0)


def moved(bag: Path, files: Sequence[tuple[str, int]]) -> dict[str, str]:
    """Protected files that are gone but lie in the bag under another name, and where.

    So a renamed folder costs nothing. The list of digests is only a hint where to look: each block
    is judged by the index as ever.
    """
    gone = {name: size for name, size in files if _plain_size(bag / name) is None}
    wanted: dict[str, list[str]] = {}
    for line in _content(bag / _DIGESTS).decode("utf-8", "replace").splitlines() if gone else ():
        digest, _, name = line.partition("  ")
        if name in gone:
            wanted.setdefault(digest, []).append(name)
    known, sizes = {name for name, _ in files}, set(gone.values())
    found: dict[str, str] = {}
    for path in sorted(bag.rglob("*")) if wanted else ():
        rel = path.relative_to(bag).as_posix()
        if rel in known or _plain_size(path) not in sizes:
            continue
        for name in wanted.get(_sha512(path), ()):
            found.setdefault(name, rel)
    return found


def _plain_size(path: Path) -> int | None:
    """Bytes of a plain file, None when there is none."""
    try:
        facts = path.lstat()
    except OSError:
        return None
    return facts.st_size if stat.S_ISREG(facts.st_mode) else None


def _sha512(path: Path) -> str:
    """In hex; empty when the medium does not give the file."""
    digest = hashlib.sha512()
    try:
        with _open_plain(path) as stream:
            for piece in iter(lambda: stream.read(1 << 20), b""):
                digest.update(piece)
    except OSError:
        return ""  # what cannot be read is no find
    return digest.hexdigest()


def patch(path: Path, offset: int, content: bytes) -> None:
    """Overwrite a stretch of a file that is there."""
    with path.open("r+b", buffering=0) as stream:
        stream.seek(offset)
        stream.write(content)


# ---- the index


@dataclass
class Index:
    """What is protected, in order, and a digest a block: 32 hex digits of its SHA-256.

    `data` goes band by band, column by column; `parity` band by band, parity column by column.
    """

    files: list[tuple[str, int]]
    data: list[str] = field(default_factory=list)
    parity: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes of the whole stream."""
        return sum(length for _, length in self.files)

    def content(self) -> bytes:
        """The index as it lies on the medium."""
        lines = [_FIRST_LINE]
        lines += [f"F {length} {name}" for name, length in self.files]
        lines += [f"D {one}" for one in self.data]
        lines += [f"P {one}" for one in self.parity]
        return ("\n".join(lines) + "\n").encode()


def parsed(content: bytes) -> Index:
    """The index in these bytes; ValueError when it is none or points out of the bag."""
    lines = content.decode("utf-8").splitlines()
    if not lines or lines[0] != _FIRST_LINE:
        raise ValueError("another index")
    index = Index([])
    for line in lines[1:]:
        kind, _, rest = line.partition(" ")
        if kind == "F":
            length, _, name = rest.partition(" ")
            if not is_safe(name) or not length.isdecimal():
                raise ValueError(f"bad file line {line!r}")
            index.files.append((name, int(length)))
        elif kind in ("D", "P"):
            (index.data if kind == "D" else index.parity).append(rest)
        else:
            raise ValueError(f"bad line {line!r}")
    if not 0 < index.size <= len(index.data) * BLOCK:
        raise ValueError("sizes and blocks disagree")
    rows = sum(len(band.lengths) for band in bands(index.size))
    if (len(index.data), len(index.parity)) != (DATA * rows, PARITY * rows):
        raise ValueError("sizes and blocks disagree")
    return index


def is_safe(name: str) -> bool:
    """Whether a path stays inside the folder it is joined to."""
    if "\\" in name or ":" in name or any(ord(ch) < 32 for ch in name):
        return False
    return all(part not in ("", ".", "..") for part in name.split("/"))


def voted(contents: Sequence[bytes]) -> bytes:
    """What most of the copies say, byte by byte; the first copy where they do not agree."""
    lengths = Counter(map(len, contents))
    usual = max(lengths, key=lambda length: (lengths[length], length))
    alike = [content for content in contents if len(content) == usual]
    if len(alike) < 3:
        return alike[0]
    a, b, c = (int.from_bytes(content, "little") for content in alike[:3])
    return (a & b | a & c | b & c).to_bytes(usual, "little")


def read_index(bag: Path) -> Index:
    """The index of a bag out of its three copies; NotRestorable without one."""
    copies = [content for content in (_content(bag / name) for name in INDEXES) if content]
    if not copies:
        raise NotRestorable("gói không có phần phục hồi (thư mục phuc-hoi), hoặc phần ấy đã mất")
    for content in (voted(copies), *copies):
        try:
            return parsed(content)
        except ValueError:
            continue  # the next copy may be better
    raise NotRestorable("cả ba bản chỉ mục của phần phục hồi đều hỏng")


def _content(path: Path) -> bytes:
    """A small file whole, empty when it cannot be read."""
    try:
        with _open_plain(path) as stream:
            return stream.readall()
    except OSError:
        return b""  # two more copies are asked


# ---- making


def encode(
    folder: Path, files: Sequence[tuple[str, int]], told: Told | None = None
) -> Iterator[tuple[str, list[bytes]]]:
    """Every parity file of the protected files of a bag, as (path inside the bag, its pieces).

    `files`: path and bytes, in the order of the stream; OSError when one cannot be read so.
    """
    stream = _Files(folder, files, strict=True)
    index = Index(list(files))
    try:
        for band in bands(stream.size):
            sums = [[0] * len(band.lengths) for _ in range(PARITY)]
            start = band.start
            for column in range(DATA):
                factors = [_ROWS[row][column] for row in range(PARITY)]
                for at, length in enumerate(band.lengths):
                    piece = stream.read(start, length)
                    index.data.append(_digest(piece))
                    for row, factor in enumerate(factors):
                        sums[row][at] ^= _scaled(piece, factor)
                    start += length
                if told is not None:
                    told(min(start, stream.size), stream.size, band.parity_name(0))
            for row in range(PARITY):
                blocks = [
                    one.to_bytes(length, "little") for one, length in zip(sums[row], band.lengths)
                ]
                index.parity.extend(map(_digest, blocks))
                yield band.parity_name(row), blocks
    finally:
        stream.close()
    content = index.content()
    for name in INDEXES:
        yield name, [content]


# ---- finding and filling what is lost


@dataclass
class Outcome:
    """`lost` of `blocks` blocks were damaged, in the files `touched`; `beyond` cannot come back."""

    blocks: int
    lost: int = 0
    touched: list[str] = field(default_factory=list)
    beyond: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Stripe:
    """Blocks that stand at the same height of a band's 44 columns."""

    band: Band
    at: int

    @property
    def length(self) -> int:
        return self.band.lengths[self.at]

    def start(self, column: int) -> int:
        """Where a data block begins in the stream."""
        return self.band.start + column * self.band.width + self.at * BLOCK


class _Mender:
    """One folder that holds a bag, or a copy of it to be mended."""

    def __init__(self, folder: Path, index: Index, told: Told | None) -> None:
        self._folder = folder
        self._index = index
        self._told = told
        places = moved(folder, index.files)
        self._stream = _Files(folder, index.files, strict=False, places=places)
        self._inverses: dict[tuple[tuple[int, ...], tuple[int, ...]], list[list[int]]] = {}
        self.lost: dict[_Stripe, list[int]] = {}
        self.count = len(index.data) + len(index.parity)

    def close(self) -> None:
        self._stream.close()

    def scan(self) -> None:
        """Compare every block with its digest; 40 to 43 in `lost` are the parity columns."""
        data, parity = iter(self._index.data), iter(self._index.parity)
        size = self._index.size
        for band in bands(size):
            stripes = [_Stripe(band, at) for at in range(len(band.lengths))]
            for column in range(DATA + PARITY):
                digests = data if column < DATA else parity
                for stripe in stripes:
                    if _digest(self._block(stripe, column)) != next(digests):
                        self.lost.setdefault(stripe, []).append(column)
                if self._told is not None:
                    done = band.start + min(column + 1, DATA) * band.width
                    self._told(min(done, size), size, FOLDER)

    def outcome(self) -> Outcome:
        """What `lost` means for the files."""
        touched: dict[str, None] = {}
        beyond: dict[str, None] = {}
        for stripe, columns in self.lost.items():
            for column in columns:
                for name in self._names(stripe, column):
                    touched[name] = None
                    if len(columns) > PARITY:
                        beyond[name] = None
        lost = sum(map(len, self.lost.values()))
        return Outcome(self.count, lost, sorted(touched), sorted(beyond))

    def fill_from(self, other: Path) -> None:
        """Take lost blocks from another copy of the year where it has the very same ones."""
        source = _Files(other, self._index.files, strict=False)
        try:
            for stripe, columns in list(self.lost.items()):
                for column in [one for one in columns if one < DATA]:
                    piece = source.read(stripe.start(column), stripe.length)
                    if _digest(piece) == self._wanted(stripe, column):
                        self._stream.write(stripe.start(column), piece)
                        columns.remove(column)
                if not columns:
                    del self.lost[stripe]
        finally:
            source.close()

    def solve(self) -> None:
        """Compute every lost block that four parity columns can give back."""
        for stripe, columns in list(self.lost.items()):
            if len(columns) > PARITY:
                continue
            missing = tuple(one for one in columns if one < DATA)
            rows = tuple(row for row in range(PARITY) if DATA + row not in columns)
            rows = rows[: len(missing)]
            pieces = {one: self._block(stripe, one) for one in range(DATA) if one not in missing}
            for column, piece in zip(missing, self._solved(stripe, missing, rows, pieces)):
                self._stream.write(stripe.start(column), piece)
                pieces[column] = piece
            for row in (one - DATA for one in columns if one >= DATA):
                total = 0
                for column, piece in pieces.items():
                    total ^= _scaled(piece, _ROWS[row][column])
                content = total.to_bytes(stripe.length, "little")
                patch(self._folder / stripe.band.parity_name(row), stripe.at * BLOCK, content)
            del self.lost[stripe]

    def _solved(
        self,
        stripe: _Stripe,
        missing: tuple[int, ...],
        rows: tuple[int, ...],
        pieces: dict[int, bytes],
    ) -> list[bytes]:
        sums = []
        for row in rows:
            total = int.from_bytes(self._block(stripe, DATA + row), "little")
            for column, piece in pieces.items():
                total ^= _scaled(piece, _ROWS[row][column])
            sums.append(total.to_bytes(stripe.length, "little"))
        if (missing, rows) not in self._inverses:
            self._inverses[missing, rows] = solve([[_ROWS[r][c] for c in missing] for r in rows])
        found = []
        for factors in self._inverses[missing, rows]:
            total = 0
            for factor, one in zip(factors, sums):
                if factor:
                    total ^= _scaled(one, factor)
            found.append(total.to_bytes(stripe.length, "little"))
        return found

    def _block(self, stripe: _Stripe, column: int) -> bytes:
        if column < DATA:
            return self._stream.read(stripe.start(column), stripe.length)
        name = stripe.band.parity_name(column - DATA)
        parity = _Files(self._folder, [(name, stripe.band.width)], strict=False)
        try:
            return parity.read(stripe.at * BLOCK, stripe.length)
        finally:
            parity.close()

    def _wanted(self, stripe: _Stripe, column: int) -> str:
        before = sum(len(band.lengths) for band in bands(stripe.band.start))
        height = len(stripe.band.lengths)
        return self._index.data[before * DATA + column * height + stripe.at]

    def _names(self, stripe: _Stripe, column: int) -> list[str]:
        if column >= DATA:
            return [stripe.band.parity_name(column - DATA)]
        return self._stream.names(stripe.start(column), stripe.length)


def assess(bag: Path, told: Told | None = None) -> Outcome:
    """What is damaged and what of it could come back; reads everything, writes nothing.

    NotRestorable when the bag has no parity that can be read.
    """
    mender = _Mender(bag, read_index(bag), told)
    try:
        mender.scan()
        return mender.outcome()
    finally:
        mender.close()


def restore(bag: Path, out: Path, other: Path | None = None, told: Told | None = None) -> Outcome:
    """Copy the bag into the new folder `out` and mend it there; the outcome says what is left.

    `other`: another sealed copy of the year, or of the same bag, to take whole blocks from. Extra
    files are not copied. NotRestorable as `assess`; OSError when `out` exists or cannot be written.
    """
    index = read_index(bag)
    out.mkdir()
    _copy(bag, out, index, told)
    mender = _Mender(out, index, told)
    try:
        mender.scan()
        found = mender.outcome()
        if other is not None:
            mender.fill_from(other)
        mender.solve()
        found.beyond = mender.outcome().beyond
    finally:
        mender.close()
    content = index.content()
    for name in INDEXES:
        (out / name).write_bytes(content)
    for name in COPIED:
        places = [name, *(f"{folder}/{name}" for folder in COPIES)]
        copies = [one for one in (_content(bag / place) for place in places) if one]
        for place in places if copies else ():
            (out / place).write_bytes(voted(copies))
    return found


def _copy(bag: Path, out: Path, index: Index, told: Told | None) -> None:
    """Every protected and every parity file in its right length, faults and all."""
    parity = [
        (band.parity_name(row), band.width) for band in bands(index.size) for row in range(PARITY)
    ]
    files = [*index.files, *parity]
    source = _Files(bag, files, strict=False, places=moved(bag, index.files))
    for folder in COPIES:
        (out / folder).mkdir(parents=True, exist_ok=True)
    start = 0
    try:
        for name, length in files:
            target = out / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as stream:
                for at in range(0, length, BLOCK):
                    stream.write(source.read(start + at, min(BLOCK, length - at)))
            start += length
            if told is not None:
                told(start, source.size, name)
    finally:
        source.close()


# ---- by itself


USAGE = (
    "Cách dùng: PHUC-HOI.py THƯ_MỤC_MỚI [--with GÓI_KHÁC] [--bag GÓI_HỎNG]\n"
    "Chép gói vào THƯ_MỤC_MỚI và sửa ở đó; gói cũ không bị đụng tới. GÓI_KHÁC là một bản niêm "
    "phong khác của cùng năm học.\n"
    "Mã trả về: 0 đã phục hồi đủ (hãy chạy KIEM-TRA.py trên thư mục mới); 1 không phục hồi đủ; "
    "2 gọi sai hoặc không có phần phục hồi."
)


def main(argv: list[str], out: TextIO | None = None, home: str | None = None) -> int:
    """Restore for command-line words; `home` is the bag when none is named. The exit code."""
    stream = sys.stdout if out is None else out
    options = {"--with": "", "--bag": home or ""}
    targets: list[str] = []
    words = list(argv)
    while words:
        word = words.pop(0)
        if word in options and words:
            options[word] = words.pop(0)
        elif word.startswith("-"):
            targets.clear()
            break
        else:
            targets.append(word)
    if len(targets) != 1 or not options["--bag"]:
        stream.write(USAGE + "\n")
        return 2
    other = Path(options["--with"]) if options["--with"] else None
    place = Path(targets[0]).resolve()
    for kept in (Path(options["--bag"]), other):
        if kept is not None and kept.resolve() in (place, *place.parents):
            stream.write(f"{targets[0]} nằm trong {kept}: hãy chọn một thư mục mới ở ngoài gói.\n")
            return 2
    try:
        found = restore(Path(options["--bag"]), Path(targets[0]), other)
    except NotRestorable as why:
        stream.write(f"Không phục hồi được: {why}.\n")
        return 2
    except OSError as error:
        known = {errno.ENOSPC: "ổ đĩa đã đầy", errno.EROFS: "ổ đĩa chỉ cho đọc"}
        said = known.get(error.errno or 0, f"lỗi số {error.errno} của máy, hãy xem quyền ghi")
        stream.write(f"Không ghi được vào {targets[0]}: {said}.\n")
        return 2
    stream.write(f"{found.lost} trên {found.blocks} khối bị hỏng.\n")
    for name in found.touched:
        stream.write(f"- {name}\n")
    for name in found.beyond:
        stream.write(f"KHÔNG ĐỦ để phục hồi: {name}\n")
    if not found.beyond:
        stream.write(f"ĐÃ PHỤC HỒI vào {targets[0]}. Hãy chạy KIEM-TRA.py trên thư mục ấy.\n")
    return 1 if found.beyond else 0


if __name__ == "__main__":
    for _stream in (sys.stdout, sys.stderr):
        if hasattr(_stream, "reconfigure"):
            _stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(main(sys.argv[1:], home=str(Path(__file__).resolve().parent)))
